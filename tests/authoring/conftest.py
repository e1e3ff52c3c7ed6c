"""The command line, run in this process."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from inspector_app import cli


class Said(NamedTuple):
    """What a command gave: its exit code, and its lines on both streams."""

    code: int
    out: str
    errors: list[str]


Shell = Callable[..., Said]


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    """`shell("forms", "list")` runs a command."""

    def run(*arguments: object) -> Said:
        capsys.readouterr()
        code = cli.run([str(part) for part in arguments])
        out, errors = capsys.readouterr()
        return Said(code, out, errors.splitlines())

    return run
