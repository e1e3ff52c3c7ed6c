"""Parts of the tour's log: what is being watched right now, and where no camera was let in."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from inspector_app.canonical import Value
from inspector_app.inspection import VISIT
from inspector_app.records import NoCamera, Observation
from inspector_app.ui.buttons import button
from inspector_app.ui.choices import ActChooser
from inspector_app.ui.conflict_card import ConflictCard
from inspector_app.ui.editors import LineEditor, TextEditor
from inspector_app.ui.kit import ElidedLabel, column, field_row, holding, label, live, row, section
from inspector_app.ui.page import Page, RecordFields
from inspector_app.workspace import touring

_WHOLE = (touring.FACILITY, "The whole facility")


def going_on_part(page: Page) -> list[QWidget]:
    """One line for each observation that goes on, with its Stop."""
    lines: list[QWidget] = [_line(page, found) for found in touring.going_on(page.inspection)]
    return [holding(column(*lines, gap=4))] if lines else []


def _line(page: Page, found: Observation) -> QWidget:
    number = page.inspection.record_numbers()[found.id]
    stop = button("Stop", partial(stop_timed, page, found.id))
    stop.setAccessibleName(f"Stop {number}")
    words = ElidedLabel(found.text or "No words yet")
    line = row(label(number, "strong", wrap=False), live(_since(found)), words, stop, gap=10)
    line.setStretch(2, 1)
    return holding(line)


def _since(found: Observation) -> str:
    return f"since {touring.span_words(found).rstrip('–')}"


def stop_timed(page: Page, record: str) -> None:
    """End a timed observation; where it is signed, the strip asks for a reason."""
    workspace, id = page.workspace, page.inspection_id
    page.write(record, lambda amends: touring.stop_timed(workspace, id, record, amends))


def goes_on(found: Observation) -> bool:
    """Whether a timed observation has not been stopped."""
    return found.timed and not found.until


def visit_limits(page: Page) -> list[QWidget]:
    """What the facility limited beside the cameras."""
    if ConflictCard.needed(page, VISIT):
        return []
    hint = "What could not be seen, and who decided so"
    limits = RecordFields(page, VISIT).bind("limits", TextEditor(2, hint))
    return [field_row("Other limits imposed by the facility", limits)]


class NoCameraPart(QWidget):
    """The areas without a camera: why, what else was limited, what was refused."""

    def __init__(self, page: Page, made: Callable[[str], None]) -> None:
        super().__init__()
        self._page, self._made = page, made
        there = page.inspection.all(NoCamera)
        choose = ActChooser(_free(page, there), "Choose an area")
        choose.on_commit = self._add
        add = field_row("No camera here", choose, "the report states it among the methods")
        blocks = [self._block(found) for found in there]
        self.setLayout(column(section("Limits of the tour"), add, *blocks, gap=10))

    def _add(self, area: Value) -> bool:
        page, records = self._page, list[str]()
        done = page.attempt(
            lambda: records.append(touring.no_camera(page.workspace, page.inspection_id, str(area)))
        )
        if done:
            self._made(records[0])
        return done

    def _block(self, found: NoCamera) -> QWidget:
        page, title = self._page, touring.area_title(self._page.inspection, found)
        remove = button("Remove", partial(self._remove, found.id), style="link")
        remove.setAccessibleName(f"Remove {title}")
        head = row(label(title, "strong"), remove)
        head.setStretch(0, 1)
        if ConflictCard.needed(page, found.id):
            return holding(column(head, ConflictCard(page, found.id), gap=6))
        fields = RecordFields(page, found.id)
        rows = [
            self._field(fields, title, "reason", "Reason", "What was said about the camera"),
            self._field(
                fields, title, "limits", "Other limits here", "Such as: seen through a window"
            ),
            self._field(fields, title, "refused", "Refused to the team", "By role, not by name"),
        ]
        return holding(column(head, *rows, gap=6))

    @staticmethod
    def _field(fields: RecordFields, title: str, name: str, words: str, hint: str) -> QWidget:
        editor = fields.bind(name, LineEditor(hint))
        made = field_row(words, editor)
        editor.setAccessibleName(reason_name(title) if name == "reason" else f"{title} {words}")
        return made

    def _remove(self, record: str) -> None:
        page, id = self._page, self._page.inspection_id
        page.write(record, lambda amends: page.workspace.remove(id, record, amends))


def reason_name(title: str) -> str:
    """The accessible name of an area's reason, by which the focus finds it."""
    return f"{title} Reason"


def _free(page: Page, there: list[NoCamera]) -> list[tuple[str, str]]:
    taken = {found.area for found in there}
    areas = [_WHOLE, *((area.id, area.title) for area in page.inspection.form.areas)]
    return [(area, title) for area, title in areas if area not in taken]
