"""The annex that lists what a version says otherwise than the one it replaces.

It is computed from the record between the two, so it names everything and nothing else.
"""

from collections.abc import Iterator

from inspector_app.inspection.issues import replaced
from inspector_app.inspection.reviewing import disagreement_of
from inspector_app.records import Finding, SampledFile
from inspector_app.reports.amending import phrases, where
from inspector_app.reports.flow import para
from inspector_app.reports.method import annex_title
from inspector_app.reports.page import Story
from inspector_app.reports.subject import Subject, when_on
from inspector_app.reports.tables import Column, Grid, Row, group, head, row
from inspector_app.reports.texts import known_word, label, say
from inspector_app.reports.typed import Markup, join, lines, strong, text


def change_list(subject: Subject) -> Story:
    """What changed since the version before, finding by finding, then kind by kind."""
    said = [para(one, after=6) for one in _statements(subject)]
    rows = list(_rows(subject))
    columns = [Column(104), Column(400, 0)]
    heads = head(columns, label("where"), label("change"))
    table = [Grid(columns, [heads, *rows], least=1)] if rows else []
    return [*annex_title(subject, "change-list"), *said, *table]


def _statements(subject: Subject) -> Iterator[Markup]:
    issue = replaced(subject.inspection.written)
    if issue is None:
        yield say("first-version")
    elif subject.before is None:
        yield say("changes-unknown", version=issue.version or 0)
    elif not subject.amended:
        yield say("changes-none", version=subject.before.version)
    else:
        at = subject.under.moment(issue.at) if issue.at else None
        yield say("changes-since", version=subject.before.version, date=when_on(at))
        if not subject.under.earlier_wordings:
            yield say("changes-untold")


def _rows(subject: Subject) -> Iterator[Row]:
    groups: dict[str, list[str]] = {}
    for finding in _findings(subject):
        about = [finding.id, disagreement_of(finding.id)]
        named = f"{where(subject, finding.id)}, {known_word('class-of', finding.class_ or 'none')}"
        groups[named] = [record for record in about if record in subject.amended]
    told = {record for records in groups.values() for record in records}
    for record in subject.amended:
        if record not in told:
            groups.setdefault(_group(record), []).append(record)
    for named, records in groups.items():
        yield from [group(text(named))] if records else []
        yield from (_row(subject, record) for record in records)


def _findings(subject: Subject) -> list[Finding]:
    """Those of this version in its order, then those that were withdrawn."""
    here = {finding.id for finding in subject.findings}
    before = subject.before.findings if subject.before else []
    return [*subject.findings, *(finding for finding in before if finding.id not in here)]


def _group(record: str) -> str:
    kind = record.partition(":")[0]
    return known_word("group", kind) or known_word("group", "none")


def _row(subject: Subject, record: str) -> Row:
    found = [_sentence(one) for one in phrases(subject, record)]
    return row(
        para(strong(text(_named(subject, record))), "cell"),
        para(lines(found), "cell"),
    )


def _named(subject: Subject, record: str) -> str:
    """A file of a sample by its row; everything else by its number."""
    file = subject.inspection.get(SampledFile, record)
    if file is None or file.aside:
        return where(subject, record)
    return f"{where(subject, record)}, file\u00a0{subject.position(file)}"


def _sentence(phrase: Markup) -> Markup:
    """A phrase as a sentence: its first letter capital, unless it is markup."""
    return join([Markup(phrase[:1].upper() + phrase[1:]), text("")], ".")
