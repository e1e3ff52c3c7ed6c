"""Reports as a screen reader and an archive meet them: PDF/UA-1 and PDF/A-2a, by a checker.

Section 508 (504.2.2) asks of a program that exports PDF that it can export PDF/UA-1. Here the
layer by its pieces; every report as a whole: test_conformance.py.
"""

import re
from dataclasses import replace
from datetime import datetime

import page as checker
import pypdfium2

from inspector_app.reports.flow import heading, para
from inspector_app.reports.page import Running, Story, render
from inspector_app.reports.tables import Column, Grid, group, head, row
from inspector_app.reports.typed import Markup, text
from tests.reports.inspections import Case, whole
from tests.reports.reading import report
from tests.reports.test_page import RUNNING

PROFILES = (checker.ValidationProfile.PDF_UA_1, checker.ValidationProfile.PDF_A_2A)


def faults(pdf: bytes) -> list[str]:
    """Every rule of PDF/UA-1 and PDF/A-2a that is broken."""
    reports = [checker.validate_pdf_bytes(pdf, profile=profile) for profile in PROFILES]
    return [f"{fault.rule_id}: {fault.message}" for one in reports for fault in one.failures]


def test_a_file_without_its_mark_is_noticed() -> None:
    pdf = report(Case().inspection)
    assert faults(pdf.replace(b"<pdfuaid:part>1<", b"<pdfuaid:part>9<"))


# -- what is read, and in which order -------------------------------------------------------------

COLUMNS = (Column(60), Column(200))


def structure(story: Story, running: Running = RUNNING) -> list[tuple[str, int]]:
    """The roles of a document with their depth, in reading order, by an independent reader."""
    document = pypdfium2.PdfDocument(render(running, lambda _: story))
    try:
        return [found for page in document for found in _roles(page)]
    finally:
        document.close()


def _roles(page: pypdfium2.PdfPage) -> list[tuple[str, int]]:
    raw = pypdfium2.raw
    tree = raw.FPDF_StructTree_GetForPage(page)
    found: list[tuple[str, int]] = []

    def walk(element: object, depth: int) -> None:
        size = raw.FPDF_StructElement_GetType(element, None, 0)
        import ctypes

        buffer = ctypes.create_string_buffer(size)
        raw.FPDF_StructElement_GetType(element, buffer, size)
        found.append((buffer.raw.decode("utf-16-le").rstrip("\0"), depth))
        for n in range(raw.FPDF_StructElement_CountChildren(element)):
            child = raw.FPDF_StructElement_GetChildAtIndex(element, n)
            if child:
                walk(child, depth + 1)

    for n in range(raw.FPDF_StructTree_CountChildren(tree)):
        walk(raw.FPDF_StructTree_GetChildAtIndex(tree, n), 0)
    raw.FPDF_StructTree_Close(tree)
    return found


def table(rows: int) -> Grid:
    cell = [
        row(para(text(f"{n}"), "cell", "TD"), para(text("x"), "cell", "TD")) for n in range(rows)
    ]
    top = head(COLUMNS, text("No."), text("What"))
    return Grid(COLUMNS, [top, group(text("First")), *cell])


def test_headings_paragraphs_and_tables_are_told_in_their_order() -> None:
    story = [heading(text("Findings"), "findings", 2), para(text("Some words.")), table(2)]
    roles = [role for role, _ in structure(story)]
    assert roles == [
        *("Document", "Sect", "H2", "P", "Table", "THead", "TR", "TH", "TH"),
        *("TBody", "TR", "TH", "TR", "TH", "TD", "TR", "TH", "TD"),
    ]


def test_a_table_over_two_pages_is_one_table_and_its_repeated_head_is_read_once() -> None:
    pdf = render(RUNNING, lambda _: [table(120)])
    assert pdf.count(b"/S /Table") == 1
    assert pdf.count(b"/Scope /Column") == len(COLUMNS)
    assert [pdf.count(b"/S /" + part) for part in (b"THead", b"TBody", b"TFoot")] == [1, 1, 0]
    assert faults(pdf) == []


def test_a_paragraph_over_two_pages_is_one_paragraph() -> None:
    pdf = render(RUNNING, lambda _: [para(text("Words that go on and on. " * 900))])
    assert pdf.count(b"/S /P ") + pdf.count(b"/S /P\n") == 1


def test_a_cell_without_text_is_no_entry_and_markup_is_read_as_its_words() -> None:
    cells = row(para(Markup(""), "fact"), para(text("<b>seen</b> & heard"), "fact"))
    pdf = render(RUNNING, lambda _: [Grid(COLUMNS, [cells])])
    assert len(re.findall(rb"/S /LI\b", pdf)) == 1
    assert faults(pdf) == []


def test_the_same_report_gives_the_same_bytes() -> None:
    assert report(whole().inspection) == report(whole().inspection)


def test_the_file_says_what_the_report_says_of_itself() -> None:
    running = replace(
        RUNNING, title="A title & more", instant=datetime.fromisoformat("2026-03-10T12:00:00+00:00")
    )
    pdf = render(running, lambda _: [para(text("Words."))])
    assert b"A title &amp; more" in pdf
    assert b"<xmp:CreateDate>2026-03-10T12:00:00Z<" in pdf
    assert faults(pdf) == []
