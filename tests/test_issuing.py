"""Issuing through real workspaces: when it is refused, what it freezes, which version follows."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from inspector_app import canonical, forms
from inspector_app.cli import run
from inspector_app.errors import BadInput, Difference, NotAllowed
from inspector_app.identity import read_card
from inspector_app.inspection import issues
from inspector_app.records import Issue, SignedFile
from inspector_app.signatures import key_from_file
from inspector_app.workspace import Workspace, packaging, sealing
from inspector_app.workspace.issuing import in_the_way, issue, issued_bytes, report_number
from inspector_app.workspace.reviewing import answer, disagree, review
from tests.reports.reading import pages
from tests.signing_keys import SECRET as OF_KEY
from tests.signing_keys import key_file
from tests.test_workspace import _start

SECRET = "a passphrase for tests"
CITE = forms.load("jem-2025").item("j-70").citations[0]
TO = ("287(g) Unit, headquarters", "Chicago Field Office")


class Pair:
    """Ana inspects, Rita reviews; each knows the other's card."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ana = _made(folder / "ana", "Ana Sample", "opr-inspector")
        self.rita = _made(folder / "rita", "R. Placeholder", "opr-reviewer")
        self.ana.accept(self.rita.card())
        self.rita.accept(self.ana.card())
        self.id = _start(self.ana)

    def to_rita(self) -> None:
        _send(self.ana, self.rita, self.id, self.folder / "there.inspection")

    def to_ana(self) -> None:
        _send(self.rita, self.ana, self.id, self.folder / "back.inspection")

    def signed_and_accepted(self) -> None:
        self.ana.sign_off(self.id, "report")
        self.to_rita()
        review(self.rita, self.id, "report", "accepted")


def _made(folder: Path, name: str, role: str) -> Workspace:
    return Workspace.create(folder, name, role, "Unit", SECRET)[0]


def _send(one: Workspace, other: Workspace, id: str, path: Path) -> None:
    path.unlink(missing_ok=True)
    one.bundle([id], path, to=[read_card(other.card())])
    other.merge(path)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    made = Pair(tmp_path)
    _complete(made.ana, made.id)
    yield made
    made.ana.close()
    made.rita.close()


def _complete(ana: Workspace, id: str) -> None:
    """Nothing open: every item answered, two observations, an interview, one finding."""
    inspection = ana.inspection(id)
    while left := [i for i in inspection.shown_items() if not inspection.answer(i.id).result]:
        for item in left:
            ana.put(id, f"answer:{item.id}", result="met")
    ana.put(id, "visit:self", no_documents_reason="None were kept.", field_office="Chicago")
    ana.put(id, f"member:{ana.key}", independence="No tie to the agency.")
    for minute in (10, 20):
        held = f"2026-03-10T09:{minute}:00-04:00[America/Indiana/Indianapolis]"
        ana.put(id, f"observation:t{minute}", text="Seen.", item="j-70", held=held)
    ana.put(id, "interview:i1", label="Officer A-1", consent=True)
    concern(ana, id, "f1")


def concern(ana: Workspace, id: str, name: str, amends: str = "") -> None:
    """An area of concern that lacks nothing."""
    fields = {
        "class": "area-of-concern", "title": "No list of interpreters", "type": "A03",
        "item": "j-70", "document": "moa", "section": CITE.section, "verify": "desk",
        "condition": "No list hung at T-01.", "effect": "Calls take longer.",
    }  # fmt: skip
    links = [(f"finding:{name}", end) for end in ("party:lea-management", "observation:t10")]
    ana.put_many(id, {f"finding:{name}": fields}, "a concern", amends, links=links)


def _refusal(workspace: Workspace, id: str) -> list[str]:
    with pytest.raises(NotAllowed) as refused:
        issue(workspace, id, *TO)
    assert issues.issues(workspace.inspection(id)) == []
    return list(refused.value.details)


def test_it_is_refused_sentence_by_sentence_until_nothing_is_in_the_way(pair: Pair) -> None:
    assert pair.ana.problems(pair.id) == []
    pair.ana.put(pair.id, "answer:j-70", result=None)
    pair.to_rita()
    told = _refusal(pair.rita, pair.id)
    assert len(told) == 3
    assert any("problem" in s for s in told) and any("signed" in s for s in told)
    pair.ana.put(pair.id, "answer:j-70", result="met")
    pair.ana.put(pair.id, "finding:f1", cause="Read again.")  # its ground had moved
    pair.to_rita()
    assert len(_refusal(pair.rita, pair.id)) == 2
    pair.ana.sign_off(pair.id, "report")
    pair.to_rita()
    assert _refusal(pair.rita, pair.id) == ["No reviewer has accepted the report as it stands."]
    review(pair.rita, pair.id, "report", "accepted")
    assert in_the_way(pair.rita, pair.id) == []
    for to in (("", TO[1]), (TO[0], "  ")):
        with pytest.raises(BadInput, match="both"):
            issue(pair.rita, pair.id, *to)
    issue(pair.rita, pair.id, *TO)


