"""Editions: what the agency and the public do not read stands nowhere in their files.

Canaries stand in every protected field, in earlier wordings, in removed records, in a picture's
EXIF and in file names; the finished files are searched by tools that did not make them.
"""

import re
import subprocess
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.checks import problems
from inspector_app.errors import NotAllowed
from inspector_app.inspection import Inspection
from inspector_app.photos import ReportCopy
from inspector_app.records import BY_KIND, INSPECTION_RECORDS, Photo, field_names
from inspector_app.reports import REPORTS, leaks
from inspector_app.reports.edition import (
    bare,
    edition,
    editions,
    in_edition,
    leak_words,
    secret_fields,
)
from inspector_app.reports.flow import para
from inspector_app.reports.keeping import Keeping, Transfer
from inspector_app.reports.page import render
from inspector_app.reports.typed import text
from inspector_app.rules import identifiers
from tests.reports.inspections import ANA, MARCUS, Case, moment, whole
from tests.reports.reading import jpeg, needs_poppler, needs_qpdf, pages, whole_text
from tests.reports.test_other_reports import MEMO, everything
from tests.reports.test_page import RUNNING

CANARY = "qz7w{}qz"
"""A word of its own for each place; none of them may come out."""
NAMES = [r.name for r in REPORTS.values() if "inspection" in r.kinds and r.name != MEMO]
PUBLIC = edition("public")
A_NUMBER, SSN = "A208 765 431", "078-05-1120"
KEEPING = Keeping(
    "Ana Sample (cat-cup)", (Transfer("made", moment(11, 16), "6f" * 32, ("J. Specimen",), 3),), {}
)


def canary(*place: str) -> str:
    """A word that says where it was put."""
    return CANARY.format("".join(c for c in "".join(place) if c.isalnum()))


def protected(kind: str) -> Iterator[str]:
    """The fields of a kind of which the public reads nothing."""
    for (of_kind, name), treatment in PUBLIC.treatments.items():
        if of_kind == kind and treatment not in ("kept", "text", "day"):
            yield name


def put_raw(case: Case, record: str, fields: dict[str, Any], author: str = ANA) -> None:
    """Write values as a merge may bring them, whatever a guard says of them."""
    log = case.inspection.log
    case._write([log.edit(record, name, value) for name, value in fields.items()], author, record)


@cache
def seeded() -> Inspection:
    """An inspection with a canary in every protected field, and in what was removed or reworded."""
    case = everything(disputed=False)
    for cls in INSPECTION_RECORDS:
        record = next(iter(case.inspection.all(cls)), None)
        id = record.id if record else f"{cls.kind}:c1"
        for kind in (cls.kind, f"{cls.kind}-detained"):
            at = "interview:i2" if kind == "interview-detained" else id
            put_raw(case, at, dict(_canaries(kind)))
    case.put("observation:t1", text=f"{canary('earlier')} The English poster only.")
    case.put("observation:t1", text="English poster only; {b7E: seen from the post at 6 p.m.}")
    case.put("observation:off", text=f"{canary('removed')} seen", area="room-1")
    case._write(case.inspection.removing("observation:off"), ANA, "observation:off")
    case.put("finding:f1", effect=f"Named {A_NUMBER} and {SSN}, {{b6: {canary('marked')} too}}.")
    for n, release in enumerate(("public", "b7E"), 1):
        case.put(f"photo:p{n}", release=release)
    return case.inspection


def _canaries(kind: str) -> Iterator[tuple[str, Any]]:
    cls = BY_KIND[kind.removesuffix("-detained")]
    mapped = {"answers", "quotes"}
    for name in protected(kind):
        told = ("held", "read_spanish", "read_out", "quoted_in", "name")
        if name in told and cls.kind == "interview":
            continue
        stored = f"{name}.t1" if name in mapped else name
        yield stored, canary(kind, name)


def photo_with_exif(photo: Photo) -> ReportCopy:
    return ReportCopy(jpeg(300, 200), 300, 200)


