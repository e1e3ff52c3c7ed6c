"""The findings, one block each: criteria, condition, photos, evidence, effect, cause."""

from collections.abc import Iterable

from inspector_app.forms import finding_types
from inspector_app.inspection.guard import SIGNED, authority
from inspector_app.inspection.marks import marks_of, parts_blurred
from inspector_app.inspection.reviewing import ERO_ROLES, disagreement_of
from inspector_app.moments import Moment
from inspector_app.photos import Mark
from inspector_app.records import (
    Disagreement,
    Finding,
    Observation,
    Photo,
)
from inspector_app.reports.amending import amended, is_new, marked, phrases
from inspector_app.reports.bars import barred
from inspector_app.reports.blocks import FindingHead, finding_head
from inspector_app.reports.charts import Bar
from inspector_app.reports.edition import NO_CLOCK, words
from inspector_app.reports.flow import THIRD, labelled, para, prose, room_for
from inspector_app.reports.method import none_recorded, section_title
from inspector_app.reports.page import Story
from inspector_app.reports.pictures import Picture, pictures
from inspector_app.reports.proofs import proof
from inspector_app.reports.repeating import repeated
from inspector_app.reports.sources import of
from inspector_app.reports.subject import Subject, in_words, on_day, when_on
from inspector_app.reports.summary import finding_chart
from inspector_app.reports.texts import entry, label, say, word
from inspector_app.reports.typed import Markup, join, strong, text

_IN_HEAD = ("", "title", "type", "class", "verify", "repeats", "party")
_IN_CRITERIA = ("document", "section", "page", "quotation", "violated", "own_copy", "item")
"""Which fields stand in these two parts of a finding; a new finding bears its mark at its head."""


def deficiencies(subject: Subject) -> Story:
    """Charts by section and type, then each deficiency."""
    found = subject.of_class("deficiency")
    charts = [*_by_section(subject), *_by_type(subject)] if subject.counted_findings else []
    part = _part("deficiencies", "deficiency", found)
    return [*part, *charts, *_blocks(subject, found)]


def concerns(subject: Subject) -> Story:
    """Each area of concern."""
    found = subject.of_class("area-of-concern")
    return [*_part("concerns", "area-of-concern", found), *_blocks(subject, found)]


def practices(subject: Subject) -> Story:
    """Each best practice."""
    found = subject.of_class("best-practice")
    return [*_part("practices", "best-practice", found), *_blocks(subject, found)]


def unclassed(subject: Subject) -> Story:
    """What nobody has classed yet; a report without such findings has no such part."""
    found = subject.of_class(None)
    return [*_part("unclassed", "unclassed", found), *_blocks(subject, found)] if found else []


def _part(key: str, definition: str, found: list[Finding]) -> Story:
    under = [] if found else [none_recorded()]
    room = THIRD + 120 if found else 130
    return [*section_title(key, room), prose(say(definition), after=6), *under]


def _blocks(subject: Subject, found: list[Finding]) -> Story:
    return [part for finding in found for part in _block(subject, finding)]


# -- charts ----------------------------------------------------------------------------------


def _by_section(subject: Subject) -> Story:
    titles = {item.id: s.title for s in subject.inspection.form.sections for item in s.items}
    bars = _bars(subject, (titles.get(f.item, "–") for f in subject.counted_findings))
    return labelled(label("by-section"), finding_chart(label("each-box"), bars, 150), before=8)


def _by_type(subject: Subject) -> Story:
    bars = _bars(subject, (_type_words(f) for f in subject.counted_findings))
    return labelled(label("by-type"), finding_chart(label("each-box"), bars, 150), before=8)


def _bars(subject: Subject, names: Iterable[str]) -> list[Bar]:
    """One bar a name, in the order in which the names first come up."""
    grouped: dict[str, list[Finding]] = {}
    for name, finding in zip(names, subject.counted_findings, strict=True):
        grouped.setdefault(name, []).append(finding)
    bars = [Bar(text(name), subject.boxes(found)) for name, found in grouped.items()]
    assert sum(len(bar.boxes) for bar in bars) == subject.counts.findings, "charts tie with counts"
    return bars


