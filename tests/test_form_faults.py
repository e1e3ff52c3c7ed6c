"""Every fault of a form file is told in one run, each with its line; nothing worse can happen."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app import forms
from inspector_app.errors import BadInput
from inspector_app.forms.parsing import MAX_BYTES
from tests.test_forms import FORM, WHOLE, changed, read


def faults(text: str) -> list[str]:
    with pytest.raises(BadInput) as caught:
        read(text)
    return list(caught.value.details)


def fault_of_change(old: str, new: str) -> str:
    """The one fault that a change of the whole form makes, told at the line that was changed."""
    text = changed(old, new)
    (fault,) = faults(text)
    lines = zip(WHOLE.split("\n"), text.split("\n"), strict=False)
    line = next(n for n, (before, after) in enumerate(lines, 1) if before != after)
    place, sentence = fault.split(": ", 1)
    assert place == f"test.toml:{line}", fault
    return sentence


# -- one fault at a time --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('model = "JEM"', 'model = "JEMM"', "“JEMM” is none of JEM, WSO, TFM. Did you mean “JEM”?"),
        ('text = "held"', 'text = "kept"', "“kept” is none of held, not-held."),
        ('kind = "policy"', 'kind = "polcy"', "Did you mean “policy”?"),
        ('evidence = ["read"]', 'evidence = ["heard"]', "“heard” is none of saw, read, told."),
        ('parties = ["lea-officers"]', 'parties = ["lea-officer"]', "Did you mean “lea-officers”?"),
        ('topic = "INT"', 'topic = "INTT"', "Did you mean “INT”?"),
        ('verify = "site"', 'verify = "sight"', "Did you mean “site”?"),
        ('certainty = "seed"', 'certainty = "sure"', "“sure” is none of seen, seed, unverified."),
        ('party = "lea"', 'party = "police"', "“police” is none of lea, ice, detainee, other."),
        ('types = ["D03", "A01"]', 'types = ["D03", "D33"]', "“D33” is no type of finding."),
        ("Is an interpreter offered?", "Offer an interpreter!", "ends with a question mark"),
        ('"Read the records of ten persons."', '"Records"', "no full sentence"),
        ('was = ["j-0"]', 'was = ["j-2"]', "The earlier id “j-2” is in use."),
        ('was = ["j-0"]', 'was = ["j-0", "j-0"]', "The earlier id “j-0” is named twice."),
        ("seen_to = 2024-03-04", "seen_to = 2023-03-04", "“seen_to” is before “seen_from”."),
        ("in_force_to = 2020", "in_force_to = 2000", "“in_force_to” is before “in_force_from”."),
        ("e six seven eight", "e six seven", "has 7 words; at least 8 are needed"),
        ('{ document = "directive", section = ""', '{ document = "directve", section = ""',
         "The document “directve” is not declared. Did you mean “directive”?"),
        ('{ item = "j-1"', '{ item = "j-11"', "There is no item “j-11”. Did you mean “j-1”?"),
        ('item = "j-1"\nsection', 'item = "k-1"\nsection', "There is no item “k-1”."),
        ('languages"\nitem = "j-1"', 'languages"\nitem = "k-7"', "There is no item “k-7”."),
        ('{ item = "j-1"', '{ item = "j-2"', "depends on itself"),
        ('id = "j-2"', 'id = "J 2"', "“J 2” is no id"),
        ('title = "Case files"', 'title = " "', "“title” is only spaces"),
        ('["The reports", "Read', '["", "Read', "“look_at” is only spaces, or has a text"),
        ('result = ["not-met"]', 'result = []', "“result” is empty"),
        ("page = 4", "page = 0", "“page” must be a whole number from 1."),
        ("page = 4", "page = true", "“page” must be a whole number from 1."),
        ("seen_to = 2024-03-04", 'seen_to = "2024-03-04"', "must be a day such as 2025-02-15."),
        ("seen_to = 2024-03-04", "seen_to = 2024-03-04T05:06:07", "must be a day"),
        ("types = []", "types = [3]", "“types” must be a list of texts."),
        ('title = "Lobby"', "title = 4", "“title” must be a text."),
        ('{ item = "j-1", result = ["not-met"] }', '"j-1"', "“shown_when” must be a table."),
    ],
)  # fmt: skip
def test_one_fault_is_told_at_its_line(right: str, wrong: str, says: str) -> None:
    assert says in fault_of_change(right, wrong)


@pytest.mark.parametrize(
    ("line", "key", "head"),
    [
        ('title = "A form for tests"', "title", None),
        ('number = "12.3"', "number", "[[document]]"),
        ('title = "Interpretation"', "title", "[[section]]"),
        ('verify = "desk"', "verify", "[[section.item]]"),
        ('reason = "This form has no steering committee."', "reason", "[[not_asked]]"),
        ('label = "Signed"', "label", "[[sample.attribute]]"),
        ('text = "Posters in two languages"', "text", "[[area.point]]"),
        ('english = "Which functions do you perform?"', "english", "[[interview.topic]]"),
    ],
)
def test_a_missing_key_is_told_at_the_head_of_its_table(
    line: str, key: str, head: str | None
) -> None:
    text = changed(line + "\n", "")
    (fault,) = faults(text)
    at = text[: WHOLE.index(line)].rfind(head) if head else 0
    assert fault.startswith(f"test.toml:{text.count(chr(10), 0, at) + 1}: ")
    assert f"The key “{key}” is missing" in fault


@pytest.mark.parametrize(
    ("before", "key", "near"),
    [
        ("seen_from =", "titel", "title"),
        ('number = "12.3"', "numbr", "number"),
        ("evidence =", "type", "types"),
        ('label = "Signed"', "sectoin", "section"),
        ('english = "Which', "spanich", "spanish"),
    ],
)
def test_an_unknown_key_is_told_with_a_guess(before: str, key: str, near: str) -> None:
    said = fault_of_change(before, f'{key} = "x"\n{before}')
    assert f"There is no key “{key}”" in said
    assert said.endswith(f"Did you mean “{near}”?")


def test_an_unknown_key_inside_a_citation_is_told_at_the_citation() -> None:
    said = fault_of_change("page = 4", "pgae = 4")
    assert said == "There is no key “pgae” in “cites”. Did you mean “page”?"


def test_an_item_without_a_citation_is_refused() -> None:
    text = changed('cites = [{ document = "directive", section = "2", quotation', "#")
    assert ["The key “cites” is missing in “item”." in fault for fault in faults(text)] == [True]
    emptied = '[{ document = "directive", section = "2", quotation = "Report it." }]'
    assert fault_of_change(emptied, "[]") == "“cites” is empty."


def test_a_report_has_no_days_of_force_so_that_no_deficiency_rests_on_it() -> None:
    told = faults(changed('kind = "policy"', 'kind = "report"'))
    first = WHOLE[: WHOLE.index("in_force_from")].count("\n") + 1
    assert told == [
        f"test.toml:{first}: A report is never in force; leave “in_force_from” out.",
        f"test.toml:{first + 1}: A report is never in force; leave “in_force_to” out.",
    ]


def test_an_unverified_item_cannot_alone_carry_a_deficiency() -> None:
    unverified = changed('certainty = "seed"', 'certainty = "unverified"')
    assert read(unverified).item("j-2").certainty == "unverified"
    assert read(changed("types = []", 'types = ["D10", "A05"]', unverified))
    (fault,) = faults(changed("types = []", 'types = ["D10"]', unverified))
    assert fault.endswith(
        "An unverified item needs a type A…: a deficiency cannot rest on it alone."
    )
    assert fault.startswith(f"test.toml:{WHOLE[: WHOLE.index('types = []')].count(chr(10)) + 1}: ")


# -- ids ------------------------------------------------------------------------------------------


SECTION = """
[[section]]
id = "more"
title = "More"
[[section.item]]
id = "j-1"
question = "Is it asked again?"
look_at = ["Look again."]
evidence = ["saw"]
types = []
parties = ["lea-officers"]
topic = "INT"
verify = "site"
cites = [{ document = "directive", section = "", quotation = "" }]
"""


AGREEMENT = """
[[clause]]
section = "IV.G"
title = "Interpretation services"
topics = ["Interpretation"]

