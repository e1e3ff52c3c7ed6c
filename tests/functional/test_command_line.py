"""What other programs rely on: JSON out, secrets in, the verbs and their schema."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from inspector_app import cli, playing
from inspector_app.cli import loading
from inspector_app.locking import lock_folder
from tests.conftest import ROOT
from tests.functional.terminal import PASSPHRASE, Office, Terminal

SAMPLES = sorted((ROOT / "resources" / "sample").glob("*.jsonl"))
KINDS = {"string": str, "boolean": bool, "array": list, "object": dict, "null": type(None)}


# -- the schema of the lines -------------------------------------------------------------------


def _faults(schema: dict[str, Any], value: Any) -> Iterator[str]:
    """What a line does that its schema does not allow; as much of JSON Schema as is used here."""
    if "const" in schema and value != schema["const"]:
        yield "const"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{value} is none of {schema['enum']}"
    if "anyOf" in schema and all(list(_faults(way, value)) for way in schema["anyOf"]):
        yield f"{value} fits none"
    kind = schema.get("type")
    if kind == "integer" and (not isinstance(value, int) or isinstance(value, bool)):
        yield f"{value} is no whole number"
    if kind in KINDS and not isinstance(value, KINDS[kind]):
        yield f"{value} is no {kind}"
    if isinstance(value, dict):
        yield from _object_faults(schema, value)
    if isinstance(value, list):
        for part in value:
            yield from _faults(schema.get("items", {}), part)


def _object_faults(schema: dict[str, Any], value: dict[str, Any]) -> Iterator[str]:
    yield from (f"no {name}" for name in schema.get("required", []) if name not in value)
    more = schema.get("additionalProperties", True)
    for name, part in value.items():
        if name in schema.get("properties", {}):
            yield from _faults(schema["properties"][name], part)
        elif more is False:
            yield f"no field {name}"
        elif isinstance(more, dict):
            yield from _faults(more, part)


@pytest.fixture
def schema(terminal: Terminal) -> dict[str, dict[str, Any]]:
    """The schema of each verb, as the command prints it."""
    ways = terminal.done("schema")["oneOf"]
    return {way["properties"]["verb"]["const"]: way for way in ways}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_line_of_the_samples_is_as_the_schema_says(
    schema: dict[str, dict[str, Any]], path: Path
) -> None:
    for number, text in enumerate(path.read_text("utf-8").splitlines(), 1):
        line = json.loads(text)
        faults = list(_faults(schema[line["verb"]], line))
        assert faults == [], f"{path.name}:{number}"


def test_the_schema_names_every_verb_and_no_other(schema: dict[str, dict[str, Any]]) -> None:
    assert set(schema) == set(playing.VERBS)


@pytest.mark.parametrize(
    "line",
    [
        {"verb": "answer", "result": "met"},
        {"verb": "answer", "item": "j-70", "result": "maybe"},
        {"verb": "answer", "item": "j-70", "colour": "red"},
        {"verb": "finding", "parties": ["sheriff"]},
        {"verb": "document-review", "frame": "212"},
    ],
)
def test_the_schema_refuses_what_the_program_refuses(
    schema: dict[str, dict[str, Any]], line: dict[str, Any]
) -> None:
    assert list(_faults(schema[line["verb"]], line)) != []


# -- secrets -----------------------------------------------------------------------------------


def test_secrets_leave_the_environment_at_start(terminal: Terminal) -> None:
    terminal.done("forms", "list", bundle="a passphrase for the team")
    assert cli.PASSPHRASE not in os.environ and cli.BUNDLE_PASSPHRASE not in os.environ


def _options(command: click.Command, name: str) -> Iterator[tuple[str, str]]:
    for parameter in command.params:
        yield from ((name, option) for option in (*parameter.opts, *parameter.secondary_opts))
    if isinstance(command, click.Group):
        for inner, part in command.commands.items():
            yield from _options(part, f"{name} {inner}")


def test_no_command_takes_a_secret_as_an_argument() -> None:
    loading.load()
    told = {(name, o) for name, o in _options(cli.main, "inspector-app") if _is_secret(o)}
    assert {option for _, option in told} == {
        *cli.SECRET_FILES,
        "--recovery-key-file",
        "--new-passphrase-file",
    }


def _is_secret(option: str) -> bool:
    return any(word in option for word in ("pass", "secret", "key", "recovery", "pin"))


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("ending", ["", "\n", "\r\n", "\nanother line\n"])
def test_the_first_line_of_a_file_opens_the_workspace(
    office: Office, ending: str, before: bool
) -> None:
    folder = office.person("ana")
    path = office.root / "secret.txt"
    path.write_bytes((PASSPHRASE + ending).encode())
    given = ("--passphrase-file", path)
    command = (*given, "digest", folder) if before else ("digest", folder, *given)
    assert len(office.terminal.done(*command)["digest"]) == 64


def test_no_secret_at_all_is_said_and_how_to_give_one(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = office.person("ana")
    monkeypatch.setattr(cli, "_secrets", {})
    monkeypatch.delenv(cli.PASSPHRASE, raising=False)
    assert cli.run(["digest", str(folder)]) == 2
    assert cli.PASSPHRASE in office.terminal.capsys.readouterr().err


# -- what a start loads --------------------------------------------------------------------------


def _loaded(code: int, *arguments: object) -> set[str]:
    """The modules that one command loads in a process of its own, which ends with this code."""
    program = (
        "import sys; from inspector_app.cli import run; code = run(sys.argv[1:]); "
        "print(); print(*sys.modules); sys.exit(code)"
    )
    command = [sys.executable, "-c", program, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    return set(done.stdout.splitlines()[-1].split())


def test_a_second_start_is_refused_before_anything_is_loaded_that_opens(office: Office) -> None:
    """Without a passphrase: it is neither tried nor asked for."""
    folder = office.person("ana")
    with lock_folder(folder):
        loaded = _loaded(5, "show", folder)
    ours = {"", ".errors", ".crashes", ".paths", ".locking", ".cli", ".cli.loading"}
    assert {name for name in loaded if name.partition(".")[0] == "inspector_app"} == {
        f"inspector_app{name}" for name in ours
    }
    slow = {"pydantic", "PIL", "joserfc", "cryptography", "sqlcipher3", "zoneinfo", "reportlab"}
    assert loaded & (slow | {"PySide6"}) == set()


def test_a_command_loads_no_module_of_other_commands(office: Office) -> None:
    loaded = _loaded(0, "names", "--help")
    commands = {name for name in loaded if name.startswith("inspector_app.cli.")}
    assert commands == {"inspector_app.cli.loading", "inspector_app.cli.naming"}
    assert loaded & {"reportlab", "openpyxl", "pypdfium2", "PIL", "PySide6"} == set()


def test_each_module_adds_the_commands_that_the_table_says() -> None:
    loading.load()
    added = {
        (inner.callback.__module__.removeprefix("inspector_app.cli."), name)
        for name, command in cli.main.commands.items()
        for inner in (*getattr(command, "commands", {}).values(), command)
        if inner.callback
    }
    assert added == {(module, name) for module, names in loading.HOLDS.items() for name in names}


def test_a_mistyped_command_is_told_what_it_is_like(office: Office) -> None:
    office.terminal.run("recrod", office.root)
    assert office.terminal.code == 2 and "'record'" in office.terminal.errors


# -- the commands ------------------------------------------------------------------------------


def test_every_command_says_json_and_nothing_else(office: Office) -> None:
    """`run` parses each line of standard output, so a stray word there fails it."""
    folder = office.person("ana")
    inspection = office.start(folder)
    assert {form["id"] for form in office.terminal.run("forms", "list")} >= {"jem-2025", "wso-2025"}
    form = office.terminal.done("forms", "show", "jem-2025")
    assert all(item["id"] for section in form["sections"] for item in section["items"])
    assert all(said["ok"] for said in office.terminal.run("forms", "check"))
    matches = office.terminal.run("agencies", "list", folder, "--match", "hamilton county")
    assert {row["state"] for row in matches} >= {"IN", "TN"}
    shown = office.terminal.done("show", folder)
    assert [row["inspection"] for row in shown["inspections"]] == [inspection]
    assert office.shown(folder, inspection)["problems"]
    assert office.terminal.done("verify", folder)["not_checked"] == []


def test_an_inspection_may_be_named_by_its_first_letters(office: Office) -> None:
    folder = office.person("ana")
    inspection = office.start(folder)
    assert office.shown(folder, inspection[:8])["inspection"] == inspection
    whole = office.terminal.done("digest", folder, inspection)
    assert office.terminal.done("digest", folder, inspection[:8]) == whole
    for short in (inspection[:3], "", "zzzzzzzz"):
        office.terminal.run("show", folder, short or " ")
        assert office.terminal.code == 2


def test_undo_and_redo_are_further_entries_of_the_history(office: Office) -> None:
    folder = office.person("ana")
    inspection = office.start(folder)
    line = {"verb": "answer", "item": "j-70", "result": "met", "note": "seen"}
    [done] = office.terminal.record(folder, inspection, [line])
    after = office.digest(folder)
    undone = office.terminal.done("undo", folder, inspection)["change"]
    assert "answer" not in office.shown(folder, inspection)["records"]
    redone = office.terminal.done("redo", folder, inspection)["change"]
    assert office.digest(folder) == after
    history = office.terminal.run("history", folder, inspection, "--record", "answer:j-70")
    assert [entry["change"] for entry in history] == [done["change"], undone, redone]
    assert {entry["by"] for entry in history} == {"Ana Sample"}
    notes = office.terminal.run(
        "history", folder, inspection, "--record", "answer:j-70", "--field", "note"
    )
    assert [entry["edits"][0]["value"] for entry in notes] == ["seen", None, "seen"]
    office.terminal.run("redo", folder, inspection)
    assert office.terminal.code == 3 and "nothing to redo" in office.terminal.errors


def test_the_digest_without_a_log_is_over_the_inspections_alone(office: Office) -> None:
    ana, ben = office.person("ana"), office.person("ben")
    office.start(ana)
    before = office.digest(ana)
    office.terminal.done("accept", ana, office.card(ben))
    assert office.digest(ana) == before
    office.start(ana)
    assert office.digest(ana) != before


def test_a_bundle_without_a_key_says_what_could_not_be_checked(office: Office) -> None:
    ana, ben = office.person("ana"), office.person("ben")
    office.start(ana)
    bundle = office.bundle(ana, ben)
    outside = office.terminal.done("verify", bundle)
    assert outside["checked"] and {"the sender", "every change"} <= set(outside["not_checked"])
    inside = office.terminal.done("verify", bundle, "--with", ben)
    assert inside["not_checked"] == [] and inside["changes"] == 1


def test_a_name_that_fits_several_agencies_is_refused_with_the_list(office: Office) -> None:
    folder = office.person("ana")
    days = ("--first-day", "2026-03-10", "--last-day", "2026-03-12")
    office.terminal.run(
        *("start", folder, "--agency", "Hamilton County Sheriff's Office", "--model", "JEM"),
        *("--kind", "inspection", *days),
    )
    assert office.terminal.code == 2
    assert "IN" in office.terminal.errors and "TN" in office.terminal.errors
    assert office.terminal.done("show", folder)["inspections"] == []


def test_practice_is_shown_and_cannot_be_taken_away(office: Office) -> None:
    folder = office.person("ana")
    inspection = office.start(folder, "--practice")
    line = {"verb": "set", "record": "about:log", "field": "practice", "value": False}
    office.terminal.record(folder, inspection, [line])
    assert office.terminal.code == 2
    assert office.shown(folder, inspection)["practice"] is True
