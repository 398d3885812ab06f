"""The lines of a capture that anybody's page has, the run of lines that is the text, and its pictures' captions."""

from __future__ import annotations

import re
from itertools import pairwise

from onrecord.converters import datelines, lexicon, paragraphs
from onrecord.converters.capture.names import is_byline
from onrecord.converters.draft import Draft
from onrecord.converters.lines import Ledger, Line, fold

STRONG = 110
"""Code points from which a line that ends as a sentence does is certainly running text."""
MOST = 700
"""Code points that one line weighs at most."""
AGAINST = 130
"""What a line that is no sentence weighs against the text around it."""
END_SHARE = 50
"""Percent of the text so far that such a line weighs at least: what follows must be as much to count."""
END = 700
"""What a line below which no article goes on weighs against it."""
DENSE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
"""Characters of scripts that say much in few."""


def _lexicon() -> lexicon.Lexicon:
    return lexicon.load("general")


def known_lines(draft: Draft, ledger: Ledger) -> None:
    """Place the lines that say something wherever they stand: boilerplate, the reading time, the share left to read."""
    link: Line | None = None
    for line in ledger.lines:
        if link and line.number - link.number <= 2 and len(line.text) < STRONG and not is_end(line.text):
            ledger.place([line], "boilerplate: related-article")
            link = None
        elif kind := _lexicon().kind(line.text) or lexicon.load("lemonde").kind(line.text):
            ledger.place([line], f"boilerplate: {kind}")
            link = line if kind == "related-article" and len(line.text) <= 20 else None
        elif reading_time(draft, line, line.text):
            ledger.place([line], "reading_minutes")
        elif percent := _lexicon().reads("unread", line.text):
            _unread(draft, ledger, line, percent)


def reading_time(draft: Draft, line: Line, text: str) -> bool:
    """Read how long reading takes, where a text says that and nothing else."""
    minutes = _lexicon().reads("reading_time", text)
    if minutes and not draft.has("reading_minutes"):
        draft.put("reading_minutes", int(minutes), "a line that says so", 0.9, line=line.number)
    return minutes is not None


def _unread(draft: Draft, ledger: Ledger, line: Line, percent: str) -> None:
    share = float(percent.replace(",", ".")) / 100
    if share <= 1 and not draft.has("unread_share"):
        draft.put("unread_share", round(share, 6), "a line that says so", 0.95, line=line.number)
        draft.put("is_complete", share == 0, "the share left to read", 0.95, line=line.number)
        ledger.place([line], "unread_share")


def find(ledger: Ledger) -> tuple[int, int]:
    """Return the run of lines that weighs most (Kadane's maximum subarray), as a slice of the ledger's lines."""
    best, here, start, found = 0, 0, 0, (0, 0)
    for index, line in enumerate(ledger.lines):
        if here <= 0:
            here, start = 0, index
        here -= max(END, here * END_SHARE // 100) if is_end(line.text) else -_weight(ledger, line)
        if here > best:
            best, found = here, (start, index + 1)
    return found


def _weight(ledger: Ledger, line: Line) -> int:
    text, role = line.text, ledger.role(line)
    if role is not None:
        return -AGAINST // 3
    size = min(len(text) * (3 if DENSE.search(text[:40]) else 1), MOST)
    if paragraphs.is_paragraph(text):
        return size if size >= 60 else size // 2
    return -AGAINST


def is_end(text: str) -> bool:
    """Tell whether a line stands below articles, as a heading of what follows.

    >>> is_end("Read Next"), is_end("Read next year's forecast, which is longer than any heading would be here.")
    (True, False)
    """
    if len(text) > 70:
        return any(fold(text[:60]).startswith(word) for word in _lexicon().words["end"] if len(word) > 18)
    low = fold(text).rstrip(" :…")
    words = _lexicon().words["end"]
    return low in words or any(low.startswith(word) for word in words if " " in word and len(word) > 8)


def captions(ledger: Ledger, lines: list[Line]) -> None:
    """Place captions: lines with a credit, a line said again with its credit, and the credits themselves."""
    first = next((line.number for line in lines if len(line.text) >= STRONG and paragraphs.is_paragraph(line.text)), 0)
    for line, following in pairwise([*lines, Line(0, "")]):
        if ledger.role(line) is not None or len(line.text) > paragraphs.MAX_CAPTION:
            continue
        bare = line.text.rstrip(" .…")
        is_twice = len(bare) > 15 and following.text.startswith(bare) and following.number - line.number <= 2
        is_twice = is_twice and (line.number > first or following.text != line.text)
        if is_twice and len(following.text) <= paragraphs.MAX_CAPTION:
            ledger.place([line], "boilerplate: repeated")
            ledger.place([following], "captions")
        elif _is_credit(line.text):
            ledger.place([line], "boilerplate: credit")
        elif paragraphs.has_credit(line.text) or _ends_in_credit(line.text):
            ledger.place([line], "captions")
    for line, following in reversed(list(pairwise(lines))):
        _above_picture_line(ledger, line, following)


def _above_picture_line(ledger: Ledger, line: Line, following: Line) -> None:
    """Place what stands right above a credit or a caption, in the same block or as a short block of its own."""
    below = ledger.role(following)
    if ledger.role(line) is not None or below not in {"captions", "boilerplate: credit"} or len(line.text) > 350:
        return
    is_joined = not following.starts_block and paragraphs.is_paragraph(line.text)
    is_photo = (
        below == "boilerplate: credit"
        and PHOTO.match(following.text) is not None
        and len(line.text) < 200
        and _is_scene(line.text)
    )
    if (is_joined or is_photo) and not datelines.read(line.text) and not is_byline(line.text):
        ledger.place([line], "captions")


def _is_scene(text: str) -> bool:
    """Tell whether a line is one sentence that quotes nobody, as what a picture shows is told."""
    return re.search(r"[.!?]\s|[«»„“”\"]", text) is None


def _is_credit(text: str) -> bool:
    low = fold(text)
    return len(low) <= 120 and any(low.startswith(word) for word in _lexicon().words["credit"])


PHOTO = re.compile(r"©|\(?(?:Foto|Photo|Bild|Fotos|Image|Fot\.)\b")
CREDIT = re.compile(
    r"(?:©|\(?(?:Foto|Photo|Bild|Image|Photograph|Fot\.|Ljósmynd|Фото|Photo by|Picture|Grafik|Quelle)s?\s?"
    r"(?::|by\b|©|/))"
    r"[^.!?]{2,80}\)?\.?$"
)


def _ends_in_credit(text: str) -> bool:
    return CREDIT.search(text[-110:]) is not None
