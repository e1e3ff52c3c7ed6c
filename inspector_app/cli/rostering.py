"""Commands on rosters of designated officers and on complaint posters. They open no workspace."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from inspector_app import forms, roster_file
from inspector_app.cli import FILE, main, say
from inspector_app.errors import BadInput
from inspector_app.files import bytes_of, write_whole
from inspector_app.rules import posters
from inspector_app.rules.roster import Standing, standings, unlisted, with_termination
from inspector_app.rules.roster_findings import Candidate, candidates
from inspector_app.rules.roster_terms import NO_TERMS, Terms, terms_of
from inspector_app.rules.spans import Span
from inspector_app.rules.training import not_known, shipped_lists
from inspector_app.rules.training_lists import TrainingList, read_lists

MODELS = click.Choice(["JEM", "WSO", "TFM"])
DAY = click.DateTime(["%Y-%m-%d"])


def _day(context: click.Context, option: click.Parameter, text: str | None) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date() if text else date.today()
    except ValueError:
        raise BadInput(f"{option.name} must be a day like 2026-03-10.") from None


def _years(
    context: click.Context, option: click.Parameter, texts: Sequence[str]
) -> tuple[int, ...]:
    """Fiscal years such as 2026 or FY2026; several with commas between them."""
    words = [word.strip().upper().removeprefix("FY") for text in texts for word in text.split(",")]
    if not all(word.isascii() and word.isdigit() and len(word) == 4 for word in words):
        raise BadInput("--list takes fiscal years, such as 2026 or FY2026.")
    return tuple(int(word) for word in words)


def _bytes(path: Path, what: str) -> bytes:
    try:
        return bytes_of(path)
    except OSError:
        raise BadInput(f"The {what} cannot be read.") from None


def _note(sentence: str) -> None:
    click.echo(sentence, err=True)


def _lists(file: Path | None, years: Sequence[int]) -> list[TrainingList]:
    """The lists asked for: an office's own before those that ship. BadInput for an unknown year."""
    own = read_lists(_bytes(file, "file of training lists"), file.name) if file else ()
    known = {each.fiscal_year: each for each in (*shipped_lists(), *own)}
    missing = [year for year in years if year not in known]
    if missing:
        which = ", ".join(f"FY{year}" for year in missing)
        raise BadInput(f"No training list of {which} is known. {not_known()}")
    chosen = years or [each.fiscal_year for each in own]
    return [known[year] for year in sorted(set(chosen))]


@main.group("roster")
def roster_group() -> None:
    """Rosters of designated officers, their training, and complaint posters."""


@roster_group.command("check")
@click.argument("file", type=FILE)
@click.option("--acts", "acts_file", type=FILE, help="Acts under the agreement: officer and day.")
@click.option("--form", "form_id", help="The revision, such as jem-2025; without it, no findings.")
@click.option("--on", callback=_day, help="Judge as of the end of this day; else of today.")
@click.option(
    "--list", "years", multiple=True, callback=_years, help="Training list of a fiscal year."
)
@click.option("--lists", "lists_file", type=FILE, help="Your office's own training lists (TOML).")
@click.option("--ended", type=DAY, help="The agreement was terminated on this day, for everybody.")
def check(
    file: Path,
    acts_file: Path | None,
    form_id: str | None,
    on: date,
    years: tuple[int, ...],
    lists_file: Path | None,
    ended: datetime | None,
) -> None:
    """Read a roster (CSV or XLSX): one line an officer, then the candidate findings.

    Nothing here is a violation: an inspector accepts or declines each candidate.
    """
    terms = terms_of(forms.load(form_id)) if form_id else NO_TERMS
    lists = _lists(lists_file, years)
    roster = roster_file.read_roster(_bytes(file, "roster"))
    acts = roster_file.read_acts(_bytes(acts_file, "list of acts")) if acts_file else ()
    officers = with_termination(roster.officers, ended.date()) if ended else roster.officers
    found = standings(officers, acts, terms, lists, on)
    strangers = unlisted(roster.officers, acts)
    for standing in found:
        say(_shown_officer(standing))
    for candidate in candidates(found, strangers, terms, on):
        say(_shown_candidate(candidate))
    _tell(roster, terms, lists, on)


