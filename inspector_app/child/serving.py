"""The child's side: answer questions until the parent goes away, within limits."""

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType
from typing import Any

from inspector_app.child.frames import BrokenFrame, read_frame, write_frame

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows
    resource = None

MAX_SECONDS = 20
"""Processor seconds for one question, should the parent's watchdog be gone."""

Answer = Callable[[dict[str, Any], bytes], tuple[dict[str, Any], bytes]]


def serve(answer: Answer, memory: int, seconds: int = MAX_SECONDS) -> None:
    """Answer each question; `memory` is the address space, in bytes, that may be used."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the frames
    sys.dont_write_bytecode = True
    _limit_space(memory)
    while True:
        try:
            request, data = read_frame(sys.stdin.buffer)
        except BrokenFrame:
            return
        _limit_time(seconds)
        write_frame(replies, *answer(request, data))


def _limit_space(memory: int) -> None:
    if resource is not None:
        _limit(resource.RLIMIT_CORE, 0)
        _limit(resource.RLIMIT_FSIZE, 0)
        _limit(resource.RLIMIT_AS, memory)


def _limit_time(seconds: int) -> None:
    if resource is not None:
        _limit(resource.RLIMIT_CPU, int(time.process_time()) + seconds)


def _limit(what: int, most: int) -> None:
    assert resource is not None
    with suppress(OSError, ValueError):  # macOS knows some limits by name only
        resource.setrlimit(what, (most, resource.getrlimit(what)[1]))
