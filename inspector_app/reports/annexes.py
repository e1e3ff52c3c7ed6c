"""The annexes but for the samples: what the report rests on, item by item, and its record."""

from inspector_app import __version__
from inspector_app.canonical import Value
from inspector_app.checks import KINDS
from inspector_app.conflicts import Conflict
from inspector_app.forms import Citation, Item
from inspector_app.inspection.samples import frame_size
from inspector_app.records import Answer, DocumentReview, Interview, Observation, Photo
from inspector_app.reports import style
from inspector_app.reports.amending import mark
from inspector_app.reports.findings import photos_of, picture
from inspector_app.reports.flow import Para, para, room_for
from inspector_app.reports.method import annex_title, not_done, typed_or_dash
from inspector_app.reports.page import Story
from inspector_app.reports.pictures import HIGHEST, pictures
from inspector_app.reports.resting import marks
from inspector_app.reports.subject import Subject, when
from inspector_app.reports.tables import Column, Grid, Row, group, head, row
from inspector_app.reports.texts import entry, label, listed, say, title, word
from inspector_app.reports.typed import Markup, join, lines, strong, text


def _table(columns: list[Column], heads: tuple[str, ...], rows: list[Row]) -> Story:
    """A table over the whole width, or that nothing is recorded."""
    if not rows:
        return [_line(say("none"))]
    return [Grid(columns, [head(columns, *map(label, heads)), *rows])]


def _line(markup: Markup) -> Para:
    """A sentence over or instead of a table."""
    return para(markup, after=6, right=style.TEXT_X)


# -- the checklist ---------------------------------------------------------------------------


def items_not_met(subject: Subject) -> Story:
    """Each item that is not met, with the finding made of it or what was found."""
    columns = [Column(62), Column(244, 14), Column(198, 0)]
    rows = [
        row(
            para(text(_cited(item)), "cell-quiet"),
            para(text(item.question), "cell"),
            para(_finding_or_note(subject, item), "cell"),
            record=f"answer:{item.id}",
        )
        for _, pairs in subject.results_by_section
        for item, result in pairs
        if result == "not-met"
    ]
    heads = ("section", "item", "finding-or-reason")
    return [*annex_title(subject, "not-met"), *_table(columns, heads, rows)]


def _finding_or_note(subject: Subject, item: Item) -> Markup:
    findings = [f for f in subject.findings if f.item == item.id]
    numbers = [strong(text(subject.finding_numbers[f.id] + ".")) for f in findings]
    note = subject.live(subject.inspection.answer(item.id).note)
    said = [*numbers, *([note] if note else []), *mark(subject, f"answer:{item.id}")]
    return join(said) or text("–")


def checklist(subject: Subject) -> Story:
    """All items that were asked, by section, with result and note."""
    columns = [Column(62), Column(222, 14), Column(72), Column(148, 0)]
    rows = []
    for section, pairs in subject.results_by_section:
        rows += [group(text(section.title)), *(_item_row(subject, *pair) for pair in pairs)]
    heads = ("section", "item", "result", "note")
    return [*annex_title(subject, "checklist"), *_table(columns, heads, rows)]


def _item_row(subject: Subject, item: Item, result: str) -> Row:
    answer = subject.inspection.answer(item.id)
    said = [text(answer.note.strip())] if answer.note.strip() else []
    said += [text(answer.reason.strip())] if answer.reason.strip() else []
    said += [*marks(subject, item, answer), *mark(subject, answer.id)]
    words = text(word("result", result))
    stands_out = result in ("not-met", "conflict", "open")
    return row(
        para(text(_cited(item)), "cell-quiet"),
        para(text(item.question), "cell"),
        para(strong(words) if stands_out else words, "cell"),
        para(lines(said) if said else text("–"), "cell-quiet"),
        record=answer.id,
    )


def _cited(item: Item) -> str:
    return _short(item.citations[0]) if item.citations else "–"


def _short(citation: Citation) -> str:
    return citation.section.replace("Appendix ", "App.\u00a0")


def set_aside(subject: Subject) -> Story:
    """Answers that no longer apply because an earlier answer changed."""
    columns = [Column(244, 14), Column(82), Column(178, 0)]
    rows = [_aside_row(subject, answer) for answer in subject.inspection.set_aside()]
    table = _table(columns, ("item", "answer", "note"), rows)
    return [*annex_title(subject, "set-aside"), _line(say("set-aside")), *table]


def _aside_row(subject: Subject, answer: Answer) -> Row:
    id = answer.id.removeprefix("answer:")
    item = subject.item(id)
    return row(
        para(text(item.question if item else id), "cell"),
        para(text(word("result", answer.result or "open")), "cell"),
        para(typed_or_dash(answer.note or answer.reason), "cell-quiet"),
        record=answer.id,
    )


