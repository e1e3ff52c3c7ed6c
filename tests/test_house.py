"""The house rules that a reader would otherwise have to watch: sizes, names, what is imported."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "inspector_app"
FILE_LINES, FUNCTION_LINES, WINDOW_LINES = 400, 40, 300
NAMES_THAT_SAY_NOTHING = {"utils", "util", "manager", "helpers", "helper", "common", "base", "core"}

SOURCES = sorted(PACKAGE.rglob("*.py"))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_file_is_long() -> None:
    lines = {shown(path): len(path.read_text("utf-8").splitlines()) for path in SOURCES}
    window = shown(PACKAGE / "ui" / "main_window.py")
    most = dict.fromkeys(lines, FILE_LINES) | {window: WINDOW_LINES}
    assert {name: n for name, n in lines.items() if n > most[name]} == {}


def test_no_function_is_long() -> None:
    long = {
        f"{shown(path)}:{node.lineno} {node.name}": length
        for path in SOURCES
        for node in functions(ast.parse(path.read_text("utf-8")))
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    }
    assert long == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        shown(path) for path in SOURCES if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    parts = {part for path in SOURCES for part in path.relative_to(PACKAGE).with_suffix("").parts}
    assert parts & NAMES_THAT_SAY_NOTHING == set()


def loaded_by(*modules: str) -> set[str]:
    """The top-level packages in a fresh process after it imported these modules."""
    imports = "; ".join(f"import {module}" for module in modules)
    program = f"import sys; {imports}; print(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("modules", "unwanted"),
    [
        (("inspector_app.cli", "inspector_app.cli.commands"), {"PySide6", "shiboken6"}),
        (("inspector_app.ui.app",), {"reportlab", "PIL", "openpyxl"}),
    ],
)
def test_a_start_loads_only_what_it_shows(modules: tuple[str, ...], unwanted: set[str]) -> None:
    assert loaded_by(*modules) & unwanted == set()
