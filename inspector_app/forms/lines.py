"""In which line of a TOML file each key, table and list member stands; TOML's reader forgets it.

The text must have been read as TOML without error. What is spelled in a way that this scan does
not follow (a key with escapes) is merely missing from its answer.
"""

import re
from typing import TypeAlias

Place: TypeAlias = tuple[str | int, ...]
"""`("section", 2, "item", 3, "types")` is a key of the fourth item of the third section."""

_TOKEN = re.compile(
    r"""
      (?P<text>"{3}(?:\\.|[^\\])*?"{3,5} | '{3}.*?'{3,5} | "(?:\\.|[^"\\])*" | '[^']*')
    | (?P<remark>\#[^\n]*)
    | (?P<mark>[\[\]{}=,.\n])
    | (?P<word>[^\s\[\]{}=,.\#"']+)
    """,
    re.VERBOSE | re.DOTALL,
)


def lines_of(text: str) -> dict[Place, int]:
    """The line, from 1, of every path; of several under one path, the first."""
    scan = _Scan()
    at, line = 0, 1
    for token in _TOKEN.finditer(text):
        line += text.count("\n", at, token.start())
        at = token.start()
        if not token["remark"]:
            scan.take(token[0], line)
    return scan.lines


class _Scan:
    """Reads token by token; `_open` is the stack of the lists and inline tables being read."""

    def __init__(self) -> None:
        self.lines: dict[Place, int] = {}
        self._counts: dict[Place, int] = {}
        self._table: Place = ()
        self._open: list[tuple[str, Place]] = []
        self._names: list[str] = []
        self._at: Place | None = None
        self._brackets = 0
        self._array_head = False

    def take(self, token: str, line: int) -> None:
        """One token: part of a table head, of a value, or of a key."""
        if self._brackets:
            self._head(token, line)
        elif self._at is not None:
            self._value(token, line)
        else:
            self._key(token, line)

    def _key(self, token: str, line: int) -> None:
        if token == "=":
            self._at = self._named(self._holder(), line)
        elif token == "[" and not self._names:
            self._brackets, self._array_head = 1, False
        elif token in ("}", "]"):
            self._close()
        elif token not in (".", ",", "\n"):
            self._names.append(_bare(token))

    def _head(self, token: str, line: int) -> None:
        """A `[table]` or the next member of a `[[list of tables]]`."""
        if token == "[":
            self._brackets, self._array_head = 2, True
        elif token == "]":
            self._brackets -= 1
            if not self._brackets:
                self._enter(line)
        elif token != ".":
            self._names.append(_bare(token))

    def _enter(self, line: int) -> None:
        """Makes the table head's table the one that the next keys belong to."""
        *outer, last = self._names
        path: Place = ()
        for name in outer:
            path = self._latest((*path, name))
        path = (*path, last)
        if self._array_head:
            self._counts[path] = self._counts.get(path, 0) + 1
            self.lines.setdefault(path, line)
        self._table, self._names = self._latest(path), []
        self.lines.setdefault(self._table, line)

    def _latest(self, path: Place) -> Place:
        count = self._counts.get(path)
        return (*path, count - 1) if count else path

    def _holder(self) -> Place:
        return self._open[-1][1] if self._open else self._table

    def _named(self, path: Place, line: int) -> Place:
        """The path of a key, which may be dotted."""
        for name in self._names:
            path = (*path, name)
            self.lines.setdefault(path, line)
        self._names = []
        return path

    def _value(self, token: str, line: int) -> None:
        at = self._at
        assert at is not None
        if token == "[":
            self._open.append(("[", at))
            self._at = (*at, 0)
        elif token == "{":
            self.lines.setdefault(at, line)
            self._open.append(("{", at))
            self._at = None
        elif token in ("]", "}"):
            self._close()
        elif token == ",":
            self._next()
        elif token == "\n":
            self._at = at if self._open else None
        else:
            self.lines.setdefault(at, line)

    def _close(self) -> None:
        """A list or inline table ends; it was itself a value, which is now over."""
        _, self._at = self._open.pop()

    def _next(self) -> None:
        """After a comma: the next member of a list, or the next key of an inline table."""
        last = self._at[-1] if self._at else 0
        inside_list = self._open[-1][0] == "["
        self._at = (*self._open[-1][1], int(last) + 1) if inside_list else None


def _bare(name: str) -> str:
    return name[1:-1] if name[0] in "\"'" else name
