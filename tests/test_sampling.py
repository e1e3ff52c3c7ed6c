"""Samples: anybody draws the same again, every file has the same chance, nothing leaks."""

import json
import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from math import exp
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.errors import BadInput
from inspector_app.rules.sampling import (
    Draw,
    Replacement,
    choose,
    draw,
    draw_all,
    read_frame,
    replace,
    seed_of,
    sha256_order,
)
from tests.conftest import ROOT
from tests.functional.terminal import Terminal

INSPECTION = "5e" * 32
FIXED = (6, 2, 3, 1, 4, 5)
FRAME = read_frame([f"file {number:03}" for number in range(1, 41)])


# -- the same again ----------------------------------------------------------------------------


def test_a_fixed_draw_stays_what_it_is() -> None:
    """Computed once with `sha256sum`; a sample in a signed report must come out the same."""
    frame = read_frame(["A-1", "A-2", "A-3", "b", "é", "文"])
    assert sha256_order(frame, "0 1") == FIXED
    assert draw(frame, "0", 1, 2).chosen == FIXED[:2]


def _by_hand() -> str:
    """The program that docs/rules.md prints for everybody."""
    text = (ROOT / "docs" / "rules.md").read_text("utf-8")
    [program] = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    return str(program)


def _other_pythons() -> list[str]:
    """Interpreters of other versions than this one; this one where there is none."""
    beside = Path(sys.base_prefix).parent.glob("*/bin/python3")
    found: dict[str, str] = {}
    for path in filter(None, (shutil.which("python3", path="/usr/bin"), *map(str, sorted(beside)))):
        asked = subprocess.run([path, "-IV"], capture_output=True, text=True, check=False)
        if asked.returncode == 0:
            found.setdefault(asked.stdout.strip(), path)
    found.pop(f"Python {sys.version.split()[0]}", None)
    return list(found.values()) or [sys.executable]


def test_the_program_in_the_manual_draws_the_same_on_other_pythons(tmp_path: Path) -> None:
    odd = ["  A-17 \t", "a-17", "Mu\u0308ller", "Müller 2", "文 3", "\u00a0NBSP\u00a0", "x" * 500]
    lines = [*odd, *(f"2026-{number}" for number in range(300))]
    drawn = draw(read_frame(lines), INSPECTION, 7, 40, reason="A file room was closed.")
    program = tmp_path / "redraw.py"
    program.write_text(_by_hand(), "utf-8")
    for python in _other_pythons():
        done = subprocess.run(
            [python, "-I", str(program), f"{INSPECTION} 7", "40"],
            input="\r\n".join(lines).encode() + b"\r\n",
            capture_output=True,
            check=True,
        )
        assert json.loads(done.stdout) == list(drawn.chosen), python


def test_the_program_in_the_manual_has_ten_lines() -> None:
    assert len([line for line in _by_hand().splitlines() if line.strip()]) <= 10


def test_the_seed_is_the_inspection_and_the_number_of_the_draw() -> None:
    assert seed_of(INSPECTION, 12) == INSPECTION + " 12"


@given(st.permutations(FRAME), st.integers(1, 99))
def test_the_files_drawn_do_not_depend_on_the_order_of_the_list(
    shuffled: list[str], number: int
) -> None:
    def files(frame: list[str]) -> list[str]:
        drawn = draw(frame, INSPECTION, number, 9, reason="again")
        return [frame[place - 1] for place in drawn.chosen]

    assert files(shuffled) == files(list(FRAME))


@given(st.integers(1, 40), st.integers(1, 40))
def test_a_larger_sample_begins_with_the_smaller(size: int, other: int) -> None:
    small, large = sorted((size, other))
    larger = draw(FRAME, INSPECTION, 1, large)
    assert larger.chosen[:small] == draw(FRAME, INSPECTION, 1, small).chosen
    assert sorted(larger.order) == list(range(1, 41))


def test_another_draw_or_inspection_draws_others() -> None:
    first = draw(FRAME, INSPECTION, 1, 10).chosen
    assert draw(FRAME, INSPECTION, 2, 10, reason="again").chosen != first
    assert draw(FRAME, "5f" * 32, 1, 10).chosen != first


# -- the same chance ---------------------------------------------------------------------------

FILES, SIZE, SEEDS = 21, 5, 6000
LEAST_LIKELY = 0.001  # how rarely a fair method may do worse than what is accepted


