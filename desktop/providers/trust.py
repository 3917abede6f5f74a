"""Whose certificates are trusted."""

import ssl
import sys
from contextlib import suppress
from pathlib import Path

import truststore

from desktop.domain.provider_errors import AuthoritiesUnusable
from desktop.regular import read_regular

_LARGEST_FILE = 16 * 1024 * 1024
"""Bytes; all authorities of a system are a quarter of a megabyte."""


def trusted(authorities_file: str = "") -> ssl.SSLContext:
    """A TLS context that trusts whom the system trusts, a company's own authority included: for a thread.

    `authorities_file`: certificates, PEM or DER, that are trusted too. Raises `AuthoritiesUnusable` for that
    file only: a variable or a store of the system that leads nowhere leaves fewer who are trusted.

    On Linux the system's store is files in OpenSSL's own format, which OpenSSL reads once, here. truststore
    would read them anew for each connection, 17 ms on the event loop; it is for macOS and Windows, whose
    libraries judge certificates themselves, and for a Linux whose files are not where OpenSSL was built for.
    """
    paths = ssl.get_default_verify_paths()
    if sys.platform == "linux" and (paths.cafile or paths.capath):
        # Not `create_default_context`, which writes the secrets of connections where SSLKEYLOGFILE says.
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_default_certs()
        if paths.cafile is None:
            # SSL_CERT_FILE may name a file that is gone: then the usual one.
            with suppress(OSError):
                context.load_verify_locations(cafile=paths.openssl_cafile)
    else:
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if authorities_file:
        _add(context, Path(authorities_file))
    return context


def _add(context: ssl.SSLContext, file: Path) -> None:
    try:
        data = read_regular(file, _LARGEST_FILE)
        is_pem = b"-----BEGIN" in data
        # People write names in all scripts above certificates.
        context.load_verify_locations(cadata=data.decode("ascii", "ignore") if is_pem else data)
    except (OSError, ValueError) as error:
        # `ssl.SSLError` is an OSError: no certificate in it, or a broken one.
        raise AuthoritiesUnusable(file=file.name, detail=str(error)) from error
    # What companies hand out is sometimes the authority between theirs and the server.
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
