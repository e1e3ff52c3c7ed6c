"""Each bad input of an author is refused in one sentence that says where."""

import json
from pathlib import Path

import pytest

from tests.authoring.conftest import Shell
from tests.authoring.test_differing import FULL
from tests.test_form_faults import SECTION
from tests.test_forms import WHOLE, changed

HEAD = "The form has faults; it cannot be used until they are mended."
THIRD = SECTION.replace('"j-1"', '"j-3"')


def told(shell: Shell, folder: Path, text: str, name: str = "draft.toml") -> list[str]:
    """What `forms check` says about a form's text: its faults."""
    path = folder / name
    path.write_text(text, "utf-8")
    said = shell("forms", "check", path)
    assert (said.code, said.out, said.errors[0]) == (2, "", HEAD)
    assert all(line.endswith((".", "?")) for line in said.errors)
    return said.errors[1:]


def line_of(text: str, words: str) -> int:
    """The last line that has these words."""
    return max(n for n, line in enumerate(text.split("\n"), 1) if words in line)


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('verify = "desk"', 'verfy = "x"\nverify = "desk"',
         "There is no key “verfy” in “item”. Did you mean “verify”?"),
        ('id = "signed"', 'id = "asked"', "Another attribute has the id “asked” already."),
        ('document = "directive", section = "2"', 'document = "directves", section = "2"',
         "The document “directves” is not declared. Did you mean “directive”?"),
        ('was = ["j-0"]', 'was = ["j-1"]', "The earlier id “j-1” is in use."),
        ('{ item = "j-1", result', '{ item = "j-2", result',
         "The item depends on itself, in a circle."),
        ('topics = ["Interpretation"]', 'topics = ["Interpreters"]',
         "“Interpreters” is no topic of the table of clauses. Did you mean “Interpretation”?"),
        ('topic = "Exams"', 'topic = "Exam"',
         "“Exam” is no point of the table of clauses. Did you mean “Exams”?"),
        ('section = "VII"', 'section = "V.C"', "The section “V.C” is listed twice."),
        ('section = "IV.G", page', 'section = "IV.H", page',
         "The agreement has no section “IV.H”."),
        ("hours = 24,", "hours = 24, days = 1,",
         "A clock has one of “hours”, “days” and “months”."),
        ("pass_percent = 70", "pass_mark = 70", "There is no key “pass_mark” in “training”."),
        ('retakes_in = "course"', 'retakes_in = "courses"',
         "“courses” is none of course, exam. Did you mean “course”?"),
    ],
)  # fmt: skip
def test_a_fault_is_one_sentence_with_file_and_line(
    shell: Shell, tmp_path: Path, right: str, wrong: str, says: str
) -> None:
    text = changed(right, wrong, FULL + 'retakes_in = "course"\n')
    line = line_of(text, wrong.split("\n")[0])
    (fault,) = told(shell, tmp_path, text)
    assert fault.startswith(f"draft.toml:{line}: {says}")


def test_an_item_of_an_id_that_is_there_is_told(shell: Shell, tmp_path: Path) -> None:
    (fault,) = told(shell, tmp_path, WHOLE + SECTION)
    line = line_of(WHOLE + SECTION, 'id = "j-1"')
    assert fault == f"draft.toml:{line}: Another item has the id “j-1” already."


def test_a_cycle_of_earlier_ids_is_told_at_each_item(shell: Shell, tmp_path: Path) -> None:
    """That an id was another which was it again can only be with ids that are in use."""
    text = changed('was = ["j-0"]', 'was = ["j-3"]') + THIRD.replace(
        "question =", 'was = ["j-1"]\nquestion ='
    )
    first, second = (line_of(text, f'was = ["{id}"]') for id in ("j-3", "j-1"))
    assert told(shell, tmp_path, text) == [
        f"draft.toml:{first}: The earlier id “j-3” is in use.",
        f"draft.toml:{second}: The earlier id “j-1” is in use.",
    ]


