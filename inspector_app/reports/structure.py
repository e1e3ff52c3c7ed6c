"""The structure of a tagged PDF: elements in reading order, and which content belongs to which.

PDF/UA-1 (ISO 14289-1) asks that all content is either in an element of this tree or an artifact.
A drawing is wrapped in a *marked content* whose number, on its page, leads to its element; the
parent tree leads back (PDF 32000-1, 14.7). An element that a page break cuts goes on in the same
element: its `Part` remembers it. Sections are made last, of what stands under each heading.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObjectReference,
    PDFString,
)

_SECTIONS = ("H2", "H3")
"""Headings that begin a section, from the outer one; a deeper one stands within it."""
_ANNOTATIONS = 1_000_000
"""Keys of annotations in the parent tree begin here, above those of all pages."""


@dataclass
class Element:
    """One element: its role, what is in it in reading order, and what is said of it."""

    role: str
    parent: "Element | None" = None
    alt: str = ""
    lang: str = ""
    """Its language, where it is another one than the document's."""
    attributes: dict[str, Any] = field(default_factory=dict)
    kids: "list[Element | Content | Annotation]" = field(default_factory=list)


@dataclass(frozen=True)
class Content:
    """A marked content by its page, from 1, and its number there."""

    page: int
    number: int


@dataclass(frozen=True)
class Annotation:
    """A link on a page, by the name under which the document knows it."""

    page: int
    name: str
    key: int


class Part:
    """The element that the pieces of a split flowable share; none before the first is drawn."""

    def __init__(self) -> None:
        self.record = ""
        """The record that it was made of, where one was named."""
        self._of: Structure | None = None
        self._element: Element | None = None

    def element_in(self, structure: "Structure") -> Element | None:
        """The element, unless it was of an earlier pass, whose structure is thrown away."""
        return self._element if self._of is structure else None

    def begin(self, structure: "Structure", element: Element) -> None:
        self._of, self._element = structure, element


