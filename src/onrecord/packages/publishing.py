"""A folder is replaced whole or not at all: written aside, moved into place, one writer at a time.

Beside the folder `x` stand, all hidden: `.x.lock`, which one process holds while it writes; `.x.staging`, what
it writes; and for the moment between two renames `.x.previous`, the folder that was good until then. A kill
at any point leaves one good folder under `x` or `.x.previous`, and whoever writes next puts it back.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from onrecord.errors import BuildError
from onrecord.files import sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AT_FDCWD = -100
RENAME_EXCHANGE = 2
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""No space on the disk, a quota that is used up, a file that may not grow."""


@contextmanager
def writing(target: Path) -> Iterator[Path]:
    """Lock `target`, yield an empty folder to write in, and put that in its place when the block ends well.

    The target keeps its last good state when the block raises, when the process is killed, and when the
    disk is full.

    Raises
    ------
    BuildError
        Another process is writing the same folder, or the disk is full.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> target = pathlib.Path(tempfile.mkdtemp()) / "x"
    >>> with writing(target) as staging:
    ...     _ = (staging / "a.txt").write_text("hello")
    >>> [path.name for path in target.iterdir()]
    ['a.txt']
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with locked(target):
        recover(target)
        staging = _beside(target, "staging")
        staging.mkdir()
        try:
            yield staging
            replace_folder(staging, target)
        except Exception as error:
            if not _is_full(error):
                raise
            hint = "free some space and run the command again; nothing was changed"
            raise BuildError("there is no room to write it", hint=hint, file=target) from error
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def _is_full(error: Exception) -> bool:
    """Tell whether a disk or a quota is full; DuckDB says so in words only."""
    return getattr(error, "errno", None) in FULL or os.strerror(errno.ENOSPC) in str(error)


@contextmanager
def locked(target: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold the right to write `target`; wait for it, or raise a BuildError that names the process that holds it."""
    from filelock import FileLock, Timeout

    path = _beside(target, "lock")
    lock = FileLock(path, timeout=-1 if wait else 0)
    try:
        lock.acquire()
    except Timeout:
        raise BuildError(
            f"{target.name} is being written by {_holder(path)}", hint="wait for it to end, then try again", file=target
        ) from None
    try:
        _say(path, f"process {os.getpid()}")
        yield
    finally:
        _say(path, "")
        lock.release()


def _say(lock: Path, who: str) -> None:
    """Tell others who holds a lock, on systems that let a locked file be written."""
    with suppress(OSError):
        lock.write_text(who, encoding="ascii")


def _holder(lock: Path) -> str:
    try:
        return lock.read_text(encoding="ascii") or "another process"
    except (OSError, UnicodeDecodeError):
        return "another process"


def recover(target: Path) -> None:
    """Tidy what a killed writer left: the last good folder goes back to its place, the rest is removed.

    Call it with the lock held.
    """
    previous = _beside(target, "previous")
    if previous.exists() and not target.exists():
        previous.rename(target)
    for leftover in (previous, _beside(target, "staging")):
        if leftover.exists():
            shutil.rmtree(leftover)


def replace_folder(staging: Path, target: Path, *, durable: bool = True) -> None:
    """Put the folder `staging` in the place of `target`; both must be on one file system.

    With `durable`, its files are on the disk before: what can be fetched again need not wait for that.

    On Linux the two change places in one step, so that a reader always finds one of them. Elsewhere
    `target` is away between two renames, and `recover` puts it back after a kill. Call it with the lock held.
    """
    if durable:
        sync_folder(staging)
    if not target.exists():
        staging.rename(target)
        return
    if _exchange(staging, target):
        shutil.rmtree(staging)
        return
    previous = _beside(target, "previous")
    target.rename(previous)
    try:
        staging.rename(target)
    except BaseException:
        previous.rename(target)
        raise
    shutil.rmtree(previous)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders by `renameat2`, where the system and the file system have it."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    done: int = rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE)
    return done == 0


def _beside(target: Path, what: str) -> Path:
    return target.parent / f".{target.name}.{what}"
