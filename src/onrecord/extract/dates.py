"""When something was said: from the words of a clause to a range of calendar days."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from onrecord.extract.intervals import (
    Days,
    ago,
    clipped,
    day_before,
    last_month,
    last_season,
    last_week,
    last_weekday,
    last_weekend,
    last_year,
    month_range,
    nearest_day,
    season_range,
    this_month,
    this_week,
    this_year,
    weekday,
    year_range,
)
from onrecord.extract.lexicon import Lexicon

_SLOT: Final = re.compile(r"\{(\w+)\}")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_DIGITS: Final = re.compile(r"\d+")
_WORDS: Final = re.compile(r"\w+")
_LAST_WORD: Final = re.compile(r"(\w+)\W*$")
_REACH: Final = 24
REMEMBERED: Final = 4096
"""Clauses whose reading is kept from one article to the next; most are as short as "on Monday"."""


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A phrase that dates a clause: where it stands, and the days it means, both inclusive."""

    start: int
    end: int
    days: Days


class Calendar:
    """The words for days, months and years of one language, ready to search with.

    Examples
    --------
    >>> from onrecord.extract.lexicon import load
    >>> phrase = Calendar.of(load("en")).find("told reporters on Monday", date(2024, 3, 1))
    >>> phrase.days
    (datetime.date(2024, 2, 26), datetime.date(2024, 2, 26))
    """

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.section("dates")
        self._weekdays = _numbered(table.get("weekdays", []), start=0)
        self._months = _numbered(table.get("months", []), start=1)
        self._seasons: Mapping[str, list[int]] = table.get("seasons", {})
        self._holidays: Mapping[str, list[int]] = table.get("holidays", {})
        self._numbers: Mapping[str, int] = table.get("numbers", {})
        self._units: Mapping[str, str] = table.get("units", {})
        self._parts: Mapping[str, str] = table.get("parts", {})
        self._year_parts: Mapping[str, list[int]] = table.get("year_parts", {})
        self._month_parts: Mapping[str, list[int]] = table.get("month_parts", {})
        self._barred = lexicon.words("dates", "barred_before")
        self._occasions = lexicon.words("dates", "occasions")
        endings = "|".join(map(re.escape, sorted(lexicon.words("names", "possessives")))) or "(?!)"
        self._possessive = re.compile(rf"(?: \w+)?(?:{endings})\b((?: [\w-]+){{1,4}})")
        triggers = lexicon.words("dates", "triggers")
        self.triggers = (
            triggers
            | {word.capitalize() for word in triggers}
            | _first_words([*self._weekdays, *self._months, *self._holidays])
        )
        lower = triggers | lexicon.words("dates", "frame_starts") | lexicon.words("dates", "openers")
        self._starts = self.triggers | lower | _first_words([*self._numbers, *self._parts, *self._seasons])
        self._slots = [
            [(slot, f"{slot}_{index}") for slot in _SLOT.findall(frame["pattern"])]
            for index, frame in enumerate(table.get("frames", []))
        ]
        self._means: list[str] = [frame["means"] for frame in table.get("frames", [])]
        self._pattern = self._compiled([frame["pattern"] for frame in table.get("frames", [])], table)
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._first)

    @staticmethod
    @lru_cache(maxsize=16)
    def of(lexicon: Lexicon) -> Calendar:
        """Return the calendar of a language, made once."""
        return Calendar(lexicon)

    def may_date(self, text: str, words: Iterable[str]) -> bool:
        """Tell quickly whether a text of these words may say when."""
        return not self.triggers.isdisjoint(words) or _YEAR.search(text) is not None

    def find(self, text: str, today: date | None) -> DatePhrase | None:
        """Return the first phrase of `text` that says when, or None.

        Parameters
        ----------
        text
            A clause, outside the content of the statement.
        today
            The day of publication in the article's zone; without it only phrases that name their year resolve.
        """
        return self._remembered(text, today)

    def _first(self, text: str, today: date | None) -> DatePhrase | None:
        if not self.may_date(text, _WORDS.findall(text)):
            return None
        end = 0
        for word in _WORDS.finditer(text):
            found = self._match(text, word) if word.start() >= end else None
            if found is None:
                continue
            end = found.end()
            days = None if self._is_barred(text, found) else self._days(found, today)
            if days is not None:
                return DatePhrase(found.start(), end, days)
        return None

    def _match(self, text: str, word: re.Match[str]) -> re.Match[str] | None:
        """Return the date phrase that begins at a word; most words begin none."""
        first = word[0]
        if first in self._starts or first[0].isdigit() or first.lower() in self._starts:
            return self._pattern.match(text, word.start())
        return None

    def starts(self, text: str, at: int = 0) -> bool:
        """Tell whether a date phrase begins at `at`."""
        word = _WORDS.match(text, at)
        found = self._match(text, word) if word else None
        return found is not None and not found[0].isupper()

    def is_date(self, text: str) -> bool:
        """Tell whether a text is a date phrase and nothing else but a comma."""
        found = self._pattern.match(text)
        return found is not None and not text[found.end() :].strip(" ,")

    def _compiled(self, patterns: list[str], table: Mapping[str, object]) -> re.Pattern[str]:
        slots = {
            "weekday": _alternatives(self._weekdays),
            "month": _alternatives(self._months),
            "season": f"(?i:{_alternatives(self._seasons)})",
            "number": rf"(?i:\d{{1,2}}|{_alternatives(self._numbers)})",
            "unit": f"(?i:{_alternatives(self._units)})",
            "holiday": _alternatives(self._holidays),
            "part": f"(?i:{_alternatives(self._parts)})",
            "year": r"(?:19|20)\d\d",
            "day": str(table.get("day", r"\d{1,2}")),
            "month_number": r"\d\d",
        }
        frames = [
            f"(?P<f{index}>{_SLOT.sub(lambda m, i=index: f'(?P<{m[1]}_{i}>{slots[m[1]]})', pattern)})"  # type: ignore[misc]
            for index, pattern in enumerate(patterns)
        ]
        return re.compile(r"(?<![\w-])(?:" + "|".join(frames) + ")" if frames else r"(?!)")

    def _is_barred(self, text: str, found: re.Match[str]) -> bool:
        if found[0].isupper():
            return True
        before = _LAST_WORD.search(text[max(0, found.start() - _REACH) : found.start()])
        if before and before[1].lower() in self._barred:
            return True
        possessive = self._possessive.match(text, found.end())
        return bool(possessive) and self._occasions.isdisjoint(possessive[1].split())  # type: ignore[index]

    def _days(self, found: re.Match[str], today: date | None) -> Days | None:
        index = int(str(found.lastgroup)[1:])
        slots = {slot: value for slot, group in self._slots[index] if (value := found[group])}
        try:
            return clipped(_MEANINGS[self._means[index]](self, slots, today), today)
        except (ValueError, OverflowError):
            return None

    def day_of_month(self, slots: Mapping[str, str], today: date | None) -> Days | None:
        """Return a day of a month, with its year or the latest not after publication."""
        day, month = _number(slots["day"]), self._months[slots["month"]]
        return nearest_day(int(slots["year"]) if "year" in slots else None, month, day, today)

    def digits(self, slots: Mapping[str, str], today: date | None) -> Days | None:
        """Return a day in digits, year first."""
        return nearest_day(int(slots["year"]), int(slots["month_number"]), _number(slots["day"]), today)

    def part_of_month(self, slots: Mapping[str, str], today: date | None) -> Days | None:
        """Return a month or a part of one, with its year or the latest not after publication."""
        first, last = self._month_parts[self._parts[slots["part"].lower()]] if "part" in slots else (1, 31)
        year = int(slots["year"]) if "year" in slots else None
        return month_range(year, self._months[slots["month"]], first, last, today)

    def part_of_year(self, slots: Mapping[str, str], _today: date | None) -> Days | None:
        """Return a year or a part of one."""
        first, last = self._year_parts[self._parts[slots["part"].lower()]] if "part" in slots else (1, 12)
        return year_range(int(slots["year"]), first, last)

    def months_of_season(self, slots: Mapping[str, str], today: date | None) -> Days | None:
        """Return a season, with its year or the latest that began before publication."""
        first, last = self._seasons[slots["season"].lower()]
        return season_range(int(slots["year"]) if "year" in slots else None, first, last, today)

    def season_before(self, slots: Mapping[str, str], today: date | None) -> Days | None:
        """Return the latest season of a name that had ended by publication."""
        first, last = self._seasons[slots["season"].lower()]
        return None if today is None else last_season(first, last, today)

    def month_before(self, slots: Mapping[str, str], today: date | None) -> Days | None:
        """Return the latest month of a name before the month of publication."""
        return (
            None
            if today is None
            else month_range(None, self._months[slots["month"]], 1, 31, day_before(today.replace(day=1))[0])
        )

    def holiday(self, slots: Mapping[str, str], today: date | None) -> Days | None:
        """Return a day that has a name instead of a date."""
        month, day = self._holidays[slots["holiday"]]
        return nearest_day(int(slots["year"]) if "year" in slots else None, month, day, today)

    def within(self, slots: Mapping[str, str], today: date | None, whole: Callable[[date], Days]) -> Days | None:
        """Return a month or a year told from publication, or the part of it that is named ("late last year")."""
        if today is None:
            return None
        first, last = whole(today)
        if "part" not in slots:
            return first, last
        part = self._parts[slots["part"].lower()]
        if first.month == 1 and whole in {this_year, last_year}:
            from_month, to_month = self._year_parts[part]
            return year_range(first.year, from_month, to_month)
        from_day, to_day = self._month_parts[part]
        return month_range(first.year, first.month, from_day, to_day, today)

    def weekday_number(self, slots: Mapping[str, str]) -> int:
        """Return the day of the week, Monday being 0."""
        return self._weekdays[slots["weekday"]]

    def amount(self, slots: Mapping[str, str]) -> tuple[int, str]:
        """Return a number and the unit it counts."""
        word = slots["number"].lower()
        return int(word) if word.isdecimal() else self._numbers[word], self._units[slots["unit"].lower()]


