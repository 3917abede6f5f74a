"""Names whose letters pass for others, and the many that only look foreign."""

import pytest

from desktop.domain.host_names import normal_host
from desktop.domain.look_alikes import is_look_alike, readable

PLAIN = [
    *("example.com", "münchen.de", "łódź.pl", "žluťoučký.cz", "smørrebrød.dk", "œuvre.fr", "español.es"),
    *(
        "москва.рф",
        "яндекс.рф",
        "правительство.рф",
        "ελλάδα.gr",
        "中国.cn",
        "例子.tw",
        "テスト.jp",
        "日本語.jp",
    ),
    *(
        "ひらがな.jp",
        "한국.kr",
        "sony日本.jp",
        "qq音乐.com",
        "สวัสดี.th",
        "भारत.in",
        "தமிழ்.in",
        "مصر.com",
        "ישראל.com",
    ),
]
DISGUISED = [
    *(
        "аррӏе.com",
        "pаypal.com",
        "ехаmple.com",
        "ѕсоре.com",
        "gοοgle.com",
        "ααα.com",
        "gıthub.com",
        "exampļe.com",
    ),
    *("gọogle.com", "goo\u0261le.com", "օօօ.com", "ꮲꭺꭹ.com", "☃.net", "aノb.com", "a一b.com", "москвa.рф"),
    *("한국аб.kr", "日本а.jp", "a\u0307\u0307.com", "ⲁⲃ.com", "ა.com"),
]


def name_of(text: str) -> str:
    host = normal_host(text)
    assert host is not None
    return host.name


@pytest.mark.parametrize("text", PLAIN)
def test_plain_names_are_not_suspected(text: str) -> None:
    assert not is_look_alike(name_of(text))


@pytest.mark.parametrize("text", DISGUISED)
def test_names_in_disguise_are_told_and_shown_in_ascii(text: str) -> None:
    name = name_of(text)

    assert is_look_alike(name)
    assert readable(name).isascii() or text.endswith("рф")


def test_what_is_plain_and_runs_to_the_right_is_shown_as_it_is_read() -> None:
    shown = {text for text in PLAIN if readable(name_of(text)) == text}

    assert set(PLAIN) - shown == {"مصر.com", "ישראל.com"}
