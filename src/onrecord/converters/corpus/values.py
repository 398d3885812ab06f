"""A cell's value to a field's: each reader returns None for what the field cannot hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, get_args

from onrecord.converters import bylines, dates
from onrecord.converters.text import CONTROL
from onrecord.records import Access

MAX_TEXT = 16_000_000
MAX_AUTHORS = 100


def epoch(value: float) -> dates.Instant | None:
    """Return the instant of a number of seconds, or of milliseconds, since 1970.

    >>> epoch(1717394100).utc == epoch(1717394100000).utc
    True
    """
    seconds = value / 1000 if abs(value) > 1e11 else value
    try:
        return dates.Instant(datetime.fromtimestamp(seconds, UTC), None, "offset")
    except (ValueError, OverflowError, OSError):
        return None


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
