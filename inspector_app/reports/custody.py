"""The chain of custody and history: who wrote what, who handed what to whom, who holds what.

The inspection's log says who wrote each change; of bundles only the workspace's own log knows.
"""

from collections.abc import Mapping

from inspector_app.change import Change
from inspector_app.inspection.issues import issues
from inspector_app.log import REMOVED
from inspector_app.records import Agreement, Issue, Photo
from inspector_app.reports.evidence_index import author_of, number_of, written_at
from inspector_app.reports.flow import heading, para, room_for, space
from inspector_app.reports.keeping import Keeping, Transfer, told
from inspector_app.reports.page import Story
from inspector_app.reports.subject import Subject, when
from inspector_app.reports.tables import Column, Grid, Row, group, head, row
from inspector_app.reports.texts import label, listed, say, title, word
from inspector_app.reports.typed import Markup, lines, strong, text

_ROWS = 500
"""A table of more rows than this is hard on readers; the next one goes on."""

_COUNTED = 6
"""More fields of one record than this are counted, not named."""

_MOST_LETTERS = 300
"""Of a label, or of one record with its fields; the history has all of it."""


def story(subject: Subject, keeping: Keeping | None = None) -> Story:
    """Heads, holders, bundles, issued reports, pieces of evidence, then every change."""
    keeping = told(keeping, subject.under) if keeping else None
    return [
        *_part("heads", _heads(subject), first=True),
        *_part("holders", _holders(subject, keeping)),
        *_part("bundles", _bundles(subject, keeping)),
        *_part("issued", _issued(subject)),
        *_part("pieces", _pieces(subject, keeping)),
        *_part("changes", _changes(subject, keeping)),
        para(say("custody-note"), "note", before=8),
    ]


def _part(key: str, under: Story, first: bool = False) -> Story:
    named = heading(
        title(f"custody-{key}"), f"custody-{key}", 2,
        in_text=False, before=8 if first else 22, after=4,
    )  # fmt: skip
    return [room_for(120), named, *under]


def _table(columns: list[Column], names: tuple[str, ...], rows: list[Row]) -> Story:
    if not rows:
        return [para(say("none"))]
    return [Grid(columns, [head(columns, *map(label, names)), *rows])]


# -- who wrote, who holds --------------------------------------------------------------------


def _by_author(subject: Subject) -> Mapping[str, list[Change]]:
    """Every change by its author, in the order in which they came here."""
    found: dict[str, list[Change]] = {}
    for change in subject.inspection.log.changes.values():
        found.setdefault(change.author, []).append(change)
    return found


def _heads(subject: Subject) -> Story:
    """Each author's newest change: whoever holds it holds all before it."""
    columns = [Column(112), Column(108), Column(54, 12, "head-right"), Column(152), Column(78, 0)]
    log, rows = subject.inspection.log, []
    for author, changes in _by_author(subject).items():
        for newest in sorted(log.heads()[author]):
            rows.append(
                row(
                    para(strong(text(subject.inspection.person(author))), "cell"),
                    para(text(subject.digest_words(author[:16])), "cell-quiet"),
                    para(text(f"{len(changes):,}"), "cell-right"),
                    para(text(subject.digest_words(newest[:24])), "cell-quiet"),
                    para(when(log.changes[newest].at), "cell"),
                )
            )
    return _table(columns, ("author", "key-of-author", "changes", "newest-change", "when"), rows)


def _holders(subject: Subject, keeping: Keeping | None) -> Story:
    """Who has how much of the inspection, since when."""
    columns = [Column(190), Column(214), Column(100, 0)]
    rows = [_holder_row(*about) for about in _held(subject, keeping)]
    return _table(columns, ("holder", "holds", "since"), rows)


