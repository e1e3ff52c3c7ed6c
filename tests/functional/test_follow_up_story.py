"""Three visits and two offices, through bundles alone: inspection, plan, focus review, closeout.

OPR (Ana) inspects and verifies, ERO headquarters plans and closes; nothing but files passes.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from inspector_app.identity import read_card
from inspector_app.inspection import following as rules
from inspector_app.records import Closeout, EarlierFinding, Finding
from inspector_app.store.arrivals import arrived_with
from inspector_app.workspace import Workspace, following, program
from inspector_app.workspace.due_dates import calendar_file
from tests.functional.terminal import Office
from tests.reports.reading import whole_text
from tests.test_workspace import _start

SECRET = "a passphrase for tests"
TITLES = ("Poster missing", "Courses late", "Stamps for signatures", "No log of devices")
ITEMS = ("j-82", "j-70", "j-74", "j-59")


class Story:
    """Two offices and the folder through which their bundles pass."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._sent = folder, 0
        self._came: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        self.ana = self._person("ana", "opr-inspector")
        self.ero = self._person("ero", "ero-headquarters")
        self.ana.accept(self.ero.card())
        self.ero.accept(self.ana.card())

    def _person(self, name: str, role: str) -> Workspace:
        full = f"{name.title()} Sample"
        return Workspace.create(self.folder / name, full, role, "Unit", SECRET)[0]

    def send(self, sender: Workspace) -> None:
        """All that the sender has, as a file, into the other office."""
        self._sent += 1
        other = self.ero if sender is self.ana else self.ana
        path = self.folder / f"{self._sent}.inspection"
        sender.bundle(sender.inspection_ids(), path, to=[read_card(other.card())])
        self._came[other.key].update(arrived_with(other.desk.store, other.merge(path).file))

    def strange(self, who: Workspace) -> set[tuple[str, str]]:
        """Changes by the other person that no bundle brought."""
        logs = {id: who.inspection(id).log for id in who.inspection_ids()}
        theirs = {
            (id, change.id)
            for id, log in logs.items()
            for change in log.changes.values()
            if change.author != who.key
        }
        return theirs ^ self._came[who.key]

    def find(self, inspection: str, n: int) -> None:
        given = {"title": TITLES[n], "type": "A01", "condition": f"{n + 2} of 11 lack it."}
        given |= {"effect": "Duties lapse.", "verify": "site" if n == 0 else "desk"}
        self.ana.put(inspection, f"finding:f{n}", item=ITEMS[n], **given)
        self.ana.put(inspection, f"finding:f{n}", class_="area-of-concern")

    def test(self, review: str, finding: str, result: str) -> None:
        record = following.copy_record(following.followed(self.ana.inspection(review)), finding)
        self.ana.put(review, record, result=result, now="15 later files were read.")

    def plan(self, inspection: str, n: int, **fields: Any) -> None:
        following.plan(self.ero, inspection, f"finding:f{n}", **fields)

    def open_for(self, who: Workspace, inspection: str) -> list[str]:
        return following.in_the_way(who, inspection)


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    made = Story(tmp_path)
    yield made
    made.ana.close()
    made.ero.close()


