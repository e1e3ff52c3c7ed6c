"""The field notes: what the team saw, read and was told, day by day, as it was typed.

People stand here by role and label, never by name; earlier wordings of a text follow under it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from inspector_app.change import Slot
from inspector_app.moments import Moment, clock_in_words
from inspector_app.records import (
    Conference,
    DocumentReview,
    Interview,
    NoCamera,
    Observation,
    Photo,
)
from inspector_app.reports import style
from inspector_app.reports.draws import shown_file
from inspector_app.reports.edition import NO_CLOCK
from inspector_app.reports.evidence_index import author_of, number_of, used_in, written_at
from inspector_app.reports.findings import picture
from inspector_app.reports.flow import heading, labelled, prose, room_for
from inspector_app.reports.page import Story
from inspector_app.reports.pictures import pictures
from inspector_app.reports.spoken import SPANISH_CODE, passage
from inspector_app.reports.subject import Subject, on_day, when
from inspector_app.reports.texts import entry, listed, say, title, word
from inspector_app.reports.typed import Markup, Spanish, join, lines, strong, text, unbroken

TYPED: Mapping[str, tuple[str, ...]] = {
    "observation": ("text",),
    "no-camera": ("reason", "limits", "refused"),
    "conference": ("notes", "ground_rules", "limits"),
    "interview": ("answers", "quotes", "notes", "refused_reason"),
}
"""Of each kind of record, the fields whose earlier wordings are told."""


@dataclass(frozen=True)
class Note:
    """One entry: when, under which number, what it is, what was typed, its photos."""

    record: str
    held: str | None
    number: str
    what: Markup
    typed: list[Markup]
    photos: list[Photo]


class Wording(NamedTuple):
    """What a change set in a field; `place`: which change of the log it was."""

    typed: str
    at: str
    author: str
    place: int


class Wordings:
    """Every text that was ever typed in a field, read from the log once."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._by_slot: dict[Slot, list[Wording]] = {}
        for place, change in enumerate(subject.inspection.log.changes.values()):
            for edit in change.edits:
                if isinstance(edit.value, str) and edit.value.strip():
                    said = Wording(edit.value, change.at, change.author, place)
                    self._by_slot.setdefault(edit.slot, []).append(said)

    def others(self, record: str) -> Iterator[Markup]:
        """What a record's texts said before; where people disagree, what each of them says."""
        log = self._subject.inspection.log
        for name in log.field_names(record):
            if name.partition(".")[0] not in TYPED.get(record.partition(":")[0], ()):
                continue
            now = None if len(log.distinct(record, name)) > 1 else log.value(record, name)
            found = self._by_slot.get((record, name), [])
            for wording, after in zip(found, [*found[1:], None], strict=True):
                if wording.typed != now:
                    yield from self._other(record, name, wording, after)

    def _other(
        self, record: str, name: str, wording: Wording, after: Wording | None
    ) -> Iterator[Markup]:
        by = self._subject.inspection.person(wording.author)
        said = {"when": when(wording.at), "by": by}
        if not self._was_spanish(record, name, after):
            yield say("other-wording", **said, text=wording.typed.strip())
            return
        yield say("other-wording-spanish", **said)
        yield Spanish(text(wording.typed.strip()))

    def _was_spanish(self, record: str, name: str, after: Wording | None) -> bool:
        """Whether its writer had said so when the next wording came: a language is told after."""
        field, _, topic = name.partition(".")
        told = self._by_slot.get((record, f"quoted_in.{topic}"), []) if field == "quotes" else []
        until = [one.typed for one in told if after is None or one.place < after.place]
        return until[-1:] == [SPANISH_CODE]


def story(subject: Subject) -> Story:
    """A heading for each day, then what happened in order; what has no time comes last."""
    notes = sorted(_notes(subject), key=_order)
    if not notes:
        return [prose(say("notes-none"))]
    wordings, uses = Wordings(subject), used_in(subject)
    found: Story = []
    for day in dict.fromkeys(map(_day, notes)):
        found += _day_head(day)
        for note in (note for note in notes if _day(note) == day):
            found += _entry(subject, note, wordings, uses.get(note.record, []))
    return found


def _order(note: Note) -> tuple[bool, float, str]:
    at = Moment.parse(note.held).instant.timestamp() if note.held else 0.0
    return note.held is None, at, note.number


def _day(note: Note) -> date | None:
    return Moment.parse(note.held).day if note.held else None


def _day_head(day: date | None) -> Story:
    named = text(on_day(day)) if day else title("without-time")
    key = f"day-{day}" if day else "day-none"
    return [room_for(130), heading(named, key, 2, before=20, after=4)]


def _entry(subject: Subject, note: Note, wordings: Wordings, uses: list[str]) -> Story:
    by = [say("noted-by", by=author_of(subject, note.record))]
    by += [say("noted-used", findings=listed(uses))] if uses else []
    disputed = bool(subject.inspection.log.disputed(note.record))
    others = [prose(say("conflict"), name="note-strong")] if disputed else []
    others += [passage(one, "note", in_text=True) for one in wordings.others(note.record)]
    typed = (passage(one, in_text=True) for one in note.typed)
    body = [prose(strong(note.what)), *typed]
    shown = pictures([picture(subject, photo) for photo in note.photos])
    return [
        room_for(_with_first(shown)),
        *labelled(_label(note), *body, prose(join(by), name="note")),
        *others,
        *shown,
    ]


