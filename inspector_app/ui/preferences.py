"""What this laptop remembers of the window: no record, no name of a person, no inspection."""

from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths

from inspector_app.ui.theme import SYSTEM, THEMES

THEME_WORDS = {
    SYSTEM: "As the system",
    "light": "Light",
    "dark": "Dark",
    "contrast": "High contrast",
}


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


def last_folder() -> Path:
    """The workspace that was open last; at first, where a new one belongs."""
    kept = _settings().value("folder", "")
    if kept:
        return Path(str(kept))
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place)) / "Inspections"


def keep_folder(folder: Path) -> None:
    _settings().setValue("folder", str(folder.resolve()))
