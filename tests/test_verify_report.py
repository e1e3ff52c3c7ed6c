"""`verify` of a report years later, `compare`, and `sign` in a terminal, with real workspaces."""

import io
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from inspector_app.archive import logs_in
from inspector_app.cli import run
from inspector_app.errors import BadInput, Difference
from inspector_app.inspection.as_it_stood import as_it_stood, missing, newest
from inspector_app.log import Log
from inspector_app.records import Issue
from inspector_app.signatures import key_from_file
from inspector_app.ui.review_page import ReviewPage
from inspector_app.workspace import comparing
from inspector_app.workspace.issuing import issue, issued_bytes
from inspector_app.workspace.sealing import signed_copy
from inspector_app.workspace.unpacking import unpack_inspections
from inspector_app.workspace.verifying_reports import (
    logs_of_bundle,
    logs_of_workspace,
    read_report,
    verify_report,
)
from tests.signing_keys import SECRET as KEY_SECRET
from tests.signing_keys import key_file
from tests.test_issuing import SECRET, TO, Pair, _complete
from tests.ui.open_pages import named, open_page

SEALED = "a passphrase of the bundle"


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Issued by Rita, and once more after a change; Ana holds the first version alone.

    There is a bundle from before the review, and one from after the first issue.
    """
    made = Pair(tmp_path_factory.mktemp("issued"))
    _complete(made.ana, made.id)
    made.ana.bundle([made.id], made.folder / "early.inspection", passphrase=SEALED)
    made.signed_and_accepted()
    issue(made.rita, made.id, *TO)
    made.rita.bundle([made.id], made.folder / "late.inspection", passphrase=SEALED)
    made.to_ana()
    made.ana.put(made.id, "visit:self", amends="the day was wrong", last_day=date(2026, 3, 13))
    made.signed_and_accepted()
    issue(made.rita, made.id, *TO)
    yield made
    made.ana.close()
    made.rita.close()


@pytest.fixture(scope="module")
def pdf(issued: Pair) -> bytes:
    return issued_bytes(issued.rita, issued.id, 1)


def bundled(pair: Pair, name: str) -> list[Log]:
    """The logs of one of the bundles."""
    return logs_of_bundle(pair.folder / name, passphrase=SEALED, beside=pair.folder)


# -- the record ----------------------------------------------------------------------------------


def test_a_report_is_checked_against_whoever_holds_the_record(issued: Pair, pdf: bytes) -> None:
    """A workspace, a bundle, an archive: each has the changes and the digest that it prints."""
    read = read_report(pdf)
    unpack_inspections(issued.ana, [issued.id], issued.folder / "archive")
    records = {
        "workspace": logs_of_workspace(issued.ana),
        "bundle": bundled(issued, "late.inspection"),
        "archive": logs_in(issued.folder / "archive"),
    }
    for name, logs in records.items():
        verdict = verify_report(read, logs)
        assert verdict.issued and verdict.version == 1 and verdict.superseded_by is None, name
        assert any("digest of the data" in words for words in verdict.checked)
    alone = verify_report(read)
    assert not alone.issued and any("--against" in words for words in alone.not_checked)


def test_a_head_that_is_missing_is_named(issued: Pair, pdf: bytes) -> None:
    """A bundle from before the review: Rita's change is not there, and Ana's newest is not hers."""
    read = read_report(pdf)
    with pytest.raises(Difference, match="No inspection there"):
        verify_report(read, bundled(issued, "early.inspection"))
    (log,) = logs_of_workspace(issued.ana)
    seen = issued.ana.inspection(issued.id).all(Issue)[0].seen.split()
    signed = next(id for id in seen if log.changes[id].author == issued.ana.key)
    with pytest.raises(Difference) as told:
        verify_report(read, [as_it_stood(log, signed)])
    (words,) = told.value.details
    assert issued.rita.key[:16] in words and "is missing" in words
    review = next(id for id in seen if id != signed)
    earlier = log.changes[signed].previous or ""
    with pytest.raises(Difference) as told:
        verify_report(read, [as_it_stood(log, f"{earlier} {review}")])
    (words,) = told.value.details
    assert signed[:24] in words and "not among" in words


def test_the_record_of_another_inspection_is_no_record_of_this_one(
    issued: Pair, pdf: bytes, tmp_path: Path
) -> None:
    with pytest.raises(Difference, match="No inspection there"):
        verify_report(read_report(pdf), [])


def test_a_report_whose_printed_digest_is_not_that_of_its_changes_is_told(
    issued: Pair, pdf: bytes
) -> None:
    """No other changes have these ids, so it is the print that a forger alters."""
    from dataclasses import replace

    read = read_report(pdf)
    forged = replace(read, printed=replace(read.printed, digest="0" * 64))
    with pytest.raises(Difference, match="digest"):
        verify_report(forged, logs_of_workspace(issued.ana))


def test_a_file_that_claims_an_issued_version_and_is_another_is_told(
    issued: Pair, pdf: bytes
) -> None:
    logs = logs_of_workspace(issued.ana)
    with pytest.raises(Difference, match="not what was issued"):
        verify_report(read_report(pdf.replace(b"inspector-app", b"Inspector-app", 1)), logs)
    with pytest.raises(Difference, match="was added"):
        verify_report(read_report(pdf + b"% more\n"), logs)
    with pytest.raises(BadInput, match="report of this program"):
        verify_report(read_report(_another_pdf()), logs)


def _another_pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 700, "A letter")
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "edition", "known"),
    [
        ("custody", "internal", "every newest change"),
        ("field-notes", "internal", "digest of the data"),
        ("field-notes", "public", ""),
    ],
)
def test_sheets_are_checked_by_what_they_print(
    issued: Pair, name: str, edition: str, known: str
) -> None:
    """A sheet is no issued version, though its pages name some; the public edition says nothing."""
    data = issued.ana.report_bytes(issued.id, name, edition)
    verdict = verify_report(read_report(data), logs_of_workspace(issued.ana))
    assert not verdict.issued and known in " ".join(verdict.checked)
    assert bool(known) == bool(verdict.checked)


# -- made again ----------------------------------------------------------------------------------


def test_an_issued_report_comes_out_again_byte_for_byte(issued: Pair) -> None:
    """The issue is in the record by then, and still the pages say what they said."""
    assert issued.rita.report_bytes(issued.id, "inspection") == issued_bytes(issued.rita, issued.id)
    record = issued.rita.inspection(issued.id)
    one, two = record.all(Issue)
    assert one.seen != two.seen != newest(record.log)
    assert not missing(record.log, one.seen) and not missing(record.log, two.seen)
    with pytest.raises(BadInput, match="no such issued version"):
        comparing.compare(issued.rita, issued.id, 3)


def test_compare_says_on_which_page_and_in_which_line(
    issued: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program version: a standing text is another one, so a page says something else."""
    from inspector_app.reports import texts

    told = texts.entry("text", "no-recommendation")
    before = texts.entry

    def other(*keys: str) -> object:
        return "OPR reports what it found." if before(*keys) == told else before(*keys)

    monkeypatch.setattr(texts, "entry", other)
    compared = comparing.compare(issued.rita, issued.id)
    assert not compared.same_bytes
    first = compared.pages[0]
    assert first.page == 1 and first.issued and "recommendations" in first.issued
    assert first.now and "recommendations" not in first.now