def _type_words(finding: Finding) -> str:
    known = finding_types().get(finding.type)
    return f"{finding.type}, {known.title}" if known else finding.type or "–"


# -- one finding -----------------------------------------------------------------------------


def _block(subject: Subject, finding: Finding) -> Story:
    counted = finding.class_ != "best-practice"
    parts = [
        (_IN_HEAD, finding_head(_head(subject, finding, counted))),
        (_IN_CRITERIA, _criteria(subject, finding) if counted or finding.document else []),
        (("condition",), _condition(subject, finding, "condition" if counted else "practice")),
        ((), _shown(subject, finding)),
        ((), proof(subject, finding)),
        (("effect",), _typed(subject, "effect", finding.effect)),
        (("cause",), _typed(subject, "cause", finding.cause)),
    ]
    said = _position(subject, finding)
    told = [
        room_for(THIRD),
        *(one for fields, part in parts for one in marked(subject, finding.id, fields, part)),
        *marked(subject, disagreement_of(finding.id), None, said),
        *([] if counted else [prose(say("practice-not-counted"), name="note")]),
    ]
    return of(finding.id, barred(told) if is_new(subject, finding.id) else told)


def _head(subject: Subject, finding: Finding, counted: bool) -> FindingHead:
    number = subject.finding_numbers[finding.id]
    class_word = entry("class", finding.class_ or "none")["word"]
    title = subject.finding_title(finding)
    bookmark = f"{number}, {class_word}: {para(title).getPlainText(identify=True)}"
    facts = [
        (label("type"), text(_type_words(finding))),
        (label("responsible"), text(word("party", subject.party(finding)))),
        (label("verified"), text(word("verify", finding.verify))),
        *repeated(subject, finding),
    ]
    return FindingHead(
        subject.key_of(finding),
        number,
        finding.class_ or "",
        text(class_word),
        title,
        bookmark,
        facts if counted else [],
    )


def _criteria(subject: Subject, finding: Finding) -> Story:
    """The authority and, of a deficiency, the violated sentence word for word."""
    if finding.class_ == "area-of-concern":
        return labelled(label("relates-to"), prose(_relates_to(subject, finding)))
    found = [prose(_authority(subject, finding), after=4)]
    if finding.quotation.strip():
        quoted = text(f"“{finding.quotation.strip()}”")
        found.append(prose(quoted, after=2, name="quotation", role="BlockQuote"))
    if finding.quotation.strip() and not finding.confirmed and finding.class_ != "best-practice":
        found.append(prose(strong(say("not-confirmed"))))
    if finding.own_copy:
        found.append(prose(say("own-copy"), name="note"))
    if subject.inspection.rests_on_presumption(finding):
        found.append(prose(strong(say("rests-on-presumption"))))
    return labelled(label("criteria"), *found)


def _relates_to(subject: Subject, finding: Finding) -> Markup:
    named = _authority(subject, finding, none="relates-none")
    return join([named, say("not-violated")])


def _authority(subject: Subject, finding: Finding, none: str = "criteria-none") -> Markup:
    cited = authority(subject.inspection, finding)
    if cited is None:
        return say(none)
    page = f", page\u00a0{finding.page}" if finding.page else ""
    place = {"section": _section(finding.section), "page": page}
    values = {**place, "force": _force(subject, finding)}
    if cited.document.kind in SIGNED:
        signed = on_day(subject.inspection.agency.signed)
        model, revision = subject.model_words(), subject.revision()
        return say("criteria-agreement", model=model, revision=revision, signed=signed, **values)
    number = f", {cited.document.number}" if cited.document.number else ""
    return say("criteria-document", title=cited.document.title, number=number, **values)


def _section(section: str) -> str:
    """`section IV.G`; a name such as Appendix B stands alone."""
    section = section.strip() or "–"
    is_numbered = section[:1].isdigit() or section.split(".")[0].strip("IVXLC") == ""
    return f"section\u00a0{section}" if is_numbered else section


def _force(subject: Subject, finding: Finding) -> Markup:
    visit, cited = subject.inspection.visit, authority(subject.inspection, finding)
    days = [day for day in (visit.first_day, visit.last_day) if day]
    if not days or cited is None:
        return say("no-days")
    return say("in-force" if all(map(cited.in_force, days)) else "not-in-force")


