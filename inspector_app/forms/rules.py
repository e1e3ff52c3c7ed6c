"""The rules of a form file that its grammar cannot say: ids, references, sentences, what binds.

They are given what is sound of a file, so that its other faults are found in the same run: any
key may be missing, and a rule is silent about what is not there.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from inspector_app.forms.faults import Faults, quoted
from inspector_app.forms.lines import Place
from inspector_app.forms.types import finding_types

Table: TypeAlias = dict[str, Any]
Placed: TypeAlias = tuple[Place, Table]
Rule: TypeAlias = Callable[[Table, Faults], None]

MIN_QUOTED_WORDS = 8
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
TOPICS = (
    *("Parties", "Purpose", "Authority", "Policy", "Responsibilities", "Assignments"),
    *("Designation of functions", "Detention and local charges", "Nomination", "Training"),
    *("Certification and authorization", "Costs", "ICE supervision", "Statistics"),
    *("Interpretation", "Liability", "Civil rights", "Complaints", "Communication"),
    *("Steering committee", "Community outreach", "Release of information", "Modification"),
    *("Points of contact", "Effective date and termination", "Standard operating procedure"),
)
POINTS = (
    *("Citizenship claim to ICE", "Detainer notice to ICE", "Warrant service notice to ICE"),
    *("Hold after transfer of custody", "Complaint about a designated officer to ICE"),
    *("Outcome of a complaint to ICE", "Complaint about other personnel"),
    *("Posters in English and Spanish", "Annual meeting", "First review meeting"),
    *("Steering committee", "Review by ICE every three years", "Termination"),
    *("Notice of officers leaving", "Exams", "Interpreter in the record", "Background check"),
    *("Term of authorization", "Travel for training"),
)
_UNITS = ("hours", "days", "months")
_NAMED_ONCE = (
    ("document",),
    ("section",),
    ("section", "item"),
    ("sample",),
    ("area",),
    ("interview",),
)
_NAMED_ONCE_WITHIN = (("sample", "attribute"), ("area", "point"), ("interview", "topic"))


def _placed(tables: Iterable[Placed], *names: str) -> Iterator[Placed]:
    """The tables found by going down these names, each with its path."""
    for name in names:
        tables = [
            ((*path, name, at), inner)
            for path, table in tables
            for at, inner in enumerate(table.get(name, ()))
        ]
    yield from tables


def _of(form: Table, *names: str) -> Iterator[Placed]:
    return _placed([((), form)], *names)


def _items(form: Table) -> dict[str, Table]:
    """The items by id; of two with one id, the first."""
    items: dict[str, Table] = {}
    for _, item in _of(form, "section", "item"):
        items.setdefault(item.get("id", ""), item)
    return items


def ids(form: Table, faults: Faults) -> None:
    """Ids are plain, and of one kind no two are alike: items in the form, others where they are."""
    _plain((), form, faults)
    for names in _NAMED_ONCE:
        _once(_of(form, *names), names[-1], faults)
    for outer, inner in _NAMED_ONCE_WITHIN:
        for placed in _of(form, outer):
            _once(_placed([placed], inner), inner, faults)


def _once(tables: Iterable[Placed], what: str, faults: Faults) -> None:
    seen: set[str] = set()
    for path, table in tables:
        _plain(path, table, faults)
        if (id := table.get("id")) in seen:
            faults.add((*path, "id"), f"Another {what} has the id {quoted(str(id))} already.")
        elif id is not None:
            seen.add(id)


def _plain(path: Place, table: Table, faults: Faults) -> None:
    id = table.get("id")
    if id is not None and not _ID.fullmatch(id):
        rule = "an id has small letters, digits and dashes, at most 60"
        faults.add((*path, "id"), f"{quoted(id)} is no id: {rule}.")


def earlier_ids(form: Table, faults: Faults) -> None:
    """An earlier id of a question is an id, of one question, and not in use now."""
    items = _items(form)
    named: set[str] = set()
    for path, item in _of(form, "section", "item"):
        for at, old in enumerate(item.get("was", ())):
            if old in items:
                faults.add((*path, "was", at), f"The earlier id {quoted(old)} is in use.")
            elif old in named:
                faults.add((*path, "was", at), f"The earlier id {quoted(old)} is named twice.")
            named.add(old)


def named_once(form: Table, faults: Faults) -> None:
    """A point, and a requirement that is not asked, is told once; a topic once in its clause."""
    for name, key in (("point", "topic"), ("not_asked", "ref")):
        seen: set[str] = set()
        for path, table in _of(form, name):
            if (word := table.get(key, "")) and word in seen:
                faults.add((*path, key), f"{quoted(word)} is listed twice.")
            seen.add(word)
    for path, clause in _of(form, "clause"):
        topics = clause.get("topics", ())
        for at, topic in enumerate(topics):
            if topic in topics[:at]:
                faults.add((*path, "topics", at), f"{quoted(topic)} is listed twice.")


def wording(form: Table, faults: Faults) -> None:
    """A question asks, and the advice on where to look has a full sentence."""
    for path, item in _of(form, "section", "item"):
        if "question" in item and not item["question"].endswith("?"):
            faults.add((*path, "question"), "A question ends with a question mark.")
        if "look_at" in item and not any(line.endswith(".") for line in item["look_at"]):
            faults.add((*path, "look_at"), "“look_at” has no full sentence, ending with a period.")


def types(form: Table, faults: Faults) -> None:
    """What a failure maps to is one of the known types of findings."""
    known = finding_types()
    for path, item in _of(form, "section", "item"):
        for at, code in enumerate(item.get("types", ())):
            if code not in known:
                sentence = f"{quoted(code)} is no type of finding."
                faults.add((*path, "types", at), sentence, code, known)


def unverified(form: Table, faults: Faults) -> None:
    """What nobody verified cannot alone carry a deficiency: its failure may be a mere concern."""
    for path, item in _of(form, "section", "item"):
        codes = item.get("types", ())
        unsure = item.get("certainty") == "unverified" and codes
        if unsure and not any(code.startswith("A") for code in codes):
            sentence = "An unverified item needs a type A…: a deficiency cannot rest on it alone."
            faults.add((*path, "types"), sentence)


def citations(form: Table, faults: Faults) -> None:
    """A citation names a declared document and quotes enough of it to be found again."""
    documents = {table.get("id", ""): table for _, table in _of(form, "document")}
    for path, cited in _of(form, "section", "item", "cites"):
        document = documents.get(cited.get("document", ""), {})
        if not document and documents and "document" in cited:
            sentence = f"The document {quoted(cited['document'])} is not declared."
            faults.add((*path, "document"), sentence, cited["document"], documents)
        words = len(cited.get("quotation", "").split())
        if "quotation" in cited and document.get("text") == "held" and words < MIN_QUOTED_WORDS:
            needed = f"at least {MIN_QUOTED_WORDS} are needed where the text is held"
            faults.add((*path, "quotation"), f"The quotation has {words} words; {needed}.")


def clauses(form: Table, faults: Faults) -> None:
    """A section is listed once, and a topic or point is one of the table's rows."""
    sections: set[str] = set()
    for path, clause in _of(form, "clause"):
        if (section := clause.get("section")) and section in sections:
            faults.add((*path, "section"), f"The section {quoted(section)} is listed twice.")
        sections.add(section or "")
        for at, topic in enumerate(clause.get("topics", ())):
            if topic not in TOPICS:
                sentence = f"{quoted(topic)} is no topic of the table of clauses."
                faults.add((*path, "topics", at), sentence, topic, TOPICS)
    for path, point in _of(form, "point"):
        if "topic" in point and point["topic"] not in POINTS:
            sentence = f"{quoted(point['topic'])} is no point of the table of clauses."
            faults.add((*path, "topic"), sentence, point["topic"], POINTS)


