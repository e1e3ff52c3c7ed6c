"""The command line: the workspace's verbs for a terminal and for other programs.

JSON on standard output, sentences for people on standard error. Exit codes are those of
`inspector_app.errors`; 1 is a bug. Secrets come from a variable, a file or a prompt, never from
an argument.
"""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inspector_app import __version__, crashes
from inspector_app.cli.loading import Commands
from inspector_app.errors import BadInput, UserError

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace

PASSPHRASE = "INSPECTOR_PASSPHRASE"
BUNDLE_PASSPHRASE = "INSPECTOR_BUNDLE_PASSPHRASE"
KEY_PASSPHRASE = "INSPECTOR_KEY_PASSPHRASE"
SECRET_FILES = ("--passphrase-file", "--bundle-passphrase-file", "--key-passphrase-file")
_secrets: dict[str, str] = {}

FOLDER = click.Path(path_type=Path)
FILE = click.Path(path_type=Path)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. All secrets leave the environment first."""
    for name in (PASSPHRASE, BUNDLE_PASSPHRASE, KEY_PASSPHRASE):
        value = os.environ.pop(name, None)
        if value is not None:
            _secrets[name] = value
    given = _secrets_first(list(sys.argv[1:] if arguments is None else arguments))
    try:
        code = main.main(args=given, standalone_mode=False, prog_name="inspector-app")
    except UserError as error:
        for line in (error.message, *error.details):
            click.echo(printable(line), err=True)
        return error.exit_code
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        return 2
    except click.ClickException as error:
        error.show()
        return 2
    except Exception as error:
        click.echo(crashes.report(error), err=True)
        crashes.keep(crashes.report(error))
        return 1
    return code if isinstance(code, int) else 0


def _secrets_first(arguments: list[str]) -> list[str]:
    """The files of secrets may be named before or after the command: they belong to all."""
    first: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument in SECRET_FILES:
            first += [argument, *([value] if (value := next(waiting, None)) is not None else [])]
        elif argument.partition("=")[0] in SECRET_FILES:
            first.append(argument)
        else:
            rest.append(argument)
    return first + rest


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="inspector-app")
@click.option("--passphrase-file", type=FILE, help="File whose first line opens the workspace.")
@click.option("--bundle-passphrase-file", type=FILE, help="File whose first line opens a bundle.")
@click.option("--key-passphrase-file", type=FILE, help="File whose first line opens a signing key.")
def main(
    passphrase_file: Path | None,
    bundle_passphrase_file: Path | None,
    key_passphrase_file: Path | None,
) -> None:
    """Inspect the agencies that hold a 287(g) agreement. Without a command, the window opens.

    A workspace's passphrase comes from INSPECTOR_PASSPHRASE, a bundle's own from
    INSPECTOR_BUNDLE_PASSPHRASE, that of a key that signs files from INSPECTOR_KEY_PASSPHRASE, else
    from a file or a prompt.
    """
    given = {
        PASSPHRASE: passphrase_file,
        BUNDLE_PASSPHRASE: bundle_passphrase_file,
        KEY_PASSPHRASE: key_passphrase_file,
    }
    for name, path in given.items():
        if path is not None:
            _secrets[name] = first_line(path)


def first_line(path: Path) -> str:
    try:
        return path.read_text("utf-8").split("\n", 1)[0].rstrip("\r")
    except (OSError, UnicodeDecodeError):
        raise BadInput("The passphrase file cannot be read.") from None


def secret(name: str, words: str, *, confirm: bool = False) -> str:
    """A passphrase from where it was given, else from a prompt."""
    if name in _secrets:
        return _secrets[name]
    if not sys.stdin.isatty():
        raise BadInput(f"No passphrase was given. Set {name} or use a passphrase file.")
    answer: str = click.prompt(words, hide_input=True, confirmation_prompt=confirm, err=True)
    return answer


def bundle_secret() -> str | None:
    """A bundle's own passphrase, where one was given."""
    return _secrets.get(BUNDLE_PASSPHRASE)


@contextmanager
def opened(folder: Path) -> Iterator["Workspace"]:
    """The workspace in a folder, open for one command."""
    from inspector_app.workspace import Workspace

    workspace = Workspace.open(folder, passphrase=secret(PASSPHRASE, "Passphrase"))
    try:
        yield workspace
    finally:
        workspace.close()


def say(value: Any) -> None:
    """One JSON value on one line of standard output."""
    click.echo(printable(json.dumps(value, ensure_ascii=False, default=str)))


def printable(text: str) -> str:
    """The text with `?` for half characters, which a name given from outside may hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