def _chance(order_of: Callable[[list[str], str], tuple[int, ...]], size: int) -> float:
    """Chi-square of how often each of 21 files is drawn, as the chance of a fair method.

    Files drawn without replacement hold each other back, hence the factor (N-1)/N; 20 degrees
    of freedom are even, for which the distribution has a closed form.
    """
    frame = [f"2026-{number:04}" for number in range(FILES)]
    drawn = Counter(
        place for seed in range(SEEDS) for place in order_of(frame, f"{INSPECTION} {seed}")[:size]
    )
    share = size / FILES
    spread = SEEDS * share * (1 - share)
    squares = sum((drawn[place] - SEEDS * share) ** 2 for place in range(1, FILES + 1))
    half = squares / spread * (FILES - 1) / FILES / 2
    term = total = exp(-half)
    for k in range(1, (FILES - 1) // 2):
        term *= half / k
        total += term
    return total


@pytest.mark.parametrize("size", [1, SIZE, FILES - 1])
def test_every_file_is_drawn_equally_often(size: int) -> None:
    assert LEAST_LIKELY < _chance(sha256_order, size) < 1 - LEAST_LIKELY


def test_the_measure_finds_a_method_that_is_a_little_unfair() -> None:
    def unfair(frame: list[str], seed: str) -> tuple[int, ...]:
        """In one seed of twenty, file 1 comes first."""
        order = sha256_order(frame, seed)
        return (1, *order) if int(seed.split()[1]) % 20 == 0 else order

    assert _chance(unfair, SIZE) < LEAST_LIKELY
    assert _chance(lambda frame, seed: tuple(range(1, 22)), SIZE) < LEAST_LIKELY


def test_two_neighbors_are_drawn_together_as_often_as_chance_has_it() -> None:
    """Within four standard deviations of what 6,000 fair draws of 5 out of 21 give."""
    frame = [f"2026-{number:04}" for number in range(FILES)]
    share = (SIZE / FILES) * (SIZE - 1) / (FILES - 1)
    spread = (SEEDS * share * (1 - share)) ** 0.5
    samples = [set(sha256_order(frame, f"{INSPECTION} {n}")[:SIZE]) for n in range(SEEDS)]
    for place in range(1, FILES):
        together = sum({place, place + 1} <= sample for sample in samples)
        assert abs(together - SEEDS * share) < 4 * spread


# -- the list of files -------------------------------------------------------------------------


def _refused(lines: list[str]) -> tuple[str, ...]:
    with pytest.raises(BadInput, match="nothing was drawn") as refusal:
        read_frame(lines)
    return (refusal.value.message, *refusal.value.details)


def test_every_blank_or_repeated_line_is_named_by_its_number_and_never_by_its_content() -> None:
    lines = ["A-123", "", "A-456", " A-123\t", "   ", "A-456", "A-123"]
    _, *faults = _refused(lines)
    assert faults == [
        "Line 2 is blank.",
        "Line 4 repeats line 1.",
        "Line 5 is blank.",
        "Line 6 repeats line 3.",
        "Line 7 repeats line 1.",
    ]


def test_two_spellings_of_one_letter_are_one_identifier() -> None:
    composed, taken_apart = "Müller", unicodedata.normalize("NFD", "Müller")
    assert composed != taken_apart
    assert _refused([composed, taken_apart])[1:] == ("Line 2 repeats line 1.",)
    assert sha256_order(read_frame([composed, "x"]), "s") == sha256_order(
        read_frame([taken_apart, "x"]), "s"
    )


@pytest.mark.parametrize("line", ["A\0B", "A\udce9"])
def test_what_cannot_be_hashed_in_one_way_is_refused(line: str) -> None:
    assert "Line 2" in _refused(["A", line])[1]


def test_a_long_list_of_faults_is_cut_short() -> None:
    _, *faults = _refused(["A"] * 1000)
    assert len(faults) == 21 and faults[-1] == "And 979 more."


def test_an_empty_list_is_refused() -> None:
    assert "empty" in _refused([])[0]


@given(st.lists(st.text(max_size=6), max_size=8))
def test_a_list_is_read_whole_or_refused_with_its_lines(lines: list[str]) -> None:
    keys = [unicodedata.normalize("NFC", line.strip()) for line in lines]
    good = bool(keys) and all(keys) and len(set(keys)) == len(keys) and "\0" not in "".join(keys)
    if good:
        assert read_frame(lines) == tuple(keys)
    else:
        _refused(lines)


# -- draws that a record keeps -----------------------------------------------------------------


def test_a_draw_holds_places_and_no_identifier() -> None:
    drawn = draw(FRAME, INSPECTION, 1, 5)
    kept = json.dumps(asdict(drawn))
    assert "file" not in kept
    assert Draw(**{**json.loads(kept), "order": tuple(json.loads(kept)["order"])}) == drawn
    assert (drawn.method, drawn.frame, len(drawn.chosen)) == ("sha256-1", 40, 5)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_second_draw_needs_a_reason(reason: str) -> None:
    with pytest.raises(BadInput, match="reason"):
        draw(FRAME, INSPECTION, 2, 5, reason=reason)
    with pytest.raises(BadInput, match="reason"):
        draw_all(40, number=2, reason=reason)
    with pytest.raises(BadInput, match="reason"):
        choose(40, [1], reason=reason)
    assert draw(FRAME, INSPECTION, 2, 5, reason="Wrong month. ").reason == "Wrong month."


@pytest.mark.parametrize("size", [0, -1, 41])
def test_a_sample_has_at_least_one_file_and_at_most_all(size: int) -> None:
    with pytest.raises(BadInput, match="between 1 and 40"):
        draw(FRAME, INSPECTION, 1, size)


@pytest.mark.parametrize(("inspection", "number"), [("", 1), (" ", 1), ("a\0b", 1), ("a", 0)])
def test_a_seed_is_an_inspection_and_a_number(inspection: str, number: int) -> None:
    with pytest.raises(BadInput):
        draw(FRAME, inspection, number, 1)


def test_all_files_are_all_files() -> None:
    drawn = draw_all(3)
    assert (drawn.method, drawn.chosen, drawn.seed) == ("all", (1, 2, 3), "")
    with pytest.raises(BadInput, match="empty"):
        draw_all(0)


@pytest.mark.parametrize("positions", [[], [0], [41], [3, 3]])
def test_files_chosen_by_judgment_are_files_of_the_list(positions: list[int]) -> None:
    with pytest.raises(BadInput):
        choose(40, positions, reason="The three longest holds.")


# -- replacements ------------------------------------------------------------------------------


def test_replacements_follow_in_the_order_of_the_draw() -> None:
    drawn = draw(FRAME, INSPECTION, 1, 5)
    first = replace(drawn, drawn.chosen[3], "The file is at court.")
    second = replace(drawn, first.by, "Not found either.", [first])
    assert [first.by, second.by] == list(drawn.order[5:7])
    assert draw(FRAME, INSPECTION, 1, 7).chosen[5:] == (first.by, second.by)


def test_a_replacement_needs_a_reason_and_a_file_of_the_sample() -> None:
    drawn = draw(FRAME, INSPECTION, 1, 5)
    with pytest.raises(BadInput, match="reason"):
        replace(drawn, drawn.chosen[0], " ")
    with pytest.raises(BadInput, match="not in the sample"):
        replace(drawn, drawn.order[5], "Not found.")
    earlier = [Replacement(drawn.chosen[0], drawn.order[5], "Not found.")]
    with pytest.raises(BadInput, match="not in the sample"):
        replace(drawn, drawn.chosen[0], "Not found.", earlier)


@pytest.mark.parametrize("drawn", [draw_all(3), choose(9, [1, 2], reason="Two holds.")])
def test_when_no_file_is_left_that_is_said(drawn: Draw) -> None:
    with pytest.raises(BadInput, match="could not be examined"):
        replace(drawn, 1, "Not found.")


# -- the command -------------------------------------------------------------------------------


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(monkeypatch, capsys)


def _draw(terminal: Terminal, frame: str, size: int = 2) -> list[dict[str, object]]:
    asked = ("rules", "draw", "--seed", "0", "--number", 1, "--size", size)
    return terminal.run(*asked, stdin=frame)


@pytest.mark.parametrize(
    "frame", ["A-1\nA-2\nA-3\nb\né\n文", "\ufeffA-1\r\nA-2\r\nA-3\r\nb\r\né\r\n文\r\n"]
)
def test_the_command_says_places_in_the_order_of_the_draw(terminal: Terminal, frame: str) -> None:
    [said] = _draw(terminal, frame)
    assert said == {
        "method": "sha256-1",
        "seed": "0 1",
        "number": 1,
        "frame": 6,
        "size": 2,
        "positions": list(FIXED[:2]),
        "then": list(FIXED[2:]),
    }


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        ("", "empty"),
        ("\n", "Line 1 is blank"),
        ("A-77\nA-77\n", "Line 2 repeats line 1"),
        ("A-77\n\n", "Line 2 is blank"),
        ("A-77\n", "between 1 and 1"),
        ("A-77\nB\udce9\n", "see line 2"),
    ],
)
def test_a_list_with_faults_draws_nothing_and_shows_no_identifier(
    terminal: Terminal, frame: str, says: str
) -> None:
    assert _draw(terminal, frame) == [] and terminal.code == 2
    assert says in terminal.errors and "77" not in terminal.errors
