"""What may be written: values that the form knows, and findings that the definitions allow."""

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches

from inspector_app.canonical import Value
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.forms import Form, finding_types
from inspector_app.inspection import following
from inspector_app.inspection.reading import Reading
from inspector_app.records import (
    BY_KIND,
    INSPECTION_RECORDS,
    PARTIES,
    Finding,
    FindingClass,
    read_record,
)
from inspector_app.rules import classification
from inspector_app.rules.classification import Authority

SIGNED = ("agreement", "addendum")  # what the agency itself signed


def check_values(reading: Reading, record: str, values: Mapping[str, Value]) -> None:
    """Refuse a record or a value that this inspection's form does not know."""
    kind, _, name = record.partition(":")
    if kind not in {cls.kind for cls in INSPECTION_RECORDS} or not name:
        raise BadInput(f"There is no kind of record named “{kind[:40]}”.")
    if kind == "answer":
        _known(name, (item.id for item in reading.form.items), f"item in form {reading.form.id}")
    for (of_kind, field), choices in _CHOICES.items():
        value = values.get(field)
        if kind == of_kind and isinstance(value, str):
            _known(value, choices(reading.form), f"{field.replace('_', ' ')} in this form")
    if kind == "sampled-file":
        _check_file(reading, record, values)
    following.check_values(reading, record, values)
    if kind == "annotation" and values.get("photo"):
        check_ends(reading, [str(values["photo"])])
    if kind == "link":
        check_ends(reading, [str(values[end]) for end in ("from", "to") if values.get(end)])


OWN_VERB = {
    "sign-off": "sign-off",
    "review": "review",
    "disagreement": "disagree",
    "issue": "issue",
    "signed-file": "keep-signed",
    "closeout": "close-out",
}


def check_own_verb(record: str) -> None:
    """Refuse to write as plain fields what only its own verb may say, in its author's name."""
    verb = OWN_VERB.get(record.partition(":")[0])
    if verb:
        raise NotAllowed(f"This is not written field by field; the verb {verb} does it.")


def _attributes(form: Form) -> Iterable[str]:
    return (attribute.id for kind in form.sample_kinds for attribute in kind.attributes)


_CHOICES: dict[tuple[str, str], Callable[[Form], Iterable[str]]] = {
    ("observation", "area"): lambda form: (area.id for area in form.areas),
    ("observation", "item"): lambda form: (item.id for item in form.items),
    ("photo", "area"): lambda form: (area.id for area in form.areas),
    ("document-review", "sample_kind"): lambda form: (kind.id for kind in form.sample_kinds),
    ("document-review", "item"): lambda form: (item.id for item in form.items),
    ("interview", "role"): lambda form: (role.id for role in form.interview_roles),
    ("finding", "item"): lambda form: (item.id for item in form.items),
    ("finding", "document"): lambda form: (document.id for document in form.documents),
    ("finding", "type"): lambda form: finding_types(),
}


def _known(value: str, choices: Iterable[str], what: str) -> None:
    known = list(choices)
    if value not in known:
        near = get_close_matches(value, known, n=1)
        hint = f" Did you mean “{near[0]}”?" if near else ""
        raise BadInput(f"There is no {what} named “{value[:40]}”.{hint}")


def _check_file(reading: Reading, record: str, values: Mapping[str, Value]) -> None:
    review = values.get("review") or reading.log.value(record, "review")
    if not isinstance(review, str) or reading.record(review) is None:
        raise BadInput("A sampled file belongs to a document review that is not there.")
    for name in values:
        field, _, attribute = name.partition(".")
        if field in ("results", "notes"):
            _known(attribute, _attributes(reading.form), "attribute in this form")


def check_ends(reading: Reading, ends: Iterable[str]) -> None:
    """Refuse a link to a party, section or record that is not there; an item is, unanswered too."""
    asked = reading.asked()
    for end in ends:
        kind, _, name = end.partition(":")
        if end in asked:
            continue
        if kind == "party":
            _known(name, PARTIES, "party")
        elif kind == "section":
            _known(name, (section.id for section in reading.form.sections), "section in this form")
        elif kind not in BY_KIND or reading.record(end) is None:
            raise BadInput("A link names a record that is not there.")


def authority(reading: Reading, finding: Finding) -> Authority | None:
    """The cited document with the days of its force; the agreement binds from its signing."""
    documents = {document.id: document for document in reading.form.documents}
    document = documents.get(finding.document)
    if document is None:
        return None
    if document.kind in SIGNED:
        return Authority(document, reading.agency.signed, None)
    return Authority(document, document.in_force_from, document.in_force_to)


def rests_on_presumption(reading: Reading, finding: Finding) -> bool:
    """Whether a deficiency quotes an agreement whose signed copy nobody has compared yet."""
    cited = authority(reading, finding)
    signed = cited is not None and cited.document.kind in SIGNED
    return finding.class_ == "deficiency" and signed and reading.presumed


def class_problems(reading: Reading, finding: Finding) -> dict[FindingClass, list[str]]:
    """For each class what is missing before it is allowed; an empty list: it is allowed."""
    day = reading.visit.first_day
    cited = authority(reading, finding)
    return {
        class_: classification.missing(finding, class_, cited, day)
        for class_ in classification.CLASSES
    }


def check_finding(reading: Reading, record: str, values: Mapping[str, Value]) -> None:
    """Refuse what would give a finding a class that the definitions do not allow.

    A finding that a merge brought into a forbidden state may still be edited towards an allowed
    one; `checks` names it until then.
    """
    if not record.startswith("finding:"):
        return
    before = reading.get(Finding, record) or Finding(id=record)
    fields = {**reading.log.fields(record), **values}
    after, _ = read_record(Finding, record, {n: v for n, v in fields.items() if v is not None})
    if after.class_ is None:
        return
    faults = class_problems(reading, after)[after.class_]
    was_faulty = before.class_ and class_problems(reading, before)[before.class_]
    if faults and ("class" in values or not was_faulty):
        words = after.class_.replace("-", " ")
        raise NotAllowed(f"This cannot be recorded as {words}: nothing was changed.", faults)
