"""`<document>.toml` beside a document: what a person knows of it that the capture lost.

The file is named after the whole document, as `page.txt.toml` for `page.txt`. What it says wins over the
converter, and where the converter had found something else, a finding says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path, PurePath
from typing import Any, get_args
from zoneinfo import ZoneInfo

from onrecord.records import Access, Article, Defaults
from onrecord.reports import Issue, Severity
from onrecord.seeds import strict
from onrecord.seeds.descriptor import LANGUAGE, license_mistakes, zone_mistakes
from onrecord.seeds.rights import rights_mistakes
from onrecord.seeds.rules import RULES

CODE = "sidecar"
SUFFIX = ".toml"
NOT_FIELDS = ("capture_date", "rights")
"""What is said of the capture, and of what a dataset may hold."""
URL = re.compile(r"https?://[^\s/]+\S*")
INSTANTS = ("date_published", "date_modified")
KEYS: strict.Keys = {
    (): {
        "url": str,
        "publisher": str,
        "headline": str,
        "description": str,
        "authors": list,
        "byline": str,
        "date_published": datetime,
        "date_modified": datetime,
        "time_zone": str,
        "section": str,
        "language": str,
        "access": str,
        "is_complete": bool,
        "license": str,
        "capture_date": date,
        "rights": dict,
    },
    ("rights",): {"body": str, "quotes": str, "quote_words": int},
}

MAX_SHOWN = 80
"""Code points of a value in a message."""


def load(document: Path) -> tuple[dict[str, Any], list[Issue]]:
    """Return what the file beside a document says of it, or every mistake in it; nothing where there is none."""
    path = document.with_name(document.name + SUFFIX)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return {}, []
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        return {}, [strict.issue(CODE, path.name, strict.Place(1), message, "mend its permissions")]
    text, issues = strict.decoded(content, path.name, CODE)
    if issues:
        return {}, issues
    data, issues = strict.read(text, path.name, CODE)
    issues = issues or strict.issues(text, _mistakes(data), path.name, CODE)
    return ({}, issues) if issues else (data, [])


def _mistakes(data: dict[str, Any]) -> Iterator[strict.Mistake]:
    yield from strict.mistakes(data, KEYS)
    yield from zone_mistakes(("time_zone",), data.get("time_zone"))
    yield from license_mistakes(("license",), data.get("license"))
    if isinstance(data.get("rights"), dict):
        yield from rights_mistakes(data["rights"])
    url, language, access = data.get("url"), data.get("language"), data.get("access")
    if isinstance(url, str) and url and not URL.fullmatch(url):
        yield ("url",), f"{url!r} is no address of a page", 'write all of it, like url = "https://example.org/story"'
    if isinstance(language, str) and language and not LANGUAGE.fullmatch(language):
        yield ("language",), f"{language!r} is no BCP-47 tag", "write one like 'en' or 'fr-CA'"
    if isinstance(access, str) and access and access not in get_args(Access):
        close = get_close_matches(access, get_args(Access), n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"write one of {', '.join(get_args(Access))}"
        yield ("access",), f"{access!r} is not a choice", hint
    for key in INSTANTS:
        value = data.get(key)
        if isinstance(value, datetime) and value.tzinfo is None and "time_zone" not in data:
            yield (key,), f"{key!r} has neither an offset nor a zone", "add an offset like +01:00, or time_zone"


def place(document: PurePath, field: str) -> strict.Place | None:
    """Return where the file beside a document says a field, or None where it does not."""
    try:
        text = Path(document.with_name(document.name + SUFFIX)).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    found = strict.place_of(text, (field,))
    return None if found.column is None else found


def defaults(says: dict[str, Any], collection: Defaults) -> Defaults:
    """Return a collection's defaults for one document, with what its own file says that helps to read it."""
    told: dict[str, Any] = {key: says[key] for key in ("publisher", "language", "time_zone") if key in says}
    if "capture_date" in says:
        told["options"] = {**collection.options, "capture_date": says["capture_date"].isoformat()}
    return replace(collection, **told)


def apply(says: dict[str, Any], article: Article, collection: Defaults) -> Iterator[Article | Issue]:
    """Yield the article with what its file says, after a note for every value of the document that it replaced."""
    values = {key: _value(key, value, says) for key, value in says.items() if key not in NOT_FIELDS}
    for key, value in values.items():
        found = getattr(article, key)
        if found not in (None, value, "unknown", getattr(collection, key, None)) and key != "time_zone":
            yield _replaced(key, found, value)
        if collection.options.get("explain"):
            yield _origin(key, value)
    if "time_zone" in values:
        values["time_zone_evidence"] = "stated"
    yield replace(article, **values)


def _value(key: str, value: Any, says: dict[str, Any]) -> Any:
    if key in INSTANTS:
        return (value if value.tzinfo else value.replace(tzinfo=ZoneInfo(says["time_zone"]))).astimezone(UTC)
    return tuple(value) if isinstance(value, list) else value


def _replaced(key: str, found: object, value: object) -> Issue:
    message = f"{key}: the file beside the document says {_shown(value)}, where {_shown(found)} was read"
    return RULES["sidecar-wins"].issue(
        message, table="articles", field=key, value=_plain(found), expected=_plain(value)
    )


def _origin(key: str, value: object) -> Issue:
    """Return where a value comes from, for whoever asked to have everything explained."""
    message = f"{key}: the file beside the document (confidence 1.00)"
    return Issue(code="origin", severity=Severity.NOTE, message=message, field=key, value=str(value))


def _shown(value: object) -> str:
    """Return a value as a message has it."""
    text = _plain(value)
    return (
        text if isinstance(value, datetime) else repr(text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…")
    )


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