def sections(form: Table, faults: Faults) -> None:
    """What is cited of the agreement stands in its table of contents, where that is given."""
    known = {clause.get("section", "") for _, clause in _of(form, "clause")}
    agreement = {d.get("id") for _, d in _of(form, "document") if d.get("kind") == "agreement"}
    for path, cited in _of(form, "section", "item", "cites"):
        if not known or cited.get("document") not in agreement or "section" not in cited:
            continue
        if cited["section"] not in known:
            sentence = f"The agreement has no section {quoted(cited['section'])}."
            faults.add((*path, "section"), sentence, cited["section"], known)
    for path, table in (*_of(form, "point"), *_of(form, "sample", "attribute")):
        if known and table.get("section") and table["section"] not in known:
            sentence = f"The agreement has no section {quoted(table['section'])}."
            faults.add((*path, "section"), sentence, table["section"], known)


def clocks(form: Table, faults: Faults) -> None:
    """A clock has one unit, and one id names one clock."""
    ids: set[str] = set()
    for path, point in _of(form, "point"):
        clock = point.get("clock", {})
        if clock and sum(unit in clock for unit in _UNITS) != 1:
            faults.add((*path, "clock"), "A clock has one of “hours”, “days” and “months”.")
        if "months" in clock and clock.get("weekends") == "excluded":
            faults.add((*path, "clock", "weekends"), "Months are counted with their weekends.")
        if (id := clock.get("id")) and id in ids:
            faults.add((*path, "clock", "id"), f"Another clock has the id {quoted(id)} already.")
        ids.add(id or "")


