"""Files that a command takes by name and that are built to keep it busy: each class once."""

import io
import zipfile
from collections.abc import Callable

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_ALL = "A1:XFD1048576"
_ROW = "<row><c><v>1</v></c></row>"

File = tuple[str, Callable[[], bytes]]
"""The command line, F the file, W a workspace and O what is written; and the file's bytes."""


def _workbook(sheet: str, before: str = "", sheets: int = 1) -> Callable[[], bytes]:
    """A workbook whose one worksheet holds `sheet`, named as several sheets."""
    named = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, sheets + 1))
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
        f'package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{_TYPE}'
        '.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="'
        f'{_TYPE}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}'
        '/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" '
        f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}'
        "</sheets></workbook>",
        "xl/worksheets/sheet1.xml": f'{before}<worksheet xmlns="{_MAIN}">{sheet}</worksheet>',
    }

    def made() -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
            for name, text in parts.items():
                book.writestr(name, text)
        return out.getvalue()

    return made


def _pdf(more: str, objects: str = "") -> Callable[[], bytes]:
    """A PDF of one empty page; `more` goes into its catalog."""
    numbered = {
        1: f"<</Type/Catalog/Pages 2 0 R {more}>>",
        2: "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>",
    } | {number: text for number, text in enumerate(objects.split("\n"), 4) if text}

    def made() -> bytes:
        body, at = "%PDF-1.7\n", []
        for number, text in numbered.items():
            at.append(len(body))
            body += f"{number} 0 obj\n{text}\nendobj\n"
        table = "".join(f"{place:010d} 00000 n \n" for place in at)
        size = len(at) + 1
        return (
            f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R"
            f">>\nstartxref\n{len(body)}\n%%EOF\n"
        ).encode()

    return made


_WIDE = "\n".join(f"<</T(a)/Kids[{n} 0 R {n} 0 R]>>" for n in range(5, 45)) + "\n<</FT/Sig/T(z)>>"
_ENTITIES = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]>"
_CELL = '<c t="inlineStr"><is><t>&b;</t></is></c>'
_TABLE = f"<sheetData>{_ROW}</sheetData>"

NAMED_FILES: dict[str, File] = {
    "a form with a name of half a million dots": (
        "forms check F", lambda: b"a" + b".a" * 500_000 + b"=1\n",
    ),
    "a form with ninety thousand unknown keys": (
        "forms check F", lambda: b"".join(b"k%d=1\n" % n for n in range(90_000)),
    ),
    "training lists nested too deeply": (
        "roster check F --lists F", lambda: b"a=" + b"[" * 100_000,
    ),
    "training lists with an endless number": (
        "roster check F --lists F", lambda: b"a=" + b"9" * 100_000,
    ),
    "a CSV file of fifteen million cells": ("roster check F", lambda: b"a," * 15_000_000),
    "a workbook of a million cells": (
        "agencies import W F", _workbook(f"<sheetData>{_ROW * 1_000_000}</sheetData>"),
    ),
    "a merged cell of seventeen billion": (
        "roster check F",
        _workbook(_TABLE + f'<mergeCells><mergeCell ref="{_ALL}"/></mergeCells>'),
    ),
    "a link over all cells": (
        "forms import F -o O",
        _workbook(_TABLE + f'<hyperlinks><hyperlink ref="{_ALL}" location="x"/></hyperlinks>'),
    ),
    "one sheet under three hundred names": (
        "roster check F", _workbook(f"<sheetData>{_ROW * 5_000}</sheetData>", sheets=300),
    ),
    "a workbook with entities": (
        "agencies import W F", _workbook(f"<sheetData><row>{_CELL}</row></sheetData>", _ENTITIES),
    ),
    "a PDF whose fields are a million million": (
        "verify F", _pdf("/AcroForm<</Fields[4 0 R]>>", _WIDE),
    ),
    "a PDF whose fields lead to themselves": (
        "keep-signed W I F", _pdf("/AcroForm<</Fields[4 0 R]>>", "<</T(a)/Kids[4 0 R 4 0 R]>>"),
    ),
}  # fmt: skip
"""Each is to be refused with 2, in one sentence, and with nothing written."""
