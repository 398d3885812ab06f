"""Who wrote a capture's article: a line that opens as bylines do, or a name beside the date."""

from __future__ import annotations

import re
from itertools import pairwise

from onrecord.converters import bylines
from onrecord.converters.draft import Draft
from onrecord.converters.lines import Ledger, Line

MAX_BYLINE = 120
MAX_OPENER = 30
"""Code points of a line that opens a byline and goes on below."""
AGENCIES = frozenset(
    (
        "AFP",
        "AP",
        "dpa",
        "ANSA",
        "EFE",
        "PA",
        "Reuters",
        "The Associated Press",
        "Associated Press",
        "Agence France-Presse",
    )
)
"""Agencies that sign articles as people do."""
WRITER = re.compile(r"(?P<name>[^\W\d_][^,.;:]{4,40}?),? (?:is|ist|est|es|è|er|är|jest|je) (?P<rest>.{3,160})")
AGO = re.compile(
    r"(?:(?:vor|il y a|hace|há|för|for) )?\d{1,2} ?(?:min|minut|minuto|minuti|hour|hr|stunde|heure|hora|ora|ore|time|"
    r"timme|timmar|uur|uren|godzin|day|tag|jour|día|giorn|dag|dni)\w{0,3}\.?(?: (?:ago|fa|geleden|sedan|siden|temu))?",
    re.IGNORECASE,
)
"""How long ago an article was published, as pages say it."""
RUN_IN = re.compile(rf"\s?\|?\s?(?:{AGO.pattern}|(?<=\|)\s?[Pp]ublished)$", re.IGNORECASE)


def put(draft: Draft, line: Line) -> None:
    """Put what a byline says into a draft."""
    byline = bylines.read(line.text)
    draft.put("byline", line.text, "a line that opens as bylines do", 0.9, line=line.number)
    if any(_is_outlet(name) for name in byline.names):
        hint = "say the authors in a file beside the document, where they are known"
        draft.warn(
            "byline-unread", "the byline names an outlet", hint, line=line.number, field="authors", value=line.text
        )
    elif byline.names and not byline.unread and not byline.is_lossy:
        draft.put("authors", byline.names, "the byline", 0.9, line=line.number)
    elif byline.is_lossy:
        hint = "say the authors in a file beside the document, where they are known"
        message = "a name is missing from the byline"
        draft.warn("byline-lost", message, hint, line=line.number, field="authors", value=line.text)


def _is_outlet(name: str) -> bool:
    """Tell whether a name begins as those of newspapers do, and is no agency's."""
    return name not in AGENCIES and name.split(maxsplit=1)[0].casefold() in {"the", "le", "der", "die", "das", "il"}


def is_byline(text: str) -> bool:
    """Tell whether a line is a byline and nothing else."""
    byline = bylines.read(text)
    return (
        byline.has_opener
        and len(text) <= 120
        and not text.endswith((".", "?", "!", ":", "…"))
        and (bool(byline.names) or byline.is_lossy)
        and not byline.unread
    )


def continued(draft: Draft, ledger: Ledger, lines: list[Line]) -> None:
    """Read a byline whose opener stands in a line of its own ("Comment by"), the names below it."""
    if draft.has("byline"):
        return
    for line, following in pairwise(lines):
        if ledger.role(following) is not None or len(line.text) > MAX_OPENER or following.number - line.number > 2:
            continue
        opened = bylines.read(line.text)
        if opened.has_opener and not opened.names and not opened.unread and (found := _full_names(following.text)):
            _write(draft, following, found, "the line below one that opens as bylines do", 0.9)
            ledger.place([line, following], "byline")
            return


def unmarked(draft: Draft, ledger: Ledger, lines: list[Line], text: str) -> None:
    """Take a line that is only names, beside a date line or said twice, as the byline.

    Whom the text speaks of is not its author.
    """
    if draft.has("byline"):
        return
    for index, line in enumerate(lines):
        if ledger.role(line) is not None:
            continue
        names, is_dated = _before_time(line.text)
        found = _full_names(names)
        if not found or _is_spoken_of(found, text):
            continue
        beside = [other for other in lines[max(0, index - 1) : index + 2] if abs(other.number - line.number) in {1, 2}]
        if is_dated or any(other.text == line.text or _is_date(ledger, other) for other in beside):
            _write(draft, line, found, "a name beside the date", 0.75)
            ledger.place([other for other in lines if other.text == line.text], "byline")
            return


