"""A command on the sealed names of an inspection: whether they can be read here, and their end.

No name is ever printed.
"""

from dataclasses import asdict
from pathlib import Path

import click

from inspector_app.cli import FOLDER, main, opened, say
from inspector_app.errors import BadInput
from inspector_app.workspace import Workspace, names

_ASK = (
    "Destroying the key of the names cannot be undone; nothing was changed. The inspection stays "
    "readable with its labels. Add --yes to do it."
)


@main.command("names")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.option("--destroy", is_flag=True, help="Destroy the key, here and wherever this is merged.")
@click.option("--yes", is_flag=True, help="With --destroy: do it without a further question.")
def names_of(folder: Path, inspection: str, destroy: bool, yes: bool) -> None:
    """Sealed names: how many, whether they can be read here, which bundles hold their key."""
    if yes and not destroy:
        raise BadInput("--yes says nothing without --destroy.")
    with opened(folder) as workspace:
        if destroy and not yes:
            details = names.warning(workspace, inspection)
            raise BadInput(_ASK, details)
        if destroy:
            names.destroy(workspace, inspection)
        say(_told(workspace, inspection))


def _told(workspace: Workspace, id: str) -> dict[str, object]:
    return {
        "sealed": names.count(workspace, id),
        "key_here": names.has_key(workspace, id),
        "destroyed": names.destroyed_at(workspace.inspection(id).log) or None,
        "held_by": [asdict(holder) for holder in names.holders(workspace, id)],
    }