def test_the_team_does_not_issue_its_own_report(pair: Pair) -> None:
    pair.signed_and_accepted()
    pair.to_ana()
    assert in_the_way(pair.ana, pair.id) == []
    with pytest.raises(NotAllowed):
        issue(pair.ana, pair.id, *TO)


def test_a_role_that_only_the_record_claims_reviews_nothing(pair: Pair, tmp_path: Path) -> None:
    mock = _made(tmp_path / "mock", "T. Mock", "opr-reviewer")
    pair.ana.accept(mock.card(), "opr-inspector")  # granted less than the card says
    pair.rita.accept(mock.card(), "opr-inspector")
    mock.accept(pair.ana.card())
    pair.ana.sign_off(pair.id, "report")
    _send(pair.ana, mock, pair.id, tmp_path / "a.inspection")
    review(mock, pair.id, "report", "accepted")
    _send(mock, pair.ana, pair.id, tmp_path / "b.inspection")
    mock.close()
    pair.to_rita()
    assert _refusal(pair.rita, pair.id) == ["No reviewer has accepted the report as it stands."]


def test_s20_what_was_issued_is_kept_says_its_version_and_travels(pair: Pair) -> None:
    pair.signed_and_accepted()
    record = issue(pair.rita, pair.id, *TO).record
    issued = pair.rita.inspection(pair.id).get(Issue, record)
    assert issued and record == f"issue:{issued.number}/1"
    assert (issued.headquarters, issued.field_office, issued.replaces) == (*TO, "")
    data = issued_bytes(pair.rita, pair.id)
    assert canonical.sha256(data) == issued.sha256
    first = pages(data)[0]
    assert issued.number in first and "version 1" in first and "DRAFT" not in first
    assert "the reviewer" in first
    pair.to_ana()
    assert issued_bytes(pair.ana, pair.id) == data
    assert pair.ana.inspection(pair.id).signed("report"), "to issue alters no part"
    with pytest.raises(NotAllowed, match="later version"):
        pair.rita.undo(pair.id)
    with pytest.raises(NotAllowed):
        pair.ana.remove(pair.id, record)
    assert in_the_way(pair.rita, pair.id) == [
        "The report was issued as it stands; nothing has changed since."
    ]


def test_a_later_version_names_the_one_it_replaces(pair: Pair) -> None:
    pair.signed_and_accepted()
    issue(pair.rita, pair.id, *TO)
    pair.to_ana()
    old = issued_bytes(pair.ana, pair.id)
    pair.ana.put(pair.id, "visit:self", amends="the year was wrong", last_day=date(2026, 3, 13))
    draft = pages(pair.ana.report_bytes(pair.id, "inspection"))[0]
    assert "DRAFT" in draft and "Replaces version 1 of" in draft
    pair.signed_and_accepted()
    record = issue(pair.rita, pair.id, *TO).record
    issued = pair.rita.inspection(pair.id).get(Issue, record)
    assert issued and (issued.version, issued.replaces) == (2, f"{issued.number}/1")
    first = pages(issued_bytes(pair.rita, pair.id))[0]
    assert "version 2" in first and "Replaces version 1 of" in first
    assert issued_bytes(pair.rita, pair.id, 1) == old
    again = pages(pair.rita.report_bytes(pair.id, "inspection"))[0]
    assert "version 2" in again and "Replaces version 1 of" in again


def test_numbers_hold_after_issue_and_none_comes_back(pair: Pair) -> None:
    pair.signed_and_accepted()
    issue(pair.rita, pair.id, *TO)
    pair.to_ana()
    ana, id = pair.ana, pair.id
    inspection = ana.inspection(id)
    assert inspection.record_numbers()["observation:t20"] == "T-02"
    (number,) = inspection.finding_numbers().values()
    early = "2026-03-10T08:00:00-04:00[America/Indiana/Indianapolis]"
    ana.put(id, "observation:t0", amends="found in the notes", text="Earlier.", held=early)
    ana.put(id, "visit:self", amends="the year was wrong", first_day=date(2025, 3, 10))
    assert inspection.record_numbers()["observation:t0"] == "T-03"
    assert inspection.record_numbers()["observation:t20"] == "T-02"
    ana.remove(id, "finding:f1", amends="withdrawn")
    concern(ana, id, "f2", amends="another")
    stem, _, n = number.rpartition("-")
    assert inspection.finding_numbers() == {"finding:f2": f"{stem}-{int(n) + 1}"}
    assert report_number(inspection) == issues.issues(inspection)[0].number


