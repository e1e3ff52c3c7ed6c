"""The signature of a change: its author's, over the change's id."""

from dataclasses import replace

from inspector_app.change import Change
from inspector_app.errors import BadInput
from inspector_app.identity.keys import Keys, sign, signed_by


def signed_change(keys: Keys, change: Change) -> Change:
    """The same change with its author's signature."""
    return replace(change, signature=sign(keys, "change", change.id))


def is_signed(change: Change) -> bool:
    """Whether the change carries a valid signature of its own author."""
    return signed_by(change.author, "change", change.id, change.signature)


def check_signature(change: Change) -> None:
    """BadInput when the change is not signed by its author; names it by its id."""
    if not is_signed(change):
        raise BadInput(
            f"The change {change.id} is not signed by its author: something altered the history."
        )
