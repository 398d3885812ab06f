"""The field reference as Markdown, from the declarations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord import schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from onrecord.schemas import Field, TableSchema

HEAD = "# Field reference\n\nMade from `schemas/*.schema.json`, the only place where a column is declared.\n"


def document(names: Iterable[str] | None = None) -> str:
    """Return the reference of several tables, by default all, as one document.

    >>> document(["spans"]).splitlines()[0]
    '# Field reference'
    """
    return "\n".join([HEAD, *(reference(name) for name in (schemas.names() if names is None else names))])


def reference(table: str | TableSchema, *, level: int = 2) -> str:
    """Return the reference of one table: its keys, and each field with type and constraints.

    Parameters
    ----------
    table
        The table: its name, or its declaration.
    level
        The level of the heading.

    Examples
    --------
    >>> print(reference("spans").splitlines()[0])
    ## `spans`: Spans
    """
    declared = schemas.load(table) if isinstance(table, str) else table
    return "\n".join([*_head(declared, level), *map(_line, declared.fields), "", *_values(declared)])


def _head(table: TableSchema, level: int) -> Iterator[str]:
    yield f"{'#' * level} `{table.name}`: {table.title}"
    yield ""
    yield table.description
    yield ""
    if table.primary_key:
        yield f"- Primary key: {_code(table.primary_key)}"
    for key in table.unique_keys:
        yield f"- Unique: {_code(key)}"
    for foreign in table.foreign_keys:
        yield f"- {_code(foreign.fields)} refers to `{foreign.table}` ({_code(foreign.references)})"
    yield ""
    yield "| field | type | required | description |"
    yield "|---|---|---|---|"


def _line(field: Field) -> str:
    meaning = " ".join([field.description, *_limits(field)]).replace("|", "\\|")
    return f"| `{field.name}` | {_type(field)} | {'yes' if field.required else ''} | {meaning} |"


def _type(field: Field) -> str:
    return field.type if field.item is None else f"{field.type} of {field.item.type}"


def _limits(field: Field) -> Iterator[str]:
    """Yield what a reader cannot guess of a field's constraints."""
    if field.minimum is not None and field.maximum is not None:
        yield f"From {field.minimum} to {field.maximum}."
    elif field.minimum is not None:
        yield f"At least {field.minimum}."
    if pattern := field.pattern or (field.item and field.item.pattern):
        yield f"Pattern: `{pattern}`."
    if field.categories:
        yield f"One of {_code(field.values)}."


def _values(table: TableSchema) -> Iterator[str]:
    for field in table.fields:
        if field.categories:
            yield f"Values of `{field.name}`:"
            yield ""
            yield from (f"- `{category.value}`: {category.label}" for category in field.categories)
            yield ""


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
