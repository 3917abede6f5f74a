"""The notices of others' work: nothing that is shipped lacks one, and each says what it must."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from packaging.utils import canonicalize_name

from tests.support.scripts import CHECKOUT, PACKAGING, load_script

notices = load_script("installers.notices")
copyright_file = load_script("installers.copyright_file")
refresh = load_script("refresh_notices")

ROWS = notices.notices()
TABLE = refresh.tomllib.loads(refresh.TABLE.read_text(encoding="utf-8"))
TEXTS = notices.NOTICES / "texts"
COMMON = Path("/usr/share/common-licenses")
LGPL = [row for row in ROWS if "LGPL" in row.license]


def pinned(name: str) -> dict[str, set[str]]:
    """Versions by package: one may have several, for several Pythons."""
    text = (PACKAGING / "constraints" / f"{name}.txt").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for package, version in re.findall(r"^(\S+)==(\S+)", text, re.MULTILINE):
        found.setdefault(package, set()).add(version)
    return found


def package_rows() -> dict[str, str]:
    """Versions of the packages that have a notice."""
    return {canonicalize_name(row.package): row.version for row in ROWS if row.package and row.modules}


def text(name: str) -> str:
    found: str = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")
    return found


def test_every_package_pinned_for_running_has_a_notice_or_is_known_not_to_be_shipped() -> None:
    pins = pinned("run").keys()

    assert not package_rows().keys() & TABLE["not-shipped"].keys()
    assert pins == (package_rows().keys() & pins) | TABLE["not-shipped"].keys()


def test_notices_name_the_versions_that_are_pinned() -> None:
    pins = pinned("test") | pinned("run")

    assert not {name: version for name, version in package_rows().items() if version not in pins[name]}


def test_what_lies_in_wheels_was_reviewed_in_the_pinned_version() -> None:
    pins = pinned("run")
    parts = TABLE["part"]

    assert not [part["name"] for part in parts if part["reviewed"] not in pins[part["within"]]]


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="newer ones need fewer packages")
def test_the_files_say_what_the_table_and_the_installed_packages_say(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert refresh.main(["--check"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_notice_is_whole(row: Any) -> None:
    assert row.license
    assert row.copyright
    assert all(address.startswith("https://") and "{" not in address for address in row.source)
    assert row.texts
    assert all((TEXTS / f"{name}.txt").stat().st_size > 200 for name in row.texts)


def test_no_two_notices_have_one_name() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)


def test_each_text_is_there_once_and_asked_for() -> None:
    contents = [path.read_text(encoding="utf-8") for path in TEXTS.iterdir()]

    assert len(set(contents)) == len(contents)
    assert {path.stem for path in TEXTS.iterdir()} == {name for row in ROWS for name in row.texts}


@pytest.mark.parametrize("row", LGPL, ids=lambda row: row.name)
def test_under_the_lgpl_its_texts_are_there_and_the_source_of_this_very_version(row: Any) -> None:
    wanted = {"LGPL-3.0", "GPL-3.0"} if "LGPL-3" in row.license else {"LGPL-2.1"}

    assert wanted <= {*row.texts}
    assert row.libraries, "it is a shared library, which may be replaced"
    branch = f"gcc-{row.version.partition('.')[0]}"
    assert any(row.version in address or branch in address for address in row.source)


def test_qt_ffmpeg_libheif_libde265_and_geos_are_known_to_be_under_the_lgpl() -> None:
    wanted = {"Qt and PySide6", "Shiboken6", "FFmpeg", "libheif", "libde265", "GEOS"}

    assert wanted <= {row.name for row in LGPL}


def test_packages_bring_the_notices_of_what_is_linked_into_them() -> None:
    assert "protocolbuffers/protobuf" in text("onnxruntime")
    assert "Intel(R) IPP ICV" in text("opencv-python-headless")
    assert "FreeType" in text("pillow")
    assert "PP-OCRv6_rec_small" in text("rapidocr")


# ── Debian's copyright file ─────────────────────────────────────────────────────────────────────


def fields(paragraph: str) -> dict[str, str]:
    """The fields of a paragraph in Debian's form; fails on a line that is none and continues none."""
    found: dict[str, str] = {}
    name = ""
    for line in paragraph.split("\n"):
        if line.startswith(" "):
            found[name] += line + "\n"
        else:
            name, colon, value = line.partition(":")
            assert colon
            assert name not in found
            found[name] = value.strip() + "\n"
    return found


