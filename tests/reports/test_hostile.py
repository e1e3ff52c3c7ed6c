"""Whatever was typed stands in every report, word for word, in what a reader hears of it.

What the typeface does not have is a box there; nothing else is lost, and nothing becomes markup.
"""

import ctypes
import re
import subprocess
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from inspector_app.checks import problems
from inspector_app.records import INSPECTION_RECORDS
from inspector_app.reports import REPORTS
from inspector_app.reports.charts import Bar, FindingChart
from inspector_app.reports.page import render
from inspector_app.reports.typed import MISSING, text
from inspector_app.reports.typeface import covered
from tests.harness import TORTURE, count
from tests.reports.following import closed, planned, reviewed
from tests.reports.inspections import ANA, HAMILTON, Case, toured, visited, whole
from tests.reports.reading import drawn_photo, needs_poppler
from tests.reports.test_other_reports import KEEPING, everything
from tests.reports.test_page import RUNNING
from tests.reports.test_tagged import faults

LONG = 10_000
HOSTILE = (
    "<b>bold & <i>not</b> ]]> &amp; <para/> <br/> </font> {n} %s **stars** <a href='x'>y</a>",
    "\u202egnp.exe\u202c \u2067mixed\u2069 \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "e\u0301 a\u0308 n\u0303 Z\u0351\u0348\u0300 fi\ufb01 \u1100\u1161 x\u0338",
    "\U0001f600 \U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f1fa\U0001f1f8 1\ufe0f\u20e3",
    "=1+1 @cmd -2 +3 \\n \\u0041 (balanced) (un) )( \\( %PDF-1.7 endstream endobj",
    "\x00\x07\x1b\ufffe\ufdd0\ufdd1 a\u00ad\u200bb \ufeffc",
    "one\r\ntwo\u2028three\x85four\tfive",
)
TRICKY = st.text(
    st.one_of(st.sampled_from("<>&;\"'/\\()[]%#=\u202e\u200f\u0301\u0308\u200d\ufe0f\xa0 \n"),
              st.characters(codec="utf-8", exclude_characters="{}")),
    min_size=1, max_size=120,
)  # fmt: skip

_AGENCY = ("about", "agency")
_INSPECTION = (
    ("finding:f1", "effect"), ("visit:self", "limits"), ("document-review:s1",
    "population"), ("finding:f1", "title"), ("finding:f1", "condition"), ("finding:f4",
    "condition"), ("observation:t1", "text"), ("photo:p1", "caption"),
    ("answer:officers-3", "note"), ("answer:supervision-3", "reason"),
)  # fmt: skip
TOLD: dict[str, tuple[tuple[str, str], ...]] = {
    "inspection": _INSPECTION,
    "oversight-review": _INSPECTION,
    "exit-briefing": (("conference:c1", "present"), ("finding:f1", "title")),
    "document-request": (_AGENCY,),
    "field-notes": (
        ("observation:t1", "text"), ("conference:c1", "notes"), ("interview:i2", "notes"),
    ),
    "evidence-index": (("photo:p1", "caption"), ("observation:t1", "text")),
    "custody": (_AGENCY,),
    "corrective-action-plan": (
        ("corrective-action:f1", "cause"), ("finding:f1", "title"),
        ("corrective-action:f1", "action"), ("corrective-action:f1", "owner"),
    ),
    "closeout-memo": (("closeout:self", "to"), ("closeout:self", "from")),
    "focus-review": (("earlier-finding:" + "ab" * 32 + "/f1", "now"),),
}  # fmt: skip
"""The fields of each report that are printed as they were typed; the first may be very long."""


def case_for(name: str, agency: str) -> Case:
    """An inspection of which the report can be made."""
    if TOLD[name] == (_AGENCY,):
        return toured(visited(Case(agency={**HAMILTON, "name": agency})))
    if name == "corrective-action-plan":
        return planned()
    if name == "closeout-memo":
        return closed()
    if name == "focus-review":
        return reviewed()
    if name == "oversight-review":
        return whole(Case(purpose="oversight-review"))
    return everything(disputed=False)


def made(name: str, texts: Sequence[str]) -> bytes:
    """The report, with a text typed into each of its fields in turn."""
    case = case_for(name, texts[0])
    for (record, field), words in zip(TOLD[name], cycle(texts), strict=False):
        if (record, field) != _AGENCY:
            case._write(case.inspection.log.setting(record, {field: words}), ANA, record)
    found = case.inspection
    return REPORTS[name].build(found, problems(found), drawn_photo, keeping=KEEPING)


def lost(name: str, texts: Sequence[str], said: str) -> list[tuple[str, str]]:
    """The fields whose text is not there as a whole."""
    return [
        place for place, words in zip(TOLD[name], cycle(texts), strict=False)
        if shown(words) not in said
    ]  # fmt: skip


