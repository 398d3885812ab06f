"""One row of a corpus to an article: columns mapped by the collection, or known by their usual names."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from difflib import get_close_matches
from typing import Any, get_args

from onrecord.converters import bylines, dates, languages
from onrecord.converters.datelines import HINTS, MESSAGES
from onrecord.converters.draft import Draft, excerpt
from onrecord.converters.text import CONTROL
from onrecord.errors import ConverterError
from onrecord.records import Access, Article, Defaults, Document
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
MAX_TEXT = 16_000_000
MAX_AUTHORS = 100
TEXTS = ("headline", "description", "byline", "section", "publisher", "captions", "body")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a corpus: its values by column, where it stands, and the hash of its own bytes."""

    values: Mapping[str, Any]
    fragment: str
    sha256: str
    line: int | None = None


def digest(values: Mapping[str, Any]) -> str:
    """Return the hash of a row that has no bytes of its own: of its values as JSON, keys sorted.

    >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    True
    """
    text = json.dumps(values, sort_keys=True, ensure_ascii=True, default=str, separators=(",", ":"))
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


def _at(values: Mapping[str, Any], column: str) -> Any:
    """Return a column's value; dots lead into objects."""
    if column in values:
        return values[column]
    here: Any = values
    for part in column.split(".")[:8]:
        here = here.get(part) if isinstance(here, Mapping) else None
    return here


def _put(draft: Draft, row: Row, field: str, column: str, value: Any) -> None:
    evidence = f"column {column!r}"
    try:
        read = READERS.get(field, _text)(value)
    except (ValueError, TypeError, OverflowError):
        read = None
    if field in {"date_published", "date_modified"}:
        _put_date(draft, row, field, value, evidence)
    elif read is None:
        hint = "mend the row, or map another column in collection.toml"
        draft.warn("value-invalid", f"{column!r} is no {field}", hint, field=field, value=str(value)[:300])
    elif read != ():
        draft.put(field, read, evidence, 0.9)


def _text(value: Any) -> str | None:
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = "\n\n".join(value)
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        return None
    return CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n")).strip() or None


def _one_line(value: Any) -> str | None:
    text = _text(value)
    return " ".join(text.split()) if text else None


def _paragraphs(value: Any) -> str | None:
    """Return a text with its paragraphs parted by a blank line, whether it had blank lines or line ends only."""
    text = _text(value)
    if text is None:
        return None
    parts = re.split(r"\n[^\S\n]*\n\s*", text) if re.search(r"\n[^\S\n]*\n", text) else text.split("\n")
    return "\n\n".join(part.strip() for part in parts if part.strip()) or None


def _authors(value: Any) -> tuple[str, ...] | None:
    if isinstance(value, list):
        names = [" ".join(v.split()) for v in value[: MAX_AUTHORS + 1] if isinstance(v, str) and v.strip()]
    elif isinstance(value, str):
        read = bylines.read(value)
        names = (
            list(read.names) if not read.unread else [part.strip() for part in re.split(r"[;|]", value) if part.strip()]
        )
    else:
        return None
    return tuple(dict.fromkeys(names)) if len(names) <= MAX_AUTHORS else None


def _tag(value: Any) -> str | None:
    tag = str(value).strip().replace("_", "-")
    return tag if re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", tag) else None


def _access(value: Any) -> str | None:
    return str(value) if value in get_args(Access) else None


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else {"true": True, "false": False}.get(str(value).strip().lower())


def _share(value: Any) -> float | None:
    share = float(value)
    return share if 0 <= share <= 1 else None


def _minutes(value: Any) -> int | None:
    minutes = int(value)
    return minutes if 0 <= minutes < 10_000 else None


READERS: Mapping[str, Any] = {
    "headline": _one_line,
    "byline": _one_line,
    "section": _one_line,
    "publisher": _one_line,
    "url": _one_line,
    "license": _one_line,
    "description": _one_line,
    "captions": _paragraphs,
    "body": _paragraphs,
    "authors": _authors,
    "language": _tag,
    "access": _access,
    "is_complete": _flag,
    "unread_share": _share,
    "reading_minutes": _minutes,
}


def _put_date(draft: Draft, row: Row, field: str, value: Any, evidence: str) -> None:
    instant = _instant(value, draft)
    if instant is None:
        hint = "mend the row, or map another column in collection.toml"
        draft.warn(
            "date-invalid", f"{field}: no date can be read", hint, field=field, value=str(value)[:300], line=row.line
        )
        return
    draft.put(field, instant.utc, evidence, 0.7 if instant.doubts else 0.95)
    for doubt in instant.doubts:
        draft.warn(doubt, f"{field}: {MESSAGES[doubt]}", HINTS[doubt], field=field, value=str(value)[:300])
    if instant.evidence and not draft.has("time_zone_evidence"):
        draft.put("time_zone_evidence", instant.evidence, evidence, 0.95)
        if instant.zone:
            draft.put("time_zone", instant.zone, evidence, 0.95)


def _instant(value: Any, draft: Draft) -> dates.Instant | None:
    """Return the instant of a text, a date or time, or a number of seconds or milliseconds since 1970."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value / 1000 if abs(value) > 1e11 else value
        try:
            return dates.Instant(datetime.fromtimestamp(seconds, UTC), None, "offset")
        except (ValueError, OverflowError, OSError):
            return None
    text = value.isoformat() if isinstance(value, date) else str(value)
    stamps = dates.find_stamps(text, draft.values.get("language"))
    if not stamps:
        return None
    instant = dates.resolve(stamps[0], draft.defaults.time_zone)
    if instant.doubts[-1:] == ("time-zone-unknown",):
        utc = dates.resolve(stamps[0], "UTC")
        return dates.Instant(utc.utc, None, None, (*utc.doubts, "time-zone-unknown"))
    return instant if instant.utc else None


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
