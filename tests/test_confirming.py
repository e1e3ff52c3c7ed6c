"""Presumed until a person has compared the signed copy; what rests on a presumption says so."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from inspector_app import agencies, canonical, forms
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.records import Finding
from inspector_app.workspace import Plan, Workspace, confirming

CITE = forms.load("jem-2025").item("j-70").citations[0]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made, _ = Workspace.create(
        tmp_path / "w", "Ana Sample", "opr-inspector", "Unit", "a passphrase for tests"
    )
    yield made
    made.close()


@pytest.fixture
def id(workspace: Workspace) -> str:
    """An inspection under an agreement that was signed after the newest copy that was seen."""
    row = agencies.AgencyRow("IN", "Sample Sheriff", "County", "Sample", "JEM", date(2026, 1, 7))
    found = agencies.resolve(row, forms.shipped())
    assert found.presumed
    return workspace.start(
        Plan(row, found, "inspection", date(2026, 3, 10), date(2026, 3, 12), zone="America/Chicago")
    )


def deficiency(workspace: Workspace, id: str, **authority: object) -> Finding:
    cited = {"document": "moa", "section": CITE.section, "quotation": CITE.quotation} | authority
    record = workspace.new(
        id, "finding", **cited, violated=cited["quotation"], class_="deficiency"
    ).record
    found = workspace.inspection(id).get(Finding, record)
    assert found is not None
    return found


def attached(workspace: Workspace, id: str, data: bytes) -> str:
    workspace.add_agreement(id, data, "signed-copy")
    return canonical.sha256(data)


def test_it_is_presumed_until_the_signed_copy_is_confirmed(
    workspace: Workspace, id: str, shared: Path
) -> None:
    finding = deficiency(workspace, id)
    inspection = workspace.inspection(id)
    assert inspection.agreement_state == "presumed" and inspection.rests_on_presumption(finding)
    digest = attached(workspace, id, (shared / "moa" / "jem-2025-hamilton-in.pdf").read_bytes())
    assert inspection.agreement_state == "presumed"  # a copy that nobody compared proves nothing
    confirming.confirm(workspace, id, digest)
    assert inspection.agreement_state == "confirmed"
    assert not inspection.rests_on_presumption(finding)
    workspace.undo(id)
    assert inspection.rests_on_presumption(finding)


def test_a_copy_of_another_revision_needs_a_reason(
    workspace: Workspace, id: str, shared: Path
) -> None:
    digest = attached(workspace, id, (shared / "moa" / "jem-2020-florida-doc.pdf").read_bytes())
    with pytest.raises(NotAllowed, match="Jail Enforcement Model, agreement text of 2020"):
        confirming.confirm(workspace, id, digest)
    assert workspace.inspection(id).presumed
    confirming.confirm(workspace, id, digest, "The 2020 copy was replaced on the same day.")
    assert not workspace.inspection(id).presumed


def test_only_a_copy_that_is_attached_can_be_confirmed(workspace: Workspace, id: str) -> None:
    with pytest.raises(BadInput, match="not attached"):
        confirming.confirm(workspace, id, "0" * 64)


def test_a_deficiency_on_a_policy_does_not_rest_on_the_agreement(
    workspace: Workspace, id: str
) -> None:
    sentence = "Each officer is told once a year, in writing, what the rules are."
    policy = {"document": "ice-13004-2", "section": "4", "quotation": sentence, "own_copy": True}
    finding = deficiency(workspace, id, **policy)
    assert not workspace.inspection(id).rests_on_presumption(finding)


def test_an_agreement_that_is_not_on_file_is_said_to_be_so(workspace: Workspace, id: str) -> None:
    workspace.put(id, "visit:self", agreement="not-on-file")
    assert workspace.inspection(id).agreement_state == "not-on-file"
    assert workspace.inspection(id).presumed
