"""Make what `viewfinder --selftest` tries on an installation: `python packaging/selftest_samples.py`.

One picture in every format that README promises, and certificates whose authorities' keys are thrown away.
Needs libheif's `heif-enc` (Debian: libheif-examples).
"""

import datetime as dt
import io
import struct
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from PIL import Image

from desktop.selftest.checks.images import QUARTERS, SIZE

SELFTEST = Path(__file__).resolve().parent.parent / "resources" / "selftest"

WITHOUT_LOSS = {"lossless": True}
PILLOW: dict[str, tuple[str, dict[str, Any]]] = {
    "png": ("PNG", {}),
    "jpg": ("JPEG", {"quality": 95, "subsampling": 0}),
    "webp": ("WEBP", WITHOUT_LOSS),
    "avif": ("AVIF", {"quality": 95, "subsampling": "4:4:4"}),
    "tif": ("TIFF", {"compression": "tiff_deflate"}),
    "gif": ("GIF", {}),
    "bmp": ("BMP", {}),
    "jp2": ("JPEG2000", {}),
    "tga": ("TGA", {}),
}
HEIC = ("-L", "-p", "chroma=444", "--matrix_coefficients=0")

BEGIN = dt.datetime(2019, 1, 1, tzinfo=dt.UTC)
"""Apple refuses certificates that are valid for longer than 825 days if they begin after July 2019."""
END = dt.datetime(9999, 12, 31, 23, 59, 59, tzinfo=dt.UTC)
"""RFC 5280, 4.1.2.5: a certificate that never ends."""


def main() -> int:
    """Write all of them."""
    SELFTEST.mkdir(parents=True, exist_ok=True)
    for suffix, data in pictures().items():
        (SELFTEST / f"sample.{suffix}").write_bytes(data)
    for name, text in certificates().items():
        (SELFTEST / name).write_bytes(text)
    print(SELFTEST)
    return 0


# ── pictures ────────────────────────────────────────────────────────────────────────────────────


def pictures() -> dict[str, bytes]:
    """The picture in each format, by the suffix of its file."""
    made = {suffix: _saved(*how) for suffix, how in PILLOW.items()}
    return {**made, "heic": _heic(), "psd": _psd()}


def _picture() -> Image.Image:
    """A colour in each quarter."""
    width, height = SIZE
    image = Image.new("RGB", SIZE)
    for place, colour in enumerate(QUARTERS):
        left, top = place % 2 * width // 2, place // 2 * height // 2
        image.paste(colour, (left, top, left + width // 2, top + height // 2))
    return image


def _saved(image_format: str, options: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    _picture().save(file, image_format, **options)
    return file.getvalue()


def _heic() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "sample.png"), Path(folder, "sample.heic")
        _picture().save(source)
        subprocess.run(["heif-enc", *HEIC, source, "-o", target], check=True, capture_output=True)
        return target.read_bytes()


def _psd() -> bytes:
    """Three planes as they are, without palette, resources or layers; Pillow writes no PSD."""
    width, height = SIZE
    head = struct.pack(">4sH6xHIIHH", b"8BPS", 1, 3, height, width, 8, 3)
    planes = b"".join(plane.tobytes() for plane in _picture().split())
    return head + struct.pack(">IIIH", 0, 0, 0, 0) + planes


# ── certificates ────────────────────────────────────────────────────────────────────────────────


def certificates() -> dict[str, bytes]:
    """An authority, `localhost` as it vouches for it, and as an authority does that nobody knows."""
    known, known_key = _authority("Viewfinder selftest")
    unknown, unknown_key = _authority("Nobody")
    return {
        "authority.pem": known.public_bytes(serialization.Encoding.PEM),
        "localhost.pem": _server(known, known_key),
        "stranger.pem": _server(unknown, unknown_key),
    }


def _authority(name: str) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _named(name)
    usage = _usage(signs_certificates=True)
    builder = _builder(subject, subject, key).add_extension(x509.BasicConstraints(True, 0), critical=True)
    return builder.add_extension(usage, critical=True).sign(key, hashes.SHA256()), key


def _server(authority: x509.Certificate, authority_key: ec.EllipticCurvePrivateKey) -> bytes:
    """Certificate and key."""
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(_named("localhost"), authority.subject, key)
    for extension, critical in (
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (_usage(signs_certificates=False), True),
        (x509.SubjectAlternativeName([x509.DNSName("localhost")]), False),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
        (x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), False),
    ):
        builder = builder.add_extension(extension, critical)
    certificate = builder.sign(authority_key, hashes.SHA256())
    return certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(BEGIN).not_valid_after(END)
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


if __name__ == "__main__":
    sys.exit(main())
