"""Files from outside, opened by a child process that never had the key: both of its sides.

The window's process starts a `Child` and asks it; the child runs `serve`, under limits of memory
and time, with no key, no passphrase and no home. A file that kills it or keeps it busy costs one
refusal, and the next question gets a new child.
"""

from inspector_app.child.frames import MAX_BODY, BrokenFrame
from inspector_app.child.process import PATIENCE, Child, Reply, command
from inspector_app.child.serving import serve

__all__ = ["MAX_BODY", "PATIENCE", "BrokenFrame", "Child", "Reply", "command", "serve"]
