"""Files of editions as a workspace writes them: pictures, names of files, refusals, tables."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from inspector_app.cli import run
from inspector_app.errors import NotAllowed
from inspector_app.workspace import Workspace, exporting, names, picture_copies, pictures
from tests.test_pictures import PLACE, with_place
from tests.ui.open_pages import new_workspace

Desk = tuple[Workspace, str]
SSN = "078-05-1120"
HIDDEN = "T. Mock Hidden"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace, id = new_workspace(tmp_path)
    yield workspace, id
    workspace.close()


def pictures_in(pdf: bytes) -> list[bytes]:
    """The JPEG files in a PDF, as pdfium finds them."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        images = [
            thing
            for page in document
            for thing in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
        ]
        return list(dict.fromkeys(bytes(image.get_data()) for image in images))
    finally:
        document.close()


def photographed(desk: Desk, tmp_path: Path) -> str:
    """A photo in a file with a telling name, whose EXIF tells a place."""
    file = tmp_path / "jane-hidden-cell-4.jpg"
    file.write_bytes(with_place())
    pictures.add(*desk, pictures.intake_job(*desk, [file])())
    workspace, id = desk
    record = workspace.inspection(id).log.records("photo")[0]
    workspace.put(id, record, alt="A gate.", release="public")
    return record


def test_neither_exif_nor_the_name_of_a_file_comes_out(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photographed(desk, tmp_path)
    monkeypatch.setattr(picture_copies, "place_may_show", lambda: True)
    workspace, id = desk
    for name in ("inspection", "field-notes"):
        (picture,) = pictures_in(workspace.report_bytes(id, name))
        assert Image.open(io.BytesIO(picture)).getexif().get_ifd(0x8825), "the control"
        for edition in ("agency", "public"):
            pdf = workspace.report_bytes(id, name, edition)
            assert PLACE not in pdf
            assert b"jane-hidden" not in pdf
            (picture,) = pictures_in(pdf)
            assert not Image.open(io.BytesIO(picture)).getexif()
            assert b"Exif" not in picture


def test_words_on_a_picture_are_withheld_in_its_pixels(desk: Desk, tmp_path: Path) -> None:
    photo = photographed(desk, tmp_path)
    workspace, id = desk
    mark = {"photo": photo, "shape": "text", "x1": 500, "y1": 500, "x2": 9000, "y2": 2500}
    workspace.new(id, "annotation", **mark, text=f"{{b6: {HIDDEN}}}")
    before = pictures_in(workspace.report_bytes(id, "inspection", "public"))
    record = workspace.inspection(id).log.records("annotation")[0]
    workspace.put(id, record, text="{b6: J. Other Person}")
    after = pictures_in(workspace.report_bytes(id, "inspection", "public"))
    assert before == after, "three words are three words, whoever is meant"
    workspace.put(id, record, text="J. Other Person")
    assert pictures_in(workspace.report_bytes(id, "inspection", "public")) != before


def test_a_leak_keeps_the_old_file_whole_and_says_where(desk: Desk, tmp_path: Path) -> None:
    workspace, id = desk
    out = tmp_path / "r.pdf"
    workspace.report(id, "inspection", out, "public")
    whole = out.read_bytes()
    interview = workspace.new(id, "interview", role="booking-officer", consent=True).record
    names.put_name(workspace, id, interview, HIDDEN)
    workspace.new(id, "observation", text="In the office sat t. mock  hidden.")
    for edition in ("internal", "agency", "public"):
        with pytest.raises(NotAllowed) as refused:
            workspace.report(id, "inspection", out, edition)
        assert any(": a name that is sealed" in line for line in refused.value.details)
        assert HIDDEN not in " ".join([refused.value.message, *refused.value.details])
    assert out.read_bytes() == whole
    assert {file.name for file in tmp_path.iterdir()} == {"desk", "r.pdf"}
    names.destroy(workspace, id)
    workspace.report(id, "inspection", out, "internal")


def test_the_file_is_called_by_number_report_version_and_edition(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace, id = desk
    called = workspace.report_file(id, "inspection", "public")
    assert called.startswith("26-INS-")
    assert called.endswith("-inspection-draft-public.pdf")
    workspace.close()
    monkeypatch.setenv("INSPECTOR_PASSPHRASE", "a passphrase for tests only")
    made = ["report", str(tmp_path / "desk"), id, "inspection", "--edition", "public"]
    assert run([*made, "-o", str(tmp_path)]) == 0
    assert (tmp_path / called).read_bytes().startswith(b"%PDF")
    assert called in capsys.readouterr().out


def test_tables_and_the_editable_copy_follow_the_edition(desk: Desk, tmp_path: Path) -> None:
    workspace, id = desk
    item = workspace.inspection(id).shown_items()[0].id
    workspace.put(id, f"answer:{item}", result="not-met", note=f"{{b7E: told at six}} {SSN}")
    read = {}
    for edition in ("internal", "public"):
        for make, name in (
            (exporting.one_table("answers", edition), "answers.csv"),
            (exporting.all_tables(edition), "all.xlsx"),
            (exporting.report_copy("inspection", edition), "copy.docx"),
        ):
            exporting.write(workspace, id, make, tmp_path / name)
            read[edition, name] = unpacked(tmp_path / name)
    for name in ("answers.csv", "all.xlsx", "copy.docx"):
        assert "told at six" in read["internal", name]
        assert "told at six" not in read["public", name]
        assert SSN not in read["public", name]
        assert "b7E]" in read["public", name]
        assert "\ufdd0" not in read["public", name]


def unpacked(file: Path) -> str:
    """All text of a file, out of its zip too."""
    if file.suffix == ".csv":
        return file.read_text("utf-8")
    with zipfile.ZipFile(file) as packed:
        return " ".join(packed.read(name).decode("utf-8", "ignore") for name in packed.namelist())
