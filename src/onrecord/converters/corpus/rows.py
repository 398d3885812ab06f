"""One row of a corpus to an article: columns mapped by the collection, or known by their usual names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import Any

from onrecord.converters import datelines, dates, languages
from onrecord.converters.corpus import values
from onrecord.converters.draft import Draft, excerpt
from onrecord.errors import ConverterError
from onrecord.records import Article, Defaults, Document
from onrecord.reports import Issue, Severity

USUAL: Mapping[str, tuple[str, ...]] = {
    "url": ("url", "link", "uri", "source_url", "canonical_url"),
    "publisher": ("publisher", "outlet", "source_name", "source", "site_name", "domain"),
    "headline": ("headline", "title", "heading"),
    "description": ("description", "standfirst", "summary", "lead", "abstract", "subtitle"),
    "authors": ("authors", "author"),
    "byline": ("byline",),
    "date_published": (
        "date_published",
        "datePublished",
        "published_at",
        "published",
        "pubdate",
        "publish_date",
        "date",
    ),
    "date_modified": ("date_modified", "dateModified", "updated_at", "modified", "updated"),
    "section": ("section", "category", "articleSection"),
    "language": ("language", "lang"),
    "access": ("access",),
    "is_complete": ("is_complete",),
    "unread_share": ("unread_share",),
    "reading_minutes": ("reading_minutes",),
    "captions": ("captions",),
    "body": ("body", "text", "content", "articleBody", "maintext", "article", "full_text"),
    "license": ("license", "licence"),
}
"""The fields a row may fill, and what their columns are usually called, the surest first."""
TEXTS = ("headline", "description", "byline", "section", "publisher", "captions", "body")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a corpus: its values by column, where it stands, and the hash of its own bytes."""

    values: Mapping[str, Any]
    fragment: str
    sha256: str
    line: int | None = None


