"""Checking: whether each signature holds, by which certificate, and whether only signatures came.

A signature says that the holder of the certificate's key signed these bytes. Who that is, only
the certificate says; it is known here where somebody names its issuer as trusted. Nothing is
fetched, so whether a certificate was revoked is not known.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inspector_app.canonical import sha256
from inspector_app.errors import BadInput
from inspector_app.signatures.keys import fingerprint_of, is_strong, subject_of
from inspector_app.signatures.reading import read_whole

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate

_END = re.compile(rb"startxref\s+\d+\s+%%EOF\r?\n?")


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: on which line, by which certificate, when as the signer's clock claimed.

    `holds`: the signed bytes are as they were, the signature is the key's, and nothing was added
    since but further signatures. `known`: the certificate leads to one that was named as trusted.
    """

    place: str
    words: str
    subject: str
    fingerprint: str
    self_made: bool
    at: str
    holds: bool
    known: bool


@dataclass(frozen=True, slots=True)
class Signed:
    """What can be told of a file: its signatures, the free places, what was added to it.

    `beginnings` are the SHA-256 of everything up to each end that the file ever had: one of them
    is that of the file as it was issued. `only_signed`: nothing but signatures was added since
    it was first written.
    """

    signatures: tuple[Signature, ...]
    free: tuple[str, ...]
    beginnings: tuple[str, ...]
    only_signed: bool


def read_signed(data: bytes, roots: "Sequence[Certificate]") -> Signed:
    """Check every signature in a PDF, which may take for ever. BadInput if it cannot be read."""
    with read_whole(data) as reader, _quiet():
        ends = _ends(data)
        only_signed = _is_tidy(reader, ends, len(data)) and _only_signed(reader)
        fields = dict(_fields(reader))
        found = [
            _checked(each, str(fields.get(each.field_name, "")), [*roots], only_signed)
            for each in reader.embedded_signatures
        ]
        free = tuple(name for name in fields if name not in {each.place for each in found})
    return Signed(tuple(found), free, tuple(sha256(data[:end]) for end in ends), only_signed)


def certificate(data: bytes) -> "Certificate":
    """A certificate from PEM or DER."""
    from asn1crypto import pem
    from asn1crypto.x509 import Certificate

    try:
        der = pem.unarmor(data)[2] if pem.detect(data) else data
        found = Certificate.load(der, strict=True)
        found.subject.native  # noqa: B018  (it is read when it is asked for)
    except (ValueError, TypeError, KeyError):
        raise BadInput("A file of --trust holds no certificate (PEM or DER).") from None
    return found


def _fields(reader: Any) -> Iterator[tuple[str, str]]:
    from pyhanko.sign.fields import enumerate_sig_fields

    for name, _, field in enumerate_sig_fields(reader):
        yield str(name), str(field.get_object().get("/TU", ""))


def _ends(data: bytes) -> list[int]:
    """Where each revision of the file ends."""
    return [found.end() for found in _END.finditer(data)]


def _is_tidy(reader: Any, ends: list[int], size: int) -> bool:
    """Whether the file is its revisions and nothing else: no bytes hang on after the last."""
    return len(ends) == reader.xrefs.total_revisions and ends[-1] == size


def _only_signed(reader: Any) -> bool:
    """Whether every later revision only fills places that were there when it was first written."""
    from pyhanko.sign.diff_analysis import (
        DEFAULT_DIFF_POLICY,
        ModificationLevel,
        SuspiciousModification,
    )

    if reader.xrefs.total_revisions == 1:
        return True
    first = reader.get_historical_resolver(0)
    if [name for name, _ in _fields(first)] != [name for name, _ in _fields(reader)]:
        return False
    try:
        result = DEFAULT_DIFF_POLICY.review_file(reader, first)
    except SuspiciousModification:
        return False
    level = getattr(result, "modification_level", ModificationLevel.OTHER)
    return bool(level <= ModificationLevel.FORM_FILLING)


def _checked(embedded: Any, words: str, roots: list[Any], only_signed: bool) -> Signature:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    cert = embedded.signer_cert
    usage = KeyUsageConstraints(
        key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
    )
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    # What came after it is looked at once for all; only a signature that forbids more asks again.
    free = embedded.docmdp_level is None
    status = validate_pdf_signature(embedded, context, key_usage_settings=usage, skip_diff=free)
    whole = embedded.evaluate_signature_coverage() >= SignatureCoverageLevel.ENTIRE_REVISION
    holds = status.intact and status.valid and (free or status.docmdp_ok) and whole
    at = embedded.self_reported_timestamp
    return Signature(
        place=str(embedded.field_name),
        words=words,
        subject=subject_of(cert),
        fingerprint=fingerprint_of(cert),
        self_made=cert.self_signed != "no",
        at=at.isoformat() if at else "",
        holds=bool(holds and is_strong(cert) and only_signed),
        known=bool(status.trusted),
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """pyHanko logs what it finds wrong; here that is what it gives back."""
    loggers = [logging.getLogger(name) for name in ("pyhanko", "pyhanko_certvalidator")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
