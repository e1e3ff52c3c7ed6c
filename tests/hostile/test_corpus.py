"""S2: each class of hostile bundle once per layer, through the command line, within limits.

A refused bundle gets one sentence; the digest stays, nothing lies beside the store, and neither
time nor memory goes above what is promised.
"""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from inspector_app import identity
from inspector_app.workspace import Workspace
from tests.conftest import Told
from tests.harness import TORTURE
from tests.hostile import content, inside
from tests.hostile.child import ENDED_BADLY
from tests.hostile.files import NAMED_FILES
from tests.hostile.maker import Maker
from tests.hostile.outside import FILES, LETTERS, Case
from tests.test_workspace import PASSPHRASE, _start

SECONDS, MEMORY = 5, 400 * 1000 * 1000
"""What S2 promises for each command."""

CANARY = "Zebrafinch 7741 in cell four"
LAYERS = {"file": FILES, "letter": LETTERS, "store": inside.STORES, "body": inside.BODIES}
IN_TEST = 2
NAMED = (
    "accept W F", "agencies import W F", "agreement W I F", "bundle W --to F -o O", "digest D",
    "escrow W F", "forms check F", "forms import F -o O", "forms show F", "keep-signed W I F",
    "merge W F", "preview W F", "restore D -o O", "roster check F", "unpack F --with W -o O",
    "verify F", "verify F --with W",
)  # fmt: skip
"""Commands on a file: F a pipe that nobody writes to, D a folder whose keys.json leads to it."""


@dataclass
class Reader:
    """Marcus at his terminal, whose every command runs in a process of its own with limits."""

    process: subprocess.Popen[str]
    root: Path
    worst: dict[str, tuple[float, str]]
    before: tuple[Any, set[str]] | None = None

    def run(self, *arguments: object) -> tuple[int, list[Any], str]:
        """A command's exit code, what it said and its errors; within the limits."""
        out, err = self.root / "out", self.root / "err"
        words = [str(part) for part in arguments]
        request = {"arguments": words, "out": str(out), "err": str(err)}
        assert self.process.stdin and self.process.stdout
        print(json.dumps(request), file=self.process.stdin, flush=True)
        ended = json.loads(self.process.stdout.readline())
        errors = err.read_text("utf-8", "replace")
        for what, most in (("seconds", SECONDS), ("memory", MEMORY)):
            self.worst[what] = max(self.worst.get(what, (0.0, "")), (ended[what], words[0]))
            assert ended[what] <= most, (what, ended, words, errors[-500:])
        said = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
        assert ended["code"] not in (1, ENDED_BADLY), (words, errors)
        return ended["code"], said, errors

    @property
    def folder(self) -> Path:
        return self.root / "marcus"

    def state(self) -> tuple[Any, set[str]]:
        """The digest, and what lies in the folder and beside it."""
        code, said, errors = self.run("digest", self.folder)
        assert code == 0, errors
        beside = {str(path.relative_to(self.root)) for path in self.root.rglob("*")}
        return said, beside

    def refuses(self, path: Path, codes: set[int]) -> None:
        """Neither a preview nor a merge of it changes anything, and both say so in a sentence."""
        before = self.before or self.state()
        for command in ("preview", "merge") if TORTURE else ("merge",):
            code, _, errors = self.run(command, self.folder, path)
            shown = command == "preview" and codes == {3} and code == 0
            assert code in codes or shown, (command, code, errors)
            assert shown or _is_a_sentence(errors), errors
        self.before = self.state()
        assert self.before == before


