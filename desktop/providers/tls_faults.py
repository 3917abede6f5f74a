"""What a failed TLS handshake means, by the codes of whoever judged: OpenSSL, macOS, Windows."""

import ssl

from desktop.domain.provider_errors import (
    CertificateExpired,
    CertificateForOther,
    CertificateNotYetValid,
    CertificatesUnusable,
    CertificateUntrusted,
    NotSecure,
    TlsFailed,
)

_JUDGEMENTS: dict[int, type[CertificatesUnusable]] = {
    # OpenSSL: X509_V_ERR_…
    **dict.fromkeys((2, 18, 19, 20, 21, 24, 27, 28, 33), CertificateUntrusted),
    9: CertificateNotYetValid,
    10: CertificateExpired,
    **dict.fromkeys((62, 63, 64), CertificateForOther),
    # macOS: errSec…, by way of truststore.
    **dict.fromkeys((-67843, -67820, -67826), CertificateUntrusted),
    -67819: CertificateNotYetValid,
    -67818: CertificateExpired,
    -67602: CertificateForOther,
    # Windows: CERT_E_…, TRUST_E_…; it does not tell "not yet" from "no longer".
    **dict.fromkeys((0x800B0109, 0x800B010A, 0x800B010D, 0x800B0112), CertificateUntrusted),
    0x800B0101: CertificateExpired,
    0x800B010F: CertificateForOther,
}

_NO_TLS = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "HTTPS_PROXY_REQUEST", "UNKNOWN_PROTOCOL")
"""OpenSSL's reasons when the first bytes of the other side are no TLS. Before 3.0 the last was usual."""


def tls_fault(error: ssl.SSLError) -> type[CertificatesUnusable]:
    if isinstance(error, ssl.SSLCertVerificationError):
        # Windows' codes are signed in some versions of ctypes.
        code = getattr(error, "verify_code", 0)
        return _JUDGEMENTS.get(code) or _JUDGEMENTS.get(code & 0xFFFF_FFFF, CertificatesUnusable)
    return NotSecure if error.reason in _NO_TLS else TlsFailed