# -- people, documents, tour -----------------------------------------------------------------


def people(subject: Subject) -> Story:
    """Who was interviewed, by role: labels, never names; who refused, and why."""
    columns = [Column(42), Column(142), Column(110), Column(100), Column(110, 0)]
    interviews = subject.inspection.all(Interview)
    titles = {role.id: role.title for role in subject.inspection.form.interview_roles}
    rows: list[Row] = []
    for role in dict.fromkeys([*titles, *(interview.role for interview in interviews)]):
        of_role = [interview for interview in interviews if interview.role == role]
        rows += [group(text(titles.get(role, "–")))] if of_role else []
        rows += [_person_row(subject, interview) for interview in of_role]
    heads = ("number", "person", "language", "when", "outcome")
    reason = subject.inspection.visit.no_interviews_reason
    return [
        *annex_title(subject, "people"),
        *_stream(subject, "interviews", reason, columns, heads, rows),
    ]


def _stream(
    subject: Subject,
    stream: str,
    reason: str,
    columns: list[Column],
    heads: tuple[str, ...],
    rows: list[Row],
) -> Story:
    """A table of one of the three streams; without rows, why there are none."""
    why = [_line(not_done(subject, stream, reason))] if not rows else []
    return [*_table(columns, heads, rows), *why]


def _person_row(subject: Subject, interview: Interview) -> Row:
    place = [text(interview.place.strip())] if interview.place.strip() else []
    return row(
        para(strong(text(subject.record_numbers[interview.id])), "cell"),
        para(text(subject.person_words(interview)), "cell"),
        para(_language(interview), "cell"),
        para(lines([when(interview.held), *place]), "cell"),
        para(lines([_outcome(interview), *mark(subject, interview.id)]), "cell"),
        record=interview.id,
    )


def _language(interview: Interview) -> Markup:
    said = [interview.language.strip() or "–"]
    if interview.interpreter:
        said.append(word("interpreter", interview.interpreter))
    if interview.interpreter_note.strip():
        said.append(interview.interpreter_note.strip())
    if interview.read_spanish:
        said.append(str(entry("label", "read-spanish")))
    in_spanish = [each for each in interview.read_out.values() if each == "es"]
    if in_spanish and not interview.read_spanish:
        counted = say("read-out-spanish", n=len(in_spanish), of=len(interview.read_out))
        return lines([*map(text, said), counted])
    return lines(map(text, said))


def _outcome(interview: Interview) -> Markup:
    if not interview.refused:
        return label("interviewed")
    reason = [text(interview.refused_reason.strip())] if interview.refused_reason.strip() else []
    return join([strong(label("refused")), *reason], ". ")


def documents(subject: Subject) -> Story:
    """Every set of documents that was examined."""
    columns = [Column(36), Column(150), Column(118), Column(90), Column(66, 10), Column(44, 0)]
    rows = [_review_row(subject, review) for review in subject.inspection.all(DocumentReview)]
    heads = ("number", "title", "population", "period", "method", "files-of-frame")
    reason = subject.inspection.visit.no_documents_reason
    found = _stream(subject, "documents", reason, columns, heads, rows)
    return [*annex_title(subject, "documents"), *found]


def _review_row(subject: Subject, review: DocumentReview) -> Row:
    files = len(subject.inspection.files_of(review.id))
    frame = frame_size(subject.inspection, review.id)
    of = f"\u00a0of\u00a0{frame:,}" if frame is not None else ""
    return row(
        para(strong(text(subject.record_numbers[review.id])), "cell"),
        para(lines([text(subject.review_title(review)), *mark(subject, review.id)]), "cell"),
        para(typed_or_dash(review.population), "cell"),
        para(typed_or_dash(review.period), "cell"),
        para(text(word("method", review.method)), "cell"),
        para(text(f"{files}{of}"), "cell"),
        record=review.id,
    )


def tour(subject: Subject) -> Story:
    """What was seen, in order, and the photos that stand with no finding."""
    columns = [Column(36), Column(88), Column(104), Column(214, 14), Column(62, 0)]
    rows = [_observation_row(subject, seen) for seen in subject.inspection.all(Observation)]
    heads = ("number", "when", "area", "seen", "photos")
    reason = subject.inspection.visit.no_tour_reason
    return [
        *annex_title(subject, "tour"),
        *_stream(subject, "tour", reason, columns, heads, rows),
        *_other_photos(subject),
    ]


