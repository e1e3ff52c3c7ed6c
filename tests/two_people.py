"""Ana and Marcus, who accepted each other's cards, and what one hands to the other."""

from pathlib import Path

from inspector_app.workspace import Workspace
from tests.test_workspace import PASSPHRASE


def acquainted(folder: Path) -> tuple[Workspace, Workspace]:
    """Their two workspaces."""
    ana, _ = Workspace.create(folder / "a", "Ana Sample", "opr-inspector", "Unit", PASSPHRASE)
    other, _ = Workspace.create(folder / "m", "Marcus Example", "opr-inspector", "Unit", PASSPHRASE)
    ana.accept(other.card())
    other.accept(ana.card())
    return ana, other


def hand_over(sender: Workspace, to: Workspace, id: str, path: Path) -> None:
    """A bundle of one inspection, written by one and merged by the other."""
    sender.bundle([id], path, to=[to.desk.card])
    to.merge(path)
