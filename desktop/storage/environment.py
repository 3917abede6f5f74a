"""Keys that the environment holds: read for one run, never stored."""

from collections.abc import Mapping

from desktop.domain.endpoints import DASHSCOPE_KEY_VARIABLE, clean_key, is_dashscope

OPENAI_KEY_VARIABLE = "OPENAI_API_KEY"
"""Read only for an address that was given with the command: its server is the user's choice."""


def environment_key(host: str, environ: Mapping[str, str], *, base_url_given: bool = False) -> str | None:
    """The key for `host` (from `endpoints.host_of`), or None. DashScope's goes to DashScope's hosts only."""
    names = [DASHSCOPE_KEY_VARIABLE] if is_dashscope(host) else []
    names += [OPENAI_KEY_VARIABLE] if base_url_given else []
    return next((key for name in names if (key := clean_key(environ.get(name, "")))), None)
