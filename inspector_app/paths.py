"""Where the program's own files live: the only module that knows.

In a checkout `forms/` and `resources/` stand at the top; an installed package carries them as
`inspector_app/data/`.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "data"
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent


def forms_dir() -> Path:
    """The folder of the checklist forms that ship with the program."""
    return _ROOT / "forms"


def resource(name: str) -> Path:
    """One file or folder of `resources/`, for instance `"fonts"` or `"agencies.csv"`."""
    return _ROOT / "resources" / name
