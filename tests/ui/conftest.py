"""Every test of the window begins with the preferences of a new laptop, and collects as it does."""

import gc

import pytest
from PySide6.QtWidgets import QApplication

from inspector_app.ui import preferences
from inspector_app.ui.collecting import Collecting


@pytest.fixture(autouse=True)
def new_laptop(qapp: QApplication) -> None:
    """What an earlier test chose would otherwise change the looks, and the time, of the next.

    A page without its window would be taken apart in a worker's thread, which Qt does not survive.
    """
    preferences._settings().clear()
    if gc.isenabled():
        Collecting(qapp)