def test_s21_to_s23_an_inspection_is_followed_to_its_closeout(story: Story) -> None:
    ana, ero = story.ana, story.ero

    # the first visit: three findings, then a fourth, and ERO hears of it
    first = _start(ana)
    for n in range(3):
        story.find(first, n)
    assert not ana.inspection(first).focus_review().flagged
    story.find(first, 3)
    assert ana.inspection(first).focus_review().due == date(2026, 9, 12)
    story.send(ana)

    # ERO plans; the calendar has the four targets and the review
    planned = {"agrees": "yes", "action": "It is put right.", "owner": "Administrator"}
    for n in range(4):
        story.plan(first, n, target=date(2026, 5, 15), **planned)
    events = Calendar.from_ical(calendar_file(ero, [first])).walk("VEVENT")
    assert len(events) == 5
    assert following.standing(ero, first).startswith("no memo")
    story.send(ero)
    assert rules.plan(ana.inspection(first), date(2026, 5, 20))[0].late == 5

    # the second visit: the focus review, with something untested, then unresolved, then resolved
    review = following.start_focus_review(ana, first, date(2026, 9, 1), date(2026, 9, 2))
    for n in range(3):
        story.test(review, f"finding:f{n}", "resolved")
        story.plan(first, n, done=date(2026, 8, 1), status="accepted")
    story.plan(first, 3, done=date(2026, 8, 1), status="accepted")
    story.send(ana)
    last = ero.inspection(first).finding_numbers()["finding:f3"]
    assert story.open_for(ero, first) == [f"{last}: the focus review has not tested it."]
    story.test(review, "finding:f3", "unresolved")
    story.send(ana)
    assert story.open_for(ero, first) == [f"{last} is unresolved."]
    story.test(review, "finding:f3", "resolved")
    story.send(ana)
    assert story.open_for(ero, first) == []

    # the memo, which OPR gets back, with the papers that anybody can make of the same records
    following.close_out(ero, first, "287(g) Unit, ERO headquarters", "OPR; ERO Chicago")
    story.send(ero)
    assert following.standing(ana, first) == "closed"
    assert ana.digest(first, review) == ero.digest(first, review)
    memo = ana.inspection(first).get(Closeout, rules.CLOSEOUT)
    assert memo and len(memo.results) == 4
    assert "4 of 4 resolved" in whole_text(ana.report_bytes(first, "closeout-memo"))
    assert "0 not tested" in whole_text(ana.report_bytes(review, "focus-review"))

    # the third visit: one finding is there again, and the program says so
    third = _start(ana)
    days = {"first_day": date(2028, 3, 7), "last_day": date(2028, 3, 9)}
    ana.put(third, "visit:self", **days)
    story.find(third, 0)
    found = following.recurrences(ana, third)["finding:f0"]
    assert found.kind == "repeat" and found.before[0].inspection == first
    following.repeats(ana, third, "finding:f0", first, "finding:f0")
    story.send(ana)
    again = ero.inspection(third).get(Finding, "finding:f0")
    assert again and ero.inspection(third).get(EarlierFinding, again.repeats)
    check_fiscal_years(story)
    assert not story.strange(ana) and not story.strange(ero)


def check_fiscal_years(story: Story) -> None:
    """Headquarters, who got nothing but files, counts what happened; so does the other office."""
    counted = program.figures(story.ero, 2028)
    first, third = counted.by_year[2026], counted.by_year[2028]
    assert [len(found) for found in (first.inspected, first.four_or_more, first.closed)] == [1] * 3
    assert counted.open_again(2026) == []
    assert [len(found) for found in (third.inspected, third.closed, third.without_memo)] == [
        1,
        0,
        1,
    ]
    follow = counted.follow_up(2026)
    assert (len(follow.planned), len(follow.held)) == (1, 1)
    assert (follow.concerns.resolved, follow.concerns.of, follow.deficiencies.of) == (4, 4, 0)
    assert counted.table("area-of-concern").cells["A01"] == (0, 0, 4, 0, 1)
    assert counted.digest == program.figures(story.ana, 2028).digest
    printed = whole_text(program.fiscal_year_report(story.ero, 2028)).replace("\u00a0", " ")
    assert "2026 1 1 – 4 of 4 –" in printed and "2026 1 1 – – " in printed
    assert "2028 1 – 1 – " in printed


def test_the_same_at_a_terminal(office: Office, tmp_path: Path) -> None:
    ero = office.person("ero", "ero-headquarters")
    done, terminal = office.terminal.done, office.terminal
    first = office.start(ero, "--reason", "For this test.")
    line = {"verb": "finding", "title": "Poster missing", "condition": "1 of 2.", "effect": "x"}
    terminal.record(ero, first, [line])
    finding = terminal.said[0]["record"]
    value = {"field": "class", "value": "area-of-concern"}
    terminal.record(ero, first, [{"verb": "set", "record": finding, **value}])
    terminal.run("corrective-action", ero, first, "XXX-9", "--action", "Do this.")
    assert terminal.code == 2 and "no such finding" in terminal.errors
    done(
        "corrective-action",
        ero,
        first,
        "GEN-1",
        "--action",
        "It is put up.",
        "--target",
        "2026-05-15",
    )
    done("due", ero, first, "-o", tmp_path / "due.ics")
    assert b"Corrective action GEN-1 due" in (tmp_path / "due.ics").read_bytes()
    terminal.run("close-out", ero, first, "--from", "ERO", "--to", "OPR")
    assert terminal.code != 0 and "GEN-1: its corrective action is late." in terminal.errors
    review = done(
        *("focus-review", ero, first, "--first-day", "2026-09-01", "--reason", "A grave one.")
    )
    done("test-finding", ero, review["inspection"], "GEN-1", "resolved", "--now", "Both are up.")
    done("corrective-action", ero, first, "GEN-1", "--done", "2026-04-30", "--accept")
    assert done("close-out", ero, first, "--from", "ERO", "--to", "OPR")["standing"] == "closed"
    said = done("follow-up", ero, first)
    assert said["open"] == [] and said["findings"][0]["result"] == "resolved"
