"""The one family of letters, Source Sans 3, in four faces under their own PostScript names.

With equal names every weight would come out as one. Importing this loads reportlab.
"""

from functools import cache

from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily, stringWidth
from reportlab.pdfbase.ttfonts import TTFont

from inspector_app.paths import resource

REGULAR = "SourceSans3-Regular"
SEMIBOLD = "SourceSans3-Semibold"
BOLD = "SourceSans3-Bold"
ITALIC = "SourceSans3-It"

_FILES = {
    REGULAR: "SourceSans3-Regular.ttf",
    SEMIBOLD: "SourceSans3-SemiBold.ttf",
    BOLD: "SourceSans3-Bold.ttf",
    ITALIC: "SourceSans3-Italic.ttf",
}


@cache
def covered() -> frozenset[int]:
    """The code points that every face can draw. Registers the faces on the way."""
    faces = [TTFont(name, str(resource("fonts") / file)) for name, file in _FILES.items()]
    for face in faces:
        registerFont(face)
    # "Strong" in a report is semibold; bold is for markings alone.
    registerFontFamily(REGULAR, REGULAR, SEMIBOLD, ITALIC, SEMIBOLD)
    for single in (SEMIBOLD, BOLD, ITALIC):
        registerFontFamily(single, single, single, single, single)
    return frozenset.intersection(*(frozenset(face.face.charToGlyph) for face in faces))


def width_of(string: str, face: str, size: float) -> float:
    """The width of a line in points."""
    return float(stringWidth(string, face, size))
