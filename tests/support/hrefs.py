"""Addresses made of what programs read differently, for property tests."""

from hypothesis import strategies as st

_SCHEMES = ["http://", "https://", "mailto:", "HTTP://", "http:", "ftp://"]
_PARTS = [
    *("good.example", "user@", "@", ":80", ":443", ":x", "/", "//", "\\", "?", "#", "%2e", "%2F", "%41", "%"),
    *(".", "..", "xn--", "xn--80ak6aa92e", "аррӏе", "中文", "ｅ", "。", "127.1", "0x7f", "[::1]", "[", "]"),
    *(" ", "\t", "\n", "\0", "\u200b", "\u202e", "\ud800", "&", "=", "+", "'", '"', "`", "$(x)", ";", "|"),
    *("-", "_"),
]
hrefs = st.builds(
    lambda scheme, parts: scheme + "".join(parts),
    st.sampled_from(_SCHEMES),
    st.lists(st.sampled_from(_PARTS) | st.text(max_size=3), max_size=8),
)
