"""How a value of a form is spelled in TOML, in the layout of the forms that ship."""

import json
from datetime import date
from typing import Any

from inspector_app.forms.shapes import Kind, Shape

Table = dict[str, Any]

_WIDTH = 100
_INDENT = "    "


def spelled(value: Any) -> str:
    """A value on one line: a text, a number, a day, a list or a table of such."""
    if isinstance(value, str):
        # JSON's escapes are TOML's; only DEL, which JSON lets stand, must be escaped here.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list):
        return f"[{', '.join(map(spelled, value))}]"
    if isinstance(value, dict):
        inner = ", ".join(f"{key} = {spelled(part)}" for key, part in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    return value.isoformat() if isinstance(value, date) else str(value)


def statement(key: str, value: Any) -> str:
    """`key = value`, a list one member a line where it is long or holds tables; no line end."""
    line = f"{key} = {spelled(value)}"
    tables = isinstance(value, list) and any(isinstance(part, dict) for part in value)
    if not isinstance(value, list) or not value or (len(line) <= _WIDTH and not tables):
        return line
    members = "".join(f"{_INDENT}{spelled(part)},\n" for part in value)
    return f"{key} = [\n{members}]"


def block(names: tuple[str, ...], table: Table, shape: Shape, *, listed: bool = True) -> str:
    """A whole table with its head, keys in the order of the grammar, then an empty line."""
    head = ".".join(names)
    lines = [f"[[{head}]]" if listed else f"[{head}]"]
    lines += [statement(key, table[key]) for key in shape if key in table]
    return "\n".join(lines) + "\n\n"


def expanded(table: Table, shape: Shape, names: tuple[str, ...] = ()) -> str:
    """The same data with each table, key and list member on a line of its own.

    So a fault that is told with its line is a fault of exactly one cell of a spreadsheet.
    """
    plain = [key for key in shape if key in table and _is_plain(shape[key].kind)]
    text = "".join(_spread(key, table[key]) for key in plain)
    for key in (key for key in shape if key in table and key not in plain):
        listed = shape[key].kind is Kind.TABLES
        head = ".".join((*names, key))
        for inner in table[key] if listed else [table[key]]:
            text += f"[[{head}]]\n" if listed else f"[{head}]\n"
            text += expanded(inner, shape[key].inside, (*names, key))
    return text


def _is_plain(kind: Kind) -> bool:
    return kind not in (Kind.TABLE, Kind.TABLES)


def _spread(key: str, value: Any) -> str:
    if not isinstance(value, list) or not value:
        return f"{key} = {spelled(value)}\n"
    return f"{key} = [\n" + "".join(f"{spelled(part)},\n" for part in value) + "]\n"
