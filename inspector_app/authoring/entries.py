"""The parts of a form as entries that can be compared: each with a key and its values as text."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from inspector_app.forms import Citation, Clock, Form, Item


@dataclass(frozen=True, slots=True)
class Entry:
    """One part. `says` names it to a reader; `under` is what holds it, `values` all else it says.

    `known_as` are the keys by which it may be found in another form, the surest first.
    """

    key: str
    says: str
    values: dict[str, str]
    under: str
    known_as: tuple[Any, ...]


def _entry(
    key: str, says: str, values: dict[str, str], under: str = "", known_as: tuple[Any, ...] = ()
) -> Entry:
    return Entry(key, says, values, under, known_as or (key,))


def head(form: Form) -> dict[str, str]:
    """What a form says once: title, days, the numbers of the training clause."""
    said = {
        "id": form.id,
        "title": form.title,
        "model": form.model,
        "revision": form.revision,
        "seen from": form.seen_from.isoformat(),
        "seen to": form.seen_to.isoformat(),
        "recognized by": "\n".join(form.recognized_by),
    }
    for field in fields(form.training):
        said[f"training: {_plain(field.name)}"] = _text(getattr(form.training, field.name))
    return said


def documents(form: Form) -> list[Entry]:
    return [
        _entry(
            d.id,
            d.title,
            {
                "kind": d.kind,
                "title": d.title,
                "number": d.number,
                "text": "held" if d.text_held else "not held",
                "in force from": _text(d.in_force_from),
                "in force to": _text(d.in_force_to),
            },
        )
        for d in form.documents
    ]


def clauses(form: Form) -> list[Entry]:
    """The agreement's sections; the same under another letter has the same title or topics."""
    return [
        _entry(
            c.section,
            c.title,
            {"letter": c.section, "title": c.title, "topics": ", ".join(c.topics)},
            known_as=((c.section, _folded(c.title)), _folded(c.title), c.topics or None),
        )
        for c in form.clauses
    ]


def points(form: Form) -> list[Entry]:
    return [
        _entry(
            p.topic,
            p.says,
            {"says": p.says, "section": p.section, "clock": clock_in_words(p.clock)},
        )
        for p in form.points
    ]


def sections(form: Form) -> list[Entry]:
    return [
        _entry(section.id, section.title, {"title": section.title}) for section in form.sections
    ]


def items(form: Form) -> list[Entry]:
    return [
        _entry(item.id, item.question, _item(item), section.id, (item.id, *item.was))
        for section in form.sections
        for item in section.items
    ]


def _item(item: Item) -> dict[str, str]:
    when = item.shown_when
    return {
        "question": item.question,
        "look at": "\n".join(item.look_at),
        "clauses": "\n".join(map(clause_in_words, item.citations)),
        "evidence": ", ".join(item.evidence),
        "types": ", ".join(item.types),
        "parties": ", ".join(item.parties),
        "topic": item.topic,
        "verify": item.verify,
        "certainty": item.certainty,
        "shown when": f"{when.item} is {' or '.join(when.result)}" if when else "",
        "pages": ", ".join(_text(cited.page) or "–" for cited in item.citations),
    }


def clause_in_words(cited: Citation) -> str:
    """Document, section and quotation of a citation, as the digest of a question takes them."""
    where = f"{cited.document} {cited.section}".rstrip()
    return f"{where}: “{cited.quotation}”" if cited.quotation else where


def clock_in_words(clock: Clock | None) -> str:
    """A term as a reader says it: `generally 24 hours, weekends excluded`."""
    if clock is None:
        return ""
    units = (("hours", clock.hours), ("days", clock.days), ("months", clock.months))
    unit, number = next((unit, number) for unit, number in units if number is not None)
    words = f"{number} {unit if number != 1 else unit[:-1]}"
    if clock.hours is not None or clock.weekends == "excluded":
        words += f", weekends {clock.weekends}"
    return f"generally {words}" if clock.binding == "generally" else words


def not_asked(form: Form) -> list[Entry]:
    return [_entry(n.ref, n.reason, {"reason": n.reason}) for n in form.not_asked]


def samples(form: Form) -> list[Entry]:
    found: list[Entry] = []
    for kind in form.sample_kinds:
        found.append(_entry(kind.id, kind.title, {"title": kind.title}))
        for a in kind.attributes:
            values = {"label": a.label, "question": a.question}
            values |= {"item": a.item or "", "section": a.section}
            found.append(_entry(f"{kind.id}/{a.id}", a.question, values, kind.id))
    return found


def tour(form: Form) -> list[Entry]:
    found: list[Entry] = []
    for area in form.areas:
        found.append(_entry(area.id, area.title, {"title": area.title}))
        for point in area.points:
            values = {"text": point.text, "item": point.item or ""}
            found.append(_entry(f"{area.id}/{point.id}", point.text, values, area.id))
    return found


def interviews(form: Form) -> list[Entry]:
    found: list[Entry] = []
    for role in form.interview_roles:
        found.append(_entry(role.id, role.title, {"title": role.title, "party": role.party}))
        for topic in role.topics:
            values = {"english": topic.english, "spanish": topic.spanish or ""}
            found.append(_entry(f"{role.id}/{topic.id}", topic.english, values, role.id))
    return found


KINDS: dict[str, Callable[[Form], list[Entry]]] = {
    "documents": documents,
    "clauses": clauses,
    "points": points,
    "sections": sections,
    "items": items,
    "samples": samples,
    "tour": tour,
    "interviews": interviews,
    "not asked": not_asked,
}


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())
