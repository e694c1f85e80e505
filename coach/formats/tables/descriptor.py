"""The description that goes with the CSV files: a Frictionless data package (``datapackage.json``).

It names every column with its type, range and meaning, the keys that join the two tables, and the
size and SHA-256 of each file, so that a reader can tell what is wrong with a copy.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coach.formats.tables.column import Column, Kind

#: What a package of ours is called; a folder that holds one may be written over.
PACKAGE_NAME = "nerve-coach-record"
SETS, SESSIONS = "sets", "sessions"
_KEYS: Mapping[str, list[str]] = {SETS: ["session_id", "set_no"], SESSIONS: ["session_id"]}
_TYPES = {Kind.CODE: "string", Kind.TEXT: "string", Kind.MOMENT: "string"}


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A written table: its name there, its columns, and its fingerprint."""

    table: str
    path: str
    columns: Sequence[Column]
    size: int
    sha256: str


def package_text(files: Sequence[CsvFile], separator: str, *, title: str, about: str) -> str:
    """The descriptor of a package; the same files give the same text."""
    package = {
        "profile": "tabular-data-package",
        "name": PACKAGE_NAME,
        "title": title,
        "description": about,
        "resources": [_resource(file, separator) for file in files],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(file: CsvFile, separator: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in file.columns],
        "missingValues": [""],
        "primaryKey": _KEYS[file.table],
    }
    if file.table == SETS:
        there = {"resource": SESSIONS, "fields": ["session_id"]}
        schema["foreignKeys"] = [{"fields": ["session_id"], "reference": there}]
    return {
        "profile": "tabular-data-resource",
        "name": file.table,
        "path": file.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "dialect": {
            "delimiter": separator,
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.kind, str(column.kind)),
        "description": column.about,
    }
    limits = _constraints(column)
    return field | {"constraints": limits} if limits else field


def _constraints(column: Column) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    if column.needed:
        limits["required"] = True
    if column.least is not None:
        limits["minimum"] = column.least
    if column.most is not None:
        limits["maximum"] = column.most
    if column.choices and column.listed:
        word = "|".join(column.choices)
        limits["pattern"] = f"({word})( ({word}))*"
    elif column.choices:
        limits["enum"] = list(column.choices)
    return limits


def describes(text: str) -> frozenset[str]:
    """Names of the files that a descriptor written by such an export is about; none of others."""
    try:
        package = json.loads(text)
        named = frozenset(str(one["path"]) for one in package["resources"])
    except (ValueError, RecursionError, KeyError, TypeError):
        return frozenset()
    return named if package.get("name") == PACKAGE_NAME else frozenset()
