"""How much a harness does: a little in `make test`, the published figures in `make torture`.

A module that counts at import (a hypothesis setting, a parametrization) imports these; a test
asks for the fixtures of the same names.
"""

import os

TORTURE = bool(os.environ.get("TORTURE"))


def count(small: int, full: int) -> int:
    """How many: `small` in `make test`, `full` in `make torture`."""
    return full if TORTURE else small
