"""The list of file numbers for an agency: sealed, whole, by the rows of its report."""

import subprocess
from pathlib import Path

import pypdfium2
import pytest

from inspector_app.cli import run
from inspector_app.errors import BadInput
from inspector_app.workspace import Workspace, file_list
from tests.reports.reading import needs_qpdf, qpdf_complaints, whole_text
from tests.reports.test_tagged import faults
from tests.test_workspace import _start

SECRET, WORDS = "a passphrase for tests", "four words for the agency"
FILES = ("A-20007919", "A-20015838", "Case Ñ 17/2025")


def _workspace(folder: Path, files: tuple[str, ...] = FILES) -> tuple[Workspace, str]:
    made = Workspace.create(folder, "Ana Sample", "opr-inspector", "Unit", SECRET)[0]
    id = _start(made)
    for n, name in enumerate(files, 1):
        review = {"sample_kind": "case-file", "method": "random"}
        made.put_many(id, {"document-review:s1": review}, "a sample")
        values = {"review": "document-review:s1", "position": n, "file": name}
        made.put_many(id, {f"sampled-file:f{n}": values}, "a file")
    return made, id


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sealed")
    workspace, id = _workspace(folder / "ana")
    workspace.close()
    (folder / "words").write_text(WORDS + "\n")
    (folder / "secret").write_text(SECRET + "\n")
    out = folder / "list.pdf"
    secrets = ["--passphrase-file", folder / "secret", "--bundle-passphrase-file", folder / "words"]
    assert run([*map(str, secrets), "file-numbers", str(folder / "ana"), id, "-o", str(out)]) == 0
    return out


def opened(sealed: Path, folder: Path) -> bytes:
    """The list without its seal, by qpdf, which did not make it."""
    out = folder / "open.pdf"
    subprocess.run(["qpdf", f"--password={WORDS}", "--decrypt", sealed, out], check=True)
    return out.read_bytes()


@needs_qpdf
def test_the_passphrase_opens_every_number_by_its_row(sealed: Path, tmp_path: Path) -> None:
    pdf = opened(sealed, tmp_path)
    text = whole_text(pdf)
    assert all(f"{n} {name}" in text for n, name in enumerate(FILES, 1))
    assert "which file is meant by each row of its samples" in text
    assert "Agency edition" in text and "Internal edition" not in text
    assert qpdf_complaints(pdf, tmp_path) == ""
    assert [fault for fault in faults(pdf) if not fault.startswith(("PDFA", "PDFUA1-HEADER"))] == []


def test_without_it_nothing_is_told(sealed: Path) -> None:
    data = sealed.read_bytes()
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(data, password="another passphrase")
    assert not any(name.encode() in data for name in (*FILES, "Ana Sample", "Sheriff"))
    assert b"/AESV3" in data


def test_without_files_or_with_a_poor_passphrase_nothing_is_written(tmp_path: Path) -> None:
    out = tmp_path / "list.pdf"
    workspace, id = _workspace(tmp_path / "ana", ())
    with pytest.raises(BadInput, match="No sample holds a file yet"):
        file_list.write(workspace, id, WORDS, out)
    for words in ("short", "four words " * 12):
        with pytest.raises(BadInput):
            file_list.write(workspace, id, words, out)
    workspace.close()
    assert not out.exists()
