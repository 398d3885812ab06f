"""Dates as pages write them, in the main European languages, to instants in UTC.

A stamp is what stands in the text: a day, perhaps a time, perhaps a zone. An instant is what it means.
Where the text leaves open which day or hour is meant, the answer is a doubt and not a guess.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from importlib.resources import files
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from onrecord.records import ZoneEvidence

MAX_LENGTH = 400
"""Code points of a text that is searched for dates: a date line is short."""
NEAR = 30
"""Code points between a day and its time."""

Doubt = Literal[
    "date-invalid", "date-ambiguous", "time-ambiguous", "time-nonexistent", "date-without-time", "time-zone-unknown"
]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date as written at `start:end` of a text; `day` is None where no calendar has it."""

    start: int
    end: int
    day: date | None
    time: time | None = None
    zone: str | None = None
    offset: timedelta | None = None
    is_ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Instant:
    """What a stamp means: the instant in UTC, its zone and how that is known, and what is doubtful."""

    utc: datetime | None
    zone: str | None = None
    evidence: ZoneEvidence | None = None
    doubts: tuple[Doubt, ...] = ()


def find_stamps(text: str, language: str | None = None) -> list[Stamp]:
    """Return the dates written in a short text, in order.

    Parameters
    ----------
    text
        At most `MAX_LENGTH` code points are read.
    language
        A BCP-47 tag; in English, 03/04/2024 is ambiguous.

    Examples
    --------
    >>> [stamp] = find_stamps("Published on March 1, 2024, at 10:51 am (Paris)")
    >>> stamp.day, stamp.time, stamp.zone
    (datetime.date(2024, 3, 1), datetime.time(10, 51), 'Europe/Paris')
    >>> find_stamps("Publié le 07 mai 2019 à 13h59")[0].time
    datetime.time(13, 59)
    """
    text = text[:MAX_LENGTH]
    days = _days(text, language)
    return [_with_time(text, days, index) for index in range(len(days))]


def resolve(stamp: Stamp, default_zone: str | None = None) -> Instant:
    """Return the instant that a stamp means, read in its own zone or else in `default_zone`.

    Examples
    --------
    >>> resolve(find_stamps("1er juillet 2023 à 8h05")[0], "Europe/Paris").utc.isoformat()
    '2023-07-01T06:05:00+00:00'
    >>> resolve(find_stamps("31 février 2024 à 8h05")[0], "Europe/Paris").doubts
    ('date-invalid',)
    """
    if stamp.day is None:
        return Instant(None, doubts=("date-invalid",))
    if stamp.is_ambiguous:
        return Instant(None, doubts=("date-ambiguous",))
    doubts: tuple[Doubt, ...] = () if stamp.time is not None else ("date-without-time",)
    local = datetime.combine(stamp.day, stamp.time or time())
    try:
        if stamp.offset is not None:
            utc = local.replace(tzinfo=timezone(stamp.offset)).astimezone(UTC)
            return Instant(utc, _fitting(default_zone, utc, stamp.offset), "offset", doubts)
        zone, evidence = (stamp.zone, "stated") if stamp.zone else (default_zone, "publisher default")
        return _in_zone(local, zone, evidence, doubts)  # type: ignore[arg-type]
    except (OverflowError, ValueError):
        return Instant(None, doubts=("date-invalid",))


def instant(text: str, language: str | None, default_zone: str | None) -> Instant | None:
    """Return the instant of a machine's date: the first in a text; a local time as if UTC, and doubted, without a zone.

    >>> instant("2024-03-01T10:51:00", None, None).doubts
    ('time-zone-unknown',)
    """
    stamps = find_stamps(text, language)
    found = resolve(stamps[0], default_zone) if stamps else None
    if found is not None and found.doubts[-1:] == ("time-zone-unknown",):
        utc = resolve(stamps[0], "UTC")
        return Instant(utc.utc, None, None, (*utc.doubts, "time-zone-unknown"))
    return found if found is not None and found.utc else None


