"""Complaint posters: which contacts a day asks for, and what a difference is called."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.forms import load, shipped
from inspector_app.rules.posters import (
    Compared,
    Language,
    compare,
    contacts,
    contacts_in,
    duty,
    expected,
    words,
)

OIG, OPR, TFM_PHONE = "800-323-8603", "877-246-8253", "1-833-4ICE-OPR"
OLD, SEED, NEW = "JointIntake@cbp.dhs.gov", "Joint.Intake@dhs.gov", "ICEOPRIntake@ice.dhs.gov"
MAIL = "P.O. Box 14475, Pennsylvania Avenue NW, Washington, DC 20044"
WHOLE = [OIG, OPR, SEED, MAIL]


def d(text: str) -> date:
    return date.fromisoformat(text)


def values(day: str, model: str) -> set[str]:
    return {each.contact.value for each in expected(d(day), model)}


def states(found: list[Compared], language: Language) -> list[tuple[str, str]]:
    return [
        (each.state, each.text or (each.contact.kind if each.contact else ""))
        for each in found
        if each.language == language
    ]


@pytest.mark.parametrize(
    ("day", "model", "email"),
    [
        ("2019-04-24", "WSO", OLD),
        ("2020-03-01", "JEM", OLD),
        ("2020-12-31", "JEM", OLD),
        ("2021-01-01", "JEM", SEED),
        ("2025-02-13", "JEM", SEED),
        ("2025-02-14", "JEM", NEW),
        ("2026-03-10", "WSO", NEW),
        ("2026-03-10", "TFM", NEW),
    ],
)
def test_s29_the_address_follows_the_day(day: str, model: str, email: str) -> None:
    assert {value for value in values(day, model) if "@" in value} == {email}


def test_where_nothing_was_seen_nothing_is_expected() -> None:
    assert values("2019-04-23", "WSO") == set()
    assert values("2020-02-29", "JEM") == set()
    assert values("2025-03-06", "TFM") == set()
    assert TFM_PHONE in values("2025-03-07", "TFM") and TFM_PHONE not in values("2026-01-01", "JEM")


def test_what_was_last_seen_long_ago_is_presumed() -> None:
    presumed = {each.contact.value: each.presumed for each in expected(d("2026-03-10"), "JEM")}
    assert presumed[OIG] and presumed[OPR] and not presumed[NEW]
    assert not any(each.presumed for each in expected(d("2021-01-31"), "JEM"))


def test_the_report_s_own_poster_has_all_that_its_month_asks_for() -> None:
    found = compare(d("2021-01-15"), "JEM", {"en": WHOLE, "es": WHOLE})
    assert {each.state for each in found} == {"expected"} and len(found) == 8


@pytest.mark.parametrize(
    ("day", "model", "text", "state"),
    [
        ("2026-03-10", "JEM", "Email: iceoprintake@ICE.dhs.gov.", "expected"),
        ("2026-03-10", "JEM", SEED, "outdated"),
        ("2026-03-10", "JEM", OLD, "outdated"),
        ("2020-06-01", "JEM", NEW, "later"),
        ("2026-03-10", "JEM", TFM_PHONE, "other-model"),
        ("2026-03-10", "TFM", "833-442-3677", "expected"),
        ("2026-03-10", "TFM", OPR, "other-model"),
        ("2026-03-10", "JEM", "317-555-0100", "unknown"),
        ("2026-03-10", "JEM", "Ask at the desk", "unknown"),
    ],
)
def test_a_contact_is_named_for_its_time(day: str, model: str, text: str, state: str) -> None:
    [found] = [each for each in compare(d(day), model, {"en": [text]}) if each.text]
    assert found.state == state
    assert found.sentence.startswith("The English poster ") and found.sentence.endswith(".")
    assert text not in found.sentence


def test_the_sentence_tells_the_time_of_this_models_own_source() -> None:
    [found] = [each for each in compare(d("2025-02-10"), "JEM", {"en": [NEW]}) if each.text]
    assert found.sentence == "The English poster shows a contact first seen on February 14, 2025."


def test_s29_each_poster_is_looked_at_by_itself() -> None:
    found = compare(d("2021-01-15"), "JEM", {"en": WHOLE, "es": [OIG, OLD]})
    assert {state for state, _ in states(found, "en")} == {"expected"}
    assert states(found, "es") == [
        ("expected", OIG),
        ("outdated", OLD),
        ("missing", "phone"),
        ("missing", "email"),
        ("missing", "mail"),
    ]


def test_a_poster_nobody_read_is_not_a_poster_without_contacts() -> None:
    found = compare(d("2021-01-15"), "JEM", {"en": []})
    assert [state for state, _ in states(found, "en")] == ["missing"] * 4
    assert states(found, "es") == [("not-read", "")]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Call toll-free: 800-323-8603 DHS Inspector General", ["8003238603"]),
        ("(800) 323 8603", ["8003238603"]),
        ("+1 800.323.8603", ["8003238603"]),
        ("1–833–4ICE–OPR", ["8334423677"]),
        ("18334423677", ["8334423677"]),
        ("800-323-8603 / 877-246-8253", ["8003238603", "8772468253"]),
        ("mailto:X@DHS.GOV, 800-323-8603", ["x@dhs.gov", "8003238603"]),
        ("P.O. BOX 14475\n500 Atlanta Road, Washington DC 20044-1234", ["box 14475 20044"]),
        ("PO Box 14475, 12345 Main St, Washington , DC 20044 (4 weeks)", ["box 14475 20044"]),
        ("Ask at the desk!", ["askatthedesk"]),
        ("800-323-860", ["800323860"]),
        ("1800-323-86031", ["180032386031"]),
    ],
)
def test_contacts_are_found_in_the_lines_of_a_poster(text: str, keys: list[str]) -> None:
    assert [key for _, key in contacts_in(text)] == keys


@given(st.text(max_size=60))
def test_every_line_is_something(text: str) -> None:
    assert list(contacts_in(text))


@given(st.dates(d("2018-01-01"), d("2030-01-01")), st.sampled_from(["JEM", "WSO", "TFM"]))
def test_a_poster_with_all_that_is_expected_lacks_nothing(day: date, model: str) -> None:
    texts = [each.contact.value for each in expected(day, model)]
    found = compare(day, model, {"en": texts, "es": texts})
    assert {each.state for each in found} <= {"expected"}
    for each in expected(day, model):
        assert each.contact.first <= day and model in each.contact.models
        following = expected(day + timedelta(days=1), model)
        assert len(following) >= len(texts)


# -- the sources -----------------------------------------------------------------------------------


def test_every_contact_stands_in_its_source(shared: Path) -> None:
    """The copies are read by machines, which take I for l."""
    report = _bare((shared / "domain" / "gao-21-186.txt").read_text("utf-8"))
    agreements = [_bare(path.read_text("utf-8")) for path in (shared / "moa").glob("*.txt")]
    for contact in contacts():
        texts = [report] if contact.certainty == "seed" else agreements
        assert any(_bare(contact.value) in text for text in texts), contact.value


def test_the_posters_words_stand_in_the_report(shared: Path) -> None:
    report = _bare((shared / "domain" / "gao-21-186.txt").read_text("utf-8"))
    languages: tuple[Language, ...] = ("en", "es")
    for poster in map(words, languages):
        for text in (poster["title"], poster["question"], *poster["rights"], poster["closing"]):
            assert _bare(text) in report, text


def _bare(text: str) -> str:
    letters = (sign for sign in text.casefold() if sign.isalnum())
    return "".join("i" if sign in "l1" else sign for sign in letters)


def test_the_duty_is_what_the_form_says() -> None:
    assert duty(load("jem-2025")).posters is True
    assert duty(load("wso-2025")).posters is True
    assert duty(load("tfm-2025")).posters is False
    for form in shipped():
        assert duty(form).posters is not None and duty(form).section == "Appendix B"


def test_there_is_no_spanish_but_ices_own() -> None:
    assert set(words("es")) == set(words("en"))
    assert len(words("es")["rights"]) == len(words("en")["rights"]) == 6
