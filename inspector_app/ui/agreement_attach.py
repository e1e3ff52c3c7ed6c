"""Attaching the signed agreement: choose a PDF, have it opened in a child, keep it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from inspector_app.ui import choosing
from inspector_app.ui.page import Page, Told
from inspector_app.ui.work import Work
from inspector_app.workspace.summary import counted

if TYPE_CHECKING:
    from inspector_app.agreement import AgreementFacts
    from inspector_app.workspace.signed_copy import Part

PDFS = "PDF (*.pdf *.PDF)"


def attach_from_file(
    page: Page, then: Callable[[], object] | None = None, part: "Part" = "signed-copy"
) -> None:
    """Ask for a file and attach it in the background; `then` is called once it is kept.

    What goes wrong is told in the page's strip, and nothing is attached.
    """
    path = choosing.open_file(page, "The signed agreement", PDFS)
    if path is None:
        return
    read: list[bytes] = []
    if page.attempt(lambda: read.append(choosing.content(path))):
        page.message.emit("Opening the PDF …")
        _Attaching(page, read[0], part, then)


class _Attaching(QObject):
    """Lives until the PDF is attached or refused."""

    def __init__(
        self, page: Page, data: bytes, part: "Part", then: Callable[[], object] | None
    ) -> None:
        from inspector_app.workspace.signed_copy import facts_of

        super().__init__(page)
        self._page, self._data, self._part, self._then = page, data, part, then
        self._work = Work(lambda: facts_of(data), self)
        self._work.done.connect(self._keep)
        self._work.failed.connect(self._refuse)
        self._work.start()

    def _keep(self, facts: "AgreementFacts") -> None:
        page = self._page

        def write(amends: str) -> None:
            how = {"facts": facts, "amends": amends}
            page.workspace.add_agreement(page.inspection_id, self._data, self._part, **how)
            page.message.emit(f"Agreement attached, {counted(facts.pages, 'page', 'pages')}")
            if self._then is not None:
                self._then()

        page.write("agreement:new", write)
        self.deleteLater()

    def _refuse(self, error: object) -> None:
        self._page.message.emit("Nothing was attached")
        self._page.told.emit(Told(error))  # type: ignore[arg-type]  # Work tells UserErrors
        self.deleteLater()
