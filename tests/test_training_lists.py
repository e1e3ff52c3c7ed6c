"""Training lists: the one that was read, and an office's own with every fault at once."""

from datetime import date

import pytest

from inspector_app.errors import BadInput
from inspector_app.rules.fiscal_year import FiscalYear
from inspector_app.rules.training import anniversary, not_known, shipped_lists
from inspector_app.rules.training_lists import course_key, read_lists

HEAD = """
[[list]]
fiscal_year = 2026
title = "Our list"
source = "a memo"
certainty = "seen"
models = ["JEM"]
"""
COURSE = """
[[list.course]]
id = "rights"
title = "Civil rights"
due = "fixed"
day = 2026-05-31
authority = "the memo"
"""


def faults(text: str) -> list[str]:
    with pytest.raises(BadInput) as refused:
        read_lists(text.encode(), "ours.toml")
    assert refused.value.message.endswith(".")
    return list(refused.value.details)


def test_the_list_of_2009_is_history_and_the_lists_in_force_are_not_known() -> None:
    [only] = shipped_lists()
    assert (only.fiscal_year, only.historical, only.certainty) == (2009, True, "seen")
    fixed = {course.id: (course.day, course.authority) for course in only.courses if course.day}
    assert fixed == {
        "information-assurance": (date(2009, 5, 31), "5 CFR 930"),
        "sensitive-information": (date(2009, 1, 31), "DHS MD 11042.1"),
    }
    assert sum(course.day is None for course in only.courses) == 8
    assert not any(only.binds(model) for model in ("JEM", "WSO", "TFM"))
    assert "not known" in not_known()


def test_an_office_writes_its_own() -> None:
    [own] = read_lists((HEAD + COURSE).encode("utf-8-sig"), "ours.toml")
    assert own.binds("JEM") and not own.binds("WSO")
    assert [course.day for course in own.courses] == [date(2026, 5, 31)]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (HEAD, "ours.toml: list 1: it has no [[list.course]]"),
        (HEAD.replace("title", "titel") + COURSE, "ours.toml: list 1: there is no key “titel”"),
        (HEAD.replace("2026", '"2026"') + COURSE, "“fiscal_year” must be a whole number"),
        (HEAD.replace("2026", "1926") + COURSE, "“fiscal_year” must be from 1997 to 2099"),
        (HEAD.replace('"seen"', '"sure"') + COURSE, "“certainty” must be one of"),
        (HEAD.replace("JEM", "XYZ") + COURSE, "“models” may hold JEM, WSO, TFM"),
        (HEAD + COURSE.replace("rights", "Rights!", 1), "course 1: “id” may have small letters"),
        (HEAD + COURSE.replace("fixed", "soon"), "“due” must be fixed or anniversary"),
        (HEAD + COURSE.replace("fixed", "anniversary"), "an anniversary has none"),
        (HEAD + COURSE.replace("day = 2026-05-31", ""), "a fixed course has a “day”"),
        (HEAD + COURSE.replace("2026-05-31", "2026-10-01"), "not in the fiscal year"),
        (HEAD + COURSE.replace("2026-05-31", "2026-05-31T10:00:00"), "“day” must be a day"),
        (HEAD + COURSE.replace("authority", "orders"), "“authority” is missing"),
        (HEAD + COURSE + COURSE, "two courses have the same id"),
        (HEAD + COURSE + HEAD + COURSE, "two lists are of the same fiscal year"),
        ("kind = 1\n" + HEAD + COURSE, "there is no key “kind”"),
        (HEAD.replace("2026", "[[1]]"), "must be a whole number"),
        (HEAD + "course = 1", "“course” must be a list"),
        (HEAD + "course = [1]", "course 1: it is not a table"),
    ],
)
def test_every_fault_is_told_with_its_place(text: str, fault: str) -> None:
    assert any(fault in each for each in faults(text))


@pytest.mark.parametrize("text", ["", "x = 1", "list = 1", "list = []", "[[list", "list = [1]"])
def test_a_file_without_lists_is_refused(text: str) -> None:
    assert faults(text) == []


def test_other_encodings_are_refused() -> None:
    with pytest.raises(BadInput, match="UTF-8"):
        read_lists("[[list]]\ntitle = 'é'".encode("latin-1"), "ours.toml")


def test_all_faults_come_at_once() -> None:
    text = (
        HEAD.replace("JEM", "X") + COURSE.replace("fixed", "soon") + COURSE.replace("day =", "d =")
    )
    assert len(faults(text)) >= 3


@pytest.mark.parametrize(
    ("graduated", "year", "day"),
    [
        (date(2024, 3, 1), 2024, None),
        (date(2024, 3, 1), 2025, date(2025, 3, 1)),
        (date(2023, 11, 1), 2024, None),
        (date(2023, 11, 1), 2025, date(2024, 11, 1)),
        (date(2024, 2, 29), 2025, date(2025, 2, 28)),
        (date(2024, 2, 29), 2028, date(2028, 2, 29)),
        (date(2024, 9, 30), 2025, date(2025, 9, 30)),
        (date(2024, 10, 1), 2026, date(2025, 10, 1)),
        (date(2026, 3, 1), 2025, None),
    ],
)
def test_each_fiscal_year_after_graduation_has_one_anniversary(
    graduated: date, year: int, day: date | None
) -> None:
    assert anniversary(graduated, FiscalYear(year)) == day


def test_titles_are_compared_without_their_signs() -> None:
    assert course_key("287(g) Refresher: BIA  decisions") == course_key(
        "287 G REFRESHER BIA DECISIONS"
    )
