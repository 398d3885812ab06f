"""Where a finding about an article stands in the files that it was made from."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import PurePosixPath

from onrecord import seeds
from onrecord.checks import hygiene
from onrecord.records import Document
from onrecord.reports import Issue
from onrecord.seeds import sidecars
from onrecord.seeds.descriptor import Collection

HYGIENE = {*hygiene.PATTERNS, hygiene.NOT_NFC}
QUOTED = {*HYGIENE, "marks-accounted"}
"""Findings whose value is a piece of the text."""


class Placing:
    """Find the places of what is wrong with the articles of one document.

    Parameters
    ----------
    collection
        Says how the document is read.
    document
        The document.
    """

    def __init__(self, collection: Collection, document: Document) -> None:
        self._collection = collection
        self._document = document

    def place(self, issue: Issue) -> Issue:
        """Return a finding at its line: beside the document where that says the field, else in the document.

        Where the line is not sure, the finding stays as it is.
        """
        if issue.file != self._document.path or issue.line is not None or issue.field is None:
            return issue
        if (told := sidecars.place(self._path, issue.field)) is not None:
            return replace(issue, file=f"{issue.file}{sidecars.SUFFIX}", line=told.line, column=told.column)
        if issue.code in QUOTED:
            return self._quoted(issue)
        return replace(issue, line=self._origins.get(issue.field))

    @property
    def _path(self) -> PurePosixPath:
        return PurePosixPath(self._collection.folder.as_posix(), self._document.path)

    def _quoted(self, issue: Issue) -> Issue:
        """Return a finding at the line that holds its value, if that is one line only."""
        value = issue.value or ""
        places = [n for n, line in enumerate(self._lines) if value and value in line]
        if len(places) != 1:
            return issue
        within = hygiene.place(issue.code, value)[0] if issue.code in HYGIENE else 0
        return replace(issue, line=places[0] + 1, column=self._lines[places[0]].index(value) + within + 1)

    @cached_property
    def _lines(self) -> list[str]:
        text = self._document.data.decode("utf-8", "replace").removeprefix("\ufeff")
        return [line.removesuffix("\r") for line in text.split("\n")]

    @cached_property
    def _origins(self) -> dict[str, int]:
        """Return the lines that fields come from, as far as the converter tells."""
        defaults = self._collection.defaults
        asked = replace(defaults, options={**defaults.options, "explain": True})
        found: dict[str, int] = {}
        for outcome in seeds.convert(self._document, replace(self._collection, defaults=asked)):
            if isinstance(outcome, Issue) and outcome.code == "origin" and outcome.field and outcome.line:
                found.setdefault(outcome.field, outcome.line)
        return found
