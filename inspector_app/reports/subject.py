"""What a report is about: one inspection, read once, with everything its parts have in common."""

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property

from inspector_app.change import Change
from inspector_app.checks import Problem, of_report
from inspector_app.forms import InterviewRole, Item, Section
from inspector_app.inspection import Counts, Inspection
from inspector_app.inspection.amended import Amendment, amendments
from inspector_app.inspection.as_it_stood import as_it_stood, missing
from inspector_app.inspection.counting import side
from inspector_app.inspection.issues import (
    newest_issue,
    next_version,
    replaced,
    stands_as_issued,
)
from inspector_app.inspection.numbering import in_time
from inspector_app.inspection.parts import signer
from inspector_app.inspection.reviewing import approvals
from inspector_app.moments import Moment, day_in_words
from inspector_app.photos import ReportCopy
from inspector_app.records import (
    DocumentReview,
    Finding,
    Interview,
    Member,
    Photo,
    SampledFile,
    SignOff,
)
from inspector_app.reports import texts
from inspector_app.reports.edition import (
    NO_CLOCK,
    Edition,
    bracketed,
    exemptions,
    in_edition,
    is_detained,
    note,
    words,
)
from inspector_app.reports.page import Places
from inspector_app.reports.texts import ReportSpec, fill, say
from inspector_app.reports.typed import Markup, counted, text, unbroken
from inspector_app.rules.follow_up import fiscal_year

PhotoSource = Callable[[Photo], ReportCopy | None]


