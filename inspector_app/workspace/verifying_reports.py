"""What anybody can check of a report's PDF: its signatures, and the record that it names.

A report prints the newest change of each author and the digest of the data. Whoever holds the
record, as a workspace, a bundle or an archive, can tell years later whether it was made of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector_app.errors import BadInput, Difference
from inspector_app.inspection.as_it_stood import as_it_stood, missing
from inspector_app.log import Log
from inspector_app.moments import Moment, day_in_words
from inspector_app.records import Issue, read_record
from inspector_app.reports.printed import Printed, PrintedHead, printed_in
from inspector_app.signatures import Signature, Signed, signatures_in

if TYPE_CHECKING:
    from inspector_app.identity import Keys
    from inspector_app.workspace import Workspace


@dataclass(slots=True)
class ReportVerdict:
    """What holds, what could not be looked at, and what the file says of itself.

    `version` of an issued file and what replaced it are known only against a record; `said` are
    the same things in sentences.
    """

    checked: list[str] = field(default_factory=list)
    not_checked: list[str] = field(default_factory=list)
    number: str = ""
    version: int | None = None
    digest: str = ""
    program: str = ""
    signatures: list[dict[str, Any]] = field(default_factory=list)
    issued: bool = False
    superseded_by: int | None = None
    said: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A PDF that was read once, before any workspace is open."""

    signed: Signed
    printed: Printed


def read_report(data: bytes, trusted: Sequence[bytes] = ()) -> ReportFile:
    """Read a PDF from anywhere. BadInput where it cannot be read or is no report."""
    from inspector_app.agreement import AgreementReader

    signed = signatures_in(data, trusted)
    try:
        with AgreementReader(data) as reader:
            printed = printed_in(reader.texts())
    except BadInput:
        raise BadInput("The pages of the PDF cannot be read; it is damaged or too large.") from None
    if not printed.number:
        raise BadInput("This PDF is not a report of this program: its first page has no number.")
    return ReportFile(signed, printed)


def verify_report(file: ReportFile, logs: Iterable[Log] | None = None) -> ReportVerdict:
    """Check a report, against a record where there is one. Difference at what is not so."""
    printed = file.printed
    verdict = ReportVerdict(number=printed.number, version=printed.version, digest=printed.digest)
    verdict.program = printed.program
    _check_signatures(file.signed, verdict)
    if logs is None:
        verdict.not_checked.append("the record it was made of: name it with --against")
    else:
        _check_record(file, list(logs), verdict)
    return verdict


# -- signatures ------------------------------------------------------------------------------


def _check_signatures(signed: Signed, verdict: ReportVerdict) -> None:
    broken = [each.place for each in signed.signatures if not each.holds]
    if broken:
        raise Difference(
            "A signature does not hold: the file was changed after it was signed, or the "
            "signature is not of the key it names.",
            broken,
        )
    if not signed.only_signed:
        raise Difference("Something that is no signature was added after the file was written.")
    verdict.signatures = [asdict(each) for each in signed.signatures]
    if not signed.signatures:
        verdict.not_checked.append("signatures: the file bears none")
        return
    verdict.checked.append("every signature, and that nothing but signatures was added")
    verdict.not_checked.append("whether a certificate was revoked: nothing is fetched")
    unknown = [each for each in signed.signatures if not each.known]
    verdict.not_checked += [f"who holds the certificate {each.fingerprint}" for each in unknown]
    verdict.said += map(_by, signed.signatures)


def _by(signature: Signature) -> str:
    """`A signature by the certificate “Ana Sample” in the file, which …`."""
    words = f"A signature by the certificate “{signature.subject}” in the file, "
    if signature.known:
        return f"{words}which one that you trust vouches for."
    made = "made by its own holder" if signature.self_made else "issued by somebody"
    return f"{words}{made} unknown here. Compare its SHA-256 with the holder."


# -- the record ------------------------------------------------------------------------------


def _check_record(file: ReportFile, logs: list[Log], verdict: ReportVerdict) -> None:
    printed = file.printed
    if not printed.heads:
        _check_digest(printed, logs, verdict)
        return
    log = _log_of(printed.heads, logs)
    seen = [_change(log, head) for head in printed.heads]
    pairs = zip(printed.heads, seen, strict=True)
    if absent := [_absent(log, head) for head, id in pairs if id is None]:
        raise Difference("The record does not have what the report was made of.", absent)
    old = as_it_stood(log, " ".join(filter(None, seen)))
    if not printed.digest or not old.digest().startswith(printed.digest):
        raise Difference("The digest that the report prints is not that of the changes it names.")
    verdict.checked.append("every newest change that it prints, and the digest of the data")
    later = len(log.changes) - len(old.changes)
    if later:
        words = "one newer change" if later == 1 else f"{later:,} newer changes"
        verdict.said.append(f"The record has {words}.")
    _tell_issue(log, file, verdict)


