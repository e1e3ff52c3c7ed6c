"""Every number that a window or a report shows, computed once and here."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from inspector_app.inspection import samples
from inspector_app.inspection.reading import Reading
from inspector_app.records import (
    Answer,
    DocumentReview,
    Finding,
    Interview,
    Observation,
    Photo,
    Result,
    SampledFile,
)
from inspector_app.rules.follow_up import FocusReview, focus_review

RESULTS: tuple[Result, ...] = ("met", "not-met", "not-applicable", "could-not-assess")
NUMBER = re.compile(r"\{(count|files|frame):(document-review:[^:{}]+)(?::([^{}]+))?\}")
"""A live number in a text: what is counted, of which review and, for a count, which attribute."""
NO_SUCH_COUNT = "[no such count]"
_NBSP = "\u00a0"


@dataclass(frozen=True, slots=True)
class SampleCount:
    """How many files lack an attribute, of those where it applies and could be determined."""

    no: int
    of: int
    unclear: int
    not_applicable: int
    frame: int | None

    @property
    def text(self) -> str:
        """`7 of 20`, on one line."""
        return f"{self.no}{_NBSP}of{_NBSP}{self.of}"


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of one inspection. Findings are deficiencies and areas of concern together."""

    in_scope: int
    answered: int
    results: dict[Result, int]
    in_conflict: int
    set_aside: int
    findings: int
    deficiencies: int
    concerns: int
    practices: int
    unclassified: int
    by_party: dict[str, int]
    files: int
    files_examined: int
    interviews_held: int
    interviews_refused: int
    observations: int
    photos: int
    photos_described: int


def counts(reading: Reading) -> Counts:
    """All of them, from the records as they are now."""
    answers = _countable_answers(reading)
    results = Counter(answer.result for answer in answers if answer.result)
    classes = Counter(finding.class_ for finding in reading.all(Finding))
    files = [file for file in reading.all(SampledFile) if not file.aside]
    interviews = reading.all(Interview)
    photos = reading.all(Photo)
    findings = [f for f in reading.all(Finding) if f.class_ in ("deficiency", "area-of-concern")]
    parties = Counter(side(reading.parties(finding.id)) for finding in findings)
    return Counts(
        in_scope=len(reading.shown_items()),
        answered=sum(results.values()),
        results={result: results[result] for result in RESULTS},
        in_conflict=len(reading.conflicts()),
        set_aside=len(reading.set_aside()),
        findings=len(findings),
        deficiencies=classes["deficiency"],
        concerns=classes["area-of-concern"],
        practices=classes["best-practice"],
        unclassified=classes[None],
        by_party={name: parties[name] for name in ("lea", "ice", "both", "none")},
        files=len(files),
        files_examined=sum(examined(reading, file) for file in files),
        interviews_held=sum(not i.refused for i in interviews),
        interviews_refused=sum(i.refused for i in interviews),
        observations=len(reading.all(Observation)),
        photos=len(photos),
        photos_described=sum(bool(p.alt.strip() or p.decorative) for p in photos),
    )


def _countable_answers(reading: Reading) -> list[Answer]:
    """Answers to what is asked. A disputed result counts as none until it is decided."""
    answers = [reading.answer(item.id) for item in reading.shown_items()]
    return [a for a in answers if "result" not in reading.log.disputed(a.id)]


def side(parties: list[str]) -> str:
    """`lea`, `ice`, `both` or `none`, from the single parties."""
    sides = {party.partition("-")[0] for party in parties}
    if sides >= {"lea", "ice"}:
        return "both"
    return next(iter(sides & {"lea", "ice"}), "none")


def files_of(reading: Reading, review: str) -> list[SampledFile]:
    """The files of one document review that count, by their position."""
    return [file for file in samples.all_files(reading, review) if not file.aside]


def examined(reading: Reading, file: SampledFile) -> bool:
    """Whether every attribute of the file has a result."""
    asked = samples.attributes_of(reading, file.review)
    return asked is not None and all(attribute.id in file.results for attribute in asked)


def sample_count(reading: Reading, review: str, attribute: str) -> SampleCount:
    """How many files of a review lack one attribute."""
    return sample_counts(reading, review, [attribute])[attribute]


def sample_counts(
    reading: Reading, review: str, attributes: Iterable[str]
) -> dict[str, SampleCount]:
    """How many files of a review lack each of these attributes."""
    files, frame = files_of(reading, review), samples.frame_size(reading, review)
    counted = {a: Counter(file.results.get(a) for file in files) for a in attributes}
    return {
        attribute: SampleCount(
            no=results["no"],
            of=results["no"] + results["yes"],
            unclear=results["unclear"],
            not_applicable=results["not-applicable"],
            frame=frame,
        )
        for attribute, results in counted.items()
    }


def numbers(reading: Reading, text: str) -> str:
    """The text with its live numbers: `{count:document-review:x:interpreter}` reads `7 of 20`."""
    return NUMBER.sub(lambda token: _number(reading, *token.groups()), text)


def dead_numbers(reading: Reading, text: str) -> bool:
    """Whether the text names a number that cannot be computed."""
    return NO_SUCH_COUNT in numbers(reading, text) and NO_SUCH_COUNT not in text


def _number(reading: Reading, what: str, review: str, attribute: str | None) -> str:
    found = reading.get(DocumentReview, review)
    if found is None or (what == "count") != bool(attribute):
        return NO_SUCH_COUNT
    if what == "files":
        return str(len(files_of(reading, review)))
    if what == "frame":
        frame = samples.frame_size(reading, review)
        return str(frame) if frame is not None else NO_SUCH_COUNT
    known = {
        a.id for k in reading.form.sample_kinds if k.id == found.sample_kind for a in k.attributes
    }
    return (
        sample_count(reading, review, attribute or "").text if attribute in known else NO_SUCH_COUNT
    )


def focus(reading: Reading) -> FocusReview:
    """Whether a focus review generally follows, and by when."""
    return focus_review(counts(reading).findings, reading.visit.last_day)