class Subject:
    """One inspection under one edition. Read-only; every number comes from the inspection."""

    def __init__(
        self,
        inspection: Inspection,
        problems: Sequence[Problem],
        photo: PhotoSource,
        edition: str,
        version: int | None = None,
    ) -> None:
        self._version = version
        self.inspection = in_edition(inspection, edition)
        self.under: Edition = self.inspection.under
        self.problems = of_report(problems)
        self.edition = edition
        self.spec: ReportSpec = texts.report_of(inspection.kind, inspection.model)
        self.counts: Counts = inspection.counts()
        self.finding_numbers = inspection.finding_numbers()
        self.record_numbers = inspection.record_numbers()
        self.findings: list[Finding] = self.inspection.findings()
        self.places = Places()
        self._photo = photo
        self._copies: dict[str, ReportCopy | None] = {}

    # -- what the report is called -----------------------------------------------------------

    @cached_property
    def number(self) -> str:
        """`26-INS-K7Q4`: fiscal year, kind, and four characters of the inspection's id.

        Once the report was issued, it is the one under which readers have it.
        """
        if (issued := newest_issue(self.inspection)) and issued.number:
            return issued.number
        day = self.inspection.visit.first_day or self.first_change.instant.date()
        short = base64.b32encode(bytes.fromhex(self.inspection.id)).decode()[:4]
        return f"{fiscal_year(day) % 100:02}-{texts.code_of(self.inspection.kind)}-{short}"

    @cached_property
    def agency(self) -> str:
        return self.inspection.agency.title

    @cached_property
    def field_office(self) -> str:
        office = self.inspection.visit.field_office.strip()
        return office or str(texts.entry("text", "field-office-unknown"))

    @cached_property
    def first_change(self) -> Change:
        return self.inspection.log.changes[self.inspection.id]

    @cached_property
    def newest_moment(self) -> Moment:
        """When the newest change was made, as its author's clock claimed: the report's date."""
        changes = self.inspection.log.changes.values()
        return Moment.parse(max(changes, key=lambda change: (change.instant, change.id)).at)

    @property
    def instant(self) -> datetime:
        return self.newest_moment.instant

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the inspection's logical state, whatever the edition."""
        return self.inspection.log.digest()

    # -- draft or final ----------------------------------------------------------------------

    @cached_property
    def signatures(self) -> list[SignOff]:
        """The signatures that hold; a reviewer who accepted the report has signed it thereby."""
        signed = self.inspection.signed("report")
        own = {signer(sign_off) for sign_off in signed}
        accepted = [
            SignOff(id=f"sign-off:{a.author}/report", role=a.role, name=a.name, held=a.held)
            for a in approvals(self.inspection, "report")
            if a.author not in own
        ]
        return [*signed, *accepted] if signed else []

    @property
    def is_final(self) -> bool:
        return bool(self.inspection.signed("report")) and not self.problems

    @cached_property
    def version(self) -> int:
        """The version as issued; of what was changed since, or never issued, the next one."""
        if self._version is not None:
            return self._version
        issued = stands_as_issued(self.inspection)
        return (issued and issued.version) or next_version(self.inspection)

    @cached_property
    def before(self) -> "Subject | None":
        """The version that this one replaces, in this edition; None where its record is not here.

        It is folded of the changes that its issue names.
        """
        written = self.inspection.written
        issue = replaced(written)
        if issue is None or not issue.seen or missing(written.log, issue.seen):
            return None
        old = Inspection(as_it_stood(written.log, issue.seen), written.form)
        return Subject(old, [], lambda photo: None, self.edition, issue.version or 0)

    @cached_property
    def amended(self) -> Mapping[str, list[Amendment]]:
        """What is otherwise than in the version before, by record; nothing in a first one."""
        before = self.before
        return amendments(before.inspection, self.inspection) if before else {}

    @cached_property
    def version_line(self) -> str:
        """`version 1, April 22, 2026`, or `draft of March 27, 2026, 4:10 p.m. EDT`."""
        if self.is_final:
            return f"version {self.version}, {on_day(self.signed_on)}"
        moment = self.newest_moment
        return f"draft of {day_and_time(moment)}"

    @cached_property
    def foot(self) -> str:
        """What stands at the left of the foot of every page."""
        of = f"version {self.version}" if self.is_final else "a draft"
        name, digest = (
            texts.entry("edition", self.edition)["name"],
            self.digest_words(self.digest[:12]),
        )
        return self.under.foot.format(edition=name, digest=digest, of=of)

    @cached_property
    def signed_on(self) -> date:
        moments = [Moment.parse(s.held) for s in self.signatures if s.held]
        return max((moment.day for moment in moments), default=self.newest_moment.day)

    # -- records in words --------------------------------------------------------------------

    @cached_property
    def team(self) -> list[Member]:
        """The members of the team, the lead first, then by their letter."""
        members = self.inspection.all(Member)
        return sorted(members, key=lambda m: (not m.lead, m.place, m.name))

    def live(self, typed: str) -> Markup:
        """Typed text with its live numbers filled in, counts semibold."""
        return counted(self.inspection.numbers(typed.strip()))

    def of_class(self, class_: str | None) -> list[Finding]:
        return [finding for finding in self.findings if finding.class_ == class_]

    @property
    def counted_findings(self) -> list[Finding]:
        """Deficiencies and areas of concern, in the order of the report."""
        return self.of_class("deficiency") + self.of_class("area-of-concern")

    def party(self, finding: Finding) -> str:
        """`lea`, `ice`, `both` or `none`."""
        return side(self.inspection.parties(finding.id))

    def item(self, id: str) -> Item | None:
        return next((item for item in self.inspection.form.items if item.id == id), None)

    def copy_of(self, photo: Photo) -> ReportCopy | None:
        """The upright copy of a photo, asked for once; None where it is not here."""
        if photo.id not in self._copies:
            written = self.inspection.written.get(Photo, photo.id)
            shown = written is not None and not self.withheld(photo)
            self._copies[photo.id] = self._photo(written) if written and shown else None
        return self._copies[photo.id]

    def withheld(self, photo: Photo) -> str:
        """The exemption under which this edition withholds a photo; empty where it is shown."""
        if self.under.photos == "all" or photo.release == "public":
            return ""
        return photo.release or self.under.photo_code

    def note(self) -> list[Markup]:
        """What the gray brackets are, once in the text; pages that have some repeat it."""
        return [fill(note(exemptions()))] if self.under.exemptions else []

    def digest_words(self, digest: str) -> str:
        """Hex in groups of four, as people compare it; a dash where none is told, or there is none.

        The public edition tells no digest: one of a short text gives the text away.
        """
        if not (digest and self.under.digests):
            return words("no-digest")
        return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))

    def area_title(self, id: str) -> str:
        return next((area.title for area in self.inspection.form.areas if area.id == id), id)

    def review_title(self, review: DocumentReview) -> str:
        """A document review's own title, or that of its kind of sample."""
        kinds = (k.title for k in self.inspection.form.sample_kinds if k.id == review.sample_kind)
        return review.title.strip() or next(kinds, "–")

    def person_words(self, interview: Interview) -> str:
        """`Shift supervisor (Officer B-2)`, `Detained person 1`: never a name."""
        role = self._role(interview)
        if role and role.party == "detainee":
            return words("detained").format(n=self._detained.index(interview.id) + 1)
        if people := self.under.people:
            party = role.party if role else "none"
            return bracketed(people.get(f"{party}-{self.inspection.model}") or people[party])
        title, label = interview.title.strip(), interview.label.strip()
        if title and label:
            return f"{title} ({label})"
        return title or label or (role.title if role else "–")

    def _role(self, interview: Interview) -> InterviewRole | None:
        roles = self.inspection.form.interview_roles
        return next((role for role in roles if role.id == interview.role), None)

    @cached_property
    def _detained(self) -> list[str]:
        """The interviews with people detained, in the order of their numbers."""
        found = self.inspection.written.all(Interview)
        return [each.id for each in in_time(found) if is_detained(self.inspection, each)]

    def position(self, file: SampledFile) -> int:
        """The file's number in its sample: its place in the order of the list."""
        files = self.inspection.files_of(file.review)
        return [f.id for f in files].index(file.id) + 1

    def model_words(self) -> str:
        return texts.word("model", self.inspection.model)

    def days(self) -> str:
        visit = self.inspection.visit
        return day_span(visit.first_day, visit.last_day) or str(say("days-unknown"))

    def agreement_line(self) -> Markup:
        signed = on_day(self.inspection.agency.signed)
        return say("agreement", signed=signed, revision=self.revision())

    def revision(self) -> str:
        revision = self.inspection.form.revision
        return revision[:1].lower() + revision[1:]

    def key_of(self, finding: Finding) -> str:
        """The key of a finding's heading; its bookmark and its page hang on it."""
        return f"finding-{self.findings.index(finding) + 1}"

    def finding_title(self, finding: Finding) -> Markup:
        return self.live(finding.title) or text("–")

    def boxes(self, findings: Iterable[Finding]) -> tuple[tuple[str, str], ...]:
        """Class and number of each finding, for a chart."""
        return tuple((f.class_ or "", self.finding_numbers[f.id]) for f in findings)

    def where(self, record: str) -> str:
        """How people speak of a record: INT-1, T-07, item j-70; empty for the visit."""
        kind, _, name = record.partition(":")
        if kind in ("answer", "member"):
            return f"{kind} {name[:12]}".replace("answer", "item")
        if kind == "sampled-file":
            file = self.inspection.get(SampledFile, record)
            return self.record_numbers.get(file.review, "") if file else ""
        return self.finding_numbers.get(record) or self.record_numbers.get(record, "")

    def result_of(self, item: Item) -> str:
        """The result that counts: `open` where there is none, `conflict` where there are two."""
        answer = self.inspection.answer(item.id)
        if "result" in self.inspection.log.disputed(answer.id):
            return "conflict"
        return answer.result or "open"

    @cached_property
    def results_by_section(self) -> list[tuple[Section, list[tuple[Item, str]]]]:
        """The items that are asked, with their results, by section of the checklist."""
        shown = {item.id for item in self.inspection.shown_items()}
        return [
            (section, [(item, self.result_of(item)) for item in section.items if item.id in shown])
            for section in self.inspection.form.sections
        ]

    def recipients(self) -> list[Markup]:
        return [fill(line, field_office=self.field_office) for line in self.spec.recipients]

    def issuer(self) -> list[Markup]:
        return [fill(line, field_office=self.field_office) for line in self.spec.issuer]


