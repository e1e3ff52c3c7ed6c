"""The one family of letters, Source Sans 3, in four faces under their own PostScript names.

With equal names every weight would come out as one. Importing this loads reportlab.
"""

from functools import cache, lru_cache

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


class _Face(TTFont):  # type: ignore[misc]  # reportlab has no types
    """A face that knows the widths of the words it measured: a report says most of them often."""

    def __init__(self, name: str, file: str) -> None:
        super().__init__(name, file)
        self._units = lru_cache(maxsize=1 << 16)(self._measured)

    def _measured(self, text: str) -> float:
        width_in, otherwise = self.face.charWidths.get, self.face.defaultWidth
        return float(sum(width_in(ord(character), otherwise) for character in text))

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: N802
        """In points, as reportlab computes it."""
        return float(0.001 * size * self._units(text))


@cache
def covered() -> frozenset[int]:
    """The code points that every face can draw. Registers the faces on the way."""
    faces = [_Face(name, str(resource("fonts") / file)) for name, file in _FILES.items()]
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
