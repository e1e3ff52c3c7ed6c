"""What differs between two forms is told, all of it, with the words that went and came."""

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app import forms
from inspector_app.authoring.differing import Difference, difference, marked
from inspector_app.authoring.telling import told
from tests.test_form_faults import SECTION
from tests.test_forms import SHIPPED, WHOLE, changed, read

CLAUSES = """
[[clause]]
section = "V.C"
title = "Community outreach"
topics = ["Steering committee", "Community outreach"]
[[clause]]
section = "V.D"
title = "Release of information"
topics = ["Release of information"]
[[clause]]
section = "IV.G"
title = "Interpretation services"
topics = ["Interpretation"]
[[clause]]
section = "VII"
title = "Points of contact"
topics = []
[[point]]
topic = "Exams"
says = "at least 70 percent"
section = "IV.G"
[[point]]
topic = "Detainer notice to ICE"
says = "at most 24 hours"
section = "IV.G"
clock = { id = "detainer-notice", hours = 24, binding = "generally" }
[training]
pass_percent = 70
"""
FULL = WHOLE + CLAUSES
MORE = SECTION.replace("j-1", "j-3")


def between(before: str, after: str) -> Difference:
    return difference(read(before), read(after))


def page(before: str, after: str) -> str:
    text = told(between(before, after))
    assert max(map(len, text.split("\n"))) <= 88
    assert "\x1b" not in text
    return text


# -- items -----------------------------------------------------------------------------------------


def test_nothing_differs_between_a_form_and_itself() -> None:
    for form in forms.shipped():
        found = difference(form, form)
        assert not found.head
        assert all(not (p.came or p.went or p.changed) for p in found.parts.values())
        assert found.carried == len(form.items)
    assert "Nothing differs." in page(FULL, FULL)


def test_items_that_came_and_went_are_told() -> None:
    found = between(WHOLE, WHOLE + MORE).parts["items"]
    assert [(came.key, came.says) for came in found.came] == [("j-3", "Is it asked again?")]
    assert (found.went, found.changed, found.same) == ((), (), 2)
    back = page(WHOLE + MORE, WHOLE)
    assert "3 items before and 2 after: 0 came, 1 went, 0 moved, 0 in other words." in back
    assert "  - j-3  Is it asked again?" in back


def test_an_item_that_another_replaces_is_found_by_its_earlier_id() -> None:
    after = changed('id = "j-1"\nwas = ["j-0"]', 'id = "j-4"\nwas = ["j-0", "j-1"]', FULL)
    after = after.replace('item = "j-1"', 'item = "j-4"')
    (part,) = between(FULL, after).parts["items"].changed[:1]
    assert (part.key, part.was) == ("j-4", "j-1")
    assert not part.reworded
    assert "j-4 (was j-1)  Is an interpreter offered?" in page(FULL, after)


def test_an_item_in_another_section_has_moved() -> None:
    start = FULL.index('[[section.item]]\nid = "j-2"')
    end = FULL.index("[[not_asked]]")
    after = FULL[:start] + FULL[end:] + MORE + FULL[start:end]
    (part,) = between(FULL, after).parts["items"].changed
    assert part.key == "j-2"
    assert [(f.name, f.before, f.after) for f in part.fields] == [
        ("under", "interpretation", "more")
    ]
    assert "under: interpretation → more" in page(FULL, after)


def test_of_items_in_another_order_the_fewest_have_moved() -> None:
    blocks = [MORE.replace("j-3", f"j-{n}").replace("more", f"s{n}") for n in range(3, 8)]
    after = [blocks[4], *blocks[:4]]
    found = between(WHOLE + "".join(blocks), WHOLE + "".join(after)).parts["items"]
    (part,) = found.changed
    assert part.key == "j-7"
    assert [(f.name, f.before, f.after) for f in part.fields] == [
        ("place", "after j-6", "after j-2")
    ]


@pytest.mark.parametrize(
    ("old", "new", "name", "shown"),
    [
        ("Is an interpreter offered?", "Is an interpreter used?", "question",
         "question: Is an interpreter [-offered?-] {+used?+}"),
        ("Read the records of ten persons.", "Read the records of all persons here.", "look at",
         "look at: Read the records of [-ten persons.-] {+all persons here.+}"),
        ("six seven eight", "six seven nine", "clauses", "[-eight”-] {+nine”+}"),
        ('section = "IV.G", page', 'section = "VII", page', "clauses", "moa [-IV.G:-] {+VII:+}"),
    ],
)  # fmt: skip
def test_other_wording_is_told_word_by_word_and_carries_no_answer(
    old: str, new: str, name: str, shown: str
) -> None:
    after = changed(old, new, FULL)
    found = between(FULL, after)
    (part,) = found.parts["items"].changed
    assert [field.name for field in part.fields] == [name]
    assert part.reworded
    assert found.carried == 1
    text = page(FULL, after)
    assert shown in text
    assert "1 in other words." in text


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ('types = ["D03", "A01"]', 'types = ["D-other"]', "types: D03, A01 → D-other"),
        ('parties = ["lea-officers"]', 'parties = ["lea-management"]', "parties: lea-officers →"),
        ('certainty = "seed"', 'certainty = "seen"', "certainty: seed → seen"),
        ('verify = "desk"', 'verify = "site"', "verify: desk → site"),
        ('result = ["not-met"]', 'result = ["met"]', "shown when: j-1 is not-met → j-1 is met"),
        ("page = 4", "page = 5", "Only on other pages: j-1 4, – → 5, –."),
    ],
)
def test_what_else_differs_is_told_and_answers_carry_over(old: str, new: str, shown: str) -> None:
    after = changed(old, new, FULL)
    found = between(FULL, after)
    assert not any(part.reworded for part in found.parts["items"].changed)
    assert found.carried == 2
    assert shown in page(FULL, after)


