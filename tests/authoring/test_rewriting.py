"""A form's text that says something new keeps its remarks and layout wherever it says the same."""

import copy
import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app import forms
from inspector_app.authoring.blocks import blocks_of
from inspector_app.authoring.rewriting import rewritten
from tests.harness import count
from tests.test_forms import SHIPPED, WHOLE

Table = dict[str, Any]

REMARKS = """\
# At the head.
id = "x" # behind a value
title = "T"

# Of the first document.
[[document]]
id = "moa"
# Of the number.
number = ""
# Under the keys: of this document.

# Of the second document.

[[document]]
id = "dir"
number = '''
[[document]]
# no remark'''
# Of the third.
[[document]]
id = "third"
number = "3" # three

# At the end.
"""


def said(text: str) -> Table:
    return tomllib.loads(text)


def changed(text: str, change: Any) -> str:
    """The text rewritten after a change of what it says, which it must say afterwards."""
    new = said(text)
    change(new)
    done = rewritten(text, new)
    assert said(done) == new
    return done


@pytest.mark.parametrize("form_id", SHIPPED)
def test_what_says_the_same_is_the_same_text(form_id: str) -> None:
    text = forms.bytes_of(form_id).decode()
    assert "".join(found.text + found.gap for found in blocks_of(text)) == text
    assert rewritten(text, said(text)) == text


def test_a_value_changes_alone_and_keeps_the_remark_behind_it() -> None:
    done = changed(REMARKS, lambda new: new["document"][2].update(number="4"))
    assert done == REMARKS.replace('"3" # three', '"4" # three')


def test_a_table_takes_the_remarks_above_it_along() -> None:
    done = changed(REMARKS, lambda new: new["document"].insert(0, new["document"].pop(2)))
    third = '# Of the third.\n[[document]]\nid = "third"\nnumber = "3" # three\n'
    assert third in done
    assert done.index(third) < done.index("# Of the first document.")
    for remark in ("# At the head.", "# Of the number.", "# Under the keys: of this document."):
        assert done.count(remark) == 1
    assert done.index("# Of the second document.") < done.index('id = "dir"')


def test_a_table_that_goes_takes_its_remarks_with_it_and_no_others() -> None:
    done = changed(REMARKS, lambda new: new["document"].pop(1))
    gone = REMARKS[REMARKS.index("# Of the second") : REMARKS.index("# Of the third")]
    assert done == REMARKS.replace(gone, "")


def test_a_table_under_a_new_id_is_still_the_table_with_its_remarks() -> None:
    done = changed(WHOLE, lambda new: new["section"][0]["item"][1].update(id="j-3"))
    assert done == WHOLE.replace('id = "j-2"', 'id = "j-3"')


def test_of_two_tables_of_one_id_the_one_that_says_the_same_keeps_its_remark() -> None:
    text = WHOLE.replace('[[document]]\nid = "moa"', '# first\n[[document]]\nid = "moa"')
    done = changed(text, lambda new: new["document"][0].update(id="directive"))
    assert done == text.replace('id = "moa"', 'id = "directive"')


def test_what_comes_last_or_goes_leaves_empty_lines_as_they_are() -> None:
    topic = {"id": "more", "english": "What else?"}
    done = changed(WHOLE, lambda new: new["interview"][0]["topic"].append(topic))
    assert done == WHOLE + '\n[[interview.topic]]\nid = "more"\nenglish = "What else?"\n'
    assert changed(done, lambda new: new["interview"][0]["topic"].pop()) == WHOLE


def test_a_new_table_stands_in_its_order_in_the_layout_of_the_forms() -> None:
    point = {"topic": "Exams", "says": "no", "section": "IV.C"}
    done = changed(WHOLE, lambda new: new.update(point=[point]))
    written = '[[point]]\ntopic = "Exams"\nsays = "no"\nsection = "IV.C"\n\n'
    assert done == WHOLE.replace("[[not_asked]]", written + "[[not_asked]]")


DAYS = "in_force_from = 2001-02-03\nin_force_to = 2002-02-03\n"


def test_a_new_key_stands_in_its_order() -> None:
    def change(new: Table) -> None:
        new["section"][0]["item"][0]["certainty"] = "unverified"
        new["document"][0] |= {"in_force_to": date(2002, 2, 3), "in_force_from": date(2001, 2, 3)}

    done = changed(WHOLE, change)
    expected = WHOLE.replace('"desk"\n', '"desk"\ncertainty = "unverified"\n', 1)
    expected = expected.replace('text = "held"\n', 'text = "held"\n' + DAYS)
    assert done == expected


def test_an_item_moves_to_another_section_with_all_that_it_has() -> None:
    more = '\n[[section]]\nid = "more"\ntitle = "More"\n[[section.item]]\nid = "j-9"\n'

    def change(new: Table) -> None:
        first, second = new["section"]
        second["item"].insert(0, first["item"].pop(0))

    text = WHOLE.replace('id = "j-1"\n', '# remark\nid = "j-1" # first\n', 1) + more
    done = changed(text, change)
    assert '[[section.item]]\n# remark\nid = "j-1" # first\n' in done
    assert done.index('"More"') < done.index("# remark") < done.index('id = "j-9"')


