"""The contract of a converter, and how converters are found.

A converter is a pure function of one document: `convert(document, defaults)` yields the document's
articles and the findings about them. It reads no file, no clock and no network, knows no Arrow, and
never raises because of what the bytes are. Installed packages offer converters by the entry point
group `onrecord.converters`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, wraps
from importlib.metadata import EntryPoint, entry_points

from onrecord.errors import ConverterError, OnrecordError
from onrecord.records import Article, Defaults, Document
from onrecord.reports import Issue, Severity

GROUP = "onrecord.converters"
"""The entry point group by which converters are found."""

Converter = Callable[[Document, Defaults], Iterator[Article | Issue]]
"""Bytes in, articles and findings out: see the module's description."""


def available() -> tuple[str, ...]:
    """Return the names of the installed converters, in order.

    Examples
    --------
    >>> "capture" in available()
    True
    """
    return tuple(sorted(_entry_points()))


def find(name: str) -> Converter:
    """Return the converter called `name`.

    Raises
    ------
    ConverterError
        Nothing of that name is installed, or it cannot be loaded.

    Examples
    --------
    >>> find("capture").__name__
    'convert'
    >>> find("captur")
    Traceback (most recent call last):
    onrecord.errors.ConverterError: no converter 'captur'
    """
    points = _entry_points()
    if name not in points:
        raise ConverterError(f"no converter {name!r}", hint=_suggestion(name, available()))
    try:
        converter = points[name].load()
    except Exception as error:
        hint = f"install what it needs (`pip install 'onrecord[{name}]'`), or mend the package that offers it"
        raise ConverterError(f"the converter {name!r} cannot be loaded: {error}", hint=hint) from error
    if not callable(converter):
        raise ConverterError(f"the converter {name!r} is no function", hint=f"mend its entry point in {GROUP}")
    return converter  # type: ignore[no-any-return]


def _suggestion(name: str, names: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, names, n=1)
    return f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(names) or 'none'}"


@cache
def _entry_points() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}


def never_raises(convert: Converter) -> Converter:
    """Turn what a converter raises over a document into an Issue, `converter-failed`.

    For converters that lean on a parser that may fail in ways of its own. What is raised on purpose
    (`OnrecordError`: a wrong option, a missing library) passes.

    Examples
    --------
    >>> @never_raises
    ... def convert(document, defaults):
    ...     yield document.data[7]
    >>> [issue.code for issue in convert(Document.of("a.txt", b""), Defaults())]
    ['converter-failed']
    """

    @wraps(convert)
    def converter(document: Document, defaults: Defaults) -> Iterator[Article | Issue]:
        try:
            yield from convert(document, defaults)
        except OnrecordError:
            raise
        except Exception as error:  # noqa: BLE001 - a foreign parser may raise anything; the document is at fault
            yield Issue(
                code="converter-failed",
                severity=Severity.ERROR,
                message=f"the document could not be read: {type(error).__name__}: {str(error)[:200]}",
                hint="take the document out of the collection, and report it with the file",
                file=document.path,
            )

    return converter
