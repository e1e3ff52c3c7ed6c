"""How a record's fields are typed, checked, stored in the log and read from it."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, ClassVar, TypeVar, get_args, get_origin, get_type_hints

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from inspector_app import canonical
from inspector_app.canonical import Value
from inspector_app.errors import BadInput
from inspector_app.moments import Moment, known_zone


def _moment(text: str) -> str:
    return str(Moment.parse(text))


def _zone(text: str) -> str:
    return known_zone(text).key


def _hash(text: str) -> str:
    if not canonical.is_hex(text):
        raise ValueError("must be a SHA-256 in lower-case hex")
    return text


MomentText = Annotated[str, AfterValidator(_moment)]
Zone = Annotated[str, AfterValidator(_zone)]
Hash = Annotated[str, AfterValidator(_hash)]
Count = Annotated[int, Field(ge=0, lt=2**53)]


class Record(BaseModel):
    """What every kind of record has: an id, and no field that its class does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
    kind: ClassVar[str]
    id: str = Field(default="", exclude=True)


R = TypeVar("R", bound=Record)


def stored_values(cls: type[Record], given: Mapping[str, Any]) -> dict[str, Value]:
    """The log's fields for what a person gave; None or "" takes a value away.

    BadInput names the field that is not as its class says.
    """
    adapters = _adapters(cls)
    stored: dict[str, Value] = {}
    for name, value in given.items():
        field = name.removesuffix("_")
        if field not in adapters:
            raise BadInput(f"A record of kind {cls.kind} has no field “{_short(field)}”.")
        if field in _mapped(cls) and isinstance(value, Mapping):
            stored |= {
                f"{field}.{_key(key)}": _checked(cls, field, {key: entry})[key]
                for key, entry in value.items()
                if entry is not None
            }
            stored |= {
                f"{field}.{_key(key)}": None for key, entry in value.items() if entry is None
            }
        else:
            stored[field] = None if value is None else _checked(cls, field, value)
    return {name: None if value == "" else value for name, value in stored.items()}


def read_record(cls: type[R], id: str, fields: Mapping[str, Value]) -> tuple[R, list[str]]:
    """The record that these fields of the log make, and the fields this version cannot read."""
    values: dict[str, Any] = {}
    unread: list[str] = []
    for name, value in fields.items():
        field, _, key = name.partition(".")
        try:
            if key and field in _mapped(cls):
                values.setdefault(field, {})[key] = _read(cls, field, {key: value})[key]
            elif not key and field in _adapters(cls) and field not in _mapped(cls):
                values[field] = _read(cls, field, value)
            else:
                unread.append(name)
        except (ValidationError, BadInput):
            unread.append(name)
    return cls.model_construct(id=id, **_by_name(cls, values)), unread


def field_names(cls: type[Record]) -> list[str]:
    """The stored names of a class's fields, without `id`."""
    return list(_adapters(cls))


def _by_name(cls: type[Record], values: Mapping[str, Any]) -> dict[str, Any]:
    names = {info.alias or name: name for name, info in cls.model_fields.items()}
    return {names[field]: value for field, value in values.items()}


@cache
def _adapters(cls: type[Record]) -> dict[str, TypeAdapter[Any]]:
    hints = get_type_hints(cls, include_extras=True)
    return {
        info.alias or name: TypeAdapter(hints[name])
        for name, info in cls.model_fields.items()
        if name != "id"
    }


@cache
def _mapped(cls: type[Record]) -> frozenset[str]:
    """Fields that hold one entry per key and are stored as one field per key."""
    return frozenset(
        name
        for name, info in cls.model_fields.items()
        if get_origin(info.annotation) is dict and get_args(info.annotation)[0] is str
    )


def _read(cls: type[Record], field: str, value: Value) -> Any:
    return _adapters(cls)[field].validate_json(canonical.encode(value), strict=True)


def _checked(cls: type[Record], field: str, value: Any) -> Any:
    adapter = _adapters(cls)[field]
    try:
        plain = adapter.dump_python(value, mode="json", warnings=False)
        return adapter.dump_python(_read(cls, field, plain), mode="json")
    except ValidationError as error:
        told = error.errors(include_input=False, include_url=False, include_context=False)[0]["msg"]
        raise BadInput(f"The field “{field}” of a record of kind {cls.kind}: {told}.") from None


def _key(key: Any) -> str:
    if not isinstance(key, str) or not 0 < len(key) <= 100:
        raise BadInput("An entry of a record has a key that is not a short text.")
    return key


def _short(name: str) -> str:
    return name[:40]
