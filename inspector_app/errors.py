"""What a person can be told went wrong.

Two families: a `UserError` is the world's doing (bad input, a wrong passphrase, a full disk)
and carries one sentence that says what happened, what is safe and what to do. Everything else
that is raised is a bug. Neither may hold a name, a note or a file number.
"""

from collections.abc import Sequence


class UserError(Exception):
    """Shown to a person as it stands. `details` are further lines, such as all faults of a file."""

    exit_code = 2

    def __init__(self, message: str, details: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.details = tuple(details)


class BadInput(UserError):
    """Something given from outside is wrong, damaged or hostile."""


class NotAllowed(UserError):
    """The guard, a signature, a role or a revocation forbids it."""

    exit_code = 3


class StoreTrouble(UserError):
    """The disk or the store failed."""

    exit_code = 4


class InUse(UserError):
    """Another window or command has this workspace open."""

    exit_code = 5


class WrongSecret(UserError):
    """The passphrase or key does not open it, or it is not sealed to this person."""

    exit_code = 6


class NewerVersion(UserError):
    """Written by a newer version of this program; left untouched."""

    exit_code = 7


class Difference(UserError):
    """`verify` or `compare` found that something is not as it should be."""

    exit_code = 8
