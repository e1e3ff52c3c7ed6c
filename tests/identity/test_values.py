"""Protected values: a person's name under the key of its inspection."""

import pytest

from inspector_app import canonical
from inspector_app.errors import BadInput, WrongSecret
from inspector_app.identity import new_value_key, open_value, seal_value


def test_a_protected_name() -> None:
    key, other = new_value_key(), new_value_key()
    value = seal_value(key, "J. Specimen, né Example")
    assert open_value(key, value) == "J. Specimen, né Example"
    assert seal_value(key, "J. Specimen") != seal_value(key, "J. Specimen")
    assert canonical.decode(canonical.encode({"name": value})) == {"name": value}
    with pytest.raises(WrongSecret):
        open_value(other, value)


def test_a_damaged_protected_name_is_refused() -> None:
    key = new_value_key()
    sealed = str(seal_value(key, "J. Specimen")["sealed"])
    for at in range(len(sealed)):
        other = "B" if sealed[at] != "B" else "C"
        with pytest.raises((BadInput, WrongSecret)):
            open_value(key, {"sealed": sealed[:at] + other + sealed[at + 1 :]})
    for odd in ({}, {"sealed": 1}, {"sealed": sealed, "more": 1}, None, sealed, {"sealed": "é"}):
        with pytest.raises(BadInput):
            open_value(key, odd)
    with pytest.raises(BadInput):
        seal_value(key, "half \ud800")
