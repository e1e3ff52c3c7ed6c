"""Where a report can be signed: empty signature fields on the lines that bear a name.

They are in the file from the start, so that a signature adds nothing but itself: the page, the
structure and the metadata stay those that were checked (PDF/UA-1, 7.18.4; PDF/A-2, 6.4).
"""

from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString

from inspector_app.reports.structure import Structure, page_reference

PRINTED_AND_LOCKED = 4 + 128
"""The annotation prints (PDF/A-2, 6.3.2), and a reader's hand does not move it."""

FIELDS_AND_ONLY_ADDED = 1 + 2
"""There are signature fields, and programs add to the file instead of writing it anew."""


def add_place(canvas: Any, words: str, rect: tuple[float, float, float, float]) -> None:
    """An empty signature field, read as `words`: an element *Form* in a *P* (reports.md, 4).

    `rect` is in the page's own points, from the lower left.
    """
    structure: Structure = canvas.structure
    name = f"signature-{len(canvas.signature_places) + 1}"
    page = canvas.getPageNumber()
    with structure.element("P"), structure.element("Form"):
        key = structure.link(page, name)
    canvas._addAnnotation(_field(canvas._doc, name, words, rect, page, key), name)
    canvas.signature_places.append(name)


def _field(
    document: Any, name: str, words: str, rect: tuple[float, ...], page: int, key: int
) -> PDFDictionary:
    left, low, right, high = (round(edge, 2) for edge in rect)
    return PDFDictionary(
        {
            "Type": PDFName("Annot"),
            "Subtype": PDFName("Widget"),
            "FT": PDFName("Sig"),
            "T": PDFString(name),
            "TU": PDFString(words),
            "Rect": PDFArray([left, low, right, high]),
            "F": PRINTED_AND_LOCKED,
            "P": page_reference(page),
            "StructParent": key,
            "AP": PDFDictionary({"N": _blank(document, right - left, high - low)}),
        }
    )


def _blank(document: Any, width: float, height: float) -> Any:
    """Nothing is drawn: the page bears the line and the name, before and after signing."""
    box = PDFArray([0, 0, round(width, 2), round(height, 2)])
    kind = {"Type": PDFName("XObject"), "Subtype": PDFName("Form"), "BBox": box}
    kind["Resources"] = PDFDictionary({})
    return document.Reference(PDFStream(PDFDictionary(kind), b" "))


def describe_places(document: Any, names: list[str]) -> None:
    """Name the fields in the catalog; a file without any says nothing of forms."""
    if names:
        fields = PDFArray([document.refAnnotation(name) for name in names])
        form = {"Fields": fields, "SigFlags": FIELDS_AND_ONLY_ADDED}
        document.Catalog.AcroForm = PDFDictionary(form)