def _condition(subject: Subject, finding: Finding, key: str) -> Story:
    body = subject.live(finding.condition) or say("none")
    return labelled(label(key), prose(body))


def _typed(subject: Subject, key: str, typed: str) -> Story:
    return labelled(label(key), prose(subject.live(typed))) if typed.strip() else []


def _position(subject: Subject, finding: Finding) -> Story:
    """What ERO says against the finding and what OPR answers; the finding stands as it is."""
    said = subject.inspection.get(Disagreement, disagreement_of(finding.id))
    if said is None or not said.ero.strip():
        return []
    office = word("role", said.role) if said.role in ERO_ROLES else "ERO"
    date = when_on(said.held)
    found = [prose(join([say("disagrees", date=date, office=office), text(said.ero.strip())]))]
    if said.answer.strip():
        answered = say("opr-answers", date=when_on(said.answered))
        found.append(prose(join([answered, text(said.answer.strip()), say("stands-unchanged")])))
    return labelled(label("ero-position"), *found)


# -- photos ----------------------------------------------------------------------------------


def photos_of(subject: Subject, finding: Finding) -> list[Photo]:
    """The photos linked to a finding or to an observation that proves it, each once."""
    inspection = subject.inspection
    found = inspection.linked(finding.id, Photo)
    for observation in inspection.linked(finding.id, Observation):
        found += inspection.linked(observation.id, Photo)
    return list({photo.id: photo for photo in found}.values())


def _shown(subject: Subject, finding: Finding) -> Story:
    """A finding's photos, marked where one of them is described otherwise than before."""
    found = photos_of(subject, finding)
    said = [
        say("amended-photo", photo=subject.record_numbers[photo.id], what=what)
        for photo in found
        if not is_new(subject, finding.id)
        for what in phrases(subject, photo.id)
    ]
    return amended(subject, said, pictures([picture(subject, photo) for photo in found]))


def picture(subject: Subject, photo: Photo) -> Picture:
    """A photo with its caption, source and alternative text."""
    number = subject.record_numbers[photo.id].replace("photo ", "Photo\u00a0")
    copy, marks = subject.copy_of(photo), marks_of(subject.inspection, photo.id)
    blurred = parts_blurred(marks)
    noted = [say("blurred", parts=blurred)] if blurred else []
    file = f"file\u00a0{photo.sha256[:8]}" if photo.sha256 else ""
    source = [_taken(photo), _photographer(subject, photo), file]
    return Picture(
        jpeg=copy.jpeg if copy else None,
        width=copy.width if copy else 0,
        height=copy.height if copy else 0,
        caption=join([strong(text(f"{number}.")), text(photo.caption.strip()), *noted]),
        source=text(" · ".join(filter(None, source))),
        alt="" if photo.decorative else _alt(photo, marks),
        absent=_absent(subject, photo),
    )


def _absent(subject: Subject, photo: Photo) -> Markup:
    """What stands on the panel of a photo that is not shown: withheld, or not here yet."""
    if code := subject.withheld(photo):
        return text(words("photo").format(code=code))
    return say("absent-photo")


def _alt(photo: Photo, marks: Iterable[Mark]) -> str:
    """What is read aloud: also the words that the inspector laid over the picture."""
    over = [mark.text.strip() for mark in marks if mark.shape == "text" and mark.text.strip()]
    added = [entry("text", "written-over").format(words=f"“{'”, “'.join(over)}”")] if over else []
    return " ".join([photo.alt, *added]).strip() if added else photo.alt


def _taken(photo: Photo) -> str:
    """When, and whose clock claims it."""
    if not photo.taken:
        return ""
    at = Moment.parse(photo.taken)
    clock = "unsaid" if at.zone == NO_CLOCK else photo.taken_from or "unsaid"
    return str(entry("clock", clock)).format(at=in_words(at))


def _photographer(subject: Subject, photo: Photo) -> str:
    """Who wrote the photo's first field."""
    log = subject.inspection.log
    changes = (log.changes[id] for id in log.current(photo.id, "sha256"))
    author = min((c.author for c in changes), default="")
    return subject.inspection.person(author) if author else ""
