"""The editable copy: what Word, and a screen reader in Word, find in it."""

import io
import re
import unicodedata
import zipfile
from itertools import pairwise

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import _Cell

from inspector_app.checks import problems
from inspector_app.inspection import Inspection
from inspector_app.reports import REPORTS
from inspector_app.reports.editable import editable
from inspector_app.reports.subject import Subject
from tests.reports.inspections import PALM_BEACH, Case, visited, whole
from tests.reports.reading import drawn_photo, squeezed, whole_text
from tests.reports.test_what_was_said import SAID, spoken

HOSTILE = (
    "<b>bold & <i>not</b> ]]> &amp; {n} %s **stars** <w:p/>",
    "مرحبا and שלום in one line",
    "e\u0301 a\u0308 Z\u0351\u0348 combining",
    "a smile 😀, a family 👩\u200d👩\u200d👧, a flag 🇺🇸",
    "=1+1 @cmd -2 +3",
    "long " + "x" * 10_000,
)


def copy_of(inspection: Inspection, name: str = "inspection") -> bytes:
    told = REPORTS[name].telling(Subject(inspection, problems(inspection), drawn_photo, "internal"))
    return editable(told)


@pytest.fixture(scope="module")
def whole_copy() -> bytes:
    return copy_of(whole().inspection)


@pytest.fixture(scope="module")
def document(whole_copy: bytes) -> Document:
    return docx.Document(io.BytesIO(whole_copy))


def words_of(document: Document) -> str:
    """All text in the order of the file, cells too."""
    body = document.element.body
    parts = []
    for paragraph in body.iter(qn("w:p")):
        parts.append("".join(t.text or "" for t in paragraph.iter(qn("w:t"))))
    return squeezed(" ".join(parts))


def levels(document: Document) -> list[int]:
    found = (re.fullmatch(r"Heading (\d)", p.style.name or "") for p in document.paragraphs)
    return [int(match[1]) for match in found if match]


def test_it_says_first_that_it_is_not_the_report_of_record(document: Document) -> None:
    assert "not the report of record" in document.paragraphs[0].text


def test_headings_are_real_and_no_level_is_skipped(document: Document) -> None:
    found = levels(document)
    assert found[0] == 1 and found.count(1) == 1 and set(found) == {1, 2, 3, 4}
    assert all(new <= old + 1 for old, new in pairwise(found))
    titles = [p.text for p in document.paragraphs if p.style.name == "Heading 3"]
    assert any(title.startswith("COM-1, Deficiency: Spanish complaint poster") for title in titles)


def test_the_head_of_every_table_repeats_and_no_row_is_torn(document: Document) -> None:
    assert len(document.tables) > 8
    for table in document.tables:
        first = table.rows[0]._tr.trPr
        assert first is not None and first.find(qn("w:tblHeader")) is not None
        for row in table.rows:
            properties = row._tr.trPr
            assert properties is not None and properties.find(qn("w:cantSplit")) is not None


def test_every_picture_has_its_alternative_text(document: Document) -> None:
    said = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert len(said) == 7 and all(said)  # four photos, three charts
    assert sum("an English complaint poster" in (alt or "") for alt in said) == 4


def test_the_language_is_said_of_every_style(document: Document) -> None:
    assert document.core_properties.language == "en-US"
    for name in ("Normal", "Heading 1", "Cell", "Note"):
        language = document.styles[name].element.rPr.find(qn("w:lang"))
        assert language is not None and language.get(qn("w:val")) == "en-US"


def test_a_quote_in_spanish_is_told_as_spanish() -> None:
    found = docx.Document(io.BytesIO(copy_of(spoken().inspection, "field-notes")))
    spanish = [
        "".join(text.text or "" for text in run.iter(qn("w:t")))
        for run in found.element.body.iter(qn("w:r"))
        if (said := run.find(f".//{qn('w:lang')}")) is not None and said.get(qn("w:val")) == "es-US"
    ]
    assert spanish == ["Llame al 202-555-0100", f"“{SAID}”"]


