"""Rosters and posters at the terminal: no workspace, no names, nothing judged in silence."""

from pathlib import Path

import pytest

from tests.functional.terminal import Terminal

ROSTER = """\
Officer,Name,Trained to,Letter,Left,Credential no,Credential returned,Course Information security
B-2,Ana Sample,2024-03-01,2024-03-11,,C-1,,no
3,J. Specimen,2024-03-01,2024-03-11,2025-12-01,C-2,no,2025-05-01
4,T. Mock,2024-03-01,,,,,
"""
ACTS = "Date,Officer,Act\n2024-03-10,Officer B-2,I-200\n2025-06-10,B-2,I-200\n"
LISTS = """
[[list]]
fiscal_year = 2025
title = "Our list"
source = "a memo of our office"
certainty = "seen"
models = ["JEM"]

[[list.course]]
id = "information-security"
title = "Information security"
due = "fixed"
day = 2025-05-31
authority = "the memo"
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, text in (("roster.csv", ROSTER), ("acts.csv", ACTS), ("lists.toml", LISTS)):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_a_roster_becomes_officers_and_candidates(terminal: Terminal, files: Path) -> None:
    said = terminal.run(
        *("roster", "check", files / "roster.csv", "--acts", files / "acts.csv"),
        *("--form", "jem-2025", "--on", "2026-01-10", "--lists", files / "lists.toml"),
    )
    assert terminal.code == 0
    officers = {each["officer"]: each for each in said if "officer" in each}
    assert list(officers) == ["B-2", "3", "4"]
    assert officers["B-2"]["overdue"][0]["first"] == "2025-06-01"
    assert [each["verdict"] for each in officers["B-2"]["acts"]] == ["before the letter", "overdue"]
    assert officers["3"]["authorized"] == [{"first": "2024-03-11", "last": "2025-12-01"}]
    assert officers["4"]["authorized"] is None
    assert "the authorization letter" in officers["4"]["unknown"]
    candidates = {each["candidate"]: each for each in said if "candidate" in each}
    assert candidates["act-unauthorized/hard"]["officers"] == ["B-2"]
    assert candidates["course/2025/hard"]["type"] == "D01"
    assert candidates["credential-kept/hard"]["officers"] == ["3"]
    assert candidates["suspension/question"]["document"] == "ice-13001-1"
    for name in ("Ana", "Sample", "Specimen", "Mock"):
        assert name not in str(said) + terminal.errors


def test_an_agreement_that_ended_ends_every_officers_authority(
    terminal: Terminal, files: Path
) -> None:
    ended = ("--on", "2026-01-10", "--ended", "2025-06-01")
    said = terminal.run("roster", "check", files / "roster.csv", *ended)
    assert [each["authorized"] for each in said[:2]] == [
        [{"first": "2024-03-11", "last": "2025-06-01"}]
    ] * 2
    terminal.run("roster", "check", files / "roster.csv", "--ended", "soon")
    assert terminal.code == 2


def test_what_was_not_looked_at_is_said(terminal: Terminal, files: Path) -> None:
    said = terminal.run("roster", "check", files / "roster.csv", "--on", "2026-01-10")
    assert terminal.code == 0 and not [each for each in said if "candidate" in each]
    assert "No form was given" in terminal.errors
    assert "Annual courses were not checked" in terminal.errors
    assert "no column for: Nominated" in terminal.errors


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--list", "FY2026"), "No training list of FY2026 is known"),
        (("--list", "26"), "fiscal years"),
        (("--on", "tomorrow"), "must be a day"),
        (("--form", "jem-2024"), "There is no form"),
        (("--lists", "roster.csv"), "not TOML"),
        (("--acts", "roster.csv"), "it needs “Officer number” and “Day”"),
    ],
)
def test_what_cannot_be_done_is_refused(
    terminal: Terminal, files: Path, arguments: tuple[str, str], says: str
) -> None:
    option, value = arguments
    given = files / value if (files / value).exists() else value
    assert terminal.run("roster", "check", files / "roster.csv", option, given) == []
    assert terminal.code == 2 and says in terminal.errors


def test_the_list_of_the_past_only_asks(terminal: Terminal, files: Path) -> None:
    old = "Officer,Trained to,Letter,Course information assurance\n7,2008-03-01,2008-03-11,no\n"
    (files / "old.csv").write_text(old, "utf-8")
    said = terminal.run(
        *("roster", "check", files / "old.csv", "--form", "jem-2025"),
        *("--list", "FY2009", "--on", "2009-09-30"),
    )
    weights = {each["candidate"]: each["weight"] for each in said if "candidate" in each}
    assert weights["course/2009/question"] == "question"
    assert "FY2009 only raises questions" in terminal.errors


def test_the_template_is_a_roster_without_officers(terminal: Terminal, files: Path) -> None:
    out = files / "template.csv"
    said = terminal.done("roster", "template", "-o", out, "--lists", files / "lists.toml")
    assert said == {"file": "template.csv", "courses": 1}
    assert "Course Information security" in out.read_text("utf-8-sig")
    terminal.run("roster", "check", out)
    assert terminal.code == 2 and "no officers" in terminal.errors


def test_posters_are_held_against_the_contacts_of_the_day(terminal: Terminal, files: Path) -> None:
    shown = "Poster,Contact\nEnglish,800-323-8603\nEnglish,Joint.Intake@dhs.gov\n"
    (files / "posters.csv").write_text(shown, "utf-8")
    said = terminal.run(
        *("roster", "poster", "--on", "2026-03-10", "--model", "JEM", "--form", "jem-2025"),
        *("--contacts", files / "posters.csv"),
    )
    assert said[0]["posters"] is True and said[0]["section"] == "Appendix B"
    expected = {each["expected"]: each["presumed"] for each in said if "expected" in each}
    assert expected["ICEOPRIntake@ice.dhs.gov"] is False
    states = [(each["poster"], each["state"]) for each in said if "poster" in each]
    assert states[:2] == [("en", "expected"), ("en", "outdated")]
    assert states[-1] == ("es", "not-read")
    assert "a question, no violation" in terminal.errors
    terminal.run("roster", "poster", "--model", "WSO", "--form", "jem-2025")
    assert terminal.code == 2 and "is for JEM" in terminal.errors