def test_the_window_makes_it_again_beside_its_work(issued: Pair, qtbot: QtBot) -> None:
    page, _ = open_page(qtbot, ReviewPage, issued.rita, issued.id)
    act = named(page, "Make the newest again and compare")
    act.setFocus()
    qtbot.keyClick(act, Qt.Key.Key_Space)

    def told() -> bool:
        words = [each.text() for each in page.findChildren(QLabel) if each.isVisibleTo(page)]
        return "Version 2 comes out the same, byte for byte" in words

    qtbot.waitUntil(told, timeout=60_000)


# -- signed files and later versions -------------------------------------------------------------


def test_the_verbs_of_the_terminal(
    issued: Pair,
    pdf: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """sign, verify and compare: JSON out, sentences beside it, 8 at a difference."""
    first, signed, key = (tmp_path / name for name in ("first.pdf", "signed.pdf", "key.p12"))
    first.write_bytes(pdf)
    data, certificate = key_file("Ana Sample")
    key.write_bytes(data)
    (tmp_path / "ana.pem").write_bytes(certificate)
    shutil.copytree(issued.folder / "rita", tmp_path / "rita")  # the other one is open here

    def told(code: int, *words: object) -> tuple[dict[str, object], str]:
        monkeypatch.setenv("INSPECTOR_PASSPHRASE", SECRET)
        monkeypatch.setenv("INSPECTOR_BUNDLE_PASSPHRASE", SEALED)
        monkeypatch.setenv("INSPECTOR_KEY_PASSPHRASE", KEY_SECRET)
        assert run([str(word) for word in words]) == code
        out, said = capsys.readouterr()
        return json.loads(out) if out else {}, said

    made, said = told(0, "sign", first, "-o", signed, "--pkcs12", key)
    assert made["subject"] == "Ana Sample" and "certificate" in said
    again = key_from_file(data, KEY_SECRET)
    with pytest.raises(Difference, match="not the issued report"):
        signed_copy(signed.read_bytes(), again, issued=["0" * 64])
    trust = ("--trust", tmp_path / "ana.pem")
    old, said = told(0, "verify", signed, *trust, "--against", tmp_path / "rita")
    assert "that you trust" in said and "who holds" not in str(old["not_checked"])
    assert (old["version"], old["superseded_by"], old["issued"]) == (1, 2, True)
    assert "Superseded by version 2 of" in said
    old, said = told(0, "verify", signed, "--against", issued.folder / "late.inspection")
    assert (old["version"], old["superseded_by"], old["issued"]) == (1, None, True)
    assert "unknown here" in said and "who holds" in str(old["not_checked"])
    made, _ = told(0, "compare", tmp_path / "rita", issued.id[:8], "--version", 1)
    assert made["same_bytes"] is True and made["made_by"] == made["made_again_by"]
    signed.write_bytes(signed.read_bytes().replace(b"/Lang", b"/Lxng", 1))
    _, said = told(8, "verify", signed)
    assert "does not hold" in said and "signature-1" in said
    _, said = told(2, "sign", first, "-o", signed)
    assert "--pkcs12" in said
    monkeypatch.setenv("INSPECTOR_KEY_PASSPHRASE", "not this one")
    assert run(["sign", str(first), "-o", str(signed), "--pkcs12", str(key)]) == 6