[[point]]
topic = "Annual meeting"
says = "every effort"
section = "IV.G"
clock = { id = "meeting", months = 12, binding = "generally" }
"""


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('topics = ["Interpretation"]', 'topics = ["Interpreting"]', "is no topic of the table"),
        ('topics = ["Interpretation"]', 'topics = ["Costs", "Costs"]', "“Costs” is listed twice."),
        ('topic = "Annual meeting"', 'topic = "Annual meetings"', "Did you mean “Annual meeting”?"),
        ('section = "IV.G"\nclock', 'section = "IV.H"\nclock', "has no section “IV.H”."),
        ("months = 12, ", "", "A clock has one of “hours”, “days” and “months”."),
        ("months = 12", "months = 12, days = 3", "A clock has one of"),
        ("months = 12, b", 'months = 12, weekends = "excluded", b', "with their weekends"),
        ('binding = "generally"', 'binding = "maybe"', "“maybe” is none of hard, generally."),
    ],
)
def test_what_is_said_of_the_agreement_is_checked(right: str, wrong: str, says: str) -> None:
    text = WHOLE.replace('section = "IV.H"', 'section = "IV.G"') + AGREEMENT
    assert right in text
    told = faults(text.replace(right, wrong, 1))
    assert any(says in fault for fault in told), told


def test_two_clauses_of_one_section_are_refused() -> None:
    told = faults(WHOLE + AGREEMENT + AGREEMENT)
    assert any("The section “IV.G” is listed twice." in fault for fault in told)
    assert any("Another clock has the id “meeting” already." in fault for fault in told)


def test_two_items_of_one_id_are_refused_also_in_different_sections() -> None:
    (fault,) = faults(WHOLE + SECTION)
    assert fault.endswith("Another item has the id “j-1” already.")
    assert fault.startswith(f"test.toml:{WHOLE.count(chr(10)) + 6}: ")


@pytest.mark.parametrize(
    ("right", "wrong", "what"),
    [
        ('id = "directive"', 'id = "moa"', "document"),
        ('id = "signed"', 'id = "asked"', "attribute"),
    ],
)
def test_two_of_one_id_are_refused(right: str, wrong: str, what: str) -> None:
    told = faults(changed(right, wrong))
    assert any(f"Another {what} has the id" in fault for fault in told)


def test_points_of_different_areas_may_share_an_id() -> None:
    area = '[[area]]\nid = "{}"\ntitle = "Hall"\n[[area.point]]\nid = "posters"\ntext = "Posters"\n'
    assert len(read(WHOLE + area.format("hall")).areas) == 2
    (fault,) = faults(WHOLE + area.format("lobby"))
    assert fault.endswith("Another area has the id “lobby” already.")


def test_a_circle_of_conditions_is_told_at_each_item_on_it_and_not_before_it() -> None:
    condition = 'shown_when = {{ item = "{}", result = ["met"] }}\ntopic = "INT"'
    text = changed('topic = "INT"', condition.format("j-2"))
    text = changed('{ item = "j-1", result = ["not-met"]', '{ item = "j-3", result = ["met"]', text)
    third = SECTION.replace('"j-1"', '"j-3"').replace('topic = "INT"', condition.format("j-2"))
    told = faults(text + third)
    ends = [text.index('"j-3"'), len(text) + third.index("shown_when")]
    lines = [(text + third)[:end].count("\n") + 1 for end in ends]
    sentence = "The item depends on itself, in a circle."
    assert told == [f"test.toml:{line}: {sentence}" for line in lines]


# -- all at once ----------------------------------------------------------------------------------

TEN = [
    ('model = "JEM"', 'model = "JAM"', "“JAM” is none of"),
    ("seen_to = 2024-03-04", 'seen_to = "March"', "“seen_to” must be a day"),
    ('number = ""', "nummer = 1", "There is no key “nummer”"),
    ("page = 4", 'page = "four"', "“page” must be a whole number"),
    ('{ document = "directive", section = ""', '{ document = "dir", section = ""', "not declared"),
    ('id = "j-2"', 'id = "j-1"', "Another item has the id “j-1”"),
    ("Was the failure reported?", "Report the failure.", "ends with a question mark"),
    ("types = []", 'types = ["D3"]', "“D3” is no type of finding."),
    ('label = "Signed"', "label = false", "“label” must be a text"),
    ('party = "lea"', 'party = "leaa"', "Did you mean “lea”?"),
]


def test_ten_faults_are_told_in_one_run_in_the_order_of_the_file() -> None:
    text = WHOLE
    for right, wrong, _ in TEN:
        text = changed(right, wrong, text)
    told = faults(text)
    missing = [fault for fault in told if "The key “number” is missing" in fault]
    assert len(missing) == 1  # what became “nummer” is also missing
    rest = [fault for fault in told if fault not in missing]
    assert len(rest) == len(TEN)
    for fault, (_, wrong, says) in zip(rest, TEN, strict=True):
        line = text[: text.rindex(wrong)].count("\n") + 1
        assert fault.startswith(f"test.toml:{line}: "), fault
        assert says in fault


def test_the_message_counts_the_faults() -> None:
    with pytest.raises(BadInput) as caught:
        read(changed('model = "JEM"', 'model = "X"'))
    assert caught.value.message == "The form test.toml has 1 fault; it cannot be used until mended."


def test_lines_are_right_after_texts_that_look_like_tables() -> None:
    title = '"""\n[[section]]\nid = "no"\n# no remark "quoted" \\"""\nend"""  # [[section]]'
    text = changed('"A form for tests"', title)
    text = changed('"Memorandum of Agreement"', "'''\n[[document]]\nid = 4'''", text)
    text = changed('verify = "site"', "verify = 'shore'", text)
    (fault,) = faults(text)
    assert fault.startswith(f"test.toml:{text[: text.index('shore')].count(chr(10)) + 1}: ")


