"""R9: what an earlier format's program wrote opens for ever: a workspace, a bundle and a backup.

Each change of a format adds a folder to tests/data; none is ever written anew.
"""

import shutil
from pathlib import Path

from inspector_app.workspace import Workspace
from inspector_app.workspace.restoring import restore
from tests.test_workspace import PASSPHRASE

KEPT = Path(__file__).parent / "data" / "format-1"
WHOLE = "a42ccb9f08cbb1df7358ace29dbedeafd803d6ddca5abda294ab55ec725fcbff"
HANDED_OVER = "4d208ebc010db661c82f863e07a262ea601650d97366ef7f5586854cbe01f43c"
"""The digests that the program which wrote them told."""


def _opened(folder: Path) -> Workspace:
    """A copy of the kept workspace: opening one brings what is local up to date."""
    shutil.copytree(KEPT / "workspace", folder)
    return Workspace.open(folder, passphrase=PASSPHRASE)


def test_a_workspace_of_format_1_says_what_it_said(tmp_path: Path) -> None:
    workspace = _opened(tmp_path / "kept")
    [id] = workspace.inspection_ids()
    assert workspace.digest() == WHOLE
    assert workspace.inspection(id).answer("j-70").note == "No sign-in sheet was kept."
    workspace.put(id, "answer:j-71", result="met")
    assert workspace.digest() != WHOLE
    workspace.close()


def test_a_bundle_of_format_1_is_merged(tmp_path: Path) -> None:
    ana = _opened(tmp_path / "ana")
    ben, _ = Workspace.create(
        tmp_path / "ben", "Marcus Example", "opr-inspector", "Test unit", PASSPHRASE
    )
    ben.accept(ana.card())
    merged = ben.merge(KEPT / "bundle.inspection", PASSPHRASE)
    assert (merged.refused, ben.digest()) == (0, HANDED_OVER)
    ana.close()
    ben.close()


def test_a_backup_of_format_1_is_restored(tmp_path: Path) -> None:
    restored = restore(KEPT / "backup", tmp_path / "new", passphrase=PASSPHRASE)
    assert restored.digest == WHOLE
