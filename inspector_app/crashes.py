"""What is kept when the program itself fails: where in its own code, never what it worked on.

A report holds the version, the kind of the failure and the places as module, line and function.
No message, no value and no source line is in it, since any of these may quote what somebody typed
or the name of a file. Nothing is sent anywhere (reliability.md S4).
"""

import faulthandler
import os
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TextIO

from inspector_app import __version__
from inspector_app.paths import log_folder

_MOST_PLACES = 20
_MOST_REPORTS = 20
_SUFFIX = ".txt"
_FATAL = ".fatal"
_SET_DUMPABLE = 4
_PACKAGE = Path(__file__).resolve().parent
_open: list[TextIO] = []
"""The file of the system's own handler has to stay open for as long as the process lives."""


def report(error: BaseException) -> str:
    """A report of an exception, in lines."""
    frames = traceback.extract_tb(error.__traceback__)[-_MOST_PLACES:]
    places = [f"  {_module(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    head = f"This is a bug in inspector-app {__version__}: {type(error).__name__}."
    return "\n".join([head, *places])


def keep(text: str) -> Path | None:
    """Write a report into the log folder; None where the disk does not take it."""
    from datetime import UTC, datetime

    with suppress(OSError):
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{os.getpid()}{_SUFFIX}"
        about = f"Python {sys.version.split()[0]}, {sys.platform}"
        path.write_text(f"{text}\n{about}\n", "utf-8")
        _forget_old(folder)
        return path
    return None


def told(error: BaseException) -> str:
    """Keep a report and say so in one sentence for a person."""
    path = keep(report(error))
    where = (
        f"A report without any text of yours is in {path.name}" if path else "No report was kept"
    )
    return (
        "The program failed at one step; what is saved is safe. Try it again, or lock and come "
        f"back. {where}{f', in the folder {path.parent}' if path else ''}."
    )


def catch(tell: Callable[[str], object]) -> None:
    """From now on, whatever nobody catches is kept and told; nothing of it goes to the terminal."""

    def in_window(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        tell(told(error))

    def in_thread(given: threading.ExceptHookArgs) -> None:
        if given.exc_value is not None and not isinstance(given.exc_value, SystemExit):
            tell(told(given.exc_value))

    sys.excepthook = in_window
    threading.excepthook = in_thread


def catch_fatal() -> str | None:
    """Let the system's handler write when the whole process dies; tells of an earlier such end.

    That handler knows nothing but places in code. What it left is made into a report at the next
    start, which is this one, with modules in the place of paths.
    """
    with suppress(OSError):
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        ended = [each for each in map(_ended, sorted(folder.glob(f"*{_FATAL}"))) if each]
        file = (folder / f"{os.getpid()}{_FATAL}").open("w", encoding="utf-8")
        _open.append(file)
        faulthandler.enable(file, all_threads=False)
        return ended[-1] if ended else None
    return None


def end() -> None:
    """The process ends as it should: the file of the handler, which is empty, goes."""
    faulthandler.disable()
    while _open:
        file = _open.pop()
        file.close()
        with suppress(OSError):
            Path(file.name).unlink()


def _ended(path: Path) -> str | None:
    """Make a report of what an earlier process left, unless it lives or ended as it should."""
    lines = path.read_text("utf-8", "replace").splitlines()
    if not lines and path.stem.isdecimal() and _lives(int(path.stem)):
        return None
    path.unlink()
    places = [place for line in lines[:_MOST_PLACES] if (place := _place(line))]
    if not places:
        return None
    kept = keep("\n".join([f"inspector-app {__version__} was ended by the system.", *places]))
    return (
        "The program was ended by the system the last time; what had been saved is here. "
        f"A report without any text of yours is in {kept}."
        if kept
        else None
    )


def _place(line: str) -> str:
    """`  File "/somewhere/x.py", line 3 in f` as module, line and function; else nothing."""
    parts = line.strip().split('"')
    if len(parts) != 3 or not line.strip().startswith("File"):
        return ""
    number, _, name = parts[2].removeprefix(", line ").partition(" in ")
    return f"  {_module(parts[1])}:{number} {name}" if number.isdecimal() else ""


def _module(filename: str) -> str:
    """The module's file inside of this program, or the bare name of one of a library."""
    path = Path(filename)
    inside = path.is_relative_to(_PACKAGE)
    return path.relative_to(_PACKAGE).as_posix() if inside else path.name


def _lives(process: int) -> bool:
    if process == os.getpid() or os.name == "nt":
        return process == os.getpid()
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _forget_old(folder: Path) -> None:
    for old in sorted(folder.glob(f"*{_SUFFIX}"))[:-_MOST_REPORTS]:
        old.unlink()


def keep_memory_to_itself() -> None:
    """No core file, and on Linux no look into this process by others of the same person (S4)."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)
