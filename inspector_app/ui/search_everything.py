"""The search (Ctrl+Shift+F): the open inspection, then what may be found in the others."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from inspector_app.errors import UserError
from inspector_app.records import Answer, Finding
from inspector_app.ui.page_stack import Place
from inspector_app.ui.pages import kind_of, page_of, pages_here
from inspector_app.ui.search_list import FoundRow, heading
from inspector_app.ui.search_overlay import Overlay
from inspector_app.workspace import searching
from inspector_app.workspace.searching import Hit, find, find_across
from inspector_app.workspace.summary import counted

if TYPE_CHECKING:
    from inspector_app.ui.shell import Shell

_SOON = 40
_MOST = 80
"""As many as anybody reads; whoever wants fewer adds a word."""
_CLAUSE = "clause"
_FILE = "agency-file"
_GROUPS = {
    "agency": "Agencies",
    _FILE: "Agencies’ files",
    "answer": "Questions and answers",
    _CLAUSE: "Clauses",
}
_ICONS = {_CLAUSE: "file", "agency": "checklist", _FILE: _FILE, "photo": "photo"}
_ELSEWHERE = (
    "In other inspections only agencies, clauses and findings are found: never what people said, "
    "rows of samples or people."
)
_HOW = "Every word must be there, in any order; the beginning of a word is enough."


class Search(Overlay):
    """Groups of what was found with the words marked; Enter goes there."""

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell, "Search everything", "Words, a number, a file", 760, 620)
        self._shell = shell
        self._shown: list[Hit | None] = []
        self._behind: list[str] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._find)
        self.shut.connect(self._soon.stop)
        self.foot.setText(_ELSEWHERE)
        self._asked = ""

    def look(self) -> None:
        """Search a moment after the last key."""
        self._soon.start(_SOON)

    def open(self, words: str | None = None) -> None:
        """Show it with what was looked for last; typing replaces that."""
        self._behind = searching.behind(self._shell.workspace)
        super().open(words)
        self._find()

    def hits(self) -> list[Hit]:
        """What is listed."""
        return [hit for hit in self._shown if hit is not None]

    def enter(self, at: int) -> None:
        """Go to what was found, in whichever inspection."""
        hit = self._shown[at]
        if hit is None:
            return
        self.shut_down()
        if hit.kind == _FILE:
            self._shell.go(Place(page=_FILE, record=hit.inspection))
            return
        page = "overview" if hit.kind == "agency" else page_of(hit.record)
        self._shell.go(Place(hit.inspection, page, "" if hit.kind == "agency" else hit.record))

    # -- finding -----------------------------------------------------------------------------

    def _find(self) -> None:
        """What is inside at once; the others once each of them is indexed, one at a turn."""
        self._soon.stop()
        workspace, id, words = self._shell.workspace, self._shell.place.inspection, self.line.text()
        try:
            inside = find(workspace, id, words, _MOST) if id else []
            outside = [] if self._waits() else find_across(workspace, words, id, _MOST)
        except UserError as error:
            self._show([heading(error.message)], [None])
            return
        rows, shown = self._grouped(inside, "")
        more, others = self._grouped(outside, " in other inspections" if id else "")
        self._show([*rows, *more], [*shown, *others])

    def _waits(self) -> bool:
        """Whether others are still to be indexed; indexes one of them, and looks again soon."""
        if not self._behind or not self.line.text().strip():
            return bool(self._behind)
        searching.bring_in_step(self._shell.workspace, [self._behind.pop()])
        if self._behind:
            self._soon.start(0)
        return bool(self._behind)

    def _show(self, rows: list[FoundRow], shown: list[Hit | None]) -> None:
        asked = self.line.text()
        again = self.list.current() if asked == self._asked else None
        self._asked, self._shown = asked, shown
        left = len(self._behind)
        unread = counted(left, "inspection is", "inspections are")
        self.foot.setText(f"{unread} still to be read." if left else _ELSEWHERE)
        if not rows:
            words = "Nothing was found. " if asked.strip() and not left else ""
            rows, self._shown = [heading(words + _HOW)], [None]
        self.list.set_rows(rows, again)
        self.fit()

    def _row(self, hit: Hit, where: str) -> FoundRow:
        right = hit.agency if where and hit.kind not in ("agency", _FILE) else ""
        return FoundRow(hit.title, hit.body, self._icon(hit), right, lines=2)

    def _icon(self, hit: Hit) -> str:
        """The state of an answer or a finding, else what kind of thing it is."""
        if hit.kind == _FILE:
            return _ICONS[_FILE]
        inspection = self._shell.workspace.inspection(hit.inspection)
        if hit.kind == Answer.kind:
            return inspection.answer(hit.record.partition(":")[2]).result or "unanswered"
        if hit.kind == Finding.kind:
            finding = inspection.get(Finding, hit.record)
            return (finding.class_ if finding else None) or "findings"
        return _ICONS.get(hit.kind) or page_of(hit.record)

    def _grouped(self, hits: Sequence[Hit], where: str) -> tuple[list[FoundRow], list[Hit | None]]:
        """The rows of each kind under a heading with their number, and what each stands for."""
        pages = [kind.title for kind in pages_here()]
        groups: dict[str, list[Hit]] = {title: [] for title in (*_GROUPS.values(), *pages)}
        for hit in hits:
            groups.setdefault(_group(hit), []).append(hit)
        rows: list[FoundRow] = []
        shown: list[Hit | None] = []
        for title, found in groups.items():
            if found:
                rows.append(heading(f"{title}{where}  {len(found)}"))
                rows += [self._row(hit, where) for hit in found]
                shown += [None, *found]
        return rows, shown


def _group(hit: Hit) -> str:
    return _GROUPS.get(hit.kind) or kind_of(page_of(hit.record)).title
