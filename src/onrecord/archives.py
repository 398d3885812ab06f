"""Zip files that are the same bytes whenever they are made, and that are unpacked with suspicion.

An archive from elsewhere may be broken or hostile, so all that its directory says is judged before one byte
is unpacked, and what is unpacked is held against what was promised.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import unicodedata
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from onrecord.errors import IntegrityError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)
LEVEL = 6
STORED_SUFFIXES = (".parquet",)
MOST_FILES = 10_000
MOST_AT_ONCE = 4
MOST_BYTES = 1 << 40
MOST_RATIO = 1_000
CHUNK = 1 << 20
DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
HINT = "do not use this archive; tell whoever publishes it"


@dataclass(frozen=True, slots=True)
class Promise:
    """What a file must be: its size in bytes and its SHA-256 in hex."""

    bytes: int
    sha256: str


def pack(files: Iterable[tuple[str, Path]], target: Path) -> None:
    """Write a zip of `files`, pairs of a name in the archive and a place on disk.

    The bytes depend on names, contents and zlib only: entries come sorted by name, dated 1980-01-01, with
    permissions 0644. Parquet is compressed already and is stored; all else is deflated at level 6.
    """
    with zipfile.ZipFile(target, "w") as archive:
        for name, path in sorted(files):
            with path.open("rb") as source, archive.open(_entry(name, path), "w") as sink:
                shutil.copyfileobj(source, sink, CHUNK)


def _entry(name: str, path: Path) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.create_system = 3  # Unix, on every system
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    entry.compress_type = zipfile.ZIP_STORED if name.endswith(STORED_SUFFIXES) else zipfile.ZIP_DEFLATED
    entry._compresslevel = LEVEL  # type: ignore[attr-defined]  # noqa: SLF001 -- public as compress_level from 3.13 on
    entry.file_size = path.stat().st_size
    return entry


def unsafe(name: str) -> str | None:
    r"""Return why a path in an archive or descriptor is unsafe, or None.

    Examples
    --------
    >>> unsafe("data/quotes.csv") is None
    True
    >>> unsafe("../x"), unsafe("/x"), unsafe("C:x"), unsafe("a\\b"), unsafe("data/nul.csv")
    ('leaves its folder', 'is absolute', 'has a drive letter or stream', 'has a backslash', 'names a device')
    """
    parts = name.split("/")
    if not name or len(name.encode("utf-8", "surrogatepass")) > 1024:
        return "is empty or too long"
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in name):
        return "has a control character"
    if name.startswith("/"):
        return "is absolute"
    if "\\" in name:
        return "has a backslash"
    if ":" in name:
        return "has a drive letter or stream"
    if name.endswith("/") and unsafe(name.rstrip("/")) is None:
        return "is a folder's, and packages hold files alone"
    if any(part in {"", ".", ".."} for part in parts):
        return "leaves its folder"
    if any(part.endswith((".", " ")) or len(part.encode()) > 255 for part in parts):
        return "has a part that some systems cannot write"
    if any(DEVICES.fullmatch(part) for part in parts):
        return "names a device"
    return None


def inspect(path: Path, *, most_bytes: int = MOST_BYTES) -> list[zipfile.ZipInfo]:
    """Judge an archive by its directory alone, and return its files.

    Raises
    ------
    IntegrityError
        No zip or not a whole one; an entry that is unsafe, a link, encrypted or compressed in an unusual way;
        two entries with one name, or names that differ only in case; more or larger files than allowed.
    """
    with _opened(path) as archive:
        entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise _refusal(path, f"holds {len(entries):,} files")
    for entry in entries:
        _judge(path, entry)
    _judge_names(path, [entry.filename for entry in entries])
    if sum(entry.file_size for entry in entries) > most_bytes:
        raise _refusal(path, f"unpacks to more than {most_bytes:,} bytes")
    return entries


def unpack(path: Path, folder: Path, promises: Mapping[str, Promise]) -> None:
    """Unpack an archive into an empty folder, each file proved against what was promised.

    Raises
    ------
    IntegrityError
        The archive is refused by `inspect`, holds other files than promised, or a file has other bytes; what
        was unpacked until then stands in `folder`, for the caller to throw away.
    """
    entries = inspect(path)
    _judge_promises(path, entries, promises)
    for parent in sorted({(folder / entry.filename).parent for entry in entries}):
        parent.mkdir(parents=True, exist_ok=True)

    with _opened(path) as archive:

        def work(entry: zipfile.ZipInfo) -> None:
            with (folder / entry.filename).open("xb") as sink:
                found = _copy(path, archive, entry, sink)
            if found != promises[entry.filename]:
                raise _refusal(path, f"{entry.filename!r} is not the file that was promised")

        _beside_each_other(work, sorted(entries, key=lambda entry: -entry.file_size))


def _beside_each_other(work: Callable[[zipfile.ZipInfo], None], entries: list[zipfile.ZipInfo]) -> None:
    """Work on a few files at once; the first error ends it, and is raised."""
    with ThreadPoolExecutor(min(MOST_AT_ONCE, os.cpu_count() or 1)) as pool:
        running = [pool.submit(work, entry) for entry in entries]
        try:
            for one in running:
                one.result()
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def read(path: Path, name: str, *, most_bytes: int) -> bytes:
    """Return one file of an archive, at most `most_bytes` long."""
    entry = next((one for one in inspect(path) if one.filename == name), None)
    if entry is None or entry.file_size > most_bytes:
        raise _refusal(path, f"has no {name!r}" if entry is None else f"{name!r} is larger than {most_bytes:,} bytes")
    with _opened(path) as archive:
        return b"".join(_pieces(path, archive, entry))


def measure(path: Path) -> dict[str, Promise]:
    """Return the true size and SHA-256 of every file in an archive, unpacking nothing."""
    entries = inspect(path)
    with _opened(path) as archive:
        return {entry.filename: _copy(path, archive, entry, None) for entry in entries}


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        raise IntegrityError("not a whole zip file", hint="fetch it again; it may be cut short", file=path) from None


def _judge(path: Path, entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    mode = entry.external_attr >> 16
    if reason := unsafe(name):
        raise _refusal(path, f"the name {name[:100]!r} {reason}")
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
        raise _refusal(path, f"{name!r} is a link or no regular file")
    if entry.flag_bits & 0x1:
        raise _refusal(path, f"{name!r} is encrypted")
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise _refusal(path, f"{name!r} is compressed in an unusual way")
    if entry.file_size > MOST_RATIO * max(entry.compress_size, 1 << 10):
        raise _refusal(path, f"{name!r} claims to unpack to {entry.file_size:,} bytes from {entry.compress_size:,}")


def _judge_names(path: Path, names: list[str]) -> None:
    seen: dict[str, str] = {}
    for name in names:
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
        if folded in seen:
            same = "twice" if seen[folded] == name else f"beside {seen[folded]!r}, which some systems take for the same"
            raise _refusal(path, f"holds {name!r} {same}")
        seen[folded] = name
    for name in seen:
        parts = name.split("/")
        if any("/".join(parts[:depth]) in seen for depth in range(1, len(parts))):
            raise _refusal(path, f"{name!r} stands below a file")


def _judge_promises(path: Path, entries: list[zipfile.ZipInfo], promises: Mapping[str, Promise]) -> None:
    found = {entry.filename: entry.file_size for entry in entries}
    if more := sorted(found.keys() - promises.keys()):
        raise _refusal(path, f"holds {more[0]!r}, which nobody promised")
    if missing := sorted(promises.keys() - found.keys()):
        raise _refusal(path, f"lacks {missing[0]!r}")
    for name, size in found.items():
        if size != promises[name].bytes:
            raise _refusal(path, f"{name!r} has {size:,} bytes, promised were {promises[name].bytes:,}")


def _copy(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, sink: IO[bytes] | None) -> Promise:
    digest = hashlib.sha256()
    size = 0
    for piece in _pieces(path, archive, entry):
        size += len(piece)
        digest.update(piece)
        if sink is not None:
            sink.write(piece)
    return Promise(size, digest.hexdigest())


def _pieces(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a file's bytes, never more than its directory entry says, checksum included."""
    left = entry.file_size
    try:
        with archive.open(entry) as source:
            while piece := source.read(CHUNK):
                left -= len(piece)
                if left < 0:
                    raise _refusal(path, f"{entry.filename!r} is longer than it claims")
                yield piece
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise _refusal(path, f"{entry.filename!r} cannot be unpacked: {error}") from None
    if left:
        raise _refusal(path, f"{entry.filename!r} is shorter than it claims")


def _refusal(path: Path, reason: str) -> IntegrityError:
    return IntegrityError(f"refused: {reason}", hint=HINT, file=path)
