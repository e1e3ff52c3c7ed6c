"""Cards in the window: revoked with a reason, replaced after comparing words, changes admitted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.change import Change, Edit, compose, new_gesture
from inspector_app.identity import make_card, new_keys, read_card
from inspector_app.moments import Moment
from inspector_app.ui.hand_over_page import HandOverPage
from inspector_app.ui.left_list import Left, clock_words
from inspector_app.ui.people_list import STAYS, People
from inspector_app.ui.rows import RowList
from inspector_app.workspace import Workspace, people
from inspector_app.workspace.parcels import FarOff
from tests.test_workspace import PASSPHRASE, _start
from tests.ui.open_pages import named, open_page

Two = tuple[Workspace, Workspace, str]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    """Ana's inspection, which Rita, a reviewer, holds."""
    ana, _ = Workspace.create(tmp_path / "a", "Ana Sample", "opr-inspector", "Unit", PASSPHRASE)
    rita, _ = Workspace.create(tmp_path / "r", "R. Placeholder", "opr-reviewer", "Unit", PASSPHRASE)
    ana.accept(rita.card())
    rita.accept(ana.card())
    id = _start(ana)
    rita.merge(sent(ana, rita, id, tmp_path / "first.inspection"))
    yield ana, rita, id
    ana.close()
    rita.close()


def sent(one: Workspace, to: Workspace, id: str, out: Path) -> Path:
    one.bundle([id], out, to=[read_card(to.card())])
    return out


def words(part: QWidget) -> str:
    QApplication.processEvents()  # what was just put into a layout is shown by it
    return " ".join(w.text() for w in part.findChildren(QLabel) if w.isVisibleTo(part))


def opened(page: HandOverPage, workspace: Workspace, key: str) -> People:
    """The list of people, with one card chosen."""
    shown = page.findChildren(People)[-1]
    [card] = [p.card for p in people.known(workspace.desk) if p.card.signing == key]
    shown.choose(card.fingerprint)
    return shown


def test_revoking_asks_for_a_reason_and_a_reviewer_admits_from_the_preview(
    qtbot: QtBot, two: Two, tmp_path: Path
) -> None:
    ana, rita, id = two
    page, window = open_page(qtbot, HandOverPage, rita, id)
    shown = opened(page, rita, ana.key)
    assert STAYS in words(shown)
    shown.revoke_button.click()
    assert len(window.refusals()) == 1 and not people.revoked_keys(rita.desk)
    shown.reason.setText("stolen")
    shown.revoke_button.click()
    assert people.revoked_keys(rita.desk) == {ana.key}
    shown = opened(page, rita, ana.key)
    assert "stolen" in words(shown) and not page.workspace.contacts()

    ana.put(id, "answer:j-83", result="met", note="on the evening before")
    late = sent(ana, rita, id, tmp_path / "late.inspection")
    page.open_bundle(late)
    qtbot.waitUntil(lambda: bool(page.findChildren(Left)), timeout=20_000)
    left = page.findChildren(Left)[-1]
    assert "revoked here" in words(page) and len(left.list.rows()) == 1
    left.list.select(left.list.rows()[0].key)
    left.reason.setText("she read it out by telephone")
    left.admit_button.click()
    qtbot.waitUntil(lambda: not page.work.is_busy, timeout=20_000)
    assert rita.merge(late).new == 1


def test_a_new_card_is_accepted_only_beside_its_words_and_the_old_one_ends(
    qtbot: QtBot, two: Two
) -> None:
    ana, rita, id = two

    data = make_card(new_keys(), "Ana Sample", "opr-inspector", "Unit")
    new = read_card(data)
    page, _ = open_page(qtbot, HandOverPage, rita, id)
    shown = opened(page, rita, ana.key)
    shown.reason.setText("lost on the train")
    [old] = rita.contacts()
    shown.compare(old, data, new)
    assert " · ".join(new.words) in words(shown)
    assert [p.card for p in rita.contacts()] == [old.card]
    shown.both_button.click()
    assert [p.card for p in rita.contacts()] == [new]
    assert "revoked" in [r.right for r in page.findChildren(People)[-1].list.rows()]


def test_a_card_that_cannot_be_read_is_a_sentence(
    qtbot: QtBot, two: Two, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, rita, id = two
    page, window = open_page(qtbot, HandOverPage, rita, id)
    shown = opened(page, rita, ana.key)
    (tmp_path / "empty.card").touch()
    for name in ("gone.card", "empty.card"):
        chosen = tmp_path / name
        monkeypatch.setattr("inspector_app.ui.choosing.open_file", lambda *_, f=chosen: f)
        shown.replace_button.click()
        named(page, "Accept a card").click()  # type: ignore[attr-defined]
    assert len(window.refusals()) == 4 and len(rita.contacts()) == 1


def test_a_copied_workspace_stands_on_the_page_with_both_changes(qtbot: QtBot, two: Two) -> None:
    ana, rita, id = two
    log = ana.inspection(id).log
    before = dict(log.changes)
    ana.put(id, "answer:j-83", result="met")
    [tip] = set(log.changes) - set(before)
    twin = ana.desk.sign(_twin(log.changes[tip]))
    rita.desk.store.append([log.changes[tip], twin])
    rita.desk.take_in(log.id, [log.changes[tip], twin])
    page, _ = open_page(qtbot, HandOverPage, rita, id)
    assert "this key is in two places" in words(page)
    names = [found.accessibleName() for found in page.findChildren(RowList)]
    assert "Both changes of Ana Sample" in names


def _twin(change: Change) -> Change:
    """Another change after the same one, as a copy of the workspace would write it."""
    return compose(
        log=change.log,
        author=change.author,
        previous=change.previous,
        at=Moment.parse(change.at),
        gesture=new_gesture(),
        label="on the copy",
        edits=[Edit("answer:j-84", "note", "on the copy")],
    )


@pytest.mark.parametrize(("seconds", "word"), [(7200, "ahead"), (-7200, "behind")])
def test_a_clock_far_off_is_told_with_both_times(seconds: int, word: str) -> None:
    claimed = "2029-03-10T14:10:00-05:00[America/New_York]"
    told = clock_words(
        "Ana Sample", FarOff("a", "c", claimed, "2026-03-11T01:10:00+00:00[UTC]", seconds)
    )
    assert word in told and "Both are kept" in told
    assert "Mar 10, 2029, 14:10" in told and "Mar 10, 2026, 21:10" in told  # both at the place
