"""Where the program's own files live: the only module that knows.

In a checkout `forms/` and `resources/` stand at the top; an installed package carries them as
`inspector_app/data/`.
"""

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "data"
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent


def forms_dir() -> Path:
    """The folder of the checklist forms that ship with the program."""
    return _ROOT / "forms"


def log_folder() -> Path:
    """Where reports of failures are kept on this laptop: the system's own place for such files."""
    if sys.platform == "win32":
        place = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local")
    elif sys.platform == "darwin":
        place = Path.home() / "Library/Logs"
    else:
        place = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state")
    return place / "inspector-app"


def resource(name: str) -> Path:
    """One file or folder of `resources/`, for instance `"fonts"` or `"agencies.csv"`."""
    return _ROOT / "resources" / name
