"""The table clause × revision that the forms make: as in the domain catalogue, and committed."""

import re
from pathlib import Path

import pytest

from inspector_app import forms
from inspector_app.authoring.tables import markdown
from inspector_app.paths import forms_dir

COLUMNS = {
    "jem-2020": "JEM20 / JEM20+",
    "jem-2025": "JEM25",
    "wso-2019": "WSO19",
    "wso-2020-early": "WSO19",  # one clause apart, and that clause moved nowhere
    "wso-2020": "WSO20",
    "wso-2025": "WSO25",
    "tfm-2025": "TFM25",
}
NAMES = {
    "Responsibilities (lead text)": "Responsibilities",
    "Assignments / training and assignments": "Assignments",
    "Detention / local charges": "Detention and local charges",
    "Certification and authorisation": "Certification and authorization",
    "Costs and expenditures": "Costs",
    "Reporting (statistics)": "Statistics",
    "Liability and responsibility": "Liability",
    "Civil rights standards": "Civil rights",
    "Complaint procedures": "Complaints",
    "Communication (annual meeting)": "Communication",
    "Release of information / media": "Release of information",
    "Effective date, suspension, termination": "Effective date and termination",
    "SOP": "Standard operating procedure",
}


def catalogue(shared: Path) -> dict[str, dict[str, str]]:
    """Topic and column to section, from the first table of chapter 2.1."""
    text = (shared / "domain" / "catalogue.md").read_text("utf-8")
    table = text.split("### 2.1")[1].split("\n\n")[1].splitlines()
    heads, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in table)
    return {
        NAMES.get(row[0], row[0]): dict(zip(heads[1:], row[1:], strict=True)) for row in rows[1:]
    }


def section(cell: str) -> str:
    """A cell of the catalogue as the forms write it: an absent or removed clause is none."""
    plain = re.sub(r"\(.*?\)|\*|inside |in |lead$", "", cell).strip().replace("App.", "Appendix")
    return "" if plain.split(" ")[0] in ("absent", "removed", "–") else plain


@pytest.mark.parametrize("form_id", COLUMNS)
def test_the_forms_have_their_sections_where_the_catalogue_has_them(
    shared: Path, form_id: str
) -> None:
    form = forms.load(form_id)
    made = {
        topic: " + ".join(c.section for c in form.clauses if topic in c.topics)
        for topic in catalogue(shared)
    }
    known = {topic: section(row[COLUMNS[form_id]]) for topic, row in catalogue(shared).items()}
    assert {t: s.casefold() for t, s in made.items()} == {t: s.casefold() for t, s in known.items()}


def test_every_form_is_in_the_table() -> None:
    assert set(COLUMNS) == {form.id for form in forms.shipped()}


def test_the_committed_table_is_what_the_forms_say() -> None:
    """Made with `inspector-app forms table > docs/clauses.md`."""
    page = forms_dir().parent / "docs" / "clauses.md"
    assert page.read_text("utf-8").strip() == markdown(forms.shipped()).strip()
