"""A refusal, then two interviews at once, by real keys and clicks: called away in mid-sentence."""

import pytest
from PySide6.QtWidgets import QLineEdit

from inspector_app.records import Interview
from inspector_app.workspace import names
from tests.conftest import Told
from tests.functional.window import Gate, Hands, Interviews
from tests.ui.open_pages import SECRET

OFFERED = "Did anyone ask whether you wanted an interpreter?"
ENDED = "¿Alguien le preguntó si quería un intérprete?"
UNDERSTOOD = "What do you do when the person does not understand you?"
NAME = "Specimen, J., of cell 12"
PHONE = "The county's line, for Spanish"


def interviews(hands: Hands) -> dict[str, Interview]:
    """By their labels."""
    inspection = hands.workspace.inspection(hands.workspace.inspection_ids()[0])
    return {interview.label: interview for interview in inspection.all(Interview)}


@pytest.mark.qt_log_ignore("This plugin does not support")  # of a list that drops down
def test_two_interviews_at_once_in_mid_sentence_through_a_lock(hands: Hands, told: Told) -> None:
    desk = Interviews(hands)
    desk.begin("Designated immigration officer")
    hands.click("The person refused")
    hands.type("On advice of the union")

    desk.begin("Detained person (voluntary)")
    assert hands.sees(ENDED)
    with_an_interpreter(hands)
    hands.pick("Consent", "Given")
    desk.says("Name (sealed)", NAME)
    hands.pick(f"{OFFERED} Read out in", "Spanish")
    desk.says(f"{OFFERED} Summary", "Nobody asked; a cousin")
    desk.begin("Booking officer")
    desk.says(f"{UNDERSTOOD} Summary", "Takes the telephone or")
    desk.other()
    hands.type(" in the next bunk helped")  # at the word where it was left
    desk.other()
    hands.type(" a colleague")
    desk.other()
    desk.says(f"{OFFERED} In their own words", "Nadie me dijo nada")

    Gate(hands).unlock(SECRET)
    hands.type(" de eso")
    assert desk.open == ["Detainee A-1", "Officer A-2"]
    assert not shows(hands, NAME)
    hands.pick(f"{OFFERED} Quote written in", "Spanish")
    desk.other()
    desk.says("Function", "Night shift")
    hands.key("Tab")
    told(f"three interviews, two of them at once: {hands.actions} actions")
    is_as_it_was_said(hands)


def with_an_interpreter(hands: Hands) -> None:
    """From the language on with Tab alone: a list of four, who it was, who was there."""
    hands.click("Language")
    hands.type("Spanish")
    hands.key("Tab")
    for _ in range(3):
        hands.key("Down")
    hands.key("Tab")
    hands.type(PHONE)
    hands.key("Tab")
    hands.type("One officer, outside the glass")


def is_as_it_was_said(hands: Hands) -> None:
    found = interviews(hands)
    refused, detainee = found["Officer A-1"], found["Detainee A-1"]
    officer = found["Officer A-2"]
    assert (refused.refused, refused.refused_reason) == (True, "On advice of the union")
    assert (detainee.language, detainee.interpreter) == ("Spanish", "telephone")
    assert (detainee.interpreter_note, detainee.consent) == (PHONE, True)
    assert detainee.present == "One officer, outside the glass"
    assert detainee.read_out == {"interpreter": "es"}
    assert detainee.answers == {"interpreter": "Nobody asked; a cousin in the next bunk helped"}
    assert detainee.quotes == {"interpreter": "Nadie me dijo nada de eso"}
    assert detainee.quoted_in == {"interpreter": "es"}
    assert officer.answers == {"language": "Takes the telephone or a colleague"}
    assert officer.title == "Night shift"
    id = hands.workspace.inspection_ids()[0]
    assert names.name_of(hands.workspace, id, detainee.id).text == NAME


def shows(hands: Hands, words: str) -> bool:
    """Whether somebody who looks at the window can read this; dots cannot be read."""
    lines = [one.displayText() for one in hands.window.findChildren(QLineEdit)]
    return hands.sees(words) or any(words in line for line in lines)
