"""Signatures of a report as a file: PAdES by a key file and by a token, and what ends them.

The signed file must stay PDF/UA-1 and PDF/A-2a, a second signature must leave the first whole,
and nothing may be altered without its being told.
"""

import io
import re
from pathlib import Path

import pypdfium2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.cli import run
from inspector_app.errors import BadInput, NotAllowed, UserError, WrongSecret
from inspector_app.reports import REPORTS
from inspector_app.signatures import (
    Signed,
    key_from_file,
    key_on_token,
    places,
    sign,
    signatures_in,
)
from tests.harness import count
from tests.reports.inspections import ANA, MARCUS, Case
from tests.reports.reading import drawn_photo, needs_qpdf, pages, qpdf_complaints
from tests.reports.test_tagged import faults
from tests.signing_keys import PIN, SECRET, TOKEN, key_file, made_token, module, office

ANAS, ANAS_CERTIFICATE = key_file("Ana Sample")


@pytest.fixture(scope="module")
def final() -> bytes:
    """A small final report: signed in the record, nothing open."""
    case = Case()
    case.sign(ANA, "opr-inspector")
    case.sign(MARCUS, "opr-reviewer")
    return REPORTS["inspection"].build(case.inspection, [], drawn_photo)


@pytest.fixture(scope="module")
def once(final: bytes) -> bytes:
    return sign(final, key_from_file(ANAS, SECRET))


