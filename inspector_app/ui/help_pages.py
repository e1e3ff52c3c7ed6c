"""The manual: its pages in order, and finding words in them. It is read from files, offline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from inspector_app.paths import resource
from inspector_app.searching import plain
from inspector_app.ui.palette_entries import folded

CONTENTS = (
    *("starting", "home", "start", "assign", "overview", "checklist", "tour", "photos"),
    *("documents", "interviews", "roster", "findings", "review", "report", "follow-up"),
    *("agency-file", "hand-over", "import", "program", "keeping"),
    *("what-is-left", "history", "people", "agreement", "practice", "keys", "glossary", "limits"),
)
"""The pages in the order of the manual; a page of the window has the one of its name."""

FIRST = "starting"

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_LEADING = re.compile(r"^\s*(?:#+ |- |\d+\. |\|)", re.M)
_INLINE = re.compile(r"[`*]")


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page: its title, and its text in Markdown, which begins with that."""

    name: str
    title: str
    text: str

    @property
    def passages(self) -> list[str]:
        """Its paragraphs, steps and rows in plain words."""
        bare = map(_bare, _parts(self.text))
        return [words for part in bare if (words := plain(part))]


def _bare(part: str) -> str:
    """The words of a paragraph, step or row without the signs of Markdown; none of a rule."""
    words = _INLINE.sub("", _LEADING.sub("", _LINK.sub(r"\1", part)))
    return "" if set(words) <= set("-| \n") else words.replace("|", " ")


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in the manual that has all the words."""

    page: HelpPage
    words: str


def _parts(text: str) -> Iterator[str]:
    """Paragraphs; each step of a list and each row of a table is one."""
    for block in text.split("\n\n"):
        yield from re.split(r"\n(?=\s*(?:[-*|]|\d+\.) )", block)


@cache
def page(name: str) -> HelpPage:
    """A page of the manual; the first one for a name that has none."""
    known = name if name in CONTENTS else FIRST
    text = (resource("help") / f"{known}.md").read_text("utf-8")
    return HelpPage(known, text.partition("\n")[0].removeprefix("# ").strip(), text)


def find(words: str) -> list[Passage]:
    """Every passage with all the words in any order; where a title has them, its page first."""
    asked = folded(words).split()
    if not asked:
        return []
    found = [
        Passage(one, passage)
        for one in map(page, CONTENTS)
        for passage in one.passages
        if all(word in folded(f"{one.title} {passage}") for word in asked)
        and any(word in folded(passage) for word in asked)
    ]
    return sorted(found, key=lambda f: not any(word in folded(f.page.title) for word in asked))
