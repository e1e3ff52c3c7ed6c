"""Every test of the window begins with the preferences of a new laptop."""

import pytest

from inspector_app.ui import preferences


@pytest.fixture(autouse=True)
def new_laptop() -> None:
    """What an earlier test chose would otherwise change the looks, and the time, of the next."""
    preferences._settings().clear()
