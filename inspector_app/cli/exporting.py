"""Commands on the other forms of a report: tables for a spreadsheet, the package for ERO."""

from pathlib import Path

import click

from inspector_app.cli import BUNDLE_PASSPHRASE, FILE, FOLDER, main, opened, say, secret
from inspector_app.errors import BadInput
from inspector_app.reports.edition import editions
from inspector_app.workspace import exporting, file_list, packaging

EDITION = click.option(
    "--edition",
    type=click.Choice(editions()),
    default="internal",
    show_default=True,
    help="For the team, the agency or the public.",
)


@main.command("tables")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.option("-o", "--out", required=True, type=FILE, help="A file that ends in .xlsx or .csv.")
@click.option("--table", help=f"Of a .csv: {', '.join(exporting.TABLES)}.")
@EDITION
def tables(folder: Path, inspection: str, out: Path, table: str | None, edition: str) -> None:
    """Write findings, answers, samples and the roster for a spreadsheet; no text is a formula."""
    make = _table_maker(out, table, edition)
    with opened(folder) as workspace:
        size = exporting.write(workspace, inspection, make, out)
    say({"file": out.name, "bytes": size})


def _table_maker(out: Path, table: str | None, edition: str) -> exporting.Making:
    ending = out.suffix.lower()
    if ending == ".xlsx" and table is None:
        return exporting.all_tables(edition)
    if ending == ".csv" and table is not None:
        return exporting.one_table(table, edition)
    raise BadInput("Name a file that ends in .xlsx, or in .csv with --table; nothing was written.")


@main.command("package")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.option("-o", "--out", required=True, type=FILE, help="A .zip, else a new folder.")
@click.option("--originals", is_flag=True, help="The evidence as it was taken in goes along.")
@EDITION
def package(folder: Path, inspection: str, out: Path, originals: bool, edition: str) -> None:
    """Pack report, sheets, tables and evidence by item, with a manifest of SHA-256."""
    with opened(folder) as workspace:
        packed = packaging.job(workspace, inspection, out, edition, originals=originals)(None)
    size = sum(file["bytes"] for file in packed.files)
    say({"file": out.name, "files": len(packed.files), "bytes": size, "absent": packed.absent})


@main.command("file-numbers")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.option("-o", "--out", required=True, type=FILE, help="The PDF to write.")
def file_numbers(folder: Path, inspection: str, out: Path) -> None:
    """List the samples' file numbers for the agency, in a PDF sealed with a passphrase.

    The passphrase is asked for, or comes from --bundle-passphrase-file; tell it another way.
    """
    passphrase = secret(BUNDLE_PASSPHRASE, "Passphrase of the list", confirm=True)
    with opened(folder) as workspace:
        size = file_list.write(workspace, inspection, passphrase, out)
    say({"file": out.name, "bytes": size})