@pytest.fixture(scope="session")
def token(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A card in a drawer of this run; its library."""
    folder = tmp_path_factory.mktemp("softhsm")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        made_token(folder, folder / "softhsm2.conf")  # the library reads the variable once
    return module()


@pytest.fixture(scope="module")
def twice(once: bytes, token: str) -> bytes:
    return sign(once, key_on_token(token, TOKEN, PIN))


def broken(data: bytes) -> bool:
    """Whether checking tells that something is wrong, in whatever way."""
    try:
        found = signatures_in(data)
    except BadInput:
        return True
    return not found.only_signed or not all(each.holds for each in found.signatures)


# -- signing -------------------------------------------------------------------------------------


def test_a_final_report_has_a_line_for_each_signer_and_a_draft_none(final: bytes) -> None:
    found = places(final)
    assert [place.is_signed for place in found] == [False, False]
    assert "Lead inspector" in found[0].words and "Reviewer" in found[1].words
    draft = REPORTS["inspection"].build(Case().inspection, [], drawn_photo)
    assert places(draft) == []
    with pytest.raises(NotAllowed, match="draft"):
        sign(draft, key_from_file(ANAS, SECRET))


def test_a_report_that_can_be_signed_is_still_conforming(final: bytes) -> None:
    assert faults(final) == []


@needs_qpdf
def test_a_signature_by_a_key_file_holds_and_the_file_conforms(
    final: bytes, once: bytes, tmp_path: Path
) -> None:
    (signature,) = signatures_in(once).signatures
    assert signature.holds and not signature.known and signature.self_made
    assert signature.subject == "Ana Sample" and "Lead inspector" in signature.words
    assert faults(once) == []
    assert qpdf_complaints(once, tmp_path) == ""
    assert once.startswith(final) and pages(once) == pages(final)
    assert b"ETSI.CAdES.detached" in once


@needs_qpdf
def test_a_countersignature_by_a_token_leaves_the_first_one_whole(
    final: bytes, once: bytes, twice: bytes, tmp_path: Path
) -> None:
    vouched = office()[1].public_bytes(Encoding.PEM)
    found = signatures_in(twice, [vouched])
    ana, reviewer = found.signatures
    assert ana.holds and not ana.known
    assert reviewer.holds and reviewer.known and reviewer.subject == "R. Placeholder"
    assert not reviewer.self_made and found.only_signed and found.free == ()
    assert twice.startswith(once)
    assert qpdf_complaints(twice, tmp_path) == ""
    assert len(found.beginnings) == 3 and signatures_in(final).beginnings[0] == found.beginnings[0]


def test_a_countersigned_file_conforms_in_each_of_its_revisions(once: bytes, twice: bytes) -> None:
    """ISO 19005-2, 6.4.3: each signature covers the file as it was when it was made.

    The checker knows one signature alone: of the first of two it wants the bytes of the second,
    which did not exist (docs/decisions/signing.md).
    """
    assert faults(twice[: len(once)]) == []
    found = re.findall(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]", twice)
    for (before, after, rest), end in zip(found, (len(once), len(twice)), strict=True):
        assert int(after) + int(rest) == end, "nothing of its revision is left out"
        assert twice[int(before) : int(after)].strip(b"<>0123456789abcdefABCDEF") == b""
    assert [fault.partition(":")[0] for fault in faults(twice)] == [
        "PDFA2A-SIGNATURE-BYTERANGE-001"
    ]


def test_a_signature_is_read_as_a_form_in_its_line(twice: bytes) -> None:
    assert len(re.findall(rb"/S /Form\b", twice)) >= 2
    document = pypdfium2.PdfDocument(twice)
    try:
        document.init_forms()
        assert pypdfium2.raw.FPDF_GetSignatureCount(document) == 2
    finally:
        document.close()


def test_a_named_line_is_signed_once(final: bytes) -> None:
    key = key_from_file(ANAS, SECRET)
    signed = sign(final, key, "signature-2")
    assert [place.is_signed for place in places(signed)] == [False, True]
    with pytest.raises(BadInput, match="no free place") as refused:
        sign(signed, key, "signature-2")
    assert refused.value.details == ("signature-1",)
    with pytest.raises(NotAllowed):
        sign(sign(signed, key), key)


# -- tampering -----------------------------------------------------------------------------------


def _gap(data: bytes) -> range:
    """Where the signature itself stands, which no signature can cover."""
    (found,) = re.finditer(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]", data)
    _, first, after, _ = map(int, found.groups())
    return range(first, after)


@settings(max_examples=count(2, 400), deadline=None)
@given(st.data())
def test_a_flipped_bit_anywhere_ends_the_signature(once: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(once) - 1).filter(lambda place: place not in _gap(once)))
    bit = 1 << data.draw(st.integers(0, 7))
    changed = bytearray(once)
    changed[at] ^= bit
    assert broken(bytes(changed))


def _added(data: bytes, act: str) -> bytes:
    """The file with a revision more, as any PDF program writes one."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    if act == "page":
        page = writer.root["/Pages"]["/Kids"][0]
        over = generic.StreamObject(stream_data=b"0 0 300 300 re f")
        page["/Contents"] = generic.ArrayObject(
            [page.raw_get("/Contents"), writer.add_object(over)]
        )
        writer.update_container(page)
    elif act == "field":
        append_signature_field(writer, SigFieldSpec("more", box=(10, 10, 500, 700)))
    else:
        writer.root["/Lang"] = generic.pdf_string("fr")
        writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("act", ["page", "field", "language"])
def test_what_is_added_to_a_signed_file_is_told(once: bytes, act: str) -> None:
    assert broken(_added(once, act))


def test_what_was_added_before_signing_is_told(final: bytes) -> None:
    """A signature over more than the report: each byte is covered, and still it is not it."""
    signed = sign(_added(final, "page"), key_from_file(ANAS, SECRET))
    assert broken(signed)


def test_a_cut_file_and_one_of_somebody_else_are_told(once: bytes, final: bytes) -> None:
    assert broken(once[: len(once) - 700])
    assert broken(b"no PDF at all")
    assert signatures_in(final) == Signed((), ("signature-1", "signature-2"), _all(final), True)


def _all(data: bytes) -> tuple[str, ...]:
    return signatures_in(data).beginnings


def test_an_older_state_of_a_countersigned_file_is_only_itself(once: bytes, twice: bytes) -> None:
    """Cutting a signature off is possible, and what is left bears one signature, not two."""
    assert len(signatures_in(twice[: len(once)]).signatures) == 1


# -- keys ----------------------------------------------------------------------------------------


def test_keys_that_do_not_open_are_refused(token: str) -> None:
    with pytest.raises(WrongSecret):
        key_from_file(ANAS, "another passphrase")
    with pytest.raises(BadInput, match="PKCS#12"):
        key_from_file(b"not a key", SECRET)
    with pytest.raises(WrongSecret, match="PIN"):
        key_on_token(token, TOKEN, "000000")
    with pytest.raises(BadInput, match="one token"):
        key_on_token(token, "another card", PIN)
    with pytest.raises(BadInput, match="module"):
        key_on_token("/nowhere/module.so", TOKEN, PIN)
    with pytest.raises(BadInput, match="certificate") as refused:
        key_on_token(token, TOKEN, PIN, "another")
    assert refused.value.details == ("Certificate for signatures",)


@pytest.mark.parametrize(
    ("key", "of", "words"),
    [
        (rsa.generate_private_key(65537, 1024), {}, "2048"),
        (ec.generate_private_key(ec.SECP256K1()), {}, "P-256"),
        (None, {"days": (-9, -1)}, "holds from"),
        (None, {"days": (3, 9)}, "holds from"),
        (None, {"signs": False}, "not one for signatures"),
    ],
    ids=["short", "curve", "over", "to come", "usage"],
)
def test_a_weak_or_wrong_key_signs_nothing(key: object, of: dict[str, object], words: str) -> None:
    data, _ = key_file("T. Mock", key, **of)  # type: ignore[arg-type]
    with pytest.raises(UserError, match=words):
        key_from_file(data, SECRET)


def test_an_rsa_key_signs_too_and_its_own_certificate_can_be_trusted(final: bytes) -> None:
    data, own = key_file("J. Specimen", rsa.generate_private_key(65537, 2048))
    signed = sign(final, key_from_file(data, SECRET))
    assert signatures_in(signed, [own]).signatures[0].known
    assert not signatures_in(signed, [ANAS_CERTIFICATE]).signatures[0].known
    assert faults(signed) == []
    with pytest.raises(BadInput, match="certificate"):
        signatures_in(signed, [b"not a certificate"])


def test_a_token_signs_from_the_terminal(
    final: bytes,
    token: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The PIN comes from a file here, and is told to nobody."""
    begun, out, pin = (tmp_path / name for name in ("report.pdf", "signed.pdf", "pin"))
    begun.write_bytes(final)
    pin.write_text(f"{PIN}\n")
    of = ["--pkcs11", token, "--token", TOKEN, "--key-passphrase-file", str(pin)]
    assert run(["sign", str(begun), "-o", str(out), "--place", "signature-2", *of]) == 0
    (signature,) = signatures_in(out.read_bytes()).signatures
    assert signature.holds and signature.place == "signature-2"
    assert PIN not in "".join(capsys.readouterr())
    monkeypatch.setenv("INSPECTOR_KEY_PASSPHRASE", "000000")
    assert run(["sign", str(begun), "-o", str(out), *of[:4]]) == 6
    assert signatures_in(out.read_bytes()).signatures == (signature,), "the old file stays"
