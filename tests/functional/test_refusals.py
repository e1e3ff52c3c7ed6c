"""Bad input at the command line: a clear sentence, the promised exit code, and nothing changed."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.functional.terminal import Office

SENTENCE = re.compile(r"[A-Z“].{15,}[.?”]")
LINES: dict[str, tuple[dict[str, Any], int]] = {
    "an unknown item": ({"verb": "answer", "item": "j-999", "result": "met"}, 2),
    "an item that is no text": ({"verb": "answer", "item": ["j-70"], "result": "met"}, 2),
    "no item": ({"verb": "answer", "result": "met"}, 2),
    "a result that is none": ({"verb": "answer", "item": "j-70", "result": "maybe"}, 2),
    "a result that is a number": ({"verb": "answer", "item": "j-70", "result": 1}, 2),
    "a note that is a list": ({"verb": "answer", "item": "j-70", "note": ["a"]}, 2),
    "a note that is true": ({"verb": "answer", "item": "j-70", "note": True}, 2),
    "an unknown field": ({"verb": "answer", "item": "j-70", "colour": "red"}, 2),
    "words for the history": ({"verb": "answer", "item": "j-70", "words": "undo"}, 2),
    "a gesture of one's own": ({"verb": "answer", "item": "j-70", "gesture": "g~1"}, 2),
    "an id where none belongs": ({"verb": "answer", "item": "j-70", "id": "x"}, 2),
    "a record where none belongs": ({"verb": "answer", "item": "j-70", "record": "x"}, 2),
    "the program's own word": ({"verb": "answer", "item": "j-70", "self": "x"}, 2),
    "an unknown verb": ({"verb": "forget"}, 2),
    "a verb that is no text": ({"verb": 7}, 2),
    "no verb": ({"item": "j-70"}, 2),
    "an unknown area": ({"verb": "observation", "area": "moon", "text": "x"}, 2),
    "an id with a path": ({"verb": "observation", "id": "../../x", "text": "x"}, 2),
    "a moment that is none": ({"verb": "observation", "held": "yesterday"}, 2),
    "a moment in the year 9999": ({"verb": "observation", "held": "9999-99-99T00:00:00Z"}, 2),
    "a negative frame": ({"verb": "document-review", "frame": -1}, 2),
    "a frame beyond counting": ({"verb": "document-review", "frame": 10**30}, 2),
    "a frame that is a text": ({"verb": "document-review", "frame": "212"}, 2),
    "a file of no review": ({"verb": "sampled-file", "review": "document-review:x"}, 2),
    "an unknown type": ({"verb": "finding", "type": "D33"}, 2),
    "an unknown party": ({"verb": "finding", "title": "x", "parties": ["sheriff"]}, 2),
    "parties that are a number": ({"verb": "finding", "title": "x", "parties": 5}, 2),
    "evidence that is not there": ({"verb": "finding", "evidence": ["photo:x"]}, 2),
    "evidence that is a text": ({"verb": "finding", "title": "x", "evidence": "photo:x"}, 2),
    "a deficiency without authority": ({"verb": "finding", "class": "deficiency"}, 3),
    "a link to nothing": ({"verb": "link", "from": "photo:x", "to": "photo:y"}, 2),
    "a removal of nothing": ({"verb": "remove", "record": "answer:j-70"}, 2),
    "a part that is none": ({"verb": "sign-off", "part": "section:moon"}, 2),
    "what an inspection is": (
        {"verb": "set", "record": "about:log", "field": "practice", "value": True},
        2,
    ),
    "a number with a point": (
        {"verb": "set", "record": "visit:self", "field": "facility", "value": 0.5},
        2,
    ),
    "not a number": ({"verb": "document-review", "frame": float("nan")}, 2),
    "half a character": ({"verb": "answer", "item": "j-70", "note": "\ud800"}, 2),
    "half a character in a name": ({"verb": "answer", "item": "j-70\ud800"}, 2),
    "half a character in a verb": ({"verb": "\ud800"}, 2),
    "a photo of no file": ({"verb": "photo", "path": "/nowhere/x.jpg"}, 2),
    "a photo whose path is a number": ({"verb": "photo", "path": 5}, 2),
}


def test_each_bad_line_is_refused_in_words_and_the_next_is_read(office: Office) -> None:
    folder = office.person("ana")
    inspection = office.start(folder)
    before = office.digest(folder)
    said = office.terminal.record(folder, inspection, [line for line, _ in LINES.values()])
    assert office.terminal.code == 2, office.terminal.errors
    assert len(said) == len(LINES)
    for (name, (_, code)), answer in zip(LINES.items(), said, strict=True):
        assert answer.get("code") == code, (name, answer)
        assert SENTENCE.match(answer["refused"]), (name, answer)
    assert office.digest(folder) == before
    assert len(office.terminal.run("history", folder, inspection)) <= 2  # started, perhaps joined


@pytest.mark.parametrize("text", ["{", "[]", "null", '"x"', "{}", "\x00", "[" * 100_000])
def test_a_line_that_is_no_object_is_refused(office: Office, text: str) -> None:
    folder = office.person("ana")
    inspection = office.start(folder)
    good = json.dumps({"verb": "answer", "item": "j-70", "result": "met"})
    said = office.terminal.run("record", folder, inspection, stdin=f"{text}\n\n{good}\n")
    assert office.terminal.code == 2
    assert [bool(answer.get("change")) for answer in said] == [False, True]
    assert [answer["line"] for answer in said] == [1, 3]


def test_the_code_is_that_of_the_first_refusal(office: Office) -> None:
    folder = office.person("ana")
    inspection = office.start(folder)
    lines = [LINES["a deficiency without authority"][0], LINES["an unknown item"][0]]
    office.terminal.record(folder, inspection, lines)
    assert office.terminal.code == 3


PICTURES = {
    "empty": b"",
    "text": b"no picture at all",
    "cut off": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9",
    "a bomb": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\x7f\xff\xff\xff" * 2 + b"\x08\x02\0\0\0",
    "a page": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
}


def test_an_unreadable_photo_is_refused_and_not_kept(office: Office, picture: Path) -> None:
    folder = office.person("ana")
    inspection = office.start(folder)
    before, lines = office.digest(folder), []
    for name, data in PICTURES.items():
        path = office.root / f"{name}.jpg"
        path.write_bytes(data)
        lines.append({"verb": "photo", "path": str(path)})
    lines += [{"verb": "photo", "path": str(office.root)}]
    lines += [{"verb": "photo", "path": str(picture), "area": "moon"}]
    lines += [{"verb": "photo", "path": str(picture), "record": "photo:x"}]
    said = office.terminal.record(folder, inspection, lines)
    assert office.terminal.code == 2, office.terminal.errors
    assert [answer["code"] for answer in said] == [2] * len(lines)
    assert all(SENTENCE.match(answer["refused"]) for answer in said)
    assert office.digest(folder) == before


def test_a_wrong_passphrase_opens_nothing(office: Office) -> None:
    folder = office.person("ana")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    wrong = office.root / "wrong.txt"
    wrong.write_text("another passphrase\n")
    for command in ("show", "digest", "verify"):
        office.terminal.run(command, folder, "--passphrase-file", wrong)
        assert (office.terminal.code, office.terminal.said) == (6, [])
        assert SENTENCE.match(office.terminal.errors) and "another" not in office.terminal.errors
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_form_with_ten_faults_tells_all_of_them_with_file_and_line(office: Office) -> None:
    whole = (ROOT / "forms" / "jem-2025.toml").read_text("utf-8").split("\n")
    faults = {
        'kind = "agreement"': 'kind = "agreemnt"',
        'text = "not-held"': 'text = "lost"',
        "in_force_from = 2010-12-07": 'in_force_from = "then"',
        'verify = "desk"': 'verify = "dask"',
        'certainty = "seed"': 'certainty = "sure"',
        'evidence = ["read"]': 'evidence = ["heard"]',
        'shown_when = { item = "j-01", result = ["not-met"] }': (
            'shown_when = { item = "j-0l", result = ["not-met"] }'
        ),
        'shown_when = { item = "j-17", result = ["not-met"] }': (
            'shown_when = { item = "j-17", result = ["no"] }'
        ),
        'id = "j-53"': 'id = "J 53"',
        "seen_to = 2025-03-17": "seen_to = 2024-03-17",
    }
    places = []
    for right, wrong in faults.items():
        at = whole.index(right)
        whole[at] = wrong
        places.append(f"ten.toml:{at + 1}: ")
    path = office.root / "ten.toml"
    path.write_text("\n".join(whole), "utf-8")
    office.terminal.run("forms", "check", path)
    assert office.terminal.code == 2
    told = office.terminal.errors.splitlines()
    assert [place for place in places if not any(line.startswith(place) for line in told)] == []
    assert len(told) == 1 + len(faults), told


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("show", "nowhere"), 2),
        (("forms", "show", "jem-1999"), 2),
        (("forms", "check", "nowhere.toml"), 2),
        (("verify", "nowhere.inspection"), 2),
        (("nonsense",), 2),
        (("start", "x"), 2),
    ],
)
def test_what_is_not_there_is_said(
    office: Office, arguments: tuple[str, ...], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office.root)
    office.terminal.run(*arguments)
    assert office.terminal.code == code
    assert office.terminal.errors.strip()
    assert list(office.root.iterdir()) == []


def test_a_name_with_half_a_character_is_refused_like_any_other(office: Office) -> None:
    office.terminal.run("forms", "show", "jem\udcff")
    assert office.terminal.code == 2
    assert "There is no form" in office.terminal.errors
