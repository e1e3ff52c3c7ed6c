"""Texts that were being typed when the program ended become changes at the next start."""

from typing import TYPE_CHECKING

from inspector_app.errors import UserError

if TYPE_CHECKING:
    from inspector_app.workspace import Commit, Workspace


def recover_drafts(workspace: "Workspace") -> "list[Commit]":
    """Drafts found at start become changes labelled "recovered"."""
    recovered = []
    for draft in workspace.desk.store.drafts():
        try:
            name, _, key = draft.field.partition(".")
            values = {draft.record: {name: {key: draft.value} if key else draft.value}}
            commit = workspace.put_many(draft.log, values, "recovered")
        except UserError:
            continue  # it stays a draft: the only copy of a person's words is never dropped
        workspace.desk.store.drop_draft(draft.log, draft.record, draft.field)
        recovered += [commit] if commit.change else []
    return recovered
