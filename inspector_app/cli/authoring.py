"""Commands on forms: list, compare, read, edit in a spreadsheet, and the tables.

Each imports what it does when it does it: no other command waits for that.
"""

from pathlib import Path

import click

from inspector_app import forms
from inspector_app.cli import FILE, main, printable, say
from inspector_app.errors import BadInput
from inspector_app.files import bytes_of, write_whole
from inspector_app.paths import forms_dir


@main.group("forms")
def forms_group() -> None:
    """The checklists that ship with the program."""


@forms_group.command("list")
def forms_list() -> None:
    """Every form with its id, model and digest."""
    for form in forms.shipped():
        say(
            {
                "id": form.id,
                "title": form.title,
                "model": form.model,
                "revision": form.revision,
                "items": len(form.items),
                "digest": form.digest,
                "released": form.released,
            }
        )


def _given(word: str) -> tuple[bytes, str]:
    """A form that ships, by its id, or a form file, by its path: its bytes and its name."""
    path = Path(word)
    if path.suffix != ".toml" and len(path.parts) == 1:
        return forms.bytes_of(word), f"{word}.toml"
    try:
        return bytes_of(path), path.name
    except OSError:
        raise BadInput(f"The form file {path.name} cannot be read.") from None


def _form(word: str) -> forms.Form:
    return forms.parse(*_given(word))


@forms_group.command("show")
@click.argument("form", metavar="FORM")
@click.option("--text", "as_page", is_flag=True, help="As an inspector reads it, for printing.")
def forms_show(form: str, as_page: bool) -> None:
    """One form, by id or file, as JSON: sections with items, each with its id."""
    from inspector_app.authoring.printing import as_text

    shown = _form(form)
    if as_page:
        click.echo(printable(as_text(shown)))
    else:
        say(forms.as_json(shown))


@forms_group.command("diff")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--json", "as_json", is_flag=True, help="For other programs.")
def forms_diff(before: str, after: str, as_json: bool) -> None:
    """What came, went and moved from form A to form B, and whose wording changed."""
    from inspector_app.authoring.differing import difference
    from inspector_app.authoring.telling import told

    found = difference(_form(before), _form(after))
    if as_json:
        say(found.as_json())
    else:
        click.echo(printable(told(found)))


@forms_group.command("export")
@click.argument("form", metavar="FORM")
@click.option("-o", "--out", required=True, type=FILE)
def forms_export(form: str, out: Path) -> None:
    """Write a form, by id or file, as a workbook (.xlsx) for people who do not read TOML."""
    from inspector_app.authoring.spreadsheet import exported

    data, name = _given(form)
    book = exported(data, name)
    write_whole(out, book)
    say({"file": out.name, "bytes": len(book)})


@forms_group.command("import")
@click.argument("workbook", type=FILE)
@click.option("-o", "--out", required=True, type=FILE)
def forms_import(workbook: Path, out: Path) -> None:
    """Write the form file that a workbook of `forms export` says, with the cells as they are now.

    What was not touched stays as it was, remarks and all; an untouched workbook gives the same
    file.
    """
    from inspector_app.authoring.importing import imported

    try:
        data = bytes_of(workbook)
    except OSError:
        raise BadInput("The workbook cannot be read.") from None
    came = imported(data)
    write_whole(out, came.data)
    say({"file": out.name, "form": came.form.id, "items": len(came.form.items),
         "released": came.form.released})  # fmt: skip
    for place in came.ignored:
        click.echo(f"Not read, since no form has it: {place}.", err=True)


@forms_group.command("table")
def forms_table() -> None:
    """What the agreements say, and where: two tables over all forms that ship, as Markdown."""
    from inspector_app.authoring.tables import markdown

    click.echo(printable(markdown(forms.shipped())), nl=False)


@forms_group.command("check")
@click.argument("files", nargs=-1, type=FILE)
def forms_check(files: tuple[Path, ...]) -> None:
    """Check form files, or all that ship: every fault at once, with file and line."""
    from inspector_app.authoring.earlier import used_again

    checked: list[tuple[str, bytes, forms.Form]] = []
    faults: list[str] = []
    for path in files or sorted(forms_dir().glob("*.toml")):
        try:
            data = bytes_of(path)
            checked.append((path.name, data, forms.parse(data, path.name)))
        except OSError:
            faults.append(f"{path.name}: The file cannot be read.")
        except BadInput as error:
            faults += error.details or [f"{path.name}: {error.message}"]
    for name, _, form in checked:
        say({"file": name, "ok": True, "items": len(form.items)})
    faults += used_again(checked, forms.shipped() if files else [])
    if faults:
        raise BadInput("The form has faults; it cannot be used until they are mended.", faults)
