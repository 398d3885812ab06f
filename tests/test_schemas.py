"""Declarations: what is read, and what is refused."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from onrecord import schemas
from onrecord.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Callable

DECLARATION: dict[str, Any] = json.loads(schemas.path("quotes").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", schemas.names())
def test_every_declaration_is_read(name: str) -> None:
    table = schemas.load(name)
    assert table.name == name
    assert [field["name"] for field in table.declaration["fields"]] == list(table.columns)
    assert all(field.description for field in table.fields)


@pytest.mark.parametrize("name", schemas.names())
def test_declarations_are_valid_for_frictionless(name: str) -> None:
    from frictionless import Schema

    declaration = dict(schemas.load(name).declaration)
    assert list(Schema.metadata_validate(declaration)) == []
    assert Schema.from_descriptor(declaration).field_names == list(schemas.load(name).columns)


def test_foreign_keys_name_keys_of_the_same_type() -> None:
    for name in schemas.names():
        table = schemas.load(name)
        for key in table.foreign_keys:
            other = schemas.load(key.table)
            assert key.references == other.primary_key
            types = [(table[one].type, other[two].type) for one, two in zip(key.fields, key.references, strict=True)]
            assert all(one == two for one, two in types)


def test_strings_are_never_empty() -> None:
    for name in schemas.names():
        for field in schemas.load(name).fields:
            if field.type == "string":
                assert field.min_length or field.pattern or field.categories, field.name


def broken(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    declaration = copy.deepcopy(DECLARATION)
    change(declaration)
    return declaration


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d["fields"][0].update(type="text"), "unknown type 'text'"),
        (lambda d: d["fields"][0].update(descripton="x"), "unknown properties: descripton"),
        (lambda d: d["fields"][0]["constraints"].update(minLenght=1), "unknown properties: minLenght"),
        (lambda d: d["fields"][0].pop("name"), "lacks 'name'"),
        (lambda d: d["fields"].append(d["fields"][0]), "two fields have one name"),
        (lambda d: d.update(primaryKey=["id"]), "no field 'id'"),
        (lambda d: d.update(primaryKey=["prefix"]), "must be required"),
        (lambda d: d.update(uniqueKeys=[["id"]]), "no field 'id'"),
        (lambda d: d.update(primary_key=["quote_id"]), "unknown properties: primary_key"),
        (lambda d: d.update(missingValues=["", "NA"]), "missingValues"),
        (lambda d: d["foreignKeys"][0]["reference"].update(resource="papers"), "refers to nothing"),
        (lambda d: d["foreignKeys"][0]["reference"].update(fields=[]), "refers to nothing"),
        (lambda d: d["fields"][0].update(arrayItem={"type": "string"}), "arrayItem"),
        (lambda d: d["fields"][0].update(type="array"), "arrayItem"),
        (lambda d: d.pop("title"), "lacks 'title'"),
    ],
)
def test_a_declaration_that_contradicts_itself_is_refused(
    change: Callable[[dict[str, Any]], object], message: str
) -> None:
    with pytest.raises(SchemaError, match=message):
        schemas.parse(broken(change))


def test_the_declaration_as_it_is_passes() -> None:
    assert schemas.parse(DECLARATION) == schemas.load("quotes")


def test_an_unknown_table_or_field_names_the_known_ones() -> None:
    with pytest.raises(SchemaError, match="no table 'quote'") as error:
        schemas.load("quote")
    assert "quotes" in (error.value.hint or "")
    with pytest.raises(SchemaError, match="no field 'txt'") as error:
        schemas.load("quotes")["txt"]
    assert "text" in (error.value.hint or "")


def test_reading_declarations_imports_nothing_heavy() -> None:
    code = "import sys; from onrecord import schemas; schemas.load('articles'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert not {"pyarrow", "polars", "pandera", "duckdb", "frictionless"} & set(loaded)