@cache
def made(name: str, of: str = "public") -> bytes:
    return REPORTS[name].build(seeded(), problems(seeded()), photo_with_exif, of, keeping=KEEPING)


def canaries() -> set[str]:
    """Every canary that was ever typed, as the log has them."""
    found = re.compile(r"qz7w\w+?qz")
    values = (e.value for c in seeded().log.changes.values() for e in c.edits)
    return {word for value in values for word in found.findall(str(value))}


def inflated(pdf: bytes) -> bytes:
    """All bytes of a file, those of packed streams too."""
    found = [pdf]
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            found.append(zlib.decompressobj().decompress(packed))
        except zlib.error:
            continue
    return b"\n".join(found)


# -- the public edition ---------------------------------------------------------------------------


def test_every_protected_field_was_seeded() -> None:
    assert len(canaries()) > 30
    for place in ("memberindependence", "interviewlabel", "interviewdetainednotes", "removed",
                  "earlier", "marked", "rostertitle", "reviewreason"):  # fmt: skip
        assert any(place in word for word in canaries()), place
    internal = "".join(whole_text(made(name, "internal")) for name in ("inspection", "field-notes"))
    seen = {word for word in canaries() if word in internal}
    assert len(seen) > 7, "the control: most of them are told to the team"


@needs_poppler
@needs_qpdf
@pytest.mark.parametrize("name", NAMES)
def test_no_canary_is_in_the_public_edition(name: str, tmp_path: Path) -> None:
    pdf = made(name)
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf)
    read = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True).stdout
    plain = subprocess.run(
        ["qpdf", "--qdf", "--object-streams=disable", str(file), "-"], capture_output=True
    ).stdout
    for words in (read, plain, inflated(pdf)):
        spread = words.replace(b"\0", b"")  # UTF-16 of plain letters
        for secret in (b"qz7w", A_NUMBER.encode(), SSN.encode(), b"Ana Sample"):
            assert secret not in spread
    assert "Detained person" in read.decode() or name not in ("inspection", "field-notes")


@pytest.mark.parametrize("name", NAMES)
def test_neither_clock_nor_digest_is_in_the_public_edition(name: str) -> None:
    text = whole_text(made(name))
    assert not re.search(r"\d [ap]\.m\. E[DS]T", text)
    assert seeded().log.digest()[:4] not in text
    assert not re.search(r"\b[0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4}\b", _without_form(text))
    assert "Public edition" in text
    assert "RELEASED" not in text, "practice data bears the mark of practice alone"


def _without_form(text: str) -> str:
    """The digest of the checklist is public: the checklist is."""
    return text.replace(" ".join(["ffff"] * 16), "")


def test_the_numbers_are_the_same_in_every_edition() -> None:
    for number in ("COM-1", "INT-1", "USC-1", "T-04", "I-03", "S-1", "photo 4", "26-INS-"):
        assert all(number in whole_text(made("inspection", of)) for of in editions()), number


def test_withheld_text_says_how_much_and_why_and_the_page_explains_it() -> None:
    marked = [page for page in pages(made("inspection")) if "[7 words, b7E]" in page]
    assert marked
    for page in marked:
        assert "Gray brackets: text withheld, with the exemption in 5 U.S.C. 552(b)." in page
        assert "b7E techniques and procedures" in page
    unmarked = [page for page in pages(made("inspection"))[1:] if ", b6]" not in page]
    assert any("Gray brackets" not in page for page in unmarked)
    assert "seen from the post at 6 p.m." in whole_text(made("inspection", "internal"))


@pytest.mark.parametrize(
    ("styling", "long"), [("body", "word " * 2_600), ("cell", "w" * 9_000)], ids=["words", "word"]
)
def test_a_page_explains_what_it_withholds_of_a_text_over_many_pages(
    styling: str, long: str
) -> None:
    typed = PUBLIC.text(f"Begun {{b7E: seen}} {long} {{b6: told}}")
    told = pages(render(RUNNING, lambda _: [para(text(typed), styling)]))
    assert len(told) > 2
    for page in told:
        assert ("b7E]" in page) == ("b7E techniques and procedures" in page)
        assert ("b6]" in page) == ("b6 personal privacy" in page)
    assert "b7E]" in told[0] and "b6]" in told[-1]


