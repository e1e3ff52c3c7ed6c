"""Whether two findings concern the same duty: by item, by what an item was, by clause."""

from dataclasses import replace

import pytest

from inspector_app import forms
from inspector_app.forms import Clause
from inspector_app.inspection.recurring import (
    clause_topics,
    recurrences,
    same_duty,
    same_item,
)
from inspector_app.records import Finding
from tests.reports.inspections import HAMILTON, Case, deficiency, small_form, visited

OLD, NEW = forms.load("jem-2020"), forms.load("jem-2025")


def cited(section: str, item: str = "") -> Finding:
    return Finding(id="finding:x", document="moa", section=section, item=item)


def test_the_same_item_is_the_same_duty_and_another_one_of_the_same_form_is_not() -> None:
    assert same_duty(NEW, cited("IV.G", "j-70"), NEW, cited("IV.G", "j-70")) == "item"
    assert same_duty(NEW, cited("IV.G", "j-70"), NEW, cited("IV.G", "j-82")) is None


def test_an_item_is_known_by_what_it_was_whichever_form_is_the_later_one() -> None:
    item = small_form().items[0]
    section = small_form().sections[0]
    renamed = replace(item, id="officers-new", was=(item.id,))
    form = small_form(id="later", sections=(replace(section, items=(renamed,)),))
    assert same_item(form, "officers-new", small_form(), item.id)
    assert same_item(small_form(), item.id, form, "officers-new")
    assert not same_item(form, "officers-new", small_form(), "officers-2")


def renumbered() -> list[tuple[str, str, str]]:
    """Clauses that bear another number in the later revision: topic, old number, new number."""
    later = {topic: clause.section for clause in NEW.clauses for topic in clause.topics}
    return [
        (topic, clause.section, later[topic])
        for clause in OLD.clauses
        for topic in clause.topics
        if topic in later and later[topic] != clause.section
    ]


def test_the_revisions_do_renumber_clauses() -> None:
    assert renumbered()


@pytest.mark.parametrize(("topic", "old", "new"), renumbered())
def test_a_renumbered_clause_is_the_same_duty(topic: str, old: str, new: str) -> None:
    assert same_duty(NEW, cited(new), OLD, cited(old)) == "clause"


def test_a_number_that_another_clause_bears_now_is_not_the_same_duty() -> None:
    topics = {clause.section: set(clause.topics) for clause in NEW.clauses}
    swapped = [
        clause.section
        for clause in OLD.clauses
        if clause.section in topics and not set(clause.topics) & topics[clause.section]
    ]
    for section in swapped:
        assert same_duty(NEW, cited(section), OLD, cited(section)) is None


def test_a_finer_number_belongs_to_the_clause_above_it_and_to_the_nearest() -> None:
    clauses = (Clause("IV", "", ("A",)), Clause("IV.G", "", ("B",)), Clause("IV.GA", "", ("C",)))
    form = small_form(clauses=clauses)
    assert clause_topics(form, "IV.G.2") == {"B"}
    assert clause_topics(form, "IV.A") == {"A"}
    assert clause_topics(form, "V") == frozenset()


def test_nothing_named_is_no_duty_in_common() -> None:
    assert same_duty(NEW, Finding(), OLD, Finding()) is None
    assert same_duty(NEW, cited(""), OLD, cited("")) is None
    other = Finding(document="eod", section="5")
    assert same_duty(NEW, other, OLD, Finding(document="eod", section="5")) == "clause"
    assert same_duty(NEW, other, OLD, Finding(document="eod", section="6")) is None


def test_once_before_is_a_repeat_and_twice_is_recurring_and_practices_are_neither() -> None:
    visits = []
    for signed in ("2020-06-01", "2022-06-01", "2025-03-03"):
        case = visited(Case(agency={**HAMILTON, "signed": signed}))
        deficiency(case, "f1", "complaints-1", "Spanish poster missing", "D02")
        visits.append(case.inspection)
    now, last, first = visits
    assert recurrences(now, [last])["finding:f1"].kind == "repeat"
    found = recurrences(now, [last, first])["finding:f1"]
    assert found.kind == "recurring"
    assert [one.inspection for one in found.before] == [last.id, first.id]
    assert recurrences(now, []) == {}
