from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING

import pytest

from onrecord import build, checks, packages, releases, tables
from onrecord.errors import OnrecordError, ReleaseError
from onrecord.packages import Dataset
from onrecord.records import Article
from onrecord.rehydrate import rehydrate
from onrecord.reports import Issue, Report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DESCRIPTOR = """
name = "harbour"
title = "The harbour: who said what"
license = "CC0-1.0"
[documents]
include = ["*.txt"]
converter = "capture"
publisher = "The Invented Herald"
language = "en"
time_zone = "Europe/Paris"
[rights]
license = "LicenseRef-Invented-Herald"
body = "withheld"
"""
ARTICLES = {
    "ferry.txt": 'Ferry late\n\nThe ferry left an hour late on Monday.\n\n"We waited," said Ada Quill, a passenger.\n',
    "crane.txt": 'Crane still\n\nThe crane has not moved in a week.\n\n"It rusts," said Bo Tallow, its keeper.\n',
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the seeds and the dataset built of them, for copying."""
    home = tmp_path_factory.mktemp("built")
    folder = home / "seeds" / "harbour"
    folder.mkdir(parents=True)
    (folder / "collection.toml").write_text(DESCRIPTOR, encoding="utf-8")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    outcome = build.build(folder, datasets=home / "datasets", workers=1)
    assert outcome.published, [str(issue) for issue in outcome.report]
    return home


@pytest.fixture
def seeds(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built / "seeds", tmp_path / "seeds")
    return tmp_path / "seeds"


@pytest.fixture
def package(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built / "datasets" / "harbour", tmp_path / "datasets" / "harbour")
    return tmp_path / "datasets" / "harbour"


def bodies(folder: Path) -> list[str | None]:
    return Dataset.open(folder)["articles"]["body"].to_pylist()


def hashes(folder: Path) -> list[str]:
    return Dataset.open(folder)["articles"]["body_sha256"].to_pylist()


def test_bodies_are_filled_from_copies_and_proved(package: Path, seeds: Path, tmp_path: Path) -> None:
    assert bodies(package) == [None, None]

    done = rehydrate(package, seeds, tmp_path / "filled")

    assert (done.filled, done.withheld, list(done.report)) == (2, 2, [])
    filled = bodies(tmp_path / "filled")
    assert [hashlib.sha256(str(body).encode()).hexdigest() for body in filled] == hashes(package)
    assert any("The ferry left an hour late" in str(body) for body in filled)


def test_a_filled_package_is_whole_and_lawful(package: Path, seeds: Path, tmp_path: Path) -> None:
    folder = rehydrate(package, seeds, tmp_path / "filled").folder

    assert packages.verify(folder).valid
    assert packages.acceptance(folder).valid
    assert [issue for issue in checks.check_tables(folder) if issue.severity == "error"] == []
    assert bodies(package) == [None, None], "the package itself stays as it was"


@pytest.mark.parametrize(
    "rights",
    [
        'quotes = "stand-off"',
        pytest.param('body = "withheld"', marks=pytest.mark.slow),
        pytest.param('quotes = "shortened"\nquote_words = 2', marks=pytest.mark.slow),
    ],
)
def test_a_filled_package_has_the_tables_that_were_built_where_all_is_allowed(
    seeds: Path, tmp_path: Path, rights: str
) -> None:
    made = {}
    for name, allowed in (("some", rights), ("all", 'body = "included"')):
        text = DESCRIPTOR.replace(
            'body = "withheld"', allowed if "body" in allowed else f'body = "withheld"\n{allowed}'
        )
        (seeds / "harbour" / "collection.toml").write_text(text, encoding="utf-8")
        assert build.build(seeds / "harbour", datasets=tmp_path / name, workers=1).published
        made[name] = tmp_path / name / "harbour"

    done = rehydrate(made["some"], seeds, tmp_path / "filled")

    assert (done.filled, list(done.report)) == (2, [])
    for path in sorted((made["all"] / "data").iterdir()):
        assert (done.folder / "data" / path.name).read_bytes() == path.read_bytes(), path.name
    some, everything = ((folder / "data" / "quotes.csv").read_bytes() for folder in made.values())
    assert (some == everything) == (rights == 'body = "withheld"')


def test_a_quote_whose_hash_is_another_is_named(package: Path, seeds: Path, tmp_path: Path) -> None:
    text = DESCRIPTOR + 'quotes = "stand-off"\n'
    (seeds / "harbour" / "collection.toml").write_text(text, encoding="utf-8")
    assert build.build(seeds / "harbour", datasets=package.parent, workers=1).published
    path = package / "data" / "quotes.parquet"
    rows = tables.read_parquet(path, "quotes").to_pylist()
    rows[0]["text_sha256"] = "0" * 64
    with tables.ParquetWriter(path, "quotes") as writer:
        writer.write(tables.to_batch("quotes", rows))

    done = rehydrate(package, seeds, tmp_path / "filled")

    assert [(issue.code, issue.key) for issue in done.report] == [("quote-differs", rows[0]["quote_id"])]


def test_copies_are_known_by_their_bytes_and_not_by_name_or_folder(package: Path, seeds: Path, tmp_path: Path) -> None:
    copies = tmp_path / "my downloads"
    (copies / "old").mkdir(parents=True)
    (seeds / "harbour" / "ferry.txt").rename(copies / "old" / "a page")

    done = rehydrate(package, copies, tmp_path / "filled")

    assert done.filled == 1
    assert [issue.code for issue in done.report] == ["copy-missing"]


def test_without_a_collection_documents_are_read_as_the_package_says(
    package: Path, seeds: Path, tmp_path: Path
) -> None:
    path = package / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(descriptor | {"onrecord:documents": {"converter": "no-such"}}), encoding="utf-8")
    (seeds / "harbour" / "collection.toml").unlink()

    with pytest.raises(OnrecordError, match="no converter 'no-such'"):
        rehydrate(package, seeds, tmp_path / "filled")


def test_what_is_missing_stays_empty_and_is_named(package: Path, seeds: Path, tmp_path: Path) -> None:
    (seeds / "harbour" / "ferry.txt").unlink()

    done = rehydrate(package, seeds, tmp_path / "filled")

    assert (done.filled, done.withheld) == (1, 2)
    assert sum(body is None for body in bodies(tmp_path / "filled")) == 1
    (issue,) = done.report
    assert (issue.code, issue.severity, issue.value) == ("copy-missing", "warning", "ferry.txt")
    assert issue.expected == hashlib.sha256(ARTICLES["ferry.txt"].encode()).hexdigest()


def test_another_body_is_never_filled_in(package: Path, seeds: Path, tmp_path: Path) -> None:
    def other(path: Path) -> Iterator[Article | Issue]:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        yield Article(seed_path=path.name, seed_sha256=digest, converter="other/1", body="Something else.")

    done = rehydrate(package, seeds, tmp_path / "filled", convert=other)

    assert done.filled == 0
    assert not done.report.valid
    assert [issue.code for issue in done.report] == ["body-differs", "body-differs"]
    assert bodies(tmp_path / "filled") == [None, None]


def test_a_filled_package_is_not_released(package: Path, seeds: Path, tmp_path: Path) -> None:
    folder = rehydrate(package, seeds, tmp_path / "filled").folder

    with pytest.raises(ReleaseError, match="it is for its owner"):
        releases.release(folder, version="1.0.0", output=tmp_path / "releases", check=lambda _: Report())
    assert "not to be handed on" in (folder / "README.md").read_text(encoding="utf-8")


def test_it_works_on_a_release_too_and_leaves_its_checksums_behind(package: Path, seeds: Path, tmp_path: Path) -> None:
    made = releases.release(package, version="1.0.0", output=tmp_path / "releases")

    folder = rehydrate(made.folder, seeds, tmp_path / "filled").folder

    assert not (folder / "SHA256SUMS").exists()
    assert packages.verify(folder).valid
    assert json.loads((folder / "datapackage.json").read_text())["version"] == "1.0.0"


@pytest.mark.parametrize("output", ["datasets/harbour", "seeds"])
def test_what_is_read_is_never_written_over(package: Path, seeds: Path, tmp_path: Path, output: str) -> None:
    with pytest.raises(OnrecordError, match="would replace what is read"):
        rehydrate(package, seeds, tmp_path / output)

    assert bodies(package) == [None, None]


def test_a_stop_leaves_no_output(package: Path, seeds: Path, tmp_path: Path) -> None:
    def stopped(_: Path) -> Iterator[Article | Issue]:
        raise KeyboardInterrupt
        yield

    with pytest.raises(KeyboardInterrupt):
        rehydrate(package, seeds, tmp_path / "filled", convert=stopped)

    assert not (tmp_path / "filled").exists()
    assert not (tmp_path / ".filled.staging").exists()