def test_a_photo_is_shown_in_public_only_when_a_person_released_it() -> None:
    text = whole_text(made("inspection"))
    assert "Photo withheld (b7E)" in text
    assert "Photo withheld (b6)" in text
    assert made("inspection").count(b"/DCTDecode") == 1
    assert "Photo withheld" not in whole_text(made("inspection", "agency"))


def test_the_agency_reads_names_but_no_earlier_wording_and_no_number_of_a_person() -> None:
    text = whole_text(made("inspection", "agency"))
    assert canary("member", "name") in text
    assert "[number, b6]" in text
    assert A_NUMBER not in text
    assert canary("earlier") not in whole_text(made("field-notes", "agency"))
    assert canary("earlier") in whole_text(made("field-notes", "internal"))


def test_the_public_edition_is_the_same_bytes_again() -> None:
    again = REPORTS["inspection"].build(
        seeded(), problems(seeded()), photo_with_exif, "public", keeping=KEEPING
    )
    assert again == made("inspection")


# -- what a person marks, and what looks like a number ---------------------------------------------


@pytest.mark.parametrize(
    ("typed", "public", "internal"),
    [
        ("a {b7E: one two} b", "a [2 words, b7E] b", "a one two b"),
        ("{ b(7)(e) : one}", "[1 word, b7E]", "one"),
        (
            "{b6={count:document-review:s1:x} files}",
            "[2 words, b6]",
            "{count:document-review:s1:x} files",
        ),
        ("{b9: secret}", "[1 word, b9]", "secret"),
        ("{by: hand} {b7E}", "{by: hand} {b7E}", "{by: hand} {b7E}"),
        ("File A208-765-431.", "File [number, b6].", "File A208-765-431."),
        ("\ufdd0[4 words, b6]\ufdd1", "\ufffd[4 words, b6]\ufffd", "\ufffd[4 words, b6]\ufffd"),
    ],
)
def test_a_passage_is_withheld_or_opened(typed: str, public: str, internal: str) -> None:
    assert bare(PUBLIC.text(typed)) == public
    assert bare(edition("internal").text(typed)) == internal


@pytest.mark.parametrize(
    "shape",
    ["A208765431", "A 208 765 431", "a208-765-431", "A\u2011208\u2011765\u2011431", "A12345678",
     "208765431", "208-765-431", SSN, "078 05 1120", "078\n05\n1120", "٠٧٨-٠٥-١١٢٠"],
)  # fmt: skip
def test_a_number_of_a_person_is_found_in_whatever_spelling(shape: str) -> None:
    assert identifiers.is_in(f"He bore {shape}, they said.")
    assert identifiers.replaced(f"He bore {shape}, they said.", "#") == "He bore #, they said."


@pytest.mark.parametrize(
    "plain",
    ["317-555-0142", "(317) 555-0142", "20 of 212", "26-INS-K7Q4", "2026-03-10", "46202-1234",
     "1,234,567,890", "c0ffee123456789abc", "form 70-006", "8 U.S.C. 1357(g)", "12.345.678.901"],
)  # fmt: skip
def test_other_numbers_are_left_alone(plain: str) -> None:
    assert not identifiers.is_in(f"It says {plain} here.")


@given(st.text(max_size=40), st.integers(0, 999), st.integers(0, 99), st.integers(0, 9999))
def test_no_number_survives_beside_any_text(around: str, a: int, b: int, c: int) -> None:
    number = f"{a:03}-{b:02}-{c:04}"
    assert number not in PUBLIC.text(f"{around} {number} {around}")


def test_checks_points_at_it_and_never_repeats_it() -> None:
    case = whole()
    case.put("finding:f1", effect=f"He bore {A_NUMBER}.")
    case.put("interview:i1", quotes={"t1": f"I am {SSN}."})
    case.put("observation:t1", text=f"A list with {{b6: {SSN}}} on it.")
    found = [p for p in problems(case.inspection) if p.kind == "personal"]
    assert {(p.record, p.field) for p in found} == {
        ("finding:f1", "effect"), ("interview:i1", "quotes"),
    }  # fmt: skip
    assert not any(A_NUMBER in p.sentence or SSN in p.sentence for p in found)