def test_a_cycle_of_conditions_is_told_at_each_item_on_it(shell: Shell, tmp_path: Path) -> None:
    when = 'shown_when = {{ item = "{}", result = ["met"] }}\nquestion ='
    text = changed("question =", when.format("j-3"))
    text += THIRD.replace("question =", when.format("j-2"))
    sentence = "The item depends on itself, in a circle."
    lines = [n for n, line in enumerate(text.split("\n"), 1) if "shown_when" in line]
    assert told(shell, tmp_path, text) == [f"draft.toml:{n}: {sentence}" for n in lines]


# -- over several forms ----------------------------------------------------------------------------

OLDER = changed('"jem-test"', '"older"').replace("seen_from = 2024", "seen_from = 2023")
NEWER = changed('"jem-test"', '"newer"').replace('id = "j-1"\nwas = ["j-0"]', 'id = "j-0"')
NEWER = NEWER.replace('item = "j-1"', 'item = "j-0"')


def test_an_id_that_an_older_form_gave_up_is_not_used_again(shell: Shell, tmp_path: Path) -> None:
    older, newer = tmp_path / "older.toml", tmp_path / "newer.toml"
    older.write_text(OLDER, "utf-8")
    newer.write_text(NEWER, "utf-8")
    said = shell("forms", "check", older, newer)
    assert [json.loads(line)["file"] for line in said.out.splitlines()] == [
        "older.toml",
        "newer.toml",
    ]
    line = line_of(NEWER, 'id = "j-0"')
    sentence = "The id “j-0” was given up in the form older; an id is never used again."
    assert (said.code, said.errors) == (2, [HEAD, f"newer.toml:{line}: {sentence}"])


def test_an_older_form_may_have_the_id_that_a_newer_one_gave_up(
    shell: Shell, tmp_path: Path
) -> None:
    older, newer = tmp_path / "older.toml", tmp_path / "newer.toml"
    older.write_text(NEWER.replace("seen_from = 2024", "seen_from = 2022"), "utf-8")
    newer.write_text(OLDER, "utf-8")
    assert shell("forms", "check", older, newer).code == 0


def test_the_forms_that_ship_use_no_id_again(shell: Shell) -> None:
    assert shell("forms", "check").code == 0


# -- files -----------------------------------------------------------------------------------------


def test_every_file_is_checked_and_the_good_ones_are_named(shell: Shell, tmp_path: Path) -> None:
    good, bad, gone = (tmp_path / f"{name}.toml" for name in ("good", "bad", "gone"))
    good.write_text(WHOLE, "utf-8")
    bad.write_bytes(b'id = "a"\ntitle = \xff\n')
    said = shell("forms", "check", bad, gone, good)
    assert json.loads(said.out) == {"file": "good.toml", "ok": True, "items": 2}
    assert said.errors[1:] == [
        "bad.toml:2: This is not UTF-8 text.",
        "gone.toml: The file cannot be read.",
    ]


@pytest.mark.parametrize("command", [("show",), ("diff", "jem-2025"), ("export", "-o", "x.xlsx")])
def test_a_form_that_is_not_there_or_is_none_is_told(
    shell: Shell, tmp_path: Path, command: tuple[str, ...]
) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("id = ", "utf-8")
    for word, says in (
        ("jem-2052", "There is no form “jem-2052”. Did you mean “jem-2025”?"),
        (tmp_path / "nowhere.toml", "The form file nowhere.toml cannot be read."),
        (tmp_path, f"The form file {tmp_path.name} cannot be read."),
        (broken, "The form broken.toml has 1 fault; it cannot be used until mended."),
    ):
        said = shell("forms", *command, word)
        assert (said.code, said.out, said.errors[0]) == (2, "", says)


def test_a_workbook_that_is_not_there_is_told_and_nothing_is_written(
    shell: Shell, tmp_path: Path
) -> None:
    out = tmp_path / "form.toml"
    said = shell("forms", "import", tmp_path / "gone.xlsx", "-o", out)
    assert (said.code, said.errors) == (2, ["The workbook cannot be read."])
    said = shell("forms", "import", tmp_path / "gone.xlsx")
    assert said.code == 2
    (tmp_path / "no.xlsx").write_bytes(b"id,question\n")
    said = shell("forms", "import", tmp_path / "no.xlsx", "-o", out)
    assert (said.code, said.errors) == (2, ["The file is not an Excel workbook (.xlsx)."])
    assert not out.exists()
