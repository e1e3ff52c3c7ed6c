"""An archive: a BagIt folder (RFC 8493) that outlives the program. See docs/format.md, "Archive".

A reader needs SHA-256 and, to check who wrote what, Ed25519. Nothing in it is encrypted but the
names of people, which stay sealed.
"""

from inspector_app.archive.checking import Checked, check, is_archive, logs_in
from inspector_app.archive.writing import Written, write

__all__ = ["Checked", "Written", "check", "is_archive", "logs_in", "write"]
