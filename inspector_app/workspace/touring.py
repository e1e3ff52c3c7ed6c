"""What a tour takes down beside single sights: observations with an end, and rooms without camera.

Whoever watches how people are processed says from when to when he watched. Where the
facility lets no camera in, the area, the reason, what else it limited and what it refused are
kept, and the report states them among its methods.
"""

from typing import TYPE_CHECKING

from inspector_app.change import new_record
from inspector_app.errors import BadInput
from inspector_app.moments import Moment
from inspector_app.records import NoCamera, Observation

if TYPE_CHECKING:
    from inspector_app.inspection import Inspection
    from inspector_app.workspace import Commit, Workspace

FACILITY = "facility"
"""Instead of an area: no camera was let into the facility at all."""


def start_timed(workspace: "Workspace", id: str, text: str, area: str = "") -> str:
    """Begin an observation that goes on until it is stopped; returns its record."""
    record = new_record(Observation.kind)
    held = str(workspace.moment(id))
    values = {"text": text or None, "area": area or None, "held": held, "timed": True}
    workspace.put_many(id, {record: values}, "timed observation")
    return record


def stop_timed(workspace: "Workspace", id: str, record: str, amends: str = "") -> "Commit":
    """End a timed observation now. BadInput when it does not go on."""
    found = workspace.inspection(id).get(Observation, record)
    if found is None or not found.timed or found.until:
        raise BadInput("This observation does not go on, so there is nothing to stop.")
    until = str(workspace.moment(id))
    words = "end of a timed observation"
    return workspace.put(id, record, words=words, amends=amends, until=until)


def going_on(inspection: "Inspection") -> list[Observation]:
    """The timed observations that nobody has stopped, oldest first."""
    found = [each for each in inspection.all(Observation) if each.timed and not each.until]
    return sorted(found, key=lambda each: each.held or "")


def span_words(found: Observation) -> str:
    """`14:51–15:10, 19 min` or `14:51–`; the bare time of an observation that is not timed."""
    if not found.held:
        return ""
    first = Moment.parse(found.held)
    start = f"{first.local:%a %H:%M}"
    if not found.timed:
        return start
    if not found.until:
        return f"{start}–"
    last = Moment.parse(found.until)
    minutes = max(round((last.instant - first.instant).total_seconds() / 60), 0)
    return f"{start}–{last.local:%H:%M}, {minutes} min"


def no_camera(workspace: "Workspace", id: str, area: str) -> str:
    """Say that no picture may be taken in an area, or in the whole facility; returns the record."""
    form = workspace.inspection(id).form
    if area not in (FACILITY, *(each.id for each in form.areas)):
        raise BadInput("There is no such area in this form. Nothing was changed.")
    record = f"{NoCamera.kind}:{area}"
    held = str(workspace.moment(id))
    workspace.put(id, record, words="no camera in an area", area=area, held=held)
    return record


def area_title(inspection: "Inspection", found: NoCamera) -> str:
    """The area in the form's words."""
    titles = {area.id: area.title for area in inspection.form.areas}
    return titles.get(found.area, "The whole facility")
