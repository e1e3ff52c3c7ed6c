"""The tables of what differs between the agreements are made from the form files."""

from inspector_app import forms
from inspector_app.authoring.tables import markdown
from inspector_app.forms.rules import POINTS, TOPICS
from tests.authoring.test_differing import FULL
from tests.test_forms import changed, read


def cells(text: str, first: str) -> list[str]:
    """The cells of the first row that begins with this one."""
    row = next(line for line in text.split("\n") if line.startswith(f"| {first} |"))
    return [cell.strip() for cell in row.strip("|").split("|")][1:]


def test_a_topic_has_its_sections_in_each_form() -> None:
    two = read(
        changed("topics = []", 'topics = ["Interpretation"]', changed('"jem-test"', '"b"', FULL))
    )
    text = markdown([read(FULL), two])
    assert cells(text, "Topic") == ["b", "jem-test"]
    assert cells(text, "Interpretation") == ["IV.G + VII", "IV.G"]
    assert cells(text, "Statistics") == ["–", "–"]


def test_a_point_is_told_with_its_section_and_clock() -> None:
    text = markdown([read(changed("at most 24", "no | at most 24", FULL))])
    assert cells(text, "Detainer notice to ICE") == [
        "no &#124; at most 24 hours (IV.G) [generally 24 hours, weekends counted]"
    ]
    assert cells(text, "Termination") == ["–"]


def test_columns_stand_by_model_and_time_and_rows_in_the_order_of_the_catalogue() -> None:
    text = markdown(forms.shipped())
    order = cells(text, "Topic")
    assert order.index("wso-2019") < order.index("wso-2020-early") < order.index("wso-2020")
    assert [form.split("-")[0] for form in order] == sorted(form.split("-")[0] for form in order)
    names = [line.split("|")[1].strip() for line in text.split("\n") if line.startswith("| ")]
    assert [n for n in names if n != "---"] == ["Topic", *TOPICS, "Point", *POINTS]
    widths = {line.count("|") for line in text.split("\n") if line.startswith("|")}
    assert widths == {len(order) + 2}
    assert text.endswith("|\n")


def test_what_revisions_removed_is_not_in_their_column() -> None:
    text = markdown(forms.shipped())
    found = dict(zip(cells(text, "Topic"), cells(text, "Steering committee"), strict=True))
    assert found["jem-2020"] == "V.C"
    assert found["jem-2025"] == found["wso-2025"] == found["tfm-2025"] == "–"
