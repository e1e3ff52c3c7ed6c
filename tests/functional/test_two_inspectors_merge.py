"""Two and three inspectors work apart and exchange bundles without a server."""

from pathlib import Path

import pytest

from tests.functional.terminal import Office


def test_bundles_in_any_order_twice_and_through_a_third_end_alike(office: Office) -> None:
    ana, ben, cal = (office.person(name) for name in ("ana", "ben", "cal"))
    office.acquaint(ana, ben, cal)
    inspection = office.start(ana)
    office.merge(ben, office.bundle(ana, ben))
    office.terminal.record(
        ana, inspection, [{"verb": "answer", "item": "j-82", "result": "not-met", "note": "empty"}]
    )
    office.terminal.record(
        ben, inspection, [{"verb": "answer", "item": "j-82", "result": "met", "note": "hangs"}]
    )
    from_ben = office.bundle(ben, ana, cal)
    from_ana = office.bundle(ana, ben, cal)
    office.merge(cal, from_ben)
    office.merge(cal, from_ana)
    office.merge(cal, from_ben)
    through_cal = office.bundle(cal, ana, ben)
    for folder in (ana, ben):
        office.merge(folder, through_cal)
        assert office.merge(folder, through_cal)["new"] == 0
    assert office.digest(ana) == office.digest(ben) == office.digest(cal)
    conflicts = [office.shown(f, inspection)["conflicts"] for f in (ana, ben, cal)]
    assert [c["record"] for c in conflicts[0]] == ["answer:j-82"]
    assert conflicts[0] == conflicts[1] == conflicts[2]

    side = next(s for s in conflicts[1][0]["alternatives"] if s["values"]["result"] == "not-met")
    office.terminal.done("decide", ben, inspection, "answer:j-82", "--change", side["changes"][0])
    office.merge(ana, office.bundle(ben, ana, name="decided"))
    for folder in (ana, ben):
        assert office.shown(folder, inspection)["conflicts"] == []
        answer = office.shown(folder, inspection)["records"]["answer"]["answer:j-82"]
        assert (answer["result"], answer["note"]) == ("not-met", "empty")
    assert office.digest(ana) == office.digest(ben)


def test_a_bundle_of_an_unknown_sender_shows_his_card_and_nothing_else(office: Office) -> None:
    ana, ben = office.person("ana"), office.person("ben")
    office.terminal.done("accept", ana, office.card(ben))
    office.start(ana)
    before = office.digest(ben)
    bundle = office.bundle(ana, ben)
    preview = office.terminal.done("preview", ben, bundle)
    assert preview["sender"]["name"] == "Ana Sample" and not preview["sender"]["accepted"]
    assert preview["logs"] == []
    office.terminal.run("merge", ben, bundle)
    assert office.terminal.code == 3
    assert office.digest(ben) == before


def test_a_bundle_may_be_sealed_to_a_passphrase_instead(office: Office) -> None:
    ana, ben = office.person("ana"), office.person("ben")
    office.acquaint(ana, ben)
    office.start(ana)
    out = office.root / "sealed.inspection"
    office.terminal.done("bundle", ana, "-o", out, bundle="one passphrase for the team")
    office.terminal.run("merge", ben, out, bundle="another passphrase altogether")
    assert office.terminal.code == 6
    office.terminal.done("merge", ben, out, bundle="one passphrase for the team")
    assert office.digest(ana) == office.digest(ben)


def test_a_bundle_that_is_not_sealed_to_me_does_not_open(office: Office) -> None:
    ana, ben, cal = (office.person(name) for name in ("ana", "ben", "cal"))
    office.acquaint(ana, ben, cal)
    office.start(ana)
    office.terminal.run("merge", cal, office.bundle(ana, ben))
    assert office.terminal.code == 6
    assert "sealed to you" in office.terminal.errors


@pytest.mark.parametrize("place", [0, 100, 600, 900, -1, -3000])
def test_a_flipped_byte_is_refused_and_nothing_changes(office: Office, place: int) -> None:
    ana, ben = office.person("ana"), office.person("ben")
    office.acquaint(ana, ben)
    office.start(ana)
    bundle = office.bundle(ana, ben)
    data = bytearray(bundle.read_bytes())
    data[place] ^= 1
    bundle.write_bytes(data)
    before = office.digest(ben)
    office.terminal.run("merge", ben, bundle)
    assert office.terminal.code in (2, 6, 7)
    assert office.terminal.errors.strip()
    assert office.digest(ben) == before
    assert not list(ben.glob(".incoming*"))


@pytest.mark.parametrize("kept", [0, 100, 512, 700, 5000])
def test_a_truncated_bundle_is_refused(office: Office, kept: int) -> None:
    ana, ben = office.person("ana"), office.person("ben")
    office.acquaint(ana, ben)
    office.start(ana)
    bundle = office.bundle(ana, ben)
    bundle.write_bytes(bundle.read_bytes()[:kept])
    office.terminal.run("merge", ben, bundle)
    assert office.terminal.code == 2
    office.terminal.run("verify", bundle)
    assert office.terminal.code == 2 or kept > 700


def test_preview_counts_and_changes_nothing(office: Office) -> None:
    ana, ben = office.person("ana"), office.person("ben")
    office.acquaint(ana, ben)
    inspection = office.start(ana)
    office.merge(ben, office.bundle(ana, ben))
    office.terminal.record(
        ben, inspection, [{"verb": "answer", "item": "j-01", "result": "met", "note": "x"}]
    )
    bundle = office.bundle(ben, ana)
    before = office.digest(ana)
    [log] = office.terminal.done("preview", ana, bundle)["logs"]
    assert (log["new"], log["known"], log["conflicting"]) == (2, 1, 0)
    fields = {(f["record"], f["field"]): f for f in log["fields"]}
    note = fields["answer:j-01", "note"]
    assert [note[part] for part in ("state", "before", "after", "by")] == [
        *("new", [], ["x"], ["Ben Sample"]),
    ]
    assert office.digest(ana) == before


def test_photos_that_the_other_has_may_stay_behind(office: Office, picture: Path) -> None:
    ana, ben = office.person("ana"), office.person("ben")
    office.acquaint(ana, ben)
    inspection = office.start(ana)
    office.merge(ben, office.bundle(ana, ben))
    office.terminal.record(
        ben, inspection, [{"verb": "photo", "path": str(picture), "alt": "a wall", "caption": "w"}]
    )
    office.merge(ana, office.bundle(ben, ana))
    out = office.root / "lean.inspection"
    made = office.terminal.done(
        "bundle", ana, "-o", out, "--to", office.card(ben), "--without-known-photos"
    )
    assert len(made["left_behind"]) == 2  # his own photo, and the form that he was given
    assert made["blobs"] == 0
    office.merge(ben, out)
    assert office.digest(ana) == office.digest(ben)
