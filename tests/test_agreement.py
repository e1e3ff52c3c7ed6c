"""The signed agreement: what is read of it, what is refused, what it cannot do."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from inspector_app.agreement import AgreementReader, PageText
from inspector_app.agreement.limits import MAX_BYTES, MAX_PAGES, SIDE
from inspector_app.errors import BadInput
from tests.conftest import ROOT
from tests.pdfs import (
    CLAUSE,
    LINES,
    page_drawing,
    scan,
    that_never_ends,
    that_swells,
    with_a_filled_field,
    with_text,
)


@pytest.fixture(scope="module")
def text() -> Iterator[AgreementReader]:
    with AgreementReader(with_text()) as reader:
        yield reader


def opened(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    image.load()
    assert image.format == "PNG"
    return image.convert("L")


def dark_share(image: Image.Image, box: tuple[float, float, float, float]) -> float:
    """How much of a box, in shares of the picture's sides, is dark."""
    width, height = image.size
    cut = image.crop(
        (
            round(box[0] * width),
            round(box[1] * height),
            round(box[2] * width),
            round(box[3] * height),
        )
    )
    return sum(cut.histogram()[:128]) / max(cut.width * cut.height, 1)


def box_of(page: PageText, words: str) -> tuple[float, float, float, float]:
    """Where words stand, in shares of the page's sides."""
    at = page.text.index(words)
    boxes = page.boxes[at : at + len(words)]
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, bottom = max(b[2] for b in boxes), max(b[3] for b in boxes)
    return left / SIDE, top / SIDE, right / SIDE, bottom / SIDE


def test_pages_with_their_text_and_where_each_sign_stands(text: AgreementReader) -> None:
    facts = text.facts()
    assert (facts.pages, facts.sizes[0], facts.has_text) == (2, (612.0, 792.0), True)
    assert [page.split("\n") for page in text.texts()] == [list(LINES)] * 2
    page = text.text(1)
    assert page.text == text.texts()[0] and len(page.boxes) == len(page.text)
    left, top, right, bottom = box_of(page, CLAUSE)
    assert left == pytest.approx(72 / 612, abs=0.01)
    assert bottom == pytest.approx((72 + 60) / 792, abs=0.01)
    assert top < bottom and right > 0.6


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_signs_stand_in_the_picture_where_their_boxes_say(turned: int) -> None:
    with AgreementReader(with_text([LINES], turned=turned)) as reader:
        picture, page = reader.picture(1, 1000), reader.text(1)
        assert reader.facts().sizes == ((612.0, 792.0),)
        image = opened(picture.png)
        assert image.size == (picture.width, picture.height)
        for words in ("PERSONNEL", "Qualified", "questions"):
            assert dark_share(image, box_of(page, words)) > 0.1
    assert dark_share(image, (0, 0, 1, 1)) < 0.05


def test_a_page_is_as_wide_as_asked(text: AgreementReader) -> None:
    for width in (300, 900, 2400):
        picture = text.picture(2, width)
        assert 0 <= picture.width - width <= 1
        assert picture.height == pytest.approx(width * 792 / 612, abs=2)


def test_a_scan_has_pictures_and_no_text() -> None:
    with AgreementReader(scan([page_drawing(1), page_drawing(2)])) as reader:
        facts = reader.facts()
        assert facts.pages == 2 and not facts.has_text and not facts.page_has_text(1)
        assert reader.text(2) == PageText("", ()) and reader.texts() == ["", ""]
        image = opened(reader.picture(2, 850).png)
        assert dark_share(image, (0.13, 0.185, 0.45, 0.21)) > 0.9
        assert dark_share(image, (0.13, 0.09, 0.45, 0.12)) < 0.05


def test_a_stamp_of_text_on_a_scan_is_not_its_text() -> None:
    with AgreementReader(with_text([["Envelope 7741"], ["Envelope 7741"], LINES])) as reader:
        assert not reader.facts().has_text
        assert [reader.facts().page_has_text(n) for n in (1, 2, 3)] == [False, False, True]


@pytest.mark.parametrize("kind", [b"/FT /Tx ", b"/FT /Sig"])
def test_what_was_filled_in_is_seen(kind: bytes) -> None:
    """Names, days and electronic signatures often stand in form fields."""
    data = with_a_filled_field("Sheriff R. Placeholder, 3 March 2025")
    with AgreementReader(data.replace(b"/FT /Tx ", kind)) as reader:
        image = opened(reader.picture(1, 1000).png)
    assert dark_share(image, (72 / 612, 152 / 792, 372 / 612, 192 / 792)) > 0.02


# -- what is refused ---------------------------------------------------------------------------


