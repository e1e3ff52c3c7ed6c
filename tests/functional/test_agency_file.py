"""An agency's file at the terminal: a complaint from its first hour to what is late."""

from pathlib import Path

import pytest

from tests.functional.terminal import Office, Terminal

AGENCY = ("--state", "IN", "--agency", "Hamilton County Sheriff's Office")


@pytest.fixture
def folder(office: Office) -> Path:
    return office.person("ana", "field-supervisor")


def test_a_complaint_from_its_first_hour_to_what_is_late(terminal: Terminal, folder: Path) -> None:
    made = terminal.done("agency-file", "start", folder, *AGENCY)
    id = made["agency_file"][:10]
    said = ("--channel", "agency", "--about", "force", "--designated", "--related")
    times = ("--learned", "2026-03-13 17:00", "--told", "2026-03-18 09:00")
    first = terminal.done("agency-file", "complaint", folder, id, *said, *times)
    number = first["number"]
    terminal.done("agency-file", "complaint", folder, id, number, "--serious", "egregious")
    terminal.done("agency-file", "pass-on", folder, id, number, "jic", "2026-03-20")
    note = ("--complaint", number.lower(), "--received", "2026-04-02")
    noted = terminal.done("agency-file", "notification", folder, id, *note)["number"]
    terminal.done("agency-file", "meeting", folder, id, "--type", "annual", "--held", "2026-01-10")
    late = terminal.run("agency-file", "late", folder)
    assert [each["type"] for each in late] == ["D02", "D12", "D12"]
    shown = terminal.done("agency-file", "show", folder, id)
    [complaint] = shown["complaints"]
    assert complaint["next"] == ["oig"] and complaint["clocks"][0]["verdict"] == "late"
    assert shown["notifications"][0]["on_record"] is False
    [listed] = terminal.run("agency-file", "list", folder)
    assert (listed["complaints"], listed["late"], listed["without_record"]) == (1, 1, 1)
    terminal.done("undo", folder, id)
    assert terminal.done("agency-file", "show", folder, id)["meetings"] == []
    terminal.done("agency-file", "remove", folder, id, noted)
    assert terminal.done("history", folder, id, "--record", complaint["record"])


BAD = (
    (("complaint", "{id}", "--learned", "2026-03-13"), "must read like"),
    (("complaint", "{id}", "--learned", "2026-03-08 02:30"), "does not exist"),
    (("complaint", "{id}", "C-9", "--about", "force"), "nothing numbered C-9"),
    (("complaint", "{id}"), "Nothing was given"),
    (("complaint", "{id}", "--clear", "name"), "no field"),
    (("meeting", "{id}", "--held", "soon"), "must be a day"),
    (("show", "ffff"), "no agency's file"),
    (("start", *AGENCY), "already"),
    (("start", "--state", "IN", "--agency", "Nowhere"), "no agency of this name"),
)


def test_bad_input_gets_one_sentence_and_changes_nothing(terminal: Terminal, folder: Path) -> None:
    id = terminal.done("agency-file", "start", folder, *AGENCY)["agency_file"]
    before = terminal.done("digest", folder)
    for arguments, says in BAD:
        command, *rest = (part.format(id=id) for part in arguments)
        terminal.run("agency-file", command, folder, *rest)
        assert terminal.code == 2 and says in terminal.errors
    assert terminal.done("digest", folder) == before
