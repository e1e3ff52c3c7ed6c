"""Commands that check: `verify` for whatever is there, `compare` and `sign` for issued reports."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click

from inspector_app.cli import (
    FILE,
    FOLDER,
    KEY_PASSPHRASE,
    bundle_secret,
    main,
    opened,
    printable,
    say,
    secret,
)
from inspector_app.errors import BadInput, Difference
from inspector_app.files import bytes_of, write_whole
from inspector_app.log import Log


@main.command("verify")
@click.argument("file", type=FILE)
@click.option("--with", "folder", type=FOLDER, help="The workspace whose keys open the bundle.")
@click.option(
    "--against", type=FILE, help="A workspace, bundle or archive to check a report against."
)
@click.option("--trust", multiple=True, type=FILE, help="A certificate that you trust: PEM or DER.")
def verify(file: Path, folder: Path | None, against: Path | None, trust: tuple[Path, ...]) -> None:
    """Check a workspace, a bundle, an archive or a report; ends with 8 at the first bad thing."""
    from inspector_app import archive
    from inspector_app.workspace.checking import kind_of

    match kind_of(file):
        case "archive":
            say(asdict(archive.check(file)))
        case "workspace":
            _verify_workspace(file)
        case "report":
            _verify_report(file, folder, against, trust)
        case "bundle":
            _verify_bundle(file, folder)


def _verify_workspace(folder: Path) -> None:
    from inspector_app.workspace import verifying

    with _told_as_difference(), opened(folder) as workspace:
        say(asdict(verifying.verify_workspace(workspace)))


def _verify_bundle(file: Path, folder: Path | None) -> None:
    from inspector_app.workspace import verifying

    if folder is None:
        verdict = verifying.verify_bundle(file, passphrase=bundle_secret(), beside=file.parent)
        say(asdict(verdict))
        return
    with opened(folder) as workspace:
        keys = workspace.desk.keys
        verdict = verifying.verify_bundle(
            file, keys=keys, passphrase=bundle_secret(), beside=folder
        )
    say(asdict(verdict))


@contextmanager
def _told_as_difference() -> Iterator[None]:
    """Damage found while opening is what `verify` is there to tell."""
    try:
        yield
    except BadInput as error:
        raise Difference(error.message, error.details) from None


# -- reports ---------------------------------------------------------------------------------


def _verify_report(
    file: Path, folder: Path | None, against: Path | None, trust: tuple[Path, ...]
) -> None:
    """The PDF is read before anything is opened that has keys."""
    from inspector_app.workspace.verifying_reports import read_report, verify_report

    read = read_report(_content(file), [_content(each) for each in trust])
    logs = _logs(against, folder) if against else None
    verdict = asdict(verify_report(read, logs))
    for sentence in verdict.pop("said"):
        click.echo(printable(sentence), err=True)
    say(verdict)


def _logs(against: Path, folder: Path | None) -> list[Log]:
    """The record to check against, of whatever kind it is."""
    from inspector_app import archive
    from inspector_app.workspace import verifying_reports as reports
    from inspector_app.workspace.checking import kind_of

    kind = kind_of(against)
    if kind == "archive":
        return archive.logs_in(against)
    if kind == "workspace":
        with opened(against) as workspace:
            return reports.logs_of_workspace(workspace)
    if folder is None:
        passphrase = bundle_secret()
        return reports.logs_of_bundle(against, passphrase=passphrase, beside=against.parent)
    with opened(folder) as workspace:
        return reports.logs_of_bundle(against, keys=workspace.desk.keys, beside=folder)


@main.command("compare")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.option("--version", type=click.IntRange(min=1), help="Another version than the newest.")
def compare(folder: Path, inspection: str, version: int | None) -> None:
    """Make an issued report again and say where it differs; ends with 8 where it does."""
    from inspector_app.workspace import comparing

    with opened(folder) as workspace:
        found = comparing.compare(workspace, inspection, version)
    say(asdict(found))
    if not found.same_bytes:
        pages = [f"page {each.page}" for each in found.pages]
        words = f"It was made by version {found.made_by or 'unknown'} of the program, now by "
        raise Difference(
            f"The report does not come out the same. {words}{found.made_again_by}.",
            pages or ["no page: the pages say and look the same, the file is built otherwise"],
        )


# -- signing ---------------------------------------------------------------------------------


@main.command("sign")
@click.argument("file", type=FILE)
@click.option("-o", "--out", required=True, type=FILE, help="The signed file to write.")
@click.option("--pkcs12", type=FILE, help="A key file (.p12 or .pfx).")
@click.option("--pkcs11", help="The module of a token: the path of a library.")
@click.option("--token", default="", help="The token's label.")
@click.option("--certificate", default="", help="The certificate's label, if there are several.")
@click.option("--place", default="", help="The line to sign; without it the first free one.")
def sign(
    file: Path,
    out: Path,
    pkcs12: Path | None,
    pkcs11: str | None,
    token: str,
    certificate: str,
    place: str,
) -> None:
    """Sign a final report as a file (PAdES), or add a signature to a signed one.

    The key's passphrase or PIN comes from INSPECTOR_KEY_PASSPHRASE, a file or a prompt. It is a
    signature by the certificate that belongs to the key; nothing is fetched, no time is attested.
    """
    from inspector_app.signatures import key_from_file, key_on_token
    from inspector_app.workspace.sealing import signed_copy

    if (pkcs12 is None) == (pkcs11 is None):
        raise BadInput("Name either a key file (--pkcs12) or a token's module (--pkcs11).")
    data = _content(file)
    words = secret(KEY_PASSPHRASE, "PIN of the token" if pkcs11 else "Passphrase of the key")
    if pkcs12 is None:
        key = key_on_token(pkcs11 or "", token, words, certificate)
    else:
        key = key_from_file(_content(pkcs12), words)
    made, by = signed_copy(data, key, place)
    write_whole(out, made)
    say({"file": out.name, "bytes": len(made), "subject": key.subject, "sha256": key.fingerprint})
    click.echo(printable(f"Signed by {by}."), err=True)


def _content(path: Path) -> bytes:
    try:
        return bytes_of(path)
    except OSError:
        raise BadInput("A file that was named cannot be read.") from None
