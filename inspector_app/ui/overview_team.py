"""The team on the overview: who, of which office, with which ties, and whose sections are whose."""

from PySide6.QtWidgets import QWidget

from inspector_app.inspection.assignment import members_of, sections_of
from inspector_app.records import Member
from inspector_app.ui.buttons import Chips
from inspector_app.ui.choices import ActChooser
from inspector_app.ui.editors import TextEditor
from inspector_app.ui.kit import (
    ElidedLabel,
    caution,
    column,
    emptied,
    field_row,
    holding,
    label,
    row,
    section,
)
from inspector_app.ui.page import Page, RecordFields, Slots

NOT_STATED = "Independence not stated yet"
ASKED = (
    "You have not stated your independence: say below which work or family ties you have to the "
    "agency or the field office, or that you have none."
)
_SHOWN = {"name", "role", "office", "place", "lead", "independence", "removed"}


class Team(QWidget):
    """Every member with his sections as chips; a chip that is pressed gives the section back.

    It shows by itself what a change brings, so that the focus stays where it is. `asked` stands
    at the head of the overview while the person who is here has not stated his independence.
    """

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page = page
        self._members = column(gap=12)
        self.asked = caution(ASKED)
        if not self._is_asked():
            self.asked.hide()
        self._free = label("", "muted")
        box = column(section("Team"), self._free, self._members, gap=8)
        mine = f"member:{page.workspace.key}"
        if page.inspection.get(Member, mine):
            words = "Work or family ties to the agency or field office, or that there are none"
            stated = RecordFields(page, mine).bind("independence", TextEditor(2, words))
            box.addWidget(field_row("My independence", stated))
        self.setLayout(box)
        self._lines: dict[str, MemberLine] = {}
        self.show_members()

    def _is_asked(self) -> bool:
        """Whether the person who is here has to state his independence yet."""
        mine = self._page.inspection.get(Member, f"member:{self._page.workspace.key}")
        return mine is not None and not mine.independence.strip()

    def _tell_free(self) -> None:
        inspection = self._page.inspection
        parts = inspection.form.sections
        free = sum(not members_of(inspection, part.id) for part in parts)
        self._free.setText(f"{free} of {len(parts)} sections are given to nobody yet")
        self._free.setVisible(free > 0)

    def changed(self, slots: Slots) -> None:
        """Follow members and links."""
        members = {f for r, f in slots if r.startswith("member:")} & _SHOWN
        if members:
            self.show_members()
        elif any(record.startswith("link:") for record, _ in slots):
            self._tell_free()
            for line in self._lines.values():
                line.show_sections()

    def show_members(self) -> None:
        """The members as they are now."""
        if self.asked.parentWidget() is not None:  # shown alone it would be a window
            self.asked.setVisible(self._is_asked())
        emptied(self._members)
        found = sorted(self._page.inspection.all(Member), key=lambda m: (not m.lead, m.place))
        self._lines = {member.id: MemberLine(self._page, member) for member in found}
        for line in self._lines.values():
            self._members.addWidget(line)
        self._tell_free()


class MemberLine(QWidget):
    """One member: name, role and office, his independence, his sections."""

    def __init__(self, page: Page, member: Member) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page, self._member = page, member
        name = member.name or "A member"
        role = "lead" if member.lead else member.role.replace("-", " ")
        about = " · ".join(part for part in (role, member.office) if part)
        head = row(
            label(f"{member.place}  {name}", "strong", wrap=False),
            ElidedLabel(about, "muted"),
            gap=12,
        )
        head.setStretch(1, 1)
        self.chips = Chips(several=True, name=f"Sections of {name}")
        self.chips.chosen.connect(self._give_back)
        self.giver = ActChooser([], none="Give a section")
        self.giver.setAccessibleName(f"Give a section to {name}")
        self.giver.on_commit = self._give
        head.addWidget(self.giver)
        said = label(member.independence or NOT_STATED, "small")
        self.setLayout(column(holding(head), said, self.chips, gap=4))
        self.show_sections()

    def show_sections(self) -> None:
        """His sections, and those that he could get."""
        inspection = self._page.inspection
        his = sections_of(inspection, self._member.id)
        self.chips.set_choices([(part.id, part.title) for part in his])
        self.chips.set_values([part.id for part in his])
        self.chips.setVisible(bool(his))
        for part in his:
            self.chips.chip(part.id).setToolTip(f"Take {part.title} back")
        rest = [part for part in inspection.form.sections if part not in his]
        self.giver.set_choices([(part.id, self._words(part.id, part.title)) for part in rest])
        self.giver.set_value("")

    def _words(self, section_id: str, title: str) -> str:
        have = [member.place for member in members_of(self._page.inspection, section_id)]
        return f"{title} ({', '.join(have)})" if have else title

    def _give(self, value: object) -> bool:
        if value:
            page, id = self._page, self._page.inspection_id
            page.attempt(lambda: page.workspace.link(id, self._member.id, f"section:{value}"))
        return False  # it goes back to its invitation; the chip shows what was given

    def _give_back(self, section_id: str) -> None:
        page, id = self._page, self._page.inspection_id
        page.attempt(lambda: page.workspace.unlink(id, self._member.id, f"section:{section_id}"))
        self.show_sections()
