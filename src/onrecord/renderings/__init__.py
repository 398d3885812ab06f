"""One report, said in many ways: `FORMATS` names them, `write` puts one where it is wanted.

Each format is a module with a function `render(report, setting)` that yields text, the same for the same
report and setting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import OnrecordError
from onrecord.files import write_whole
from onrecord.renderings import data, github, junit, markdown, sarif, terminal
from onrecord.renderings.excerpts import lines_of
from onrecord.renderings.setting import Lines, Setting, fails, worst_first

if TYPE_CHECKING:
    from onrecord.reports import Report

__all__ = ["FORMATS", "Destination", "Lines", "Setting", "destination", "fails", "lines_of", "render", "worst_first"]

Renderer = Callable[["Report", Setting], Iterator[str]]

FORMATS: dict[str, Renderer] = {
    "rich": terminal.render,
    "json": data.render,
    "github": github.render,
    "sarif": sarif.render,
    "junit": junit.render,
    "markdown": markdown.render,
}
"""Every format, by the name it is asked for with."""

STDOUT = "-"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a report goes, and in which format. A `path` of None is standard output."""

    format: str
    path: Path | None

    def write(self, report: Report, setting: Setting) -> None:
        """Write the report to its file, whole or not at all.

        Raises
        ------
        OSError
            The file cannot be written; what was there stays.
        """
        if self.path is not None:
            write_whole(self.path, render(self.format, report, setting).encode())


def render(name: str, report: Report, setting: Setting | None = None) -> str:
    """Return a report in a format, as text that can be encoded as UTF-8.

    Raises
    ------
    OnrecordError
        There is no such format.

    Examples
    --------
    >>> from onrecord.reports import Issue, Report, Severity
    >>> report = Report([Issue(code="empty", severity=Severity.ERROR, message="no text", file="a.txt", line=2)])
    >>> print(render("github", report), end="")
    ::error file=a.txt,line=2,title=empty::no text
    """
    return "".join(FORMATS[_known(name)](report, setting or Setting()))


def destination(text: str) -> Destination:
    """Return what `FORMAT=FILE` asks for; the file `-` is standard output.

    Raises
    ------
    OnrecordError
        The format is unknown, or the file is missing.

    Examples
    --------
    >>> destination("sarif=out.sarif").format
    'sarif'
    >>> destination("json=-").path is None
    True
    """
    name, equals, file = text.partition("=")
    if not equals or not file or not name:
        raise OnrecordError(f"{text!r} does not say FORMAT=FILE", hint=f"write for example {_example(text)}")
    if file != STDOUT and (Path(file).is_dir() or not Path(file).parent.is_dir()):
        raise OnrecordError("no file can be written there", hint="name a file in a folder that exists", file=file)
    return Destination(_known(name), None if file == STDOUT else Path(file))


def _known(name: str) -> str:
    if name not in FORMATS:
        near = get_close_matches(name, FORMATS, n=1)
        guess = f"did you mean {near[0]!r}? " if near else ""
        raise OnrecordError(f"no format {name!r}", hint=f"{guess}formats: {', '.join(FORMATS)}")
    return name


def _example(text: str) -> str:
    name = text.partition("=")[0]
    return f"{name}=report.{name}" if name in FORMATS else "json=report.json"
