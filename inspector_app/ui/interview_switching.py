"""The two interviews that are open: one key away, each at the word where it was left.

Which they are is kept in the part of the store that never leaves, so that both are there after a
lock, a crash or the night.
"""

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from inspector_app.errors import UserError
from inspector_app.records import Interview

if TYPE_CHECKING:
    from inspector_app.ui.page import Page

_KEPT, _MOST = "open interviews", 2


class OpenInterviews:
    """Ids, the one that was shown last first, and where the caret was in each."""

    def __init__(self, page: "Page") -> None:
        self._page = page
        self._left: dict[str, dict[str, Any]] = {}
        mine = self._everywhere().get(page.inspection_id)
        self._ids = [str(id) for id in mine][:_MOST] if isinstance(mine, list) else []

    def ids(self) -> list[str]:
        """Those that are still there."""
        there = {interview.id for interview in self._page.inspection.all(Interview)}
        return [id for id in self._ids if id in there]

    def add(self, id: str) -> None:
        """This one is shown now; of the others the last one stays open."""
        ids = [id, *(other for other in self.ids() if other != id)][:_MOST]
        if ids != self._ids:
            self._ids = ids
            self._keep()

    def leave(self, id: str) -> None:
        """Remember where somebody is in an interview that is about to be put aside."""
        from inspector_app.ui.session import spot_on

        self._left[id] = spot_on(self._page)

    def take_up(self, id: str) -> None:
        """Go on in an interview that was put aside: at the same word."""
        from inspector_app.ui.session import settle

        if id in self._left:
            settle(self._page, self._left[id])

    def _everywhere(self) -> dict[str, Any]:
        from inspector_app.workspace.place import kept_apart

        found = kept_apart(self._page.workspace, _KEPT)
        return found if isinstance(found, dict) else {}

    def _keep(self) -> None:
        """Where the disk fails, the drafts say so; this does not."""
        from inspector_app.workspace.place import keep_apart

        with suppress(UserError):
            mine = {self._page.inspection_id: self._ids}
            keep_apart(self._page.workspace, _KEPT, self._everywhere() | mine)