def _is_a_sentence(errors: str) -> bool:
    text = errors.strip()
    return text.endswith(".") and len(text) < 600 and "Traceback" not in text


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    root = tmp_path_factory.mktemp("reader")
    command = [sys.executable, "-m", "tests.hostile.child"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        found = Reader(process, root, {})
        yield found
        assert process.stdin
        process.stdin.close()


@pytest.fixture(scope="module")
def hostile(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Maker:
    """Ana and Marcus accepted each other, and Marcus merged her inspection once."""
    made = tmp_path_factory.mktemp("made")
    ana, marcus = (
        Workspace.create(folder, name, "opr-inspector", "Test unit", PASSPHRASE)[0]
        for folder, name in ((made / "ana", "Ana Sample"), (reader.folder, "Marcus Example"))
    )
    ana.accept(marcus.card())
    marcus.accept(ana.card())
    log, card = _start(ana), identity.read_card(marcus.card())
    ana.put(log, "answer:j-70", result="not-met", note=CANARY)
    ana.bundle([log], made / "first.inspection", to=[card])
    marcus.merge(made / "first.inspection")
    [tip] = ana.desk.log(log).heads()[ana.key]
    maker = Maker(ana.desk.keys, ana.card(), card, log, tip, made, random.Random(287))
    ana.close()
    marcus.close()
    return maker


@pytest.fixture(autouse=True)
def _own_folder(hostile: Maker, tmp_path: Path) -> Iterator[None]:
    hostile.folder = tmp_path
    yield
    shutil.rmtree(tmp_path, ignore_errors=True)


def _chosen() -> list[Any]:
    """All of them in torture; in `make test` a few of each layer."""
    chosen = []
    for layer, cases in LAYERS.items():
        names = sorted(cases)
        if not TORTURE:
            names = random.Random(layer).sample(names, IN_TEST)
        chosen += [pytest.param(*cases[name], id=f"{layer}: {name}") for name in names]
    return chosen


@pytest.mark.parametrize(("make", "codes"), _chosen())
def test_a_hostile_bundle_is_refused(
    reader: Reader, hostile: Maker, make: Case, codes: set[int]
) -> None:
    reader.refuses(make(hostile), codes)


def _harmless() -> list[Any]:
    cases = {**content.HARMLESS, **{f"store: {n}": c for n, c in inside.HARMLESS_STORES.items()}}
    chosen = sorted(cases) if TORTURE else random.Random("harmless").sample(sorted(cases), 1)
    return [pytest.param(cases[name], id=name) for name in chosen]


@pytest.mark.parametrize("make", _harmless())
def test_what_a_colleague_signed_does_no_harm(
    reader: Reader, hostile: Maker, make: Case, tmp_path: Path
) -> None:
    """It comes in or not; either way everything else works on, and says what it says in words."""
    path, kept = make(hostile), tmp_path / "kept"
    shutil.copytree(reader.folder, kept)
    code, _, errors = reader.run("merge", kept, path)
    assert code == 0 or _is_a_sentence(errors), errors
    merged = [entry["inspection"] for entry in reader.run("show", kept)[1] if "inspection" in entry]
    for log in {hostile.log, *merged}:
        for command in (
            ("show",),
            ("history",),
            ("tables", "-o", tmp_path / f"{log}.xlsx"),
            ("search",),
        ):
            name, *more = command
            words = (kept, "wall") if name == "search" else (kept, log, *more)
            _, _, errors = reader.run(name, *words)
            assert not errors.strip() or _is_a_sentence(errors), (name, errors)
        is_short = len(reader.run("history", kept, log)[1]) < 1_000  # each has lines of its own
        for report in ("inspection", "custody") if is_short else ():
            reader.run("report", kept, log, report, "-o", tmp_path / f"{log}.pdf")
    assert reader.run("verify", kept)[0] == 0
    assert not list(kept.glob(".incoming*"))


def _commands_on_files() -> list[str]:
    return sorted(NAMED) if TORTURE else random.Random("files").sample(sorted(NAMED), 2)


@pytest.mark.parametrize("line", _commands_on_files())
def test_a_pipe_in_place_of_a_file_is_refused_at_once(
    reader: Reader, hostile: Maker, tmp_path: Path, line: str
) -> None:
    pipe, out = tmp_path / "pipe", tmp_path / "out"
    os.mkfifo(pipe)
    (tmp_path / "keys.json").symlink_to(pipe)
    places = {"F": pipe, "O": out, "W": reader.folder, "I": hostile.log, "D": tmp_path}
    code, _, errors = reader.run(*(places.get(word, word) for word in line.split()))
    assert code in (2, 8) and _is_a_sentence(errors), errors
    assert not out.exists()


def _files() -> list[str]:
    return sorted(NAMED_FILES) if TORTURE else random.Random("file").sample(sorted(NAMED_FILES), 2)


@pytest.mark.parametrize("name", _files())
def test_a_file_built_to_keep_a_command_busy_is_refused(
    reader: Reader, hostile: Maker, tmp_path: Path, name: str
) -> None:
    line, make = NAMED_FILES[name]
    file, out, before = tmp_path / "file.toml", tmp_path / "out", reader.state()
    file.write_bytes(make())
    places = {"F": file, "O": out, "W": reader.folder, "I": hostile.log}
    code, _, errors = reader.run(*(places.get(word, word) for word in line.split()))
    assert code == 2 and "Traceback" not in errors and len(errors) < 200_000, errors
    assert not out.exists() and reader.state() == before


def test_none_of_them_took_more_than_it_may(reader: Reader, told: Told) -> None:
    """The last of this file: `run` held each of them to it."""
    seconds, memory = reader.worst["seconds"], reader.worst["memory"]
    assert seconds[0] <= SECONDS and memory[0] <= MEMORY
    told(
        f"{len(_chosen())} hostile bundles refused, {len(_harmless())} harmless: at worst "
        f"{seconds[0]:.1f} s ({seconds[1]}) and {memory[0] / 1e6:.0f} MB ({memory[1]})"
    )
