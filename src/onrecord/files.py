"""Bytes on disk: hashes, whole writes, and JSON that is always written the same way."""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.errors import PackageError

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 1 << 20

NESTED = 200
"""How deep JSON may be nested: less than where any Python gives up."""

_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hex, read in pieces of 1 MiB."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def to_json(value: Any) -> str:
    r"""Return JSON text with the order of keys as given, indented by two, ended by a newline.

    >>> to_json({"b": 1, "a": "é"})
    '{\n  "b": 1,\n  "a": "é"\n}\n'
    """
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def from_json(text: str, *, strict: bool = True) -> Any:
    """Parse JSON text, which every Python refuses alike where it is nested too deeply.

    `strict` forbids control characters in strings.

    Raises
    ------
    ValueError
        It is not JSON, or nested more than `NESTED` deep.

    Examples
    --------
    >>> from_json("[" * 300)
    Traceback (most recent call last):
    ...
    ValueError: nested more than 200 deep
    """
    if text.count("[") + text.count("{") > NESTED and _depth(text) > NESTED:
        raise ValueError(f"nested more than {NESTED} deep")
    return json.loads(text, strict=strict)


def _depth(text: str) -> int:
    """Return how deep objects and lists are nested, marks inside strings left out."""
    depth = deepest = 0
    for bracket in _BRACKET.findall(text):
        if bracket[0] != '"':
            depth += 1 if bracket in "[{" else -1
            deepest = max(deepest, depth)
    return deepest


def read_json(path: Path, *, most: int = 64 << 20) -> dict[str, Any]:
    """Read a JSON object from a file of at most `most` bytes.

    Raises
    ------
    PackageError
        The file is missing, too large, not UTF-8, not JSON, or no object.
    """
    try:
        if path.stat().st_size > most:
            raise PackageError(f"larger than {most:,} bytes", hint="this is no descriptor of ours", file=path)
        return parse_json(path.read_bytes(), path)
    except FileNotFoundError:
        raise PackageError("no such file", hint="is this a data package?", file=path) from None


def parse_json(data: bytes, file: str | Path) -> dict[str, Any]:
    """Read a JSON object from bytes; `file` names them in an error."""
    try:
        value = from_json(data.decode("utf-8"))
    except json.JSONDecodeError as error:
        message = "the file is empty" if not data.strip() else f"not JSON from column {error.colno} on: {error.msg}"
        raise PackageError(message, hint="fetch or build it again", file=file, line=error.lineno) from None
    except ValueError as error:
        raise PackageError(f"not JSON: {error}", hint="fetch or build it again", file=file) from None
    if not isinstance(value, dict):
        raise PackageError("not a JSON object", hint="fetch or build it again", file=file)
    return value


def write_whole(path: Path, data: bytes) -> None:
    """Write a file aside and move it into place, so that it is never seen half written.

    The file is readable by all, whatever the umask, and on the disk before it has its name. The caller sees
    to it that nobody else writes the same file; what a killed writer left aside is written over.
    """
    aside = path.with_name(f".{path.name}.aside")
    try:
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.chmod(0o644)
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def files_below(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield every file below a folder as its POSIX path in it and its place, in order of the POSIX path.

    Raises
    ------
    PackageError
        A link, or anything that is neither folder nor regular file, stands below the folder.
    """
    found = []
    for root, folders, names in os.walk(folder):
        here = Path(root)
        for name in (*folders, *names):
            path = here / name
            if path.is_symlink() or not (path.is_dir() or path.is_file()):
                raise PackageError("not a regular file", hint="a package holds files and folders only", file=path)
        found += [((here / name).relative_to(folder).as_posix(), here / name) for name in names]
    yield from sorted(found)


def sync_folder(folder: Path) -> None:
    """Have every file below a folder, and its names, on the disk before going on."""
    for _, path in files_below(folder):
        _sync(path)
    for root, _, _ in os.walk(folder):
        _sync(Path(root))


def _sync(path: Path) -> None:
    if os.name != "posix" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