def test_s19_eros_position_and_oprs_answer_are_printed_beside_the_finding(
    pair: Pair, tmp_path: Path
) -> None:
    ero = _made(tmp_path / "ero", "J. Specimen", "ero-headquarters")
    ero.accept(pair.ana.card())
    pair.ana.accept(ero.card())
    _send(pair.ana, ero, pair.id, tmp_path / "to-ero.inspection")
    disagree(ero, pair.id, "finding:f1", "A list <b>hung</b> in room 3.")
    _send(ero, pair.ana, pair.id, tmp_path / "from-ero.inspection")
    ero.close()
    answer(pair.ana, pair.id, "finding:f1", "Room 3 was not in use.")
    text = " ".join(" ".join(pages(pair.ana.report_bytes(pair.id, "inspection"))).split())
    assert "ERO headquarters): A list <b>hung</b> in room 3." in text
    assert "Room 3 was not in use. The finding stands unchanged." in text


def test_a_signed_file_is_kept_with_the_record_and_travels(pair: Pair) -> None:
    pair.signed_and_accepted()
    issue(pair.rita, pair.id, *TO)
    rita, id, data = pair.rita, pair.id, issued_bytes(pair.rita, pair.id)
    with pytest.raises(BadInput, match="Nobody has signed"):
        sealing.keep(rita, id, data)
    signed, _ = sealing.signed_copy(data, key_from_file(key_file("R. Placeholder")[0], OF_KEY))
    with pytest.raises(Difference, match="Nothing was kept"):
        sealing.keep(rita, id, signed + b"% more")
    with pytest.raises(BadInput, match="No signed copy"):
        sealing.kept_signed(rita, id)
    commit = sealing.keep(rita, id, signed)
    assert sealing.keep(rita, id, signed).change is None, "twice changes nothing"
    kept = rita.inspection(id).get(SignedFile, commit.record)
    assert kept and kept.sha256 == canonical.sha256(signed) and kept.issue.endswith("/1")
    assert rita.inspection(id).signed("report") and issues.stands_as_issued(rita.inspection(id))
    pair.to_ana()
    assert sealing.kept_signed(pair.ana, id, 1) == signed
    packed = packaging.job(pair.ana, id, pair.folder / "package")(None)
    report = next(file for file in packed.files if file["what"] == "Inspection report")
    assert report["sha256"] == canonical.sha256(signed), "ERO gets the file that was signed"
    with pytest.raises(NotAllowed, match="keep-signed"):
        pair.ana.put(id, commit.record, issue="another")


def test_the_verbs_of_the_terminal(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """review, disagree and issue: JSON out, one sentence and a code where they refuse."""

    def told(*words: object) -> list[dict[str, object]]:
        monkeypatch.setenv("INSPECTOR_PASSPHRASE", SECRET)
        assert run([str(word) for word in words]) == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    pair.ana.sign_off(pair.id, "report")
    pair.to_rita()
    pair.rita.close()
    folder = pair.folder / "rita"
    states = {str(part["part"]): part["state"] for part in told("review", folder, pair.id)}
    assert states["report"] == "signed" and states["finding:f1"] == "draft"
    to = ("--headquarters", TO[0], "--field-office", TO[1], "-o", pair.folder / "out.pdf")
    monkeypatch.setenv("INSPECTOR_PASSPHRASE", SECRET)
    assert run(["issue", str(folder), pair.id, *map(str, to)]) == 3
    assert "accepted" in capsys.readouterr().err
    told("review", folder, pair.id, "INT-1", "--reason", "Good.")
    told("review", folder, pair.id, "report", "--accept")
    (issued,) = told("issue", folder, pair.id, *to)
    assert canonical.sha256((pair.folder / "out.pdf").read_bytes()) == issued["sha256"]
    assert [one["version"] for one in told("issue", folder, pair.id, "--list")] == [1]
    again = pair.folder / "again.pdf"
    told("issue", folder, pair.id, "--version", 1, "-o", again)
    assert again.read_bytes() == (pair.folder / "out.pdf").read_bytes()
    key = key_from_file(key_file("R. Placeholder")[0], OF_KEY)
    signed = pair.folder / "signed.pdf"
    signed.write_bytes(sealing.signed_copy(again.read_bytes(), key)[0])
    told("keep-signed", folder, pair.id, signed)
    told("issue", folder, pair.id, "--signed", "-o", again)
    assert again.read_bytes() == signed.read_bytes()
    monkeypatch.setenv("INSPECTOR_PASSPHRASE", SECRET)
    assert run(["disagree", str(folder), pair.id, "INT-1", "No."]) == 3