def test_lines_are_found_in_tables_written_inline_and_in_dotted_keys() -> None:
    inline = 'not_asked = [\n  { ref = "J-1", reason = "a" },\n  { "ref" = 4, reason = "b" },\n]\n'
    text = changed("recognized_by", inline + "recognized_by", FORM.split("[[not_asked]]")[0])
    (fault,) = faults(text)
    assert fault == "test.toml:9: “ref” must be a text."
    dotted = 'shown_when.item = "j-1"\nshown_when.result = ["mett"]'
    said = faults(changed('shown_when = { item = "j-1", result = ["not-met"] }', dotted))
    assert said[0].startswith(f"test.toml:{WHOLE[: WHOLE.index('shown_when')].count(chr(10)) + 2}:")


def test_a_key_that_the_scan_does_not_follow_is_told_at_its_table() -> None:
    text = changed('number = "12.3"', '"num\\u0062er" = 4')
    (fault,) = faults(text)
    head = WHOLE[: WHOLE.index('id = "directive"')].count("\n")
    assert fault == f"test.toml:{head}: “number” must be a text."


# -- what is no form at all -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (b'id = "a"\ntitle = \xff\n', "test.toml:2: This is not UTF-8 text."),
        (b'id = "a"\ntitle = = 4\n', "test.toml:2: This is not TOML: Invalid value."),
        (b'id = "a"\nid = "b"\n', "test.toml:2: This is not TOML: Cannot overwrite a value."),
        (b'id = "a"\n\ntitle = "b', "test.toml:3: This is not TOML: "),
        (b"a = " + b"[" * 100_000, "test.toml:1: This is nested too deeply for a form."),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(data: bytes, detail: str) -> None:
    with pytest.raises(BadInput) as caught:
        forms.parse(data, "test.toml")
    (told,) = caught.value.details
    assert told.startswith(detail)


