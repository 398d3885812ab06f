"""The version of a release, and its changelog, follow from the difference to the last good one."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from command import onrecord
from newsroom import collection

from onrecord import packages, releases
from onrecord.build import build
from onrecord.registry import open_registry
from onrecord.releases import Level, Verdict, judge
from onrecord.releases.verdicts import Reason, next_version, raised, says_enough
from onrecord.reports import Report

Rows = dict[str, list[dict[str, Any]]]
Writer = Callable[..., Path]


@pytest.fixture
def release(tmp_path: Path) -> Callable[..., releases.Release]:
    def call(dataset: Path, version: str = "auto", **more: Any) -> releases.Release:
        given = {"output": tmp_path / "out", "check": lambda _: Report(), **more}
        return releases.release(dataset, version=version, **given)

    return call


Releaser = Callable[..., releases.Release]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def changed(rows: Rows) -> None:
    rows["articles"][0]["word_count"] = 121


def added(rows: Rows) -> None:
    rows["quotes"].append({"quote_id": "q3", "article_id": "a1", "kind": "direct", "text": "New"})


def removed(rows: Rows) -> None:
    del rows["quotes"][1]


@pytest.mark.parametrize(
    ("change", "version", "said"),
    [
        (changed, "1.0.1", "- `articles`: 1 row corrected (`word_count` 1)\n"),
        (added, "1.1.0", "- `quotes`: 1 row came\n"),
        (removed, "2.0.0", "- `quotes`: 1 row went\n"),
    ],
)
def test_the_version_and_the_changelog_follow_from_the_difference(
    release: Releaser, make_dataset: Writer, rows: Rows, change: Callable[[Rows], None], version: str, said: str
) -> None:
    first = release(make_dataset())
    change(rows)
    made = release(make_dataset("next", rows))

    assert (first.entry.version, made.entry.version, made.base) == ("1.0.0", version, "1.0.0")
    text = (made.folder / "CHANGELOG.md").read_text(encoding="utf-8")
    assert text == made.changelog
    assert said in text
    assert text.index(f"## {version}") < text.index("## 1.0.0")
    assert "The first release: `articles` 2 rows, `quotes` 2 rows." in text
    assert "CHANGELOG.md" in made.entry.files


def test_what_is_the_same_is_not_released_again(release: Releaser, dataset: Path, tmp_path: Path) -> None:
    release(dataset)
    before = contents(tmp_path / "out")
    again = release(dataset)

    assert (again.existed, again.entry.version, again.changelog) == (True, "1.0.0", "")
    assert contents(tmp_path / "out") == before


def declare(dataset: Path, table: str, change: Callable[[dict[str, Any]], None]) -> None:
    path = dataset / "schemas" / f"{table}.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    change(schema)
    path.write_text(json.dumps(schema), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "level", "said"),
    [
        (lambda schema: schema.update(primaryKey=["quote_id", "kind"]), Level.MAJOR, "the key of `quotes` is another"),
        (lambda schema: schema.pop("foreignKeys"), Level.MAJOR, "`quotes` no longer refers to `articles`"),
        (lambda schema: schema.update(title="Said"), Level.PATCH, "the declaration of `quotes` changed"),
    ],
)
def test_what_is_declared_counts(
    make_dataset: Writer, change: Callable[[dict[str, Any]], None], level: Level, said: str
) -> None:
    old, new = make_dataset(), make_dataset("next")
    declare(new, "quotes", change)
    verdict = judge(old, new)
    assert verdict.level is level
    assert verdict.reasons[0].text == said


def test_tables_and_columns_count(make_dataset: Writer) -> None:
    import pyarrow.parquet as pq

    old, new = make_dataset(), make_dataset("next")
    path = new / "data" / "quotes.parquet"
    table = pq.read_table(path)
    pq.write_table(table.drop_columns("kind").append_column("mood", table["text"]), path)
    (new / "data" / "articles.parquet").rename(new / "data" / "stories.parquet")
    (new / "schemas" / "articles.schema.json").rename(new / "schemas" / "stories.schema.json")

    told = {reason.text: reason.level for reason in judge(old, new).reasons}

    assert told["`kind` went from `quotes`"] is Level.MAJOR
    assert told["`mood` came to `quotes`"] is Level.MINOR
    assert told["the table `articles` went"] is Level.MAJOR
    assert told["the table `stories` came, with 2 rows"] is Level.MINOR


def test_another_licence_is_a_correction(make_dataset: Writer, metadata: packages.Metadata) -> None:
    import dataclasses

    old, new = make_dataset(), make_dataset("next")
    packages.write_descriptor(new, dataclasses.replace(metadata, license="CC0-1.0", rights_statement="Free."))
    assert judge(old, new) == Verdict((Reason(Level.PATCH, "the description changed: `licenses`, `rights`"),))


def test_a_dry_run_shows_all_and_writes_nothing(release: Releaser, dataset: Path, tmp_path: Path) -> None:
    shown = release(dataset, dry_run=True)
    assert not (tmp_path / "out").exists()
    made = release(dataset)
    assert (shown.entry, shown.changelog, shown.existed) == (made.entry, made.changelog, False)

    before = contents(tmp_path / "out")
    release(dataset, "3.0.0", dry_run=True)
    assert contents(tmp_path / "out") == before


def test_a_withdrawn_version_is_compared_with_no_more_and_its_number_is_not_used_again(
    release: Releaser, make_dataset: Writer, rows: Rows, tmp_path: Path
) -> None:
    release(make_dataset())
    added(rows)
    assert release(make_dataset("bad", rows)).entry.version == "1.1.0"
    releases.yank("little@1.1.0", reason="a *wrong*\n## speaker", output=tmp_path / "out")
    rows["quotes"][-1]["text"] = "Better"

    made = release(make_dataset("good", rows))

    assert (made.base, made.entry.version) == ("1.0.0", "1.1.1")
    assert "## 1.1.0\n\nWithdrawn: a *wrong* ## speaker\n" in made.changelog


def test_when_all_are_withdrawn_the_next_is_a_first_one_with_a_number_of_its_own(
    release: Releaser, make_dataset: Writer, rows: Rows, tmp_path: Path
) -> None:
    release(make_dataset())
    releases.yank("little@1.0.0", reason="all wrong", output=tmp_path / "out")
    made = release(make_dataset("again", rows))
    assert (made.base, made.entry.version) == (None, "1.0.1")
    assert "The first release" in made.changelog


def test_a_version_before_its_release_is_compared_with_nothing(
    release: Releaser, make_dataset: Writer, rows: Rows
) -> None:
    release(make_dataset(), "1.0.0-rc.1")
    assert release(make_dataset("next", rows)).entry.version == "1.0.0"
    release(make_dataset("third", rows), "1.1.0-rc.1")
    changed(rows)
    assert release(make_dataset("fourth", rows)).entry.version == "1.0.1"


def test_a_release_again_does_not_ask_what_came_before_since(
    release: Releaser, make_dataset: Writer, rows: Rows, tmp_path: Path
) -> None:
    release(make_dataset())
    added(rows)
    made = release(make_dataset("next", rows))
    releases.yank("little@1.0.0", reason="late", output=tmp_path / "out")
    assert release(make_dataset("again", rows), made.entry.version).existed


def test_a_version_that_tells_too_little_is_said(release: Releaser, make_dataset: Writer, rows: Rows) -> None:
    release(make_dataset())
    removed(rows)
    made = release(make_dataset("next", rows), "1.0.1")
    assert [issue.code for issue in made.issues] == ["version-too-low"]
    assert "1 row went, so that 2.0.0 follows 1.0.0" in made.issues[0].message
    assert not release(make_dataset("other", rows), "2.0.0").issues


def test_earlier_releases_may_stand_elsewhere(
    release: Releaser, make_dataset: Writer, rows: Rows, tmp_path: Path, serve: Callable[[Path], Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path / "cache"))
    release(make_dataset(), output=tmp_path / "public")
    added(rows)
    registry = open_registry(serve(tmp_path / "public").url)

    made = release(make_dataset("next", rows), published=registry)

    assert (made.base, made.entry.version) == ("1.0.0", "1.1.0")
    assert "## 1.0.0" in made.changelog
    assert list(releases.read_index(tmp_path / "out").datasets["little"].versions) == ["1.1.0"]


@pytest.mark.parametrize(
    ("base", "newest", "level", "version"),
    [
        ("1.2.3", "1.2.3", Level.PATCH, "1.2.4"),
        ("1.2.3", "2.0.0", Level.MINOR, "2.0.1"),
        ("1.2.3", "1.2.4", Level.MAJOR, "2.0.0"),
        ("1.2.3", "1.2.4", Level.MINOR, "1.3.0"),
        ("1.2.3", "2.0.0", Level.MAJOR, "2.0.1"),
        ("0.2.3", "0.2.3", Level.MAJOR, "0.3.0"),
        ("0.2.3", "0.2.3", Level.MINOR, "0.2.4"),
    ],
)
def test_versions_are_raised_as_they_are_read(base: str, newest: str, level: Level, version: str) -> None:
    verdict = Verdict((Reason(level, "x"),))
    assert next_version(verdict, base, newest) == version
    assert says_enough(verdict, base, version)


def test_a_reader_of_a_range_never_loses_anything() -> None:
    from onrecord.registry import Spec

    for version in ("0.0.4", "0.3.1", "1.0.0", "4.5.6"):
        same = Spec("x", f"^{version}")
        assert not same.admits(raised(version, Level.MAJOR))


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = collection(tmp_path / "seeds", articles=3)
    text = (folder / "0002.txt").read_text(encoding="utf-8").replace("Mara Quill", "Otto Vane")
    (folder / "0002.txt").write_text(text, encoding="utf-8")
    assert build(folder, tmp_path / "datasets", workers=1).published
    return folder


def test_what_is_taken_down_is_no_loss_and_not_quoted(built: Path, release: Releaser, tmp_path: Path) -> None:
    dataset = tmp_path / "datasets" / "invented"
    release(dataset, check=None)
    with (built / "collection.toml").open("a", encoding="utf-8") as file:
        file.write('\n[takedown]\n"0002.txt" = "the publisher asked"\n')
    assert build(built, tmp_path / "datasets", workers=1).published

    made = release(dataset, check=None)

    assert made.entry.version == "1.0.1"
    assert "- `articles`: 1 row taken down\n" in made.changelog
    assert "- `speakers`: " in made.changelog, "whoever speaks nowhere else goes with the article"
    assert "went" not in made.changelog
    for word in ("Otto", "bridge"):
        assert word not in made.changelog


def test_rows_that_go_beside_a_takedown_are_a_loss(built: Path, release: Releaser, tmp_path: Path) -> None:
    dataset = tmp_path / "datasets" / "invented"
    release(dataset, check=None)
    with (built / "collection.toml").open("a", encoding="utf-8") as file:
        file.write('\n[takedown]\n"0002.txt" = "the publisher asked"\n')
    (built / "0001.txt").unlink()
    assert build(built, tmp_path / "datasets", workers=1).published

    made = release(dataset, check=None)

    assert made.entry.version == "2.0.0"
    assert "- `articles`: 1 row went\n" in made.changelog
    assert "- `articles`: 1 row taken down\n" in made.changelog


def test_the_command_tells_what_follows(built: Path, tmp_path: Path) -> None:
    dry = onrecord("release", "invented", "--output", "out", "--dry-run", cwd=tmp_path).stdout
    assert "Nothing was written. Without --dry-run, invented@1.0.0 comes to out/invented/1.0.0." in dry
    assert "provenance.json" in dry
    assert not (tmp_path / "out").exists()
    assert "Released: invented@1.0.0" in onrecord("release", "invented", "--output", "out", cwd=tmp_path).stdout
    again = onrecord("release", "invented", "--output", "out", cwd=tmp_path).stdout
    assert again == "The same as invented@1.0.0: nothing to release.\n"
    (built / "0001.txt").unlink()
    onrecord("build", cwd=tmp_path)
    low = onrecord("release", "invented", "--version", "1.0.1", "--output", "out", cwd=tmp_path)
    assert "warning[version-too-low]" in low.stderr
    assert "- `articles`: 1 row went" in low.stdout


def test_uncommitted_seeds_are_said_and_recorded(built: Path, tmp_path: Path) -> None:
    from workflows import commit, git

    git("init", "--quiet", cwd=built.parent)
    (built.parent.parent / "uv.lock").write_text("pinned", encoding="utf-8")
    at = commit(built.parent, "All of it")
    clean = onrecord("release", "invented", "--output", "out", "--dry-run", cwd=tmp_path)
    assert "warning" not in clean.stderr
    (built / "0003.txt").write_text("not yet committed", encoding="utf-8")
    told = onrecord("release", "invented", "--output", "out", cwd=tmp_path)
    assert f"warning[uncommitted-seeds] invented is not as committed in {at[:12]}" in told.stderr
    found = json.loads((tmp_path / "out/invented/1.0.0/provenance.json").read_text(encoding="utf-8"))
    build = found["activity"]["onrecord:build"]
    assert (build["onrecord:commit"], build["onrecord:path"], build["onrecord:dirty"]) == (at, "invented", True)
    assert found["entity"]["onrecord:lock"]["prov:location"] == "uv.lock"
    assert {"onrecord:lexicon-en", "onrecord:lexicon-und", "onrecord:descriptions"} <= set(found["entity"])


@pytest.mark.parametrize("name", ["articles.parquet", "quotes.parquet"])
def test_a_base_that_cannot_be_read_is_said(release: Releaser, make_dataset: Writer, rows: Rows, name: str) -> None:
    from onrecord.errors import OnrecordError

    first = release(make_dataset())
    (first.folder / "data" / name).write_bytes(b"nothing of the kind")
    changed(rows)
    with pytest.raises(OnrecordError) as caught:
        release(make_dataset("next", rows))
    assert caught.value.hint
    with suppress(FileNotFoundError):
        assert not list((first.output / "little").glob("1.0.1*"))