def _held(subject: Subject, keeping: Keeping | None) -> list[tuple[str, Markup, str | None]]:
    log = subject.inspection.log
    newest = max(log.changes.values(), key=lambda change: (change.instant, change.id))
    this = keeping.keeper if keeping else str(say("this-copy"))
    found: list[tuple[str, Markup, str | None]] = []
    found += [(this, say("holds-all", n=len(log.changes)), newest.at)]
    for author, changes in _by_author(subject).items():
        last = max(changes, key=lambda change: (change.instant, change.id))
        name = subject.inspection.person(author)
        found.append((name, say("holds-own", n=len(changes)), last.at))
    for transfer in keeping.transfers if keeping else ():
        if transfer.act == "made":
            holds = say(
                "holds-bundle",
                n=transfer.changes or 0,
                file=subject.digest_words(transfer.file[:12]),
            )
            found.append((_people(transfer), holds, transfer.at))
    return found


def _holder_row(name: str, holds: Markup, since: str | None) -> Row:
    return row(
        para(strong(text(name)), "cell"), para(holds, "cell"), para(when(since), "cell-quiet")
    )


def _people(transfer: Transfer) -> str:
    return listed(transfer.people) or str(say("with-passphrase"))


# -- bundles and issued reports --------------------------------------------------------------


def _bundles(subject: Subject, keeping: Keeping | None) -> Story:
    if keeping is None:
        return [para(say("no-keeping"))]
    columns = [Column(84), Column(52), Column(142), Column(60, 12, "head-right"), Column(166, 0)]
    rows = [
        row(
            para(when(transfer.at), "cell"),
            para(strong(text(word("transfer", transfer.act))), "cell"),
            para(text(_people(transfer)), "cell"),
            para(text(f"{transfer.changes or 0:,}"), "cell-right"),
            para(text(subject.digest_words(transfer.file)), "cell-quiet"),
        )
        for transfer in keeping.transfers
    ]
    names = ("when", "bundle", "for-or-from", "changes", "sha256")
    note = [para(say("bundles-note"), "note", before=5)] if rows else []
    return [*_table(columns, names, rows), *note]


def _issued(subject: Subject) -> Story:
    columns = [Column(96), Column(84), Column(158), Column(166, 0)]
    rows = [_issue_row(subject, issue) for issue in issues(subject.inspection)]
    return _table(columns, ("report", "when", "sent-to", "sha256"), rows)


def _issue_row(subject: Subject, issue: Issue) -> Row:
    to = [text(name) for name in (issue.headquarters, issue.field_office) if name]
    named = say("issued-version", number=issue.number, version=str(issue.version or "–"))
    return row(
        para(strong(named), "cell"),
        para(when(issue.at), "cell"),
        para(lines(to) if to else text("–"), "cell"),
        para(text(subject.digest_words(issue.sha256 or "")), "cell-quiet"),
    )


# -- pieces of evidence ----------------------------------------------------------------------


def _pieces(subject: Subject, keeping: Keeping | None) -> Story:
    """Photos and copies of the agreement: recorded by whom, and when they came into this copy."""
    columns = [Column(46), Column(86), Column(90), Column(90), Column(134), Column(58, 0)]
    inspection = subject.inspection
    photos = {number_of(subject, photo.id): photo for photo in inspection.all(Photo)}
    copies = {f"A-{n}": copy for n, copy in enumerate(inspection.all(Agreement), 1)}
    pieces: list[tuple[str, Photo | Agreement]] = [*photos.items(), *copies.items()]
    rows = [
        row(
            para(strong(text(number)), "cell"),
            para(text(author_of(subject, piece.id)), "cell"),
            para(when(written_at(subject, piece.id)), "cell"),
            para(_arrived(subject, piece.id, keeping), "cell"),
            para(text(subject.digest_words((piece.sha256 or "")[:24])), "cell-quiet"),
            para(_verdict(piece.sha256, keeping), "cell"),
            record=piece.id,
        )
        for number, piece in pieces
    ]
    heads = ("item", "recorded-by", "captured", "came-here", "sha256-24", "verdict")
    return _table(columns, heads, rows)


