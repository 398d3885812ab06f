"""Plain-text captures of pages: the main text as a tool saved it, without markup.

A profile knows a publisher's pages; the general one serves any other and abstains field by field.
Every line that is not blank has a place: in a field, as known boilerplate, or in an Issue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import get_close_matches

from onrecord.converters.capture import general, lemonde
from onrecord.converters.draft import Draft
from onrecord.converters.lines import Ledger, Line, Placement, split
from onrecord.converters.text import decode
from onrecord.errors import ConverterError
from onrecord.records import Article, Defaults, Document
from onrecord.reports import Issue, Severity

VERSIONS = {"general": 2, "lemonde": 1}
"""Of each profile; raised when the same capture would come out differently."""
MAX_LINES = 20_000
"""Lines of an article that are not blank."""
MOST_SINGLY = 3
"""Lines in a row without a place that are reported one by one."""
LEMONDE = b"Lecture du Monde en cours sur un autre appareil"
PROFILES: dict[str, Callable[[Draft, Ledger], None]] = {"general": general.read, "lemonde": lemonde.read}
"""The profiles by name; `profile` in the options chooses one."""


def convert(document: Document, defaults: Defaults) -> Iterator[Article | Issue]:
    r"""Yield the article that a capture holds, then what was found on the way.

    Parameters
    ----------
    document
        The capture, UTF-8 unless `options["encoding"]` says otherwise.
    defaults
        `options["profile"]` names a profile (default: `lemonde` where the publisher is Le Monde or the
        capture has its notice about reading on one device, else `general`); `options["capture_date"]`
        says when the page was captured; `time_zone` serves dates
        that state no zone.

    Raises
    ------
    ConverterError
        No profile has that name. Nothing in a document raises.

    Examples
    --------
    >>> page = b"Rain at last\n\nBy Ann Sample\n\nPublished on May 7, 2024, at 10:00 am (Paris)\n\nIt rained in Lyon.\n"
    >>> article, *issues = convert(Document.of("rain.txt", page), Defaults(options={"profile": "lemonde"}))
    >>> article.headline, article.authors, article.date_published.isoformat(), issues
    ('Rain at last', ('Ann Sample',), '2024-05-07T08:00:00+00:00', [])
    """
    yield from read(document, defaults)[0]


def placements(document: Document, defaults: Defaults) -> tuple[Placement, ...]:
    r"""Return what became of every line of a capture that is not blank.

    >>> page = Document.of("a.txt", b"Rain at last\n\nIt rained in Lyon, and it was warm.\n")
    >>> [(p.line, p.role) for p in placements(page, Defaults(options={"profile": "lemonde"}))]
    [(1, 'headline'), (3, 'body')]
    """
    return read(document, defaults)[1]


def read(document: Document, defaults: Defaults) -> tuple[list[Article | Issue], tuple[Placement, ...]]:
    """Return what `convert` yields, and what became of every line; both empty-handed where there is no text."""
    profile = _profile(document, defaults)
    decoded = decode(document, encoding=defaults.options.get("encoding"))
    if decoded.text is None:
        return list(decoded.issues), ()
    lines = split(decoded.text)
    if len(lines) > MAX_LINES:
        return [*decoded.issues, _too_many(document, lines)], ()
    draft = Draft(document, defaults, f"capture/{profile} {VERSIONS[profile]}")
    draft.issues.extend(decoded.issues)
    ledger = Ledger(lines)
    PROFILES[profile](draft, ledger)
    for lines in ledger.runs():
        _report(draft, lines)
        ledger.place(lines, "reported")
    return list(draft.results()), ledger.placements()


def _too_many(document: Document, lines: list[Line]) -> Issue:
    return Issue(
        code="too-many-lines",
        severity=Severity.ERROR,
        message=f"the document has {len(lines):,} lines; an article has at most {MAX_LINES:,}",
        hint="split the file into articles",
        file=document.path,
        line=lines[MAX_LINES].number,
    )


def _report(draft: Draft, lines: list[Line]) -> None:
    """Report lines without a place: each by itself, or a long run of them at once."""
    hint = "put it where it belongs in a file beside the document, or report the pattern"
    if len(lines) > MOST_SINGLY:
        message = f"the {len(lines)} lines from here to line {lines[-1].number} fit no field"
        draft.warn("unplaced-text", message, hint, line=lines[0].number, value=lines[0].text)
        return
    for line in lines:
        draft.warn("unplaced-text", "this line fits no field", hint, line=line.number, value=line.text)


def _profile(document: Document, defaults: Defaults) -> str:
    chosen = defaults.options.get("profile")
    if chosen is None:
        is_lemonde = (defaults.publisher or "").casefold() == "le monde" or LEMONDE in document.data
        return "lemonde" if is_lemonde else "general"
    if chosen not in PROFILES:
        close = get_close_matches(str(chosen), PROFILES, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(sorted(PROFILES))}"
        raise ConverterError(f"capture has no profile {chosen!r}", hint=hint)
    return str(chosen)
