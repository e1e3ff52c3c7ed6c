"""Where a cited sentence stands in an agreement's text, misread by a machine or over two pages."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app import forms
from inspector_app.agreement import AgreementReader, PageText
from inspector_app.ui.agreement_text import PageLayout, find, plain

SENTENCE = "Whether or not an interpreter is used, the record should always include questions."
OTHER = "The agency will maintain a list of qualified interpreters or companies it contracts with."
WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=9), min_size=1)


def spanned(pages: list[str], cited: int | None = None) -> dict[int, str]:
    """The words found, by page."""
    found = find(SENTENCE, pages, cited)
    return {page: pages[page - 1][slice(*span)] for page, span in found.spans.items()}


@pytest.mark.parametrize(
    "printed",
    [
        SENTENCE,
        "Whether or not an inter-\npreter is used, the\nrecord should always include questions.",
        "WHETHER OR NOT AN INTERPRETER IS USED , the record should always include questions.",
        "Whcther or not an interpreter is uscd, thc record should always inc1ude questions.",
    ],
)
def test_a_sentence_is_found_as_it_was_read(printed: str) -> None:
    assert spanned([OTHER, f"{OTHER}\n{printed} {OTHER}"], 2) == {2: printed}


def test_a_sentence_goes_over_to_the_next_page_past_what_runs_at_its_foot() -> None:
    foot = "Hamilton County Sheriff’s Office, IN {} Revised 02/15/2025"
    lines = [f"{OTHER} Paragraph {n} of it." for n in range(9)]
    pages = ["\n".join([*lines, foot.format(n)]) for n in (1, 2, 3)]
    begun, ended = SENTENCE[:45], SENTENCE[45:]
    pages[0] = "\n".join([*lines, begun, foot.format(1)])
    pages[1] = "\n".join([ended, *lines, foot.format(2)])
    assert spanned(pages, 1) == {1: begun.rstrip(), 2: ended.lstrip()}


def test_the_cited_page_comes_before_another_that_says_the_same() -> None:
    assert spanned([SENTENCE, OTHER, SENTENCE], 3) == {3: SENTENCE}
    assert spanned([SENTENCE, OTHER, SENTENCE], 2) == {1: SENTENCE}
    assert spanned([SENTENCE, OTHER], 9) == {1: SENTENCE}


def test_what_is_not_there_or_says_nothing_is_not_found() -> None:
    assert spanned([OTHER, OTHER], 1) == {} == spanned(["", ""], 1) == spanned([], None)
    assert find("of the", [SENTENCE], 1).page is None


@given(before=WORDS, sentence=st.lists(st.sampled_from(SENTENCE.split()), min_size=8), after=WORDS)
def test_whatever_stands_there_is_found_whole(
    before: list[str], sentence: list[str], after: list[str]
) -> None:
    printed = "\n".join(sentence)
    page = " ".join([*before, printed, *after])
    found = find(" ".join(sentence), [page], 1)
    start, end = found.spans[1]
    assert plain(page[start:end]).replace(" ", "").strip(",.") == "".join(sentence).strip(",.")


def test_selected_lines_become_one_and_a_hyphen_stays() -> None:
    assert plain(" to ensure  non-\ncompliance\nis seen ") == "to ensure non-compliance is seen"


def laid_out(*lines: str) -> PageLayout:
    """Lines of signs 100 wide and 80 high, 200 from one line to the next."""
    boxes = []
    for down, line in enumerate(lines):
        for at, sign in enumerate(line):
            wide = 0 if sign == " " else 100
            boxes.append((at * 100, down * 200, at * 100 + wide, down * 200 + 80))
        boxes.append((0, 0, 0, 0))
    return PageLayout(PageText("\n".join(lines), tuple(boxes[:-1])))


def test_a_span_is_marked_line_by_line() -> None:
    layout = laid_out("of the record", "should be kept")
    assert layout.areas((7, 20)) == [(700, 0, 1300, 80), (0, 200, 600, 280)]
    assert layout.areas((6, 7)) == []


def test_the_pointer_finds_the_nearest_sign_of_the_nearest_line() -> None:
    layout = laid_out("of the record", "", "should be kept")
    assert layout.text[layout.sign_at(750, 40) or 0] == "r"
    assert layout.sign_at(9000, 120) == 12
    assert layout.sign_at(-5, 9000) == layout.text.index("should")
    assert laid_out("   ").sign_at(5, 5) is None
    assert layout.text[slice(*layout.words(8, 18))] == "record\n\nshould"


def test_every_quotation_of_the_forms_is_found_on_its_page(shared: Path) -> None:
    copies = {
        "jem-2025": "jem-2025-hamilton-in",
        "wso-2025": "wso-2025-palm-beach-fl",
    }
    for name, copy in copies.items():
        with AgreementReader((shared / "moa" / f"{copy}.pdf").read_bytes()) as reader:
            pages = reader.texts()
        cited = [c for item in forms.load(name).items for c in item.citations]
        quoted = [c for c in cited if c.document == "moa" and c.quotation]
        places = [(find(c.quotation, pages, c.page).page, c.page) for c in quoted]
        assert len(quoted) > 50 and all(found == page for found, page in places)