def digest(row: Mapping[str, Any]) -> str:
    """Return the hash of a row that has no bytes of its own: of its values as JSON, keys sorted.

    >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    True
    """
    text = json.dumps(row, sort_keys=True, ensure_ascii=True, default=str, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def mapping(columns: list[str], defaults: Defaults) -> dict[str, str]:
    """Return which column fills which field: as `options["columns"]` says, else by the usual names.

    Raises
    ------
    ConverterError
        The options name a field that there is not, or no column is a text.

    Examples
    --------
    >>> mapping(["title", "text"], Defaults())
    {'headline': 'title', 'body': 'text'}
    >>> mapping(["t"], Defaults(options={"columns": {"headline": "t"}}))
    {'headline': 't'}
    """
    told = defaults.options.get("columns", {})
    if not isinstance(told, Mapping):
        raise ConverterError("columns must be a table", hint='write [documents.options.columns] and headline = "title"')
    if unknown := [field for field in told if field not in USUAL]:
        close = get_close_matches(unknown[0], USUAL, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"fields are: {', '.join(USUAL)}"
        raise ConverterError(f"no field is called {unknown[0]!r}", hint=hint)
    taken = set(told.values())
    guessed = {
        field: name
        for field, names in USUAL.items()
        if field not in told and (name := next((n for n in names if n in columns and n not in taken), None))
    }
    return {**guessed, **{field: str(column) for field, column in told.items()}}


def article(row: Row, document: Document, defaults: Defaults, converter: str) -> Iterator[Article | Issue]:
    """Yield the article of a row with what was found, or only why there is none."""
    path = f"{document.path}#{row.fragment}"
    draft = Draft(Document(path, b"", row.sha256), defaults, converter)
    for field, column in mapping(list(row.values), defaults).items():
        value = _at(row.values, column)
        if value is not None and value != "":
            _put(draft, row, field, column, value)
    if (fault := _fault(draft)) is not None:
        yield _error(draft, row, *fault)
        return
    _finish(draft)
    yield from (replace(item, line=row.line) if isinstance(item, Issue) else item for item in draft.results())


def _at(row: Mapping[str, Any], column: str) -> Any:
    """Return a column's value; dots lead into objects."""
    if column in row:
        return row[column]
    here: Any = row
    for part in column.split(".")[:8]:
        here = here.get(part) if isinstance(here, Mapping) else None
    return here


def _put(draft: Draft, row: Row, field: str, column: str, value: Any) -> None:
    evidence = f"column {column!r}"
    if field in {"date_published", "date_modified"}:
        _put_date(draft, row, field, value, evidence)
        return
    try:
        read = values.READERS[field](value)
    except (ValueError, TypeError, OverflowError):
        read = None
    if read is None:
        _doubt(draft, field, column, value)
    elif read != ():
        draft.put(field, read, evidence, 0.9)


def _doubt(draft: Draft, field: str, column: str, value: Any) -> None:
    """Report a value that its field cannot hold."""
    shown = str(value)[:300]
    if field == "authors" and isinstance(value, list) and len(value) > values.MAX_AUTHORS:
        message = f"the row names {len(value):,} authors; an article has at most {values.MAX_AUTHORS}"
        hint = "mend the row, or say the authors in a file beside the document"
        draft.warn("too-many-authors", message, hint, field=field, value=shown)
        return
    hint = "mend the row, or map another column in collection.toml"
    draft.warn("value-invalid", f"column {column!r} cannot be read as {field}", hint, field=field, value=shown)


def _put_date(draft: Draft, row: Row, field: str, value: Any, evidence: str) -> None:
    instant = _instant(value, draft)
    if instant is None:
        hint = "mend the row, or map another column in collection.toml"
        message = f"{field}: no date can be read"
        draft.warn("date-invalid", message, hint, field=field, value=str(value)[:300], line=row.line)
    else:
        datelines.put(draft, field, instant, str(value)[:300], evidence)


def _instant(value: Any, draft: Draft) -> dates.Instant | None:
    """Return the instant of a text, a date or time, or a number of seconds or milliseconds since 1970."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return values.epoch(value)
    text = value.isoformat() if isinstance(value, date) else str(value)
    return dates.instant(text, draft.values.get("language"), draft.defaults.time_zone)


def _fault(draft: Draft) -> tuple[str, str, str] | None:
    """Return why a row is no article: its code, message and hint."""
    texts = [draft.values.get(name) or "" for name in TEXTS] + list(draft.values.get("authors") or ())
    joined = "".join(texts)
    if not draft.has("body") and not draft.has("headline"):
        return (
            "record-empty",
            "the row has neither a headline nor a body",
            "map its columns in collection.toml: [documents.options.columns]",
        )
    if "\0" in joined:
        return "nul-character", "the row holds a NUL character", "mend the row: a NUL stands where text was lost"
    if any("\ud800" <= c <= "\udfff" for c in joined):
        return "lone-surrogate", "half of a surrogate pair is no character", "write the corpus again as valid UTF-8"
    return None


def _error(draft: Draft, row: Row, code: str, message: str, hint: str) -> Issue:
    return Issue(
        code=code, severity=Severity.ERROR, message=message, hint=hint, file=draft.document.path, line=row.line
    )


def _finish(draft: Draft) -> None:
    if not draft.has("body"):
        draft.warn("body-missing", "the row has no body", "map its column in collection.toml", field="body")
    elif not draft.has("language") and (told := languages.guess(draft.values["body"])):
        draft.put("language", told, "the small words of the body", 0.9)
    published, modified = draft.values.get("date_published"), draft.values.get("date_modified")
    if published and modified and modified < published:
        message, hint = "the article was changed before it was published", "look which of the two is wrong"
        draft.warn("modified-before-published", message, hint, field="date_modified", value=modified.isoformat())


def fault(
    document: Document, code: str, message: str, hint: str, *, line: int | None = None, value: str | None = None
) -> Issue:
    """Return an Issue about a corpus as a whole, or a row that cannot be read."""
    short = None if value is None else excerpt(value)
    return Issue(
        code=code, severity=Severity.ERROR, message=message, hint=hint, file=document.path, line=line, value=short
    )


def missing(columns: list[str], document: Document, defaults: Defaults) -> Iterator[Issue]:
    """Yield an Issue for each column that the mapping names and the corpus has not."""
    told = defaults.options.get("columns", {})
    for field, column in told.items() if isinstance(told, Mapping) else ():
        if str(column) not in columns and str(column).split(".")[0] not in columns:
            close = get_close_matches(str(column), columns, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"the columns are: {', '.join(columns[:20])}"
            yield fault(document, "column-missing", f"no column {column!r} for {field}", hint)