def references(form: Table, faults: Faults) -> None:
    """Whatever names an item names one that is there."""
    items = _items(form)
    whens = (
        ((*path, "shown_when"), item["shown_when"])
        for path, item in _of(form, "section", "item")
        if "shown_when" in item
    )
    for tables in (whens, _of(form, "sample", "attribute"), _of(form, "area", "point")):
        for path, table in tables:
            if "item" in table and table["item"] not in items:
                sentence = f"There is no item {quoted(table['item'])}."
                faults.add((*path, "item"), sentence, table["item"], items)


def circles(form: Table, faults: Faults) -> None:
    """No item is shown, over others, on the condition of itself: nobody could ever see it."""
    parents = {
        id: item.get("shown_when", {}).get("item", "") for id, item in _items(form).items() if id
    }
    circular = _circular(parents)
    for path, item in _of(form, "section", "item"):
        if "shown_when" in item and item.get("id") in circular:
            faults.add((*path, "shown_when"), "The item depends on itself, in a circle.")


def _circular(parents: dict[str, str]) -> set[str]:
    """The ids that lie on a circle. Each is walked over once, however long the chains are."""
    circular: set[str] = set()
    done: set[str] = set()
    for start in parents:
        walk: dict[str, None] = {}
        at = start
        while at in parents and at not in done and at not in walk:
            walk[at] = None
            at = parents[at]
        if at in walk:
            order = list(walk)
            circular.update(order[order.index(at) :])
        done.update(walk)
    return circular


def days(form: Table, faults: Faults) -> None:
    """What begins does not end before."""
    for path, table in [((), form), *_of(form, "document")]:
        for start, end in (("seen_from", "seen_to"), ("in_force_from", "in_force_to")):
            if start in table and end in table and table[end] < table[start]:
                faults.add((*path, end), f"“{end}” is before “{start}”.")


def reports(form: Table, faults: Faults) -> None:
    """A report tells what others do and binds nobody: it has no days of force.

    The guard takes only what is in force as the authority of a deficiency.
    """
    for path, document in _of(form, "document"):
        for key in ("in_force_from", "in_force_to"):
            if document.get("kind") == "report" and key in document:
                faults.add((*path, key), f"A report is never in force; leave “{key}” out.")


RULES: tuple[Rule, ...] = (
    ids,
    earlier_ids,
    named_once,
    wording,
    types,
    unverified,
    citations,
    clauses,
    sections,
    clocks,
    references,
    circles,
    days,
    reports,
)
