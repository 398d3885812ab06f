"""The README of a dataset: made from its descriptor and schemas alone, so that it never says anything else.

Its front matter makes it a Hugging Face dataset card, whose `configs` load the Parquet files.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from onrecord import schemas
from onrecord.derive import markdown
from onrecord.files import read_json, write_whole
from onrecord.packages.descriptor import FILE_NAME as DESCRIPTOR
from onrecord.packages.metadata import REHYDRATED

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "README.md"
DEFAULT_TABLE = "quotes"


def write_readme(folder: Path) -> str:
    """Write `README.md` into a dataset's folder, which has its descriptor already; return the text."""
    text = readme(folder, read_json(folder / DESCRIPTOR))
    write_whole(folder / FILE_NAME, text.encode())
    return text


def readme(folder: Path, descriptor: dict[str, Any]) -> str:
    """Return the README's text; the same for the same descriptor and schemas."""
    tables = [one for one in descriptor["resources"] if one.get("type") == "table"]
    declared = [schemas.parse(read_json(folder / one["schema"])) for one in tables]
    parts = [
        _card(descriptor, tables),
        f"# {descriptor.get('title', descriptor['name'])}",
        descriptor.get("description"),
        _tables(tables),
        _load(descriptor, tables),
        _rights(descriptor),
        f"## How to cite\n\n{citation(descriptor)}",
        _check(),
        "## Columns",
        *(markdown.reference(one, level=3).rstrip() for one in declared),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def citation(descriptor: dict[str, Any]) -> str:
    """Return how to cite a dataset: as it says itself, or made of who, what, version and where.

    >>> citation({"name": "x", "title": "Who said what", "version": "1.0.0", "contributors": [{"title": "A. Bee"}]})
    'A. Bee. Who said what. Version 1.0.0. Data set.'
    """
    if own := descriptor.get("onrecord:citation"):
        return str(own)
    people = "; ".join(one["title"] for one in descriptor.get("contributors", []) if "title" in one)
    version = descriptor.get("version")
    parts = [people, descriptor.get("title", descriptor["name"]), f"Version {version}" if version else "", "Data set"]
    text = ". ".join(part.rstrip(".") for part in parts if part) + "."
    return f"{text} {descriptor['homepage']}" if descriptor.get("homepage") else text


def _card(descriptor: dict[str, Any], tables: list[dict[str, Any]]) -> str:
    """Hugging Face's metadata: JSON values are YAML values."""
    names = [one["name"].lower() for one in descriptor.get("licenses", [])]
    known = names[0] if len(names) == 1 and not names[0].startswith("licenseref-") else "other"
    lines = ["---", f"pretty_name: {_quoted(descriptor.get('title', descriptor['name']))}", f"license: {known}"]
    for key, values in (("language", descriptor.get("onrecord:languages")), ("tags", descriptor.get("keywords"))):
        if values:
            lines += [f"{key}:", *(f"- {_quoted(value)}" for value in values)]
    filled = [one for one in tables if one.get("onrecord:rows") != 0]  # `datasets` cannot load a table without rows
    lines += ["configs:"] if filled else []
    for one in filled:
        lines += [f"- config_name: {one['name']}", f"  data_files: data/{one['name']}.parquet"]
        lines += ["  default: true"] if one["name"] == DEFAULT_TABLE else []
    return "\n".join([*lines, "---"])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _tables(tables: list[dict[str, Any]]) -> str:
    lines = ["## Tables", "", "| table | rows | one row is |", "|---|---:|---|"]
    for one in tables:
        rows = one.get("onrecord:rows")
        count = "" if rows is None else f"{rows:,}"
        anchor = f"{one['name']}-{one.get('title', '').lower().replace(' ', '-')}"
        lines.append(f"| [{one['name']}](#{anchor}) | {count} | {_cell(_one_row(one.get('description', '')))} |")
    return "\n".join([*lines, "", "Each table stands in `data/` as CSV and as Parquet, with the same rows in both."])


def _one_row(description: str) -> str:
    return description.removeprefix("One row is ").rstrip(".")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _load(descriptor: dict[str, Any], tables: list[dict[str, Any]]) -> str:
    name, version = descriptor["name"], descriptor.get("version")
    table = DEFAULT_TABLE if any(one["name"] == DEFAULT_TABLE for one in tables) else tables[0]["name"]
    spec = f"{name}@{version}" if version else name
    return f"""## How to load

In this folder, with one of these libraries:

```python
import pandas

{table} = pandas.read_parquet("data/{table}.parquet")
```

```python
import polars

{table} = polars.read_parquet("data/{table}.parquet")
```

```python
import duckdb

{table} = duckdb.sql("SELECT * FROM 'data/{table}.parquet'")
```

From a registry, fetched once, verified, and kept in a cache:

```python
import onrecord

dataset = onrecord.load("{spec}", registry="https://…")
{table} = dataset["{table}"]  # a pyarrow.Table; dataset.pandas("{table}"), dataset.polars("{table}") for frames
```"""  # noqa: S608 -- text for a reader


def _rights(descriptor: dict[str, Any]) -> str:
    rights = descriptor.get("onrecord:rights", {})
    names = [f"[{one['title']}]({one['path']})" if "path" in one else one["title"] for one in descriptor["licenses"]]
    lines = [f"The tables: {', '.join(names)}."]
    if rights.get("license"):
        lines.append(f"The articles' text: `{rights['license']}`.")
    if rights.get("body") == "withheld":
        lines.append(
            "The bodies of the articles are withheld: `articles.body` is null, and each quote carries the words around "
            "it. `onrecord rehydrate` fills the bodies from your own copies and proves each by its hash."
        )
    if rights.get("body") == REHYDRATED:
        lines.append(
            "Bodies were filled from their owner's copies: this package is for its owner, not to be handed on."
        )
    if rights.get("quotes"):
        lines.append(
            f"Quotes are {rights['quotes']}: `quotes.text_sha256` is the hash of each whole text that is not there."
        )
    if gone := descriptor.get("onrecord:tombstones"):
        keys = ", ".join(f"`{one['article_id']}`" for one in gone)
        lines.append(f"Taken down, and in no table any more: {keys}.")
    statement = rights.get("statement")
    return "\n\n".join(["## Rights", " ".join(lines), *([statement] if statement else [])])


def _check() -> str:
    return """## How to check

`frictionless validate datapackage.json` checks every CSV table against its schema and every file against its
size and hash. In a release, `sha256sum --check SHA256SUMS` checks every file."""
