"""Lines of JSON that record: one object in, one line out once it is durable, or a refusal."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

from inspector_app.change import new_record
from inspector_app.errors import BadInput, UserError
from inspector_app.files import bytes_of
from inspector_app.inspection.basis import RESTS_ON, basis_of
from inspector_app.records import (
    INSPECTION_RECORDS,
    PARTIES,
    Annotation,
    Answer,
    Basis,
    Conference,
    DocumentReview,
    Finding,
    Interview,
    Observation,
    Photo,
    Record,
    Result,
    SampledFile,
    field_names,
    stored_values,
)
from inspector_app.workspace import Commit, Workspace, answering

Line = dict[str, Any]

_NAMED: tuple[type[Record], ...] = (
    Observation,
    Photo,
    Annotation,
    DocumentReview,
    SampledFile,
    Interview,
    Conference,
    Finding,
)


def record_lines(
    workspace: Workspace, inspection: str, lines: Iterable[str]
) -> Iterator[tuple[Line, int]]:
    """For each line what to print, and the exit code that it asks for (0: done)."""
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        try:
            commit = perform(workspace, inspection, _verb_line(text))
            yield {"line": number, "change": commit.change, "record": commit.record}, 0
        except UserError as error:
            refusal = {"line": number, "refused": error.message, "code": error.exit_code}
            yield {**refusal, "details": list(error.details)}, error.exit_code


def parsed(text: str) -> Line:
    """A JSON object; BadInput for anything else."""
    try:
        line = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise BadInput("The line is not JSON.") from None
    if not isinstance(line, dict):
        raise BadInput("The line is not a JSON object.")
    return line


def _no_constant(name: str) -> None:
    """NaN and the infinities are not JSON (RFC 8259, section 6), though Python reads them."""
    raise ValueError(name)


def _verb_line(text: str) -> Line:
    line = parsed(text)
    if not isinstance(line.get("verb"), str):
        raise BadInput("The line has no verb.")
    return line


def perform(workspace: Workspace, inspection: str, line: Line) -> Commit:
    """Do what one line says."""
    given = dict(line)
    verb = given.pop("verb")
    if verb not in VERBS:
        raise BadInput(f"There is no verb “{verb[:40]}”. Verbs: {', '.join(VERBS)}.")
    try:
        return VERBS[verb](workspace, inspection, given)
    except KeyError as missing:
        raise BadInput(f"The verb {verb} needs {missing}.") from None


def _answer(workspace: Workspace, inspection: str, given: Line) -> Commit:
    item = given.pop("item")
    return _put(workspace, inspection, f"answer:{item}", given)


def _answers(workspace: Workspace, inspection: str, given: Line) -> Commit:
    """Several items with one result, which rest on the one basis that the line states."""
    items, result = _texts(given, "items"), str(given.pop("result"))
    stated, amends = given.pop("basis", {}), str(given.pop("amends", ""))
    if not isinstance(stated, dict):
        raise BadInput("“basis” must be an object: what, and record or text.")
    _nothing_left(given)
    values = stored_values(Basis, stated)
    stored_values(Answer, {"result": result})
    basis = basis_of("", values)
    return answering.answer_together(workspace, inspection, items, result, basis, amends)


def _set(workspace: Workspace, inspection: str, given: Line) -> Commit:
    record, field, value = given.pop("record"), given.pop("field"), given.pop("value")
    return _put(workspace, inspection, str(record), {**given, str(field): value})


def _named(cls: type[Record]) -> Callable[[Workspace, str, Line], Commit]:
    def act(workspace: Workspace, inspection: str, given: Line) -> Commit:
        record = _record_id(cls, given)
        ends = [*(f"party:{p}" for p in _texts(given, "parties")), *_texts(given, "evidence")]
        links = [(record, end) for end in ends]
        amends = str(given.pop("amends", ""))
        if cls is Photo and "path" in given:
            data = _bytes_of(given.pop("path"))
            stored_values(cls, given)  # refused before the picture is kept
            ties: Any = {"record": record, "links": links, "amends": amends}
            return workspace.add_photo(inspection, data, **ties, **given)
        is_new = workspace.inspection(inspection).record(record) is None
        if cls is Interview and is_new and not given.get("label"):
            role = str(given.get("role", ""))
            given["label"] = workspace.next_label(inspection, role, amends)
        words = f"new {cls.kind.replace('-', ' ')}" if is_new else cls.kind.replace("-", " ")
        return workspace.put_many(inspection, {record: given}, words, amends, links=links)

    return act


def _record_id(cls: type[Record], given: Line) -> str:
    """A fresh record, or the one that `id` names: a short name of one's own, or a whole id."""
    named = given.pop("id", None)
    if named is None:
        return new_record(cls.kind)
    name = str(named).removeprefix(f"{cls.kind}:")
    if not name or len(name) > 64 or not all(c.isalnum() or c in "-." for c in name):
        raise BadInput("An id is a short name of letters, digits and dashes.")
    return f"{cls.kind}:{name}"


