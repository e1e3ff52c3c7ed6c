"""Roster arithmetic: a truth table of acts and candidate findings, and what may never happen."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.forms import TrainingRule, finding_types, load
from inspector_app.rules.roster import Act, Officer, Standing, authorized, standings, unlisted
from inspector_app.rules.roster_findings import Candidate, candidates
from inspector_app.rules.roster_terms import NO_TERMS, Terms, rules, terms_of
from inspector_app.rules.spans import NOTHING, Said, Span
from inspector_app.rules.training_lists import Course, TrainingList

JEM_NUMBERS = TrainingRule(70, 1, "course", 24, None)
JEM = replace(terms_of(load("jem-2025")), training=JEM_NUMBERS)
WSO = replace(terms_of(load("wso-2025")), training=TrainingRule(70, 1, "exam", None, None))
TFM = replace(terms_of(load("tfm-2025")), training=TrainingRule(None, None, None, None, 24))
ON = date(2026, 3, 10)
YES, NO = Said(word=True), Said(word=False)


def d(text: str) -> date:
    return date.fromisoformat(text)


def on(*texts: str) -> Said:
    return Said(tuple(map(d, texts)))


GOOD: dict[str, Any] = {
    "citizenship": YES,
    "background": on("2024-01-05"),
    "trained_from": on("2024-02-05"),
    "trained_to": on("2024-03-01"),
    "exams": (85.0, 90.0),
    "refreshers": on("2026-02-20"),
    "certified": on("2024-03-04"),
    "letter": on("2024-03-11"),
    "form_70_006": on("2024-03-11"),
    "credential_number": "C-1",
    "credential_issued": on("2024-03-11"),
}
COURSE = Course("security", "Information security", d("2025-05-31"), "the list")
OWN_DAY = Course("rights", "Civil rights", None, "the list")
LIST = TrainingList(2025, "List", "a memo", "seen", ("JEM", "WSO"), False, (COURSE,))


def officer(**fields: Any) -> Officer:
    return Officer("7", **{**GOOD, **fields})


def one(row: Officer, *days: str, terms: Terms = JEM, lists: Sequence[Any] = ()) -> Standing:
    acts = [Act(d(day), row.number) for day in days]
    [standing] = standings([row], acts, terms, lists, ON)
    return standing


def found(
    row: Officer, *days: str, terms: Terms = JEM, lists: Sequence[Any] = ()
) -> list[Candidate]:
    return candidates([one(row, *days, terms=terms, lists=lists)], [], terms, ON)


def keys(row: Officer, *days: str, **how: Any) -> set[str]:
    return {each.key for each in found(row, *days, **how)}


# -- acts ------------------------------------------------------------------------------------------

SUSPENDED = {"suspended": (Span(d("2025-01-10"), d("2025-02-10")),)}


@pytest.mark.parametrize(
    ("fields", "day", "verdict"),
    [
        ({}, "2024-03-10", "before the letter"),
        ({}, "2024-03-11", "authorized"),
        ({}, "2026-03-10", "authorized"),
        ({}, "2026-03-11", "unknown"),  # later than the day of the check
        ({"letter": NO}, "2025-01-01", "no letter"),
        ({"letter": NOTHING}, "2025-01-01", "unknown"),
        ({"letter": YES}, "2025-01-01", "unknown"),
        ({"letter": on("2027-01-01")}, "2025-01-01", "unknown"),
        ({"form_70_006": on("2024-04-01")}, "2024-03-31", "before Form 70-006"),
        ({"form_70_006": on("2024-04-01")}, "2024-04-01", "authorized"),
        ({"form_70_006": NO}, "2025-01-01", "no Form 70-006"),
        ({"form_70_006": YES}, "2025-01-01", "authorized"),
        ({"form_70_006": NOTHING}, "2025-01-01", "authorized"),
        (SUSPENDED, "2025-01-10", "authorized"),  # the day of a change decides nothing
        (SUSPENDED, "2025-01-11", "suspended"),
        (SUSPENDED, "2025-02-09", "suspended"),
        (SUSPENDED, "2025-02-10", "authorized"),
        ({"suspended": (Span(d("2025-01-10")),)}, "2026-03-01", "suspended"),
        ({"revoked": on("2025-06-01")}, "2025-06-01", "authorized"),
        ({"revoked": on("2025-06-01")}, "2025-06-02", "after the end"),
        ({"left": on("2025-06-01")}, "2025-06-02", "after the end"),
        ({"left": YES}, "2025-06-02", "unknown"),
        ({"left": NO}, "2025-06-02", "authorized"),
        (
            {"revoked": on("2025-06-01"), "letter": on("2024-03-11", "2025-09-01")},
            "2025-08-31",
            "after the end",
        ),
        (
            {"revoked": on("2025-06-01"), "letter": on("2024-03-11", "2025-09-01")},
            "2025-09-01",
            "authorized",
        ),
        ({"credential_returned": on("2025-06-01")}, "2025-06-02", "after the credential's return"),
        (
            {
                "credential_returned": on("2025-06-01"),
                "credential_issued": on("2024-03-11", "2025-06-05"),
            },
            "2025-06-06",
            "authorized",
        ),
        ({"refreshers": on("2025-01-01"), "trained_to": on("2022-06-01")}, "2024-07-01", "overdue"),
        ({"refreshers": NOTHING, "trained_to": on("2022-06-01")}, "2024-07-01", "authorized"),
    ],
)
def test_an_act_is_judged_by_the_days_of_the_roster(
    fields: dict[str, Any], day: str, verdict: str
) -> None:
    [act] = one(officer(**fields), day).acts
    assert act.verdict == verdict


def test_a_task_force_letter_ends_by_itself_and_asks_for_no_form_70_006() -> None:
    row = officer(form_70_006=NO)
    verdicts = [each.verdict for each in one(row, "2026-03-10", terms=TFM).acts]
    assert verdicts == ["authorized"]
    before = {"trained_from": NOTHING, "trained_to": on("2024-01-05"), "certified": NOTHING}
    late = officer(**before, letter=on("2024-01-11"))
    verdicts = [each.verdict for each in one(late, "2026-01-11", "2026-01-12", terms=TFM).acts]
    assert verdicts == ["authorized", "after the term"]
    [candidate] = found(late, "2026-01-12", terms=TFM)
    assert candidate.key == "act-expired/question"
    renewed = officer(**before, letter=on("2024-01-11", "2026-01-05"))
    assert found(renewed, "2026-01-12", terms=TFM) == []


def test_somebody_who_is_not_on_the_roster_is_asked_about() -> None:
    row = officer()
    acts = [Act(d("2025-01-01"), "7"), Act(d("2025-01-02"), "9")]
    strangers = unlisted([row], acts)
    [candidate] = candidates(standings([row], acts, JEM, (), ON), strangers, JEM, ON)
    assert (candidate.key, candidate.officers) == ("act-unlisted/question", ("9",))


# -- spans -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "months", "spans"),
    [
        ({}, None, [("2024-03-11", None)]),
        ({"letter": NOTHING}, None, None),
        ({"letter": NO}, None, []),
        ({"revoked": on("2025-06-01")}, None, [("2024-03-11", "2025-06-01")]),
        (
            {"left": on("2025-06-01"), "letter": on("2024-03-11", "2025-09-01")},
            None,
            [("2024-03-11", "2025-06-01"), ("2025-09-01", None)],
        ),
        (
            {"revoked": on("2025-06-01"), "letter": on("2024-03-11", "2025-06-01")},
            None,
            [("2024-03-11", None)],  # a new letter on the day of the revocation
        ),
        (SUSPENDED, None, [("2024-03-11", "2025-01-10"), ("2025-02-10", None)]),
        ({"suspended": (Span(d("2025-01-10")),)}, None, [("2024-03-11", "2025-01-10")]),
        (
            {"suspended": (Span(d("2025-01-10"), d("2025-01-11")),)},
            None,
            [("2024-03-11", None)],
        ),
        ({"suspended": (Span(d("2023-01-10"), d("2023-02-11")),)}, None, [("2024-03-11", None)]),
        ({"suspended": (Span(d("2027-01-10")),)}, None, [("2024-03-11", None)]),
        ({"letter": on("2024-02-29")}, 24, [("2024-02-29", "2026-02-28")]),
        ({"letter": on("2024-02-29", "2025-01-01")}, 24, [("2024-02-29", "2027-01-01")]),
    ],
)
def test_authority_runs_from_the_letter_to_its_end(
    fields: dict[str, Any], months: int | None, spans: list[tuple[str, str | None]] | None
) -> None:
    expected = (
        None
        if spans is None
        else tuple(Span(d(first), d(last) if last else None) for first, last in spans)
    )
    assert authorized(officer(**fields), months, ON) == expected


# -- candidate findings ----------------------------------------------------------------------------

LATE = {"refreshers": NO, "trained_to": on("2023-01-10"), "trained_from": NOTHING}
GONE = {"left": on("2025-12-01")}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, set()),
        ({"citizenship": NO}, {"citizenship/question"}),
        ({"citizenship": NOTHING}, set()),
        ({"background": on("2024-03-11")}, set()),
        ({"background": on("2024-03-12")}, {"background/hard"}),
        ({"background": NO}, {"background/hard"}),
        ({"background": NOTHING}, set()),
        ({"trained_to": on("2024-03-12")}, {"initial-training/hard"}),
        ({"trained_to": NO}, {"initial-training/hard"}),
        ({"trained_to": NOTHING}, set()),
        ({"certified": on("2024-03-12")}, {"certified/hard"}),
        ({"certified": NO}, {"certified/hard"}),
        ({"form_70_006": NO}, {"form-70-006/hard"}),
        ({"form_70_006": on("2024-04-01")}, set()),
        ({"exams": (70.0, 70.0)}, set()),
        ({"exams": (69.9, 80.0)}, set()),
        ({"exams": (80.0, 69.9)}, {"exam-without-pass/question"}),
        ({"exams": (60.0, 80.0, 65.0, 90.0)}, {"exam-failed-twice/hard"}),
        ({"exams": ()}, set()),
        ({"letter": NO, "exams": (1.0, 1.0), "certified": NO, "background": NO}, set()),
        ({**GONE, "credential_returned": on("2025-12-01")}, set()),
        ({**GONE, "credential_returned": on("2025-12-05")}, {"credential-not-recorded/question"}),
        ({**GONE}, {"credential-not-recorded/question"}),
        ({**GONE, "credential_returned": NO}, {"credential-kept/hard"}),
        (
            {
                **GONE,
                "credential_issued": on("2024-03-11", "2025-01-01"),
                "credential_returned": on("2024-12-01"),
            },
            {"credential-not-recorded/question"},  # it was issued again
        ),
        ({**GONE, "credential_issued": NOTHING, "credential_number": ""}, set()),
        ({**GONE, "letter": on("2024-03-11", "2026-01-10")}, set()),
        ({**SUSPENDED, "credential_returned": on("2025-01-12")}, set()),
        (SUSPENDED, {"credential-suspended/question"}),
        (LATE, {"refresher/question", "suspension/question", "monitoring/question"}),
        (
            {**LATE, "refreshers": on("2025-06-01")},
            {"refresher/question", "suspension/question", "monitoring/question"},
        ),
        ({**LATE, "refreshers": NOTHING}, set()),
        ({**LATE, "refreshers": on("2025-01-10")}, set()),
        ({**LATE, "trained_to": on("2024-03-10")}, set()),  # due on the day of the check
        (
            {
                **LATE,
                "suspended": (Span(d("2025-01-11")),),
                "credential_returned": on("2025-01-11"),
            },
            {"refresher/question", "monitoring/question"},
        ),
    ],
)
def test_the_truth_table_of_a_jail_officer(fields: dict[str, Any], expected: set[str]) -> None:
    assert keys(officer(**fields)) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-03-10", {"act-unauthorized/hard"}),
        ("2024-03-11", set()),
        ("2026-03-10", set()),
    ],
)
def test_an_act_before_the_letter_is_shown_by_days_alone(day: str, expected: set[str]) -> None:
    assert keys(officer(), day) == expected


def test_an_act_while_suspended_rests_on_a_directive_that_is_not_held() -> None:
    row = officer(**SUSPENDED, credential_returned=on("2025-02-09"))
    [candidate] = found(row, "2025-01-20")
    assert (candidate.key, candidate.type) == ("act-suspended/question", "D11")
    assert candidate.document == "ice-13001-1"


@pytest.mark.parametrize(
    ("exams", "expected"),
    [
        ((70.0,), set()),
        ((65.0,), {"exam-without-pass/question"}),
        ((65.0, 70.0), set()),
        ((65.0, 69.0), {"exam-failed-twice/hard"}),
        ((65.0, 69.0, 95.0), {"exam-failed-twice/hard"}),
    ],
)
def test_a_warrant_service_officer_has_one_retake(
    exams: tuple[float, ...], expected: set[str]
) -> None:
    assert keys(officer(exams=exams), terms=WSO) == expected


def test_what_one_revision_asks_another_does_not() -> None:
    row = officer(background=NO, refreshers=NO, trained_to=on("2021-01-01"), trained_from=NOTHING)
    assert "background/hard" in keys(row)
    assert keys(row, terms=WSO) == set()  # ICE "reserves the right"; and it has no refreshers
    assert candidates([one(row)], [], NO_TERMS, ON) == []


# -- annual courses --------------------------------------------------------------------------------


def lapses(
    row: Officer, *lists: TrainingList, terms: Terms = JEM
) -> list[tuple[str, str | None, bool]]:
    """First and last day of each lapse of a course, and whether it is known."""
    return [
        (str(lapse.span.first), str(lapse.span.last) if lapse.span.last else None, lapse.known)
        for lapse in one(row, terms=terms, lists=lists).lapses
        if lapse.kind == "course"
    ]


@pytest.mark.parametrize(
    ("said", "fields", "expected"),
    [
        (on("2025-05-31"), {}, []),
        (on("2024-10-01"), {}, []),
        (on("2024-09-30"), {}, [("2025-06-01", None, True)]),  # of the fiscal year before
        (on("2025-06-01"), {}, []),  # late by no whole day
        (on("2025-06-02"), {}, [("2025-06-01", "2025-06-01", True)]),
        (NO, {}, [("2025-06-01", None, True)]),
        (NOTHING, {}, [("2025-06-01", None, False)]),
        (YES, {}, [("2025-06-01", None, False)]),
        (on("2030-01-01"), {}, [("2025-06-01", None, False)]),
        (NO, {"letter": on("2025-06-01")}, []),  # not yet in the program when it was due
        (NO, {"left": on("2025-05-30")}, []),
        (NO, {"left": on("2025-05-31")}, []),
        (NO, {"left": on("2025-07-01")}, [("2025-06-01", "2025-07-01", True)]),
        (NO, {"letter": NOTHING}, []),
        (NO, SUSPENDED, [("2025-06-01", None, True)]),
    ],
)
def test_a_course_is_overdue_from_the_day_after_it_was_due(
    said: Said, fields: dict[str, Any], expected: list[tuple[str, str | None, bool]]
) -> None:
    row = officer(**fields, courses={"information-security": said})
    assert lapses(row, LIST) == expected
    assert lapses(replace(row, courses={"security": said}), LIST) == expected  # by its id


@pytest.mark.parametrize(
    ("graduated", "done", "expected"),
    [
        ("2024-03-01", on("2025-03-01"), []),
        ("2024-03-01", NO, [("2025-03-02", None, True)]),
        ("2024-03-01", on("2024-03-01"), [("2025-03-02", None, True)]),  # on graduation day
        ("2024-03-01", on("2024-03-02"), []),
        ("2024-02-29", on("2025-02-28"), []),
        ("2024-02-29", NO, [("2025-03-01", None, True)]),
        ("2023-11-01", NO, [("2024-11-02", None, True)]),  # in the autumn of the fiscal year
        ("2025-02-01", NO, []),  # graduated in that fiscal year
    ],
)
def test_an_anniversary_is_the_officers_own(
    graduated: str, done: Said, expected: list[tuple[str, str | None, bool]]
) -> None:
    row = officer(
        trained_from=NOTHING,
        trained_to=on(graduated),
        letter=on(graduated),
        courses={"civil-rights": done},
    )
    assert lapses(row, replace(LIST, courses=(OWN_DAY,))) == expected


def test_one_certificate_is_never_two_years_training() -> None:
    following = replace(LIST, fiscal_year=2026, courses=(replace(COURSE, day=d("2026-01-31")),))
    late = officer(courses={"security": on("2025-11-05")})
    assert lapses(late, LIST, following) == [
        ("2025-06-01", "2025-11-04", True),
        ("2026-02-01", None, True),
    ]
    both = officer(courses={"security": on("2025-11-05", "2026-01-31")})
    assert lapses(both, following, LIST) == [("2025-06-01", "2025-11-04", True)]


@pytest.mark.parametrize(
    ("change", "terms", "weight"),
    [
        ({}, JEM, "hard"),
        ({}, WSO, "hard"),
        ({}, TFM, "question"),  # the list does not name the model
        ({"models": ("TFM",)}, TFM, "question"),  # "ICE may provide additional updated training"
        ({"models": ()}, JEM, "question"),
        ({"historical": True}, JEM, "question"),
        ({"certainty": "seed"}, JEM, "question"),
        ({"certainty": "unverified"}, JEM, "question"),
    ],
)
def test_only_a_list_that_was_read_and_binds_makes_more_than_a_question(
    change: dict[str, Any], terms: Terms, weight: str
) -> None:
    row = officer(courses={"security": NO})
    lists = [replace(LIST, **change)]
    by_rule = {each.rule: each for each in found(row, terms=terms, lists=lists)}
    assert by_rule["course"].key == f"course/2025/{weight}"
    assert by_rule["course"].type == ("A09" if terms is TFM else "D01")


def test_the_days_between_lapse_and_suspension_are_told_with_their_acts() -> None:
    row = officer(
        courses={"security": NO},
        suspended=(Span(d("2025-08-01")),),
        credential_returned=on("2025-08-01"),
    )
    days = ("2025-05-31", "2025-06-01", "2025-07-15", "2025-09-01")
    by_rule = {each.rule: each for each in found(row, *days, lists=[LIST])}
    [case] = by_rule["suspension"].cases
    assert case.days == (d("2025-06-01"), d("2025-06-01"), d("2025-07-15"))
    assert "suspended on August 1, 2025; 2 acts while overdue" in case.words
    assert by_rule["suspension"].weight == "question"
    assert by_rule["monitoring"].type == "D10"
    assert by_rule["act-suspended"].cases[0].days == (d("2025-09-01"),)


def test_acts_after_a_suspension_ended_too_early_are_told() -> None:
    row = officer(
        courses={"security": NO},
        suspended=(Span(d("2025-06-01"), d("2025-07-01")),),
        credential_returned=on("2025-06-01"),
        credential_issued=on("2024-03-11"),
    )
    assert "suspension/question" not in keys(row, lists=[LIST])
    again = replace(row, credential_returned=on("2025-06-01"), credential_issued=on("2025-06-01"))
    by_rule = {each.rule: each for each in found(again, "2025-08-01", lists=[LIST])}
    assert by_rule["suspension"].cases[0].days == (d("2025-06-01"), d("2025-08-01"))


def test_a_refresher_before_graduation_starts_no_term() -> None:
    row = officer(refreshers=on("2021-01-01"), letter=on("2021-06-01"), trained_to=on("2024-06-01"))
    assert one(row).lapses == ()


# -- what may never happen -------------------------------------------------------------------------

DAYS = st.dates(date(2019, 1, 1), date(2028, 12, 31))
SAID = st.one_of(
    st.just(NOTHING),
    st.just(YES),
    st.just(NO),
    st.lists(DAYS, min_size=1, max_size=4).map(lambda days: Said(tuple(sorted(days)))),
)
BY_MODEL = {"JEM": JEM, "WSO": WSO, "TFM": TFM}
MODELS = st.sampled_from(sorted(BY_MODEL))
LISTS = [
    TrainingList(year, "List", "a memo", "seen", ("JEM",), False, (course, OWN_DAY))
    for year in range(2020, 2028)
    for course in [replace(COURSE, day=date(year, 3, 31))]
]
FIELDS = (
    *("citizenship", "background", "trained_to", "refreshers", "certified", "letter"),
    *("form_70_006", "credential_issued", "credential_returned", "revoked", "left"),
)
OFFICERS = st.builds(
    Officer,
    st.just("7"),
    **dict.fromkeys(FIELDS, SAID),
    exams=st.lists(st.sampled_from([60.0, 69.9, 70.0, 95.0]), max_size=4).map(tuple),
    courses=st.fixed_dictionaries({"security": SAID, "rights": SAID}),
    suspended=st.lists(DAYS, max_size=1).map(lambda days: tuple(Span(day) for day in days)),
)


def open_days(standing: Standing, *, known: bool) -> set[tuple[str, int]]:
    """Every day on which the officer was overdue; with `known` off, also those that are unknown."""
    return {
        (lapse.subject, day)
        for lapse in standing.lapses
        if lapse.known or not known
        for day in range(lapse.span.first.toordinal(), (lapse.span.last or ON).toordinal() + 1)
    }


@given(OFFICERS, DAYS, st.sampled_from(["refreshers", "security", "rights"]))
def test_one_more_day_of_training_never_makes_an_officer_more_overdue(
    row: Officer, day: date, where: str
) -> None:
    before = row.refreshers if where == "refreshers" else row.courses[where]
    after = Said(tuple(sorted((*before.days, day))), None)
    trained = (
        replace(row, refreshers=after)
        if where == "refreshers"
        else replace(row, courses={**row.courses, where: after})
    )
    was, now = one(row, lists=LISTS), one(trained, lists=LISTS)
    assert open_days(now, known=False) <= open_days(was, known=False)
    if not before.until(ON).unknown:
        assert open_days(now, known=True) <= open_days(was, known=True)


@given(OFFICERS, st.lists(DAYS, max_size=3), st.sampled_from(FIELDS), MODELS)
def test_saying_nothing_of_a_thing_accuses_nobody_of_it(
    row: Officer, acts: list[date], field: str, model: str
) -> None:
    silent = replace(row, **{field: NOTHING})
    every = found(silent, *map(str, acts), terms=BY_MODEL[model], lists=LISTS)
    hard = {each.rule for each in every if each.weight == "hard"}
    rests_on = {
        "citizenship": {"citizenship"},
        "background": {"background"},
        "trained_to": {"initial-training"},
        "certified": {"certified"},
        "form_70_006": {"form-70-006"},
        "credential_returned": {"credential-kept"},
        "letter": {rule.id for rule in rules()} - {"credential-kept"},
    }
    assert hard & rests_on.get(field, set()) == set()


@given(OFFICERS, st.lists(DAYS, max_size=3))
def test_nothing_is_overdue_or_a_fault_before_it_could_be(row: Officer, acts: list[date]) -> None:
    standing = one(row, *map(str, acts), lists=LISTS)
    for lapse in standing.lapses:
        assert lapse.due < lapse.span.first <= ON
        assert lapse.span.last is None or lapse.span.first <= lapse.span.last < ON
        assert lapse.span.first >= min(row.letter.days)
    for span in standing.authorized or ():
        assert span.first <= ON


@given(OFFICERS, st.lists(DAYS, max_size=3), MODELS)
def test_a_candidate_says_whom_why_and_where_it_is_written(
    row: Officer, acts: list[date], model: str
) -> None:
    for each in found(row, *map(str, acts), terms=BY_MODEL[model], lists=LISTS):
        assert each.officers == ("7",) and each.type in finding_types()
        assert each.document and each.section
        for sentence in (each.sentence, *(case.words for case in each.cases)):
            assert not sentence[0].islower() and sentence.endswith(".") and "{" not in sentence
        if not each.item:
            assert each.weight == "question"


def test_a_practice_or_a_text_that_is_not_held_is_never_more_than_a_question() -> None:
    for terms in (JEM, WSO, TFM):
        form = load(terms.form)
        for asked in terms.asked.values():
            if asked.firm:
                assert form.document(asked.document).text_held
                assert form.item(asked.item).certainty != "unverified"
    assert not JEM.asked["refresher"].firm


def test_every_rule_names_an_item_that_a_form_has() -> None:
    items = {item.id for id in ("jem-2025", "wso-2025", "tfm-2025") for item in load(id).items}
    assert {rule.id for rule in rules() if not set(rule.items) & items} == set()
    assert {rule.type for rule in rules()} <= set(finding_types())
