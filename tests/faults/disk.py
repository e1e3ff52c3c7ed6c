"""What a disk may hold after the power failed: rebuilt from what the shim wrote down.

A disk keeps what was synced. Of what was written since, it may have kept all, nothing, or some
sectors of 512 bytes. A new, renamed or removed name is kept once its folder was synced; the later
names are kept in their order up to some point, or not at all. What is in a folder without a name
is gone.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
State = dict[str, bytes]


@dataclass(frozen=True)
class Entry:
    """One call: write, cut, empty (opened anew), sync, make, folder, rename, unlink.

    `said` is a line on standard output.
    """

    what: str
    at: int
    path: str
    other: str
    data: bytes


def read_log(path: Path, without: str = "-shm") -> list[Entry]:
    """What the shim wrote down, without the memory that SQLite shares and builds anew."""
    whole, entries, place = path.read_bytes(), [], 0
    while place < len(whole):
        end = whole.index(b"\n", place)
        what, at, size, name, other = whole[place:end].decode().split("\t")
        place = end + 1 + int(size)
        entry = Entry(what, int(at), name, other, whole[end + 1 : place])
        if not name.endswith(without):
            entries.append(entry)
    return entries


@dataclass
class File:
    """One file: its bytes when it was last synced, and the writes since, in order; or a folder."""

    is_folder: bool = False
    kept: bytearray = field(default_factory=bytearray)
    since: list[Entry] = field(default_factory=list)

    def sync(self) -> None:
        for entry in self.since:
            apply(self.kept, entry)
        self.since = []


def apply(data: bytearray, entry: Entry) -> None:
    """Do a write or a cut."""
    if entry.what in ("cut", "empty"):
        data[entry.at :] = bytes(max(0, entry.at - len(data)))
        return
    end = entry.at + len(entry.data)
    if len(data) < end:
        data.extend(bytes(end - len(data)))
    data[entry.at : end] = entry.data


@dataclass(frozen=True)
class Naming:
    """What was done to names: one goes, or a file takes one."""

    gone: str | None
    taken: str | None
    file: File

    def do(self, names: dict[str, File]) -> None:
        if self.gone:
            names.pop(self.gone, None)
        if self.gone and self.taken and self.file.is_folder:
            for name in [name for name in names if name.startswith(f"{self.gone}/")]:
                names[self.taken + name[len(self.gone) :]] = names.pop(name)
        if self.taken:
            names[self.taken] = self.file


@dataclass
class Disk:
    """Names and files: `names` are kept, `unkept` was done to them since, `now` is both."""

    root: Path
    names: dict[str, File] = field(default_factory=dict)
    now: dict[str, File] = field(default_factory=dict)
    unkept: list[Naming] = field(default_factory=list)

    @classmethod
    def of(cls, folder: Path) -> "Disk":
        """A disk on which this folder was written long ago."""
        files = {
            str(path): File(True) if path.is_dir() else File(False, bytearray(path.read_bytes()))
            for path in folder.rglob("*")
        }
        return cls(folder, dict(files), dict(files))

    def take(self, entry: Entry) -> None:
        """Do what one call did."""
        if entry.what == "make":
            self._name(Naming(None, entry.path, File()))
        elif entry.what == "folder":
            self._name(Naming(None, entry.path, File(True)))
        elif entry.what == "unlink" and entry.path in self.now:
            self._name(Naming(entry.path, None, self.now[entry.path]))
        elif entry.what == "rename":
            self._name(Naming(entry.path, entry.other, self.now[entry.path]))
        elif entry.what == "sync" and self._is_folder(entry.path):
            self._keep_names(Path(entry.path))
        elif entry.what == "sync":
            self.now[entry.path].sync()
        elif entry.what in ("write", "cut", "empty"):
            self.now[entry.path].since.append(entry)

    def _is_folder(self, path: str) -> bool:
        return Path(path) == self.root or self.now[path].is_folder

    def _name(self, naming: Naming) -> None:
        naming.do(self.now)
        self.unkept.append(naming)

    def _keep_names(self, folder: Path) -> None:
        there = [n for n in self.unkept if Path(n.taken or n.gone or "").parent == folder]
        for naming in there:
            naming.do(self.names)
        self.unkept = [naming for naming in self.unkept if naming not in there]

    # -- after the power failed ------------------------------------------------------------------

    def states(self, seed: int, torn: int = 1) -> Iterator[tuple[str, State]]:
        """What may be there: nothing unsynced, all of it, names without bytes, some sectors.

        The names and sectors are drawn so often as `torn` says.
        """
        yield "nothing unsynced", self._state(self.names, lambda file: bytes(file.kept))
        yield "all", self._state(self.now, lambda file: _torn(file, None))
        yield "names without bytes", self._state(self.now, lambda file: bytes(file.kept))
        for draw in range(torn):
            yield f"torn, draw {draw}", self._drawn(random.Random(f"{seed} {draw}"))

    def _drawn(self, chance: random.Random) -> State:
        names = dict(self.names)
        for naming in self.unkept[: chance.randint(0, len(self.unkept))]:
            naming.do(names)
        return self._state(names, lambda file: _torn(file, chance))

    def _state(self, names: dict[str, File], read: Callable[[File], bytes]) -> State:
        """What can be reached from the root; the name of a folder ends in a slash."""
        return {
            name + "/" * file.is_folder: read(file)
            for name, file in names.items()
            if all(str(p) in names for p in Path(name).parents if self.root in p.parents)
        }


def _torn(file: File, chance: random.Random | None) -> bytes:
    """The bytes of a file with all, or by chance some, of the sectors written since."""
    data = bytearray(file.kept)
    for entry in file.since:
        if entry.what in ("cut", "empty"):
            if chance is None or chance.random() < 0.5:
                apply(data, entry)
            continue
        for start in range(0, len(entry.data), SECTOR):
            if chance is None or chance.random() < 0.5:
                part = entry.data[start : start + SECTOR]
                apply(data, Entry("write", entry.at + start, entry.path, "", part))
    return bytes(data)


def write_down(state: State, old: Path, new: Path) -> None:
    """Put a state of the folder `old` into the folder `new`."""
    new.mkdir()
    for name, data in state.items():
        path = new / Path(name).relative_to(old)
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
