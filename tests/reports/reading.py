"""What a reader of a finished report sees: its text by page, and a photo to put into it."""

import io
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from inspector_app.checks import problems
from inspector_app.inspection import Inspection
from inspector_app.photos import ReportCopy
from inspector_app.records import Photo
from inspector_app.reports import REPORTS

needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not here")
needs_qpdf = pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not here")


def report(inspection: Inspection, name: str = "inspection") -> bytes:
    """The report of an inspection, with its own problems and a drawn photo for each photo."""
    return REPORTS[name].build(inspection, problems(inspection), drawn_photo)


def pages(pdf: bytes) -> list[str]:
    """The text of each page, white space made plain."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_page_text(document, number) for number in range(len(document))]
    finally:
        document.close()


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    text_page = page.get_textpage()
    text = text_page.get_text_bounded()
    text_page.close()
    page.close()
    return squeezed(text)


def whole_text(pdf: bytes) -> str:
    """The text of all pages."""
    return " ".join(pages(pdf))


def squeezed(text: str) -> str:
    """With single spaces only; a hyphen that ends a line is one again."""
    return re.sub(r"\s+", " ", text.replace("\ufffe", "-").replace("\u00a0", " ")).strip()


def poppler_text(pdf: bytes) -> str:
    """The text as pdftotext reads it."""
    ran = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return ran.stdout.decode()


def qpdf_complaints(pdf: bytes, folder: Path) -> str:
    """What `qpdf --check` says of the file; empty when it finds nothing."""
    file = folder / "report.pdf"
    file.write_bytes(pdf)
    ran = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, text=True)
    return "" if ran.returncode == 0 else ran.stdout + ran.stderr


@cache
def jpeg(width: int, height: int) -> bytes:
    """A drawn picture."""
    image = Image.new("RGB", (width, height), "#c8b8a0")
    ImageDraw.Draw(image).rectangle((20, 20, width // 2, height // 2), fill="white")
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


def drawn_photo(photo: Photo) -> ReportCopy | None:
    """A copy for any photo: lying and standing in turn."""
    is_lying = int((photo.sha256 or "0")[-1], 16) % 2
    width, height = (300, 200) if is_lying else (200, 300)
    return ReportCopy(jpeg(width, height), width, height)
