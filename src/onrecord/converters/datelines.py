"""Lines that say when an article was published or changed, read into a draft with every doubt reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from typing import Literal

from onrecord.converters import dates
from onrecord.converters.draft import Draft
from onrecord.converters.lines import Line, fold

CLOCKS = timedelta(minutes=10)
"""How far two clocks may be apart."""
MAX_LENGTH = 160
"""Code points of a date line."""
Kind = Literal["date_published", "date_modified"]
HINTS = {
    "date-invalid": "no calendar has this day or time: look at the page",
    "date-ambiguous": "day and month can be told apart by nobody: say the date in a file beside the document",
    "time-ambiguous": "clocks went back that night: the first of the two hours is written",
    "time-nonexistent": "clocks went forward that night: look at the page",
    "date-without-time": "the start of that day is written, in the article's zone",
    "time-zone-unknown": "set time_zone in collection.toml, then the date is read",
    "relative-date": "say when the page was captured: capture_date in the options, or in a file beside the document",
    "date-lost": "the capture lost the date: say it in a file beside the document",
}
MESSAGES = {
    "date-invalid": "not a date of the calendar",
    "date-ambiguous": "the date can be read in two ways",
    "time-ambiguous": "this hour came twice that night",
    "time-nonexistent": "this hour was left out that night",
    "date-without-time": "the day is given without a time",
    "time-zone-unknown": "the time is given without a zone",
    "relative-date": "the date is relative to a day that is not known",
    "date-lost": "the line has no date left",
}
DAYS_BACK = {
    **dict.fromkeys(("today", "aujourd'hui", "heute", "hoy", "oggi"), 0),
    **dict.fromkeys(("yesterday", "hier", "gestern", "ayer", "ieri"), 1),
    "avant-hier": 2,
}


@dataclass(frozen=True, slots=True)
class Clause:
    """One statement of a date line: what it dates, and the date or why there is none."""

    kind: Kind
    stamp: dates.Stamp | None
    fault: str | None = None
    is_explicit: bool = True


def read(text: str, *, language: str | None = None, captured: date | None = None) -> list[Clause]:
    """Return the statements of a line that holds nothing but dates and the words around them, or nothing.

    Examples
    --------
    >>> clauses = read("Publié le 7 mai 2019 à 13h59 - Mis à jour le 8 mai 2019 à 9h03")
    >>> [(clause.kind, clause.stamp.day.day) for clause in clauses]
    [('date_published', 7), ('date_modified', 8)]
    >>> [clause.fault for clause in read("Publié aujourd'hui à 10h34")]
    ['relative-date']
    >>> read("Published on March 1, 2024, the report is long.")
    []
    """
    if len(text) > MAX_LENGTH:
        return []
    low = fold(text)
    opened = list(_verb().finditer(low))
    if opened and any(c.isalnum() for c in low[: opened[0].start()]) and dates.find_stamps(low[: opened[0].start()]):
        starts = [(0, "date_published"), *((m.start(), _kind(m[0])) for m in opened)]
    else:
        starts = [(m.start(), _kind(m[0])) for m in opened] or [(0, "date_published")]
    ends = [start for start, _ in starts[1:]] + [len(low)]
    text = text if len(low) == len(text) else low
    first = starts[0][0]
    if not _is_all_known(low[:first]):
        return []
    found = [_clause(" ".join(text[s:e].split()), kind, language, captured, bool(opened))
             for (s, kind), e in zip(starts, ends, strict=True)]  # fmt: skip
    return [] if any(clause is None for clause in found) else [clause for clause in found if clause]


def _kind(verb: str) -> Kind:
    return "date_modified" if verb in dates.words("modified") else "date_published"


@cache
def _verb() -> re.Pattern[str]:
    verbs = sorted((*dates.words("published"), *dates.words("modified")), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, verbs))})\b")


def _clause(text: str, kind: Kind, language: str | None, captured: date | None, is_explicit: bool) -> Clause | None:
    body = _verb().sub("", fold(text), count=1) if is_explicit else text
    stamps = dates.find_stamps(text, language)
    if not stamps and captured is not None:
        stamps = dates.find_stamps(absolute(text, captured), language)
        text = absolute(text, captured)
    rest = _without(text, stamps)
    if not _is_all_known(rest):
        return None
    if stamps:
        return Clause(kind, stamps[0], None, is_explicit)
    if not is_explicit:
        return None
    is_empty = set(re.findall(r"\w+", body)) <= dates.words("fillers")
    return Clause(kind, None, "date-lost" if is_empty else "relative-date", is_explicit)


def absolute(text: str, captured: date) -> str:
    """Return a text with the day in place of "today" and "yesterday".

    >>> absolute("Published today at 10:34", date(2024, 3, 1))
    'published 2024-03-01 at 10:34'
    """
    for word, back in DAYS_BACK.items():
        pattern = rf"(?<![\w-]){re.escape(word)}\b"
        if re.search(pattern, fold(text)):
            try:
                return re.sub(pattern, (captured - timedelta(days=back)).isoformat(), fold(text), count=1)
            except OverflowError:
                return text
    return text


def _without(text: str, stamps: list[dates.Stamp]) -> str:
    rest, at = [], 0
    for stamp in stamps:
        rest.append(text[at : max(at, stamp.start)])
        at = max(at, stamp.end)
    return " ".join([*rest, text[at:]])


def _is_all_known(text: str) -> bool:
    low = _verb().sub(" ", fold(text))
    words = re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", low)
    known = dates.words("around") | dates.words("relative") | {"il", "y", "pm", "p", "m"}
    return all(word in known for word in words)


def write(draft: Draft, line: Line, clauses: list[Clause]) -> None:
    """Put what a date line says into a draft; the first line to date a thing wins, and doubts become Issues."""
    default = draft.values.get("time_zone") or draft.defaults.time_zone
    stated = next((c.stamp.zone for c in clauses if c.stamp and c.stamp.zone), None)
    for clause in clauses:
        if draft.has(clause.kind):
            _repeated(draft, line, clause, default)
        elif clause.stamp is None:
            _report(draft, line, clause.fault or "date-lost", clause.kind)
        else:
            stamp = clause.stamp
            if stated and not stamp.zone and stamp.offset is None:
                stamp = replace(stamp, zone=stated)
            _put(draft, line, clause.kind, stamp, default)


def _put(draft: Draft, line: Line, kind: Kind, stamp: dates.Stamp, default: str | None) -> None:
    instant = dates.resolve(stamp, default)
    for doubt in instant.doubts:
        if doubt != "date-without-time" or instant.utc is not None:
            _report(draft, line, doubt, kind)
    if instant.utc is None:
        return
    draft.put(kind, instant.utc, "a date line", 0.7 if instant.doubts else 0.97, line=line.number)
    if not draft.has("time_zone_evidence"):
        draft.put("time_zone_evidence", instant.evidence, "a date line", 0.97, line=line.number)
        if instant.zone:
            draft.put("time_zone", instant.zone, str(instant.evidence), 0.97, line=line.number)


def put(draft: Draft, field: str, instant: dates.Instant, text: str, where: str) -> None:
    """Put an instant that a machine wrote into a draft, with what is doubtful about it."""
    draft.put(field, instant.utc, where, 0.7 if instant.doubts else 0.97)
    for doubt in instant.doubts:
        message, hint = MESSAGES[doubt], HINTS[doubt]
        if doubt == "time-zone-unknown":
            message, hint = f"{message}; it is written as if UTC", "set time_zone in collection.toml"
        draft.warn(doubt, f"{field}: {message}", hint, field=field, value=text)
    if instant.evidence and not draft.has("time_zone_evidence"):
        draft.put("time_zone_evidence", instant.evidence, where, 0.97)
        if instant.zone:
            draft.put("time_zone", instant.zone, where, 0.97)


def _repeated(draft: Draft, line: Line, clause: Clause, default: str | None) -> None:
    """Report a second date of the same thing that says otherwise."""
    instant = dates.resolve(clause.stamp, default).utc if clause.stamp else None
    if instant is not None and instant != draft.values[clause.kind]:
        message = "another line gives another date; the first is kept"
        draft.warn("date-conflict", message, "look at the page", line=line.number, field=clause.kind, value=line.text)


def _report(draft: Draft, line: Line, code: str, kind: Kind) -> None:
    draft.warn(code, f"{kind}: {MESSAGES[code]}", HINTS[code], line=line.number, field=kind, value=line.text)


def check(draft: Draft) -> None:
    """Report dates that are missing, and an article changed before it was published."""
    published, modified = draft.values.get("date_published"), draft.values.get("date_modified")
    told = {issue.field for issue in draft.issues if issue.field}
    if published is None and "date_published" not in told:
        hint = "say it in a file beside the document, where it is known"
        draft.warn("date-missing", "the document does not say when it was published", hint, field="date_published")
    if published and modified and modified < published:
        message = "the article was changed before it was published"
        draft.warn("modified-before-published", message, "look which of the two is wrong", field="date_modified",
                   value=modified.isoformat(), expected=f"not before {published.isoformat()}")  # fmt: skip
    _check_capture(draft)


def _check_capture(draft: Draft) -> None:
    """Report dates that lie after the page was saved."""
    latest = _captured_until(draft)
    for field in ("date_published", "date_modified"):
        if latest and (value := draft.values.get(field)) and value > latest:
            message, hint = f"{field}: the page was saved before that", "look which of the two is wrong"
            draft.warn("date-after-capture", message, hint, field=field, value=value.isoformat(),
                       expected=f"not after {latest.isoformat()}")  # fmt: skip


def _captured_until(draft: Draft) -> datetime | None:
    """Return the last instant at which the page may have been saved: a day ends where it ends last on earth."""
    value, day = _stated_capture(draft), capture_day(draft)
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value + CLOCKS
    return datetime.combine(day, time.max, timezone(timedelta(hours=-12))).astimezone(UTC) if day else None


def capture_day(draft: Draft) -> date | None:
    """Return the day on which the page was captured, where the options say it (`capture_date`)."""
    value = _stated_capture(draft)
    if isinstance(value, datetime):
        zone = dates.zone_info(draft.defaults.time_zone) if draft.defaults.time_zone else None
        return (value if value.tzinfo is None else value.astimezone(zone or UTC)).date()
    return value


def _stated_capture(draft: Draft) -> date | datetime | None:
    value = draft.defaults.options.get("capture_date")
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, date) else None


def lines_of(lines: list[Line], draft: Draft) -> Iterator[tuple[Line, list[Clause]]]:
    """Yield the date lines among lines, with what they say."""
    language, captured = draft.values.get("language"), capture_day(draft)
    for line in lines:
        if clauses := read(line.text, language=language, captured=captured):
            yield line, clauses
