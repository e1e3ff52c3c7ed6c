"""What `show`, `history` and `preview` print: the whole of a thing as JSON."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from inspector_app.change import Change
from inspector_app.conflicts import Conflict
from inspector_app.inspection import Inspection
from inspector_app.records import INSPECTION_RECORDS
from inspector_app.workspace import Entry, InspectionSummary, Workspace, contact, people
from inspector_app.workspace.parcels import FarOff, LogPreview, Preview
from inspector_app.workspace.people import Person


def shown_workspace(workspace: Workspace) -> dict[str, Any]:
    return {
        "name": workspace.name,
        "role": workspace.role,
        "office": workspace.office,
        "words": list(workspace.words),
        "key": workspace.key,
        "contacts": [
            {
                "name": p.card.name,
                "role": p.role,
                "words": list(p.card.words),
                "key": p.card.signing,
            }
            for p in workspace.contacts()
        ],
        "revoked": [shown_revoked(p) for p in people.known(workspace.desk) if p.revoked],
        "inspections": [shown_summary(summary) for summary in workspace.inspections()],
    }


def shown_revoked(person: Person) -> dict[str, Any]:
    return {
        "name": person.card.name,
        "key": person.card.signing,
        "revoked": person.revoked_at,
        "reason": person.reason,
        "successor": person.successor,
    }


def shown_clocks(workspace: Workspace, clocks: Iterable[FarOff]) -> list[dict[str, Any]]:
    """Claimed and received time of what cannot have been written when it says."""
    return [{"by": workspace.person(one.author), **asdict(one)} for one in clocks]


def shown_copied(workspace: Workspace, keys: Iterable[str]) -> list[dict[str, str]]:
    """Keys that are in two places."""
    return [{"by": workspace.person(key), "key": key} for key in keys]


def shown_summary(summary: InspectionSummary) -> dict[str, Any]:
    return {**asdict(summary), "inspection": summary.id}


def shown_inspection(workspace: Workspace, id: str) -> dict[str, Any]:
    """Everything one inspection says, with its problems and conflicts."""
    inspection = workspace.inspection(id)
    return {
        "inspection": inspection.id,
        "kind": inspection.kind,
        "practice": inspection.practice,
        "agency": inspection.agency.stored(),
        "form": {
            "id": inspection.form.id,
            "digest": inspection.form.digest,
            "released": inspection.form_released,
            "resolution": inspection.resolution,
            "presumed": inspection.presumed,
            "agreement": inspection.agreement_state,
            "reason": inspection.form_reason,
        },
        "digest": inspection.log.digest(),
        "heads": {author: sorted(ids) for author, ids in inspection.log.heads().items()},
        "records": shown_records(inspection),
        "counts": asdict(inspection.counts()),
        "copied": shown_copied(workspace, contact.copied(inspection.log)),
        "clocks": shown_clocks(
            workspace,
            contact.worst(contact.in_log(inspection.log, workspace.desk.store.arrivals())),
        ),
        "finding_numbers": inspection.finding_numbers(),
        "focus_review": {
            "flagged": inspection.focus_review().flagged,
            "due": inspection.focus_review().due,
        },
        "problems": [asdict(problem) for problem in workspace.problems(id)],
        "conflicts": [shown_conflict(workspace, c) for c in inspection.conflicts()],
    }


def shown_records(inspection: Inspection) -> dict[str, dict[str, Any]]:
    """Every record in view, by kind and id, with the fields as the log holds them."""
    return {
        cls.kind: {record: inspection.log.fields(record) for record in found}
        for cls in INSPECTION_RECORDS
        if (found := inspection.log.records(cls.kind))
    }


def shown_conflict(workspace: Workspace, conflict: Conflict) -> dict[str, Any]:
    return {
        "record": conflict.record,
        "fields": list(conflict.fields),
        "alternatives": [
            {
                "changes": list(side.changes),
                "by": workspace.person(side.author),
                "author": side.author,
                "at": side.at,
                "values": dict(side.values),
            }
            for side in conflict.alternatives
        ],
    }


def shown_entry(entry: Entry) -> dict[str, Any]:
    return {
        "change": entry.change,
        "at": entry.at,
        "author": entry.author,
        "by": entry.name,
        "label": entry.label,
        "edits": [
            {"record": e.record, "field": e.field, "value": e.value, "replaces": list(e.replaces)}
            for e in entry.edits
        ],
    }


def shown_preview(workspace: Workspace, preview: Preview) -> dict[str, Any]:
    return {
        "sender": {
            "name": preview.sender.name,
            "role": preview.sender.role,
            "office": preview.sender.office,
            "words": list(preview.sender.words),
            "accepted": preview.accepted,
            "revoked": preview.revoked,
        },
        "file": preview.file,
        "new": preview.new,
        "photos_not_here": preview.missing_photos,
        "brings_names": preview.names,
        "logs": [_shown_log(workspace, log) for log in preview.logs],
    }


def _shown_log(workspace: Workspace, log: LogPreview) -> dict[str, Any]:
    return {
        "inspection": log.log,
        "title": log.title,
        "new": log.new,
        "changed": log.changed,
        "known": log.known,
        "conflicting": log.conflicting,
        "refused": log.refused,
        "left": [_shown_left(workspace, change, log.refused[change.id]) for change in log.left],
        "copied": shown_copied(workspace, log.copied),
        "clocks": shown_clocks(workspace, log.clocks),
        "assignment": log.assignment.model_dump() if log.assignment else None,
        "changes": [
            {"change": c.id, "by": workspace.person(c.author), "at": c.at, "label": c.label}
            for c in log.changes
        ],
        "fields": [
            {
                "record": each.record,
                "field": each.field,
                "state": each.state,
                "before": list(each.before),
                "after": list(each.after),
                "by": [workspace.person(key) for key in each.by],
            }
            for each in log.fields
        ],
    }


def _shown_left(workspace: Workspace, change: Change, why: str) -> dict[str, str]:
    name = workspace.person(change.author)
    return {"change": change.id, "by": name, "at": change.at, "label": change.label, "why": why}
