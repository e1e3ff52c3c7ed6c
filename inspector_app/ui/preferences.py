"""What this laptop remembers of the window: no record, no name of a person, no inspection."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from inspector_app.ui.theme import SYSTEM, THEMES

THEME_WORDS = {
    SYSTEM: "As the system",
    "light": "Light",
    "dark": "Dark",
    "contrast": "High contrast",
}

TOUCH_WORDS = {"usual": "Usual", "touch": "44 px, for fingers"}
"""How high what is pressed is."""

LOCK_WORDS = {5: "5 min", 10: "10 min", 15: "15 min", 30: "30 min", 60: "1 hour"}
"""How many minutes without a key there may be before the workspace locks; never is no choice."""
LOCK_AFTER = 15


def _settings() -> QSettings:
    return QSettings(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, "inspector-app", "window"
    )


def theme_name() -> str:
    """The theme that was chosen, or `system`."""
    name = str(_settings().value("theme", SYSTEM))
    return name if name in THEMES else SYSTEM


def keep_theme(name: str) -> None:
    _settings().setValue("theme", name)


def touch() -> bool:
    """Whether what is pressed is high enough for a finger."""
    return str(_settings().value("touch", "")) == "true"


def keep_touch(on: bool) -> None:
    _settings().setValue("touch", "true" if on else "false")


def last_folder() -> Path:
    """The workspace that was open last; at first, where a new one belongs."""
    kept = _settings().value("folder", "")
    if kept:
        return Path(str(kept))
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place)) / "Inspections"


def keep_folder(folder: Path) -> None:
    _settings().setValue("folder", str(folder.resolve()))


def lock_minutes() -> int:
    """After how many minutes without a key the workspace locks."""
    kept = str(_settings().value("lock", LOCK_AFTER))
    return int(kept) if kept.isdecimal() and int(kept) in LOCK_WORDS else LOCK_AFTER


def keep_lock_minutes(minutes: int) -> None:
    _settings().setValue("lock", minutes)


def window_shape() -> QByteArray:
    """Where the window stood and how big it was, as Qt writes it; empty at first."""
    kept = _settings().value("shape", QByteArray())
    return kept if isinstance(kept, QByteArray) else QByteArray()


def keep_window_shape(shape: QByteArray) -> None:
    _settings().setValue("shape", shape)
