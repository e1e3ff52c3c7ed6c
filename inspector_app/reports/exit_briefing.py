"""The exit briefing: one sheet for the exit conference, before there is a report.

Nothing of it is a conclusion. The class of an observation is left out unless policy shows it
(resources/report-texts.toml, [policy]); the order is the checklist's, which tells no class.
"""

from inspector_app.inspection.reviewing import disagreement_of
from inspector_app.moments import Moment
from inspector_app.records import Conference, Disagreement, Finding
from inspector_app.reports.blocks import signature_lines
from inspector_app.reports.document_request import Request, requests
from inspector_app.reports.flow import labelled, para, prose, room_for
from inspector_app.reports.page import Story
from inspector_app.reports.proofs import evidence
from inspector_app.reports.subject import Subject, day_and_time
from inspector_app.reports.tables import Column, Grid, Row, head, row
from inspector_app.reports.texts import entry, label, say, title
from inspector_app.reports.typed import Markup, join, lines, strong, text

_NAMED = 3


def story(subject: Subject) -> Story:
    """Present, observations, practice, what is needed, what follows, lines to sign on."""
    return [
        *labelled(label("present"), prose(_present(subject)), before=4),
        room_for(90),
        para(title("observations"), "table-title", before=12, after=3),
        *_observations(subject),
        *labelled(label("practice-noted"), *_practices(subject), before=14),
        *labelled(label("still-needed"), prose(_still_needed(subject))),
        *labelled(label("follows"), prose(_follows(subject))),
        *signature_lines([_line(subject, key) for key in ("team", "agency", "ice")]),
    ]


def _line(subject: Subject, key: str) -> Markup:
    return say(f"exit-line-{key}", office=subject.spec.office)


def _follows(subject: Subject) -> Markup:
    to = join(subject.recipients(), str(entry("text", "exit-and")))
    return say("exit-follows", office=subject.spec.office, recipients=to)


# -- the conference --------------------------------------------------------------------------


def _conferences(subject: Subject) -> list[Conference]:
    return [c for c in subject.inspection.all(Conference) if c.type == "exit"]


def held_on(subject: Subject) -> str:
    """When the exit conference was held; empty where nobody recorded it."""
    held = [conference.held for conference in _conferences(subject) if conference.held]
    return day_and_time(Moment.parse(held[-1])) if held else ""


def _present(subject: Subject) -> Markup:
    conferences = _conferences(subject)
    found = [c.present.strip() for c in conferences if c.present.strip()]
    if not found:
        return say("none" if conferences else "exit-unrecorded")
    return lines(map(text, found))


# -- what was observed -----------------------------------------------------------------------


def _observed(subject: Subject) -> list[Finding]:
    """All but best practices, in the order of the checklist."""
    places = {item.id: place for place, item in enumerate(subject.inspection.form.items)}
    found = [f for f in subject.inspection.all(Finding) if f.class_ != "best-practice"]
    return sorted(found, key=lambda finding: places.get(finding.item, len(places)))


def _observations(subject: Subject) -> Story:
    found = _observed(subject)
    if not found:
        return [para(say("none"))]
    shown = bool(entry("policy", "exit-briefing-shows-class"))
    class_ = [Column(78)] if shown else []
    columns = [Column(28), Column(250 - 78 * shown, 14), *class_, Column(70), Column(156, 0)]
    names = ["number", "observed", *(["class"] if shown else []), "how-we-know", "comment"]
    heads = head(columns, *map(label, names))
    rows = [_row(subject, n, finding, shown) for n, finding in enumerate(found, 1)]
    return [Grid(columns, [heads, *rows])]


def _row(subject: Subject, number: int, finding: Finding, shown: bool) -> Row:
    word_ = text(entry("class", finding.class_ or "none")["word"])
    return row(
        para(strong(text(str(number))), "cell"),
        para(subject.finding_title(finding), "cell"),
        *([para(word_, "cell")] if shown else []),
        para(_how_we_know(subject, finding), "cell"),
        para(_comment(subject, finding), "cell-quiet"),
    )


def _how_we_know(subject: Subject, finding: Finding) -> Markup:
    kinds = dict.fromkeys(proof.kind for proof in evidence(subject, finding))
    return text(", ".join(entry("evidence", kind) for kind in kinds).capitalize() or "–")


def _comment(subject: Subject, finding: Finding) -> Markup:
    """What ERO said already; else room to write in."""
    said = subject.inspection.get(Disagreement, disagreement_of(finding.id))
    return say("exit-comment", text=said.ero.strip()) if said and said.ero.strip() else text("")


def _practices(subject: Subject) -> Story:
    found = [prose(subject.finding_title(f), after=3) for f in subject.of_class("best-practice")]
    return list(found) or [prose(say("none"))]


# -- what is still needed --------------------------------------------------------------------


def _still_needed(subject: Subject) -> Markup:
    """The requests that nothing was examined or answered for, named where they are few."""
    found = requests(subject)
    waiting = [place for place, request in enumerate(found) if request.open]
    if not waiting:
        return say("exit-nothing-needed")
    if len(waiting) <= _NAMED:
        return lines([_named(found[place]) for place in waiting])
    return say("exit-needed", n=len(waiting), numbers=_runs(waiting))


def _named(request: Request) -> Markup:
    return say("exit-needed-one", number=request.number, asked=request.asked)


def _runs(places: list[int]) -> str:
    """`R-2 to R-14, R-17`."""
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1] = [runs[-1][0], place]
        else:
            runs.append([place])
    ends = ([f"R-{place + 1}" for place in run] for run in runs)
    return ", ".join("\u00a0to\u00a0".join(run) for run in ends)
