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
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.workspace import Workspace, signed_copy
from tests.conftest import ROOT
from tests.functional.terminal import Office, Terminal
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
from tests.test_workspace import PASSPHRASE, _start


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


# -- kept with its inspection ------------------------------------------------------------------


@pytest.fixture
def ana(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.create(tmp_path / "a", "Ana Sample", "opr-inspector", "Unit", PASSPHRASE)[0]
    yield made
    made.close()


@pytest.fixture
def id(ana: Workspace) -> str:
    return _start(ana)


def test_the_copy_is_kept_as_it_is_and_attached_once(ana: Workspace, id: str) -> None:
    data = with_text()
    commit = ana.add_agreement(id, data)
    (kept,) = signed_copy.attached(ana.inspection(id))
    assert commit.record == f"agreement:{kept.sha256}" == kept.id
    assert (kept.part, kept.pages, kept.has_text) == ("signed-copy", 2, True)
    assert ana.agreement_bytes(id, kept.sha256 or "") == data and kept.size == len(data)
    assert CLAUSE in signed_copy.pages(ana, id, kept.sha256 or "")[0]
    assert ana.add_agreement(id, data).change is None
    assert ana.inspection(id).agreement_confirmed is False


def test_a_signed_copy_comes_before_its_addendum(ana: Workspace, id: str) -> None:
    ana.add_agreement(id, with_text([["More"]]), "addendum", title="Addendum of July 2024")
    ana.add_agreement(id, with_text([["All of it"]]))
    found = signed_copy.attached(ana.inspection(id))
    texts = [signed_copy.pages(ana, id, copy.sha256 or "")[0].strip() for copy in found]
    assert texts == ["All of it", "More"]
    assert found[1].title == "Addendum of July 2024"


def test_one_that_was_taken_away_can_be_attached_again(ana: Workspace, id: str) -> None:
    record = ana.add_agreement(id, with_text()).record
    ana.remove(id, record)
    assert signed_copy.attached(ana.inspection(id)) == []
    ana.add_agreement(id, with_text())
    assert [copy.id for copy in signed_copy.attached(ana.inspection(id))] == [record]
    assert ana.inspection(id).conflicts() == []


def test_what_is_refused_leaves_nothing_behind(ana: Workspace, id: str) -> None:
    before = ana.desk.store.blob_sizes(id)
    with pytest.raises(BadInput):
        ana.add_agreement(id, with_text(password="the county"))
    ana.sign_off(id, "report")
    with pytest.raises(NotAllowed):
        ana.add_agreement(id, with_text())
    assert ana.desk.store.blob_sizes(id) == before
    ana.add_agreement(id, with_text(), amends="the copy came late")
    assert ana.history(id)[-1].label == "amendment: the copy came late"


def test_an_agreement_travels_with_its_inspection(ana: Workspace, id: str, tmp_path: Path) -> None:
    ben = Workspace.create(tmp_path / "b", "Marcus Example", "opr-inspector", "Unit", PASSPHRASE)[0]
    ben.accept(ana.card())
    ana.accept(ben.card())
    data = with_text()
    ana.add_agreement(id, data)
    ana.desk.store.put_blob(id, with_text([["named by no change"]]))
    made = ana.bundle([id], tmp_path / "there.inspection", to=[ben.desk.card])
    assert made.blobs == 2  # the form and the agreement
    ben.merge(tmp_path / "there.inspection")
    (copy,) = signed_copy.attached(ben.inspection(id))
    assert ben.agreement_bytes(id, copy.sha256 or "") == data
    assert CLAUSE in signed_copy.pages(ben, id, copy.sha256 or "")[1]

    assert ben.add_agreement(id, data).change is None  # both attached it: they agree
    ben.put(id, "answer:j-70", result="met")
    back = ben.bundle(
        [id], tmp_path / "b.inspection", to=[ana.desk.card], without_known_photos=True
    )
    assert (id, copy.sha256) in back.left_behind
    ben.close()


def test_one_that_stayed_behind_is_not_here_yet(ana: Workspace, id: str, tmp_path: Path) -> None:
    record = f"agreement:{'ab' * 32}"
    ana.put(id, record, sha256="ab" * 32, part="signed-copy", pages=11)
    (copy,) = signed_copy.attached(ana.inspection(id))
    assert copy.id == record and not signed_copy.is_here(ana, id, copy)
    assert ana.agreement_bytes(id, "ab" * 32) is None
    with pytest.raises(BadInput, match="ask for a bundle"):
        signed_copy.pages(ana, id, "ab" * 32)


def test_the_command_attaches_a_copy_and_says_what_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    office = Office(Terminal(monkeypatch, capsys), tmp_path)
    folder = office.person("ana")
    id = office.start(folder)
    text, picture = tmp_path / "signed.pdf", tmp_path / "scan.pdf"
    text.write_bytes(with_text())
    picture.write_bytes(scan([page_drawing()]))
    said = office.terminal.done("agreement", folder, id, text)
    assert (said["pages"], said["has_text"], said["part"]) == (2, True, "signed-copy")
    said = office.terminal.done("agreement", folder, id, picture, "--addendum", "--title", "More")
    assert not said.get("has_text") and "typing" in office.terminal.errors
    assert len(office.shown(folder, id)["records"]["agreement"]) == 2
    office.terminal.run("agreement", folder, id, tmp_path / "nowhere.pdf")
    assert office.terminal.code == 2 and "Nothing was attached" in office.terminal.errors
