"""Opening a bundle outside of all inspections: the first one of an inspection, or somebody's."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.ui.buttons import button
from inspector_app.ui.hand_over_page import HandOverPage
from inspector_app.ui.import_undoing import Imports
from inspector_app.ui.kit import page_head

if TYPE_CHECKING:
    from inspector_app.workspace.parcels import Merged


class ImportPage(HandOverPage):
    """The incoming half of the hand-over; a merge leads to the inspection that came in."""

    title = "Open a bundle"
    keys = (("Ctrl+O", "choose a bundle"), ("Alt+Left", "back"))

    def _outgoing(self) -> list[QWidget]:
        words = "It is looked at first; nothing changes before you press Merge."
        choose = button(
            "Choose a bundle", self.choose_bundle, style="primary", symbol="bundle", key="Ctrl+O"
        )
        return [page_head("Open a bundle", words, choose)]

    def _rest(self) -> list[QWidget]:
        return [*Imports.here(self)]

    def _disputes(self) -> list[QWidget]:
        return []

    def _enter_now(self) -> None:
        self._before = set(self.workspace.inspection_ids())
        super()._enter_now()

    def _merged(self, merged: "Merged") -> None:
        new = [id for id in self.workspace.inspection_ids() if id not in self._before]
        came = [*merged.assigned, *new]
        if came:
            self.opened.emit(came[0])
