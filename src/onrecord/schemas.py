"""Read the table declarations: the only place where a column is declared.

A declaration is a Table Schema (v2) in `schemas/<table>.schema.json`. Everything else that knows columns
(Arrow, pandera, the field reference, test data) is derived from what `load` returns.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES = ("articles", "quotes", "spans", "attributions", "speakers", "set_aside")
INPUTS = ("corrections",)
"""Tables that people write and builds read: declared like the published ones, but not among them."""
TYPES = ("string", "integer", "number", "boolean", "date", "datetime", "array")
SUFFIX = ".schema.json"


@dataclass(frozen=True, slots=True)
class Category:
    """One value a field may take, and what it means."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column. `item` declares the items of an `array`; an empty `categories` allows any value."""

    name: str
    type: str
    description: str = ""
    format: str | None = None
    rdf_type: str | None = None
    required: bool = False
    unique: bool = False
    min_length: int | None = None
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    categories: tuple[Category, ...] = ()
    item: Field | None = None

    @property
    def values(self) -> tuple[str, ...]:
        """The values of the categories, without their labels."""
        return tuple(category.value for category in self.categories)


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns whose values must stand in columns of another table."""

    fields: tuple[str, ...]
    table: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSchema:
    """One table. `declaration` is the JSON it was read from, as it is shipped with the data.

    Examples
    --------
    >>> load("spans").primary_key
    ('quote_id', 'position')
    >>> load("quotes")["kind"].values
    ('direct', 'mixed', 'indirect')
    """

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    unique_keys: tuple[tuple[str, ...], ...]
    foreign_keys: tuple[ForeignKey, ...]
    declaration: Mapping[str, Any] = field(repr=False, compare=False, hash=False)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the fields, in order."""
        return tuple(field.name for field in self.fields)

    def __getitem__(self, name: str) -> Field:
        for candidate in self.fields:
            if candidate.name == name:
                return candidate
        raise SchemaError(f"table {self.name!r} has no field {name!r}", hint=f"fields: {', '.join(self.columns)}")


def names() -> tuple[str, ...]:
    """Return the names of the tables in canonical order.

    >>> names()
    ('articles', 'quotes', 'spans', 'attributions', 'speakers', 'set_aside')
    """
    return NAMES


def path(name: str) -> Path:
    """Return the file that declares a table: in the installed package, or in a checkout.

    Raises
    ------
    SchemaError
        There is no such table, or its file is missing.
    """
    if name not in (*NAMES, *INPUTS):
        raise SchemaError(f"no table {name!r}", hint=f"tables: {', '.join((*NAMES, *INPUTS))}")
    folders = (Path(str(resources.files("onrecord"))) / "_schemas", Path(__file__).parents[2] / "schemas")
    for folder in folders:
        if (file := folder / f"{name}{SUFFIX}").is_file():
            return file
    raise SchemaError(f"the declaration of table {name!r} is missing", hint="install onrecord again")


@cache
def load(name: str) -> TableSchema:
    """Return the declaration of a table.

    Raises
    ------
    SchemaError
        There is no such table, or its declaration contradicts itself.

    Examples
    --------
    >>> load("articles").columns[:2]
    ('article_id', 'url')
    """
    file = path(name)
    try:
        declaration = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise SchemaError(f"not JSON: {error}", hint="mend the file", file=file) from None
    return parse(declaration, file=file)


def parse(declaration: Mapping[str, Any], *, file: Path | None = None) -> TableSchema:
    """Return the table that a Table Schema declares, every property of it understood.

    Raises
    ------
    SchemaError
        A property or type is unknown, or a key names no field.
    """
    rest = dict(declaration)
    rest.pop("$schema", None)
    try:
        schema = TableSchema(
            name=rest.pop("name"),
            title=rest.pop("title"),
            description=rest.pop("description"),
            fields=tuple(_field(each) for each in rest.pop("fields")),
            primary_key=tuple(rest.pop("primaryKey", ())),
            unique_keys=tuple(tuple(key) for key in rest.pop("uniqueKeys", ())),
            foreign_keys=tuple(_foreign_key(key) for key in rest.pop("foreignKeys", ())),
            declaration=declaration,
        )
        _consistent(schema, rest.pop("missingValues", [""]))
        _nothing_left(rest, "the table")
    except KeyError as error:
        raise SchemaError(f"the declaration lacks {error}", file=file) from None
    except SchemaError as error:
        raise SchemaError(error.message, hint=error.hint, file=file) from None
    return schema


def _field(declaration: Mapping[str, Any]) -> Field:
    rest = dict(declaration)
    name, kind = rest.pop("name"), rest.pop("type")
    if kind not in TYPES:
        raise SchemaError(f"field {name!r} has the unknown type {kind!r}", hint=f"types: {', '.join(TYPES)}")
    constraints = dict(rest.pop("constraints", {}))
    item = rest.pop("arrayItem", None)
    if (kind == "array") != (item is not None):
        raise SchemaError(f"field {name!r}: an array, and nothing else, has an arrayItem")
    made = Field(
        name=name,
        type=kind,
        description=rest.pop("description", ""),
        format=rest.pop("format", None),
        rdf_type=rest.pop("rdfType", None),
        categories=tuple(Category(each["value"], each["label"]) for each in rest.pop("categories", ())),
        item=None if item is None else _field({"name": name, **item}),
        required=constraints.pop("required", False),
        unique=constraints.pop("unique", False),
        min_length=constraints.pop("minLength", None),
        pattern=constraints.pop("pattern", None),
        minimum=constraints.pop("minimum", None),
        maximum=constraints.pop("maximum", None),
    )
    _nothing_left(rest | constraints, f"field {name!r}")
    return made


def _foreign_key(declaration: Mapping[str, Any]) -> ForeignKey:
    reference = declaration["reference"]
    return ForeignKey(tuple(declaration["fields"]), reference["resource"], tuple(reference["fields"]))


def _nothing_left(rest: Mapping[str, Any], what: str) -> None:
    if rest:
        raise SchemaError(f"{what} has unknown properties: {', '.join(sorted(rest))}", hint="misspelt?")


def _consistent(schema: TableSchema, missing: list[str]) -> None:
    if missing != [""]:
        raise SchemaError('missingValues must be [""]: null is the empty cell and nothing else')
    if len(set(schema.columns)) != len(schema.columns):
        raise SchemaError("two fields have one name")
    keys = (schema.primary_key, *schema.unique_keys, *(key.fields for key in schema.foreign_keys))
    for name in (name for key in keys for name in key):
        schema[name]
    if schema.name in NAMES and not schema.primary_key:
        raise SchemaError(f"table {schema.name!r} has no primary key")
    for name in schema.primary_key:
        if not schema[name].required:
            raise SchemaError(f"field {name!r} is of the primary key and must be required")
    for key in schema.foreign_keys:
        if key.table not in NAMES or len(key.fields) != len(key.references):
            raise SchemaError(f"the foreign key {', '.join(key.fields)} refers to nothing in {key.table!r}")
