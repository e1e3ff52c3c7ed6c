"""Who somebody is: keys, cards, signatures, letters, protected values and roles."""

from inspector_app.identity.cards import Card, make_card, read_card
from inspector_app.identity.keys import (
    Jwk,
    Keys,
    escrow_public,
    new_escrow_key,
    new_keys,
    new_recovery_key,
    open_keys,
    recovery_public,
    seal_keys,
    sign,
    signed_by,
    with_passphrase,
)
from inspector_app.identity.letter import Letter, open_letter, seal_letter
from inspector_app.identity.roles import Role, roles
from inspector_app.identity.values import new_value_key, open_value, seal_value

__all__ = [
    "Card",
    "Jwk",
    "Keys",
    "Letter",
    "Role",
    "escrow_public",
    "make_card",
    "new_escrow_key",
    "new_keys",
    "new_recovery_key",
    "new_value_key",
    "open_keys",
    "open_letter",
    "open_value",
    "read_card",
    "recovery_public",
    "roles",
    "seal_keys",
    "seal_letter",
    "seal_value",
    "sign",
    "signed_by",
    "with_passphrase",
]
