"""The app's own way to trust servers: whom it believes, and whom not."""

import re
import ssl
from contextlib import suppress
from pathlib import Path

import truststore

from desktop.paths import resource
from desktop.providers.trust import trusted
from desktop.selftest.checks.handshake import server_context, shake_hands
from desktop.selftest.finding import CheckFailed, Finding, ok

_NAME = "localhost"
_OTHER_NAME = "other.localhost"

_HASHED = re.compile(r"[0-9a-f]{8}\.\d+")
"""How OpenSSL names the files in a folder of authorities, which it reads when it needs them."""


def check(_folder: Path) -> Finding:
    known = server_context(resource("selftest", "localhost.pem"))
    stranger = server_context(resource("selftest", "stranger.pem"))
    companys = trusted(str(resource("selftest", "authority.pem")))
    version = _accept(companys, known)
    refuse(companys, stranger, _NAME, "an authority that nobody knows")
    refuse(companys, known, _OTHER_NAME, "another server's name")
    usual = trusted()
    refuse(usual, known, _NAME, "an authority that nobody knows")
    # Not before: where OpenSSL's own places are empty, they are looked for when a connection begins.
    if not (count := authorities(usual)):
        raise CheckFailed("No authority is trusted, so no server is: install ca-certificates.")
    return ok(f"{version}, {count} authorities; {ssl.OPENSSL_VERSION}")


def _accept(client: ssl.SSLContext, server: ssl.SSLContext) -> str:
    try:
        return shake_hands(client, server, _NAME)
    except ssl.SSLError as error:
        raise CheckFailed(f"A certificate that is right was refused; is the clock wrong? {error}") from error


def refuse(client: ssl.SSLContext, server: ssl.SSLContext, name: str, what: str) -> None:
    """Raises `CheckFailed` if `client` takes `server`, whose certificate has `what`, for `name`."""
    with suppress(ssl.SSLCertVerificationError):
        shake_hands(client, server, name)
        raise CheckFailed(f"A certificate with {what} was accepted: do not use this installation.")


def authorities(context: ssl.SSLContext) -> int:
    """How many are trusted, roughly: OpenSSL does not count those of a folder before it needs them."""
    if isinstance(context, truststore.SSLContext):
        context = context._ctx  # noqa: SLF001 - the one that judges, and itself it counts nothing
    loaded = context.cert_store_stats()["x509_ca"]
    folder = ssl.get_default_verify_paths().capath
    if loaded or folder is None:
        return loaded
    return sum(_HASHED.fullmatch(file.name) is not None for file in Path(folder).iterdir())
