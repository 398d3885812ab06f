"""A build after a build: only what changed is made again, and the result is that of a clean build."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom import article, collection

from onrecord import corrections, tables
from onrecord.build import Build, build, cache, segments, verdicts, work
from onrecord.build.harvest import Harvest
from onrecord.corrections import Correction
from onrecord.reports import Report
from onrecord.seeds import Collection
from onrecord.tables import parquets

PEOPLE = ("Mara Quill", "Odo Venn", "Quill", "Ines Sorel")
ROLES = ("an engineer at the harbour office", "the mayor", "a spokesperson for the ministry")


@contextmanager
def small() -> Iterator[None]:
    """Cut jobs and segments often, so that a few articles make several."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parquets, "CUT", "^.{15}[0-4]")
        patch.setattr(work, "CUT", 3)
        yield


@pytest.fixture(autouse=True)
def _small() -> Iterator[None]:
    with small():
        yield


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Count the documents that are read, and the pieces of tables that are written."""
    counts = {"documents": 0, "pieces": 0}
    harvest, piece = work._harvest, tables.piece

    def reading(collection: Collection, tasks: list[work.Task]) -> Harvest:
        counts["documents"] += len(tasks)
        return harvest(collection, tasks)

    def writing(*args: Any) -> tables.Piece:
        counts["pieces"] += 1
        return piece(*args)

    monkeypatch.setattr(work, "_harvest", reading)
    monkeypatch.setattr(tables, "piece", writing)
    return counts


def run(folder: Path, datasets: Path) -> Build:
    return build(folder, datasets, workers=1, keep_going=True)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def told(number: int, name: str, role: str, more: str = "") -> str:
    text = article(number).replace("Mara Quill, an engineer at the harbour office", f"{name}, {role}")
    return text.replace("in spring", f"in spring{more}")


def write(folder: Path, number: int, text: str) -> None:
    (folder / f"{number:04}.txt").write_text(text, encoding="utf-8")


def remove(folder: Path, number: int) -> None:
    (folder / f"{number:04}.txt").unlink(missing_ok=True)


def rename(folder: Path, number: int) -> None:
    path = folder / f"{number:04}.txt"
    if path.exists():
        path.rename(folder / f"moved-{number:04}.txt")


def beside(folder: Path, number: int) -> None:
    (folder / f"{number:04}.txt.toml").write_text(f'authors = ["Ada Marsh {number}"]\n', encoding="utf-8")


def spoil(folder: Path, number: int) -> None:
    (folder / f"{number:04}.txt").write_bytes(b"\x00\xff" * number)


def correct(folder: Path, number: int) -> None:
    """Say more of a speaker in one document; other documents may name the same person."""
    path = folder / corrections.FILE_NAME
    rows = path.read_text(encoding="utf-8") if path.exists() else corrections.header()
    row = Correction(
        document=f"{number:04}.txt",
        action="change",
        quote="The bridge is safe",
        table="speakers",
        column="wikidata_id",
        new=f"Q{1000 + number}",
        reason="looked up",
        evidence="a register",
    )
    path.write_text(rows + corrections.line(row), encoding="utf-8", newline="")


Change = Callable[[Path], object]
numbers = st.integers(0, 11)
changes: st.SearchStrategy[Change] = st.one_of(
    st.builds(
        lambda number, name, role, more: lambda folder: write(folder, number, told(number % 7, name, role, more)),
        numbers,
        st.sampled_from(PEOPLE),
        st.sampled_from(ROLES),
        st.sampled_from(["", "", " at last", " at\u200blast"]),
    ),
    *(
        st.builds(lambda number, change: lambda folder: change(folder, number), numbers, st.just(change))
        for change in (remove, rename, beside, spoil, correct)
    ),
)


def prove(start: int, rounds: list[list[Change]]) -> None:
    """Build after each round of changes; the last result must be that of a clean build."""
    with tempfile.TemporaryDirectory() as name, small():
        folder = collection(Path(name) / "seeds", articles=start)
        run(folder, Path(name) / "datasets")
        for each in rounds:
            for change in each:
                change(folder)
            again = run(folder, Path(name) / "datasets")
        clean = run(folder, Path(name) / "clean")
        assert (
            again.report.to_dict()
            == clean.report.map(
                lambda issue: issue.at(issue.file.replace("/clean/", "/datasets/")) if issue.file else issue
            ).to_dict()
        )
        assert again.rows == clean.rows
        assert again.published == clean.published
        if clean.published:
            assert contents(again.folder) == contents(clean.folder)


@settings(max_examples=5, deadline=None)
@given(st.integers(6, 12), st.lists(st.lists(changes, min_size=1, max_size=3), min_size=1, max_size=2))
def test_the_result_is_that_of_a_clean_build(start: int, rounds: list[list[Change]]) -> None:
    prove(start, rounds)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.integers(1, 12), st.lists(st.lists(changes, min_size=1, max_size=5), min_size=1, max_size=4))
def test_the_result_is_that_of_a_clean_build_however_often_it_changed(start: int, rounds: list[list[Change]]) -> None:
    prove(start, rounds)


def test_one_changed_document_costs_one_document_and_its_segment(tmp_path: Path, made: dict[str, int]) -> None:
    folder = collection(tmp_path / "seeds", articles=40)
    run(folder, tmp_path / "datasets")
    first = made.copy()
    write(folder, 7, told(77, *("Odo Venn", "the mayor")))
    run(folder, tmp_path / "datasets")
    assert first["documents"] == 40
    assert first["pieces"] >= 6 * len(segments.TABLES)
    assert made["documents"] - first["documents"] == 1
    assert made["pieces"] - first["pieces"] <= 2 * len(segments.TABLES)


def test_no_more_articles_are_checked_at_once_than_memory_allows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    check = verdicts.Verdicts._check

    def counting(self: verdicts.Verdicts, several: list[verdicts.Pieces]) -> Report:
        seen.append(sum(pieces["articles"].rows for pieces in several))
        return check(self, several)

    monkeypatch.setattr(parquets, "CUT", "^.{15}0")
    monkeypatch.setattr(segments, "MOST", 5)
    monkeypatch.setattr(verdicts, "TOGETHER", 8)
    monkeypatch.setattr(verdicts.Verdicts, "_check", counting)
    run(collection(tmp_path / "seeds", articles=60), tmp_path / "datasets")
    assert sum(seen) == 60
    assert max(seen) <= 8
    assert sum(1 for count in seen if count > 5) > 0


def test_one_correction_costs_one_document(tmp_path: Path, made: dict[str, int]) -> None:
    folder = collection(tmp_path / "seeds", articles=12)
    run(folder, tmp_path / "datasets")
    correct(folder, 5)
    again = run(folder, tmp_path / "datasets")
    assert made["documents"] == 13
    assert b"Q1005" in (again.folder / "data" / "speakers.csv").read_bytes()


def test_what_was_found_in_a_segment_is_found_again_at_its_new_line(tmp_path: Path, made: dict[str, int]) -> None:
    folder = collection(tmp_path / "seeds", articles=30)
    for number in range(30):
        write(folder, number, told(number, PEOPLE[0], ROLES[0], " at\u200blast"))
    run(folder, tmp_path / "datasets")
    before = made["pieces"]
    (folder / "more.txt").write_text(article(200) + "\nAnother line.\n\nAnd one more.\n", encoding="utf-8")
    again = run(folder, tmp_path / "datasets")
    assert made["pieces"] - before <= len(segments.TABLES)
    lines = (again.folder / "data" / "articles.csv").read_text(encoding="utf-8").split("\n")
    found = [issue for issue in again.report if issue.code == "zero-width" and issue.field == "headline"]
    assert len(found) == 30
    for issue in found:
        assert issue.line is not None
        assert issue.key is not None
        assert "\u200b" in lines[issue.line - 1]
        assert issue.key in lines[issue.line - 1]


@pytest.mark.parametrize("what", ["code", "libraries", "_converters"])
def test_what_other_code_made_is_not_used(
    tmp_path: Path, made: dict[str, int], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    folder = collection(tmp_path / "seeds", articles=5)
    run(folder, tmp_path / "datasets")
    first = made.copy()
    if what == "code":
        monkeypatch.setattr(cache, "code", lambda: "other code")
    else:
        monkeypatch.setattr(cache, what, lambda: ["other 1.0"])
        cache.code.cache_clear()
    run(folder, tmp_path / "datasets")
    monkeypatch.undo()
    cache.code.cache_clear()
    assert made == {name: 2 * count for name, count in first.items()}


@pytest.mark.parametrize("path", ["extract/lexicon/en.toml", "checks/laws.py", "schemas"])
def test_a_changed_rule_lexicon_or_declaration_is_other_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    package = tmp_path / "onrecord"
    shutil.copytree(Path(cache.__file__).parents[1], package, ignore=shutil.ignore_patterns("__pycache__"))
    declared = {name: tmp_path / f"{name}.json" for name in (*cache.schemas.names(), *cache.schemas.INPUTS)}
    for name, copy in declared.items():
        shutil.copyfile(cache.schemas.path(name), copy)
    monkeypatch.setattr(cache, "package_files", lambda _: package)
    monkeypatch.setattr(cache.schemas, "path", declared.__getitem__)
    before = cache.code.__wrapped__()
    assert cache.code.__wrapped__() == before
    changed = declared["quotes"] if path == "schemas" else package / path
    changed.write_bytes(changed.read_bytes() + b"\n")
    assert cache.code.__wrapped__() != before


def test_a_plug_in_that_changed_without_a_new_version_is_other_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plugged.py").write_text("one = 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    before = cache._digest("plugged")
    (tmp_path / "plugged.py").write_text("one = 2\n", encoding="utf-8")
    assert cache._digest("plugged") != before


def test_one_wrong_byte_in_what_is_kept_is_not_used(tmp_path: Path, made: dict[str, int]) -> None:
    folder = collection(tmp_path / "seeds", articles=5)
    before = contents(run(folder, tmp_path / "datasets").folder)
    kept = list((tmp_path / "datasets" / ".cache" / "invented").glob("*.arrows"))
    for path in kept:
        path.write_bytes(path.read_bytes().replace(b"harbour", b"harvour"))
    (tmp_path / "datasets" / "invented" / "README.md").unlink()
    assert contents(run(folder, tmp_path / "datasets").folder) == before
    assert made["documents"] == 10


def test_a_remembered_state_with_a_wrong_number_is_not_used(tmp_path: Path) -> None:
    folder = collection(tmp_path / "seeds", articles=12)
    run(folder, tmp_path / "datasets")
    state = tmp_path / "datasets" / ".cache" / "invented" / "state.json"
    head, _, text = state.read_text(encoding="utf-8").partition("\n")
    said = json.loads(text)
    said["segments"][-1]["places"]["quotes"]["start"] -= 1
    state.write_text(head + "\n" + json.dumps(said), encoding="utf-8")
    write(folder, 3, told(33, *("Odo Venn", "the mayor")))
    again = run(folder, tmp_path / "datasets")
    assert contents(again.folder) == contents(run(folder, tmp_path / "clean").folder)


@pytest.mark.parametrize("name", ["quotes.csv", "articles.parquet"])
def test_a_dataset_with_a_wrong_byte_gives_no_segments(tmp_path: Path, name: str) -> None:
    folder = collection(tmp_path / "seeds", articles=12)
    outcome = run(folder, tmp_path / "datasets")
    path = outcome.folder / "data" / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    write(folder, 3, told(33, *("Odo Venn", "the mayor")))
    again = run(folder, tmp_path / "datasets")
    assert contents(again.folder) == contents(run(folder, tmp_path / "clean").folder)


def test_a_document_that_vanished_once_is_read_when_it_is_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = collection(tmp_path / "seeds", articles=3)
    text = (folder / "0001.txt").read_text(encoding="utf-8")
    jobs = work.jobs

    def vanishing(*args: Any) -> Iterator[work.Job]:
        (folder / "0001.txt").unlink()
        return jobs(*args)

    with monkeypatch.context() as patch:
        patch.setattr(work, "jobs", vanishing)
        assert "seed-vanished" in run(folder, tmp_path / "datasets").report.totals
    (folder / "0001.txt").write_text(text, encoding="utf-8")
    again = run(folder, tmp_path / "datasets")
    assert not again.report.totals["seed-vanished"]
    assert again.rows["articles"] == 3
