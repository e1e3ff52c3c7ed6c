"""At a terminal: a laptop is stolen, its key revoked, one change admitted, the card replaced."""

from pathlib import Path

from inspector_app.admission import REVOKED
from tests.functional.terminal import Office

_WHY = ("--reason", "the laptop was stolen")


def _answer(office: Office, folder: Path, inspection: str, item: str, note: str) -> None:
    line = {"verb": "answer", "item": item, "result": "met", "note": note}
    [said] = office.terminal.record(folder, inspection, [line])
    assert office.terminal.code == 0, said


def test_a_stolen_laptop_from_revoking_to_the_new_card(office: Office) -> None:
    ana, rita = office.person("ana"), office.person("rita", "opr-reviewer")
    office.acquaint(ana, rita)
    inspection = office.start(ana)
    office.merge(rita, office.bundle(ana, rita))
    said = office.terminal.done("revoke", rita, "Ana Sample", *_WHY)
    assert said["revoked"] and said["reason"] == _WHY[1]

    _answer(office, ana, inspection, "j-83", "on the evening before")
    late = office.bundle(ana, rita, name="late")
    [log] = office.terminal.done("preview", rita, late)["logs"]
    assert [(c["by"], c["why"]) for c in log["left"]] == [("Ana Sample", REVOKED)]
    assert office.merge(rita, late)["refused"] == 1
    change = log["left"][0]["change"]
    office.terminal.done("admit", rita, late, change, "--reason", "she read it out by telephone")
    assert office.merge(rita, late)["new"] == 1

    new = office.person("new")
    why = ("--replaces", said["key"][:12], *_WHY)
    accepted = office.terminal.done("accept", rita, office.card(new), *why)
    shown = office.terminal.done("show", rita)
    assert [p["words"] for p in shown["contacts"]] == [accepted["words"]]
    [old] = shown["revoked"]
    assert old["key"] == said["key"] and old["successor"]
