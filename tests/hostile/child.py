"""Runs commands for the corpus, each in a fork with limits of time and memory.

Reads one JSON request a line and answers each with one line: exit code, what standard error said,
processor seconds, and the most memory that was resident.
"""

import gc
import json
import os
import resource
import signal
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

from inspector_app import cli
from inspector_app.cli import loading
from inspector_app.identity import envelope
from tests.functional.terminal import PASSPHRASE

ENDED_BADLY = 99
SECONDS, SPACE, FILE = 20, 2 << 30, 1 << 30
"""Where the system ends a process that neither refuses nor finishes: far above what is promised."""


def main() -> None:
    """Serve requests until standard input ends."""
    loading.load()
    for name in ("pydantic", "sqlcipher3.dbapi2", "inspector_app.playing", "joserfc.jwe"):
        import_module(name)
    envelope._ROUNDS = envelope._ACCEPTED_ROUNDS.start
    gc.freeze()
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            _serve(request)
        _, status, used = os.wait4(child, 0)
        answer = {
            "code": os.waitstatus_to_exitcode(status),
            "seconds": used.ru_utime + used.ru_stime,
            "memory": used.ru_maxrss * 1024,
        }
        print(json.dumps(answer), flush=True)


def _serve(request: dict[str, Any]) -> None:
    code = ENDED_BADLY
    try:
        signal.alarm(SECONDS)  # what waits uses no processor
        for kind, most in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, SPACE)):
            resource.setrlimit(kind, (most, most))
        resource.setrlimit(resource.RLIMIT_FSIZE, (FILE, FILE))
        for name, number in (("out", 1), ("err", 2)):
            os.dup2(os.open(request[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        os.environ[cli.PASSPHRASE] = PASSPHRASE
        os.chdir(Path(request["out"]).parent)
        code = cli.run(request["arguments"])
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
