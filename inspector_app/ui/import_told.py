"""What a preview says before its numbers: that it is an assignment, that it brings names."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.ui.kit import caution, column, facts, framed, label
from inspector_app.workspace.summary import counted

if TYPE_CHECKING:
    from inspector_app.workspace.parcels import LogPreview, Preview

NAMES = (
    "This bundle brings the key to names of people in {}: after the merge you can read them here. "
    "Keep this laptop accordingly."
)


def told_of(preview: "Preview") -> list[QWidget]:
    """A card for each assignment, and a line when names come along."""
    parts: list[QWidget] = [_assignment(preview, log) for log in preview.logs if log.assignment]
    if preview.names:
        what = counted(preview.names, "inspection", "inspections")
        parts.append(caution(NAMES.format(what)))
    return parts


def _assignment(preview: "Preview", log: "LogPreview") -> QWidget:
    said = log.assignment
    assert said is not None
    office = f"{preview.sender.name}, {said.office or preview.sender.office}"
    rows = [("Assigned by", office), ("Agency", log.title), ("Instructions", said.instructions)]
    head = label("This is an assignment: after the merge its inspection opens.", "strong")
    return framed(column(head, facts([r for r in rows if r[1]]), gap=8, margins=14), "box")
