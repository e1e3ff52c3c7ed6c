"""S1: whatever byte of a bundle is flipped, and wherever it is cut, nothing of it is merged."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector_app.errors import UserError
from tests.conftest import Told
from tests.harness import TORTURE, count
from tests.test_bundle import Pair, _hostile, _keep, _unchanged, pair

__all__ = ["pair"]
FLIPS, CUTS = count(40, 0), count(20, 0)


@pytest.fixture
def small(pair: Pair, tmp_path: Path) -> Path:
    """A bundle with one change that would come in, were it whole."""
    return _hostile(pair, tmp_path, lambda db: _keep(db, pair.written(text="as it was")))


def _places(size: int, some: int) -> list[int]:
    """Some of them, among them both ends and the letter's; every one in torture."""
    if TORTURE:
        return list(range(size))
    return sorted({0, 511, 512, size - 1, *random.Random(size).sample(range(size), some)})


def _flipped(data: bytes) -> Iterator[bytes]:
    chance = random.Random(1)
    for place in _places(len(data), FLIPS):
        altered = bytearray(data)
        altered[place] ^= 1 << chance.randrange(8)
        yield bytes(altered)


def _cut(data: bytes) -> Iterator[bytes]:
    yield from (data[:place] for place in _places(len(data), CUTS))
    yield data + b"\0"


def test_every_flip_and_every_cut_is_refused(pair: Pair, small: Path, told: Told) -> None:
    data, tried = small.read_bytes(), 0
    with _unchanged(pair.ben):
        for altered in (*_flipped(data), *_cut(data)):
            small.write_bytes(altered)
            with pytest.raises(UserError):
                pair.ben.merge(small)
            tried += 1
    told(f"bundle of {len(data)} bytes: {tried} flips and cuts refused")
    small.write_bytes(data)
    assert pair.ben.merge(small).new == 1  # the bundle was good