def beside(draft: Draft, line: Line, parts: list[str]) -> None:
    """Take names that stand in one line with a date as the byline."""
    found = next(filter(None, map(_full_names, parts)), ())
    if found and not draft.has("byline"):
        _write(draft, line, found, "a name beside the date", 0.75)


def below_title(draft: Draft, ledger: Ledger, lines: list[Line], text: str) -> None:
    """Take a name that stands alone between the title and the text as the byline; the last way, and the least sure."""
    title = next((i for i, line in enumerate(lines) if ledger.role(line) == "headline"), None)
    if draft.has("byline") or title is None:
        return
    for line in lines[title + 1 :]:
        found = () if "/" in line.text[1:] else _full_names(line.text.lstrip("/–—-• "))
        is_place = any(word in text for name in found if name not in AGENCIES for word in name.split())
        if ledger.role(line) is None and found and not is_place:
            _write(draft, line, found, "a name between title and text", 0.65)
            ledger.place([line], "byline")
            return


def introduced(draft: Draft, ledger: Ledger, lines: list[Line]) -> None:
    """Read who is introduced as the writer: "Ann Sample is a reporter for …", or a name above a line with the role."""
    if draft.has("byline"):
        return
    for line, following in pairwise([*lines, Line(0, "")]):
        match = WRITER.match(line.text)
        name = match["name"] if match else line.text
        is_said = match is not None and _has_role(match["rest"].split()[:12])
        is_above = match is None and following.number - line.number == 1 and _has_role(following.text.split()[:3])
        if (is_said or is_above) and (found := _full_names(name)) and len(found) == 1:
            _write(draft, line, found, "who is introduced as its writer", 0.7)
            ledger.place([line, following] if is_above else [line], "byline")
            return


def _has_role(tokens: list[str]) -> bool:
    return any(token.strip(".,").casefold() in bylines.words("writers") for token in tokens)


def _write(draft: Draft, line: Line, names: tuple[str, ...], evidence: str, confidence: float) -> None:
    draft.put("byline", line.text, evidence, confidence, line=line.number)
    draft.put("authors", names, evidence, confidence, line=line.number)


def _is_date(ledger: Ledger, line: Line) -> bool:
    return ledger.role(line) == "dates" or AGO.fullmatch(line.text) is not None


def _before_time(text: str) -> tuple[str, bool]:
    """Return what stands before a time that a capture ran into a name ("Ann Sample2 hours ago"), and whether it did."""
    match = RUN_IN.search(text[:MAX_BYLINE])
    return (text[: match.start()], True) if match and match.start() > 4 else (text, False)


def _is_spoken_of(names: tuple[str, ...], text: str) -> bool:
    return any(name.split()[-1] in text for name in names if name not in AGENCIES)


def _full_names(text: str) -> tuple[str, ...]:
    """Return the names in a text that is nothing but names, each with two words or more, or agencies among them.

    >>> _full_names("Mara Quill | Tomas Venn"), _full_names("Orlan"), _full_names("MARA QUILL")
    (('Mara Quill', 'Tomas Venn'), (), ())
    """
    if len(text) > MAX_BYLINE:
        return ()
    byline = bylines.read(text)
    is_sure = bool(byline.names) and not byline.unread and not byline.is_lossy
    return byline.names if is_sure and all(n in AGENCIES or _is_full_name(n) for n in byline.names) else ()


def _is_full_name(text: str) -> bool:
    tokens = text.split()
    return (
        2 <= len(tokens) <= 4
        and bylines.is_name(text)
        and all(t[0].isupper() for t in (tokens[0], tokens[-1]))
        and (not text.isupper() and not any(c in ",;:&" for c in text))
        and not any(token.casefold() in bylines.words("headings") for token in tokens)
    )
