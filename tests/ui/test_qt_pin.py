"""The reason for the upper bound on PySide6 in pyproject.toml.

PySide6 6.12.0 gives away a reference to None with every call that returns nothing, and about
5,000 calls later Python 3.11 aborts.
"""

import sys

from PySide6.QtCore import QObject

CALLS = 1_000


def test_qt_calls_do_not_use_up_none() -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - CALLS // 10
