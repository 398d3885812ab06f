from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord import releases
from onrecord.packages import citing
from onrecord.packages.provenance import Origin, Recorded, provenance, read_provenance
from onrecord.reports import Report


@pytest.fixture
def folder(output: Path) -> Path:
    return output / "little" / "1.0.0"


def test_the_citation_file_has_its_declared_form(folder: Path) -> None:
    tool = Path(sys.executable).with_name("check-jsonschema")
    if not tool.exists():
        pytest.skip("check-jsonschema is not installed")
    command = [tool, "--builtin-schema", "vendor.citation-file-format", folder / "CITATION.cff"]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_citation_and_zenodo_say_the_same(folder: Path) -> None:
    import yaml

    citation = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    zenodo = json.loads((folder / ".zenodo.json").read_text(encoding="utf-8"))

    assert citation["title"] == zenodo["title"] == "A little dataset"
    assert citation["version"] == zenodo["version"] == "1.0.0"
    assert citation["abstract"] == zenodo["description"]
    assert [one["name"] for one in citation["authors"]] == [one["name"] for one in zenodo["creators"]]
    assert citation["license"].lower() == zenodo["license"] == "cc-by-4.0"
    assert citation["keywords"] == zenodo["keywords"]


def test_persons_have_family_and_given_names() -> None:
    person = {"title": "Ada Quill", "familyName": "Quill", "givenName": "Ada"}
    descriptor = {"name": "x", "title": "X", "contributors": [person], "created": "2026-01-02T03:04:05Z"}

    assert '- family-names: "Quill"\n  given-names: "Ada"\n' in citing.citation_cff(descriptor)
    assert 'date-released: "2026-01-02"' in citing.citation_cff(descriptor)
    assert citing.zenodo_json(descriptor)["creators"] == [{"name": "Quill, Ada"}]
    assert citing.zenodo_json(descriptor)["publication_date"] == "2026-01-02"


def test_somebody_is_always_named() -> None:
    assert citing.zenodo_json({"name": "x"})["creators"] == [{"name": "The makers of x"}]


@pytest.mark.parametrize("licenses", [[], [{"name": "LicenseRef-Own"}], [{"name": "MIT"}, {"name": "CC0-1.0"}]])
def test_only_one_known_licence_is_named(licenses: list[dict[str, str]]) -> None:
    assert "license" not in citing.zenodo_json({"name": "x", "licenses": licenses})
    assert "\nlicense:" not in citing.citation_cff({"name": "x", "licenses": licenses})


def test_croissant_gives_hashes_types_keys_and_references(folder: Path) -> None:
    found = json.loads((folder / "croissant.json").read_text(encoding="utf-8"))

    assert found["conformsTo"] == "http://mlcommons.org/croissant/1.1"
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    hashes = {one["name"]: one["hash"] for one in descriptor["resources"]}
    assert [(one["@id"], f"sha256:{one['sha256']}") for one in found["distribution"]] == [
        (name, hashes[name]) for name in ("articles-parquet", "quotes-parquet")
    ]
    articles, quotes = found["recordSet"]
    assert quotes["key"] == {"@id": "quotes/quote_id"}
    assert {one["name"]: one["dataType"] for one in articles["field"]}["word_count"] == "cr:Int64"
    assert [one["references"]["fileObject"] for one in quotes["field"] if "references" in one] == [
        {"@id": "articles-parquet"}
    ]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_croissant_passes_mlcroissant_and_loads(folder: Path) -> None:
    mlcroissant = pytest.importorskip("mlcroissant")

    dataset = mlcroissant.Dataset(str(folder / "croissant.json"))

    assert not dataset.metadata.ctx.issues.errors
    records: list[dict[str, Any]] = list(dataset.records("quotes"))
    assert [one["quotes/quote_id"] for one in records] == [b"q1", b"q2"]


def test_a_release_made_from_a_release_is_the_same(folder: Path, tmp_path: Path) -> None:
    again = releases.release(folder, version="1.0.0", output=tmp_path / "again", check=lambda _: Report())

    for path in folder.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (again.folder / path.relative_to(folder)).read_bytes(), path


def test_provenance_counts_and_hashes_the_documents_and_names_what_made_the_tables(dataset: Path) -> None:
    rows = {"seed_path": ["b.txt", "a.txt", "a.txt"], "seed_sha256": ["2" * 64, "1" * 64, "1" * 64]}
    table = pa.table({**rows, "converter": ["capture 1", "capture 1", "html 2"]})
    pq.write_table(table, dataset / "data" / "articles.parquet")
    listed = f"{'1' * 64}  a.txt\n{'2' * 64}  b.txt\n"

    origin = Origin(
        commit="abc", path="seeds/x", dirty=False, descriptions={"collection.toml": "3" * 64}, lock=("x.lock", "4" * 64)
    )
    software = {"onrecord": "1", "pyarrow": "2"}
    found = provenance(dataset, {"name": "x"}, software=software, origin=origin, lexica={"en": "5" * 64})

    assert found["entity"]["onrecord:seeds"] == {
        "prov:type": {"$": "prov:Collection", "type": "prov:QUALIFIED_NAME"},
        "onrecord:documents": 2,
        "onrecord:sha256": hashlib.sha256(listed.encode()).hexdigest(),
        "onrecord:listed_in": "data/articles.csv, columns seed_sha256 and seed_path",
        "onrecord:converters": ["capture 1", "html 2"],
    }
    described = hashlib.sha256(f"{'3' * 64}  collection.toml\n".encode()).hexdigest()
    assert found["entity"]["onrecord:descriptions"]["onrecord:sha256"] == described
    assert found["entity"]["onrecord:lock"] == {"prov:location": "x.lock", "onrecord:sha256": "4" * 64}
    assert found["entity"]["onrecord:lexicon-en"] == {"onrecord:sha256": "5" * 64}
    build = {
        "prov:label": "onrecord build",
        "onrecord:commit": "abc",
        "onrecord:path": "seeds/x",
        "onrecord:dirty": False,
    }
    assert found["activity"] == {"onrecord:build": build}
    assert set(found["agent"]) == {"onrecord:onrecord", "onrecord:pyarrow"}
    (dataset / "provenance.json").write_text(json.dumps(found), encoding="utf-8")
    assert read_provenance(dataset) == Recorded(dataclasses.replace(origin, descriptions={}), True, software)


def test_a_release_carries_its_provenance(folder: Path) -> None:
    found = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))

    assert found["entity"]["onrecord:package"]["onrecord:version"] == "1.0.0"
    assert "onrecord:commit" not in found["activity"]["onrecord:build"], "nothing is said that is not known"


@pytest.mark.slow
@pytest.mark.parametrize("library", ["pandas", "polars", "duckdb"])
def test_what_the_readme_says_of_loading_runs_in_its_folder(folder: Path, library: str) -> None:
    pytest.importorskip(library)
    text = (folder / "README.md").read_text(encoding="utf-8")
    blocks = [block for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if f"import {library}" in block]

    program = f"{blocks[0]}\nprint(len(quotes))"
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "2\n"), done.stderr
    assert len(blocks) == 1
