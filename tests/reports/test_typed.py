"""Typed text reaches the page as it was typed, and is never markup."""

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from inspector_app.reports.flow import Para, prose
from inspector_app.reports.page import Running, render
from inspector_app.reports.style import STYLES
from inspector_app.reports.tables import Column, Grid, head, row
from inspector_app.reports.typed import MISSING, Markup, counted, plain, text
from inspector_app.reports.typeface import covered
from tests.harness import count
from tests.reports.reading import needs_poppler, poppler_text, squeezed, whole_text

RUNNING = Running(
    title="", issuer="", agency="", head="", version="", foot="", warning="", marking="",
    boxed=False, edge=(), instant=datetime(2026, 3, 10, tzinfo=UTC), has_cover=True,
)  # fmt: skip
START, END = "Begins", "Ends"


def printed(*typed: str) -> bytes:
    """A small file in which each text stands in a paragraph of its own."""
    return render(RUNNING, lambda _: [prose(text(t)) for t in typed])


def between(found: str) -> str:
    """What stands between the two marks, without white space."""
    inner = found.partition(START)[2].rpartition(END)[0]
    return "".join(inner.split())


def as_read(typed: str) -> str:
    """What pdftotext says of a text: it takes presentation forms apart (Unicode FB00 to FB4F)."""
    forms = (unicodedata.normalize("NFKC", c) if 0xFB00 <= ord(c) <= 0xFB4F else c for c in typed)
    return "".join("".join(forms).split())


COVERED = st.characters(codec="utf-8").filter(lambda c: ord(c) in covered() and c.isprintable())


@needs_poppler
@settings(max_examples=count(30, 500), deadline=None)
@given(st.text(COVERED, min_size=1, max_size=200))
@example("<b>&amp;</b> <para/> & <br/> \\ % {x} ** “quotes” – ¿señor? ✓ ☐ № → Ж Ω")
@example("Wordwithoutanyplacetobreak" * 20)
@example("a  b   c ")
def test_what_the_typeface_covers_is_printed_word_for_word(typed: str) -> None:
    found = between(poppler_text(printed(START, typed, END)))
    assert unicodedata.normalize("NFC", found) == as_read(unicodedata.normalize("NFC", typed))


@settings(max_examples=count(30, 500), deadline=None)
@given(st.text(max_size=200))
@example("\u202eabc\u202c \u2066 \x00\x07\x1b \U0001f600 שלום \u2028 a\u00adb \ufe0f \ud7ff")
def test_no_text_at_all_stops_the_printing(typed: str) -> None:
    columns = [Column(100), Column(50, 0)]
    grid = Grid(columns, [head(columns, text(typed), text("x")), row(_p(typed), _p(typed))])
    assert render(RUNNING, lambda _: [prose(text(typed)), grid]).startswith(b"%PDF")


def _p(typed: str) -> Para:
    return Para(counted(typed), STYLES["cell"])


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\U0001f600b", f"a{MISSING}b"),
        ("pay\u202egnp.exe", f"pay{MISSING}gnp.exe"),
        ("bell\x07", f"bell{MISSING}"),
        ("soft\u00adhyphen\ufe0f", "softhyphen"),
        ("tab\there", "tab here"),
        ("one\r\ntwo\u2028three", "one<br/>two<br/>three"),
        ("<b>&", "&lt;b&gt;&amp;"),
        ("e\u0301", "é"),
    ],
)
def test_what_cannot_be_shown_leaves_a_visible_sign(typed: str, shown: str) -> None:
    assert text(typed) == shown


def test_plain_strings_cannot_become_markup() -> None:
    with pytest.raises(TypeError):
        Para("<b>typed</b>", STYLES["body"])  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        _ = Markup("x") + "y"
    with pytest.raises(TypeError):
        prose("typed")  # type: ignore[arg-type]


def test_line_breaks_stay() -> None:
    found = whole_text(printed("first line\nsecond line"))
    assert "first line second line" in found


def test_counts_are_semibold_and_do_not_break() -> None:
    assert counted("7 of 20 files") == "<b>7\u00a0of\u00a020</b> files"
    assert counted("1,204 of 1,210") == "<b>1,204\u00a0of\u00a01,210</b>"
    assert counted("see photo 1") == "see photo\u00a01"
    assert "<b>" not in counted("v1.7 of 20")


def test_a_title_for_bookmarks_has_no_control_characters() -> None:
    assert plain("a\nb\x00\t c") == f"a{MISSING}b{MISSING} c" or squeezed(plain("a\nb"))
