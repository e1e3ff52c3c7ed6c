"""On the overview: whether the signed agreement is at hand, attached, and compared."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from inspector_app.ui.buttons import button
from inspector_app.ui.editors import LineEditor
from inspector_app.ui.kit import (
    ElidedLabel,
    column,
    emptied,
    field_row,
    holding,
    label,
    row,
    section,
    state_line,
)
from inspector_app.ui.page import Page
from inspector_app.ui.work_line import WorkLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector_app.records import Agreement
    from inspector_app.workspace.confirming import Recognition

STATES = {
    "confirmed": ("check", "The signed copy is attached and was compared with this checklist."),
    "by-day": (
        "check",
        "Other copies signed then have this text; this one was not compared.",
    ),
    "presumed": ("caution", "Presumed: nobody has compared the signed copy with this checklist."),
    "not-on-file": ("caution", "The signed agreement is not on file."),
}


class AgreementState(QWidget):
    """The state in a line, the copies with what a machine makes of them, and what can be done."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._found: dict[str, Recognition] = {}
        self._reason: LineEditor | None = None
        self._next: dict[str, QWidget] = {}
        self._box = column(gap=8)
        self._box.setContentsMargins(0, 0, 0, 0)
        self.line = WorkLine()
        outer = column(gap=8)
        outer.addLayout(self._box)
        outer.addWidget(self.line)
        self.setLayout(outer)
        self._build()

    def _build(self) -> None:
        from inspector_app.workspace.signed_copy import attached

        emptied(self._box)
        self._reason = None
        self._next.clear()
        inspection = self._page.inspection
        state = inspection.agreement_state
        self._box.addWidget(section("Agreement", "", *self._acts(state)))
        self._box.addWidget(state_line(*STATES[state], "body"))
        if inspection.resolution:
            self._box.addWidget(label(inspection.resolution, "muted"))
        for copy in attached(inspection):
            self._box.addWidget(self._copy(copy))

    # -- what can be done --------------------------------------------------------------------

    def _acts(self, state: str) -> list[QWidget]:
        acts: list[QWidget] = []
        if state == "not-on-file":
            acts.append(button("It is on file", lambda: self._on_file(None), style="link"))
        elif state != "confirmed":
            acts.append(
                button("It is not on file", lambda: self._on_file("not-on-file"), style="link")
            )
        acts.append(button("Attach the signed agreement…", self._attach))
        return acts

    def _on_file(self, value: str | None) -> None:
        page = self._page
        words = "agreement not on file" if value else "agreement on file"
        page.attempt(
            lambda: page.workspace.put(
                page.inspection_id, "visit:self", words=words, agreement=value
            )
        )

    def _attach(self) -> None:
        from inspector_app.ui.agreement_attach import attach_from_file

        attach_from_file(self._page)

    # -- a copy ------------------------------------------------------------------------------

    def _copy(self, copy: "Agreement") -> QWidget:
        digest = copy.sha256 or ""
        what = "Addendum" if copy.part == "addendum" else "Signed copy"
        name = copy.title or f"{what}, {copy.pages or 0} pages"
        line = row(label(name, "strong", wrap=False), ElidedLabel("", "muted"), gap=12)
        line.setStretch(1, 1)
        if copy.part != "addendum" and digest != self._page.inspection.visit.agreement_seen:
            found = self._found.get(digest)
            act = self._confirm if found else self._compare
            words = "I compared it: this is the text" if found else "Compare with this checklist"
            self._next[digest] = button(words, lambda: act(digest))
            line.addWidget(self._next[digest])
        parts: list[QWidget] = [holding(line)]
        if digest in self._found:
            parts.append(self._verdict(self._found[digest]))
        return holding(column(*parts, gap=4))

    def _verdict(self, found: "Recognition") -> QWidget:
        parts = [state_line("check" if found.agrees else "caution", found.sentence)]
        if found.audit is not None and not found.agrees:
            self._reason = LineEditor("Say why in a few words")
            parts.append(field_row("Why it is this checklist all the same", self._reason))
        absent = found.audit.absent if found.audit and found.agrees else ()
        parts += [
            label(f"{one.item.upper()}, {one.section}: {one.why}.", "small") for one in absent[:8]
        ]
        return holding(column(*parts, gap=2))

    def _compare(self, digest: str) -> None:
        """In a worker: reading a scan's text and comparing takes a second or two."""
        from inspector_app.workspace.confirming import recognize

        if self.line.is_busy:
            return
        data = self._page.workspace.agreement_bytes(self._page.inspection_id, digest)
        if data is None:
            self._page.attempt(self._refuse)
            return
        form = self._page.inspection.form

        def job(step: "Callable[[int, int], None]") -> "Recognition":
            found = recognize(data, form)
            step(1, 1)  # ends here where it was cancelled
            return found

        self.line.run(
            "Comparing the copy with this checklist …",
            job,
            self,
            done=partial(self._compared, digest),
            failed=lambda error: self._page.attempt(lambda: _raise(error)),
            stopped=lambda: self._page.message.emit("Cancelled. Nothing was compared."),
        )

    def _refuse(self) -> None:
        from inspector_app.errors import BadInput

        raise BadInput("This copy has not come here yet; ask for a bundle with it.")

    def _compared(self, digest: str, found: "Recognition") -> None:
        self._found[digest] = found
        had_focus = self.focusWidget() is QApplication.focusWidget()
        self._build()
        if had_focus and digest in self._next:
            self._next[digest].setVisible(True)  # at once, so that it can take the focus
            self._next[digest].setFocus()

    def _confirm(self, digest: str) -> None:
        from inspector_app.workspace.confirming import confirm

        page, reason = self._page, self._reason.text() if self._reason else ""
        page.attempt(lambda: confirm(page.workspace, page.inspection_id, digest, reason))


def _raise(error: Exception) -> None:
    raise error
