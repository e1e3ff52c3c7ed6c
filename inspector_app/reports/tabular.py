"""The findings, answers, samples and roster as plain tables, for whoever counts in a spreadsheet.

They are read through the same subject as the report: an edition withholds here what it withholds
there, and numbers are the report's.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from inspector_app.inspection.guard import authority
from inspector_app.records import DocumentReview, Finding, SampledFile
from inspector_app.reports.draws import shown_file
from inspector_app.reports.edition import bare
from inspector_app.reports.proofs import evidence
from inspector_app.reports.subject import Subject
from inspector_app.reports.texts import entry, word
from inspector_app.rules.roster import Standing
from inspector_app.rules.spans import Said

Value = str | int | date | None
Columns = Mapping[str, Callable[[Subject, Finding], Value]]


@dataclass(frozen=True)
class Table:
    """A table with one head row; `name` is its file's or sheet's."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Value]]


def tables(subject: Subject, standings: Sequence[Standing] = ()) -> list[Table]:
    """All of them; the roster is the team's alone, so other editions have none of its rows."""
    own = standings if subject.edition == "internal" else ()
    found = [findings(subject), answers(subject), samples(subject), roster(own)]
    return [_without_grounds(table) for table in found]


def _without_grounds(table: Table) -> Table:
    """Cells have no ground for what was put in the place of other text; the brackets stay."""
    rows = [[bare(v) if isinstance(v, str) else v for v in row] for row in table.rows]
    return replace(table, rows=rows)


# -- findings ------------------------------------------------------------------------------------


def findings(subject: Subject) -> Table:
    """Every finding in the order of the report; best practices bear no count."""
    found = [
        *subject.counted_findings,
        *subject.of_class("best-practice"),
        *subject.of_class(None),
    ]
    rows = [[read(subject, finding) for read in _FINDING.values()] for finding in found]
    return Table("findings", list(_FINDING), rows)


def _typed(subject: Subject, words: str) -> str:
    """Typed text with its live numbers filled in."""
    return subject.inspection.numbers(words.strip()).replace("\u00a0", " ")


def _document(subject: Subject, finding: Finding) -> str:
    cited = authority(subject.inspection, finding)
    return cited.document.title if cited else ""


def _kinds(subject: Subject, finding: Finding) -> str:
    kinds = dict.fromkeys(proof.kind for proof in evidence(subject, finding))
    return ", ".join(str(entry("evidence", kind)) for kind in kinds)


def _items(subject: Subject, finding: Finding) -> str:
    found = (proof.number.replace("\u00a0", " ") for proof in evidence(subject, finding))
    return ", ".join(found)


_FINDING: Columns = {
    "Number": lambda subject, f: subject.finding_numbers[f.id],
    "Class": lambda _, f: str(entry("class", f.class_ or "none")["word"]),
    "Title": lambda subject, f: _typed(subject, f.title),
    "Type": lambda _, f: f.type,
    "Item of the checklist": lambda _, f: f.item,
    "Authority": _document,
    "Section": lambda _, f: f.section,
    "Cited sentence": lambda _, f: f.quotation.strip(),
    "Violation confirmed": lambda _, f: "yes" if f.confirmed else "no",
    "Responsible party": lambda subject, f: word("party", subject.party(f)),
    "Verified by": lambda _, f: word("verify", f.verify),
    "Condition": lambda subject, f: _typed(subject, f.condition),
    "Effect": lambda subject, f: _typed(subject, f.effect),
    "Cause": lambda subject, f: _typed(subject, f.cause),
    "Kinds of evidence": _kinds,
    "Evidence": _items,
}
"""A column each: its head, and how its value is read."""


# -- answers -------------------------------------------------------------------------------------


def answers(subject: Subject) -> Table:
    """Every item that is asked, in the order of the checklist."""
    heads = ["Item", "Section", "Agreement", "Question", "Result", "Note", "Reason", "Findings"]
    rows: list[list[Value]] = []
    for section, pairs in subject.results_by_section:
        for item, result in pairs:
            answer = subject.inspection.answer(item.id)
            cited = item.citations[0].section if item.citations else ""
            used = [subject.finding_numbers[f.id] for f in subject.findings if f.item == item.id]
            note = _typed(subject, answer.note)
            said = [word("result", result), note, answer.reason.strip(), ", ".join(used)]
            rows.append([item.id, section.title, cited, item.question, *said])
    return Table("answers", heads, rows)


# -- samples -------------------------------------------------------------------------------------


def samples(subject: Subject) -> Table:
    """A row for each check of each file that counts."""
    heads = ["Sample", "Documents", "File no.", "File", "Check", "Question", "Result", "Note"]
    reviews = subject.inspection.all(DocumentReview)
    return Table("samples", heads, [row for r in reviews for row in _review(subject, r)])


def _review(subject: Subject, review: DocumentReview) -> Iterable[list[Value]]:
    number = subject.record_numbers[review.id]
    for place, file in enumerate(subject.inspection.files_of(review.id), 1):
        about: list[Value] = [number, subject.review_title(review), place]
        about.append(shown_file(subject, file.file))
        yield from ([*about, *checked] for checked in _checks(subject, review, file))


def _checks(subject: Subject, review: DocumentReview, file: SampledFile) -> Iterable[list[Value]]:
    for kind in subject.inspection.form.sample_kinds:
        for check in kind.attributes if kind.id == review.sample_kind else ():
            result = file.results.get(check.id)
            note = "; ".join(filter(None, (file.notes.get(check.id, ""), file.note.strip())))
            yield [check.label, check.question, _RESULTS[result], note]


_RESULTS: Mapping[str | None, str] = {
    "yes": "met",
    "no": "not met",
    "not-applicable": "not applicable",
    "unclear": "not determinable",
    None: "not examined",
}


# -- the roster ----------------------------------------------------------------------------------


def roster(standings: Sequence[Standing]) -> Table:
    """Every officer under his number: what the roster says, and what follows from it."""
    return Table("roster", list(_OFFICER), [[v(s) for v in _OFFICER.values()] for s in standings])


def _said(said: Said) -> Value:
    if len(said.days) == 1:
        return said.days[0]
    words = {True: "yes", False: "no", None: ""}[said.word]
    return ", ".join(day.isoformat() for day in said.days) or words


def _spans(standing: Standing) -> str:
    if standing.authorized is None:
        return "not known"
    return ", ".join(f"{s.first} to {s.last or 'now'}" for s in standing.authorized) or "never"


_OFFICER: Mapping[str, Callable[[Standing], Value]] = {
    "Officer": lambda s: s.officer.number,
    "Nominated": lambda s: _said(s.officer.nominated),
    "Trained from": lambda s: _said(s.officer.trained_from),
    "Trained to": lambda s: _said(s.officer.trained_to),
    "Certified": lambda s: _said(s.officer.certified),
    "Letter": lambda s: _said(s.officer.letter),
    "Form 70-006": lambda s: _said(s.officer.form_70_006),
    "Refreshers": lambda s: _said(s.officer.refreshers),
    "Revoked": lambda s: _said(s.officer.revoked),
    "Left": lambda s: _said(s.officer.left),
    "Authorized": _spans,
    "Overdue": lambda s: "; ".join(f"{o.subject}, due {o.due}" for o in s.overdue),
    "Not known": lambda s: "; ".join(s.unknown),
    "Acts": lambda s: len(s.acts),
}
