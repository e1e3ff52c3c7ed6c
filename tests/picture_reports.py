"""Every page of every report of a practice workspace as a picture to look at: `make pictures`.

`python -m tests.picture_reports FOLDER OUT`: internal editions, and of the inspection's own report
the others too. What cannot be made of an inspection is left out.
"""

import sys
from pathlib import Path

import pypdfium2

from inspector_app.errors import NotAllowed
from inspector_app.reports import reports_for
from inspector_app.reports.edition import editions
from inspector_app.workspace import Workspace

PRACTICE = "for practice only"
_SCALE = 100 / 72


def painted(pdf: bytes, out: Path, name: str) -> int:
    """Write the pages as `name-01.png` and so on; how many there are."""
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document, 1):
        page.render(scale=_SCALE).to_pil().save(out / f"{name}-{number:02}.png")
    count = len(document)
    document.close()
    return count


def main(folder: Path, out: Path) -> int:
    """Paint them all, and say how many pages there are."""
    out.mkdir(parents=True, exist_ok=True)
    workspace = Workspace.open(folder, passphrase=PRACTICE)
    pages = 0
    for at, id in enumerate(workspace.inspection_ids(), 1):
        for report in reports_for(workspace.inspection(id).kind):
            for edition in ["internal"] if report.sheet else editions():
                try:
                    pdf = workspace.report_bytes(id, report.name, edition)
                except NotAllowed:
                    continue  # a memo of what is not closed
                pages += painted(pdf, out, f"{at}-{report.name}-{edition}")
    workspace.close()
    print(f"{pages} pages of reports in {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
