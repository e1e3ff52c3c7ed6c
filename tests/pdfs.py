"""PDFs made for tests: with text, as a scan, turned, protected, and built to do harm."""

import io
import zlib
from collections.abc import Sequence

from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

LETTER = (612.0, 792.0)
CLAUSE = "Whether or not an interpreter is used, the record should always include questions."
LINES = (
    "IV. PERSONNEL",
    "G. Interpretation Services",
    "Qualified foreign language interpreters will be provided by the LEA, as needed.",
    CLAUSE,
)


def with_text(
    pages: Sequence[Sequence[str]] = (LINES, LINES),
    size: tuple[float, float] = LETTER,
    turned: int = 0,
    password: str | None = None,
) -> bytes:
    """A PDF whose pages bear these lines, 72 points from the left, from the top down.

    `turned`: by how many degrees a reader has to turn them; `size` is what is then seen.
    """
    top = size[turned % 180 == 0]
    out = io.BytesIO()
    lock = StandardEncryption(password, ownerPassword="owner") if password is not None else None
    canvas = Canvas(out, pagesize=size, encrypt=lock, invariant=True)
    for lines in pages:
        canvas.setPageRotation(turned)
        canvas.setFont("Helvetica", 11)
        for number, line in enumerate(lines):
            canvas.drawString(72, top - 72 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def with_a_filled_field(value: str) -> bytes:
    """A page with nothing but a form field, filled in, as signatures of both parties often are."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=LETTER, invariant=True)
    canvas.acroForm.textfield(name="signed", x=72, y=600, width=300, height=40, value=value)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def scan(pictures: Sequence[Image.Image]) -> bytes:
    """A PDF whose pages are these pictures, 100 dots an inch, without any text."""
    out = io.BytesIO()
    first, *rest = pictures
    first.save(out, "PDF", save_all=True, append_images=rest, resolution=100)
    return out.getvalue()


def page_drawing(number: int = 1) -> Image.Image:
    """White paper of letter size at 100 dots an inch, with a black bar that tells its number."""
    image = Image.new("RGB", (850, 1100), "white")
    image.paste("black", (100, 100 * number, 400, 100 * number + 40))
    return image


def _assembled(content: bytes, filters: bytes, *parts: bytes) -> bytes:
    """One page that draws `content` as filtered; `parts` are the XObjects /F6, /F7 and so on."""
    names = b"".join(b"/F%d %d 0 R" % (number, number) for number in range(6, 6 + len(parts)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources 5 0 R/Contents 4 0 R>>",
        b"<</Length %d%b>>stream\n%b\nendstream" % (len(content), filters, content),
        b"<</XObject<<%b>>>>" % names,
        *parts,
    ]
    out = b"%PDF-1.7\n"
    for number, part in enumerate(objects, 1):
        out += b"%d 0 obj%b endobj\n" % (number, part)
    return out + b"trailer<</Root 1 0 R/Size %d>>\n%%%%EOF" % (len(objects) + 1)


def that_swells(megabytes: int) -> bytes:
    """A page whose drawing is a few KB in the file and `megabytes` of spaces in the memory."""
    press = zlib.compressobj(9)
    first = press.compress(bytes(b" " * 2**20)) + press.flush(zlib.Z_FULL_FLUSH)
    again = press.compress(bytes(b" " * 2**20)) + press.flush(zlib.Z_FULL_FLUSH)
    swelling = first + again * (megabytes - 1) + press.flush()
    return _assembled(zlib.compress(swelling), b"/Filter[/FlateDecode/FlateDecode]")


def that_never_ends(levels: int = 12) -> bytes:
    """A page that draws a form ten times, which draws a form ten times, and so on."""
    forms = []
    for level in range(levels):
        content = b"/F%d Do " % (7 + level) * 10 if level < levels - 1 else b"0 0 9 9 re f"
        head = b"<</Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources 5 0 R/Length %d>>"
        forms.append(head % len(content) + b"stream\n%b\nendstream" % content)
    return _assembled(b"/F6 Do", b"", *forms)
