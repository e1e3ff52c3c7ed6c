"""Ids are never used again: what one file cannot show, since it is about several forms.

An item that replaces another names the earlier id in `was`. From then on that id is free in older
forms only. So no chain of earlier ids can lead back to where it began.
"""

from collections.abc import Iterator, Sequence

from inspector_app.forms import Form
from inspector_app.forms.faults import quoted
from inspector_app.forms.lines import lines_of


def used_again(checked: Sequence[tuple[str, bytes, Form]], others: Sequence[Form]) -> list[str]:
    """Each id of the checked forms that an older form gave up, with file and line.

    `checked` are the files' names, bytes and forms; `others` are compared with them only.
    """
    known = {form.id: form for form in others} | {form.id: form for *_, form in checked}
    return [fault for file in checked for fault in _faults(*file, list(known.values()))]


def _faults(name: str, data: bytes, form: Form, known: Sequence[Form]) -> Iterator[str]:
    given_up = {
        earlier: other
        for other in known
        if other.seen_from <= form.seen_from and other.id != form.id
        for item in other.items
        for earlier in item.was
    }
    for at, section in enumerate(form.sections):
        for number, item in enumerate(section.items):
            if item.id in given_up:
                lines = lines_of(data.decode("utf-8").replace("\r\n", "\n"))
                line = lines.get(("section", at, "item", number, "id"), 1)
                yield (
                    f"{name}:{line}: The id {quoted(item.id)} was given up in the form "
                    f"{given_up[item.id].id}; an id is never used again."
                )
