"""Bad input: a clear sentence, the promised exit code, and nothing changed."""

from pathlib import Path

import pytest

from inspector_app import cli
from tests.functional.terminal import Office

BAD_PICTURES = {
    "empty": b"",
    "html": b"<html><body>not a picture</body></html>",
    "cut": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01",
}
BAD_LINES = [
    {"verb": "answer", "item": "j-999", "result": "met"},
    {"verb": "answer", "item": "j-70", "result": "yes"},
    {"verb": "answer", "item": "j-70", "note": 7},
    {"verb": "answer", "item": "j-70", "recommendation": "do better"},
    {"verb": "answer"},
    {"verb": "arrest", "item": "j-70"},
    {"verb": "finding", "class": "deficiency", "title": "without an authority"},
    {"verb": "finding", "recommendation": "train them"},
    {"verb": "link", "from": "finding:nowhere", "to": "answer:j-70"},
    {"verb": "remove", "record": "photo:nowhere"},
    {"verb": "set", "record": "about:log", "field": "practice", "value": False},
    {"verb": "sampled-file", "review": "document-review:nowhere", "file": "1"},
    {"verb": "interview", "role": "astronaut"},
    {"verb": "observation", "held": "yesterday"},
    {"verb": "photo", "path": "/nowhere/at/all.jpg"},
]


def test_every_bad_line_is_refused_and_the_next_one_goes_on(office: Office) -> None:
    folder = office.person("ana")
    inspection = office.start(folder)
    before = office.digest(folder)
    said = office.terminal.record(folder, inspection, BAD_LINES)
    assert [line["code"] for line in said] == [
        3 if line.get("class") == "deficiency" else 2 for line in BAD_LINES
    ]
    assert all(line["refused"].endswith((".", "?")) for line in said)
    assert office.terminal.code == 2
    assert office.digest(folder) == before
    good = {"verb": "answer", "item": "j-70", "result": "met"}
    said = office.terminal.record(folder, inspection, [BAD_LINES[0], good])
    assert said[1]["change"]


@pytest.mark.parametrize("kind", BAD_PICTURES)
def test_an_unreadable_photo_is_refused_in_one_sentence(
    office: Office, tmp_path: Path, kind: str
) -> None:
    folder = office.person("ana")
    inspection = office.start(folder)
    picture = tmp_path / "picture.jpg"
    picture.write_bytes(BAD_PICTURES[kind])
    before = office.digest(folder)
    [said] = office.terminal.record(folder, inspection, [{"verb": "photo", "path": str(picture)}])
    assert said["code"] == 2 and "picture.jpg" not in said["refused"]
    assert office.digest(folder) == before


def test_a_wrong_passphrase_has_a_code_of_its_own(office: Office, tmp_path: Path) -> None:
    folder = office.person("ana")
    wrong = tmp_path / "wrong"
    wrong.write_text("not the passphrase\n")
    office.terminal.run("digest", folder, "--passphrase-file", wrong)
    assert office.terminal.code == 6 and office.terminal.errors.count("\n") == 1
    office.terminal.run("digest", tmp_path / "nowhere")
    assert office.terminal.code == 2


def test_an_agreement_without_a_checklist_is_refused_by_its_revision(office: Office) -> None:
    folder = office.person("rita", "field-supervisor")
    office.terminal.run(
        *("start", folder, "--state", "FL", "--agency", "Hamilton County Sheriff's Office"),
        *("--model", "WSO", "--kind", "oversight-review"),
        *("--first-day", "2026-03-10", "--last-day", "2026-03-10"),
    )
    assert office.terminal.code == 2 and "2019" in office.terminal.errors
    office.terminal.run(
        *("start", folder, "--agency", "Hamilton County Sheriff's Office", "--model", "JEM"),
        *("--kind", "inspection", "--first-day", "2026-03-10", "--last-day", "2026-03-10"),
    )
    assert "Indiana" in office.terminal.errors and "Tennessee" in office.terminal.errors


def test_secrets_leave_the_environment_before_anything_else(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    office.terminal.run("forms", "list", bundle="a secret of a bundle")
    assert cli.PASSPHRASE not in os.environ and cli.BUNDLE_PASSPHRASE not in os.environ


def test_a_bug_report_holds_no_text_of_the_case(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("canary 4417 Officer B-2")

    folder = office.person("ana")
    monkeypatch.setattr("inspector_app.workspace.Workspace.digest", broken)
    office.terminal.run("digest", folder)
    assert office.terminal.code == 1
    assert "canary" not in office.terminal.errors and "RuntimeError" in office.terminal.errors
