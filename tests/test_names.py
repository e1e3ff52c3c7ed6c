"""Names of people: sealed, handed over only on purpose, destroyed for everybody who hears of it."""

import json
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from inspector_app import bundle, identity
from inspector_app.cli import run
from inspector_app.errors import NotAllowed
from inspector_app.records import Interview
from inspector_app.store.connection import connect
from inspector_app.workspace import Workspace, names, verifying
from inspector_app.workspace.names import Name
from tests.reports.reading import whole_text
from tests.ui.open_pages import new_workspace

SECRET = "another passphrase for tests"
NAME = "Placeholder Zyxwvutsrq"
Two = tuple[Workspace, Workspace, str]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    """Ana with an inspection, and Marcus, who has it too; each accepts the other's card."""
    ana, id = new_workspace(tmp_path)
    marcus, _ = Workspace.create(
        tmp_path / "other", "Marcus Example", "opr-inspector", "Chicago", SECRET
    )
    marcus.accept(ana.card())
    ana.accept(marcus.card())
    sent(ana, marcus, id, tmp_path)
    yield ana, marcus, id
    ana.close()
    marcus.close()


def sent(one: Workspace, other: Workspace, id: str, folder: Path, with_names: bool = False) -> Path:
    """A bundle from one to the other, merged."""
    path = folder / "handed.inspection"
    one.bundle([id], path, to=[other.desk.card], with_names=with_names)
    other.merge(path)
    return path


def interviewed(workspace: Workspace, id: str, name: str = NAME) -> str:
    record = workspace.new(id, "interview", role="designated-officer", consent=True).record
    names.put_name(workspace, id, record, name)
    return record


def test_a_name_comes_back_only_through_its_key(two: Two) -> None:
    ana, _, id = two
    record = interviewed(ana, id)
    assert names.name_of(ana, id, record) == Name("here", NAME, "")
    found = ana.inspection(id).get(Interview, record)
    assert found is not None and found.name is not None
    assert NAME not in json.dumps(found.name)


def test_the_same_name_again_writes_nothing_and_an_empty_one_takes_it_away(two: Two) -> None:
    ana, _, id = two
    record = interviewed(ana, id)
    before = len(ana.history(id))
    assert names.put_name(ana, id, record, NAME) is None
    assert len(ana.history(id)) == before
    names.put_name(ana, id, record, "")
    assert names.name_of(ana, id, record).state == "none"
    ana.undo(id)
    assert names.name_of(ana, id, record).text == NAME


def test_a_bundle_has_the_names_only_when_it_is_made_with_them(two: Two, tmp_path: Path) -> None:
    ana, marcus, id = two
    record = interviewed(ana, id)
    sent(ana, marcus, id, tmp_path)
    assert names.name_of(marcus, id, record).state == "no-key"
    sent(ana, marcus, id, tmp_path, with_names=True)
    assert names.name_of(marcus, id, record).text == NAME


def test_two_keys_of_two_people_live_side_by_side(two: Two, tmp_path: Path) -> None:
    ana, marcus, id = two
    hers, his = interviewed(ana, id, "R. Placeholder"), interviewed(marcus, id, "T. Mock")
    sent(ana, marcus, id, tmp_path, with_names=True)
    sent(marcus, ana, id, tmp_path, with_names=True)
    for workspace in (ana, marcus):
        assert names.name_of(workspace, id, hers).text == "R. Placeholder"
        assert names.name_of(workspace, id, his).text == "T. Mock"


def test_destroying_the_key_destroys_it_wherever_the_change_is_merged(
    two: Two, tmp_path: Path
) -> None:
    ana, marcus, id = two
    record = interviewed(ana, id)
    sent(ana, marcus, id, tmp_path, with_names=True)
    names.destroy(ana, id)
    assert names.name_of(marcus, id, record).text == NAME
    sent(ana, marcus, id, tmp_path)
    for workspace in (ana, marcus):
        told = names.name_of(workspace, id, record)
        assert (told.state, told.text) == ("destroyed", "")
        assert told.sentence.startswith("Name destroyed on ")
        assert not names.has_key(workspace, id)
        assert workspace.inspection(id).all(Interview)[0].label == "Officer A-1"


def test_an_older_bundle_brings_no_key_back(two: Two, tmp_path: Path) -> None:
    ana, marcus, id = two
    record = interviewed(ana, id)
    old = tmp_path / "old.inspection"
    ana.bundle([id], old, to=[marcus.desk.card], with_names=True)
    names.destroy(ana, id)
    sent(ana, marcus, id, tmp_path)
    marcus.merge(old)
    assert names.name_of(marcus, id, record).state == "destroyed"
    assert not marcus.desk.store.names_keys(id)


def test_after_the_end_no_name_is_kept_and_no_undo_brings_one_back(two: Two) -> None:
    ana, _, id = two
    record = interviewed(ana, id)
    names.destroy(ana, id)
    with pytest.raises(NotAllowed, match="none is kept any more"):
        names.put_name(ana, id, record, "J. Specimen")
    with pytest.raises(NotAllowed, match="already"):
        names.destroy(ana, id)
    ana.undo(id)
    assert names.name_of(ana, id, record).state in ("none", "destroyed")
    assert names.destroyed_at(ana.inspection(id).log)


def test_a_key_that_a_kill_left_behind_goes_when_it_is_next_asked_for(two: Two) -> None:
    ana, _, id = two
    record = interviewed(ana, id)
    keys = ana.desk.store.names_keys(id)
    names.destroy(ana, id)
    ana.desk.store.put_names_keys(id, keys)  # as if the power had gone before the deletion
    assert names.name_of(ana, id, record).state == "destroyed"
    assert not names.has_key(ana, id)
    assert not ana.desk.store.names_keys(id)


