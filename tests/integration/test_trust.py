"""Whom a connection trusts, besides and in the place of the system's authorities."""

import ssl
from pathlib import Path

import pytest
import trustme

from desktop.domain.provider_errors import AuthoritiesUnusable
from desktop.providers.trust import trusted

FOLDER = "a folder"


def issuers(context: ssl.SSLContext) -> set[bytes]:
    return set(context.get_ca_certs(binary_form=True))


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def der(authority: trustme.CA) -> bytes:
    return ssl.PEM_cert_to_DER_cert(authority.cert_pem.bytes().decode())


def test_a_file_is_trusted_besides_the_systems(tmp_path: Path, authority: trustme.CA, der: bytes) -> None:
    file = tmp_path / "company.pem"
    file.write_bytes("# 公司证书\n".encode() + authority.cert_pem.bytes())
    assert issuers(trusted(str(file))) == issuers(trusted()) | {der}


def test_windows_exports_are_taken_too(tmp_path: Path, der: bytes) -> None:
    (tmp_path / "company.cer").write_bytes(der)
    assert der in issuers(trusted(str(tmp_path / "company.cer")))


def test_an_authority_below_another_is_enough(tmp_path: Path, authority: trustme.CA) -> None:
    below = authority.create_child_ca()
    below.cert_pem.write_to_path(str(tmp_path / "below.pem"))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    below.issue_cert("model.example").configure_cert(server)

    shake_hands(trusted(str(tmp_path / "below.pem")), server, "model.example")


def shake_hands(client: ssl.SSLContext, server: ssl.SSLContext, name: str) -> None:
    """In memory. Raises what the client raises."""
    up, down = ssl.MemoryBIO(), ssl.MemoryBIO()
    asking = client.wrap_bio(down, up, server_hostname=name)
    answering = server.wrap_bio(up, down, server_side=True)
    with pytest.raises(ssl.SSLWantReadError):
        asking.do_handshake()
    with pytest.raises(ssl.SSLWantReadError):
        answering.do_handshake()
    asking.do_handshake()
    answering.do_handshake()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.pem", None),
        ("empty.pem", b""),
        ("a folder", FOLDER),
        ("words.pem", b"no certificate at all"),
        ("cut.pem", b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"),
        ("key.pem", b"-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n"),
        ("unfinished.pem", b"-----BEGIN CERTIFICATE-----\nMIIB\n"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
    ],
)
def test_a_file_that_holds_no_certificate_is_named(
    name: str, content: bytes | str | None, tmp_path: Path
) -> None:
    file = tmp_path / name
    if content is FOLDER:
        file.mkdir()
    elif isinstance(content, bytes):
        file.write_bytes(content)
    with pytest.raises(AuthoritiesUnusable, match=rf"file {name} cannot") as error:
        trusted(str(file))
    assert str(tmp_path) not in str(error.value)


@pytest.mark.parametrize("name", ["missing.pem", "nul\0.pem"])
def test_a_path_that_cannot_be_one_is_no_crash(name: str, tmp_path: Path) -> None:
    with pytest.raises(AuthoritiesUnusable):
        trusted(str(tmp_path / name))


def test_variables_that_lead_nowhere_leave_the_systems_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "gone.pem"))
    context = trusted()
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname
