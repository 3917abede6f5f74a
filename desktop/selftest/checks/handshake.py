"""A TLS handshake in memory, with a server of our own at its other end."""

import ssl
from pathlib import Path


def server_context(certificate: Path) -> ssl.SSLContext:
    """For a server with a `certificate` and its key, a PEM file."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def shake_hands(client: ssl.SSLContext, server: ssl.SSLContext, name: str) -> str:
    """The protocol that both agree on, where the client wants `name`.

    Raises `ssl.SSLError`; where the client does not believe the server, `ssl.SSLCertVerificationError`.
    """
    up, down = ssl.MemoryBIO(), ssl.MemoryBIO()
    ours = client.wrap_bio(down, up, server_hostname=name)
    theirs = server.wrap_bio(up, down, server_side=True)
    for side in (ours, theirs, ours, theirs):
        try:
            side.do_handshake()
        except ssl.SSLWantReadError:
            continue
    return ours.version() or ""
