"""Which checklist an agreement resolves to, and which ERO field office covers its place.

There is no one agreement text of a model: clocks, posters, committees and section letters change
by revision, so that a question of another revision would be a wrong deficiency. The workbook does
not say which text an agency signed, only when: the day decides as far as it can.
"""

import csv
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from inspector_app.agencies.rows import AgencyRow, normalized
from inspector_app.forms import Form
from inspector_app.moments import day_in_words
from inspector_app.paths import resource


@dataclass(frozen=True, slots=True)
class Revision:
    """A text of an agreement: when it was in use, whether or not a form for it ships.

    `until` is None for a text that is still in use as far as is known.
    """

    id: str
    model: str
    title: str
    since: date
    until: date | None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Resolution:
    """The form for an agreement, or None, and why, in a sentence.

    `presumed`: the text was not seen in a copy signed on that day or around it, or the day fits
    several texts. The signed agreement itself decides. `offered` are all forms that the day fits,
    the one that is taken first; each may be chosen without a reason.
    """

    form: Form | None
    presumed: bool
    reason: str
    offered: tuple[Form, ...] = ()


@cache
def revisions() -> tuple[Revision, ...]:
    """Every text that is known: resources/revisions.toml."""
    table = tomllib.loads(resource("revisions.toml").read_text("utf-8"))
    return tuple(
        Revision(row["id"], row["model"], row["title"], row["from"], row.get("to"))
        for row in table["revision"]
    )


def resolve(row: AgencyRow, forms: Sequence[Form]) -> Resolution:
    """The form that asks what this agreement says, by its model and the day it was signed."""
    texts = [text for text in _texts(row.model, forms) if text.covers(row.signed)]
    shipped = {form.id: form for form in forms}
    offered = tuple(shipped[text.id] for text in texts if text.id in shipped)
    if not offered:
        return Resolution(None, False, _why_none(row, texts))
    form = offered[0]
    if len(texts) > 1:
        return Resolution(form, True, _why_several(row, texts), offered)
    if form.seen_from <= row.signed <= form.seen_to:
        return Resolution(form, False, _why_seen(row, form), offered)
    return Resolution(form, True, _why_presumed(row, form), offered)


def _texts(model: str, forms: Sequence[Form]) -> list[Revision]:
    """The texts of a model: those in the table, and those that a form alone makes known."""
    known = [text for text in revisions() if text.model == model]
    ids = {text.id for text in known}
    of_model = [form for form in forms if form.model == model]
    newest = max([f.seen_to for f in of_model] + [t.until or date.max for t in known], default=None)
    return known + [
        Revision(f.id, model, f.title, f.seen_from, None if f.seen_to == newest else f.seen_to)
        for f in of_model
        if f.id not in ids
    ]


def _why_none(row: AgencyRow, texts: Sequence[Revision]) -> str:
    if not texts:
        return f"No {row.model} agreement text is known that was in use in {row.signed:%B %Y}."
    titles = " or ".join(text.title for text in texts)
    return f"It is {titles}, for which no checklist ships yet."


def _why_several(row: AgencyRow, texts: Sequence[Revision]) -> str:
    titles = " and ".join(f"{text.title} ({text.id})" for text in texts)
    day = day_in_words(row.signed)
    return f"Presumed: on {day}, when it was signed, {titles} were both in use; its text decides."


def _why_seen(row: AgencyRow, form: Form) -> str:
    seen = f"{day_in_words(form.seen_from)}, to {day_in_words(form.seen_to)}"
    return f"{form.title}: signed on {day_in_words(row.signed)}; seen in copies signed {seen}."


def _why_presumed(row: AgencyRow, form: Form) -> str:
    late = row.signed > form.seen_to
    seen = (
        f"later than the newest copy of this text that was seen ({day_in_words(form.seen_to)})"
        if late
        else f"earlier than the first copy that was seen ({day_in_words(form.seen_from)})"
    )
    day = day_in_words(row.signed)
    return f"{form.title}, presumed: signed on {day}, {seen}. The signed copy decides."


# -- counting ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tally:
    """How many agreements a list has and what they resolve to.

    `resolves_to` counts by form and by "seen" or "presumed", `unresolved` by reason. An agreement
    whose day fits two texts is counted under both together (`wso-2019 or wso-2020-early`).
    """

    agreements: int
    agencies: int
    several_models: int
    resolves_to: dict[str, dict[str, int]]
    unresolved: dict[str, int]


def tally(rows: Sequence[AgencyRow], forms: Sequence[Form]) -> Tally:
    """Count a list. An agency is a state and a name; apostrophes and spaces make no difference."""
    models: dict[tuple[str, str], set[str]] = {}
    resolved: dict[str, Counter[str]] = {}
    unresolved: Counter[str] = Counter()
    for row in rows:
        models.setdefault(row.agency, set()).add(row.model)
        found = resolve(row, forms)
        if found.form is None:
            unresolved[found.reason] += 1
        else:
            how = "presumed" if found.presumed else "seen"
            fitting = " or ".join(form.id for form in found.offered)
            resolved.setdefault(fitting, Counter())[how] += 1
    return Tally(
        agreements=len(rows),
        agencies=len(models),
        several_models=sum(len(found) > 1 for found in models.values()),
        resolves_to={form: dict(counts) for form, counts in resolved.items()},
        unresolved=dict(unresolved),
    )


# -- field offices -------------------------------------------------------------------------------


@cache
def _field_offices() -> dict[tuple[str, str], str]:
    """Offices by state and county; the county is empty for the rest of a state."""
    offices: dict[tuple[str, str], str] = {}
    with resource("field-offices.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            for county in line["counties"].split(";"):
                offices[line["state"], normalized(county)] = line["office"]
    return offices


def field_office(row: AgencyRow) -> str | None:
    """The ERO field office that probably covers the agency: a first guess, never a rule.

    The table is unverified; None where a state has several offices and the county is not in it.
    """
    county = normalized(row.county).removesuffix(" county")
    offices = _field_offices()
    return offices.get((row.state, county)) or offices.get((row.state, ""))