def _tell(
    roster: roster_file.Roster, terms: Terms, lists: Sequence[TrainingList], on: date
) -> None:
    """What was not looked at, so that silence is never read as good news."""
    if not terms.form:
        _note("No form was given, so nothing was held against an agreement; add --form.")
    if roster.unread:
        _note(f"Not read, since the heading is not known: {roster.unread}.")
    if roster.absent:
        _note(f"The roster has no column for: {', '.join(roster.absent)}.")
    if not lists:
        _note(f"Annual courses were not checked. {not_known()}")
    for each in lists:
        if terms.model and not each.binds(terms.model):
            _note(f"The training list of FY{each.fiscal_year} only raises questions here.")
    _note(f"As of the end of {on}. Days that are missing are unknown, never held against anyone.")


def _shown_officer(standing: Standing) -> dict[str, Any]:
    authorized = standing.authorized
    return {
        "officer": standing.officer.number,
        "authorized": None if authorized is None else [_shown_span(span) for span in authorized],
        "suspended": [_shown_span(span) for span in standing.officer.suspended],
        "overdue": [
            {"for": lapse.subject, "fiscal_year": lapse.fiscal_year, "due": lapse.due.isoformat()}
            | _shown_span(lapse.span)
            for lapse in standing.overdue
        ],
        "acts": [
            {"day": each.act.day.isoformat(), "kind": each.act.kind, "verdict": each.verdict}
            for each in standing.acts
        ],
        "near_due": [
            {"for": lapse.subject, "fiscal_year": lapse.fiscal_year, "due": lapse.due.isoformat()}
            | {"known": lapse.known}
            for lapse in standing.soon
        ],
        "verified": [day.isoformat() for day in standing.officer.verified.days],
        "unverified": list(standing.unverified),
        "unknown": list(standing.unknown),
    }


def _shown_span(span: Span) -> dict[str, str | None]:
    return {
        "first": span.first.isoformat(),
        "last": span.last.isoformat() if span.last is not None else None,
    }


def _shown_candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "candidate": candidate.key,
        "type": candidate.type,
        "weight": candidate.weight,
        "sentence": candidate.sentence,
        "officers": list(candidate.officers),
        "cases": [
            {
                "officer": case.officer,
                "days": [day.isoformat() for day in case.days],
                "words": case.words,
            }
            for case in candidate.cases
        ],
        "item": candidate.item or None,
        "document": candidate.document,
        "section": candidate.section,
    }


@roster_group.command("template")
@click.option("-o", "--out", required=True, type=FILE)
@click.option(
    "--list", "years", multiple=True, callback=_years, help="With columns for these courses."
)
@click.option("--lists", "lists_file", type=FILE, help="Your office's own training lists (TOML).")
def template(out: Path, years: tuple[int, ...], lists_file: Path | None) -> None:
    """Write an empty roster (CSV) with every column that is known."""
    lists = _lists(lists_file, years)
    courses = list(dict.fromkeys(course.title for each in lists for course in each.courses))
    write_whole(out, roster_file.template(courses))
    say({"file": out.name, "courses": len(courses)})


# -- posters ---------------------------------------------------------------------------------------


@roster_group.command("poster")
@click.option("--on", callback=_day, help="The contacts of this day; else of today.")
@click.option("--model", required=True, type=MODELS)
@click.option("--form", "form_id", help="The revision, to say whether it asks for posters.")
@click.option(
    "--contacts", "contacts_file", type=FILE, help="What the posters show: language, contact."
)
def poster(on: date, model: str, form_id: str | None, contacts_file: Path | None) -> None:
    """The contacts a complaint poster should show, and how the posters seen differ from them."""
    if form_id:
        _say_duty(form_id, model)
    for each in posters.expected(on, model):
        say(
            {"expected": each.contact.value, "presumed": each.presumed}
            | _shown_contact(each.contact)
        )
    if contacts_file:
        read = roster_file.read_contacts(_bytes(contacts_file, "list of contacts"))
        for compared in posters.compare(on, model, read):
            say(
                {
                    "poster": compared.language,
                    "state": compared.state,
                    "shown": compared.text or None,
                    "contact": compared.contact.value if compared.contact else None,
                    "sentence": compared.sentence,
                }
            )
    _note("No agreement says what a poster must show: a difference is a question, no violation.")


def _say_duty(form_id: str, model: str) -> None:
    form = forms.load(form_id)
    if form.model != model:
        raise BadInput(f"The form {form.id} is for {form.model}, not for {model}.")
    duty = posters.duty(form)
    say({"form": form.id, "posters": duty.posters, "says": duty.says, "section": duty.section})


def _shown_contact(contact: posters.Contact) -> dict[str, Any]:
    return {
        "office": contact.office,
        "kind": contact.kind,
        "source": contact.source,
        "use": contact.use,
        "seen_from": contact.first.isoformat(),
        "seen_to": contact.last.isoformat() if contact.last is not None else None,
        "certainty": contact.certainty,
    }