def _check_digest(printed: Printed, logs: list[Log], verdict: ReportVerdict) -> None:
    """A sheet without heads: its digest may be that of a record as it stands, or as it was issued.

    Where it is not, the sheet may still be true: of a state that nobody named.
    """
    states = (state for log in logs for state in _states(log))
    if printed.digest and any(state.digest().startswith(printed.digest) for state in states):
        verdict.checked.append("the digest of the data, which is that of the record")
    else:
        verdict.not_checked.append("the record: the file does not print its newest changes")


def _states(log: Log) -> Iterable[Log]:
    yield log
    for issue in _issues(log):
        if issue.seen and not missing(log, issue.seen):
            yield as_it_stood(log, issue.seen)


def _log_of(heads: Sequence[PrintedHead], logs: list[Log]) -> Log:
    """The log that has most of the printed changes; Difference where none has any."""
    counted = [(sum(bool(_change(log, head)) for head in heads), log) for log in logs]
    n, log = max(counted, key=lambda pair: pair[0], default=(0, None))
    if log is None or not n:
        wanted = [f"newest change {head.change} of the key {head.author}" for head in heads]
        raise Difference("No inspection there has any change that the report names.", wanted)
    return log


def _change(log: Log, head: PrintedHead) -> str | None:
    """The change that a printed beginning names: one of that author's, and the only one."""
    found = [
        id
        for id, change in log.changes.items()
        if id.startswith(head.change) and change.author.startswith(head.author)
    ]
    return found[0] if len(found) == 1 else None


def _absent(log: Log, head: PrintedHead) -> str:
    """Which head is missing, and whether its author is known there."""
    known = any(author.startswith(head.author) for author in log.heads())
    others = "is not among his changes there" if known else "is missing, and he has none there"
    return f"The newest change {head.change} of the key {head.author} {others}."


def logs_of_workspace(workspace: "Workspace") -> list[Log]:
    """Every inspection of an open workspace."""
    return [workspace.desk.log(id) for id in workspace.inspection_ids()]


def logs_of_bundle(
    path: Path, *, keys: "Keys | None" = None, passphrase: str | None = None, beside: Path
) -> list[Log]:
    """Every log of a bundle, checked as on its way into a workspace, apart from who wrote it."""
    from inspector_app import bundle
    from inspector_app.workspace.unpacking import folded_logs

    outside = bundle.look(path)
    sealed = bundle.open_letter(outside, keys=keys, passphrase=passphrase)
    with bundle.opened_store(path, outside, sealed, beside) as store:
        return list(folded_logs(bundle.changes_in(store, sealed, keys)))


# -- what was issued -------------------------------------------------------------------------


def _issues(log: Log) -> list[Issue]:
    """Every issued version, oldest first, without the checklist that an inspection needs."""
    found = [read_record(Issue, id, log.fields(id))[0] for id in log.records(Issue.kind)]
    return sorted(found, key=lambda issue: (issue.version or 0, issue.id))


def _matching(log: Log, file: ReportFile) -> Issue | None:
    begun = file.signed.beginnings
    return next((issue for issue in _issues(log) if issue.sha256 in begun), None)


def _tell_issue(log: Log, file: ReportFile, verdict: ReportVerdict) -> None:
    """Whether the file is an issued version, and which one took its place."""
    issued, found = _matching(log, file), _issues(log)
    if issued is None:
        _check_not_another(found, file.printed)
        verdict.not_checked.append("whether it was issued: the record names no such file")
        return
    verdict.issued, verdict.version = True, issued.version
    verdict.checked.append("the digest of the file as it was issued")
    verdict.said.append(f"This is version {issued.version} of {issued.number}{_on(issued)}.")
    if found[-1].version != issued.version:
        verdict.superseded_by = found[-1].version
        verdict.said.append(f"Superseded by version {found[-1].version}{_on(found[-1])}.")


def _on(issue: Issue) -> str:
    return f" of {day_in_words(Moment.parse(issue.at).day)}" if issue.at else ""


def _check_not_another(found: list[Issue], printed: Printed) -> None:
    """A file that claims an issued version and is not that file is a forgery or a mistake."""
    same = [i for i in found if i.number == printed.number and i.version == printed.version]
    if same and printed.internal:
        raise Difference(
            f"Version {printed.version} of {printed.number} was issued as another file: this one "
            "is not what was issued."
        )
