"""A complaint on its way: what the agreement's clocks say, where it goes next, what ICE left open.

The route is the one that GAO-21-186 tells: the Joint Intake Center gives every complaint to the
Inspector General, who takes it or gives it back; then OPR investigates what is egregious, ERO
what is less serious, and the agency what has nothing to do with 287(g) duties. Clocks are those of
Appendix B of the agreement's own revision. A step that is not recorded is a question, never a
violation: only what nobody wrote down is known.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from inspector_app.forms import Clock, Form
from inspector_app.moments import Moment, day_in_words
from inspector_app.records.agency_file import STATIONS, Complaint, Notification
from inspector_app.rules.clocks import Judgment, When, judge, span_in_words

_UNKNOWN_WHO = "Unknown: nobody recorded whether a designated officer is concerned."
_NO_FORM = "Unknown: no agreement is chosen whose clocks run."


@dataclass(frozen=True, slots=True)
class Line:
    """One clock of a complaint. `overdue`: its time is up and no end is recorded."""

    title: str
    clock: Clock | None
    judgment: Judgment
    overdue: bool = False

    @property
    def late(self) -> bool:
        """Whether a time that binds was missed, or is being missed."""
        hard = self.clock is not None and self.clock.binding == "hard"
        return self.judgment.verdict == "late" or (self.overdue and hard)


def lines(complaint: Complaint, form: Form | None, now: Moment) -> list[Line]:
    """The clocks that run for this complaint; `now` decides whether an open one is overdue."""
    learned, told = _moment(complaint.learned), _moment(complaint.told)
    if form is None:
        return [Line("Told to ICE", None, Judgment("unknown", None, None, _NO_FORM))]
    known = {point.clock.id: point.clock for point in form.points if point.clock}
    found = [_notice(complaint, known, learned, told)]
    if complaint.resolved or complaint.outcome_reported:
        clock = known.get("outcome-report")
        ended = complaint.outcome_reported
        found.append(Line("Outcome reported", clock, judge(clock, complaint.resolved, ended)))
    if (clock := known.get("complaint-resolution")) and learned:
        found.append(Line("Resolved", clock, judge(clock, learned.day, complaint.resolved)))
    return [_as_of(line, now) for line in found]


def _notice(
    complaint: Complaint, known: dict[str, Clock], learned: When | None, told: When | None
) -> Line:
    if complaint.designated is None:
        return Line("Told to ICE", None, Judgment("unknown", None, None, _UNKNOWN_WHO))
    clock = known.get("complaint-designated" if complaint.designated else "complaint-other")
    return Line("Told to ICE", clock, judge(clock, learned, told))


def _as_of(line: Line, now: Moment) -> Line:
    until = line.judgment.due
    if line.judgment.verdict != "open" or until is None:
        return line
    over = now.instant > until.instant if isinstance(until, Moment) else now.day > until
    if not over:
        return line
    words = line.judgment.sentence.replace("Open: due by", "Overdue: it was due by")
    return replace(line, overdue=True, judgment=replace(line.judgment, sentence=words))


def _moment(text: str | None) -> Moment | None:
    return Moment.parse(text) if text else None


# -- the route -----------------------------------------------------------------------------------


def next_stations(complaint: Complaint) -> tuple[str, ...]:
    """Where the described route leads next; empty where it has ended or cannot be told."""
    sent, status = complaint.sent, complaint.status
    if complaint.resolved or status.get("oig") in ("investigating", "resolved", "closed"):
        return ()
    if "jic" not in sent and "oig" not in sent:
        return ("jic",)
    if "oig" not in sent:
        return ("oig",)
    if "jic-again" not in sent:
        return ("jic-again",) if status.get("oig") == "referred" else ()
    return () if {"opr", "ero", "lea"} & sent.keys() else _by_seriousness(complaint)


def _by_seriousness(complaint: Complaint) -> tuple[str, ...]:
    if complaint.related is False or complaint.designated is False:
        return ("lea",)
    if complaint.related is None or complaint.serious is None:
        return ()
    return ("opr",) if complaint.serious == "egregious" else ("ero",)


def questions(complaint: Complaint) -> list[str]:
    """What of the route is not as described, or is not recorded, each in a sentence."""
    return [*_skipped(complaint), *_out_of_order(complaint), *_elsewhere(complaint)]


def _skipped(complaint: Complaint) -> Iterable[str]:
    sent, status = complaint.sent, complaint.status
    if "jic" in sent and "oig" not in sent:
        yield "The Joint Intake Center has it; no referral to the Inspector General is recorded."
    if {"opr", "ero"} & sent.keys() and "oig" not in sent:
        yield "It was given on, but the Inspector General’s first refusal is not recorded."
    if status.get("oig") == "referred" and "jic-again" not in sent:
        yield "The Inspector General referred it on; its return to the Joint Intake Center is open."


def _out_of_order(complaint: Complaint) -> Iterable[str]:
    days = [(name, complaint.sent[name]) for name in STATIONS if name in complaint.sent]
    days = [pair for pair in days if pair[0] not in ("lea", "crcl")]
    for (one, first), (other, then) in pairwise(days):
        if then < first:
            yield f"{STATIONS[other]} has it earlier than {STATIONS[one]}; one day is wrong."


def _elsewhere(complaint: Complaint) -> Iterable[str]:
    expected = set(_by_seriousness(complaint))
    given = {"opr", "ero", "lea"} & complaint.sent.keys()
    if expected and given and not expected & given:
        [due] = expected
        yield f"By what is recorded of it, it belongs to {STATIONS[due]}; it went elsewhere."


# -- ICE's own duties ------------------------------------------------------------------------------


def ice_side(complaint: Complaint, notifications: Iterable[Notification]) -> list[str]:
    """What ICE is not known to have done, or when it did: evidence for type D12, never a verdict.

    Appendix B lets the ICE officer pass a notice on to OPR without a time, so days are told and
    not judged.
    """
    told, passed = _moment(complaint.told), complaint.sent.get("jic")
    found = []
    if told and passed is None:
        found.append(
            f"ICE was told on {day_in_words(told.day)}; that it was passed on to the Joint Intake "
            "Center is not recorded."
        )
    elif told and passed:
        after = span_in_words(passed - told.day)
        found.append(f"ICE passed it on to the Joint Intake Center {after} after it was told.")
    bare = sum(not each.on_record for each in notifications)
    if bare:
        found.append("A management notification of it has no record of action and outcome.")
    return found
