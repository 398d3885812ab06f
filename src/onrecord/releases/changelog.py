"""`CHANGELOG.md` of a dataset: for each version what differs from the one before, written from the difference.

It counts and names, and quotes nothing: words of an article that is taken down later must not live on in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from onrecord.registry import Entry
from onrecord.releases.verdicts import Level, Verdict
from onrecord.renderings.text import count

FILE_NAME = "CHANGELOG.md"
HEAD = """\
# Changelog of {title}

Versions follow [Semantic Versioning](https://semver.org): MAJOR when a table, column, key or row goes, MINOR when
tables, columns or rows come, PATCH when values are corrected or an article is taken down.
"""
FIRST = "The first release: {rows}."
SAME = "The data are the same as in {base}."
AGAINST = {
    Level.MAJOR: "Something that was in {base} is there no longer.",
    Level.MINOR: "All of {base} is there, and more.",
    Level.PATCH: "The same as {base}, corrected.",
}


def first_entry(version: str, descriptor: Mapping[str, Any]) -> str:
    """Return the entry of a dataset's first release: what there is.

    >>> tables = [{"name": "quotes", "type": "table", "onrecord:rows": 11}, {"name": "quotes-parquet"}]
    >>> print(first_entry("1.0.0", {"resources": tables}), end="")
    ## 1.0.0
    <BLANKLINE>
    The first release: `quotes` 11 rows.
    """
    rows = ((one["name"], one.get("onrecord:rows")) for one in descriptor["resources"] if one.get("type") == "table")
    said = ", ".join(f"`{name}`" if number is None else f"`{name}` {count(number, 'row')}" for name, number in rows)
    return f"## {version}\n\n{FIRST.format(rows=said)}\n"


def entry(version: str, base: str, verdict: Verdict) -> str:
    """Return the entry of a release that follows another.

    >>> from onrecord.releases.verdicts import Reason
    >>> print(entry("1.1.0", "1.0.0", Verdict((Reason(Level.MINOR, "`quotes`: 1 row came"),))), end="")
    ## 1.1.0
    <BLANKLINE>
    All of 1.0.0 is there, and more.
    <BLANKLINE>
    - `quotes`: 1 row came
    """
    said = AGAINST.get(verdict.level, SAME).format(base=base)
    listed = "".join(f"- {reason.text}\n" for reason in verdict.reasons)
    return f"## {version}\n\n{said}\n" + (f"\n{listed}" if listed else "")


def changelog(title: str, newest: str, withdrawn: Iterable[Entry], before: str | None) -> str:
    """Return the whole: the newest entry, versions that were withdrawn since the last good one, that one's own text."""
    gone = [f"## {one.version}\n\nWithdrawn: {_line(one.yanked or '')}\n" for one in withdrawn]
    return "\n".join([HEAD.format(title=_line(title)), newest, *reversed(gone), *_entries(before)])


def _line(text: str) -> str:
    """Return a maintainer's words in one line, so that they begin no entry of their own."""
    return " ".join(text.split())


def _entries(text: str | None) -> list[str]:
    """Return the entries of an older text, as one, without what stands above them."""
    start = -1 if text is None else text.find("\n## ")
    return [] if text is None or start < 0 else [text[start + 1 :]]


def newest_entry(text: str) -> str:
    """Return the first entry of a changelog, without its heading."""
    return "".join(_entries(text)).partition("\n")[2].partition("\n## ")[0].strip() + "\n"
