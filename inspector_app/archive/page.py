"""index.html of an archive: all that the inspections say, for a browser, without a script.

A strict content policy forbids everything but this page's own style and the pictures beside it,
so that no text that somebody typed can do anything. Every text goes through `_text`.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from inspector_app import canonical, forms
from inspector_app.archive import marked
from inspector_app.errors import UserError
from inspector_app.forms import Form, Item
from inspector_app.inspection.log_reading import LogReading
from inspector_app.inspection.marks import marks_by_photo, parts_blurred
from inspector_app.log import Log
from inspector_app.photos import Mark
from inspector_app.records import BY_KIND

STYLE = """
body{font:16px/1.5 system-ui,sans-serif;color:#1b1f24;background:#fff;max-width:52rem;
margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .5rem}h2{font-size:1.25rem;margin:2.5rem 0 .75rem;
border-bottom:1px solid #c9d1d9;padding-bottom:.25rem}h3{font-size:1rem;margin:1.5rem 0 .25rem}
article{margin-bottom:4rem}section>div{margin:0 0 1.25rem}dl{display:grid;gap:.15rem 1rem;
grid-template-columns:minmax(7rem,11rem) 1fr;margin:.25rem 0}dt{color:#57606a}dd{margin:0;
white-space:pre-wrap;overflow-wrap:anywhere}figure{margin:1rem 0}img{max-width:100%;
max-height:34rem;display:block;border:1px solid #c9d1d9}code{font:.85em ui-monospace,monospace;
overflow-wrap:anywhere}.note{background:#fff8c5;border-left:4px solid #9a6700;padding:.5rem .75rem}
.pic{position:relative;display:inline-block}.pic svg{position:absolute;left:0;top:0;
width:100%;height:100%}.two dd+dd{grid-column:2}.dim{color:#57606a}
table{border-collapse:collapse;width:100%;
font-size:.9rem}td,th{text-align:left;vertical-align:top;
padding:.25rem .5rem;border-bottom:1px solid #d8dee4}
@media print{body{max-width:none}figure,section>div{break-inside:avoid}}
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode("ascii")
POLICY = (
    f"default-src 'none'; img-src 'self' file:; style-src 'sha256-{_STYLE_HASH}'; "
    "base-uri 'none'; form-action 'none'"
)
_SHOWN_BY_BROWSERS = (".jpg", ".png", ".gif")
_SEALED = "sealed; it stays so in an archive"
_BLURRED = "Parts are covered here; the file itself, which this page does not link, has them."
_APART = ("answer", "link", "about")

Files = Mapping[str, Mapping[str, str]]


def whole(folder: Path, logs: Sequence[Log], files: Files) -> str:
    """The page for these logs; the checklists are read from the archive itself."""
    articles = [_article(log, _form(folder, log, files[log.id]), files[log.id]) for log in logs]
    contents = [f'<li><a href="#{log.id}">{_text(_title(log))}</a>' for log in logs]
    title = _title(logs[0]) if len(logs) == 1 else "Archive of inspections"
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            '<meta name="viewport" content="width=device-width">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{_text(title)}</title>",
            f"<style>{STYLE}</style>\n</head>\n<body>",
            *(["<nav><ul>", *contents, "</ul></nav>"] if len(logs) > 1 else []),
            *articles,
            "</body>\n</html>\n",
        ]
    )


def _form(folder: Path, log: Log, files: Mapping[str, str]) -> Form | None:
    path = files.get(str(log.about.get("form")))
    try:
        return forms.parse((folder / path).read_bytes(), "checklist.toml") if path else None
    except UserError:
        return None  # the page then shows the answers by their numbers


def _title(log: Log) -> str:
    agency = log.about.get("agency")
    named = isinstance(agency, dict) and agency.get("name") and agency.get("state")
    return f"{agency['name']}, {agency['state']}" if named else f"Log {log.id[:12]}"  # type: ignore[index, call-overload]


def _text(value: object) -> str:
    """The only door for text: markup in it is text, and half characters are replaced."""
    return escape(str(value).encode("utf-8", "replace").decode("utf-8"))


# -- one inspection ----------------------------------------------------------------------------


def _article(log: Log, form: Form | None, files: Mapping[str, str]) -> str:
    parts = [
        *_head(log, form),
        *_checklist(log, form),
        *_records(log, files),
        *_history(log),
    ]
    return f'<article id="{log.id}">\n' + "\n".join(parts) + "\n</article>"


def _head(log: Log, form: Form | None) -> Iterator[str]:
    yield f"<h1>{_text(_title(log))}</h1>"
    if log.about.get("practice"):
        yield '<p class="note">Practice: not a real inspection.</p>'
    if form is None and log.about.get("kind") == "inspection":
        yield '<p class="note">The checklist is not in this archive; answers go by number.</p>'
    about = {name: [value] for name, value in log.about.items() if name not in ("agency", "nonce")}
    agency = log.about.get("agency")
    rows = {f"agency {n}": [v] for n, v in agency.items()} if isinstance(agency, dict) else {}
    yield _fields({**rows, **about, "digest": [log.digest()], "changes": [len(log.changes)]})


def _checklist(log: Log, form: Form | None) -> Iterator[str]:
    answered = log.records("answer")
    asked: set[str] = set()
    for section in form.sections if form else ():
        yield f"<section><h2>{_text(section.title)}</h2>"
        for item in section.items:
            asked.add(f"answer:{item.id}")
            yield _question(log, item)
        yield "</section>"
    if rest := [record for record in answered if record not in asked]:
        yield "<section><h2>Other answers</h2>"
        yield from (_record(log, record, {}) for record in rest)
        yield "</section>"


def _question(log: Log, item: Item) -> str:
    record = f"answer:{item.id}"
    cited = [f"{c.document} {c.section}: {c.quotation}" for c in item.citations]
    answer = _values(log, record)
    said = _fields(answer) if answer else '<p class="dim">Not answered.</p>'
    quoted = "".join(f'<p class="dim">{_text(line)}</p>' for line in cited)
    words = f"{_text(item.id.upper())} &nbsp; {_text(item.question)}"
    return f'<div id="{log.id[:12]}-{_text(record)}"><h3>{words}</h3>{quoted}{said}</div>'


def _records(log: Log, files: Mapping[str, str]) -> Iterator[str]:
    """Every other record in view, by kind; kinds that this version does not know come last."""
    kinds = dict.fromkeys([*BY_KIND, *(r.partition(":")[0] for r in log.in_order())])
    marks = marks_by_photo(LogReading(log))
    for kind in kinds:
        found = log.records(kind) if kind not in _APART else []
        if found:
            yield f"<section><h2>{_text(kind.replace('-', ' ').capitalize())}</h2>"
            yield from (_record(log, record, files, marks.get(record, ())) for record in found)
            yield "</section>"


def _record(log: Log, record: str, files: Mapping[str, str], marks: Sequence[Mark] = ()) -> str:
    values = _values(log, record)
    digests = values.get("sha256", [])
    picture = "".join(_picture(digest, values, files, marks) for digest in digests)
    linked = _linked(log, record)
    shown = {**values, **({"belongs to": linked} if linked else {})}
    return f"<div><h3><code>{_text(record)}</code></h3>{picture}{_fields(shown)}</div>"


def _picture(
    digest: Any, values: Mapping[str, list[Any]], files: Mapping[str, str], marks: Sequence[Mark]
) -> str:
    path = files.get(str(digest))
    if path is None:
        return '<p class="note">This file is not in the archive.</p>'
    if not path.endswith(_SHOWN_BY_BROWSERS):
        return f'<p><a href="{_text(path)}">{_text(path.rpartition("/")[2])}</a></p>'
    words = next(iter(values.get("alt", [])), "") or next(iter(values.get("caption", [])), "")
    caption = next(iter(values.get("caption", [])), "")
    shown = f'<img src="{_text(path)}" alt="{_text(words)}" loading="lazy">'
    shown = f'<span class="pic">{shown}{_drawing(values, marks)}</span>'
    if parts_blurred(marks):
        caption = f"{caption} {_BLURRED}".strip()
    else:
        shown = f'<a href="{_text(path)}">{shown}</a>'
    told = f'<p class="dim">{_text(marked.in_words(marks))}</p>' if marks else ""
    return f"<figure>{shown}<figcaption>{_text(caption)}</figcaption>{told}</figure>"


def _drawing(values: Mapping[str, list[Any]], marks: Sequence[Mark]) -> str:
    """Marks lie over the upright picture, whose size the record says."""
    width, height = (next(iter(values.get(name, [])), None) for name in ("width", "height"))
    if not isinstance(width, int) or not isinstance(height, int) or min(width, height) < 1:
        return ""
    return marked.drawing(marks, width, height)


def _values(log: Log, record: str) -> dict[str, list[Any]]:
    """Every field with its distinct current values: two where people disagree."""
    found = {name: log.distinct(record, name) for name in log.field_names(record)}
    return {name: values for name, values in found.items() if values != [None]}


def _linked(log: Log, record: str) -> list[Any]:
    links = [log.fields(link) for link in log.records("link")]
    ends = [(link.get("from"), link.get("to")) for link in links]
    return [b for a, b in ends if a == record] + [a for a, b in ends if b == record]


def _fields(values: Mapping[str, Sequence[Any]]) -> str:
    lines = "".join(_field(name, found) for name, found in values.items())
    return f'<dl class="two">{lines}</dl>'


def _field(name: str, values: Sequence[Any]) -> str:
    disputed = " (in conflict)" if len(values) > 1 else ""
    shown = "".join(f"<dd>{_value(value)}</dd>" for value in values)
    return f"<dt>{_text(name.replace('_', ' '))}{disputed}</dt>{shown}"


def _value(value: Any) -> str:
    if isinstance(value, dict) and "sealed" in value:
        return f'<span class="dim">{_SEALED}</span>'
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "taken away"}[value]
    return _text(value if isinstance(value, str | int) else canonical.encode(value).decode("utf-8"))


# -- who wrote it ------------------------------------------------------------------------------


def _history(log: Log) -> Iterator[str]:
    yield "<section><h2>Who wrote what</h2>"
    heads = log.heads()
    newest = {_name(log, author) + f" ({author[:8]})": sorted(heads[author]) for author in heads}
    yield "<h3>Newest change of each author</h3>" + _fields(newest)
    yield "<h3>Every change</h3><table><tr><th>When<th>Who<th>What<th>Change</tr>"
    yield from _rows(log)
    yield "</table></section>"


def _rows(log: Log) -> Iterable[str]:
    names = {author: _name(log, author) for author in log.heads()}
    for change in log.changes.values():
        cells = (change.at, names[change.author], change.label)
        shown = "".join(f"<td>{_text(cell)}" for cell in cells)
        yield f"<tr>{shown}<td><code>{change.id[:12]}</code></tr>"


def _name(log: Log, author: str) -> str:
    """The name that the team's list gives a key; it claims nothing that a card would not."""
    return str(log.value(f"member:{author}", "name") or f"key {author[:8]}")
