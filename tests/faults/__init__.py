"""What happens when the disk, the power or the clock fails, or the process is killed."""

import pytest

pytest.register_assert_rewrite("tests.faults.place")  # so that a failure says what was compared
