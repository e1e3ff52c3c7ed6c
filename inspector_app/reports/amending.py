"""What a version says otherwise than the one it replaces, in words.

An edition that tells no earlier wordings says only that a text was worded otherwise.
"""

import re
from collections.abc import Collection
from datetime import date

from inspector_app.canonical import Value
from inspector_app.errors import BadInput
from inspector_app.inspection.amended import Amendment
from inspector_app.records import Annotation
from inspector_app.reports.bars import bar_at, barred
from inspector_app.reports.flow import para, prose
from inspector_app.reports.page import Story
from inspector_app.reports.spoken import is_spanish
from inspector_app.reports.subject import Subject, on_day, when
from inspector_app.reports.texts import entry, fill, known_word, say
from inspector_app.reports.typed import Markup, join, text

_MOST = 240
"""Characters of an earlier wording: version 1 itself, which is kept, has all of it."""
_CHOSEN = {
    "area", "cited", "class", "consent", "decorative", "document", "interpreter", "item", "lead",
    "media_type", "method", "own_copy", "page", "quoted_in", "read_out", "read_spanish", "refused",
    "release", "result", "results", "role", "sample_kind", "section", "type", "verify",
}  # fmt: skip
"""Fields whose value is chosen or a number of the agreement, and gives no text away."""
_DAY, _HEX = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"[0-9a-f]{64}")


# -- parts of the report -------------------------------------------------------------------------


def marked(subject: Subject, record: str, fields: Collection[str] | None, story: Story) -> Story:
    """A part of the report; with a bar and a sentence under it where one of these fields moved.

    No fields: where anything of the record did.
    """
    found = phrases(subject, record, fields)
    if found and is_new(subject, record):
        return barred([*story, prose(say("new-mark", version=subject.version), name="note")])
    return amended(subject, found, story) if story else []


def amended(subject: Subject, found: list[Markup], story: Story) -> Story:
    """A part of the report with its bar and what was otherwise, where there is anything."""
    if not found:
        return story
    said = say("amended-in", version=subject.version, list=join(found, "; "))
    over_all = bar_at(story[-1]) < 0
    note = para(said, "note", before=3, after=2, in_text=not over_all)
    return barred([*story, note])


def is_new(subject: Subject, record: str) -> bool:
    """Whether the version before did not have this record."""
    return any(one.manner == "new" for one in subject.amended.get(record, ()))


def mark(subject: Subject, record: str) -> list[Markup]:
    """What a row of a table says where its record is new or was amended; else nothing."""
    found = subject.amended.get(record)
    if not found:
        return []
    key = "new-mark" if is_new(subject, record) else "amended-mark"
    return [say(key, version=subject.version)]


# -- in words ------------------------------------------------------------------------------------


def phrases(subject: Subject, record: str, fields: Collection[str] | None = None) -> list[Markup]:
    """What is otherwise in a record, a phrase each; of these fields, or of all."""
    return [
        _phrase(subject, one, alone=fields is None)
        for one in subject.amended.get(record, ())
        if fields is None or _field(one) in fields
    ]


def _field(one: Amendment) -> str:
    """The field without its key; who answers for a finding counts as a field of it."""
    if str(one.before or one.after).startswith("party:"):
        return "party"
    return one.field.partition(".")[0]


def _phrase(subject: Subject, one: Amendment, alone: bool) -> Markup:
    """`alone`: it stands in a list, away from the text in which a count moved."""
    before = subject.before or subject
    values: dict[str, int | Markup] = {
        "version": before.version,
        "field": field_words(subject, one),
    }
    told = {"before": _value(before, one, one.before), "after": _value(subject, one, one.after)}
    if one.manner in ("new", "linked", "unlinked"):
        return say(f"amend-{one.manner}", **told)
    if one.manner == "gone":
        return _gone(subject, one)
    if one.manner == "count":
        return say("amend-count-in" if alone else "amend-count", **(values | told))
    return say(_manner(subject, one), **(values | told))


def _manner(subject: Subject, one: Amendment) -> str:
    """How much of a value is told: an earlier wording only where the edition tells them."""
    tells = subject.under.earlier_wordings or _is_chosen(one)
    if one.after is None:
        return "amend-cleared-words" if tells else "amend-cleared"
    if one.before is None:
        return "amend-set"
    if _is_chosen(one):
        return "amend-value"
    tells = tells and not is_spanish(subject, one.record, one.field)
    return "amend-text" if tells else "amend-reworded"


def _gone(subject: Subject, one: Amendment) -> Markup:
    before = subject.before or subject
    said = before.inspection.log.fields(one.record)
    words = next((said[n] for n in ("title", "text", "caption", "label") if said.get(n)), "")
    if not (subject.under.earlier_wordings and isinstance(words, str) and words.strip()):
        return say("amend-gone", version=before.version)
    return say("amend-gone-words", version=before.version, before=before.live(_short(words)))


def field_words(subject: Subject, one: Amendment) -> Markup:
    """What a reader calls a field: `the condition`, `Language, the result`."""
    name, _, key = one.field.partition(".")
    words = known_word("field", name) or f"the {name.replace('_', ' ')}"
    form = subject.inspection.form
    labels = {a.id: a.label for kind in form.sample_kinds for a in kind.attributes}
    labels |= {t.id: t.english for role in form.interview_roles for t in role.topics}
    return text(f"“{labels[key]}”: {words}" if key in labels else words)


def _is_chosen(one: Amendment) -> bool:
    values = [value for value in (one.before, one.after) if value is not None]
    return one.field.partition(".")[0] in _CHOSEN or all(
        not isinstance(value, str) or _DAY.fullmatch(value) or _HEX.fullmatch(value)
        for value in values
    )


def _value(subject: Subject, one: Amendment, value: Value) -> Markup:
    if value is None or isinstance(value, dict | list):
        return text("–")
    if isinstance(value, bool):
        return text("yes" if value else "no")
    if isinstance(value, int):
        return text(f"{value:,}")
    if one.manner in ("linked", "unlinked"):
        return text(end_words(subject, value))
    if one.manner == "count" or _is_chosen(one):
        return _chosen(subject, one, value)
    try:
        return when(value)
    except BadInput:
        return fill("“{words}”", words=subject.live(_short(value)))


def _chosen(subject: Subject, one: Amendment, value: str) -> Markup:
    name = one.field.partition(".")[0]
    if _DAY.fullmatch(value):
        return text(on_day(date.fromisoformat(value)))
    if _HEX.fullmatch(value):
        return text(subject.digest_words(value[:12]))
    if name == "class":
        return text(entry("class", value)["word"])
    if name in ("area", "item"):
        return text(subject.area_title(value) if name == "area" else value.upper())
    return text(known_word(name, value) or value.replace("-", " "))


def end_words(subject: Subject, record: str) -> str:
    """What stands at the other end of a link: `T-03`, `photo 2`, `agency management`."""
    kind, _, name = record.partition(":")
    if kind == "party":
        return known_word("party-member", name) or name
    return subject.where(record) or known_word("record-word", kind) or "a record"


def where(subject: Subject, record: str) -> str:
    """How a change list names a record, whether it stands now or only stood before."""
    kind, _, _name = record.partition(":")
    if kind == "annotation" and (drawn := subject.inspection.get(Annotation, record)):
        return where(subject, drawn.photo)
    older = subject.before.where(record) if subject.before else ""
    named = subject.where(record) or older if kind not in ("visit", "member") else ""
    return named or known_word("record-word", kind) or "record"


def _short(words: str) -> str:
    words = words.strip()
    return words if len(words) <= _MOST else words[:_MOST].rsplit(" ", 1)[0] + " …"
