"""What is rarely seen and must be looked at too: nothing yet, very long text, conflict, error.

It is written into a copy of the workspace; the one that was given is only read.
"""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from inspector_app import agencies, forms
from inspector_app.errors import StoreTrouble
from inspector_app.records import Photo
from inspector_app.ui.page import Told
from inspector_app.ui.page_stack import Place
from inspector_app.ui.palette_entries import answering
from inspector_app.ui.tour_photos import PHOTOS
from inspector_app.workspace import Plan, Workspace

if TYPE_CHECKING:
    from inspector_app.ui.shell import Shell

Scene = tuple[str, Place, Callable[["Shell"], object], str]
"""A picture's name, where it is, what is done there, what it shows."""

_SECRET = "a passphrase for pictures only"
_LONG = "Every officer on the night shift says that the sworn statement is filled in later, "
_ENDLESS = "Reports/2026/" + "processing-area-east-wing-" * 8 + "final.pdf"
_TEXT = f"{_LONG * 9}as in {_ENDLESS}."
EMPTY = ("overview", "tour", "documents", "interviews", "roster", "findings", "history")


def copied(folder: Path, into: Path) -> Path:
    """A copy of a workspace that may be written to."""
    return Path(shutil.copytree(folder, into / folder.name))


def start_empty(workspace: Workspace) -> str:
    """An inspection in which nobody has written anything."""
    row = agencies.find(workspace.agencies(), "IN", "Hamilton County Sheriff's Office", "JEM")
    found = agencies.resolve(row, forms.shipped())
    days = date(2026, 9, 8), date(2026, 9, 10)
    return workspace.start(Plan(row, found, "inspection", *days, practice=True))


def lengthen(workspace: Workspace, id: str) -> str:
    """Texts that are far longer than usual, and a word that does not break; the finding."""
    inspection = workspace.inspection(id)
    finding = inspection.findings()[0].id
    workspace.put(id, "answer:j-71", note=_TEXT, result="not-met")
    workspace.put(id, finding, title=_TEXT[:400], condition=_TEXT)
    return finding


def disagree(workspace: Workspace, id: str, folder: Path) -> None:
    """A colleague and the owner of the workspace write different things, and exchange them."""
    office = workspace.desk.card.office
    other, _ = Workspace.create(folder / "other", "J. Specimen", "opr-inspector", office, _SECRET)
    other.accept(workspace.card())
    workspace.accept(other.card())
    _send(workspace, id, other, folder / "there.inspection")
    other.put(id, "answer:j-75", result="not-met", note="The list is two years old.")
    workspace.put(id, "answer:j-75", result="met", note="The list hangs beside the desk.")
    _send(other, id, workspace, folder / "back.inspection")
    other.close()


def _send(sender: Workspace, id: str, to: Workspace, path: Path) -> None:
    sender.bundle([id], path, to=[to.desk.card])
    to.merge(path)


def scenes(workspace: Workspace, id: str) -> list[Scene]:
    """What is painted of the inspection as it is, beyond its pages."""
    photo = next((photo.id for photo in workspace.inspection(id).all(Photo)), "")
    return [
        ("gallery", Place(id, "tour", PHOTOS), _nothing, "the gallery"),
        ("photo", Place(id, "tour", photo), _nothing, "a photo with its marks"),
        ("palette", Place(id, "overview"), _palette, "every action by its words"),
        ("search", Place(id, "overview"), _search, "the search"),
        ("help", Place(id, "checklist"), lambda shell: shell.about.open_help(), "the manual"),
        ("keys", Place(id, "documents"), lambda shell: shell.show_keys(), "the keys of a page"),
        ("review", Place(id, "review"), _nothing, "review and sign-off"),
        ("follow-up", Place(id, "follow-up"), _nothing, "the follow-up"),
        ("program", Place(page="program"), _nothing, "the program"),
        ("agencies", Place(page="agency-file"), _nothing, "agencies’ files"),
        ("import", Place(page="import"), _nothing, "opening a bundle"),
        ("assign", Place(page="assign"), _nothing, "preparing an assignment"),
        ("list", Place(id, "checklist"), _as_list, "the checklist as a list"),
        ("keeping", Place(page="keeping"), _nothing, "keys and keeping"),
        ("kept", Place(page="keeping", record=id), _nothing, "how an inspection is kept"),
    ]


def states(workspace: Workspace, id: str, folder: Path) -> list[Scene]:
    """The states of a copy: empty, long, in conflict, with an error."""
    empty, finding = start_empty(workspace), lengthen(workspace, id)
    disagree(workspace, id, folder)
    found: list[Scene] = [
        (f"empty-{page}", Place(empty, page), _nothing, f"{page}, with nothing yet")
        for page in EMPTY
    ]
    return [
        *found,
        ("long-item", Place(id, "checklist", "answer:j-71"), _nothing, "a very long note"),
        ("long-finding", Place(id, "findings", finding), _nothing, "a very long finding"),
        ("long-list", Place(id, "findings"), _nothing, "findings with a very long title"),
        ("conflict-item", Place(id, "checklist", "answer:j-75"), _nothing, "two answers"),
        ("conflict-left", Place(id, "what-is-left"), _nothing, "a conflict among what is left"),
        ("error", Place(id, "checklist", "answer:j-70"), _fail, "an error in the strip"),
    ]


def _nothing(shell: "Shell") -> None:
    """The page as it opens."""


def _as_list(shell: "Shell") -> None:
    if press := answering(shell.stack.page, QKeySequence("F4")):
        press()


def _palette(shell: "Shell") -> None:
    shell.about.open_palette()
    shell.about.palette.line.setText("photo")


def _search(shell: "Shell") -> None:
    shell.about.open_search()
    shell.about.search.line.setText("interpreter")


def _fail(shell: "Shell") -> None:
    details = [f"Line {n}: no file of the list has this name." for n in (3, 8, 21)]
    words = "The disk is full. What is typed stands here still; make room and try again."
    shell.strip.tell(Told(StoreTrouble(words, details)))
