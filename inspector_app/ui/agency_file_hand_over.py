"""Handing an agency's file over: the hand-over of an inspection, without names and photos."""

from PySide6.QtWidgets import QWidget

from inspector_app.ui.choices import CheckEditor
from inspector_app.ui.hand_over_page import HandOverPage
from inspector_app.ui.kit import label


class FileHandOver(HandOverPage):
    """Inside the page of the file; what comes in may be anything, as everywhere."""

    def _with_names(self) -> list[QWidget]:
        self._names = CheckEditor("With the names of people")  # a file holds none
        return [label("A file holds no name of a person, so none can go along.", "muted")]

    def _disputes(self) -> list[QWidget]:
        return []  # each stands where it is, in the file

    def _file_name(self) -> str:
        return f"agency-{self.inspection_id[:6]}.inspection"
