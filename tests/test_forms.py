"""What is read from a form file, what a question's digest covers, and the forms that ship."""

import dataclasses
import json
import re
import tomllib
from datetime import date
from typing import Any

import pytest

from inspector_app import forms
from inspector_app.errors import BadInput
from inspector_app.forms.lines import lines_of
from inspector_app.paths import forms_dir

FORM = """\
id = "jem-test"
title = "A form for tests"
model = "JEM"
revision = "Revised 01/02/2024"
seen_from = 2024-01-02
seen_to = 2024-03-04
recognized_by = ["Revised 01/02/2024"]

[[document]]
id = "moa"
kind = "agreement"
title = "Memorandum of Agreement"
number = ""
text = "held"

[[document]]
id = "directive"
kind = "policy"
title = "A directive nobody has seen"
number = "12.3"
text = "not-held"
in_force_from = 2010-12-07
in_force_to = 2020-12-07

[[section]]
id = "interpretation"
title = "Interpretation"

[[section.item]]
id = "j-1"
was = ["j-0"]
question = "Is an interpreter offered?"
look_at = ["Read the records of ten persons."]
evidence = ["read", "told"]
types = ["D03", "A01"]
parties = ["lea-officers"]
topic = "INT"
verify = "desk"
cites = [
    { document = "moa", section = "IV.G", page = 4, quotation = "a b c d e six seven eight" },
    { document = "directive", section = "", quotation = "" },
]

[[section.item]]
id = "j-2"
question = "Was the failure reported?"
look_at = ["The reports", "Read the reports of the year."]
evidence = ["read"]
types = []
parties = ["ice-field-office"]
topic = "SUP"
verify = "site"
certainty = "seed"
shown_when = { item = "j-1", result = ["not-met"] }
cites = [{ document = "directive", section = "2", quotation = "Report it." }]

[[not_asked]]
ref = "J-92"
reason = "This form has no steering committee."
"""

MORE = """
[[sample]]
id = "case-file"
title = "Case files"
[[sample.attribute]]
id = "asked"
label = "Asked"
question = "Does the record hold the question?"
item = "j-1"
section = "IV.G"
[[sample.attribute]]
id = "signed"
label = "Signed"
question = "Is it signed?"

[[area]]
id = "lobby"
title = "Lobby"
[[area.point]]
id = "posters"
text = "Posters in two languages"
item = "j-1"

[[interview]]
id = "officer"
title = "Designated immigration officer"
party = "lea"
[[interview.topic]]
id = "functions"
english = "Which functions do you perform?"
spanish = "¿Qué funciones realiza?"
"""
WHOLE = FORM + MORE


def read(text: str = WHOLE) -> forms.Form:
    return forms.parse(text.encode(), "test.toml")


def changed(old: str, new: str, text: str = WHOLE) -> str:
    """The text with its first `old` replaced, which must be there."""
    assert old in text
    return text.replace(old, new, 1)


# -- what is read ---------------------------------------------------------------------------------


def test_a_form_is_read_as_it_stands() -> None:
    form = read()
    assert (form.id, form.model, form.revision) == ("jem-test", "JEM", "Revised 01/02/2024")
    assert (form.seen_from, form.seen_to) == (date(2024, 1, 2), date(2024, 3, 4))
    assert form.recognized_by == ("Revised 01/02/2024",)
    assert form.not_asked == (forms.NotAsked("J-92", "This form has no steering committee."),)
    assert [item.id for item in form.items] == ["j-1", "j-2"]
    assert not form.released


def test_documents_say_whether_their_text_is_held_and_when_they_were_in_force() -> None:
    form = read()
    assert form.document("moa").text_held
    directive = form.document("directive")
    assert (directive.kind, directive.number, directive.text_held) == ("policy", "12.3", False)
    assert directive.in_force_from == date(2010, 12, 7)
    assert directive.in_force_to == date(2020, 12, 7)


def test_an_item_is_read_with_its_citations_and_condition() -> None:
    first, second = read().items
    assert first.citations[0] == forms.Citation("moa", "IV.G", 4, "a b c d e six seven eight")
    assert first.citations[1].page is None
    assert (first.was, first.types, first.shown_when) == (("j-0",), ("D03", "A01"), None)
    assert (first.certainty, second.certainty) == ("seen", "seed")
    assert second.shown_when == forms.Condition("j-1", ("not-met",))
    assert second.look_at == ("The reports", "Read the reports of the year.")


def test_samples_tour_and_interviews_are_read() -> None:
    form = read()
    asked, signed = form.sample_kinds[0].attributes
    assert (asked.item, asked.section) == ("j-1", "IV.G")
    assert (signed.item, signed.section) == (None, "")
    assert form.areas[0].points == (forms.TourPoint("posters", "Posters in two languages", "j-1"),)
    assert form.interview_roles[0].topics[0].spanish == "¿Qué funciones realiza?"


def test_what_is_not_there_is_a_key_error() -> None:
    form = read()
    assert form.section_of("j-2").id == "interpretation"
    for look_up in (form.item, form.document, form.section_of):
        with pytest.raises(KeyError):
            look_up("j-9")


def test_samples_tour_and_interviews_may_be_missing() -> None:
    form = read(FORM)
    assert (form.sample_kinds, form.areas, form.interview_roles) == ((), (), ())


def test_the_example_in_the_guide_is_a_form() -> None:
    guide = (forms_dir().parent / "docs" / "forms.md").read_text("utf-8")
    example = "\n".join(re.findall(r"```toml\n(.*?)```", guide, re.DOTALL))
    assert read(example).item("j-70").topic == "INT"


