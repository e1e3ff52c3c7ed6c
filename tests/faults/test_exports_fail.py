"""Whichever write of an export fails, the older file stays whole, and nothing lies beside it.

PDF, editable copy, tables and package, each over an older file. The calls in the folder of the
output alone are watched: what the workspace does, test_the_nth_write_fails.py looks at.
"""

import errno
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.workspace import packaging
from tests.conftest import Told
from tests.faults.conftest import Before
from tests.faults.machine import Ended, Fault, Machine
from tests.harness import TORTURE

OLD = b"the older file"
EXPORTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "report.pdf": ("report", ("document-request",)),
    "copy.docx": ("report", ("document-request",)),
    "tables.xlsx": ("tables", ()),
    "answers.csv": ("tables", ("--table", "answers")),
    "package.zip": ("package", ()),
    "package": ("package", ()),
}
"""By the name of the output: the command and its words; a package is a file or a new folder."""
SOME = ("copy.docx", "tables.xlsx", "package.zip")
"""In `make test`; a PDF: test_the_nth_write_fails.py."""
WAYS = (Fault(error=errno.EIO), Fault(error=errno.ENOSPC, lasting=True))


class Export:
    """One export into a folder of its own."""

    def __init__(self, machine: Machine, before: Before, folder: Path, name: str) -> None:
        self.machine, self.before, self.out = machine, before, folder / name

    def run(self, fault: Fault) -> Ended:
        """Over an older file; a package as a folder goes only where nothing is."""
        if self.out.suffix:
            self.out.write_bytes(OLD)
        else:
            shutil.rmtree(self.out, ignore_errors=True)
        command, words = EXPORTS[self.out.name]
        given = (self.before.root / "ana", self.before.inspection, *words, "-o", self.out)
        return self.machine.run(command, *given, fault=fault, below=self.out.parent)

    def look(self, ended: Ended) -> None:
        """Refused with a sentence, or done; the older file or a whole new one, and no debris."""
        assert ended.code in (0, 4), (ended.code, ended.errors)
        beside = {path.name for path in self.out.parent.iterdir()} - {self.out.name}
        assert not beside, beside
        assert (ended.code == 0) != bool(ended.errors.strip()) and "Traceback" not in ended.errors
        # A folder that cannot be synced is told when the new file is in its place already.
        assert self._is_as_before() if ended.code and not self._is_whole() else self._is_whole()

    def _is_as_before(self) -> bool:
        return self.out.read_bytes() == OLD if self.out.suffix else not self.out.exists()

    def _is_whole(self) -> bool:
        if not self.out.suffix:
            return (self.out / packaging.MANIFEST).is_file()
        if self.out.suffix in (".docx", ".xlsx", ".zip"):
            return zipfile.is_zipfile(self.out) and zipfile.ZipFile(self.out).testzip() is None
        data = self.out.read_bytes()
        return data != OLD and (self.out.suffix == ".csv" or data.rstrip().endswith(b"%%EOF"))


@pytest.mark.parametrize("name", EXPORTS if TORTURE else SOME)
def test_a_failed_write_leaves_the_old_file_and_no_debris(
    machine: Machine, before: Before, tmp_path: Path, name: str, told: Told
) -> None:
    export = Export(machine, before, tmp_path, name)
    calls, ways = range(2, 3), list(WAYS[1:])
    if TORTURE:
        whole = export.run(Fault())
        export.look(whole)
        calls, ways = range(1, whole.calls + 1), list(WAYS)
    refused = 0
    for fault in (replace(way, nth=nth) for nth in calls for way in ways):
        ended = export.run(fault)
        export.look(ended)
        refused += ended.code != 0
    assert refused, "no fault was noticed"
    told(f"{name}: {len(calls)} calls, {refused} faults told; the old file whole, no debris")
