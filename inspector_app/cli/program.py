"""Commands on the program as a whole: who is due, the fiscal year's figures, the register."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from inspector_app.cli import FILE, FOLDER, main, opened, say
from inspector_app.derived.figures import Figures
from inspector_app.derived.published import published_table, supervisor_failures
from inspector_app.errors import BadInput
from inspector_app.files import write_whole
from inspector_app.rules.planning import Due, ProgramPlan
from inspector_app.rules.tying import Table
from inspector_app.workspace import planning, program

_PRACTICE = click.option(
    "--practice/--real", default=None, help="Count practice data alone, or none of it."
)


@main.command("plan")
@click.argument("folder", type=FOLDER)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As of this day.")
@_PRACTICE
def plan(folder: Path, on: datetime | None, practice: bool | None) -> None:
    """Who is due or overdue under the two-year rule; WSO reviews and task forces apart."""
    with opened(folder) as workspace:
        say(shown_plan(planning.program_plan(workspace, on.date() if on else None, practice)))


def shown_plan(found: ProgramPlan) -> dict[str, Any]:
    return {
        "fiscal_year": found.year.year,
        "on": found.on,
        "jem": len(found.jem),
        "inspected": found.inspected,
        "half": found.half,
        "about_half": found.is_about_half,
        "overdue": [_shown(one) for one in found.overdue],
        "due": [_shown(one) for one in found.due],
        "proposed": len(found.proposed),
        "wso_reviewed": sum(one.last is not None for one in found.wso),
        "wso": len(found.wso),
        "tfm": found.tfm,
    }


def _shown(one: Due) -> dict[str, Any]:
    return {
        "agency": one.agreement.title,
        "field_office": one.agreement.office,
        "last": one.last,
        "due": one.due,
        "days_late": one.days_late,
    }


@main.command("fiscal-year")
@click.argument("folder", type=FOLDER, required=False)
@click.option("--year", type=int, help="The fiscal year, named after the year it ends in.")
@click.option("-o", "--out", type=FILE, help="Write the report to this PDF file.")
@click.option(
    "--edition",
    type=click.Choice(program.EDITIONS),
    default="internal",
    show_default=True,
    help="Of the report: the public one withholds names, marked passages and persons’ numbers.",
)
@click.option("--sheets", type=FOLDER, help="Write what is counted as CSV into this folder.")
@click.option("--published", is_flag=True, help="The published figures of GAO-21-186 instead.")
@_PRACTICE
def fiscal_year(
    folder: Path | None,
    year: int | None,
    out: Path | None,
    edition: str,
    sheets: Path | None,
    published: bool,
    practice: bool | None,
) -> None:
    """The figures of a fiscal year, and the report with the lists behind them."""
    if published:
        _published(out)
        return
    if folder is None:
        raise BadInput("Name the folder of the workspace, or ask for --published.")
    with opened(folder) as workspace:
        found = program.figures(workspace, year, practice)
        if sheets is not None:
            program.export_sheets(workspace, sheets)
        if out is not None:
            write_whole(out, program.fiscal_year_report(workspace, year, practice, edition))
        say(shown_figures(found))


def _published(out: Path | None) -> None:
    if out is not None:
        write_whole(out, program.published_report())
    tables = {name: _tied(published_table(name)) for name in ("table-2", "table-3")}
    names = ("year", "supervisors", "ice", "deficiencies")
    rows = supervisor_failures(published_table("table-2"))
    say({**tables, "supervisors": [dict(zip(names, row, strict=True)) for row in rows]})


def _tied(table: Table) -> dict[str, Any]:
    return {
        "years": table.years,
        "sums": table.sums,
        "printed": table.printed,
        "total": table.total,
        "printed_total": table.printed_total,
        "stated": table.stated,
        "ties": table.ties,
        "faults": table.faults,
    }


def shown_figures(figures: Figures) -> dict[str, Any]:
    """Every number of the report, by year."""
    return {
        "years": {str(year): _year(figures, year) for year in figures.years},
        "deficiencies": {c: list(row) for c, row in figures.table("deficiency").cells.items()},
        "concerns": {c: list(row) for c, row in figures.table("area-of-concern").cells.items()},
        "recurring": figures.recurring(),
    }


def _year(figures: Figures, year: int) -> dict[str, Any]:
    about, follow = figures.by_year[year], figures.follow_up(year)
    return {
        "inspected": len(about.inspected),
        "with_findings": len(about.with_findings),
        "four_or_more": len(about.four_or_more),
        "closed": len(about.closed),
        "open_again": len(figures.open_again(year)),
        "without_memo": len(about.without_memo),
        "best_practices": len(about.practices),
        "oversight_reviews": len(about.reviews),
        "focus_reviews": {
            "called_for": len(follow.planned),
            "held": len(follow.held),
            "deficiencies": {**asdict(follow.deficiencies), "of": follow.deficiencies.of},
            "concerns": {**asdict(follow.concerns), "of": follow.concerns.of},
        },
    }


# -- the register ------------------------------------------------------------------------------


@main.command("program-action")
@click.argument("folder", type=FOLDER)
@click.argument("record", required=False)
@click.option("--title", help="What was done.")
@click.option("--types", help='The types of findings it is for, such as "D10 D11".')
@click.option("--day", help="Since when, such as 2026-03-10.")
@click.option("--owner", help="Who in ERO sees to it.")
@click.option("--text", help="More about it.")
@click.option("--judged", type=click.Choice(["too-soon", "fewer", "no-change"]))
@click.option("--reason", help="Why it is judged so.")
@click.option("--remove", is_flag=True, help="Take the action out of the register.")
def program_action(folder: Path, record: str | None, remove: bool, **given: str | None) -> None:
    """The register of what ERO does about types that come back; lists it without any field."""
    fields = {name: value for name, value in given.items() if value is not None}
    with opened(folder) as workspace:
        if remove:
            program.remove_action(workspace, record or "")
        elif fields:
            say({"action": program.put_action(workspace, record or "", **fields)})
            return
        for action in program.actions(workspace):
            say({"action": action.id, **action.model_dump(mode="json")})
