"""The parts of a focus-review report: results, mode, each earlier finding then and now.

Resolved or unresolved, nothing between; what was not tested is said to be so (GAO-21-186).
"""

from dataclasses import replace

from inspector_app.inspection.counting import side
from inspector_app.inspection.following import mode
from inspector_app.records import EarlierFinding, Finding
from inspector_app.reports import style
from inspector_app.reports.blocks import FindingHead, Strip, StripCell, finding_head
from inspector_app.reports.flow import THIRD, Para, labelled, para, prose, room_for, space
from inspector_app.reports.method import none_recorded, section_title
from inspector_app.reports.page import Story
from inspector_app.reports.proofs import evidence
from inspector_app.reports.subject import Subject, on_day
from inspector_app.reports.tables import Cell, Column, Grid, Row, head
from inspector_app.reports.texts import entry, label, say, word
from inspector_app.reports.typed import Markup, join, strong, text

_RESULTS = ("resolved", "unresolved", "not-tested")


def _earlier(subject: Subject) -> list[EarlierFinding]:
    return sorted(
        subject.inspection.all(EarlierFinding), key=lambda one: (str(one.day), one.number)
    )


def _result(one: EarlierFinding) -> str:
    return one.result or "not-tested"


def results(subject: Subject) -> Story:
    """How many are resolved, unresolved, not tested; how it was verified and why; the table."""
    found = _earlier(subject)
    counts = {key: sum(_result(one) == key for one in found) for key in _RESULTS}
    cells = [StripCell(str(counts[key]), label(f"earlier-{key}")) for key in _RESULTS]
    return [
        *section_title("focus-results"),
        Strip([StripCell(str(len(found)), label("earlier-findings")), *cells], before=4),
        *labelled(label("mode"), prose(_mode(found))),
        space(10),
        *([_table(found)] if found else [none_recorded()]),
    ]


def _mode(found: list[EarlierFinding]) -> Markup:
    if not found:
        return say("none")
    if mode(one.verify for one in found) == "desk":
        return say("mode-desk")
    numbers = [one.number for one in found if one.verify != "desk"]
    return say("mode-site", numbers=", ".join(numbers))


def _table(found: list[EarlierFinding]) -> Grid:
    columns = [Column(52), Column(268, 14), Column(96), Column(88, 0)]
    names = ("number", "finding", "verified", "result")
    return Grid(columns, [head(columns, *map(label, names)), *map(_row, found)])


def _row(one: EarlierFinding) -> Row:
    fill = None if one.result == "resolved" else style.FLAG
    bodies = (
        para(strong(text(one.number or "–")), "cell"),
        para(text(one.title.strip() or "–"), "cell"),
        para(text(word("verify", one.verify)), "cell"),
        para(strong(text(entry("resolved", _result(one)))), "cell"),
    )
    return Row(tuple(Cell(body, fill if body is bodies[-1] else None) for body in bodies))


def then_and_now(subject: Subject) -> Story:
    """A block for each earlier finding: condition then, condition now, evidence, result."""
    found = _earlier(subject)
    blocks = [part for place, one in enumerate(found) for part in _block(subject, one, place)]
    return [*section_title("then-and-now"), *(blocks or [none_recorded()])]


def _block(subject: Subject, one: EarlierFinding, place: int) -> Story:
    return [
        room_for(THIRD),
        *finding_head(_head(one, place)),
        *labelled(label("condition-then"), prose(text(one.condition.strip() or "–"))),
        *labelled(label("condition-now"), prose(_now(subject, one))),
        *labelled(label("evidence"), *_proofs(subject, one)),
        *labelled(label("result"), prose(strong(text(entry("resolved", _result(one)))))),
    ]


def _proofs(subject: Subject, one: EarlierFinding) -> list[Para]:
    """What shows the condition now, a line each, with its number."""
    told = []
    for proof in evidence(subject, Finding(id=one.id, item=one.item)):
        kind, number = strong(text(entry("evidence", proof.kind))), text(f"({proof.number})")
        first = replace(proof, shows=join([kind, proof.shows, number]))
        told += first.told("body", in_text=True)
    return told or [prose(say("no-evidence"))]


def _head(one: EarlierFinding, place: int) -> FindingHead:
    class_word = str(entry("class", one.class_ or "none")["word"])
    day = text(on_day(one.day)) if one.day else text("–")
    facts = [
        (label("found-on"), day),
        (label("responsible"), text(word("party", side(one.parties.split())))),
        (label("verified"), text(word("verify", one.verify))),
    ]
    bookmark = f"{one.number}, {class_word}: {one.title}"
    about = (text(class_word), text(one.title or "–"), bookmark, facts)
    return FindingHead(f"earlier-{place}", one.number, one.class_ or "", *about)


def _now(subject: Subject, one: EarlierFinding) -> Markup:
    """What was found now; of one that was not tested, why not."""
    said = subject.live(one.now)
    if one.result is None:
        return join([strong(text(entry("resolved", "not-tested")) + text(".")), said])
    return said or say("none")


def follows(subject: Subject) -> Story:
    """What becomes of what is unresolved: ERO's plan goes on, no memo before it is settled."""
    found = _earlier(subject)
    open_ones = [one.number for one in found if one.result != "resolved"]
    said = say("focus-open", numbers=", ".join(open_ones)) if open_ones else say("focus-all-closed")
    return [*section_title("focus-follows"), prose(said)]
