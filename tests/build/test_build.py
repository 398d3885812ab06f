from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from newsroom import article, collection

from onrecord import schemas
from onrecord.build import Build, build
from onrecord.build.harvest import Harvest
from onrecord.errors import CollectionError
from onrecord.seeds import Collection


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run(folder: Path, datasets: Path, **options: object) -> Build:
    return build(folder, datasets, workers=1, **options)  # type: ignore[arg-type]


def codes(outcome: Build) -> set[str]:
    return set(outcome.report.totals)


def test_a_dataset_holds_every_table_twice_and_says_what_it_is(tmp_path: Path) -> None:
    outcome = run(collection(tmp_path / "seeds", articles=3), tmp_path / "datasets")
    assert outcome.published
    names = {path.name for path in (outcome.folder / "data").iterdir()}
    assert names == {f"{name}.{form}" for name in schemas.names() for form in ("csv", "parquet")}
    assert {path.name for path in outcome.folder.iterdir()} == {
        "README.md",
        "data",
        "datapackage.json",
        "report.json",
        "schemas",
    }
    assert outcome.rows["articles"] == 3
    assert outcome.rows["quotes"] >= 9


def test_the_declared_schemas_are_shipped_as_they_are(tmp_path: Path) -> None:
    outcome = run(collection(tmp_path / "seeds"), tmp_path / "datasets")
    for name in schemas.names():
        assert (outcome.folder / "schemas" / f"{name}.schema.json").read_bytes() == schemas.path(name).read_bytes()


def test_withheld_bodies_are_withheld_and_quotes_kept(tmp_path: Path) -> None:
    outcome = run(collection(tmp_path / "seeds", body="withheld"), tmp_path / "datasets")
    [row] = pq.read_table(outcome.folder / "data" / "articles.parquet").to_pylist()
    assert row["body"] is None
    assert row["body_sha256"]
    quotes = pq.read_table(outcome.folder / "data" / "quotes.parquet").to_pylist()
    assert all(quote["prefix"] or quote["suffix"] for quote in quotes)
    for path, data in contents(outcome.folder).items():
        assert b"Story number" not in data, path


def test_any_number_of_workers_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = collection(tmp_path / "seeds", articles=200)
    one = build(folder, tmp_path / "one", workers=1)
    two = build(folder, tmp_path / "two", workers=2)
    assert contents(one.folder) == contents(two.folder)


def test_speakers_of_many_articles_are_one_row(tmp_path: Path) -> None:
    outcome = run(collection(tmp_path / "seeds", articles=5), tmp_path / "datasets")
    speakers = pq.read_table(outcome.folder / "data" / "speakers.parquet").to_pylist()
    assert [speaker["name"] for speaker in speakers].count("Mara Quill") == 1


def test_the_same_bytes_are_one_article_and_a_finding(tmp_path: Path) -> None:
    folder = collection(tmp_path / "seeds")
    (folder / "again.txt").write_text(article(0), encoding="utf-8")
    outcome = run(folder, tmp_path / "datasets")
    assert outcome.published
    assert outcome.rows["articles"] == 1
    [issue] = [issue for issue in outcome.report if issue.code == "duplicate-document"]
    assert issue.file == (folder / "again.txt").as_posix()
    assert "0000.txt" in issue.message


def test_an_error_keeps_the_last_good_dataset(tmp_path: Path) -> None:
    folder = collection(tmp_path / "seeds")
    before = contents(run(folder, tmp_path / "datasets").folder)
    (folder / "binary.txt").write_bytes(b"\x00\x01\x02" * 1000)
    outcome = run(folder, tmp_path / "datasets")
    assert not outcome.published
    assert not outcome.report.valid
    assert contents(outcome.folder) == before
    assert {path.name for path in (tmp_path / "datasets").iterdir()} <= {"invented", ".invented.lock", ".cache"}


def test_keep_going_leaves_bad_documents_out_and_names_them(tmp_path: Path) -> None:
    folder = collection(tmp_path / "seeds", articles=2)
    (folder / "empty.txt").write_bytes(b"")
    outcome = run(folder, tmp_path / "datasets", keep_going=True)
    assert outcome.published
    assert outcome.rows["articles"] == 2
    report = json.loads((outcome.folder / "report.json").read_text())
    assert [finding["file"] for finding in report["findings"] if finding["severity"] == "error"] == ["empty.txt"]


def test_findings_name_the_file_as_the_user_sees_it(tmp_path: Path) -> None:
    folder = collection(tmp_path / "seeds")
    (folder / "empty.txt").write_bytes(b"")
    outcome = run(folder, tmp_path / "datasets")
    assert (folder / "empty.txt").as_posix() in {issue.file for issue in outcome.report}
    assert all(issue.hint for issue in outcome.report)


def test_a_collection_without_documents_is_an_error(tmp_path: Path) -> None:
    outcome = run(collection(tmp_path / "seeds", articles=0), tmp_path / "datasets")
    assert not outcome.published
    assert codes(outcome) == {"no-documents"}


