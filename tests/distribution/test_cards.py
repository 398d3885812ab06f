"""A release of a real build is what each tool that reads releases wants: Hugging Face, Croissant, Zenodo, PROV."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from newsroom import collection

from onrecord import releases
from onrecord.build import build
from onrecord.packages import Dataset


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of three invented articles, bodies withheld."""
    root = tmp_path_factory.mktemp("cards")
    seeds = collection(root / "seeds", articles=3, body="withheld", more=CONTRIBUTORS)
    assert build(seeds, root / "datasets", workers=1).published
    origin = releases.origin_of(seeds)
    return releases.release(root / "datasets" / "invented", output=root / "out", origin=origin).folder


CONTRIBUTORS = """
[[contributors]]
title = "Ada Invented"
role = "author"
email = "ada@example.org"
"""

LOAD = """
import sys
from datasets import get_dataset_config_names, load_dataset
folder = sys.argv[1]
for name in get_dataset_config_names(folder):
    print(name, load_dataset(folder, name, split="train").num_rows)
print("default", load_dataset(folder, split="train").column_names[0])
"""


@pytest.mark.slow
def test_the_configs_of_the_card_load(folder: Path, tmp_path: Path) -> None:
    env = {"HF_HOME": str(tmp_path), "HF_HUB_OFFLINE": "1", "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    command = [sys.executable, "-c", LOAD, str(folder)]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    dataset = Dataset.open(folder)
    rows = {name: str(dataset[name].num_rows) for name in dataset if dataset[name].num_rows}
    assert "set_aside" not in rows, "a table without rows cannot be loaded, and is no config"
    *configs, default = done.stdout.splitlines()
    assert dict(line.split() for line in configs) == rows
    assert default == "default quote_id"


def test_a_dataset_without_rows_has_a_card_without_configs() -> None:
    from onrecord.packages.readme import _card

    tables = [{"name": "quotes", "onrecord:rows": 0}]
    assert "configs" not in yaml.safe_load(_card({"name": "x"}, tables).strip("-"))
    assert "quotes" in _card({"name": "x"}, [{"name": "quotes"}]), "where rows are not counted, all are named"


def test_the_card_has_the_metadata_that_hugging_face_knows(folder: Path) -> None:
    text = (folder / "README.md").read_text(encoding="utf-8")
    card = yaml.safe_load(text.split("---\n")[1])
    assert card["license"] == "cc0-1.0"
    assert card["language"] == ["en"]
    assert [one["config_name"] for one in card["configs"] if one.get("default")] == ["quotes"]
    for one in card["configs"]:
        assert (folder / one["data_files"]).is_file()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_croissant_gives_every_row_of_every_table(folder: Path) -> None:
    import mlcroissant

    found = mlcroissant.Dataset(str(folder / "croissant.json"))
    issues = found.metadata.ctx.issues
    assert not issues.errors
    dataset = Dataset.open(folder)
    assert {one.name for one in found.metadata.record_sets} == set(dataset)
    for name in dataset:
        records: list[dict[str, Any]] = list(found.records(name))
        assert len(records) == dataset[name].num_rows, name
    assert found.metadata.version == "1.0.0"
    assert found.metadata.cite_as


def test_zenodo_and_citation_come_from_one_source(folder: Path) -> None:
    citation = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    zenodo = json.loads((folder / ".zenodo.json").read_text(encoding="utf-8"))
    assert citation["authors"] == [{"name": "Ada Invented", "email": "ada@example.org"}]
    assert zenodo["creators"] == [{"name": "Ada Invented"}]
    assert (zenodo["upload_type"], zenodo["license"], zenodo["version"]) == ("dataset", "cc0-1.0", "1.0.0")
    assert citation["version"] == "1.0.0"


def test_rights_stand_in_every_row_and_in_the_licence(folder: Path) -> None:
    articles = Dataset.open(folder)["articles"]
    assert set(articles["license"].to_pylist()) == {"CC0-1.0"}
    assert set(articles["body_rights"].to_pylist()) == {"withheld"}
    assert None not in articles["quote_rights"].to_pylist()
    assert "CC0 1.0 Universal" in (folder / "LICENSE").read_text(encoding="utf-8")


def test_provenance_is_prov_json(folder: Path) -> None:
    """Every relation joins things that are there, by the roles that PROV-JSON has for it."""
    found = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    kinds = {"prov:entity": "entity", "prov:activity": "activity", "prov:agent": "agent"}
    kinds |= {"prov:generatedEntity": "entity", "prov:usedEntity": "entity"}
    relations = ("used", "wasGeneratedBy", "wasDerivedFrom", "wasAssociatedWith")
    for relation in relations:
        for one in found[relation].values():
            assert len(one) == 2
            for role, name in one.items():
                assert name in found[kinds[role]], (relation, role)
    assert set(found) == {"prefix", "entity", "activity", "agent", *relations}
    seeds = found["entity"]["onrecord:seeds"]
    assert seeds["onrecord:documents"] == 3
    assert seeds["onrecord:converters"] == ["capture/lemonde 1"]
