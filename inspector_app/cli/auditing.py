"""`forms audit`: the forms that ship, held against a folder of signed agreements."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from inspector_app import auditing, forms
from inspector_app.auditing.reading import agreement_files, pages_of
from inspector_app.cli import FOLDER, say
from inspector_app.cli.authoring import forms_group
from inspector_app.errors import BadInput, Difference


@forms_group.command("audit")
@click.argument("folder", type=FOLDER)
def forms_audit(folder: Path) -> None:
    """Hold the forms against every .pdf and .txt of a folder, a line each.

    Each agreement is recognized by its own words. Ends with 8 when one fits no form or several,
    lacks a clause that its form cites, or has a section that its form neither asks nor explains.
    """
    failed = []
    for path in agreement_files(folder):
        report = _audited(path)
        say({"file": str(path.relative_to(folder)), **report})
        if not report["passed"]:
            failed.append(str(path.relative_to(folder)))
    if failed:
        raise Difference(f"{len(failed)} of the agreements differ from the forms.", failed)


def _audited(path: Path) -> dict[str, Any]:
    try:
        pages = pages_of(path)
    except BadInput as error:
        return {"form": None, "fits": [], "passed": False, "why": error.message}
    audits = auditing.compared(pages, forms.shipped())
    fits = [audit.form.id for audit in audits]
    shown = {"form": fits[0] if len(fits) == 1 else None, "fits": fits}
    if len(audits) != 1:
        why = _why_none(pages) if not audits else f"It fits several forms: {', '.join(fits)}."
        return {**shown, "passed": False, "why": why}
    return {**shown, **_shown(audits[0])}


def _shown(audit: auditing.Audit) -> dict[str, Any]:
    return {
        "passed": audit.passed,
        "absent": [{**asdict(one), "why": one.why} for one in audit.absent],
        "uncited": audit.uncited,
        "strange": audit.strange,
        "without_heading": audit.without_heading,
        "addenda": audit.addenda,
        "controls": len(audit.controls),
        "controls_found": [asdict(one) for one in audit.controls if one.found],
    }


def _why_none(pages: auditing.Pages) -> str:
    near = auditing.nearest(auditing.text_of(pages), forms.shipped())
    if near is None:
        return "No form fits: none of the phrases of any form stands in it."
    lacks = "; ".join(f"“{phrase}”" for phrase in near.missing)
    return f"No form fits. The nearest is {near.form.id}, but it lacks {lacks}."
