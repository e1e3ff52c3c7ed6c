"""A process under the shim that runs commands, each in a fork of its own: a start without its cost.

Reads one JSON request a line and answers each with one line. What runs in the fork is
`inspector_app.cli.run`, as `python -m inspector_app` calls it; the shim watches only the fork.
"""

import ctypes
import gc
import json
import os
import signal
import sys
import time
import traceback
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from joserfc._rfc7518.jwe_algs import PBES2HSAlgKeyEncryption

from inspector_app import cli, identity
from inspector_app.cli import loading
from inspector_app.errors import UserError
from inspector_app.identity import envelope

ENDED_BADLY, TRIED_THE_NETWORK = 99, 98


def main() -> None:
    """Serve requests until standard input ends."""
    loading.load()
    for name in ("pydantic", "sqlcipher3.dbapi2", "inspector_app.playing"):
        import_module(name)
    envelope._ROUNDS = envelope._ACCEPTED_ROUNDS.start  # the fewest that a workspace may have
    derived = PBES2HSAlgKeyEncryption.compute_derived_key
    PBES2HSAlgKeyEncryption.compute_derived_key = cache(derived)  # type: ignore[method-assign]
    gc.freeze()
    for line in sys.stdin:
        request = json.loads(line)
        _walk_the_rounds(request)
        child = os.fork()
        if child == 0:
            _serve(request)
        if request["killed_after"] is not None:
            time.sleep(request["killed_after"])
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        print(json.dumps({"code": os.waitstatus_to_exitcode(status)}), flush=True)


def _walk_the_rounds(request: dict[str, Any]) -> None:
    """Here, where they are remembered, so that each fork need not walk them anew."""
    for path in map(Path, request["arguments"]):
        with suppress(OSError, UserError):
            sealed = (path / "keys.json").read_bytes()
            identity.open_keys(sealed, passphrase=request["environment"]["INSPECTOR_PASSPHRASE"])


def _serve(request: dict[str, Any]) -> None:
    code = ENDED_BADLY
    try:
        for number, name in enumerate(("in", "out", "err")):
            flags = os.O_RDONLY if name == "in" else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
            os.dup2(os.open(request[name], flags), number)
        os.environ.update(request["environment"])
        shim = ctypes.CDLL(None)
        if request["clock"]:
            shim.shim_clock(request["clock"].encode())
        if request["below"]:
            log = request["log"].encode() if request["log"] else None
            below, nth = request["below"].encode(), ctypes.c_long(request["nth"])
            how = request["kind"], request["error"], int(request["lasting"])
            shim.shim_arm(below, nth, *how, log)
        ended = cli.run(request["arguments"])
        code = TRIED_THE_NETWORK if shim.shim_sockets() else ended
        sys.stdout.flush()
        Path(request["calls"]).write_text(str(shim.shim_calls()), "utf-8")
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
