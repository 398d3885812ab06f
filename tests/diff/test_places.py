from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from little import ROWS, write_dataset
from served import Served

from onrecord import releases
from onrecord.diff import Count, QuoteMoved, diff, diff_all
from onrecord.errors import IntegrityError, OnrecordError, RegistryError
from onrecord.reports import Report

ROOT = Path(__file__).parents[2]
Rows = dict[str, list[dict[str, Any]]]
Make = Callable[[str, Rows], Path]
CHANGED = {**ROWS, "articles": [{**ROWS["articles"][0], "word_count": 121}, ROWS["articles"][1]]}


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two versions of one dataset, in which one cell differs."""
    home = tmp_path_factory.mktemp("registry")
    for version, rows in (("1.0.0", ROWS), ("1.0.1", CHANGED)):
        folder = write_dataset(home / version / "little", rows)
        releases.release(folder, version=version, output=home / "releases", check=lambda _: Report())
    return home / "releases"


@pytest.fixture
def served(registry: Path) -> Iterator[Served]:
    server = Served(registry)
    yield server
    server.close()


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("ONRECORD_REGISTRY", raising=False)


PLACES = ["{folder}/little/{version}", "{folder}/little/little-{version}.zip"]
PLACES += ["{url}/little/{version}", "{url}/little/{version}/datapackage.json", "{url}/little/little-{version}.zip"]
PLACES += ["little@{version}"]


@pytest.mark.parametrize("place", PLACES)
def test_whatever_names_a_version_is_compared_alike(place: str, registry: Path, served: Served) -> None:
    old, new = (place.format(folder=registry, url=served.url, version=one) for one in ("1.0.0", "1.0.1"))

    found = diff(old, new, registry=served.url)

    assert [(table.name, table.changed, table.cells) for table in found.tables] == [
        ("articles", 1, {"word_count": 1}),
        ("quotes", 0, {}),
    ]
    assert diff(old, str(registry / "little" / "1.0.0"), registry=served.url).same
    assert not [path for path, _ in served.requests if path.endswith(".csv")]


def test_of_a_registry_the_newest_versions_are_compared(registry: Path, served: Served) -> None:
    for place in (served.url, f"{served.url}/index.json", str(registry), str(registry / "index.json")):
        assert diff_all(place, registry / "little" / "1.0.1")["little"].same
        assert diff_all(registry / "little" / "1.0.0", place)["little"].tables[0].changed == 1


def test_a_revision_in_git_is_compared_with_the_folder_of_now(
    registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = tmp_path / "clone"
    shutil.copytree(registry / "little" / "1.0.0", clone / "datasets" / "little")
    git = ["git", "-C", str(clone), "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    subprocess.run(["git", "init", "-q", "-b", "main", str(clone)], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-qm", "First"], check=True)
    shutil.rmtree(clone / "datasets" / "little")
    shutil.copytree(registry / "little" / "1.0.1", clone / "datasets" / "little")
    monkeypatch.chdir(clone)

    assert diff("main:datasets/little", "datasets/little").tables[0].changed == 1
    assert diff_all("main:datasets", "datasets")["little"].tables[0].changed == 1
    assert diff("main:datasets/little", registry / "little" / "1.0.0").same
    with pytest.raises(OnrecordError, match="no folder 'gone' at"):
        diff("main:gone", "datasets/little")
    with pytest.raises(OnrecordError, match="git knows no commit 'nowhere'"):
        diff("nowhere:datasets", "datasets/little")


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("{url}/gone.zip", "does not have it"),
        ("{url}/gone", "neither datapackage.json nor index.json"),
        ("little@9.9.9", "no version"),
        ("little@x", "is no version"),
        ("{folder}/index.json.gone", "no such folder"),
        ("{folder}/little", None),
    ],
)
def test_what_cannot_be_compared_is_said_with_what_can(
    place: str, message: str | None, registry: Path, served: Served
) -> None:
    place = place.format(folder=registry, url=served.url)
    if message is None:
        assert list(diff_all(place, place)) == ["1.0.0", "1.0.1"]
        return
    with pytest.raises(OnrecordError, match=message) as caught:
        diff(place, registry / "little" / "1.0.0", registry=served.url)
    assert caught.value.hint


def test_what_the_documentation_shows_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = (ROOT / "docs" / "diff.md").read_text(encoding="utf-8")
    [(code, said)] = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", text, re.DOTALL)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == said


def test_a_release_without_a_registry_is_said() -> None:
    with pytest.raises(RegistryError, match="no registry for little@1") as caught:
        diff("little@1.0.0", "little@1.0.0")
    assert "--registry" in str(caught.value.hint)


def test_a_folder_that_holds_no_dataset_is_not_the_same_as_another(tmp_path: Path) -> None:
    (tmp_path / "photos" / "sea").mkdir(parents=True)
    with pytest.raises(OnrecordError, match="no dataset there"):
        diff_all(tmp_path / "photos", tmp_path / "photos")


def test_bytes_that_the_package_does_not_promise_are_refused(registry: Path, tmp_path: Path) -> None:
    shutil.copytree(registry, tmp_path / "harmed")
    path = tmp_path / "harmed/little/1.0.0/data/quotes.parquet"
    path.write_bytes(path.read_bytes()[::-1])
    archive = tmp_path / "harmed/little/little-1.0.0.zip"
    data = bytearray(archive.read_bytes())
    data[data.index(b"PAR1") + 20] ^= 1
    archive.write_bytes(bytes(data))
    server = Served(tmp_path / "harmed")
    try:
        for place in (f"{server.url}/little/1.0.0", f"{server.url}/little/little-1.0.0.zip", str(archive)):
            with pytest.raises(IntegrityError):
                diff(place, registry / "little" / "1.0.0")
    finally:
        server.close()


def test_quotes_that_stand_elsewhere_are_named(old: Path, make: Make, rows: Rows) -> None:
    rows["quotes"][1] |= {"start": 30, "end": 39}
    rows = json.loads(json.dumps(rows).replace("a2", "a7"))
    found = diff(old, make("new", rows))
    assert found.moves.items == (
        QuoteMoved("a1-q2", "it will open", "body:20-29", "body:30-39"),
        QuoteMoved("a7-q1", "Wet | wet.", "body:0-4", "body:0-4"),
    )
    assert (found.moves.total, found.quotes_moved) == (2, 1)


def test_reasons_are_counted_where_they_change(old: Path, make: Make, rows: Rows) -> None:
    rows["attributions"][0]["method"] = "cue"
    rows["set_aside"] = [{"article_id": "a1", "field": "body", "start": start, "reason": "title"} for start in (60, 70)]
    rows["articles"].append({"article_id": "a3", "seed_path": "3.txt"})
    rows["quotes"].append({"quote_id": "a3-q1", "article_id": "a3", "text": "New."})
    rows["quotes"][0] |= {"quote_id": "a1-q9", "text": "It was safe."}
    found = diff(old, make("new", rows))
    assert found.counts == (
        Count("attributions", "method", "", 3, 2),
        Count("attributions", "method", "cue", 0, 1),
        Count("set_aside", "reason", "title", 0, 2),
        Count("quotes", "why", "article", 0, 1),
        Count("quotes", "why", "read", 1, 1),
    )


def test_quotes_of_an_edited_document_are_counted_so(old: Path, make: Make, rows: Rows) -> None:
    rows = json.loads(json.dumps(rows).replace("a1", "a9").replace("It is safe.", "It was safe."))
    assert diff(old, make("new", rows)).counts == (Count("quotes", "why", "edited", 1, 1),)


def test_rows_that_differ_are_written_as_parquet(old: Path, make: Make, rows: Rows, tmp_path: Path) -> None:
    rows["quotes"][0]["text"] = "It was safe."
    rows["quotes"].pop(1)
    rows["quotes"].append({"quote_id": "a9-q1", "article_id": "a2", "text": "More."})
    diff(old, make("new", rows), rows=tmp_path / "it's" / "rows")
    assert [path.name for path in (tmp_path / "it's" / "rows").iterdir()] == ["quotes.parquet"]
    table = pq.read_table(tmp_path / "it's" / "rows" / "quotes.parquet")
    assert table.column_names[:3] == ["_change", "_side", "quote_id"]
    assert table.select(["_change", "_side", "quote_id", "text"]).to_pylist() == [
        {"_change": "changed", "_side": "old", "quote_id": "a1-q1", "text": "It is safe."},
        {"_change": "changed", "_side": "new", "quote_id": "a1-q1", "text": "It was safe."},
        {"_change": "removed", "_side": "old", "quote_id": "a1-q2", "text": "it will open"},
        {"_change": "added", "_side": "new", "quote_id": "a9-q1", "text": "More."},
    ]


def test_rows_with_columns_that_come_go_and_change_type_are_written(old: Path, tmp_path: Path) -> None:
    new = Path(shutil.copytree(old, tmp_path / "new"))
    path = new / "data" / "quotes.parquet"
    quotes = pq.read_table(path).drop_columns(["prefix"]).append_column("mood", pa.array(["x"] * 3))
    quotes = quotes.set_column(quotes.schema.get_field_index("start"), "start", pa.array(["5", "21", "0"]))
    pq.write_table(quotes, path)
    diff(old, new, rows=tmp_path / "rows")
    table = pq.read_table(tmp_path / "rows" / "quotes.parquet")
    assert {"mood", "prefix"} <= set(table.column_names)
    assert table.select(["_side", "start"]).to_pylist() == [
        {"_side": "old", "start": "20"},
        {"_side": "new", "start": "21"},
    ]


def test_rows_are_not_written_over_a_folder(old: Path, make: Make, rows: Rows, tmp_path: Path) -> None:
    with pytest.raises(OnrecordError, match="it is there already"):
        diff(old, make("new", rows), rows=tmp_path)
