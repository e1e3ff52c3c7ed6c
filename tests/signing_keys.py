"""Keys and certificates made for one run: in key files, and on a SoftHSM2 token."""

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    load_der_public_key,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID

SECRET = "the key's own passphrase"
PIN = "246813"
TOKEN = "practice card"
Private = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
Public = ec.EllipticCurvePublicKey | rsa.RSAPublicKey


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def certificate(
    name: str,
    key: Public,
    issuer: str,
    by: Private,
    *,
    days: tuple[int, int] = (-1, 30),
    signs: bool = True,
    ca: bool = False,
) -> x509.Certificate:
    """A certificate of these days from now; `signs`: it says that its key signs documents."""
    now = datetime.now(UTC)
    usage = x509.KeyUsage(signs, signs, not signs, False, False, ca, False, False, False)
    made = x509.CertificateBuilder().subject_name(_named(name)).issuer_name(_named(issuer))
    made = made.public_key(key).serial_number(x509.random_serial_number())
    made = made.not_valid_before(now + timedelta(days[0]))
    made = made.not_valid_after(now + timedelta(days[1]))
    made = made.add_extension(x509.BasicConstraints(ca, None), True).add_extension(usage, True)
    return made.sign(by, hashes.SHA256())


def key_file(name: str, key: Private | None = None, **of: object) -> tuple[bytes, bytes]:
    """A PKCS#12 file of a self-made certificate, and that certificate as PEM."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    made = certificate(name, key.public_key(), name, key, **of)  # type: ignore[arg-type]
    sealed = BestAvailableEncryption(SECRET.encode())
    data = serialize_key_and_certificates(name.encode(), key, made, None, sealed)
    return data, made.public_bytes(Encoding.PEM)


@cache
def office() -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    """An office that vouches for others."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key, certificate("Practice office", key.public_key(), "Practice office", key, ca=True)


def module() -> str:
    """The library of SoftHSM2, which `make setup-test` installs."""
    places = ("usr/lib", "usr/lib64", "usr/local/lib", "opt/homebrew/lib")
    found = (
        path
        for place in places
        for path in Path("/", place).glob("**/softhsm/libsofthsm2.so")
        if path.is_file()
    )
    made = next(found, None)
    assert made, "SoftHSM2 is missing: run make setup-test"
    return str(made)


def made_token(folder: Path, conf: Path) -> None:
    """A token with a key that was made on it, and a certificate by the office."""
    tokens = folder / "tokens"
    tokens.mkdir()
    conf.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\n")
    tool = shutil.which("softhsm2-util")
    assert tool, "SoftHSM2 is missing: run make setup-test"
    asked = ["--init-token", "--free", "--label", TOKEN, "--pin", PIN, "--so-pin", "13572468"]
    subprocess.run([tool, *asked], check=True, capture_output=True)
    _fill(module())


def _fill(library: str) -> None:
    import pkcs11
    from pkcs11.util.ec import encode_ec_public_key, encode_named_curve_parameters

    with pkcs11.lib(library).get_token(token_label=TOKEN).open(user_pin=PIN, rw=True) as session:
        curve = encode_named_curve_parameters("secp256r1")
        parameters = session.create_domain_parameters(
            pkcs11.KeyType.EC, {pkcs11.Attribute.EC_PARAMS: curve}, local=True
        )
        public, _ = parameters.generate_keypair(store=True, label="SIGN key", id=b"\x02")
        key = load_der_public_key(encode_ec_public_key(public))
        assert isinstance(key, ec.EllipticCurvePublicKey)
        by, _ = office()
        made = certificate("R. Placeholder", key, "Practice office", by)
        session.create_object(
            {
                pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                pkcs11.Attribute.TOKEN: True,
                pkcs11.Attribute.LABEL: "Certificate for signatures",
                pkcs11.Attribute.ID: b"\x02",
                pkcs11.Attribute.SUBJECT: made.subject.public_bytes(),
                pkcs11.Attribute.VALUE: made.public_bytes(Encoding.DER),
            }
        )
