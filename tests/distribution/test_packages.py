from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from onrecord import packages, validation
from onrecord.errors import PackageError

if TYPE_CHECKING:
    from collections.abc import Callable

FRICTIONLESS = Path(sys.executable).with_name("frictionless")


def frictionless(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [FRICTIONLESS, "validate", "datapackage.json", "--json"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_frictionless_own_command_accepts_a_package(dataset: Path) -> None:
    result = frictionless(dataset)

    assert result.returncode == 0, result.stdout
    tasks = json.loads(result.stdout)["tasks"]
    assert [(task["name"], task["type"]) for task in tasks] == [
        ("articles", "table"),
        ("quotes", "table"),
        ("articles-parquet", "file"),
        ("quotes-parquet", "file"),
    ]


def test_frictionless_own_command_refuses_a_key_that_does_not_resolve(
    make_dataset: Callable[..., Path], rows: dict[str, list[dict[str, Any]]]
) -> None:
    rows["quotes"][1]["article_id"] = "a9"

    assert "foreign-key" in frictionless(make_dataset(rows=rows)).stdout


def test_acceptance_is_quiet_on_a_good_package(dataset: Path) -> None:
    assert packages.acceptance(dataset).to_dict() == {"valid": True, "findings": [], "totals": {}}


@pytest.mark.parametrize(
    ("table", "column", "value", "code"),
    [
        ("quotes", "article_id", "a9", "frictionless-foreign-key"),
        ("quotes", "quote_id", "q1", "frictionless-primary-key"),
        ("articles", "word_count", -1, "frictionless-constraint-error"),
    ],
)
def test_acceptance_turns_errors_into_issues(
    make_dataset: Callable[..., Path],
    rows: dict[str, list[dict[str, Any]]],
    table: str,
    column: str,
    value: Any,
    code: str,
) -> None:
    rows[table][1][column] = value

    report = packages.acceptance(make_dataset(rows=rows))

    assert not report.valid
    assert [(issue.code, issue.table) for issue in report] == [(code, table)]


def test_acceptance_sees_changed_bytes_of_a_parquet_file(dataset: Path) -> None:
    path = dataset / "data" / "quotes.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"!")

    assert {issue.code for issue in packages.acceptance(dataset)} == {"frictionless-hash-count"}


def test_descriptor_names_the_profile_and_gives_every_file_its_size_and_hash(dataset: Path) -> None:
    descriptor = json.loads((dataset / "datapackage.json").read_text(encoding="utf-8"))

    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert descriptor["contributors"] == [{"title": "Ada Invented", "roles": ["maintainer"]}]
    assert "created" not in descriptor
    for resource in descriptor["resources"]:
        path = dataset / resource["path"]
        assert resource["bytes"] == path.stat().st_size
        assert resource["hash"].startswith("sha256:")
        assert resource["onrecord:rows"] == 2
        assert resource.get("type") in {"table", None}, "the profile knows no other type"


def test_descriptor_is_the_same_when_made_again(make_dataset: Callable[..., Path]) -> None:
    one, other = make_dataset("one"), make_dataset("other")

    for name in ("datapackage.json", "README.md"):
        assert (one / name).read_bytes() == (other / name).read_bytes()


def test_no_tables_is_an_error_that_names_the_folder(tmp_path: Path, metadata: packages.Metadata) -> None:
    with pytest.raises(PackageError, match="no tables here") as caught:
        packages.describe(tmp_path, metadata)

    assert caught.value.file == str(tmp_path)


def test_a_table_without_schema_is_an_error_that_names_the_schema(dataset: Path, metadata: packages.Metadata) -> None:
    (dataset / "schemas" / "quotes.schema.json").unlink()

    with pytest.raises(PackageError, match="no such file") as caught:
        packages.describe(dataset, metadata)

    assert caught.value.file == str(dataset / "schemas" / "quotes.schema.json")


def test_readme_tells_rows_columns_rights_and_citation(dataset: Path) -> None:
    text = (dataset / "README.md").read_text(encoding="utf-8")

    assert "| [quotes](#quotes-quotes) | 2 | one statement of one source |" in text
    assert "### `quotes`: Quotes" in text
    assert "| `kind` | string |  |  One of `direct`. |" in text
    assert "- `direct`: Word for word" in text
    assert "The bodies of the articles are withheld" in text
    assert "All rights reserved by the Daily Invention." in text
    assert "Ada Invented. A little dataset. Data set. https://example.org/little" in text
    assert "- `article_id` refers to `articles` (`article_id`)" in text


def test_readme_is_a_dataset_card(dataset: Path) -> None:
    import yaml

    _, card, _ = (dataset / "README.md").read_text(encoding="utf-8").split("---\n", 2)

    assert yaml.safe_load(card) == {
        "pretty_name": "A little dataset",
        "license": "cc-by-4.0",
        "language": ["en", "fr"],
        "tags": ["news", "quotations"],
        "configs": [
            {"config_name": "articles", "data_files": "data/articles.parquet"},
            {"config_name": "quotes", "data_files": "data/quotes.parquet", "default": True},
        ],
    }


def test_the_second_opinion_echoes_nothing_that_was_found(tmp_path: Path) -> None:
    folder = tmp_path / "lemonde-en"
    shutil.copytree(Path(__file__).parents[2] / "datasets" / "lemonde-en", folder)
    path = folder / "data" / "quotes.csv"
    path.write_bytes(path.read_bytes().replace(b'"mixed"', b'"mixd"', 1))

    report = validation.validate(folder)

    assert {"file-size", "category", "csv-parquet-equal"} <= set(report.totals)
    assert not any(code.startswith("frictionless-") for code in report.totals)
