"""A form as JSON, for `forms show` and for other programs that read it."""

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from inspector_app.forms.model import Form


def as_json(form: Form) -> dict[str, Any]:
    """The whole form, under the names that its parts have here; days as YYYY-MM-DD."""
    return {field.name: _plain(getattr(form, field.name)) for field in fields(form)}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value.isoformat() if isinstance(value, date) else value
