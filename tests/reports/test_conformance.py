"""Every report in every edition, of a sample, of nothing and of very much: what a checker, qpdf and
poppler find in the file. And the control: faults put into a good file are found.

`make test` takes one edition of each report and size in turn, `make torture` all of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from inspector_app.checks import Problem, problems
from inspector_app.inspection import Inspection
from inspector_app.reports import REPORTS
from inspector_app.reports.edition import editions
from inspector_app.reports.page import lay_out
from inspector_app.reports.subject import Subject
from tests.harness import TORTURE
from tests.reports.following import closed, planned, reviewed
from tests.reports.huge import huge, huge_review
from tests.reports.inspections import PALM_BEACH, Case, small_form, whole
from tests.reports.reading import drawn_photo, needs_poppler, needs_qpdf, qpdf_complaints, report
from tests.reports.test_editions import KEEPING, seeded
from tests.reports.test_other_reports import MEMO
from tests.reports.test_signing import _added as with_a_revision
from tests.reports.test_tagged import faults
from tests.reports.tree import expected_tree, read_tree

SIZES = ("sample", "nothing", "huge")


def _overseen() -> Case:
    return Case(small_form(15), "oversight-review", PALM_BEACH)


@cache
def inspection(of: str, size: str) -> tuple[Inspection, tuple[Problem, ...]]:
    """An inspection of that kind and size, with its problems; made once for all its reports."""
    made = _INSPECTIONS[of, size]()
    found = made.inspection if isinstance(made, Case) else made
    return found, tuple(problems(found))


_INSPECTIONS: dict[tuple[str, str], Callable[[], Case | Inspection]] = {
    ("inspection", "sample"): seeded,
    ("inspection", "nothing"): Case,
    ("inspection", "huge"): huge,
    ("focus-review", "sample"): reviewed,
    ("focus-review", "nothing"): lambda: Case(purpose="focus-review"),
    ("focus-review", "huge"): huge_review,
    ("oversight-review", "sample"): lambda: whole(_overseen()),
    ("oversight-review", "nothing"): _overseen,
    ("oversight-review", "huge"): lambda: huge(_overseen()),
    ("followed up", "sample"): planned,
    ("closed", "sample"): closed,
    ("closed", "huge"): lambda: closed(True, huge()),
}


@dataclass(frozen=True)
class Wanted:
    """One file: a report of an inspection of that kind and size, in an edition."""

    name: str
    of: str
    size: str
    edition: str

    def __str__(self) -> str:
        return f"{self.name}-{self.of}-{self.size}-{self.edition}"


def every_file() -> list[Wanted]:
    """All that there are, or in `make test` one edition of each in turn."""
    found = []
    for name, made in REPORTS.items():
        kinds = ("closed",) if name == MEMO else made.kinds if TORTURE else made.kinds[:1]
        sizes = SIZES if TORTURE or name != "oversight-review" else SIZES[:2]  # told as the first
        sizes = ("sample", "huge") if name == MEMO else sizes  # of nothing there is no memo
        found += [(name, of, size) for of in kinds for size in sizes]
    found.append(("corrective-action-plan", "followed up", "sample"))
    names, n_th = list(editions()), range(len(found))
    turns = [names if TORTURE else [names[(n + n // 3) % 3]] for n in n_th]
    return [
        Wanted(*which, of) for which, turn in zip(found, turns, strict=True) for of in turn
    ]  # fmt: skip


@needs_poppler
@needs_qpdf
@pytest.mark.parametrize("wanted", every_file(), ids=str)
def test_a_report_conforms_and_its_structure_is_the_expected_tree(
    wanted: Wanted, tmp_path: Path
) -> None:
    found, open_ = inspection(wanted.of, wanted.size)
    subject = Subject(found, open_, drawn_photo, wanted.edition)
    told = REPORTS[wanted.name].telling(subject, KEEPING)
    laid = lay_out(told.running, told.story)
    assert faults(laid.pdf) == []
    assert qpdf_complaints(laid.pdf, tmp_path) == ""
    assert read_tree(tmp_path / "report.pdf") == expected_tree(told.story(laid.places))


# -- faults put into a good file -----------------------------------------------------------------


@cache
def good() -> bytes:
    """A file with photos, tables, charts, headings of every level."""
    pdf = report(whole().inspection)
    assert faults(pdf) == []
    return pdf


def _skipped(pdf: bytes) -> bytes:
    """Findings become headings of level 4 under those of level 2."""
    return pdf.replace(b"/S /H3", b"/S /H4")


_FAULTS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a missing alternative text": (lambda pdf: pdf.replace(b"/Alt", b"/Xlt"), "ALTERNATIVE"),
    "a skipped heading": (_skipped, "HEADING"),
    "an untagged line": (lambda pdf: with_a_revision(pdf, "page"), "TAGGED"),
    "a head without scope": (lambda pdf: pdf.replace(b"/Scope", b"/Xcope"), "TABLE"),
    "a link without words": (lambda pdf: pdf.replace(b"/Contents (", b"/Xontents ("), "LINK"),
    "no language": (lambda pdf: pdf.replace(b"/Lang ", b"/Xang "), "LANG"),
}


@pytest.mark.parametrize("name", _FAULTS)
def test_a_fault_put_into_a_good_file_is_caught(name: str) -> None:
    spoil, told = _FAULTS[name]
    spoilt = spoil(good())
    assert spoilt != good()
    assert any(told in fault.upper() for fault in faults(spoilt)), faults(spoilt)
