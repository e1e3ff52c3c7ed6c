"""The newest issued report, made again from the changes it names and held against its file."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.ui.buttons import button
from inspector_app.ui.kit import bullets, caution, column, emptied, holding, row, state_line
from inspector_app.ui.page import Told
from inspector_app.ui.work_line import WorkLine

if TYPE_CHECKING:
    from inspector_app.ui.page import Page
    from inspector_app.workspace.comparing import Compared

_MOST = 8


class IssuedAgain(QWidget):
    """One act, and under it whether the file comes out the same, or on which pages it does not."""

    def __init__(self, page: "Page") -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page = page
        self.work = WorkLine()
        self.again = button("Make the newest again and compare", self._start)
        self._found = column(gap=6)
        box = column(holding(row(self.again, 1)), self.work, gap=8)
        box.addLayout(self._found)
        self.setLayout(box)

    def _start(self) -> None:
        from inspector_app.workspace import comparing

        page, jobs = self._page, []
        if self.work.is_busy:
            return
        emptied(self._found)
        if page.attempt(lambda: jobs.append(comparing.job(page.workspace, page.inspection_id))):
            self.work.run(
                "Making the report again …",
                jobs[0],
                self,
                done=self._show,
                failed=lambda error: page.told.emit(Told(error)),
                stopped=lambda: page.message.emit("Cancelled. Nothing was changed."),
            )

    def _show(self, found: "Compared") -> None:
        which = f"Version {found.version}"
        if found.same_bytes:
            self._found.addWidget(state_line("check", f"{which} comes out the same, byte for byte"))
            return
        made = f"made by {found.made_by or 'an unknown version'}, now by {found.made_again_by}"
        self._found.addWidget(caution(f"{which} does not come out the same ({made})."))
        pages = [_words(each.page, each.issued, each.now) for each in found.pages[:_MOST]]
        self._found.addWidget(
            bullets(pages or ["The pages say and look the same; the file is built otherwise."])
        )


def _words(page: int, issued: str | None, now: str | None) -> str:
    if issued is None and now is None:
        return f"Page {page} looks different and says the same."
    return f"Page {page}: “{issued or 'nothing'}” was issued; now “{now or 'nothing'}”."
