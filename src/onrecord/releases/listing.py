"""The index of a registry's folder: read, and written by one process at a time, whole and signed at every moment."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from onrecord import files, packages
from onrecord.errors import BuildError, PackageError, RegistryError, ReleaseError
from onrecord.registry import Index
from onrecord.registry.index import FILE_NAME as INDEX
from onrecord.registry.index import SCHEMA_NAME, json_schema, parse
from onrecord.signing import SUFFIX, SecretKey

if TYPE_CHECKING:
    from pathlib import Path


@contextmanager
def alone(output: Path) -> Iterator[None]:
    """Hold the right to write a registry's folder, and say what to do where it cannot be written."""
    try:
        with packages.locked(output / INDEX):
            yield
    except BuildError as error:
        raise ReleaseError(error.message, hint=error.hint, file=output) from None
    except OSError as error:
        hint = "nothing was released; see that the disk has room and the folder can be written"
        raise ReleaseError(
            f"cannot write: {error.strerror or error}", hint=hint, file=error.filename or output
        ) from None


@contextmanager
def aside(output: Path) -> Iterator[Path]:
    """Yield an empty folder beside what is there, which goes when the block ends."""
    staging = output / ".staging"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir()
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def read_index(output: Path) -> Index:
    """Return the index of a registry's folder; an empty one where there is none yet."""
    path = output / INDEX
    if not path.exists():
        return Index()
    try:
        return parse(files.read_json(path), file=str(path))
    except (PackageError, RegistryError) as error:
        raise ReleaseError(error.message, hint="mend the index, or release into another folder", file=path) from None


def may_sign(output: Path, key: SecretKey | None) -> None:
    """Refuse to change a signed registry without a key."""
    signature = output / f"{INDEX}{SUFFIX}"
    if key is None and signature.exists():
        raise ReleaseError("this registry is signed", hint="give the key that signs it", file=signature)


def write_index(output: Path, index: Index, key: SecretKey | None) -> None:
    """Write the index, and its signature so that at every moment one that fits is there."""
    files.write_whole(output / SCHEMA_NAME, json_schema())
    text = files.to_json(index.to_dict()).encode()
    signature = output / f"{INDEX}{SUFFIX}"
    if key is not None:
        old = signature.read_bytes() if signature.exists() else b""
        new = key.sign(text).encode()
        files.write_whole(signature, new + old.replace(new, b""))
    files.write_whole(output / INDEX, text)
    if key is not None:
        files.write_whole(signature, key.sign(text).encode())
