"""What checks find in segments: each is checked once, as the small dataset that it is.

Several fresh segments are checked together; only where something is found in them is each looked at alone. So
what is said of a segment follows from its rows, whatever stood beside it.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from onrecord import checks
from onrecord.reports import Issue, Report
from onrecord.tables import Piece, PieceWriter, Place

TOGETHER = 1 << 9
"""Articles that are checked together."""

Pieces = Mapping[str, Piece]
"""A segment, as published."""


class Verdicts:
    """The findings about fresh segments, by number; they are complete after `finish`.

    Parameters
    ----------
    folder
        A place for the datasets that are checked; nothing is left there.
    """

    def __init__(self, folder: Path) -> None:
        self.reports: dict[int, Report] = {}
        self._folder = folder
        self._waiting: list[tuple[int, Pieces]] = []

    def add(self, number: int, pieces: Pieces) -> None:
        """Take a fresh segment."""
        if sum(_articles(each) for _, each in self._waiting) + _articles(pieces) > TOGETHER:
            self.finish()
        self._waiting.append((number, pieces))

    def finish(self) -> None:
        """Check what waits."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        together = self._check([pieces for _, pieces in waiting])
        for number, pieces in waiting:
            alone = len(waiting) > 1 and bool(together.totals)
            self.reports[number] = self._check([pieces]) if alone else together

    def _check(self, segments: list[Pieces]) -> Report:
        """Return findings about some segments, with paths in the dataset.

        What cannot be checked on withheld texts has been checked in the workers, which had them.
        """
        (self._folder / "data").mkdir(parents=True)
        try:
            for name in segments[0]:
                with PieceWriter(self._folder / "data", name) as writer:
                    for pieces in segments:
                        writer.write(pieces[name])
            return placed(checks.check_segment(self._folder), self._folder)
        finally:
            shutil.rmtree(self._folder)


def placed(report: Report, folder: Path) -> Report:
    """Return findings with paths in the dataset, without those about what workers have checked."""

    def relative(issue: Issue) -> Issue:
        return issue.at(Path(issue.file).relative_to(folder).as_posix()) if issue.file else issue

    return report.without("offsets-unchecked").map(relative)


def moved(report: Report, places: Mapping[str, Place]) -> Report:
    """Return what was found in a segment, with lines as they are in the dataset."""

    def further(issue: Issue) -> Issue:
        if issue.line is None or issue.table is None or not (issue.file or "").endswith(".csv"):
            return issue
        return issue.at_line(issue.line + places[issue.table].line - 1)

    return report.map(further)


def _articles(pieces: Pieces) -> int:
    return pieces["articles"].rows
