"""A folder of agreements as pages of text: PDFs through the child process, texts as they are."""

from pathlib import Path

from inspector_app.agreement import AgreementReader
from inspector_app.errors import BadInput
from inspector_app.files import bytes_of

SUFFIXES = (".pdf", ".txt")
_LEAST = 2_000  # letters of an agreement; a scan that no machine has read has none


def agreement_files(folder: Path) -> list[Path]:
    """Every PDF and text file under a folder, by name; BadInput when there is none."""
    if not folder.is_dir():
        raise BadInput("There is no such folder of agreements.")
    found = [path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES]
    if not found:
        raise BadInput("The folder has no agreement: no file that ends in .pdf or .txt.")
    return sorted(found)


def pages_of(path: Path) -> list[str]:
    """The pages of one agreement; BadInput says why it cannot be read."""
    try:
        data = bytes_of(path)
    except OSError:
        raise BadInput("The file cannot be read.") from None
    return pages_of_pdf(data) if path.suffix.lower() == ".pdf" else _pages_of_text(data)


def pages_of_pdf(data: bytes) -> list[str]:
    """The text of each page; BadInput for a scan without text, a password, or no PDF at all."""
    with AgreementReader(data) as reader:
        return _enough(reader.texts())


def _pages_of_text(data: bytes) -> list[str]:
    try:
        return _enough(data.decode("utf-8-sig").split("\f"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput(f"Line {line} is not UTF-8 text.") from None


def _enough(pages: list[str]) -> list[str]:
    if sum(letter.isalpha() for page in pages for letter in page) < _LEAST:
        raise BadInput("It has no text that a machine can read: look at its pages yourself.")
    return pages
