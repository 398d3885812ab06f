"""What was built before is not built again.

Beside the datasets stands a hidden folder, `.cache/<name>`. It keeps what came of each job, under a key made
of everything that job depends on: the documents and what stands beside them, the descriptor, this code, and
the libraries. It also keeps what the whole last build was made of, so that an unchanged collection costs
only the hashing of its documents and its dataset. Removing the folder costs time and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import entry_points, version
from importlib.resources import files as package_files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord import files, seeds
from onrecord.errors import PackageError
from onrecord.reports import Issue, Report, Severity
from onrecord.seeds import sidecars

if TYPE_CHECKING:
    import pyarrow as pa

LIBRARIES = ("pyarrow", "duckdb", "tzdata")
STATE = "state.json"


@dataclass(frozen=True, slots=True)
class Store:
    """The cache of one dataset: a folder, and the digest of all that every job depends on."""

    folder: Path
    salt: str

    def path(self, found: Iterable[seeds.Seed], collection: seeds.Collection) -> Path:
        """Return where the result of a job over these documents is kept."""
        digest = hashlib.sha256(self.salt.encode())
        for seed in found:
            beside = collection.folder / (seed.path + sidecars.SUFFIX)
            known = files.sha256_of(beside) if beside.is_file() else ""
            digest.update(f"{seed.sha256}\0{seed.path}\0{known}\n".encode())
        return self.folder / f"{digest.hexdigest()}.arrows"


def open_store(datasets: Path, collection: seeds.Collection) -> Store:
    """Return the cache of a collection's dataset; its folder is made when something is first kept."""
    digest = hashlib.sha256(code().encode())
    for name in ("collection.toml", "corrections.csv"):
        path = collection.folder / name
        digest.update(path.read_bytes() if path.is_file() else b"")
        digest.update(b"\0")
    return Store(datasets / ".cache" / collection.name, digest.hexdigest())


@cache
def code() -> str:
    """Return a digest of this package's own files, of the converters installed, and of what they stand on."""
    digest = hashlib.sha256(platform.python_version().encode())
    for path in sorted(Path(str(package_files("onrecord"))).rglob("*")):
        if path.suffix in (".py", ".toml", ".json"):
            digest.update(path.read_bytes())
    known = [f"{name} {version(name)}" for name in LIBRARIES]
    known += [
        f"{one.name} {one.value} {one.dist and one.dist.version}" for one in entry_points(group="onrecord.converters")
    ]
    digest.update("\n".join(sorted(known)).encode())
    return digest.hexdigest()


def keep(
    path: Path,
    documents: int,
    batches: dict[str, pa.RecordBatch],
    issues: list[Issue],
    corrected: tuple[int, ...],
    withdrawn: tuple[tuple[str, str], ...],
) -> None:
    """Write a job's result, whole or not at all. A disk that is full costs the cache and not the build."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    head = {
        "documents": documents,
        "tables": list(batches),
        "issues": [asdict(issue) for issue in issues],
        "corrected": corrected,
        "withdrawn": withdrawn,
    }
    meta = pa.record_batch({"head": [json.dumps(head)]})
    for batch in (meta, *batches.values()):
        with pa.ipc.new_stream(sink, batch.schema) as writer:
            writer.write_batch(batch)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write_whole(path, sink.getvalue())
    except OSError:
        path.unlink(missing_ok=True)


Kept = tuple[int, "dict[str, pa.RecordBatch]", list[Issue], tuple[int, ...], tuple[tuple[str, str], ...]]
"""What is kept of a job, in the order of a harvest."""


def kept(path: Path) -> Kept | None:
    """Return a job's kept result, or None where there is none that can be read."""
    import pyarrow as pa

    try:
        source = pa.py_buffer(path.read_bytes())
        reader = pa.BufferReader(source)
        head = json.loads(_one(reader)["head"][0].as_py())
        batches = {name: _one(reader) for name in head["tables"]}
        corrected, withdrawn = tuple(head["corrected"]), tuple((key, name) for key, name in head["withdrawn"])
    except (OSError, pa.ArrowInvalid, ValueError, KeyError):
        return None
    return head["documents"], batches, [_issue(one) for one in head["issues"]], corrected, withdrawn


def _one(reader: pa.BufferReader) -> pa.RecordBatch:
    import pyarrow as pa

    with pa.ipc.open_stream(reader) as stream:
        batch = stream.read_next_batch()
        for _ in stream:
            raise ValueError("one batch is expected")
    return batch


def _issue(one: dict[str, Any]) -> Issue:
    return Issue(**{**one, "severity": Severity(one["severity"])})


@dataclass(frozen=True, slots=True)
class State:
    """What the last build was made of and came to."""

    inputs: str
    rows: dict[str, int]
    outputs: dict[str, str]
    report: dict[str, Any]

    def findings(self) -> Report:
        """Return the findings of that build."""
        return Report.from_dict(self.report)


def inputs(paths: Iterable[Path], report: Report) -> str:
    """Return a digest of all that a build depends on, once its documents are listed."""
    lines = [*(path.name for path in paths), *(str(issue) for issue in report)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def outputs(folder: Path) -> dict[str, str]:
    """Return the hash of every file of a dataset."""
    return {name: files.sha256_of(path) for name, path in files.files_below(folder)}


def unchanged(store: Store, made_of: str, target: Path) -> State | None:
    """Return what the last build came to, where it was made of the same and its dataset stands as it left it."""
    try:
        state = State(**json.loads((store.folder / STATE).read_text(encoding="utf-8")))
        same = state.inputs == made_of and state.outputs == outputs(target)
    except (OSError, ValueError, TypeError, PackageError):
        return None
    return state if same else None


def remember(store: Store, state: State, used: set[Path]) -> None:
    """Keep what a build was made of and came to, and of its jobs' results only those that it used."""
    try:
        store.folder.mkdir(parents=True, exist_ok=True)
        files.write_whole(store.folder / STATE, files.to_json(asdict(state)).encode())
        for path in store.folder.glob("*.arrows"):
            if path not in used:
                path.unlink(missing_ok=True)
    except OSError:
        shutil.rmtree(store.folder, ignore_errors=True)