def _texts(given: Line, name: str) -> list[str]:
    texts = given.pop(name, [])
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise BadInput(f"“{name}” must be a list of texts.")
    return texts


def _bytes_of(path: Any) -> bytes:
    try:
        return bytes_of(Path(str(path)))
    except (OSError, ValueError):
        raise BadInput("The picture's file cannot be read. Nothing was recorded.") from None


def _link(workspace: Workspace, inspection: str, given: Line) -> Commit:
    act = workspace.unlink if given.pop("undo", False) is True else workspace.link
    amends = str(given.pop("amends", ""))
    commit = act(inspection, str(given.pop("from")), str(given.pop("to")), amends)
    _nothing_left(given)
    return commit


def _remove(workspace: Workspace, inspection: str, given: Line) -> Commit:
    amends = str(given.pop("amends", ""))
    commit = workspace.remove(inspection, str(given.pop("record")), amends)
    _nothing_left(given)
    return commit


def _sign_off(workspace: Workspace, inspection: str, given: Line) -> Commit:
    commit = workspace.sign_off(inspection, str(given.pop("part", "report")))
    _nothing_left(given)
    return commit


def _put(workspace: Workspace, inspection: str, record: str, given: Line) -> Commit:
    amends = str(given.pop("amends", ""))
    return workspace.put_many(inspection, {record: given}, "", amends)


def _nothing_left(given: Line) -> None:
    if given:
        raise BadInput(f"The line has fields that its verb does not know: {', '.join(given)[:80]}.")


VERBS: dict[str, Callable[[Workspace, str, Line], Commit]] = {
    "answer": _answer,
    "answers": _answers,
    **{cls.kind: _named(cls) for cls in _NAMED},
    "link": _link,
    "set": _set,
    "remove": _remove,
    "sign-off": _sign_off,
}


def line_schema() -> dict[str, Any]:
    """The JSON Schema of the lines of `record`, made from the record classes."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of `inspector-app record`",
        "oneOf": [*_record_schemas(), *_OTHER_LINES],
    }


def _record_schemas() -> Iterator[dict[str, Any]]:
    for cls in INSPECTION_RECORDS:
        if cls.kind not in VERBS or cls.kind in ("link", "sign-off"):
            continue
        whole = cls.model_json_schema(by_alias=True)
        properties = {name: whole["properties"][name] for name in field_names(cls)}
        extra = _EXTRA.get(cls.kind, {"id": {"type": "string"}})
        yield {
            "title": cls.kind,
            "type": "object",
            "properties": {"verb": {"const": cls.kind}, **extra, **properties, "amends": _TEXT},
            "required": ["verb", "item"] if cls.kind == "answer" else ["verb"],
            "additionalProperties": False,
        }


_ID = {"id": {"type": "string", "description": "a name of one's own, or an existing record"}}
_EXTRA: dict[str, dict[str, Any]] = {
    "answer": {"item": {"type": "string"}},
    "photo": {**_ID, "path": {"type": "string", "description": "a file to read the picture from"}},
    "finding": {
        **_ID,
        "parties": {"type": "array", "items": {"enum": list(PARTIES)}},
        "evidence": {"type": "array", "items": {"type": "string"}},
    },
    "observation": {**_ID, "evidence": {"type": "array", "items": {"type": "string"}}},
}


def _line(verb: str, required: dict[str, Any], optional: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": verb,
        "type": "object",
        "properties": {"verb": {"const": verb}, **required, **optional},
        "required": ["verb", *required],
        "additionalProperties": False,
    }


_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT, "minItems": 2}
_RESULT = {"enum": list(get_args(Result))}
_BASIS = {
    "type": "object",
    "properties": {"what": {"enum": [*RESTS_ON, "paper"]}, "record": _TEXT, "text": _TEXT},
    "required": ["what"],
    "additionalProperties": False,
}
_OTHER_LINES = (
    _line("answers", {"items": _TEXTS, "result": _RESULT, "basis": _BASIS}, {"amends": _TEXT}),
    _line("link", {"from": _TEXT, "to": _TEXT}, {"undo": {"type": "boolean"}, "amends": _TEXT}),
    _line("set", {"record": _TEXT, "field": _TEXT, "value": {}}, {"amends": _TEXT}),
    _line("remove", {"record": _TEXT}, {"amends": _TEXT}),
    _line("sign-off", {}, {"part": _TEXT}),
)
