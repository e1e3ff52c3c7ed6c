"""Fresh copies of the workspaces in which one command runs, and what must hold after a fault."""

import hashlib
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

from tests.faults.conftest import Before
from tests.faults.machine import Ended, Fault, Machine, lines_to
from tests.functional.terminal import PASSPHRASE

OLD = b"the older file"
NEW_PASSPHRASE = "another passphrase for tests"
WORKSPACE = {"in-use.lock", "keys.json", "workspace.db", "workspace.db-shm", "workspace.db-wal"}
NONE = Fault()
BACKUP = {"backup.inspection", "keys.json", "README.txt"}
EMPTY = hashlib.sha256(b"").hexdigest()
"""The digest of a workspace that shares nothing yet."""
DONE, BAD_INPUT, REFUSED, IN_USE, WRONG_SECRET = 0, 2, 4, 5, 6

WHO = {"merge": "ben", "verify": "older", "init": "new", "restore": "restored"}
"""Whose folder a command works on, unless it is Ana's; some begin with none."""

OUT = {"report": "file.pdf", "restore": "../restored", "package": "file.zip"}
OVER_AN_OLDER = ("bundle", "report", "package", "assign")


@dataclass
class Place:
    """A fresh copy of the workspaces, in which one command runs."""

    root: Path
    before: Before
    machine: Machine
    command: str
    secret: str = PASSPHRASE

    @classmethod
    def fresh(cls, root: Path, before: Before, machine: Machine, command: str) -> "Place":
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir()
        place = cls(root, before, machine, command)
        if (before.root / place.who.name).is_dir():
            shutil.copytree(before.root / place.who.name, place.who)
        (root / "out").mkdir()
        if command in OVER_AN_OLDER:
            place.out.write_bytes(OLD)
        return place

    @property
    def who(self) -> Path:
        return self.root / WHO.get(self.command, "ana")

    @property
    def out(self) -> Path:
        return self.root / "out" / OUT.get(self.command, "file")

    def run(self, fault: Fault = NONE, log: Path | None = None) -> Ended:
        """The command, with this fault; its calls written down where somebody asks."""
        word = {"verb": "answer", "item": "j-71"}
        notes = [{**word, "note": f"more {n}"} for n in range(3)]
        stdin = lines_to(self.before.root / "more", notes)
        more = {"fault": fault, "below": self.root, "stdin": stdin, "log": log}
        return self.machine.run(*self._words(), passphrase=self.secret, **more)

    def _words(self) -> tuple[object, ...]:
        new = self.before.root / "new-passphrase"
        new.write_text(f"{NEW_PASSPHRASE}\n")
        if self.command == "restore":
            return "restore", self.before.backup, "-o", self.who
        given: dict[str, tuple[object, ...]] = {
            "record": (self.before.inspection,),
            "bundle": ("-o", self.out, "--to", self.before.card),
            "merge": (self.before.bundle,),
            "report": (self.before.inspection, "document-request", "-o", self.out),
            "backup": ("-o", self.out),
            "passphrase": ("--new-passphrase-file", new),
            "verify": (),
            "init": ("--name", "Tom Mock", "--role", "opr-inspector", "--office", "Unit"),
            "unpack": ("-o", self.out),
            "package": (self.before.inspection, "-o", self.out),
            "remove": (self.before.inspection, "--held-by", self.before.backup),
            "assign": (self.before.inspection, "-o", self.out, "--to", self.before.card),
        }
        return self.command, self.who, *given[self.command]

    def done(self, *arguments: object) -> object:
        """Run another command, which must succeed; returns the last thing it said."""
        return self.machine.done(*arguments, passphrase=self.secret)

    def beginning(self) -> str:
        """The digest before the command has done anything."""
        if self.command == "init":
            return EMPTY
        return self.before.digests["ben" if self.command == "merge" else "ana"]

    def digest(self) -> str:
        said = self.done("digest", self.who)
        assert isinstance(said, dict)
        return str(said["digest"])

    # -- after a failed call ---------------------------------------------------------------------

    def look(self, ended: Ended, digests: set[str]) -> None:
        """All that must hold after a fault."""
        assert ended.code in (DONE, REFUSED), (ended.code, ended.errors)
        self.is_told(ended)
        assert ended.code == REFUSED or self.command != "record" or len(ended.said) == 3
        self._nothing_in_the_workspace()
        self._kept(ended, digests)
        self._output(ended)
        self._nothing_beside(ended)

    @staticmethod
    def is_told(ended: Ended) -> None:
        """It did what it should, or said in a sentence why not."""
        assert ended.code in (DONE, BAD_INPUT, REFUSED, IN_USE), (ended.code, ended.errors)
        told = [ended.errors.strip(), *(line.get("refused") for line in ended.said)]
        assert ended.code == DONE or (any(told) and "Traceback" not in ended.errors)

    def _kept(self, ended: Ended, digests: set[str]) -> None:
        """It opens, is whole, and holds what was acknowledged."""
        self.done("verify", self.who)
        self._nothing_in_the_workspace()
        if self.command != "record":
            assert self.digest() in digests
            assert self.command != "remove" or ended.code != DONE or self.is_done_for_good()
            return
        kept = self.machine.run("history", self.who, self.before.inspection).said
        told = {line["change"] for line in ended.said if "change" in line}
        assert told <= {entry["change"] for entry in kept}

    def _nothing_in_the_workspace(self) -> None:
        """Nothing but its files; SQLite leaves a journal that cannot be played where it is."""
        of_sqlite = {"workspace.db-journal"} if self.command == "remove" else set()
        assert {path.name for path in self.who.iterdir()} <= WORKSPACE | of_sqlite

    def _output(self, ended: Ended) -> None:
        """The output is the older file or a whole new one; a folder is whole or not there."""
        if self.command == "unpack":
            self._archive(ended)
        if self.command not in OVER_AN_OLDER:
            return
        data = self.out.read_bytes()
        if data == OLD:
            assert ended.code != DONE
        elif self.command == "package":
            assert zipfile.ZipFile(self.out).testzip() is None
        elif self.command == "report":
            assert data.startswith(b"%PDF") and data.rstrip().endswith(b"%%EOF")
        else:
            self.machine.done("preview", self.before.root / "ben", self.out)

    def _archive(self, ended: Ended) -> None:
        assert self.out.exists() or ended.code != DONE
        if self.out.exists():
            self.machine.done("verify", self.out)

    def _nothing_beside(self, ended: Ended) -> None:
        beside = {p.name for p in (self.root / "out").rglob("*") if p != self.out}
        if self.command == "unpack":  # what is in it, it has been looked at for
            beside = {p.name for p in self.out.parent.iterdir()} - {self.out.name}
        whole = BACKUP if self.command == "backup" else set()
        assert beside <= whole, beside
        assert ended.code != DONE or beside == whole

    # -- after a kill ----------------------------------------------------------------------------

    def survives(self, ended: Ended, digests: set[str], *, again: bool = True) -> None:
        """All that must hold after a kill; then the same command runs to its end."""
        if self.command in ("init", "restore"):
            self._is_there_or_begins_again(ended)
        if self.command == "passphrase":
            self._one_opens(ended)
        self._kept(ended, digests)
        if self.command == "merge":
            self._merged_with_its_note(ended)
        if self.command == "backup":
            self._held_where_it_is_noted(ended)
        self._output(ended)
        if again and self.secret == PASSPHRASE:
            done = self.is_done_for_good()
            repeated = self.run()
            assert repeated.code == (BAD_INPUT if done else DONE), repeated.errors
            self._nothing_beside(repeated)
            self._nothing_in_the_workspace()

    def is_done_for_good(self) -> bool:
        """Whether the command did what cannot be done a second time."""
        if self.command == "remove":
            gone = self.machine.run("history", self.who, self.before.inspection)
            return gone.code == BAD_INPUT
        if self.command == "unpack":
            return self.out.exists()
        return self.command in ("init", "restore")

    def _is_there_or_begins_again(self, ended: Ended) -> None:
        """What was killed on its way to a new folder can be done anew, or had been done."""
        if (self.who / "keys.json").exists():
            return
        assert ended.code != DONE, "it was said to be there"
        again = self.run()
        assert again.code == DONE, again.errors
        self._nothing_beside(again)

    def _merged_with_its_note(self, ended: Ended) -> None:
        merged = self.digest() != self.before.digests["ben"]
        assert merged == bool(self.machine.run("imports", self.who).said)
        assert merged or ended.code != DONE

    def _held_where_it_is_noted(self, ended: Ended) -> None:
        """Removal trusts the note of a backup."""
        state = self.done("backup-plan", self.who)
        assert isinstance(state, dict)
        assert state["last"] or ended.code != DONE
        if state["last"]:
            self.done("verify", self.out / "backup.inspection", "--with", self.who)
            assert {path.name for path in self.out.iterdir()} >= BACKUP
            keys = (self.who / "keys.json").read_bytes()
            assert (self.out / "keys.json").read_bytes() == keys

    def _one_opens(self, ended: Ended) -> None:
        words = {PASSPHRASE, NEW_PASSPHRASE}
        codes = {word: self.machine.run("digest", self.who, passphrase=word).code for word in words}
        assert sorted(codes.values()) == [DONE, WRONG_SECRET], codes
        self.secret = next(word for word, code in codes.items() if code == DONE)
        assert ended.code != DONE or self.secret == NEW_PASSPHRASE