def test_members_of_a_list_keep_their_remarks() -> None:
    listed = 'look_at = [\n    "Old.", # one\n    # above\n    "Two.",\n    "Three.",\n]'
    text = WHOLE.replace('look_at = ["Read the records of ten persons."]', listed)

    def change(new: Table) -> None:
        new["section"][0]["item"][0]["look_at"] = ["Old.", "Two.", "New."]

    assert changed(text, change) == text.replace('"Three."', '"New."')


def test_the_training_table_comes_and_goes() -> None:
    done = changed(WHOLE, lambda new: new.update(training={"retakes": 1}))
    assert "[training]\nretakes = 1\n\n[[not_asked]]" in done
    more = changed(done, lambda new: new["training"].update(pass_percent=70, retakes=2))
    assert "[training]\npass_percent = 70\nretakes = 2\n\n" in more
    assert changed(more, lambda new: new.pop("training")) == WHOLE


def test_line_ends_stay_those_of_the_file() -> None:
    text = WHOLE.replace("\n", "\r\n")
    new = said(text) | {"title": "Another"}
    assert rewritten(text, new) == text.replace("A form for tests", "Another")


INLINE = """\
id = "x"
not_asked = [
    { ref = "A", reason = "a" }, # one
    { ref = "B", reason = "b" },
]
training.retakes = 2

[[sample]]
id = "files"
attribute = [{ id = "one", label = "1" }]

[[sample]]
id = "more"
[[sample.attribute]]
id = "two"
label = "2"

[[section]]
id = "s"
[[section.item]]
id = "i"
[section.item.shown_when]
item = "k"
[[section.item.cites]]
document = "moa" # cited
page = 1
[[section.item.cites]]
document = "dir"
"""


def test_tables_written_in_other_ways_than_ours_are_changed_where_they_stand() -> None:
    def change(new: Table) -> None:
        new["not_asked"].insert(1, {"ref": "C", "reason": "c"})
        new["training"] = {"retakes": 3}
        new["sample"][0]["attribute"].append({"id": "three", "label": "3"})
        new["section"][0]["item"][0]["shown_when"]["result"] = ["met"]
        new["section"][0]["item"][0]["question"] = "Why?"
        cites = new["section"][0]["item"][0]["cites"]
        cites[0] = {"document": "moa", "page": 2}
        cites.append({"document": "third"})

    done = changed(INLINE, change)
    assert '{ ref = "A", reason = "a" }, # one' in done
    assert "training.retakes = 3" in done
    assert 'document = "moa" # cited\npage = 2' in done


# -- any change ------------------------------------------------------------------------------------


def lists_of(value: Any) -> list[list[Any]]:
    """Every list in a form's data that has members."""
    inner = value.values() if isinstance(value, dict) else value
    found = [value] if isinstance(value, list) and value else []
    for part in inner:
        if isinstance(part, dict | list):
            found += lists_of(part)
    return found


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=12)


def disturb(new: Table, data: st.DataObject) -> None:
    """One act of an editor: a member of some list goes, moves, is copied or says something else."""
    members = data.draw(st.sampled_from(lists_of(new)))
    act = data.draw(st.sampled_from(["go", "move", "copy", "say"]))
    at = data.draw(st.integers(0, len(members) - 1))
    if act == "go" and len(members) > 1:
        del members[at]
    elif act == "move":
        members.insert(data.draw(st.integers(0, len(members) - 1)), members.pop(at))
    elif act == "copy":
        members.insert(at, copy.deepcopy(members[at]))
    elif isinstance(members[at], str):
        members[at] = data.draw(TEXTS)
    else:
        key = data.draw(st.sampled_from([k for k, v in members[at].items() if isinstance(v, str)]))
        members[at][key] = data.draw(TEXTS)


def check_any_change(text: str, data: st.DataObject) -> None:
    """After any few acts the text says what it shall, and the way back is open."""
    new = said(text)
    for _ in range(data.draw(st.integers(1, 5))):
        disturb(new, data)
    done = rewritten(text, new)
    assert said(done) == new
    assert rewritten(done, new) == done
    assert said(rewritten(done, said(text))) == said(text)


@pytest.mark.parametrize("text", [WHOLE, INLINE, REMARKS])
@settings(max_examples=count(40, 2_000))
@given(data=st.data())
def test_whatever_changes_the_text_says_it(text: str, data: st.DataObject) -> None:
    check_any_change(text, data)


@settings(max_examples=count(8, 400))
@given(form_id=st.sampled_from(SHIPPED), data=st.data())
def test_whatever_changes_in_a_form_that_ships_the_text_says_it(
    form_id: str, data: st.DataObject
) -> None:
    check_any_change(forms.bytes_of(form_id).decode(), data)
