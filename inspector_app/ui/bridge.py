"""From the workspace's notices to one Qt signal."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from inspector_app.workspace import Changed, Workspace


class Bridge(QObject):
    """Says after each commit which records and fields of which log are different now."""

    changed = Signal(str, object)

    def __init__(self, workspace: "Workspace") -> None:
        super().__init__()
        workspace.listen(self._told)

    def _told(self, changed: "Changed") -> None:
        self.changed.emit(changed.log, changed.slots)
