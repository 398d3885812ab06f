"""Test a converter against golden folders, the way this package tests its own.

A golden folder holds one folder a case: the document (any file called `input.*`), `expected.json` with
the articles and issues it must give, and where needed a `defaults.toml` with what a collection would say.
"""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.records import Article, Defaults, Document
    from onrecord.reports import Issue

EXPECTED = "expected.json"
DEFAULTS = "defaults.toml"
UPDATE = "ONRECORD_UPDATE_GOLDEN"
"""The environment variable that has `check_converter` write expectations instead of comparing them."""


def check_converter(
    convert: Callable[[Document, Defaults], Iterator[Article | Issue]], folder: Path, *, update: bool | None = None
) -> int:
    r"""Check a converter against every case in a golden folder; return how many there are.

    Each case is converted twice, so that a converter whose answers vary is found out.

    Parameters
    ----------
    convert
        The converter.
    folder
        The golden folder: one folder a case, found by listing.
    update
        Write what the converter gives as the new expectations, to be read in a diff. By default, when the
        environment variable `ONRECORD_UPDATE_GOLDEN` is set and not empty.

    Raises
    ------
    AssertionError
        A case comes out otherwise than expected; the message is a diff of every such case. Also where
        the folder has no case, or a case no document.

    Examples
    --------
    >>> import tempfile
    >>> from onrecord.records import Article
    >>> def convert(document, defaults):
    ...     title = document.data.decode().strip()
    ...     yield Article(seed_path=document.path, seed_sha256=document.sha256, converter="mine 1", headline=title)
    >>> with tempfile.TemporaryDirectory() as name:
    ...     case = Path(name) / "one-line"
    ...     case.mkdir()
    ...     _ = (case / "input.txt").write_text("Rain at last\n")
    ...     _ = check_converter(convert, Path(name), update=True)
    ...     check_converter(convert, Path(name))
    1
    """
    update = bool(os.environ.get(UPDATE)) if update is None else update
    cases = sorted(path for path in folder.iterdir() if path.is_dir())
    if not cases:
        raise AssertionError(f"no cases in {folder}")
    failures = [failure for case in cases if (failure := _check(convert, case, update=update))]
    if failures:
        raise AssertionError("\n\n".join(failures))
    return len(cases)


def _check(
    convert: Callable[[Document, Defaults], Iterator[Article | Issue]], case: Path, *, update: bool
) -> str | None:
    document, defaults = document_of(case), defaults_of(case)
    found = results(convert(document, defaults))
    if results(convert(document, defaults)) != found:
        return f"{case.name}: two runs differ"
    path = case / EXPECTED
    if update:
        path.write_text(found, encoding="utf-8", newline="\n")
        return None
    if not path.exists():
        return f"{case.name}: no {EXPECTED}; set {UPDATE}=1 to write one"
    expected = path.read_text(encoding="utf-8")
    if found == expected:
        return None
    diff = difflib.unified_diff(expected.splitlines(), found.splitlines(), "expected", "found", lineterm="")
    return "\n".join([f"{case.name}:", *diff])


def document_of(case: Path) -> Document:
    """Return the document of a case: its one file called `input.*`.

    Raises
    ------
    AssertionError
        There is none, or more than one.
    """
    from onrecord.records import Document

    inputs = sorted(case.glob("input*"))
    if len(inputs) != 1:
        raise AssertionError(f"{case.name}: {len(inputs)} files are called input.*, and there must be one")
    return Document.of(inputs[0].name, inputs[0].read_bytes())


def defaults_of(case: Path) -> Defaults:
    """Return what a case's `defaults.toml` says, or nothing where it has none."""
    import tomllib

    from onrecord.records import Defaults

    path = case / DEFAULTS
    return Defaults(**tomllib.loads(path.read_text(encoding="utf-8"))) if path.exists() else Defaults()


def results(found: Iterator[Article | Issue]) -> str:
    """Return articles and issues as the JSON of `expected.json`: fields that say nothing are left out."""
    from onrecord.records import Article

    outcome: dict[str, list[dict[str, Any]]] = {"articles": [], "issues": []}
    for item in found:
        outcome["articles" if isinstance(item, Article) else "issues"].append(_plain(item))
    return json.dumps(outcome, ensure_ascii=False, indent=2) + "\n"


def _plain(item: Article | Issue) -> dict[str, Any]:
    values = {field.name: getattr(item, field.name) for field in fields(item)}
    return {name: _value(name, value) for name, value in values.items() if value is not None}


def _value(name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, str) and name in {"body", "captions"}:
        return value.split("\n\n")
    return list(value) if isinstance(value, tuple) else value