def _in_zone(local: datetime, zone: str | None, evidence: ZoneEvidence, doubts: tuple[Doubt, ...]) -> Instant:
    if zone is None or (info := zone_info(zone)) is None:
        return Instant(None, doubts=(*doubts, "time-zone-unknown"))
    first, second = (local.replace(tzinfo=info, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second or "date-without-time" in doubts:
        return Instant(first, zone, evidence, doubts)
    if first.astimezone(info).replace(tzinfo=None) != local:
        return Instant(None, doubts=("time-nonexistent",))
    return Instant(first, zone, evidence, ("time-ambiguous",))


def zone_info(name: str) -> ZoneInfo | None:
    """Return an IANA zone, or None where there is none of that name.

    >>> zone_info("Europe/Paris").key, zone_info("Mars/Olympus"), zone_info("../x")
    ('Europe/Paris', None, None)
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _fitting(zone: str | None, utc: datetime, offset: timedelta) -> str | None:
    """Return the publisher's zone where it has that offset then."""
    info = zone_info(zone) if zone else None
    return zone if info and utc.astimezone(info).utcoffset() == offset else None


@cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads(files("onrecord.converters").joinpath("data/dates.toml").read_text(encoding="utf-8"))


@cache
def words(kind: str) -> frozenset[str]:
    """Return the words of date lines of one kind: published, modified, relative, around."""
    return frozenset(_lexicon()["words"][kind])


@cache
def _months() -> dict[str, int]:
    return {name: int(number) for number, names in _lexicon()["months"].items() for name in names.split()}


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    month = rf"(?P<month>{'|'.join(sorted(map(re.escape, _months()), key=len, reverse=True))})\b\.?"
    day = r"(?<![\d.,:/-])(?P<day>\d{1,2})(?!\d)"
    year, plain_year = r"(?P<year>\d{4})(?!\d)", r"(?P<year>\d{4})"
    return (
        ("iso", re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)")),
        ("named", re.compile(rf"{day}(?:\.|er\b|st\b|nd\b|rd\b|th\b|º|ª)?[\s-]{{0,3}}(?:de\s|of\s|d['’])?{month}"
                             rf",?[\s-]{{0,3}}(?:de\s|del\s)?{year}")),
        ("named", re.compile(rf"\b{month}\s{{0,3}}(?P<day>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?,?\s{{1,3}}{year}")),
        ("cjk", re.compile(rf"{plain_year}\s?[年년.]\s?(?P<month>\d\d?)\s?[月월.]\s?(?P<day>\d\d?)(?!\d)[日일]?")),
        ("ymd", re.compile(r"(?<![\d/])(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})(?![\d/])")),
        ("dotted", re.compile(rf"{day}\.\s?(?P<month>\d{{1,2}})\.\s?{year}")),
        ("slashed", re.compile(rf"{day}(?P<mark>[/-])(?P<month>\d{{1,2}})(?P=mark){year}")),
    )  # fmt: skip


TIME = re.compile(
    r"(?<![\d:.,])(?P<hour>\d{1,2})(?:\s?[h:u.]\s?(?P<minute>\d{2})(?!\d)(?::(?P<second>\d{2})(?:\.\d{1,9})?)?)?"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?(?P<clock>\s?(?:uhr|h|hrs|часов)\b)?",
)
OFFSET = re.compile(
    r"\s?\(?(?:gmt|utc)?\s?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?(?!\d)\)?|\s?(?P<zulu>z)\b"
)


def _days(text: str, language: str | None) -> list[Stamp]:
    low, found = text.lower(), []
    taken: list[tuple[int, int]] = []
    if len(low) != len(text):
        return []
    for kind, pattern in _patterns():
        for match in pattern.finditer(low):
            if all(match.end() <= start or match.start() >= end for start, end in taken):
                taken.append(match.span())
                found.append(_day(kind, match, language))
    return sorted(found, key=lambda stamp: stamp.start)


def _day(kind: str, match: re.Match[str], language: str | None) -> Stamp:
    written = match["month"]
    month = int(written) if written.isdecimal() else _months()[written]
    day, year = int(match["day"]), int(match["year"])
    is_english = language is None or language.startswith("en")
    is_ambiguous = kind == "slashed" and is_english and day <= 12 and month <= 12 and day != month
    if kind == "slashed" and is_english and month > 12:
        day, month = month, day
    try:
        return Stamp(*match.span(), date(year, month, day), is_ambiguous=is_ambiguous)
    except ValueError:
        return Stamp(*match.span(), None)


def _with_time(text: str, days: list[Stamp], index: int) -> Stamp:
    """Add the time beside a day: after it, or else before it; never across another day."""
    stamp, low = days[index], text.lower()
    after = days[index + 1].start if index + 1 < len(days) else len(text)
    before = days[index - 1].end if index else 0
    following = _time(low, stamp.end, min(after, stamp.end + NEAR + 12), NEAR)
    if following is None and index == 0:
        start = max(before, stamp.start - 28)
        following = _time(low, start, stamp.start, NEAR)
    if following is None or stamp.day is None:
        return stamp
    start, end, clock = following
    if clock is None:
        return Stamp(min(stamp.start, start), max(stamp.end, end), None)
    limit = stamp.start if end <= stamp.start else after
    zone, offset, end = _zone(text, end, limit)
    return Stamp(min(stamp.start, start), max(stamp.end, end), stamp.day, clock, zone, offset, stamp.is_ambiguous)


def _time(low: str, start: int, end: int, near: int) -> tuple[int, int, time | None] | None:
    for match in TIME.finditer(low, start, end):
        if match["minute"] is None and match["half"] is None and match["clock"] is None:
            continue
        if match.start() - start > near:
            return None
        return match.start(), match.end(), _clock(match)
    return None


def _clock(match: re.Match[str]) -> time | None:
    hour, minute, second = int(match["hour"]), int(match["minute"] or 0), int(match["second"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"] == "p" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def _zone(text: str, start: int, limit: int) -> tuple[str | None, timedelta | None, int]:
    tail = text[start : min(limit, start + 40)]
    if (offset := OFFSET.match(tail.lower())) is not None:
        if offset["zulu"]:
            return None, timedelta(), start + offset.end()
        amount = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"] or 0))
        if amount <= timedelta(hours=14):
            return None, amount if offset["sign"] == "+" else -amount, start + offset.end()
    for length, zone in _zone_names(tail):
        return zone, None, start + length
    return None, None, start


def _zone_names(tail: str) -> Iterator[tuple[int, str]]:
    """Names of zones right after a time: in brackets, as an abbreviation, or as "Paris time"."""
    zones = _lexicon()["zones"]
    if (bracket := re.match(r"\s?\(([^()]{2,25})\)", tail)) and bracket[1].strip().lower() in zones:
        yield bracket.end(), zones[bracket[1].strip().lower()]
    if (letters := re.match(r",?\s?([A-Z]{2,4})\b", tail)) and letters[1].lower() in zones:
        yield letters.end(), zones[letters[1].lower()]
    if (words := re.match(r",?\s(\w+(?: york)?) time\b|,?\s?\(?(heure de \w+)\)?", tail.lower())) is not None:
        name = words[1] or words[2]
        if name in zones:
            yield words.end(), zones[name]
