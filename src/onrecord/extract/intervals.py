"""Arithmetic of calendar days: every function returns the first and the last day of a range, both inclusive.

Weeks begin on Monday (ISO 8601). A phrase about the past never reaches past the day of publication.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

Days = tuple[date, date]

_LEAP: Final = 8
"""The most years between two leap days (1896 and 1904)."""


def clipped(days: Days | None, today: date | None) -> Days | None:
    """Return the part of a range that is not after `today`, or None where nothing is left.

    >>> clipped((date(2024, 1, 1), date(2024, 12, 31)), date(2024, 3, 1))
    (datetime.date(2024, 1, 1), datetime.date(2024, 3, 1))
    """
    if days is None or today is None:
        return days
    return None if days[0] > today else (days[0], min(days[1], today))


def nearest_day(year: int | None, month: int, day: int, today: date | None) -> Days | None:
    """Return a day of a month; without a year, the latest that is not after `today`.

    >>> nearest_day(None, 2, 29, date(2024, 3, 1))
    (datetime.date(2024, 2, 29), datetime.date(2024, 2, 29))
    """
    if year is not None:
        return date(year, month, day), date(year, month, day)
    if today is None:
        return None
    for candidate in range(today.year, today.year - _LEAP - 1, -1):
        if day <= monthrange(candidate, month)[1] and (found := date(candidate, month, day)) <= today:
            return found, found
    return None


def month_range(year: int | None, month: int, first: int, last: int, today: date | None) -> Days | None:
    """Return days `first` to `last` of a month; without a year, of the latest that began before `today`.

    >>> month_range(2024, 2, 21, 31, None)
    (datetime.date(2024, 2, 21), datetime.date(2024, 2, 29))
    """
    if year is None:
        if today is None:
            return None
        year = today.year - (date(today.year, month, first) > today)
    return date(year, month, first), date(year, month, min(last, monthrange(year, month)[1]))


def year_range(year: int, first_month: int, last_month: int) -> Days:
    """Return the months `first_month` to `last_month` of a year."""
    return date(year, first_month, 1), date(year, last_month, monthrange(year, last_month)[1])


def season_range(year: int | None, first_month: int, last_month: int, today: date | None) -> Days | None:
    """Return a season that may reach into the next year; without a year, the latest that began before `today`.

    >>> [day.isoformat() for day in season_range(2024, 12, 2, None) or ()]
    ['2024-12-01', '2025-02-28']
    """
    if year is None:
        if today is None:
            return None
        year = today.year - (date(today.year, first_month, 1) > today)
    ends = year + (last_month < first_month)
    return date(year, first_month, 1), date(ends, last_month, monthrange(ends, last_month)[1])


def last_season(first_month: int, last_month: int, today: date) -> Days | None:
    """Return the latest season that had ended before `today`.

    >>> [day.isoformat() for day in last_season(6, 8, date(2024, 7, 1)) or ()]
    ['2023-06-01', '2023-08-31']
    """
    days = season_range(None, first_month, last_month, today)
    return season_range(days[0].year - 1, first_month, last_month, today) if days and days[1] >= today else days


def weekday(today: date, number: int) -> Days:
    """Return the latest such day of the week (Monday is 0) that is not after `today`.

    >>> weekday(date(2024, 3, 1), 0)[0].isoformat()
    '2024-02-26'
    """
    day = today - timedelta(days=(today.weekday() - number) % 7)
    return day, day


def last_weekday(today: date, number: int) -> Days:
    """Return the latest such day of the week before `today`."""
    return weekday(today - timedelta(days=1), number)


def day_before(today: date) -> Days:
    """Return the day before."""
    day = today - timedelta(days=1)
    return day, day


def this_week(today: date) -> Days:
    """Return Monday to `today`."""
    return today - timedelta(days=today.weekday()), today


def last_week(today: date) -> Days:
    """Return the Monday to Sunday before this week's Monday."""
    monday = today - timedelta(days=today.weekday() + 7)
    return monday, monday + timedelta(days=6)


def last_weekend(today: date) -> Days:
    """Return the latest Saturday that is not after `today`, and the Sunday after it."""
    saturday = weekday(today, 5)[0]
    return saturday, saturday + timedelta(days=1)


def this_month(today: date) -> Days:
    """Return the first of the month to `today`."""
    return today.replace(day=1), today


def last_month(today: date) -> Days:
    """Return all days of the month before."""
    end = today.replace(day=1) - timedelta(days=1)
    return end.replace(day=1), end


def this_year(today: date) -> Days:
    """Return the first of January to `today`."""
    return date(today.year, 1, 1), today


def last_year(today: date) -> Days:
    """Return all days of the year before."""
    return year_range(today.year - 1, 1, 12)


def ago(today: date, number: int, unit: str) -> Days:
    """Return what "`number` `unit`s ago" means: one day, or the week around it, or the calendar month or year.

    >>> ago(date(2024, 3, 1), 2, "day")[0].isoformat()
    '2024-02-28'
    >>> [day.isoformat() for day in ago(date(2024, 3, 1), 2, "month")]
    ['2024-01-01', '2024-01-31']
    """
    if unit == "day":
        day = today - timedelta(days=number)
        return day, day
    if unit in {"week", "fortnight"}:
        number *= 1 + (unit == "fortnight")
        day = today - timedelta(weeks=number)
        return day - timedelta(days=3), day + timedelta(days=3)
    if unit == "month":
        months = today.year * 12 + today.month - 1 - number
        return year_range(months // 12, months % 12 + 1, months % 12 + 1)
    return year_range(today.year - number * (10 if unit == "decade" else 1), 1, 12)


def publication_day(published: datetime | None, time_zone: str | None) -> date | None:
    """Return the calendar day of an instant in a zone; without a usable zone, in the instant's own offset.

    Examples
    --------
    >>> from datetime import UTC
    >>> publication_day(datetime(2024, 3, 1, 23, 30, tzinfo=UTC), "Europe/Paris")
    datetime.date(2024, 3, 2)
    """
    if published is None:
        return None
    zone = _zone(time_zone) if time_zone else None
    try:
        return (published.astimezone(zone) if zone and published.tzinfo else published).date()
    except (OverflowError, ValueError):
        return published.date()


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None