def _verdict(digest: str | None, keeping: Keeping | None) -> Markup:
    """Whether the bytes kept here still have the digest that was recorded with them."""
    found = keeping.is_same(digest) if keeping and digest else None
    return say({True: "digest-same", False: "digest-differs", None: "digest-not-here"}[found])


def _arrived(subject: Subject, record: str, keeping: Keeping | None) -> Markup:
    born = subject.inspection.log.born(record)
    at = keeping.arrivals.get(born[1]) if keeping and born else None
    if at:
        return when(at)
    return say("written-here" if keeping else "not-known")


# -- every change ----------------------------------------------------------------------------


def _changes(subject: Subject, keeping: Keeping | None) -> Story:
    """Each person's changes in their order: when, what they set, their digest."""
    arrivals = keeping.arrivals if keeping else {}
    came = any(change in arrivals for change in subject.inspection.log.changes)
    columns = [Column(128), Column(178 if came else 304, 14), Column(72, 0)]
    names = ["when", "what-changed", "change"]
    if came:
        columns.insert(2, Column(126))
        names.insert(2, "came-here")
    tables: Story = []
    for author, changes in _by_author(subject).items():
        for start in range(0, len(changes), _ROWS):
            some = changes[start : start + _ROWS]
            rows = [_change_row(subject, change, arrivals, came) for change in some]
            named = group(_changes_named(subject, author, start, len(some), len(changes)))
            tables += [*_table(columns, tuple(names), [named, *rows]), space(10)]
    return tables


def _changes_named(subject: Subject, author: str, start: int, some: int, n: int) -> Markup:
    by = subject.inspection.person(author)
    if some == n:
        return say("changes-of", by=by, n=n)
    return say("changes-part", by=by, first=start + 1, last=start + some, n=n)


def _change_row(subject: Subject, change: Change, arrivals: Mapping[str, str], came: bool) -> Row:
    return row(
        para(when(change.at), "cell"),
        para(_what(subject, change), "cell"),
        *([para(when(arrivals.get(change.id)), "cell")] if came else []),
        para(text(subject.digest_words(change.id[:12])), "cell-quiet"),
    )


def _what(subject: Subject, change: Change) -> Markup:
    """The gesture in words, then the records with the fields that were set; never their values."""
    fields: dict[str, list[str]] = {}
    for edit in change.edits:
        fields.setdefault(edit.record, []).append(edit.field)
    said = [strong(text(_begun(change.label)))] if change.label else []
    said += [
        text(_begun(_link_words(subject, change) if record.startswith("link:") else
                    f"{_record_words(subject, record)}: {_field_words(names)}"))
        for record, names in fields.items()
    ]  # fmt: skip
    return lines(said)


def _begun(words: str) -> str:
    """Words of another program's change may be a megabyte long, and take a minute to be set."""
    return words if len(words) <= _MOST_LETTERS else f"{words[:_MOST_LETTERS]} …"


def _link_words(subject: Subject, change: Change) -> str:
    ends = [str(e.value) for e in change.edits if e.field in ("from", "to") and e.value]
    named = " – ".join(_record_words(subject, end) for end in ends)
    return f"link {named}" if named else "link removed"


def _field_words(names: list[str]) -> str:
    if len(names) > _COUNTED:
        return str(say("n-fields", n=len(names)))
    words = (REMOVED if name == REMOVED else name.replace("_", " ") for name in names)
    return ", ".join(words)


def _record_words(subject: Subject, record: str) -> str:
    """By number where it has one, else by kind: `T-01`, `item j-70`, `team: Ana Sample`."""
    kind, _, name = record.partition(":")
    if kind in ("member", "sign-off"):
        return f"{kind.replace('-', ' ')} {subject.inspection.person(name.partition('/')[0])}"
    if kind == "answer":
        return f"item {name}"
    if kind in ("party", "section"):
        return f"{kind} {name}"
    return subject.where(record) or kind.replace("-", " ")