def _with_first(shown: Story) -> float:
    """The room that an entry of a few lines takes with its first photos, in points."""
    heights = (part.wrap(style.WIDE, 1e6)[1] for part in shown[:2])
    return float(min(sum(heights) + 90, style.FRAME_HEIGHT * 0.9)) if shown else 0.0


def _label(note: Note) -> Markup:
    found = [text(note.number)] if note.number else []
    if note.held:
        found += _clock(Moment.parse(note.held))
    return lines(found) or text("–" if note.held else str(entry("text", "no-time")))


def _clock(at: Moment) -> list[Markup]:
    """The time of day; nothing where the edition withholds it."""
    if at.zone == NO_CLOCK:
        return []
    return [text(unbroken(f"{clock_in_words(at.local)} {at.abbreviation}"))]


# -- what was noted --------------------------------------------------------------------------


def _notes(subject: Subject) -> list[Note]:
    inspection = subject.inspection
    return [
        *(_observation(subject, seen) for seen in inspection.all(Observation)),
        *(_no_camera(subject, area) for area in inspection.all(NoCamera)),
        *(_conference(conference) for conference in inspection.all(Conference)),
        *(_interview(subject, interview) for interview in inspection.all(Interview)),
        *(_review(subject, review) for review in inspection.all(DocumentReview)),
        *_lone_photos(subject),
    ]


def _observation(subject: Subject, seen: Observation) -> Note:
    where = subject.area_title(seen.area)
    what = say("saw-in", area=where) if where else say("saw")
    result = [text(word("result", seen.result) + ".")] if seen.result else []
    typed = [subject.live(seen.text)] if seen.text.strip() else []
    for language, on_it in sorted(seen.poster.items()):
        if on_it.strip():
            typed += _poster(language, on_it.strip())
    photos = subject.inspection.linked(seen.id, Photo)
    number = number_of(subject, seen.id)
    return Note(seen.id, seen.held, number, join([what, *result]), typed, photos)


def _poster(language: str, on_it: str) -> list[Markup]:
    if language == SPANISH_CODE:
        return [say("poster-spanish"), Spanish(text(on_it))]
    return [say("poster", language=language.upper(), text=on_it)]


def _no_camera(subject: Subject, noted: NoCamera) -> Note:
    where = subject.area_title(noted.area or noted.id.partition(":")[2])
    typed = _said({"": noted.reason, "limits-were": noted.limits, "refused-to-team": noted.refused})
    return Note(noted.id, noted.held, "", say("no-camera", area=where), typed, [])


def _conference(conference: Conference) -> Note:
    said = {
        "were-present": conference.present, "place-was": conference.place,
        "": conference.notes, "ground-rules-were": conference.ground_rules,
        "limits-were": conference.limits,
    }  # fmt: skip
    what = text(word("conference", conference.type) + ".")
    return Note(conference.id, conference.held, "", what, _said(said), [])


def _said(by_text: Mapping[str, str]) -> list[Markup]:
    """What was typed, each under its standing text; the empty one adds nothing."""
    return [
        say(id, text=typed.strip()) if id else text(typed.strip())
        for id, typed in by_text.items()
        if typed.strip()
    ]


def _interview(subject: Subject, interview: Interview) -> Note:
    what = say("interview-with", person=subject.person_words(interview))
    if interview.refused:
        typed = [say("interview-refused", reason=interview.refused_reason.strip() or "–")]
    else:
        typed = [*_answers(subject, interview)]
    if interview.notes.strip():
        typed.append(text(interview.notes.strip()))
    return Note(interview.id, interview.held, number_of(subject, interview.id), what, typed, [])


def _answers(subject: Subject, interview: Interview) -> Iterator[Markup]:
    """By topic, what was summed up and what was quoted."""
    roles = subject.inspection.form.interview_roles
    asked = {t.id: t.english for role in roles for t in role.topics}
    for topic in dict.fromkeys([*asked, *interview.answers, *interview.quotes]):
        said = interview.answers.get(topic, "").strip()
        quoted = interview.quotes.get(topic, "").strip()
        spanish = interview.quoted_in.get(topic) == SPANISH_CODE
        parts = [text(said)] if said else []
        parts += [text(f"“{quoted}”")] if quoted and not spanish else []
        if parts or quoted:
            named = [strong(text(asked[topic]))] if topic in asked else []
            yield join([*named, *parts])
        if quoted and spanish:
            yield Spanish(text(f"“{quoted}”"))


def _review(subject: Subject, review: DocumentReview) -> Note:
    files = subject.inspection.files_of(review.id)
    examined = sum(map(subject.inspection.examined, files))
    typed = [say("work-documents", n=examined, files=len(files)) + text(".")]
    for place, file in enumerate(files, 1):
        said = [file.note.strip(), *(note.strip() for note in file.notes.values())]
        if any(said):
            note = "; ".join(filter(None, said))
            name = shown_file(subject, file.file)
            typed.append(say("file-note", place=str(place), file=name, note=note))
    what = say("read-documents", title=subject.review_title(review))
    number, at = number_of(subject, review.id), written_at(subject, review.id)
    return Note(review.id, at, number, what, typed, [])


def _lone_photos(subject: Subject) -> Iterator[Note]:
    """Photos that belong to no observation stand by themselves."""
    inspection = subject.inspection
    observations = inspection.all(Observation)
    shown = {p.id for seen in observations for p in inspection.linked(seen.id, Photo)}
    for photo in inspection.all(Photo):
        if photo.id not in shown:
            where = subject.area_title(photo.area)
            what = say("photo-in", area=where) if where else say("photo-alone")
            number = number_of(subject, photo.id)
            yield Note(photo.id, photo.taken, number, what, [], [photo])