def _observation_row(subject: Subject, seen: Observation) -> Row:
    numbers = [subject.record_numbers[p.id] for p in subject.inspection.linked(seen.id, Photo)]
    result = [strong(text(word("result", seen.result) + "."))] if seen.result else []
    return row(
        para(strong(text(subject.record_numbers[seen.id])), "cell"),
        para(_span(seen), "cell"),
        para(text(subject.area_title(seen.area) or "–"), "cell"),
        para(join([*result, subject.live(seen.text), *mark(subject, seen.id)]), "cell"),
        para(text(listed(n.replace(" ", "\u00a0") for n in numbers) or "–"), "cell-quiet"),
        record=seen.id,
    )


def _span(seen: Observation) -> Markup:
    """When it was seen; a timed observation also has its end."""
    if not seen.until:
        return when(seen.held)
    return lines([when(seen.held), join([text("–"), when(seen.until)])])


def _other_photos(subject: Subject) -> Story:
    shown = {p.id for finding in subject.findings for p in photos_of(subject, finding)}
    others = [photo for photo in subject.inspection.all(Photo) if photo.id not in shown]
    if not others:
        return []
    named = para(say("not-in-findings"), "table-title", before=16)
    return [room_for(HIGHEST + 90), named, *pictures([picture(subject, photo) for photo in others])]


# -- problems and record ---------------------------------------------------------------------


def open_problems(subject: Subject) -> Story:
    """What is missing, contradictory or in conflict: why this is a draft."""
    columns = [Column(84), Column(420, 0)]
    rows: list[Row] = []
    for kind, words in KINDS.items():
        of_kind = [problem for problem in subject.problems if problem.kind == kind]
        rows += [group(text(f"{words}: {len(of_kind)}"))] if of_kind else []
        rows += [
            row(
                para(text(subject.where(problem.record) or "–"), "cell-quiet"),
                para(text(problem.sentence), "cell"),
                record=problem.record,
            )
            for problem in of_kind
        ]
    table = _table(columns, ("where", "problem"), rows)
    under = table if rows else [_line(say("no-open-problems"))]
    return [*annex_title(subject, "open-problems"), *under, *_conflicts(subject)]


def _conflicts(subject: Subject) -> Story:
    conflicts = subject.inspection.conflicts()
    if not conflicts:
        return []
    columns = [Column(84), Column(90), Column(110), Column(220, 0)]
    rows = [line for conflict in conflicts for line in _conflict_rows(subject, conflict)]
    named = para(title("conflicts"), "table-title", before=16)
    statement = para(say("conflict"), "note", after=4)
    heads = ("where", "field", "by", "value")
    return [room_for(110), named, statement, *_table(columns, heads, rows)]


def _conflict_rows(subject: Subject, conflict: Conflict) -> list[Row]:
    return [
        row(
            para(text(subject.where(conflict.record) or "–"), "cell"),
            para(text(name.replace("_", " ")), "cell"),
            para(text(subject.inspection.person(side.author)), "cell"),
            para(text(_value_words(name, side.values.get(name))), "cell"),
        )
        for name in conflict.fields
        for side in conflict.alternatives
    ]


def _value_words(field: str, value: Value) -> str:
    """A value as it stands in the log; one that is sealed is never shown."""
    if isinstance(value, dict):
        return "sealed"
    if field == "result" and isinstance(value, str):
        return word("result", value)
    return "–" if value is None else str(value)


def record(subject: Subject) -> Story:
    """Which data and which checklist this report was made of."""
    form = subject.inspection.form
    pairs = [
        ("number-of-report", text(f"{subject.number}, {subject.version_line}")),
        ("edition", text(entry("edition", subject.edition)["name"])),
        ("digest", text(subject.digest_words(subject.digest))),
        ("form", text(f"{form.id}: {form.title}")),
        ("form-digest", text(_grouped(form.digest))),
        ("released", say("ours" if form.released else "not-ours")),
        ("program", text(f"inspector-app {__version__}")),
    ]
    columns = [Column(126), Column(378, 0)]
    rows = [row(para(strong(label(key)), "cell"), para(value, "cell")) for key, value in pairs]
    return [
        *annex_title(subject, "record", 300),
        Grid(columns, rows, least=1),
        room_for(90),
        para(label("heads"), "table-title", before=14, after=2),
        _heads(subject),
        para(say("missing-sign"), "note", before=8),
    ]


def _heads(subject: Subject) -> Grid:
    """The newest change of each author: whoever holds the log can tell what the report knew."""
    columns = [Column(160), Column(150), Column(194, 0)]
    rows = [
        row(
            para(text(subject.inspection.person(author)), "cell"),
            para(text(subject.digest_words(author[:16])), "cell-quiet"),
            para(text(subject.digest_words(change[:24])), "cell-quiet"),
        )
        for author, changes in sorted(subject.inspection.log.heads().items())
        for change in sorted(changes)
    ]
    return Grid(columns, [head(columns, *map(label, ("author", "key-of-author", "change"))), *rows])


def _grouped(digest: str) -> str:
    """Hex in groups of four, as people compare it."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))
