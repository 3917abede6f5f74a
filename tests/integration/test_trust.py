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


OFF = {
    "PYTHONHTTPSVERIFY": "0",
    "SSL_CERT_FILE": "gone.pem",
    "SSL_CERT_DIR": "gone",
    "REQUESTS_CA_BUNDLE": "",
    "CURL_CA_BUNDLE": "",
    "NODE_TLS_REJECT_UNAUTHORIZED": "0",
    "GIT_SSL_NO_VERIFY": "1",
}
"""Variables by which this and other programs are told to look away."""


def test_no_variable_switches_the_judgement_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in OFF.items():
        monkeypatch.setenv(name, str(tmp_path / value) if value.startswith("gone") else value)
    context = trusted()
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2


def test_a_server_that_nobody_vouches_for_is_refused_whatever_variables_say(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in OFF.items():
        monkeypatch.setenv(name, value)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("model.example").configure_cert(server)
    with pytest.raises(ssl.SSLCertVerificationError):
        shake_hands(trusted(), server, "model.example")


def test_a_server_with_the_name_of_another_is_refused(tmp_path: Path, authority: trustme.CA) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "company.pem"))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("model.example").configure_cert(server)
    with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
        shake_hands(trusted(str(tmp_path / "company.pem")), server, "other.example")


def test_the_secrets_of_a_connection_are_written_nowhere(
    tmp_path: Path, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "secrets"))
    authority.cert_pem.write_to_path(str(tmp_path / "company.pem"))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("model.example").configure_cert(server)
    shake_hands(trusted(str(tmp_path / "company.pem")), server, "model.example")
    assert [file.name for file in tmp_path.iterdir()] == ["company.pem"]
