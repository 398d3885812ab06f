from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from onrecord import archives, files, packages, releases
from onrecord.errors import ReleaseError
from onrecord.packages import sums
from onrecord.registry import index as indexes
from onrecord.releases import making
from onrecord.reports import Issue, Report, Severity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def good(_: Path) -> Report:
    return Report()


def bad(_: Path) -> Report:
    return Report(Issue(code="key-lost", severity=Severity.ERROR, message=f"row {n}", file="a.csv") for n in range(3))


def release(dataset: Path, output: Path, version: str = "1.0.0") -> releases.Release:
    return releases.release(dataset, version=version, output=output, check=good)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_release_is_loose_zipped_and_listed(dataset: Path, tmp_path: Path) -> None:
    made = release(dataset, tmp_path / "out")

    folder = tmp_path / "out" / "little" / "1.0.0"
    assert made.folder == folder
    assert not made.existed
    assert packages.verify(folder).valid
    assert packages.verify(made.archive).valid
    assert packages.open_package(folder).version == "1.0.0"
    with zipfile.ZipFile(made.archive) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == contents(folder)


def test_checksums_are_those_of_sha256sum(dataset: Path, tmp_path: Path) -> None:
    made = release(dataset, tmp_path / "out")

    done = subprocess.run(["sha256sum", "--check", "SHA256SUMS"], cwd=made.folder, capture_output=True, check=False)

    assert done.returncode == 0, done.stdout
    listed = sums.parse_sums((made.folder / "SHA256SUMS").read_text())
    assert set(listed) == set(contents(made.folder)) - {"SHA256SUMS"}


def test_a_released_package_passes_frictionless(dataset: Path, tmp_path: Path) -> None:
    assert packages.acceptance(release(dataset, tmp_path / "out").folder).valid


def test_the_index_has_its_declared_form_and_true_hashes(dataset: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    release(dataset, output)
    release(dataset, output, "1.1.0-rc.1")

    index = json.loads((output / "index.json").read_text(encoding="utf-8"))

    jsonschema.validate(index, json.loads((output / "index.schema.json").read_text(encoding="utf-8")))
    versions = index["datasets"]["little"]["versions"]
    assert list(versions) == ["1.0.0", "1.1.0-rc.1"]
    for entry in versions.values():
        archive = (output / entry["archive"]["path"]).read_bytes()
        assert entry["archive"]["bytes"] == len(archive)
        assert entry["archive"]["sha256"] == hashlib.sha256(archive).hexdigest()
        assert set(entry["files"]) == set(contents(output / entry["folder"]))
        assert entry["tables"]["quotes"] == {"rows": 2, "content_hash": "hash-of-quotes"}


def test_the_readme_names_the_version(dataset: Path, tmp_path: Path) -> None:
    text = (release(dataset, tmp_path / "out").folder / "README.md").read_text(encoding="utf-8")

    assert 'onrecord.load("little@1.0.0"' in text
    assert "A little dataset. Version 1.0.0. Data set." in text


ELSEWHERE = """
import os, sys
os.umask(int(sys.argv[1], 8))
from pathlib import Path
from onrecord import releases
from onrecord.reports import Report
releases.release(Path(sys.argv[2]), version="1.0.0", output=Path(sys.argv[3]), check=lambda _: Report())
"""


def test_the_bytes_are_the_same_whatever_umask_zone_locale_and_hash_seed(dataset: Path, tmp_path: Path) -> None:
    made = []
    surroundings = [
        ("000", {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "1"}),
        ("077", {"TZ": "America/St_Johns", "LC_ALL": "C", "PYTHONHASHSEED": "2"}),
    ]
    for umask, variables in surroundings:
        output = tmp_path / umask
        command = [sys.executable, "-c", ELSEWHERE, umask, str(dataset), str(output)]
        subprocess.run(command, env={**os.environ, **variables}, check=True)
        made.append(contents(output))
        modes = {path.name: oct(path.stat().st_mode) for path in (output / "little").rglob("*") if path.is_dir()}
        assert set(modes.values()) == {"0o40755"}
        assert {path.stat().st_mode & 0o777 for path in (output / "little").rglob("*.*") if path.is_file()} == {0o644}

    assert made[0] == made[1]


def test_the_same_release_again_changes_nothing(dataset: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    release(dataset, output)
    before = contents(output)

    assert release(dataset, output).existed
    assert contents(output) == before


def test_a_version_never_changes(
    make_dataset: Callable[..., Path], rows: dict[str, list[dict[str, Any]]], tmp_path: Path
) -> None:
    output = tmp_path / "out"
    release(make_dataset(), output)
    before = contents(output)
    rows["articles"][0]["word_count"] = 121

    with pytest.raises(ReleaseError, match="exists with other bytes") as caught:
        release(make_dataset("changed", rows), output)

    assert caught.value.hint
    assert contents(output) == before


def test_a_second_dataset_joins_the_first(
    make_dataset: Callable[..., Path], metadata: packages.Metadata, tmp_path: Path
) -> None:
    import dataclasses

    output = tmp_path / "out"
    release(make_dataset(), output)
    other = make_dataset("other")
    packages.write_descriptor(other, dataclasses.replace(metadata, name="other"))

    release(other, output)

    assert sorted(releases.read_index(output).datasets) == ["little", "other"]


@pytest.mark.parametrize("version", ["1.0", "v1.0.0", "1.0.0+x", "01.0.0", "../1.0.0", "", "1.0.0\n"])
def test_what_is_no_version_is_refused(dataset: Path, tmp_path: Path, version: str) -> None:
    with pytest.raises(ReleaseError, match="is no version"):
        release(dataset, tmp_path / "out", version)


def test_a_dataset_that_is_not_valid_is_not_released(dataset: Path, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match=r"not valid: row 0 \[key-lost\] \(and 2 more\)"):
        releases.release(dataset, version="1.0.0", output=tmp_path / "out", check=bad)

    assert not (tmp_path / "out").exists()


def test_a_dataset_whose_bytes_changed_is_not_released(dataset: Path, tmp_path: Path) -> None:
    (dataset / "data" / "quotes.csv").write_text("quote_id\n")

    with pytest.raises(ReleaseError, match="other size"):
        release(dataset, tmp_path / "out")


def test_another_release_under_way_is_named(dataset: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    output.mkdir()
    with packages.locked(output / "index.json"), pytest.raises(ReleaseError, match=f"process {os.getpid()}"):
        release(dataset, output)


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), OSError(28, "No space left on device")])
@pytest.mark.parametrize("place", ["pack", "measure", "write_index"])
def test_an_interrupted_release_leaves_the_registry_as_it_was(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException, place: str
) -> None:
    output = tmp_path / "out"
    release(dataset, output)
    before = json.loads((output / "index.json").read_text(encoding="utf-8"))

    def failing(*_args: Any) -> None:
        raise fault

    with monkeypatch.context() as patch:
        if place == "pack":
            patch.setattr(archives, "pack", failing)
        elif place == "measure":
            patch.setattr(files, "sha256_of", failing)
        else:
            patch.setattr(making, "write_index", failing)
        with pytest.raises(KeyboardInterrupt if isinstance(fault, KeyboardInterrupt) else (ReleaseError, OSError)):
            release(dataset, output, "1.1.0")

    assert json.loads((output / "index.json").read_text(encoding="utf-8")) == before
    assert not (output / ".staging").exists()
    assert not release(dataset, output, "1.1.0").existed
    assert packages.verify(output / "little" / "1.1.0").valid


