"""What a file says of itself for archives and for readers: XMP, color space, structure, pages.

PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1) in one file. What the library leaves out of a
stream and of a font's map to Unicode is mended here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc, ttfonts
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString

from inspector_app.reports.structure import Structure

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>en-US</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Keywords></pdf:Keywords>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
{extension}
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
# PDF/A knows no `pdfuaid`, so the file itself must say what it is (ISO 19005-2, 6.6.2.3.3).
_EXTENSION = """<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""


def describe(document: Any, structure: Structure, instant: datetime) -> None:
    """Put metadata, color space and structure into the document's catalog. No drawing after it."""
    catalog = document.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.Metadata = _metadata(document.info, instant)
    catalog.OutputIntents = PDFArray([_output_intent(document)])
    catalog.MarkInfo = PDFDictionary({"Marked": "true"})
    catalog.StructTreeRoot = structure.written(document)


def _metadata(info: Any, instant: datetime) -> PDFStream:
    words = {n: escape(getattr(info, n)) for n in ("title", "author", "subject", "creator")}
    moment = f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    producer = escape(info.producer)
    packet = _XMP.format(**words, moment=moment, producer=producer, extension=_EXTENSION)
    kind = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
    return PDFStream(kind, packet.encode())


def _output_intent(document: Any) -> PDFDictionary:
    profile = PDFStream(PDFDictionary({"N": 3}), _srgb(), filters=[pdfdoc.PDFZCompress])
    return PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString("sRGB IEC61966-2.1"),
            "Info": PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": document.Reference(profile),
        }
    )


@cache
def _srgb() -> bytes:
    """The color profile, without the moment at which it was made: same report, same bytes."""
    from PIL import ImageCms

    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return made[:24] + bytes((7, 0xD0, 0, 1, 0, 1)) + bytes(6) + made[36:]


@contextmanager
def strictly_written() -> Iterator[None]:
    """While a file is written, streams and maps to Unicode are as PDF/A wants them."""
    stream, unicode_map = pdfdoc.PDFStream.format, ttfonts.makeToUnicodeCMap
    pdfdoc.PDFStream.format = _with_line_end(stream)
    ttfonts.makeToUnicodeCMap = _without_nothing(unicode_map)
    try:
        yield
    finally:
        pdfdoc.PDFStream.format, ttfonts.makeToUnicodeCMap = stream, unicode_map


def _with_line_end(format: Any) -> Any:
    """A line ends before `endstream` (ISO 19005-2, 6.1.7.1).

    Data that ends in a carriage return is followed by another one: read backward from the end, the
    two characters of that line end are not taken for one of the data and one of the line end.
    """

    def formatted(stream: Any, document: Any) -> bytes:
        written: bytes = format(stream, document)
        data = written.removesuffix(b"endstream\n")
        end = b"\r\n" if data.endswith(b"\r") else b"\n"
        return data + end + b"endstream\n"

    return formatted


def _without_nothing(make: Any) -> Any:
    """No glyph is mapped to U+0000 (ISO 14289-1, 7.21.7): what is not drawn becomes a space."""

    def made(name: str, subset: list[int]) -> str:
        found: str = make(name, [code or 0x20 for code in subset])
        return found

    return made