class Structure:
    """Grows while pages are drawn. `code` is the page's content stream, as a list of operators."""

    def __init__(self) -> None:
        self.root = Element("Document")
        self._open = [self.root]
        self._inside = False
        self._pages: dict[int, list[Element]] = {}
        self._links: list[tuple[Annotation, Element]] = []

    @property
    def top(self) -> Element:
        """The element that is open now."""
        return self._open[-1]

    @contextmanager
    def element(
        self, role: str, part: Part | None = None, alt: str = "", **attributes: Any
    ) -> Iterator[None]:
        """What is drawn here belongs to a new element, or to the one that the part began."""
        if self._inside:
            yield  # inside of a figure, whose alternative text stands for all of it
            return
        made = part.element_in(self) if part else None
        if made is None:
            made = Element(role, self.top, alt, attributes=attributes)
            self.top.kids.append(made)
            if part is not None:
                part.begin(self, made)
        self._open.append(made)
        yield
        self._open.pop()

    @contextmanager
    def content(self, code: list[str], page: int) -> Iterator[None]:
        """What is drawn here is content of the open element."""
        if self._inside:
            yield
            return
        owners = self._pages.setdefault(page, [])
        self.top.kids.append(Content(page, len(owners)))
        code.append(f"/{self.top.role} <</MCID {len(owners)}>> BDC")
        owners.append(self.top)
        with self._within(code):
            yield

    @contextmanager
    def artifact(self, code: list[str]) -> Iterator[None]:
        """What is drawn here belongs to the page, not to the text (PDF 32000-1, 14.8.2.2)."""
        if self._inside:
            yield
            return
        code.append("/Artifact BMC")
        with self._within(code):
            yield

    @contextmanager
    def _within(self, code: list[str]) -> Iterator[None]:
        self._inside = True
        yield
        self._inside = False
        code.append("EMC")

    def link(self, page: int, name: str) -> int:
        """A link belongs to the open element; returns the key that the annotation must carry."""
        annotation = Annotation(page, name, _ANNOTATIONS + len(self._links))
        self._links.append((annotation, self.top))
        self.top.kids.append(annotation)
        return annotation.key

    # -- writing -----------------------------------------------------------------------------

    def written(self, document: Any) -> PDFDictionary:
        """The tree as PDF objects; nothing may be drawn after it."""
        references: dict[int, PDFObjectReference] = {}
        self.root.kids = _in_sections(self.root)
        tree = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        root = document.Reference(tree)
        top = self._write(document, self.root, root, references)
        tree["K"] = PDFArray([top])
        tree["ParentTree"] = document.Reference(PDFDictionary({"Nums": self._nums(references)}))
        tree["ParentTreeNextKey"] = _ANNOTATIONS + len(self._links)
        return tree

    def _write(
        self, document: Any, element: Element, parent: Any, references: dict[int, Any]
    ) -> PDFObjectReference:
        said = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(element.role)})
        reference = document.Reference(said)
        references[id(element)] = reference
        said["P"] = parent
        if element.lang:
            said["Lang"] = PDFString(element.lang)
        if element.alt:
            said["Alt"] = PDFString(element.alt)
        if element.attributes:
            said["A"] = _attributes(element.attributes)
        on = {kid.page for kid in element.kids if isinstance(kid, Content)}
        if len(on) == 1:
            said["Pg"] = page_reference(*on)  # then a content is told by its number alone
        kids = [
            self._write(document, kid, reference, references)
            if isinstance(kid, Element)
            else kid.number
            if isinstance(kid, Content) and len(on) == 1
            else _reference(document, kid)
            for kid in element.kids
        ]
        # Whoever checks a signature looks for a field at this one place (PDF 32000-1, 14.7.4.3).
        said["K"] = kids[0] if element.role == "Form" else PDFArray(kids)
        return reference

    def _nums(self, references: dict[int, Any]) -> PDFArray:
        nums: list[Any] = []
        for page in sorted(self._pages):
            nums += [page - 1, PDFArray([references[id(e)] for e in self._pages[page]])]
        for annotation, element in self._links:
            nums += [annotation.key, references[id(element)]]
        return PDFArray(nums)


def _in_sections(root: Element) -> "list[Element | Content | Annotation]":
    """A `Sect` from each heading to the next of its level; a table's title goes into the table."""
    top = Element(root.role)
    open_ = [top]
    for kid, after in zip(root.kids, [*root.kids, None][1:], strict=True):
        role = kid.role if isinstance(kid, Element) else ""
        if role in _SECTIONS:
            del open_[_SECTIONS.index(role) + 1 :]
            open_.append(Element("Sect"))
            open_[-2].kids.append(open_[-1])
        if role == "Caption" and isinstance(after, Element) and after.role == "Table":
            after.kids.insert(0, kid)
            continue
        if role == "Caption" and isinstance(kid, Element):
            kid.role = "P"
        open_[-1].kids.append(kid)
    return top.kids


def page_reference(page: int) -> PDFObjectReference:
    """The page of that number, from 1, as the document knows it."""
    return PDFObjectReference(f"Page{page}")


def _reference(document: Any, kid: Content | Annotation) -> PDFDictionary:
    page = page_reference(kid.page)
    if isinstance(kid, Content):
        return PDFDictionary({"Type": PDFName("MCR"), "Pg": page, "MCID": kid.number})
    said = {"Type": PDFName("OBJR"), "Pg": page, "Obj": document.refAnnotation(kid.name)}
    return PDFDictionary(said)


def _attributes(given: dict[str, Any]) -> PDFDictionary:
    """`Scope` and `ColSpan` are a table's, `BBox` and `Placement` the layout's."""
    owner = "Layout" if "BBox" in given else "Table"
    values = {
        name: PDFName(value)
        if isinstance(value, str)
        else PDFArray(value)
        if isinstance(value, list)
        else value
        for name, value in given.items()
    }
    return PDFDictionary({"O": PDFName(owner), **values})