def test_the_copyright_file_is_machine_readable() -> None:
    header, own, *others = map(fields, copyright_file.copyright_text().strip("\n").split("\n\n"))

    assert header["Format"].strip() == "https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/"
    assert own["Files"].strip() == "*"
    assert own["License"].startswith("Expat\n")
    for other in others:
        assert {"Files", "Copyright", "License"} <= other.keys()
        assert all(value.strip() for value in other.values())


def test_the_copyright_file_tells_of_every_notice_and_its_source() -> None:
    told = copyright_file.copyright_text()

    assert not [row.name for row in ROWS if row.name not in told]
    assert not [address for row in ROWS for address in row.source if address not in told]
    assert not [holder for row in ROWS for holder in row.copyright if holder not in told]


def test_licences_that_debian_has_are_referred_to_and_not_copied() -> None:
    told = copyright_file.copyright_text()

    for name in notices.COMMON.values():
        assert f"/usr/share/common-licenses/{name}." in told
    assert "TERMS AND CONDITIONS FOR USE, REPRODUCTION" not in told
    assert "Everyone is permitted to copy and distribute verbatim copies" not in told


def test_what_is_referred_to_is_there_word_for_word() -> None:
    for ours, name in notices.COMMON.items():
        assert text(ours).split() == (COMMON / name).read_text(encoding="utf-8").split()


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("MIT", "Expat"),
        ("MIT-CMU", "MIT-CMU"),
        ("MIT AND MIT-open-group", "Expat and MIT-open-group"),
        ("Apache-2.0 OR BSD-3-Clause", "Apache-2.0 or BSD-3-Clause"),
        ("LGPL-3.0-only", "LGPL-3"),
        ("LGPL-2.1-or-later", "LGPL-2.1+"),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", "GPL-3+ with GCC exception-3.1"),
    ],
)
def test_licences_in_debians_words(expression: str, expected: str) -> None:
    assert copyright_file._debians(expression) == expected


# ── bundles ─────────────────────────────────────────────────────────────────────────────────────


def test_files_that_no_notice_tells_of_are_found(tmp_path: Path) -> None:
    told = [
        "PIL/_imaging.cpython-311-x86_64-linux-gnu.so",
        "PySide6/Qt/lib/libQt6Core.so.6",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "_brotli.cpython-311-x86_64-linux-gnu.so",
        "base_library.zip",
        "brotli-1.2.1.dist-info/METADATA",
        "libpython3.11.so.1.0",
        "onnxruntime/capi/libonnxruntime.so.1.32.0",
        "pi_heif.libs/libheif-7a3e919c.so.1.23.0",
        "python3.11/lib-dynload/_ssl.so",
        "resources/catalog.toml",
        "zxing_cpp-3.1.1.dist-info/METADATA",
    ]
    untold = [
        "PySide6/Qt/lib/libicuuc.so.74",
        "libreadline.so.8",
        "pi_heif.libs/libheif-7a3e919c.so.1.24.0",
        "pi_heif.libs/libx265-1.so",
        "rich-15.0.0.dist-info/METADATA",
        "secrets_of_others/data.bin",
    ]

    assert all(notices._is_told(Path(name)) for name in told)
    assert not [name for name in untold if notices._is_told(Path(name))]


def test_every_library_in_the_wheels_has_a_notice() -> None:
    site = Path(refresh.distribution("numpy").locate_file(""))
    libraries = [
        path.relative_to(site)
        for pattern in ("*.libs/*.so*", "PySide6/Qt/lib/libicu*.so*")
        for path in site.glob(pattern)
    ]

    assert len(libraries) > 30
    assert not [str(path) for path in libraries if not notices._is_told(path)]


def test_what_no_program_can_be_read_from_is_said(tmp_path: Path) -> None:
    (tmp_path / "_internal").mkdir()
    (tmp_path / "viewfinder").write_bytes(b"no archive")

    with pytest.raises(notices.SetupError, match="cannot read"):
        notices.unnoticed(tmp_path)


def test_the_notices_are_json_that_others_can_read() -> None:
    rows = json.loads((CHECKOUT / "resources/notices/notices.json").read_text(encoding="utf-8"))

    assert [row["name"] for row in rows] == [row.name for row in ROWS]