def test_a_number_too_long_for_the_machine_is_refused() -> None:
    with pytest.raises(BadInput):
        read("a = " + "9" * 5000)


def test_a_huge_file_is_refused_unread() -> None:
    remark = b"# " + b"x" * MAX_BYTES
    with pytest.raises(BadInput, match="larger than 1 MB"):
        forms.parse(WHOLE.encode() + remark, "test.toml")


def test_a_hostile_word_is_told_short_and_on_one_line() -> None:
    said = fault_of_change('model = "JEM"', 'model = "J\\n\\u001b' + "x" * 5000 + '"')
    assert len(said) < 100
    assert said.isprintable()


@given(st.binary(max_size=300))
def test_any_bytes_are_a_form_or_bad_input(data: bytes) -> None:
    with pytest.raises(BadInput):
        forms.parse(data, "test.toml")


@settings(max_examples=60)
@given(st.integers(0, len(WHOLE)), st.integers(0, 40), st.text("[]{}=\"'\\\n#.,a0-", max_size=6))
def test_a_damaged_form_is_read_or_refused_with_lines_of_the_file(
    at: int, gone: int, put: str
) -> None:
    text = WHOLE[:at] + put + WHOLE[at + gone :]
    try:
        read(text)
    except BadInput as refused:
        for fault in refused.details:
            line = int(fault.split(":")[1])
            assert 1 <= line <= text.count("\n") + 1