_Meaning = Callable[[Calendar, Mapping[str, str], date | None], Days | None]


def _relative(of_today: Callable[[date], Days]) -> _Meaning:
    return lambda _calendar, _slots, today: None if today is None else of_today(today)


_MEANINGS: Final[dict[str, _Meaning]] = {
    "date": Calendar.day_of_month,
    "iso": Calendar.digits,
    "month": Calendar.part_of_month,
    "season": Calendar.months_of_season,
    "last season": Calendar.season_before,
    "last month of a name": Calendar.month_before,
    "holiday": Calendar.holiday,
    "year": Calendar.part_of_year,
    "weekday": lambda c, slots, today: None if today is None else weekday(today, c.weekday_number(slots)),
    "last weekday": lambda c, slots, today: None if today is None else last_weekday(today, c.weekday_number(slots)),
    "ago": lambda c, slots, today: None if today is None else ago(today, *c.amount(slots)),
    "today": _relative(lambda today: (today, today)),
    "yesterday": _relative(day_before),
    "this week": _relative(this_week),
    "last week": _relative(last_week),
    "weekend": _relative(last_weekend),
    "this month": lambda c, slots, today: c.within(slots, today, this_month),
    "last month": lambda c, slots, today: c.within(slots, today, last_month),
    "this year": lambda c, slots, today: c.within(slots, today, this_year),
    "last year": lambda c, slots, today: c.within(slots, today, last_year),
}


def _numbered(names: list[str], *, start: int) -> dict[str, int]:
    return {form: index for index, forms in enumerate(names, start) for form in forms.split("|")}


def _alternatives(words: Mapping[str, object]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(re.escape, ordered)) + ")" if ordered else "(?!)"


def _first_words(phrases: list[str]) -> frozenset[str]:
    return frozenset(_WORDS.findall(phrase)[0] for phrase in phrases)


def _number(digits: str) -> int:
    found = _DIGITS.match(digits)
    return int(found[0]) if found else 0
