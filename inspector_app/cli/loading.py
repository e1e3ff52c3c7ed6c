"""Which module holds which command: it is loaded once somebody asks for a command of it.

Before that, whoever names a workspace that is open elsewhere is told so: for this nothing is
loaded that reads or opens one, and nobody is asked for a passphrase (reliability.md R8).
"""

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

import click

from inspector_app.locking import refuse_if_open

HOLDS = {
    "agency_file": ("agency-file",),
    "agreeing": ("agreement", "confirm"),
    "assigning": ("assign",),
    "auditing": ("forms",),
    "authoring": ("forms",),
    "commands": (
        *("init", "agencies", "start", "record", "schema", "show"),
        *("digest", "history", "undo", "redo", "decide"),
    ),
    "exchanging": (
        *("card", "accept", "revoke", "admit", "bundle", "preview", "merge", "report", "demo"),
    ),
    "exporting": ("tables", "package", "file-numbers"),
    "following": (
        *("follow-up", "focus-review", "test-finding", "corrective-action"),
        *("repeats", "close-out", "due"),
    ),
    "keeping": (
        *("unpack", "backup", "backup-plan", "restore", "remove"),
        *("retention", "imports", "undo-import"),
    ),
    "key_file": ("passphrase", "escrow-key", "escrow"),
    "naming": ("names",),
    "program": ("plan", "fiscal-year", "program-action"),
    "reviewing": ("review", "disagree", "issue", "keep-signed"),
    "rostering": ("roster",),
    "ruling": ("rules",),
    "sampling": ("sample",),
    "searching": ("search",),
    "verifying": ("verify", "compare", "sign"),
}
"""The commands by the module of this package that adds them, those of `forms` by two."""


def load(modules: Iterable[str] = HOLDS) -> None:
    """Load modules, whose commands then add themselves to the group."""
    for module in modules:
        import_module(f"{__package__}.{module}")


class Commands(click.Group):
    """The group of all commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command by name; all are loaded, for their help lines."""
        load()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One command; for a name that is none all are loaded, so that the like are suggested."""
        load([module for module, names in HOLDS.items() if cmd_name in names] or HOLDS)
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name, unless a workspace they name is open elsewhere."""
        for given in args[1:]:
            refuse_if_open(Path(given))
        return super().resolve_command(ctx, args)