def test_the_warning_names_the_bundles_that_hold_the_key(two: Two, tmp_path: Path) -> None:
    ana, marcus, id = two
    interviewed(ana, id)
    ana.bundle([id], tmp_path / "plain.inspection", to=[marcus.desk.card])
    assert len(names.warning(ana, id)) == 2
    sent(ana, marcus, id, tmp_path, with_names=True)
    ana.bundle([id], tmp_path / "phrase.inspection", passphrase=SECRET, with_names=True)
    told = " ".join(names.warning(ana, id))
    assert "1 name becomes unreadable" in told
    assert "made here for Marcus Example on" in told
    assert "made here for a passphrase on" in told
    assert "that came from Ana Sample on" in " ".join(names.warning(marcus, id))


def test_a_signed_report_stays_signed_when_the_names_are_destroyed(two: Two) -> None:
    ana, _, id = two
    interviewed(ana, id)
    ana.sign_off(id, "report")
    before = ana.inspection(id).part_digest("report")
    names.destroy(ana, id)
    assert ana.inspection(id).part_digest("report") == before


# -- a name is nowhere in plain ------------------------------------------------------------------


def every_cell(database: Database) -> bytes:
    """All that stands in a decrypted store, table by table."""
    found = [b""]
    for table in database.table_names():
        try:
            rows = database.execute(f'SELECT * FROM "{table}"').fetchall()
        except database.conn.OperationalError:
            continue  # a table of the search engine's own
        found += [c if isinstance(c, bytes) else str(c).encode() for row in rows for c in row]
    return b"\n".join(found)


def told_by_commands(
    ana: Workspace, id: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> str:
    folder = ana.folder
    ana.close()
    monkeypatch.setenv("INSPECTOR_PASSPHRASE", "a passphrase for tests only")
    commands = [
        ["show", str(folder), id],
        ["show", str(folder)],
        ["history", str(folder), id],
        ["search", str(folder), "Zyxwvutsrq", "--inspection", id],
        ["search", str(folder), "Zyxwvutsrq"],
        ["names", str(folder), id],
        ["names", str(folder), id, "--destroy"],
        ["names", str(folder), id, "--destroy", "--yes"],
        ["names", str(folder), id, "--destroy", "--yes"],
    ]
    codes = []
    for command in commands:
        monkeypatch.setenv("INSPECTOR_PASSPHRASE", "a passphrase for tests only")
        codes.append(run(command))
    assert codes[:3] + codes[5:] == [0, 0, 0, 0, 2, 0, 3]
    out, err = capsys.readouterr()
    return out + err


def test_no_name_in_the_plain_bytes_of_a_store_or_of_a_bundle(two: Two, tmp_path: Path) -> None:
    ana, marcus, id = two
    record = interviewed(ana, id)
    ana.draft(id, record, "name", names.sealed(ana, id, NAME + " and more"))
    path = sent(ana, marcus, id, tmp_path)
    cells = every_cell(connect(ana.folder / "workspace.db", ana.desk.keys.database))
    assert record.encode() in cells
    assert b"Zyxwvutsrq" not in cells
    outside = bundle.look(path)
    letter = bundle.open_letter(outside, keys=marcus.desk.keys)
    assert letter.names == {}
    with bundle.opened_store(path, outside, letter, tmp_path) as store:
        bodies = b"".join(change.body for change in store.changes())
    assert record.encode() in bodies
    assert b"Zyxwvutsrq" not in bodies
    for key in ana.desk.store.names_keys(id):
        assert key not in bodies and key.hex().encode() not in bodies


def test_a_bundle_without_names_has_no_key_to_the_last_byte(two: Two, tmp_path: Path) -> None:
    ana, marcus, id = two
    interviewed(ana, id)
    path = sent(ana, marcus, id, tmp_path)
    verifying.verify_bundle(path, keys=marcus.desk.keys, beside=tmp_path)
    assert not marcus.desk.store.names_keys(id)
    assert "names" not in json.dumps(sorted(vars_of_letter(path, marcus)))


def vars_of_letter(path: Path, reader: Workspace) -> list[str]:
    """The members of a bundle's letter, as its reader finds them."""
    opened = identity.open_letter(bundle.look(path).letter, keys=reader.desk.keys)
    return list(opened.payload)


def test_no_name_in_a_report_or_in_what_the_commands_say(
    two: Two, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ana, _, id = two
    interviewed(ana, id)
    report = whole_text(ana.report_bytes(id, "inspection"))
    assert "Officer A-1" in report
    assert "Zyxwvutsrq" not in report
    said = told_by_commands(ana, id, monkeypatch, capsys)
    assert "Officer A-1" in said
    assert said.count("Zyxwvutsrq") == 0


def test_no_name_in_an_error(two: Two) -> None:
    ana, _, id = two
    record = interviewed(ana, id)
    acts: tuple[Callable[[], object], ...] = (
        lambda: names.put_name(ana, id, record, NAME + "\ud800"),
        lambda: names.put_name(ana, id, record, NAME * 2000),
        lambda: names.put_name(ana, id, "answer:j-01", NAME),
    )
    for act in acts:
        with pytest.raises(Exception) as caught:
            act()
        told = "".join(traceback.format_exception(caught.value, limit=0))
        assert "Zyxwvutsrq" not in told