# -- the table of fields ---------------------------------------------------------------------------


def test_the_data_names_only_fields_that_there_are() -> None:
    for kind, name in [*PUBLIC.treatments, *secret_fields()]:
        if kind not in ("about", "change"):
            known = field_names(BY_KIND[kind.removesuffix("-detained")])
            assert name in known, f"{kind}.{name}"


def test_a_field_that_nobody_thought_of_is_withheld() -> None:
    assert PUBLIC.value("strange", "field", "some words here") != "some words here"
    assert PUBLIC.value("finding", "new", {"a": "b"}) is None
    assert PUBLIC.value("photo", "sha256", "e" * 64) is None
    assert edition("internal").value("strange", "field", "some words") == "some words"


def test_signatures_hold_in_every_edition() -> None:
    case = whole()
    case.sign(ANA, "opr-inspector")
    for of in editions():
        view = in_edition(case.inspection, of)
        assert len(view.signed("report")) == 1
        assert view.part_digest("report") == case.inspection.part_digest("report")
    pdf = REPORTS["inspection"].build(case.inspection, [], photo_with_exif, "public")
    assert "DRAFT" not in whole_text(pdf)
    assert "Made from version 1 of the report" in whole_text(pdf)


# -- the leak scan ---------------------------------------------------------------------------------

NOTHING: leaks.Secrets = {}


def leaked(data: bytes, **secrets: tuple[str, ...]) -> list[str]:
    return list(leaks.leaks(data, PUBLIC, secrets))


@pytest.mark.parametrize("secret", ["Ana Sample", "ana  sample", "SAMPLE, Ana"])
def test_the_scan_finds_a_name_where_it_stands(secret: str) -> None:
    text = b"Nothing.\nSaid ana\nsample, and Sample,\nAna.\n"
    assert leaked(text, name=(secret,)) == ["The file: a name that is sealed"]
    assert leaked(b"An analyst sampled.", name=(secret,)) == []


def test_the_scan_reads_pages_description_bookmarks_and_alternatives() -> None:
    case = whole()
    case.put("finding:f1", title="Hidden Person at the gate")
    case.put("photo:p1", alt="Hidden Person stands there.")
    pdf = REPORTS["inspection"].build(case.inspection, [], photo_with_exif, "internal")
    found = leaked(pdf, name=("Hidden Person",))
    assert "The bookmarks: a name that is sealed" in found
    assert sum(each.startswith("Page ") for each in found) >= 3
    only_alt = leaked(
        REPORTS["field-notes"].build(case.inspection, [], photo_with_exif),
        name=("Hidden Person stands",),
    )
    assert len(only_alt) == 1


def test_the_scan_finds_what_a_camera_wrote_and_a_number_in_a_name() -> None:
    assert leak_words("picture") in leaked(b"x Exif\x00\x00 y")
    found = list(leaks.leaks(b"x", PUBLIC, NOTHING, "A208765431.pdf"))
    assert found == ["The file’s name: what looks like an A-number"]


def test_a_leaking_file_is_refused_without_its_text() -> None:
    with pytest.raises(NotAllowed) as refused:
        leaks.check(f"He is {SSN}.".encode(), PUBLIC, NOTHING)
    assert refused.value.details == ("The file: what looks like a Social Security number",)
    assert SSN not in refused.value.message


def test_names_of_the_team_and_file_numbers_are_secrets_even_when_removed() -> None:
    case = whole()
    case._write(case.inspection.removing(f"member:{MARCUS}"), ANA, "")
    secrets = leaks.secrets_of(case.inspection, ["Jane Hidden"])
    assert set(secrets["person"]) == {"Ana Sample", "Marcus Example"}
    assert len(secrets["file"]) == 20
    assert set(secrets["name"]) == {"Jane Hidden"}
