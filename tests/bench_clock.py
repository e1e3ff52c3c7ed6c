"""How long something takes, and how much memory, for `make bench`."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


def timed(act: Callable[[], T]) -> tuple[float, T]:
    """Milliseconds, and what came of it."""
    before = time.perf_counter()
    made = act()
    return (time.perf_counter() - before) * 1000, made


def milliseconds(act: Callable[[], object]) -> float:
    return timed(act)[0]


def best_in_turn(
    figure: Callable[[], object], floor: Callable[[], object], times: int
) -> tuple[float, float]:
    """The best of each, measured in turn, so that a busy machine slows both alike."""
    pairs = [(milliseconds(figure), milliseconds(floor)) for _ in range(times)]
    return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)


def most_memory() -> float:
    """Megabytes of this process at its most; Linux counts them anew for a program that starts."""
    status = Path("/proc/self/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1000
