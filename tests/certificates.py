"""Certificates of one's own, as the guide makes them with openssl: an authority, and what it signs."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


@dataclass(frozen=True)
class Certificates:
    """The files: that of the authority, the certificate that it signed, and its key."""

    authority: Path
    certificate: Path
    key: Path

    @property
    def environment(self) -> dict[str, str]:
        """What Dask reads them from."""
        tls = "DASK_DISTRIBUTED__COMM__TLS__"
        of_each = {
            f"{tls}{role}__{what}": str(path)
            for role in ("CLIENT", "SCHEDULER", "WORKER")
            for what, path in (("CERT", self.certificate), ("KEY", self.key))
        }
        return {f"{tls}CA_FILE": str(self.authority)} | of_each

    @property
    def settings(self) -> dict[str, str]:
        """The same as settings of Dask, for a client."""
        tls = "distributed.comm.tls."
        return {
            f"{tls}ca-file": str(self.authority),
            f"{tls}client.cert": str(self.certificate),
            f"{tls}client.key": str(self.key),
        }


def make(folder: Path) -> Certificates:
    """New ones in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority_name, name = (
        x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, said)]) for said in ("autoridad", "poa-xl")
    )
    authority = _signed(authority_name, authority_name, authority_key, authority_key, True)
    certificate = _signed(name, authority_name, key, authority_key, False)
    made = Certificates(folder / "ca.pem", folder / "cert.pem", folder / "key.pem")
    made.authority.write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    made.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    made.key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return made


def _signed(
    name: x509.Name,
    by: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    authority_key: ec.EllipticCurvePrivateKey,
    is_authority: bool,
) -> x509.Certificate:
    now = dt.datetime.now(dt.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
    )
    return builder.sign(authority_key, hashes.SHA256())