# -- digests --------------------------------------------------------------------------------------


def digest(text: str) -> str:
    return read(text).item("j-1").digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Is an interpreter offered?", "Is an interpreter used?"),
        ("Read the records of ten persons.", "Read all records."),
        ("six seven eight", "six seven ten"),
        ('section = "IV.G", page', 'section = "IV.H", page'),
        ('{ document = "moa", section', '{ document = "directive", section'),
    ],
)
def test_another_question_has_another_digest(old: str, new: str) -> None:
    assert digest(changed(old, new)) != digest(WHOLE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('types = ["D03", "A01"]', 'types = ["D-other"]'),
        ('parties = ["lea-officers"]', 'parties = ["lea-management"]'),
        ('verify = "desk"', 'verify = "site"'),
        ("page = 4", "page = 5"),
        ('topic = "INT"', 'topic = "CIV"'),
        ("Revised 01/02/2024", "Revised 05/06/2024"),
        ('id = "jem-test"', 'id = "wso-test"'),
    ],
)
def test_the_same_question_keeps_its_digest(old: str, new: str) -> None:
    assert digest(changed(old, new)) == digest(WHOLE)


def test_a_digest_of_a_question_never_changes_between_versions_of_the_program() -> None:
    """Answers carry it for ever. If this fails, the program broke every inspection there is."""
    assert digest(WHOLE) == "6dd9519c52bff702afc52c63029ca32f2f99c56e6bfc5021ffaa18384fff8a7d"


def test_the_form_is_known_by_its_bytes() -> None:
    assert read().digest == forms.parse(WHOLE.encode(), "other.toml").digest
    assert read(WHOLE + "# a remark\n").digest != read().digest


# -- the forms that ship --------------------------------------------------------------------------

SHIPPED = [
    *("jem-2020", "jem-2025", "tfm-2025"),
    *("wso-2019", "wso-2020", "wso-2020-early", "wso-2025"),
]


@pytest.mark.parametrize("form_id", SHIPPED)
def test_every_form_that_ships_is_without_fault_and_named_as_its_file(form_id: str) -> None:
    form = forms.load(form_id)
    assert form.id == form_id
    assert form.document("moa").kind == "agreement"
    assert form.items and form.recognized_by


@pytest.mark.parametrize("form_id", SHIPPED)
def test_every_key_of_a_form_that_ships_is_found_in_its_line(form_id: str) -> None:
    text = forms.bytes_of(form_id).decode()
    lines, rows = lines_of(text), text.split("\n")
    for place, value in walk(tomllib.loads(text), ()):
        row = rows[lines[place] - 1]
        assert not isinstance(value, str) or value in row.replace('\\"', '"')


def walk(value: Any, place: tuple[Any, ...]) -> Any:
    """Every place below a value, with what stands there."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in inner:
        yield (*place, key), part
        if isinstance(part, dict | list):
            yield from walk(part, (*place, key))


def test_shipped_forms_come_by_id_and_are_read_once() -> None:
    assert [form.id for form in forms.shipped()] == SHIPPED
    assert all(forms.load(form.id) is form for form in forms.shipped())


def test_an_unknown_form_is_refused_with_a_guess() -> None:
    with pytest.raises(BadInput, match=r"“jem-2052”\. Did you mean “jem-2025”"):
        forms.load("jem-2052")
    with pytest.raises(BadInput):
        forms.bytes_of("../pyproject")


def test_a_form_is_released_only_when_its_bytes_are_listed() -> None:
    assert all(
        form.released == (form.digest in forms.released_digests()) for form in forms.shipped()
    )


def test_finding_types_are_those_of_the_tables_and_one_more() -> None:
    codes = {f"D{n:02}" for n in range(1, 15)} | {f"A{n:02}" for n in range(1, 10)} | {"D-other"}
    types = forms.finding_types()
    assert set(types) == codes
    assert all(code == known.code and known.title for code, known in types.items())
    assert {known.party for known in types.values()} == {"lea", "ice", "both", "either"}


def test_the_json_of_a_form_says_all_of_it() -> None:
    form = read()
    plain = json.loads(json.dumps(forms.as_json(form)))
    assert set(plain) == {field.name for field in dataclasses.fields(form)}
    assert plain["seen_from"] == "2024-01-02"
    assert [item["id"] for item in plain["sections"][0]["items"]] == ["j-1", "j-2"]
    assert plain["sections"][0]["items"][1]["shown_when"] == {"item": "j-1", "result": ["not-met"]}
    assert plain["documents"][0]["text_held"] is True


def test_an_item_is_timed_where_a_sentence_that_it_cites_states_the_term() -> None:
    """Not by its section alone: Appendix A of the JEM agreement has three clocks and 30 items."""
    form = forms.load("jem-2025")
    timed = {item.id: [point.clock.id for point in form.timed(item) if point.clock]
             for item in form.items if form.timed(item)}  # fmt: skip
    assert timed == {
        "j-14": ["detainer-notice"],
        "j-17": ["hold-after-transfer"],
        "j-18": ["hold-after-transfer"],
        "j-21": ["usc-claim"],
        "j-85": ["complaint-designated", "complaint-other"],
        "j-87": ["outcome-report"],
        "j-89": ["complaint-designated", "complaint-other"],
        "j-91": ["first-review-meeting"],
    }
