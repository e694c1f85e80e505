"""Domain values to plain JSON values and back, by the types their fields declare."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum, IntEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin


def as_data(value: object) -> Any:
    """A value as JSON values: enums by value (ordered ones by name), sets sorted, dates as text."""
    if isinstance(value, IntEnum):
        return value.name
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_data(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: as_data(item) for key, item in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(as_data(item) for item in value)
    if isinstance(value, list | tuple):
        return [as_data(item) for item in value]
    return value


def from_data(kind: Any, data: Any) -> Any:
    """The value of type ``kind`` that JSON values stand for; fields left out have their default.

    Knows dataclasses, enums, dates, tuples, frozensets, mappings, optional and plain values. Raises
    ValueError, which says where, when ``data`` is none.
    """
    return _value(kind, data, "")


def _value(kind: Any, data: Any, at: str) -> Any:
    origin = get_origin(kind)
    if origin is not None:
        return _collection(origin, get_args(kind), data, at)
    if kind is float and type(data) is int:
        return data
    if kind in _PLAIN:
        return _checked(kind, data, at)
    if is_dataclass(kind):
        return _record(kind, data, at)
    try:
        if issubclass(kind, IntEnum):
            return kind[data]
        if issubclass(kind, date):
            return kind.fromisoformat(data)
        return kind(data)
    except (KeyError, TypeError, ValueError):
        raise _wrong(at, f"is no {kind.__name__}") from None


_PLAIN = (bool, int, float, str, NoneType)


def _collection(origin: Any, kinds: tuple[Any, ...], data: Any, at: str) -> Any:
    if origin in (Union, UnionType):  # only ``X | None``: other unions do not say which they hold
        (kind,) = (one for one in kinds if one is not NoneType)
        return None if data is None else _value(kind, data, at)
    if origin is tuple and kinds[-1] is not Ellipsis:
        items = _checked(list, data, at)
        if len(items) != len(kinds):
            raise _wrong(at, f"has {len(items)} entries, not {len(kinds)}")
        pairs = enumerate(zip(kinds, items, strict=True))
        return tuple(_value(kind, item, f"{at}.{n}") for n, (kind, item) in pairs)
    if origin in (tuple, frozenset):
        items = _checked(list, data, at)
        return origin(_value(kinds[0], item, f"{at}.{n}") for n, item in enumerate(items))
    content = _checked(dict, data, at)
    return {key: _value(kinds[1], item, f"{at}.{key}") for key, item in content.items()}


def _record(kind: Any, data: Any, at: str) -> Any:
    known, needed = _fields(kind)
    content = _checked(dict, data, at)
    for name in content:
        if name not in known:
            raise _wrong(f"{at}.{name}", "is not a known key")
    for name in needed:
        if name not in content:
            raise _wrong(f"{at}.{name}", "is missing")
    return kind(
        **{name: _value(known[name], item, f"{at}.{name}") for name, item in content.items()}
    )


@cache
def _fields(kind: Any) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The fields of a dataclass with their types, and which of them have no default."""
    known = {field.name: field.type for field in fields(kind)}
    needed = (field for field in fields(kind) if field.default is field.default_factory)
    return known, tuple(field.name for field in needed)


def _checked(kind: type, data: Any, at: str) -> Any:
    if type(data) is not kind:
        raise _wrong(at, f"is no {kind.__name__}")
    return data


def _wrong(at: str, message: str) -> ValueError:
    return ValueError(f"{at.removeprefix('.') or 'value'}: {message}")
