"""What can happen to a build from outside: bad documents, a full disk, Ctrl-C, another build."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from newsroom import article, collection

from onrecord.build import build

COMMAND = [sys.executable, "-m", "onrecord.cli", "build"]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


TEXT = article(7)
BAD = {
    "empty": b"",
    "spaces": b" \n\n \t\n",
    "binary": bytes(range(256)) * 20,
    "invalid-utf8": TEXT.encode().replace(b"bridge", b"br\xffdge", 1),
    "lone-surrogate": TEXT.encode().replace(b"bridge", b"br\xed\xa0\x80dge", 1),
    "nul": TEXT.replace("bridge", "bri\0dge", 1).encode(),
}
FINE = {
    "bom": b"\xef\xbb\xbf" + TEXT.encode(),
    "crlf": TEXT.replace("\n", "\r\n").encode(),
    "lone-cr": TEXT.replace("\n", "\r").encode(),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_document_is_named_with_a_remedy_and_harms_no_other(tmp_path: Path, kind: str) -> None:
    folder = collection(tmp_path / "seeds", articles=2)
    (folder / "bad.txt").write_bytes(BAD[kind])
    outcome = build(folder, tmp_path / "datasets", workers=1, keep_going=True)
    assert outcome.rows["articles"] in (2, 3)
    issues = [issue for issue in outcome.report if issue.file == (folder / "bad.txt").as_posix()]
    assert issues
    assert all(issue.hint for issue in issues)
    if kind in {"invalid-utf8", "lone-surrogate", "nul"}:
        assert issues[0].line == 1


@pytest.mark.parametrize("kind", FINE)
def test_a_document_with_other_line_ends_or_a_mark_reads_the_same(tmp_path: Path, kind: str) -> None:
    import pyarrow.parquet as pq

    bodies = []
    for name, data in (("plain", TEXT.encode()), (kind, FINE[kind])):
        folder = collection(tmp_path / name, articles=0)
        (folder / "a.txt").write_bytes(data)
        outcome = build(folder, tmp_path / name / "datasets", workers=1)
        assert outcome.published, list(outcome.report)
        bodies.append(pq.read_table(outcome.folder / "data" / "articles.parquet")["body"].to_pylist())
    assert bodies[0] == bodies[1]
    assert bodies[0][0]


@pytest.mark.slow
def test_a_line_of_50_megabytes_ends_in_good_time(tmp_path: Path) -> None:
    folder = collection(tmp_path / "seeds")
    (folder / "long.txt").write_bytes(b'He said "x" and so on ' * (50_000_000 // 22))
    outcome = build(folder, tmp_path / "datasets", workers=1, keep_going=True)
    assert outcome.published
    assert any(issue.file == (folder / "long.txt").as_posix() for issue in outcome.report)


def test_a_file_that_vanishes_while_building_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.build import work

    folder = collection(tmp_path / "seeds", articles=3)
    jobs = work.jobs

    def after_listing(*args: object) -> object:
        (folder / "0001.txt").unlink()
        return jobs(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "jobs", after_listing)
    outcome = build(folder, tmp_path / "datasets", workers=1)
    assert not outcome.published
    [issue] = [issue for issue in outcome.report if issue.code == "seed-vanished"]
    assert issue.file == (folder / "0001.txt").as_posix()


def limit_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


def test_a_disk_that_takes_no_more_keeps_the_last_good_dataset(tmp_path: Path) -> None:
    folder = collection(tmp_path / "seeds")
    before = contents(build(folder, tmp_path / "datasets", workers=1).folder)
    for number in range(1, 150):
        (folder / f"{number:04}.txt").write_text(article(number), encoding="utf-8")
    done = subprocess.run(
        COMMAND, cwd=tmp_path, capture_output=True, text=True, preexec_fn=limit_files, check=False, timeout=60
    )
    assert done.returncode == 1, done.stderr
    assert "error: datasets/invented: there is no room to write it" in done.stderr
    assert "hint: free some space" in done.stderr
    assert "Traceback" not in done.stderr
    assert contents(tmp_path / "datasets" / "invented") == before
    assert {path.name for path in (tmp_path / "datasets").iterdir()} <= {"invented", ".invented.lock", ".cache"}


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_at_any_moment_keeps_the_last_good_dataset(tmp_path: Path, workers: str) -> None:
    folder = collection(tmp_path / "seeds")
    before = contents(build(folder, tmp_path / "datasets", workers=1).folder)
    for number in range(1, 3000):
        (folder / f"{number:04}.txt").write_text(article(number), encoding="utf-8")
    for delay in (0.3, 0.8, 1.3, 2.0, 3.0):
        process = subprocess.Popen(
            [*COMMAND, "--workers", workers], cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        )
        time.sleep(delay)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=60)
        if process.returncode == 0:
            pytest.fail(f"the build ended before {delay} s")
        assert contents(tmp_path / "datasets" / "invented") == before
        assert "Traceback" not in stderr
        assert {path.name for path in (tmp_path / "datasets").iterdir()} <= {"invented", ".invented.lock", ".cache"}


def test_two_builds_at_once_do_not_meet(tmp_path: Path) -> None:
    from onrecord import packages

    collection(tmp_path / "seeds")
    (tmp_path / "datasets").mkdir()
    with packages.locked(tmp_path / "datasets" / "invented"):
        done = subprocess.run(COMMAND, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "is being written by process" in done.stderr
    assert "hint: wait" in done.stderr
    again = subprocess.run(COMMAND, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert again.returncode == 0, again.stderr