KILLED = """
import os, signal, sys
from pathlib import Path
from onrecord import files, packages, releases
from onrecord.reports import Report

steps = int(sys.argv[3])
def dying(owner, name: str):
    function = getattr(owner, name)
    def call(*args, **kwargs):
        global steps
        steps -= 1
        if steps < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*args, **kwargs)
    setattr(owner, name, call)
dying(Path, "replace"); dying(Path, "rename"); dying(os, "fsync"); dying(packages, "replace_folder")
releases.release(Path(sys.argv[1]), version="1.0.0", output=Path(sys.argv[2]), check=lambda _: Report())
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kills a process by a signal")
def test_a_release_killed_at_any_step_is_whole_or_not_listed_and_ends_well_the_next_time(
    dataset: Path, tmp_path: Path
) -> None:
    whole = release(dataset, tmp_path / "whole")
    for step in range(0, 60, 3):
        output = tmp_path / f"out{step}"
        done = subprocess.run([sys.executable, "-c", KILLED, dataset, output, str(step)], check=False)
        if releases.read_index(output).datasets:
            assert contents(output / "little") == contents(whole.output / "little")
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
        release(dataset, output)
        assert contents(output) == contents(whole.output)
    assert done.returncode == 0, "not killed any more: every step was tried"


def test_a_withdrawn_version_keeps_its_bytes_and_its_reason(dataset: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    release(dataset, output)
    before = contents(output / "little")

    releases.yank("little@1.0.0", reason="two speakers were merged", output=output)

    entry = releases.read_index(output).find("little", "1.0.0")
    assert entry is not None
    assert entry.yanked == "two speakers were merged"
    assert contents(output / "little") == before
    jsonschema.validate(json.loads((output / "index.json").read_text()), json.loads(indexes.json_schema()))
    assert release(dataset, output).entry.yanked == "two speakers were merged", "a release again does not undo it"


def test_withdrawing_what_is_not_there_is_an_error(dataset: Path, tmp_path: Path) -> None:
    release(dataset, tmp_path / "out")
    with pytest.raises(ReleaseError, match="no version"):
        releases.yank("little@2.0.0", reason="x", output=tmp_path / "out")


def test_a_broken_index_is_never_overwritten(dataset: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "index.json").write_text("{")

    with pytest.raises(ReleaseError, match="not JSON"):
        release(dataset, tmp_path / "out")

    assert (tmp_path / "out" / "index.json").read_text() == "{"
