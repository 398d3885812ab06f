"""What git knows of a folder: the commit it stands at, whether it was changed since, its files as of any commit."""

from __future__ import annotations

import os
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from onrecord.errors import OnrecordError

LEFTOVERS = ("~", ".tmp", ".part")
FETCH_HINT = "fetch it: git fetch --unshallow --tags, or git fetch origin COMMIT"


@dataclass(frozen=True, slots=True)
class Revision:
    """Where a folder stands in git.

    Parameters
    ----------
    commit
        The last one that changed the folder; another that did not touch it is of no matter.
    path
        The folder in its repository, as a POSIX path; "." for all of it.
    dirty
        Whether a file of it is not as committed: changed, new, gone, or kept out of git.
    shallow
        Whether the repository lacks its history, so that `commit` may be a later one.
    """

    commit: str
    path: str
    dirty: bool
    shallow: bool


def revision_of(folder: Path) -> Revision | None:
    """Return where a folder stands; None where it is in no repository, was never committed, or git is missing."""
    if not folder.is_dir() or (top := _ask(folder, "rev-parse", "--show-toplevel")) is None:
        return None
    commit = _ask(folder, "log", "-1", "--format=%H", "--", ".")
    if not commit:
        return None
    status = _ask(folder, "status", "--porcelain", "-z", "--untracked-files=all", "--ignored=matching", "--", ".")
    return Revision(
        commit=commit,
        path=folder.resolve().relative_to(Path(top).resolve()).as_posix(),
        dirty=any(_counts(line) for line in (status or "").split("\0")),
        shallow=_ask(folder, "rev-parse", "--is-shallow-repository") == "true",
    )


def commit_of(revision: str, repository: Path) -> str:
    """Return the commit that a revision (a commit, branch or tag) names in the repository around a folder.

    Raises
    ------
    OnrecordError
        The folder is in no repository, git is missing, or the revision is not known there.
    """
    if _ask(repository, "rev-parse", "--show-toplevel") is None:
        hint = "run it in a clone of the repository that holds the documents"
        raise OnrecordError("not a git checkout, or git is not installed", hint=hint, file=repository)
    commit = _ask(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if not commit:
        raise OnrecordError(f"git knows no commit {revision!r} here", hint=FETCH_HINT, file=repository)
    return commit


def check_out(revision: str, path: str, target: Path, *, repository: Path) -> None:
    """Write the files below `path` as of a revision into the empty folder `target`; the checkout stays as it is.

    Parameters
    ----------
    path
        A folder, as a POSIX path from the top of the repository; "." for all of it.
    repository
        Any folder of the repository.

    Raises
    ------
    OnrecordError
        As of `commit_of`, or the revision has no such folder.
    """
    commit = commit_of(revision, repository)
    top = Path(_ask(repository, "rev-parse", "--show-toplevel") or repository)
    tree = commit if path == "." else f"{commit}:{path}"
    if _ask(top, "cat-file", "-t", tree) not in {"commit", "tree"}:
        raise OnrecordError(f"no folder {path!r} at {commit[:12]}", hint="was it moved since?", file=top)
    with _archive(top, tree) as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
        archive.extractall(target, filter="data")


@contextmanager
def _archive(top: Path, tree: str) -> Iterator[IO[bytes]]:
    command = ["git", "archive", "--format=tar", tree]
    with subprocess.Popen(command, cwd=top, stdout=subprocess.PIPE, env=_environment()) as git:  # noqa: S603 -- a verified tree
        if git.stdout is not None:
            yield git.stdout
    if git.returncode:
        raise OnrecordError("git could not give the files", hint="run `git fsck` there", file=top)


def _ask(folder: Path, *question: str) -> str | None:
    """Return git's answer, or None where it has none."""
    command = ["git", "--no-optional-locks", *question]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False, env=_environment())  # noqa: S603 -- git
    except OSError:
        return None
    return done.stdout.decode("utf-8", "surrogateescape").strip("\n") if done.returncode == 0 else None


def _environment() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}


def _counts(line: str) -> bool:
    """Tell whether a line of `git status` means another set of documents; hidden and half-written files do not."""
    name = line[3:].rstrip("/").rpartition("/")[2]
    return bool(name) and not (line.startswith("!!") and (name.startswith(".") or name.endswith(LEFTOVERS)))
