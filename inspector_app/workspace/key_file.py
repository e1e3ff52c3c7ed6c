"""The file of the keys, `keys.json`: another passphrase, and the agency's escrow key.

It is written whole or not at all, so that a kill leaves the old file or the new one; the keys in
it stay the same, so nothing else is written.

An escrow key lets an office open a workspace whose owner is gone. It is optional, its private half
is on paper in the office's safe, and its card is compared by six words like any other.
"""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from inspector_app import identity
from inspector_app.errors import BadInput, StoreTrouble
from inspector_app.files import write_whole
from inspector_app.identity import Card, Keys
from inspector_app.identity.envelope import MAX_RECIPIENTS
from inspector_app.locking import lock_folder
from inspector_app.workspace.desk import KEYS_FILE, read_keys_file

ROLE = "ero-headquarters"
_OTHERS = 2
"""Slots that are taken already: the passphrase's and the recovery key's."""


@dataclass(frozen=True, slots=True)
class EscrowKey:
    """An escrow key that was made: its card for the workspaces, its text for the safe."""

    card: bytes
    words: tuple[str, ...]
    text: str


def new_escrow_key(name: str, office: str, role: str = ROLE) -> EscrowKey:
    """Make an escrow key. Its text is shown once: 52 characters that open what names its card.

    The card's signing key is forgotten at once: an escrow key signs nothing.
    """
    text, sealing = identity.new_escrow_key()
    fresh = identity.new_keys()
    card = identity.make_card(Keys(fresh.database, fresh.signing, sealing), name, role, office)
    return EscrowKey(card, identity.read_card(card).words, text)


def escrow_keys(folder: Path) -> int:
    """How many escrow keys open this workspace beside passphrase and recovery key."""
    return len(identity.escrow_public(read_keys_file(folder)))


def add_escrow(
    folder: Path, passphrase: str, card_file: bytes, words: str, *, held: bool = False
) -> Card:
    """Let an escrow key open this workspace too. `words` are its six, as its office read them out.

    WrongSecret for another passphrase; BadInput when the words are not the card's, and InUse while
    a window has the workspace open, unless it is that window's process that asks (`held`). Backups
    from now on open with it, older ones do not.
    """
    card = identity.read_card(card_file)
    if tuple(words.casefold().split()) != tuple(word.casefold() for word in card.words):
        raise BadInput(
            "These are not the six words of this card, so nothing was changed. Have its office "
            "read them out again, or ask for the card anew."
        )
    with _locked(folder, held):
        data = read_keys_file(folder)
        keys = identity.open_keys(data, passphrase=passphrase)
        recovery = identity.recovery_public(data, keys)
        escrow = identity.escrow_public(data, keys)
        if card.sealing in (recovery, *escrow):
            raise BadInput("This key opens the workspace already. Nothing was changed.")
        if len(escrow) + _OTHERS >= MAX_RECIPIENTS:
            raise BadInput("There is no room for another escrow key. Nothing was changed.")
        sealed = identity.seal_keys(keys, passphrase, recovery, [*escrow, card.sealing])
        _replace(folder, sealed, passphrase)
    return card


def change_passphrase(folder: Path, passphrase: str, new: str, *, held: bool = False) -> None:
    """Seal the keys for another passphrase; recovery and escrow keys open them as before.

    Copies of the old keys.json, as in a backup, open with the old passphrase still. `held`: the
    caller has the workspace open, and its lock with that.
    """
    with _locked(folder, held):
        data = read_keys_file(folder)
        keys = identity.open_keys(data, passphrase=passphrase)
        _replace(folder, identity.with_passphrase(data, keys, new), new)


def _locked(folder: Path, held: bool) -> AbstractContextManager[object]:
    return nullcontext() if held else lock_folder(folder)


def _replace(folder: Path, sealed: bytes, passphrase: str) -> None:
    """Write it once it is known to open."""
    try:
        identity.open_keys(sealed, passphrase=passphrase)
    except Exception as error:  # whatever it is, the old file stays
        raise StoreTrouble("The new keys file does not open, so the old one was kept.") from error
    write_whole(folder / KEYS_FILE, sealed)