def spoken(pdf: bytes) -> str:
    """The text in reading order, by pdfium, without white space and without running parts."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join("".join(_spoken(page)) for page in document)
    finally:
        document.close()


def _spoken(page: pypdfium2.PdfPage) -> Iterator[str]:
    words = page.get_textpage()
    for thing in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_TEXT], textpage=words):
        if not _is_artifact(thing):
            yield "".join(thing.extract().split())
    words.close()


def _is_artifact(thing: pypdfium2.PdfObject) -> bool:
    raw = pypdfium2.raw
    marks = range(raw.FPDFPageObj_CountMarks(thing))
    return "Artifact" in (_name(raw.FPDFPageObj_GetMark(thing, n)) for n in marks)


def _name(mark: object) -> str:
    size, buffer = ctypes.c_ulong(), ctypes.create_string_buffer(64)
    pypdfium2.raw.FPDFPageObjMark_GetName(
        mark, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), 64, size
    )
    return buffer.raw[: size.value].decode("utf-16-le").rstrip("\0")


def shown(typed: str) -> str:
    """What of a text must be seen: all but what has no shape; a box for what cannot be drawn."""
    return "".join(_seen(unicodedata.normalize("NFC", typed)))


def _seen(typed: str) -> Iterator[str]:
    for c in typed:
        if unicodedata.category(c) == "Zs" or c in "\t\n\r\v\f\x85\u2028\u2029":
            continue
        if ord(c) in (0xAD, 0x34F, 0x2060, 0xFEFF):
            continue
        if 0x200B <= ord(c) <= 0x200D or 0xFE00 <= ord(c) <= 0xFE0F:
            continue
        is_drawn = ord(c) in covered() and unicodedata.category(c)[0] != "C"
        yield _apart(c) if is_drawn else MISSING


def _apart(c: str) -> str:
    """Readers take presentation forms apart (Unicode FB00 to FB4F)."""
    return unicodedata.normalize("NFKC", c) if 0xFB00 <= ord(c) <= 0xFB4F else c


_IN_CELLS = ("document-request", "custody", "evidence-index")
"""These have no text of many pages, or have it in a cell, of which pdfium reads line by line."""


def texts_for(name: str) -> list[str]:
    """Each kind of hostile text, beginning with another one for each report; the first is long."""
    at = list(TOLD).index(name)
    turned = [f"Mark {n}: {words} :mark {n}" for n, words in enumerate(HOSTILE)]
    turned = turned[at % len(turned) :] + turned[: at % len(turned)]
    return turned if name in _IN_CELLS else [f"{turned[0]} {'x' * LONG} word", *turned]


_NAMES = [name for name in TOLD if TORTURE or name != "oversight-review"]  # told as the first


@pytest.mark.parametrize("name", _NAMES)
def test_hostile_texts_are_printed_word_for_word(name: str) -> None:
    texts = texts_for(name)
    assert lost(name, texts, spoken(made(name, texts))) == []


@settings(max_examples=count(2, 300), deadline=None, phases=(Phase.reuse, Phase.generate))
@given(st.sampled_from(sorted(TOLD)), st.lists(TRICKY, min_size=10, max_size=10))
def test_any_texts_are_printed_word_for_word(name: str, typed: list[str]) -> None:
    """Each between two letters: what is blank counts as not written."""
    texts = [f"a{words}z" for words in typed]
    assert lost(name, texts, spoken(made(name, texts))) == []


@needs_poppler
@pytest.mark.parametrize("name", TOLD if TORTURE else ["closeout-memo", "evidence-index"])
def test_poppler_reads_them_in_the_structure(name: str, tmp_path: Path) -> None:
    texts = [f"{words} {'x' * LONG}" for words in texts_for(name)[:1]]
    (tmp_path / "report.pdf").write_bytes(made(name, texts))
    ran = subprocess.run(
        ["pdfinfo", "-struct-text", tmp_path / "report.pdf"], capture_output=True, check=True
    )
    lines = ran.stdout.decode().splitlines()
    said = "".join(re.sub(r'^ *"|"$', "", line) for line in lines)
    assert lost(name, texts, "".join(said.split())) == []


_REFERRING = ("review", "item", "area", "role", "sample_kind", "document", "finding", "part")
"""What names something else, and says nothing itself."""


@pytest.mark.parametrize("name", TOLD if TORTURE else ["exit-briefing", "closeout-memo"])
def test_no_field_however_long_stops_a_report(name: str) -> None:
    """Every text of every record, as a merge may bring it."""
    case = case_for(name, "Agency " * 60)
    for cls in INSPECTION_RECORDS:
        texts = [
            n for n, about in cls.model_fields.items() if about.annotation is str and n != "id"
        ]
        for record in case.inspection.all(cls):
            values = {n: "long text " * 300 for n in texts if n not in _REFERRING}
            case._write(case.inspection.log.setting(record.id, values), ANA, record.id)
    found = case.inspection
    pdf = REPORTS[name].build(found, problems(found), drawn_photo, keeping=KEEPING)
    assert faults(pdf) == []


def test_a_chart_keeps_to_its_page_however_long_a_name_is() -> None:
    bars = [Bar(text("name " * 3_000), (("deficiency", "COM-1"),))]
    chart = FindingChart(text("Title"), bars, [], "Bars by type")
    assert faults(render(RUNNING, lambda _: [chart])) == []