def on_day(day: date) -> str:
    """`March 10, 2026`, on one line."""
    return unbroken(day_in_words(day))


def short_day(day: date) -> str:
    """`Mar 10, 2026`, for tables."""
    return unbroken(f"{day:%b} {day.day}, {day.year}")


def in_words(moment: Moment) -> str:
    """`March 10, 2026, 9:42 a.m. EDT (UTC-4)`; the day alone where the clock is withheld."""
    return day_in_words(moment.day) if moment.zone == NO_CLOCK else moment.in_words()


def day_and_time(moment: Moment) -> str:
    """`March 27, 2026, 4:10 p.m. EDT`."""
    return unbroken(in_words(moment).partition(" (")[0])


def when(held: str | None) -> Markup:
    """A stored moment for a table: `Mar 10, 2026, 9:42 a.m. EDT`; a dash where there is none."""
    if not held:
        return text("–")
    moment = Moment.parse(held)
    clock = in_words(moment).partition(" (")[0].split(", ", 2)[2:]
    return text(", ".join([short_day(moment.day), *map(unbroken, clock)]))


def when_on(held: str | None) -> str:
    """The day of a stored moment; a dash where there is none."""
    return on_day(Moment.parse(held).day) if held else "–"


def day_span(first: date | None, last: date | None) -> str:
    """`March 10 to 12, 2026`, `May 5 and 6, 2026`; empty where no day is known."""
    if first is None or last is None or first == last:
        day = first or last
        return on_day(day) if day else ""
    between = "and" if (last - first).days == 1 else "to"
    if first.year != last.year:
        return f"{on_day(first)} {between} {on_day(last)}"
    start = unbroken(f"{first:%B} {first.day}")
    end = str(last.day) if first.month == last.month else f"{last:%B} {last.day}"
    return f"{start} {between} {unbroken(f'{end}, {last.year}')}"
