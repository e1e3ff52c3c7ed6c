"""The page: frame, running parts, type, color, tables over several pages."""

import ctypes
import re
import subprocess
import sys
from datetime import UTC, datetime

import pypdfium2
import pytest
from reportlab.lib.colors import Color

from inspector_app.reports import style
from inspector_app.reports.flow import heading, para, prose, room_for, space
from inspector_app.reports.page import Places, Running, Story, render
from inspector_app.reports.tables import Column, Grid, group, head, row
from inspector_app.reports.typed import text
from inspector_app.reports.typeface import BOLD, ITALIC, REGULAR, SEMIBOLD, covered
from tests.reports.inspections import whole
from tests.reports.reading import pages, report, whole_text

RUNNING = Running(
    title="Inspection report: A & B <x>", issuer="An office", agency="The agency",
    head="A report 26-INS-ABCD", version="Version 1", foot="Internal edition", warning="",
    marking="MARKED", boxed=True, edge=("DRAFT", "not signed"),
    instant=datetime(2026, 3, 10, 13, 0, tzinfo=UTC), has_cover=False,
)  # fmt: skip


def contrast(color: Color, other: Color) -> float:
    """WCAG 2.1, 1.4.3."""
    high, low = sorted((_luminance(color), _luminance(other)), reverse=True)
    return float((high + 0.05) / (low + 0.05))


def _luminance(color: Color) -> float:
    parts = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.rgb())
    return float(
        sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))
    )


def test_text_has_contrast_enough_and_is_never_too_small() -> None:
    for name, chosen in style.STYLES.items():
        ground = style.DEFICIENCY if name == "no-filled" else style.WHITE
        assert contrast(chosen.textColor, ground) >= 4.5, name
        assert chosen.fontSize >= 8, name
        assert chosen.alignment != 4, name
    for tinted in (style.TINT, style.PRACTICE_TINT):
        assert contrast(style.INK, tinted) >= 4.5


def test_every_size_on_the_pages_is_at_least_eight_points() -> None:
    document = pypdfium2.PdfDocument(report(whole().inspection))
    sizes = {round(_height(o), 1) for page in document for o in page.get_objects(filter=[1])}
    document.close()
    assert sizes and min(sizes) >= 8


def _height(text_object: pypdfium2.PdfObject) -> float:
    size = ctypes.c_float()
    pypdfium2.raw.FPDFTextObj_GetFontSize(text_object.raw, size)
    return float(size.value)


def test_the_four_faces_have_names_of_their_own_and_the_signs_we_use() -> None:
    assert len({REGULAR, SEMIBOLD, BOLD, ITALIC}) == 4
    assert {ord(c) for c in "✓☐→№ñ¿ЖΩ□…–’−\u00a0"} <= covered()


def test_running_parts_stand_on_every_page_and_the_title_in_the_file() -> None:
    pdf = render(RUNNING, lambda _: [prose(text("Words. " * 900))])
    found = pages(pdf)
    assert len(found) > 1
    assert all("MARKED" in page and "DRAFT" in page.replace(" ", "") for page in found)
    assert f"Page 2 of {len(found)}" in found[1]
    document = pypdfium2.PdfDocument(pdf)
    facts = document.get_metadata_dict()
    document.close()
    assert facts["Title"] == "Inspection report: A & B <x>"
    assert facts["CreationDate"].startswith("D:20260310130000")
    assert b"/Lang (en-US)" in pdf or b"/Lang" in pdf


def test_headings_make_bookmarks_in_two_levels() -> None:
    def story(_: Places) -> Story:
        return [
            heading(text("First"), "a", 2),
            heading(text("Under it"), "b", 3),
            heading(text("Second"), "c", 2),
        ]

    document = pypdfium2.PdfDocument(render(RUNNING, story))
    found = [(item.level, item.get_title()) for item in document.get_toc()]
    document.close()
    assert found == [(0, "First"), (1, "Under it"), (0, "Second")]


def test_a_page_number_in_the_text_is_true_even_when_it_moves_the_page() -> None:
    def story(places: Places) -> Story:
        filler = [prose(text("Words. " * 700))] * (1 if places.known("late") else 2)
        return [
            prose(text(f"See page {places.page('late')}.")),
            *filler,
            heading(text("Late"), "late", 2),
        ]

    found = pages(render(RUNNING, story))
    page = next(number for number, said in enumerate(found, 1) if "Late" in said)
    assert f"See page {page}." in found[0]


# -- tables ----------------------------------------------------------------------------------

COLUMNS = [Column(60), Column(300, 0)]


def table(rows: int, totals: int = 0, words: str = "word") -> Grid:
    """A table whose rows are numbered."""
    body = [row(para(text(f"row-{n}"), "cell"), para(text(words), "cell")) for n in range(rows)]
    last = [row(para(text("total"), "cell"), para(text("1"), "cell"), kind="total")] * totals
    return Grid(COLUMNS, [head(COLUMNS, text("No."), text("What")), *body, *last])


@pytest.mark.parametrize("rows", [1, 2, 30, 31, 32, 33, 34, 35, 36, 200])
def test_a_table_keeps_its_rows_its_head_and_two_rows_with_the_totals(rows: int) -> None:
    found = pages(render(RUNNING, lambda _: [table(rows, totals=2)]))
    text_ = " ".join(found)
    assert [text_.count(f"row-{n} ") for n in range(rows)] == [1] * rows
    assert all("No. What" in page for page in found)
    last = found[-1]
    assert last.count("total") == 2
    assert last.count("row-") >= min(2, rows)


@pytest.mark.parametrize("gap", range(0, 640, 16))
def test_a_table_never_leaves_its_head_or_a_single_row_behind(gap: int) -> None:
    found = pages(render(RUNNING, lambda _: [space(gap), table(6)]))
    for page in found:
        assert page.count("No. What") == (1 if "row-" in page else 0)
        assert page.count("row-") != 1


@pytest.mark.parametrize("gap", range(0, 96, 8))
@pytest.mark.parametrize(("groups", "of_last"), [(40, 1), (14, 2)])
def test_a_group_row_is_never_the_last_on_a_page(groups: int, of_last: int, gap: int) -> None:
    rows = [head(COLUMNS, text("No."), text("What"))]
    for n in range(groups):
        one = row(para(text(f"row-{n}"), "cell"), para(text("x"), "cell"))
        rows += [group(text(f"group-{n}")), *([one] * (of_last if n == groups - 1 else 1))]
    for page in pages(render(RUNNING, lambda _: [space(gap), Grid(COLUMNS, rows)])):
        if "group-" in page:
            assert page.rindex("row-") > page.rindex("group-")


def test_a_row_taller_than_a_page_goes_on_in_the_next() -> None:
    words = " ".join(f"w{n}" for n in range(4000))
    found = whole_text(render(RUNNING, lambda _: [table(2, words=words)]))
    assert [len(re.findall(rf"\bw{n}\b", found)) for n in (0, 1999, 3999)] == [2, 2, 2]


@pytest.mark.parametrize("gap", range(560, 654, 6))
def test_a_heading_is_not_left_at_the_foot_of_a_page(gap: int) -> None:
    def story(_: Places) -> Story:
        body = prose(text("Body. " * 60))
        return [space(gap), room_for(100), heading(text("Heading"), "h", 2), body]

    page = next(said for said in pages(render(RUNNING, story)) if "Heading" in said)
    assert "Body." in page


def test_the_list_of_reports_loads_no_pdf_library() -> None:
    heavy = "{'reportlab', 'PIL'} & sys.modules.keys()"
    code = f"import sys, inspector_app.reports; sys.exit(bool({heavy}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