@pytest.fixture(scope="module")
def hostile() -> Document:
    case = whole()
    for place, item in enumerate(("complaints-1", "interpreters-1", "officers-3")):
        case.put(f"answer:{item}", note=HOSTILE[place])
    case.put("finding:f1", condition=HOSTILE[3], effect=HOSTILE[4])
    case.put("finding:f2", effect="a\x00b \u202egnol\u202c c\ufffe")
    case.put("observation:t1", text=HOSTILE[5])
    case.put("photo:p1", alt="", decorative=True)
    return docx.Document(io.BytesIO(copy_of(case.inspection)))


def test_it_holds_what_was_typed_word_for_word(hostile: Document) -> None:
    said = words_of(hostile)
    for typed in HOSTILE:
        assert squeezed(unicodedata.normalize("NFC", typed)) in said


def test_controls_and_what_reorders_never_reach_it(hostile: Document) -> None:
    assert "a□b □gnol□ c□" in words_of(hostile)


def test_a_picture_that_says_nothing_is_marked_as_decorative(hostile: Document) -> None:
    shapes = hostile.inline_shapes
    silent = [s._inline.docPr for s in shapes if not s._inline.docPr.get("descr")]
    assert len(silent) == 1 and "decorative" in [n.tag.split("}")[1] for n in silent[0].iter()]


def test_it_says_what_the_pdf_says(document: Document) -> None:
    """Told once: what the PDF says of a finding stands in the copy in the same words."""
    inspection = whole().inspection
    pdf = whole_text(REPORTS["inspection"].build(inspection, problems(inspection), drawn_photo))
    said = words_of(document)
    for paragraph in document.paragraphs:
        words = squeezed(paragraph.text)
        if paragraph.style.name in ("Normal", "Quote", "Note") and 30 < len(words) < 70:
            assert words in pdf or words.startswith(("Editable", "PRACTICE", "____")), words
    assert "6 of 20 files examined (frame 212) hold no question and no answer on the need." in said


def test_nothing_of_the_template_it_began_as_is_left(whole_copy: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(whole_copy)) as packed:
        names = set(packed.namelist())
        core = packed.read("docProps/core.xml").decode()
    assert {name for name in names if name.startswith("docProps/")} == {"docProps/core.xml"}
    assert not any("customXml" in name or "Effects" in name for name in names)
    assert "python-docx" not in core and "2013" not in core
    assert "Office of Professional Responsibility" in core


def test_words_on_a_dark_ground_are_white_and_a_total_has_room(document: Document) -> None:
    (sample,) = [t for t in document.tables if t.rows[0].cells[1].text == "File"]
    dark = [c for row in sample.rows for c in row.cells if c.text == "No" and _ground_of(c)]
    assert dark
    for cell in dark:
        assert str(cell.paragraphs[0].runs[0].font.color.rgb) == "FFFFFF"
    last = sample.rows[-1].cells
    assert last[0]._tc is last[1]._tc and last[0].text == "Finding"


def _ground_of(cell: _Cell) -> bool:
    properties = cell._tc.tcPr
    return properties is not None and properties.find(qn("w:shd")) is not None


def test_the_parts_of_a_table_are_in_the_order_that_word_asks_for(document: Document) -> None:
    for table in document.tables:
        names = [part.tag.split("}")[1] for part in table._tbl.tblPr]
        assert names == sorted(names, key=_ORDER.index)


_ORDER = ["tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook"]
"""ECMA-376, part 1, 17.4.60."""


def test_the_same_records_give_the_same_bytes(whole_copy: bytes) -> None:
    assert copy_of(whole().inspection) == whole_copy
    with zipfile.ZipFile(io.BytesIO(whole_copy)) as packed:
        assert {about.date_time[0] for about in packed.infolist()} == {1980}


def test_a_review_and_a_sheet_can_be_edited_too() -> None:
    review = visited(Case(agency=PALM_BEACH, purpose="oversight-review")).inspection
    assert levels(docx.Document(io.BytesIO(copy_of(review, "oversight-review"))))
    assert docx.Document(io.BytesIO(copy_of(review, "document-request"))).tables
