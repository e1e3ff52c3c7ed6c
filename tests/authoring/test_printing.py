"""A form on paper: everything an inspector needs of it, 88 columns, nothing but text."""

import pytest

from inspector_app import forms
from inspector_app.authoring.printing import as_text
from tests.authoring.test_differing import FULL
from tests.test_forms import FORM, SHIPPED, read

PAGE = """\
A form for tests
================

Form jem-test, JEM, Revised 01/02/2024; 2 questions.
Text seen in copies signed from January 2, 2024 to March 4, 2024.
Training: 70 percent to pass.
SHA-256 {digest} (not one of the
forms that were released).

The agreement is recognized by:
  “Revised 01/02/2024”

Documents
---------
  moa: Memorandum of Agreement (agreement).
  directive: A directive nobody has seen, 12.3 (policy; in force from December 7, 2010
    to December 7, 2020; text not held here: quote the copy at hand).

Sections of the agreement
-------------------------
  V.C   Community outreach
  V.D   Release of information
  IV.G  Interpretation services
  VII   Points of contact

Where agreements differ, this one says
--------------------------------------
  Exams: at least 70 percent (IV.G)
  Detainer notice to ICE: at most 24 hours (IV.G) [generally 24 hours, weekends counted]

Interpretation
==============

j-1  Is an interpreter offered?
     - Read the records of ten persons.
     Agreement, section IV.G, page 4: “a b c d e six seven eight”
     12.3.
     Evidence: read in records, told in an interview. A correction is verified at the
       desk.
     A failure is: D03 Interpreter or translation not provided, offered or recorded; A01
       Interpreter or translation not offered, used or recorded. Its number begins with
       INT.
     Who answers: officers of the agency.
     Earlier: j-0.

j-2  Was the failure reported?
     - The reports
     - Read the reports of the year.
     12.3, 2: “Report it.”
     Evidence: read in records. A correction is verified on site.
     A failure has no type yet; the inspector chooses. Its number begins with SUP.
     Who answers: ICE field office.
     Asked only when j-1 is not met.
     Taken from a report; nobody here has read the document itself.

Samples
=======

Case files
----------
[Asked] Does the record hold the question? (j-1, IV.G)
[Signed] Is it signed?

Tour
====

Lobby
-----
- Posters in two languages (j-1)

Interviews
==========

Designated immigration officer (agency)
---------------------------------------
The Spanish is a working translation, not official.
- Which functions do you perform?            ¿Qué funciones realiza?

Not asked, and why
==================
J-92: This form has no steering committee."""


def test_a_form_is_printed_as_an_inspector_reads_it() -> None:
    form = read(FULL)
    assert as_text(form) == PAGE.format(digest=form.digest)


def test_what_a_form_does_not_have_has_no_heading() -> None:
    text = as_text(read(FORM))
    for title in ("Samples", "Tour", "Interviews", "Sections of the agreement", "Training"):
        assert title not in text


@pytest.mark.parametrize("form_id", SHIPPED)
def test_every_word_of_a_form_that_ships_is_on_its_page(form_id: str) -> None:
    form = forms.load(form_id)
    text = as_text(form)
    assert all(char.isprintable() or char == "\n" for char in text)
    assert max(map(len, text.split("\n"))) <= 88
    flat = " ".join(text.split())
    said = [part for item in form.items for part in (item.id, item.question, *item.look_at)]
    said += [cited.quotation for item in form.items for cited in item.citations]
    said += [document.title for document in form.documents]
    said += [attribute.question for kind in form.sample_kinds for attribute in kind.attributes]
    said += [point.text for area in form.areas for point in area.points]
    said += [other.reason for other in form.not_asked]
    said += [clause.title for clause in form.clauses] + [point.says for point in form.points]
    assert [words for words in said if " ".join(words.split()) not in flat] == []


@pytest.mark.parametrize("form_id", SHIPPED)
def test_the_spanish_stands_beside_the_english(form_id: str) -> None:
    lines = as_text(forms.load(form_id)).split("\n")
    topics = [topic for role in forms.load(form_id).interview_roles for topic in role.topics]
    for topic in topics:
        english, spanish = topic.english.split()[0], (topic.spanish or "").split()[:1]
        beside = [line for line in lines if line.startswith(f"- {english} ")]
        assert beside
        assert not spanish or any(line[45:].startswith(spanish[0]) for line in beside)