# -- everything else -------------------------------------------------------------------------------


def test_a_clause_under_another_letter_has_moved_and_is_not_another_clause() -> None:
    gone = FULL[
        FULL.index('[[clause]]\nsection = "V.C"') : FULL.index('[[clause]]\nsection = "V.D"')
    ]
    after = changed('"V.D"', '"V.C"', changed(gone, "", FULL))
    found = between(FULL, after).parts["clauses"]
    (part,) = found.changed
    assert (part.key, part.was) == ("V.C", "V.D")
    assert [went.says for went in found.went] == ["Community outreach"]
    assert found.came == ()
    assert "V.C (was V.D)  Release of information\n      letter: V.D → V.C" in page(FULL, after)


def test_a_clause_with_another_title_is_known_by_its_topics() -> None:
    after = changed('title = "Interpretation services"', 'title = "Interpreters"', FULL)
    (part,) = between(FULL, after).parts["clauses"].changed
    assert [(f.name, f.after) for f in part.fields] == [("title", "Interpreters")]


def test_points_clocks_and_the_training_clause_are_compared() -> None:
    after = changed('binding = "generally"', 'binding = "hard"', FULL)
    after = changed(
        "pass_percent = 70", "pass_percent = 80\\nretakes = 1".replace("\\n", "\n"), after
    )
    text = page(FULL, after)
    assert "clock: generally 24 hours, weekends counted → 24 hours, weekends counted" in text
    assert "training: pass percent: 70 → 80" in text
    assert "training: retakes: none → 1" in text


@pytest.mark.parametrize(
    ("old", "new", "kind", "shown"),
    [
        ("A directive nobody has seen", "A directive", "documents", "title: A directive nobody"),
        ("This form has no steering committee.", "It has none.", "not asked", "reason: This form"),
        ("Posters in two languages", "Posters in Spanish", "tour", "lobby/posters"),
        ('label = "Signed"', 'label = "Sig."', "samples", "label: Signed → Sig."),
        ("¿Qué funciones realiza?", "¿Qué hace?", "interviews", "spanish: ¿Qué funciones"),
        (
            'title = "Interpretation"\n',
            'title = "Languages"\n',
            "sections",
            "title: Interpretation",
        ),
    ],
)
def test_every_kind_of_part_is_compared(old: str, new: str, kind: str, shown: str) -> None:
    after = changed(old, new, WHOLE)
    found = between(WHOLE, after)
    assert [name for name, parts in found.parts.items() if parts.changed] == [kind]
    assert shown in page(WHOLE, after)


@pytest.mark.parametrize(("before", "after"), list(itertools.permutations(SHIPPED, 2)))
def test_forms_that_ship_are_told_apart_for_people_and_programs(before: str, after: str) -> None:
    old, new = forms.load(before), forms.load(after)
    found = difference(old, new)
    text = told(found)
    assert max(map(len, text.split("\n"))) <= 88
    assert json.loads(json.dumps(found.as_json()))["carried"] == found.carried
    items = found.parts["items"]
    assert len(old.items) - len(items.went) == len(items.changed) + items.same
    assert len(new.items) - len(items.came) == len(items.changed) + items.same
    kept = {part.key for part in items.changed if not part.reworded and not part.was}
    digests = {item.id: item.digest for item in old.items}
    assert all(digests[key] == new.item(key).digest for key in kept)


def test_the_two_texts_of_2020_differ_in_one_clause() -> None:
    """The revisions overlap in time; the citizenship claim is what tells them apart."""
    found = difference(forms.load("wso-2019"), forms.load("wso-2020-early"))
    assert [part.key for part in found.parts["points"].changed] == ["Citizenship claim to ICE"]


# -- words -----------------------------------------------------------------------------------------

WORDS = st.lists(st.sampled_from(["a", "b", "c", "the", "jail"]), max_size=8).map(" ".join)


@given(WORDS, WORDS)
def test_the_marked_text_holds_both_texts(before: str, after: str) -> None:
    marks = marked(before, after)
    if before == after:
        assert marks == []
        return
    (line,) = marks
    for text, mine, other in ((before, "[- -]", "{+ +}"), (after, "{+ +}", "[- -]")):
        assert without(line, mine.split(), other.split()) == text


def without(line: str, mine: list[str], other: list[str]) -> str:
    """The line with its own marks taken off and the other text's words taken out."""
    kept: list[str] = []
    inside = False
    for word in line.split(" "):
        inside = inside or word.startswith(other[0])
        if not inside and word:
            kept.append(word.removeprefix(mine[0]).removesuffix(mine[1]))
        inside = inside and not word.endswith(other[1])
    return " ".join(kept)
