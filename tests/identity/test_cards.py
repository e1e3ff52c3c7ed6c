"""Cards: who somebody says he is, and roles, what each may do."""

import hashlib
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app import canonical
from inspector_app.errors import BadInput, NewerVersion
from inspector_app.identity import Card, make_card, read_card, roles, sign
from tests.identity.specimens import ana, card_file, changed, cuts, flips, marcus


def test_a_card_says_who_and_is_signed_by_itself() -> None:
    card = read_card(card_file())
    assert (card.name, card.role, card.office) == ("Ana Sample", "opr-inspector", "OPR")
    assert (card.signing, card.sealing) == (ana().author, ana().sealing_public)
    assert set(card.sealing) == {"kty", "crv", "x", "y"}
    assert card.fingerprint == hashlib.sha256(card.to_bytes()).hexdigest()
    assert len(card.words) == 6 and card.words == read_card(card_file()).words


def test_no_changed_byte_of_a_card_gets_through() -> None:
    for spoiled in (*flips(card_file()), *cuts(card_file())):
        with pytest.raises((BadInput, NewerVersion)):
            read_card(spoiled)


def test_a_card_signed_by_another_is_refused() -> None:
    theirs = json.loads(make_card(marcus(), "Ana Sample", "opr-inspector", "OPR"))
    mine = json.loads(card_file())
    with pytest.raises(BadInput):
        read_card(canonical.encode({**mine, "signature": theirs["signature"]}))


def test_a_newer_card_is_called_newer() -> None:
    with pytest.raises(NewerVersion):
        read_card(changed(card_file(), lambda file: file["card"].update(format=2, motto="…")))


def test_a_restored_workspace_s_card_is_vouched_for_by_the_old_key() -> None:
    file = make_card(marcus(), "Ana Sample", "opr-inspector", "OPR", predecessor=ana())
    assert read_card(file).predecessor == ana().author
    assert read_card(card_file()).predecessor is None
    for spoil in (
        lambda value: value.update(predecessor_signature=value["signature"]),
        lambda value: value.update(predecessor_signature=None),
    ):
        with pytest.raises(BadInput):
            read_card(changed(file, spoil))


@given(st.text(max_size=250), st.text(max_size=20))
def test_a_name_is_kept_exactly_or_refused(name: str, office: str) -> None:
    try:
        card = read_card(make_card(ana(), name, "field-supervisor", office))
    except BadInput as refused:
        assert "The name" in refused.message or "The office" in refused.message
        return
    assert (card.name, card.office) == (name, office)
    assert not any(unicodedata.category(letter) in ("Cc", "Cf") for letter in name + office)


@pytest.mark.parametrize("text", ["", " ", "Ana\u202eelpmaS", "Ana\nSample", "A" * 201, "\ud800"])
def test_a_name_or_office_that_deceives_is_refused_on_reading_too(text: str) -> None:
    def card(name: str, office: str) -> Card:
        return Card(name, "opr-inspector", office, ana().author, ana().sealing_public)

    assert read_card(_signed_anyway(card("Ana Sample", "OPR"))).office == "OPR"
    for name, office, what in ((text, "OPR", "The name"), ("Ana Sample", text, "The office")):
        with pytest.raises(BadInput, match=what):
            make_card(ana(), name, "opr-inspector", office)
        with pytest.raises(BadInput):
            read_card(_signed_anyway(card(name, office)))


def _signed_anyway(card: Card) -> bytes:
    body = json.dumps(card._value(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    data = body.encode("utf-8", "surrogatepass")
    signature = sign(ana(), "card", hashlib.sha256(data).hexdigest()).hex()
    rest = f',"predecessor_signature":null,"signature":"{signature}"}}'
    return b'{"card":' + data + rest.encode()


def test_a_role_is_one_of_the_table() -> None:
    assert {"opr-inspector", "opr-reviewer", "field-supervisor", "ero-headquarters"} == {*roles()}
    assert "start-inspection" in roles()["opr-inspector"].may
    assert "start-oversight-review" in roles()["field-supervisor"].may
    for oversees, role in roles().items():
        assert ("corrective-action" in role.may) == (not oversees.startswith("opr-"))
    with pytest.raises(BadInput, match="opr-reviewer"):
        make_card(ana(), "Ana Sample", "director", "OPR")