def many(pages: int) -> bytes:
    return with_text([["."]] * pages)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"<html>Sign in to the network</html>", "not a PDF", id="html"),
        pytest.param(with_text(password="the county"), "password", id="protected"),
        pytest.param(with_text()[:700], "damaged", id="cut-short"),
        pytest.param(b"%PDF-1.7\n%%EOF", "damaged", id="nothing-in-it"),
        pytest.param(many(MAX_PAGES + 1), "400 pages", id="a-book"),
        pytest.param(with_text(size=(20.0, 14_000.0)), "usual paper", id="a-ribbon"),
        pytest.param(with_text([["x" * 1000] * 51]), "usual paper", id="51000-signs-on-a-page"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_one_sentence(data: bytes, says: str) -> None:
    with AgreementReader(data) as reader, pytest.raises(BadInput) as refused:
        reader.facts()
    told = refused.value.message
    assert says in told and told.endswith(".") and told.count(".") == 1


def test_a_file_that_is_too_large_is_refused_before_it_is_opened() -> None:
    with AgreementReader(b"%PDF-" + bytes(MAX_BYTES)) as reader:
        with pytest.raises(BadInput, match="64 MB"):
            reader.facts()
        assert not reader._child.is_running()


def test_an_owners_password_alone_keeps_nobody_from_reading() -> None:
    with AgreementReader(with_text(password="")) as reader:
        assert CLAUSE in reader.texts()[0]


def test_as_many_pages_as_allowed_are_taken() -> None:
    with AgreementReader(many(MAX_PAGES)) as reader:
        assert reader.facts().pages == len(reader.texts()) == MAX_PAGES


def test_a_picture_of_a_page_has_a_most(text: AgreementReader) -> None:
    with pytest.raises(BadInput, match="usual paper"):
        text.picture(1, 20_000)
    assert text.picture(1, 300).width in (300, 301)


@pytest.mark.skipif(sys.platform != "linux", reason="memory can be limited on Linux alone")
@pytest.mark.parametrize(
    ("data", "harmless"),
    [(that_swells(900), that_swells(9)), (that_never_ends(9), that_never_ends(3))],
    ids=["3 KB that unpack to 900 MB", "a billion drawings"],
)
def test_what_is_built_to_do_harm_costs_one_refusal(data: bytes, harmless: bytes) -> None:
    assert len(data) < 10_000
    with AgreementReader(data) as reader, pytest.raises(BadInput, match="do harm"):
        reader.picture(reader.facts().pages, 1600)
    with AgreementReader(harmless) as reader:
        assert reader.picture(1, 1600).png


# -- a child that fails ------------------------------------------------------------------------


def child_of(reader: AgreementReader) -> int:
    assert reader._child.process is not None
    return reader._child.process.pid


def test_a_new_child_gets_the_agreement_again() -> None:
    with AgreementReader(with_text()) as reader:
        assert reader.text(2).text
        os.kill(child_of(reader), signal.SIGKILL)
        assert reader._child.process is not None and reader._child.process.wait(60)
        assert CLAUSE in reader.text(2).text
        reader.close()
        assert CLAUSE in reader.text(1).text


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no signal stops a process here")
def test_a_child_that_hangs_is_killed_and_replaced() -> None:
    with AgreementReader(with_text(), patience=1.5) as reader:
        reader.facts()
        stuck = child_of(reader)
        os.kill(stuck, signal.SIGSTOP)
        with pytest.raises(BadInput, match="too long"):
            reader.text(1)
        assert CLAUSE in reader.text(1).text and child_of(reader) != stuck


LIES = {
    "silence": b"",
    "html": b"<html>" * 100,
    "no pages": b'{"fault":null,"pages":0}',
    "an unknown fault": b'{"fault":"odder"}',
    "a fault and more": b'{"fault":"damaged","pages":1}',
    "pages without sizes": b'{"fault":null,"pages":2}',
}


@pytest.mark.parametrize("said", LIES.values(), ids=LIES)
def test_a_child_that_a_pdf_took_over_is_not_believed(said: bytes) -> None:
    frame = len(said).to_bytes(4, "big") + said + bytes(4) if said[:1] == b"{" else said
    program = f"import os, sys; sys.stdin.buffer.read(4); os.write(1, {frame!r})"
    with AgreementReader(with_text(), (sys.executable, "-c", program)) as reader:
        with pytest.raises(BadInput, match="do harm"):
            reader.facts()
        assert not reader._child.is_running()


def test_no_pdf_library_in_the_process_that_has_the_key() -> None:
    script = "import sys, inspector_app.agreement, inspector_app.workspace; print(*sys.modules)"
    modules = subprocess.check_output([sys.executable, "-c", script], cwd=ROOT, text=True).split()
    assert "inspector_app.agreement.reader" in modules
    assert not {"pypdfium2", "PIL"} & set(modules)


def test_the_agreements_that_are_signed(shared: Path) -> None:
    """Every signed copy at hand opens, can be read, and each page can be looked at."""
    for path in sorted((shared / "moa").glob("*.pdf")):
        with AgreementReader(path.read_bytes()) as reader:
            assert reader.facts().has_text and 10 <= reader.facts().pages <= 14
            assert reader.picture(reader.facts().pages, 600).png
            assert "agreement" in " ".join(reader.texts()).lower()
