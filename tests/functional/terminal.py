"""A person at a terminal: every command goes through the real program."""

import io
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from inspector_app import cli

PASSPHRASE = "a passphrase for tests"


def as_installed() -> dict[str, str]:
    """The environment of a start as a user has one: it may keep its modules compiled."""
    kept = {name: of for name, of in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "INSPECTOR_PASSPHRASE": PASSPHRASE}


@dataclass
class Terminal:
    """Runs commands in this process, as `python -m inspector_app` would."""

    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]
    code: int = 0
    errors: str = ""
    said: list[Any] = field(default_factory=list)

    def run(self, *arguments: object, stdin: str = "", bundle: str | None = None) -> list[Any]:
        """Run one command; keeps its exit code and returns the JSON values it said."""
        self.monkeypatch.setenv(cli.PASSPHRASE, PASSPHRASE)
        self.monkeypatch.delitem(cli._secrets, cli.BUNDLE_PASSPHRASE, raising=False)
        if bundle is not None:
            self.monkeypatch.setenv(cli.BUNDLE_PASSPHRASE, bundle)
        typed = io.TextIOWrapper(io.BytesIO(stdin.encode("utf-8", "surrogatepass")))
        self.monkeypatch.setattr(sys, "stdin", typed)
        self.capsys.readouterr()
        self.code = cli.run([str(part) for part in arguments])
        out, self.errors = self.capsys.readouterr()
        self.said = [json.loads(line) for line in out.splitlines() if line.strip()]
        return self.said

    def done(self, *arguments: object, **options: Any) -> Any:
        """Run a command that must succeed; returns the last thing it said."""
        said = self.run(*arguments, **options)
        assert self.code == 0, (arguments[0], self.code, self.errors, said[-1:])
        return said[-1] if said else None

    def record(self, folder: Path, inspection: str, lines: Iterable[dict[str, Any]]) -> list[Any]:
        """Record lines; refusals are the caller's to look at."""
        text = "\n".join(json.dumps(line) for line in lines)
        return self.run("record", folder, inspection, stdin=text)


@dataclass
class Office:
    """Workspaces of several people who accepted each other's cards."""

    terminal: Terminal
    root: Path

    def person(self, name: str, role: str = "opr-inspector") -> Path:
        folder = self.root / name
        full = f"{name.title()} Sample"
        self.terminal.done("init", folder, "--name", full, "--role", role, "--office", "Test unit")
        self.terminal.done("card", folder, "-o", self.card(folder))
        return folder

    def card(self, folder: Path) -> Path:
        return folder.with_suffix(".card")

    def acquaint(self, *folders: Path) -> None:
        for one in folders:
            for other in folders:
                if one != other:
                    self.terminal.done("accept", one, self.card(other))

    def start(self, folder: Path, *more: object) -> str:
        """The Hamilton County, Indiana, inspection."""
        said = self.terminal.done(
            *("start", folder, "--state", "IN", "--agency", "Hamilton County Sheriff's Office"),
            *("--model", "JEM", "--kind", "inspection"),
            *("--first-day", "2026-03-10", "--last-day", "2026-03-12"),
            *("--zone", "America/Indiana/Indianapolis", *more),
        )
        return str(said["inspection"])

    def bundle(self, folder: Path, *to: Path, name: str = "hand-over") -> Path:
        out = folder.with_suffix(f".{name}.inspection")
        cards = [part for other in to for part in ("--to", self.card(other))]
        self.terminal.done("bundle", folder, "-o", out, *cards)
        return out

    def merge(self, folder: Path, bundle: Path) -> Any:
        return self.terminal.done("merge", folder, bundle)

    def digest(self, folder: Path) -> str:
        return str(self.terminal.done("digest", folder)["digest"])

    def shown(self, folder: Path, inspection: str) -> dict[str, Any]:
        shown: dict[str, Any] = self.terminal.done("show", folder, inspection)
        return shown
