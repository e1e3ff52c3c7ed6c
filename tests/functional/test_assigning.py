"""Assignment, legal hold, planned backups and keys, as a person at a terminal does them."""

from pathlib import Path

from tests.functional.terminal import Office


def test_an_office_assigns_and_the_inspector_has_it(office: Office, tmp_path: Path) -> None:
    desk, ana = office.person("desk"), office.person("ana")
    office.acquaint(desk, ana)
    inspection = office.start(desk)
    card, out = tmp_path / "ana-again.card", tmp_path / "assignment.inspection"
    office.terminal.done("card", ana, "-o", card)
    made = office.terminal.done(
        *("assign", desk, inspection, "-o", out, "--to", card, "--instructions", "Begin early.")
    )
    assert made["contents"]["roster"] is False and made["free"]
    preview = office.terminal.done("preview", ana, out)
    assert preview["logs"][0]["assignment"]["instructions"] == "Begin early."
    assert preview["brings_names"] == 0
    office.terminal.done("merge", ana, out)
    members = office.shown(ana, inspection)["records"]["member"]
    assert [m["lead"] for m in members.values()] == [True]


def test_a_hold_refuses_a_removal_with_3(office: Office, tmp_path: Path) -> None:
    ana = office.person("ana")
    inspection = office.start(ana)
    (tmp_path / "stick").mkdir()
    office.terminal.done("backup-plan", ana, "-o", tmp_path / "stick", "--days", "7", "--run")
    assert not office.terminal.done("backup-plan", ana)["due"]
    held = office.terminal.done("retention", ana, inspection, "--hold", "a request for records")
    assert held["hold"] and held["class"] == "do not destroy"
    office.terminal.run("remove", ana, inspection, "--held-by", tmp_path / "stick")
    assert office.terminal.code == 3 and "legal hold" in office.terminal.errors
    office.terminal.run("retention", ana, inspection, "--release", " ")
    assert office.terminal.code == 2