def test_expectations_that_are_missed_are_errors_at_their_line(tmp_path: Path) -> None:
    folder = collection(tmp_path / "seeds", more='\n[expect]\narticles = 2\nlanguages = ["fr"]\nquotes = { min = 1 }\n')
    outcome = run(folder, tmp_path / "datasets")
    assert not outcome.published
    missed = {
        (issue.code, issue.value, issue.expected) for issue in outcome.report if issue.code.startswith("expected")
    }
    assert missed == {("expected-rows", "1", "2"), ("expected-languages", "en", "fr")}
    lines = (folder / "collection.toml").read_text().splitlines()
    for issue in outcome.report:
        if issue.code == "expected-rows":
            assert issue.line is not None
            assert lines[issue.line - 1] == "articles = 2"


def test_a_mistake_in_the_descriptor_stops_before_anything_is_written(tmp_path: Path) -> None:
    folder = collection(tmp_path / "seeds")
    text = (folder / "collection.toml").read_text()
    (folder / "collection.toml").write_text(text.replace("publisher", "publischer"))
    with pytest.raises(CollectionError, match="unknown key 'publischer'") as error:
        run(folder, tmp_path / "datasets")
    assert error.value.hint == "did you mean 'publisher'?"
    assert not (tmp_path / "datasets").exists()


def test_nothing_of_the_machine_or_the_day_is_in_a_dataset(tmp_path: Path) -> None:
    outcome = run(collection(tmp_path / "seeds"), tmp_path / "datasets")
    for path, data in contents(outcome.folder).items():
        assert str(tmp_path).encode() not in data, path


def test_progress_ends_with_everything_done(tmp_path: Path) -> None:
    calls: list[tuple[int, int]] = []
    run(collection(tmp_path / "seeds", articles=70), tmp_path / "datasets", progress=lambda *call: calls.append(call))
    assert calls[0] == (0, 70)
    assert calls[-1] == (70, 70)
    assert calls == sorted(calls)


def test_an_unchanged_collection_is_not_built_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.build import work

    folder = collection(tmp_path / "seeds", articles=3)
    (folder / "again.txt").write_text(article(0), encoding="utf-8")
    first = run(folder, tmp_path / "datasets")
    before = contents(first.folder)

    def never(_: object) -> None:
        pytest.fail("built again")

    monkeypatch.setattr(work, "do", never)
    again = run(folder, tmp_path / "datasets")
    assert again.published
    assert (again.rows, again.documents, again.report.to_dict()) == (first.rows, 3, first.report.to_dict())
    assert contents(again.folder) == before


@pytest.mark.parametrize("damage", ["change", "remove", "add"])
def test_a_dataset_that_was_touched_is_built_again(tmp_path: Path, damage: str) -> None:
    folder = collection(tmp_path / "seeds")
    before = contents(run(folder, tmp_path / "datasets").folder)
    path = tmp_path / "datasets" / "invented" / "data" / "quotes.csv"
    if damage == "change":
        path.write_bytes(path.read_bytes() + b" ")
    elif damage == "remove":
        path.unlink()
    else:
        (path.parent / "more.txt").write_text("x")
    assert contents(run(folder, tmp_path / "datasets").folder) == before


def test_what_changed_is_built_and_the_result_is_that_of_a_clean_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.build import work

    folder = collection(tmp_path / "seeds", articles=300)
    run(folder, tmp_path / "datasets")
    (folder / "0007.txt").write_text(article(7007), encoding="utf-8")
    (folder / "0009.txt").unlink()
    (folder / "0011.txt.toml").write_text('authors = ["Ada Marsh"]\n', encoding="utf-8")
    done: list[int] = []
    harvest = work._harvest

    def counting(collection: Collection, tasks: list[work.Task]) -> Harvest:
        done.append(len(tasks))
        return harvest(collection, tasks)

    monkeypatch.setattr(work, "_harvest", counting)
    again = run(folder, tmp_path / "datasets")
    assert sum(done) == 2
    clean = run(folder, tmp_path / "clean")
    assert contents(again.folder) == contents(clean.folder)


def test_a_damaged_cache_is_no_matter(tmp_path: Path) -> None:
    folder = collection(tmp_path / "seeds", articles=3)
    before = contents(run(folder, tmp_path / "datasets").folder)
    for number, path in enumerate(sorted((tmp_path / "datasets" / ".cache" / "invented").iterdir())):
        path.write_bytes(b"" if number % 2 else path.read_bytes()[:100])
    assert contents(run(folder, tmp_path / "datasets").folder) == before


def test_a_changed_descriptor_is_a_changed_build(tmp_path: Path) -> None:
    folder = collection(tmp_path / "seeds")
    run(folder, tmp_path / "datasets")
    text = (folder / "collection.toml").read_text()
    (folder / "collection.toml").write_text(text.replace("The Invented Post", "The Other Post"))
    outcome = run(folder, tmp_path / "datasets")
    [row] = pq.read_table(outcome.folder / "data" / "articles.parquet").to_pylist()
    assert row["publisher"] == "The Other Post"
