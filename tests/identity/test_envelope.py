"""The envelope: what its outside must look like before any key is tried."""

from collections.abc import Callable
from typing import Any

import pytest

from inspector_app.errors import BadInput
from inspector_app.identity import envelope
from inspector_app.identity import letter as letter_format
from tests.identity.specimens import changed, letter


def read(data: bytes) -> tuple[str, ...]:
    return envelope.read(letter_format._LETTER, data).kids


def _noted(file: dict[str, Any]) -> None:
    file["recipients"][1]["header"]["note"] = "for later"


def _longer(file: dict[str, Any]) -> None:
    file["recipients"][1]["header"]["kid"] += "AAAA"


@pytest.mark.parametrize(
    "change",
    [
        _noted,
        _longer,
        lambda file: file["recipients"].append(file["recipients"][0]),
        lambda file: file.update(note="for later"),
        lambda file: file.update(tag=file["tag"] + "AA"),
    ],
)
def test_one_shape_and_no_other(change: Callable[[Any], None]) -> None:
    assert len(read(letter())) == 2
    with pytest.raises(BadInput):
        read(changed(letter(), change))


def test_seventeen_slots_are_too_many() -> None:
    def crowded(size: int) -> Callable[[Any], None]:
        def change(file: dict[str, Any]) -> None:
            slot = file["recipients"][0]
            kids = [envelope.to_base64url(bytes([number] * 32)) for number in range(size)]
            file["recipients"] = [
                {**slot, "header": {**slot["header"], "kid": kid}} for kid in kids
            ]

        return change

    assert len(read(changed(letter(), crowded(16)))) == 16
    with pytest.raises(BadInput):
        read(changed(letter(), crowded(17)))


@pytest.mark.parametrize(
    "text", ["AQ==", "AR", "A", "A+", "A/", "AQ\n", " AQ", "é", None, 1, b"AQ"]
)
def test_base64url_has_one_spelling(text: object) -> None:
    assert envelope.from_base64url("AQ") == b"\x01"
    with pytest.raises(ValueError):
        envelope.from_base64url(text)


def test_a_public_key_is_a_point_on_the_curve_and_nothing_more() -> None:
    real = {"crv": "P-256", "kty": "EC"} | {
        "x": "kTo29II4kUAZcXdfCzIGGcIP7Z9gyyYui5YyS70Boew",
        "y": "K88hUVRdogNTbQjBOZXeejuQo5380foDbanw_GD3ecs",
    }
    assert envelope.public_jwk(real) == real
    for odd in (
        {**real, "d": real["x"]},
        {**real, "y": real["x"]},
        {**real, "crv": "P-384"},
        {**real, "kty": "OKP"},
        {**real, "x": real["x"] + "AA"},
        {**real, "x": "A" * 43},
        {},
        None,
    ):
        with pytest.raises(ValueError):
            envelope.public_jwk(odd)
