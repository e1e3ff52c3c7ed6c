"""What a roster is held against: the rules of resources/roster-rules.toml under one form.

Which rule applies, which finding type it points to and where it is written come from the form,
so that each revision is judged by its own text and a new one needs no code.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from inspector_app.forms import Citation, Form, Item, TrainingRule
from inspector_app.paths import resource


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is looked for. `firm`: days alone decide it under a text that was read."""

    id: str
    items: tuple[str, ...]
    topic: str | None
    type: str
    firm: bool
    one: str
    many: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule as a form has it; `item` is empty where only a clause of the agreement names it."""

    rule: Rule
    item: str
    type: str
    document: str
    section: str
    firm: bool


@dataclass(frozen=True, slots=True)
class Terms:
    """One revision, as far as a roster is concerned. `asked` is by rule; what is absent rests."""

    form: str
    model: str
    training: TrainingRule
    asked: Mapping[str, Asked]


NO_TERMS = Terms("", "", TrainingRule(None, None, None, None, None), {})


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order in which findings are listed: resources/roster-rules.toml."""
    table = tomllib.loads(resource("roster-rules.toml").read_text("utf-8"))["rule"]
    return tuple(
        Rule(
            id=id,
            items=tuple(row["items"]),
            topic=row.get("topic"),
            type=row["type"],
            firm=row["firm"],
            one=row["one"],
            many=row["many"],
        )
        for id, row in table.items()
    )


def terms_of(form: Form) -> Terms:
    """The rules as this form asks them, with the numbers of its training clause."""
    asked = {rule.id: found for rule in rules() if (found := _asked(rule, form)) is not None}
    return Terms(form.id, form.model, form.training, asked)


def _asked(rule: Rule, form: Form) -> Asked | None:
    by_id = {item.id: item for item in form.items}
    item = next((by_id[id] for id in rule.items if id in by_id), None)
    if item is not None:
        type, cited = _type(rule, item), _binding(item, form)
        firm = rule.firm and item.certainty != "unverified" and type.startswith("D")
        return Asked(rule, item.id, type, cited.document, cited.section, firm)
    section = next((c.section for c in form.clauses if rule.topic in c.topics), None)
    if section is None:
        return None
    agreement = next((d.id for d in form.documents if d.kind == "agreement"), "")
    return Asked(rule, "", rule.type, agreement, section, firm=False)


def _type(rule: Rule, item: Item) -> str:
    """The rule's type where the item allows it, else the item's own, a deficiency's first."""
    own = sorted(item.types, key=lambda type: not type.startswith("D"))
    return rule.type if rule.type in own else next(iter(own), "D-other")


def _binding(item: Item, form: Form) -> Citation:
    """The item's first citation of something that binds; a report tells only of a practice."""
    kinds = {document.id: document.kind for document in form.documents}
    binding = (c for c in item.citations if kinds[c.document] != "report")
    return next(binding, item.citations[0])
