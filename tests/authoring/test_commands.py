"""The commands of authors, from end to end."""

import json
from pathlib import Path

import openpyxl

from inspector_app import forms
from tests.authoring.conftest import Shell
from tests.authoring.workbooks import ITEMS, cell, put


def test_a_form_goes_out_is_edited_and_comes_back(shell: Shell, tmp_path: Path) -> None:
    book_file, back = tmp_path / "form.xlsx", tmp_path / "back.toml"
    assert shell("forms", "export", "wso-2025", "-o", book_file).code == 0
    said = shell("forms", "import", book_file, "-o", back)
    assert said.errors == []
    assert json.loads(said.out)["released"] is (forms.load("wso-2025").released)
    assert back.read_bytes() == forms.bytes_of("wso-2025")

    book = openpyxl.load_workbook(book_file)
    question = "Is the whole agreement here, signed?"
    put(cell(book[ITEMS], forms.load("wso-2025").items[0].id, "Question"), question)
    book.create_sheet("To discuss")
    book.save(book_file)
    said = shell("forms", "import", book_file, "-o", back)
    assert said.errors == ["Not read, since no form has it: sheet “To discuss”."]
    assert json.loads(said.out)["released"] is False

    told = shell("forms", "diff", "wso-2025", back).out
    assert "0 came, 0 went, 0 moved, 1 in other words." in told
    found = json.loads(shell("forms", "diff", "wso-2025", back, "--json").out)
    assert found["parts"]["items"]["changed"][0]["fields"][0]["after"] == question
    assert question in " ".join(shell("forms", "show", back, "--text").out.split())


def test_a_form_is_shown_as_json_unless_as_text(shell: Shell) -> None:
    shown = json.loads(shell("forms", "show", "jem-2025").out)
    assert [item["id"] for section in shown["sections"] for item in section["items"]] == [
        item.id for item in forms.load("jem-2025").items
    ]
    assert shell("forms", "show", "jem-2025", "--text").out.startswith("Jail Enforcement Model")


def test_the_table_is_markdown(shell: Shell) -> None:
    said = shell("forms", "table")
    assert said.code == 0
    assert said.out.startswith("# What each form's agreement says, and where\n")
    assert said.out.endswith("|\n")
