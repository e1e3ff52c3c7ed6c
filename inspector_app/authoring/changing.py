"""Changing what one block of a form's text says, and nothing else of it."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from inspector_app.authoring.spelling import spelled, statement
from inspector_app.forms.lines import Place, lines_of
from inspector_app.forms.shapes import Kind, Shape

Table = dict[str, Any]


def says_same(old: Any, new: Any) -> bool:
    """Whether two values are alike; an empty text or list is as none at all."""
    return (None if _empty(old) else old) == (None if _empty(new) else new)


def _empty(value: Any) -> bool:
    return value is None or (isinstance(value, str | list | dict) and not value)


def changed(text: str, at: Place, old: Table, new: Table, shape: Shape) -> str:
    """A block's text that says `new` instead of `old` in the table at `at`; of the keys in `shape`.

    Remarks, spacing and the order of keys stay as they are.
    """
    if all(says_same(old.get(key), new.get(key)) for key in shape):
        return text
    import tomlkit

    for key in shape:
        if key in new and key not in old and not _empty(new[key]):
            text = _with_key(text, at, key, new[key], shape)
    document = tomlkit.parse(text + "\n")
    node: Any = document
    for step in at:
        node = node[step]
    _change(node, old, new, shape)
    return tomlkit.dumps(document).rstrip("\n")


def _with_key(text: str, at: Place, key: str, value: Any, shape: Shape) -> str:
    """The text with one key more, before the first that the grammar has after it."""
    known = lines_of(text)
    order = list(shape)
    later = [(*at, name) for name in order[order.index(key) + 1 :]]
    lines = text.split("\n")
    end = len(text.rstrip().split("\n"))
    before = next((known[place] - 1 for place in later if place in known), end)
    return "\n".join([*lines[:before], statement(key, value), *lines[before:]])


def _change(node: Any, old: Table, new: Table, shape: Shape) -> None:
    for key, what in shape.items():
        before, after = old.get(key), new.get(key)
        if key not in old or says_same(before, after):
            continue
        if key not in new:
            node.remove(key)
        elif what.kind is Kind.TABLE:
            _change_table(node, key, old[key], new[key], what.inside)
        elif isinstance(before, list) and before and after:
            _change_list(node[key], before, new[key])
        else:
            node[key] = _item(after)


def _change_table(node: Any, key: str, old: Table, new: Table, shape: Shape) -> None:
    """A table within: value by value, or written anew where keys came or went."""
    from tomlkit.items import InlineTable

    if isinstance(node[key], InlineTable) and old.keys() != new.keys():
        node[key] = _item(new)
        return
    for name in [name for name in new if name not in old]:
        node[key][name] = _item(new[name])
    _change(node[key], old, new, shape)


def _change_list(array: Any, old: list[Any], new: list[Any]) -> None:
    """A list, member by member from its end, so that the others keep their remarks."""
    steps = list(_steps(old, new))
    for start, end, members in reversed(steps):
        common = min(end - start, len(members))
        for _ in range(start + common, end):
            del array[start + common]
        for at, member in enumerate(members[common:], start + common):
            array.insert(at, _member(array, member))
        for at in range(common):
            if old[start + at] != members[at]:
                _change_member(array, start + at, old[start + at], members[at])


def _steps(old: list[Any], new: list[Any]) -> Iterator[tuple[int, int, list[Any]]]:
    """Which members from where to where become which; what stays is left out."""
    match = SequenceMatcher(None, list(map(spelled, old)), list(map(spelled, new)), autojunk=False)
    for kind, start, end, first, last in match.get_opcodes():
        if kind != "equal":
            yield start, end, new[first:last]


def _change_member(array: Any, at: int, old: Any, new: Any) -> None:
    """One member: a table value by value where it can be, anything else as a whole."""
    from tomlkit.items import AoT

    if isinstance(old, dict) and (isinstance(array, AoT) or old.keys() == new.keys()):
        for key in [key for key in old if key not in new]:
            array[at].remove(key)
        for key, value in new.items():
            if value != old.get(key):
                array[at][key] = _item(value)
    else:
        array[at] = _item(new)


def _member(array: Any, value: Any) -> Any:
    """A new member: a table with a head of its own where the others have one."""
    import tomlkit
    from tomlkit.items import AoT

    if not isinstance(array, AoT):
        return _item(value)
    table = tomlkit.table()
    for key, part in value.items():
        table[key] = _item(part)
    return table


def _item(value: Any) -> Any:
    """The value as the library's own, in the spelling of the forms that ship."""
    import tomlkit

    return tomlkit.parse(statement("x", value) + "\n")["x"]
