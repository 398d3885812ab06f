"""What was built before is not built again.

Beside the datasets stands a hidden folder, `.cache/<name>`. It keeps what came of each job, document by document,
under keys made of everything that a document's rows depend on: the document and what stands beside it, its
corrections, the descriptor, this code, and the libraries. It also keeps what the whole last build was made of: an
unchanged collection then costs only the hashing of its documents and its dataset, and of a changed one those
segments of the dataset that did not change are taken over. Removing the folder costs time and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib import metadata
from importlib.resources import files as package_files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from onrecord import files, schemas, seeds
from onrecord.build import harvest
from onrecord.corrections import Correction
from onrecord.errors import PackageError
from onrecord.reports import Report
from onrecord.seeds import sidecars
from onrecord.tables import Place

STATE = "state.json"
SUFFIX = ".arrows"
SOURCES = (".py", ".toml", ".json")
"""Files that decide what code does."""
HEAD = 1 << 24
"""Bytes in which the first two lines of what is kept must end."""


@dataclass(frozen=True, slots=True)
class Store:
    """The cache of one dataset: a folder, and the digest of all that every document's rows depend on."""

    folder: Path
    salt: str

    def key(self, seed: seeds.Seed, collection: seeds.Collection, corrections: Iterable[Correction]) -> str:
        """Return what a document's rows are made of, as a digest; the corrections are those that may concern it."""
        beside = collection.folder / (seed.path + sidecars.SUFFIX)
        known = files.sha256_of(beside) if beside.is_file() else ""
        lines = [self.salt, seed.sha256, seed.path, known, *(repr(row) for row in corrections)]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def path(self, keys: Iterable[str]) -> Path:
        """Return where the result of a job over documents with these keys is kept."""
        return self.folder / (hashlib.sha256("\n".join(keys).encode()).hexdigest() + SUFFIX)

    def index(self) -> dict[str, Path]:
        """Return for the key of every document that was read before where that is kept."""
        found = {}
        for path in sorted(self.folder.glob(f"*{SUFFIX}")):
            for key in _keys(path):
                found[key] = path
        return found


def open_store(datasets: Path, collection: seeds.Collection) -> Store:
    """Return the cache of a collection's dataset; its folder is made when something is first kept."""
    digest = hashlib.sha256(code().encode())
    digest.update((collection.folder / seeds.descriptor.FILE_NAME).read_bytes())
    return Store(datasets / ".cache" / collection.name, digest.hexdigest())


@cache
def code() -> str:
    """Return a digest of this package's own files, of the converters installed, and of what they stand on."""
    digest = hashlib.sha256(platform.python_version().encode())
    for path in (
        *_sources(Path(str(package_files("onrecord")))),
        *map(schemas.path, (*schemas.names(), *schemas.INPUTS)),
    ):
        digest.update(path.read_bytes())
    digest.update("\n".join([*sorted(_converters()), *libraries()]).encode())
    return digest.hexdigest()


def libraries() -> list[str]:
    """Return name and version of every library that is installed: what one of them does may depend on any other.

    >>> any(name.startswith("pyarrow-") for name in libraries())
    True
    """
    folders = [Path(place) for place in dict.fromkeys(sys.path) if Path(place).is_dir()]
    return sorted({path.name for folder in folders for path in folder.glob("*-info") if path.is_dir()})


def _converters() -> Iterator[str]:
    """Yield what tells the installed converters: those of other packages with a digest of their files."""
    for one in metadata.entry_points(group="onrecord.converters"):
        package = one.module.partition(".")[0]
        digest = "" if package == "onrecord" else _digest(package)
        yield f"{one.name} {one.value} {one.dist and one.dist.version} {digest}"


def _digest(package: str) -> str:
    """Return a digest of the files of a package, or of a module."""
    spec = find_spec(package)
    folders = [Path(place) for place in (spec and spec.submodule_search_locations) or ()]
    paths = [path for folder in folders for path in _sources(folder)]
    if spec is not None and not folders and spec.origin is not None:
        paths = [Path(spec.origin)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths if path.is_file())).hexdigest()


def _sources(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.suffix in SOURCES]


def keep(path: Path, kept: harvest.Harvest) -> None:
    """Write a job's result, whole or not at all. A disk that is full costs the cache and not the build."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write_whole(path, harvest.to_bytes(kept))
    except OSError:
        path.unlink(missing_ok=True)


def kept(path: Path) -> harvest.Harvest | None:
    """Return a job's kept result, or None where there is none, or a damaged one."""
    import pyarrow as pa

    try:
        return harvest.from_bytes(path.read_bytes())
    except (OSError, pa.ArrowInvalid, ValueError, KeyError):
        return None


def _keys(path: Path) -> list[str]:
    """Return the keys of the documents that a file tells of."""
    try:
        with path.open("rb") as file:
            return harvest.keys(file.readline(HEAD) + file.readline(HEAD))
    except (OSError, ValueError, KeyError, TypeError):
        return []


@dataclass(frozen=True, slots=True)
class Segment:
    """What was made of a segment: where it stands in the dataset's files, and what checks found in it."""

    key: str
    places: dict[str, Place]
    findings: dict[str, Any] | None

    def with_findings(self, report: Report) -> Segment:
        """Return the same segment with what checks found in it, None standing for nothing."""
        return replace(self, findings=report.to_dict() if report.totals else None)

    def report(self) -> Report:
        """Return what checks found, with lines that count from the segment's first."""
        return Report() if self.findings is None else Report.from_dict(self.findings)


@dataclass(frozen=True, slots=True)
class State:
    """What the last build was made of and came to; `inputs` is empty where the same could come to something else."""

    inputs: str
    rows: dict[str, int]
    outputs: dict[str, str]
    report: dict[str, Any]
    segments: tuple[Segment, ...] = ()

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


def state(store: Store) -> State | None:
    """Return what the last build was made of and came to, or None where that is not known."""
    try:
        said = json.loads(harvest.proven((store.folder / STATE).read_bytes()).tobytes())
        return State(**{**said, "segments": tuple(_segment(one) for one in said["segments"])})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _segment(one: dict[str, Any]) -> Segment:
    return Segment(one["key"], {name: Place(**place) for name, place in one["places"].items()}, one["findings"])


def intact(last: State, target: Path) -> bool:
    """Tell whether a dataset stands as the last build left it."""
    try:
        return last.outputs == outputs(target)
    except (OSError, PackageError):
        return False


def remember(store: Store, last: State, used: set[Path]) -> None:
    """Keep what a build was made of and came to, and of its jobs' results only those that it used."""
    try:
        store.folder.mkdir(parents=True, exist_ok=True)
        files.write_whole(store.folder / STATE, harvest.hashed(json.dumps(asdict(last)).encode()))
        for path in store.folder.glob(f"*{SUFFIX}"):
            if path not in used:
                path.unlink(missing_ok=True)
    except OSError:
        shutil.rmtree(store.folder, ignore_errors=True)
