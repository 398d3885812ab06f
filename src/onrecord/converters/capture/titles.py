"""The title and the standfirst of a capture: which lines above the text they are."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from onrecord.converters import bylines, dates, paragraphs
from onrecord.converters.capture.run import DENSE
from onrecord.converters.draft import Draft
from onrecord.converters.lines import Ledger, Line

MAX_STANDFIRST = 350
MAX_HALF = 150
"""Code points of the second half of a title that stands in two lines."""
MOST_CANDIDATES, NEAR = 14, 5
"""Lines above the text that may be its title, and those among which one that is said again wins."""
GOOD, GOOD_AGAIN = 1.0, 0.8
"""What a line must fit the text to be the title before all later ones; one that is said again, less."""
LEAST = 0.3
"""What a line must fit the text at least."""
WORD = re.compile(r"[\w\u0300-\u036f\u0900-\u0dff]+")
"""A word, with the vowel signs and accents that are no letters."""


def headline(draft: Draft, ledger: Ledger, above: list[Line], run: list[Line]) -> None:
    """Take as the title the line above the text that fits it: the first that fits well, else the one that fits best."""
    candidates = [line for line in above if ledger.role(line) is None and _could_be_title(line.text)]
    best, score = _best(ledger, candidates[:MOST_CANDIDATES], run)
    if best is None:
        hint = "say it in a file beside the document"
        draft.warn("headline-missing", "no line of the document is certainly its title", hint, field="headline")
        return
    best = max((o for o in candidates if _letters(o.text) == _letters(best.text)), key=lambda line: len(line.text))
    text = _bare(best.text, ledger)
    places = [line for line in ledger.lines if line.text in {best.text, text}]
    if (rest := _second_half(ledger, best)) is not None:
        text, places = f"{best.text.rstrip(' :')}: {rest.text}", [*places, rest]
    draft.put("headline", text, "the line above the text that fits it", min(0.95, score / 1.6), line=best.number)
    ledger.place(places, "headline")


def _best(ledger: Ledger, candidates: list[Line], run: list[Line]) -> tuple[Line | None, float]:
    """Return the first candidate that fits well, a repeated one before others, else the one that fits best."""
    vocabulary = set(_words(" ".join(line.text for line in run[:6])))
    starts = Counter(line.text for line in ledger.lines)
    scored = []
    for position, line in enumerate(candidates):
        is_repeated = starts[line.text] > 1 or any(
            t != line.text and t.startswith(line.text) for t in list(starts)[:40]
        )
        score = _fit(line.text, vocabulary) - 0.05 * position + (0.4 if is_repeated else 0)
        scored.append((line, score))
    good = [found for found in scored if found[1] >= GOOD]
    again = [found for found in scored[:NEAR] if found[1] >= GOOD_AGAIN and _echoes(ledger, found[0]) > 1]
    chosen = (again or good)[:1] or sorted(scored, key=lambda found: -found[1])[:1]
    return chosen[0] if chosen and chosen[0][1] > LEAST else (None, 0.0)


def _echoes(ledger: Ledger, line: Line) -> int:
    """Return how many other lines begin with a line, not counting its neighbours: a caption stands twice in a row.

    Whom a picture shows is no title, however often it is said.
    """
    if bylines.is_name(line.text):
        return 0
    return sum(other.text.startswith(line.text) for other in ledger.lines if abs(other.number - line.number) > 1)


def _bare(title: str, ledger: Ledger) -> str:
    """Return a title without what a page sets beside it: the outlet after a bar, a day, a kicker run into it."""
    head, bar, tail = title.rpartition(" | ")
    if bar and len(tail.split()) <= 3 < len(head.split()):
        title = head
    stamps = dates.find_stamps(title[-40:])
    if stamps and stamps[-1].end >= len(title[-40:].rstrip()):
        cut = title[: max(0, len(title) - 40) + stamps[-1].start].rstrip(" –—-|·,")
        title = cut if len(cut.split()) > 3 else title
    said = {line.text for line in ledger.lines if line.text != title}
    again = next((part for part in _tails(title) if part in said), None)
    return again or _without_kicker(title, "\n".join(said))


def _without_kicker(title: str, said: str) -> str:
    """Return a title without the kicker that a capture ran into it.

    It is a name of two or three words that the text says too, right before a title in sentence case.

    >>> _without_kicker("Orlan League Setback for the bakers at home", "They lead the Orlan League.")
    'Setback for the bakers at home'
    >>> _without_kicker("Orlan League: Setback for the bakers", "They lead the Orlan League.")
    'Orlan League: Setback for the bakers'
    """
    words = title.split(" ")
    for count in (3, 2):
        kicker, rest = words[:count], words[count:]
        is_name = all(word[:1].isupper() and word[-1:].isalnum() for word in kicker) and rest[:1] != []
        is_sentence = len(rest) >= 4 and rest[0][:1].isupper() and any(w.islower() and len(w) > 4 for w in rest)
        if is_name and is_sentence and ":" not in " ".join(rest[:3]) and " ".join(kicker) in said:
            return " ".join(rest)
    return title


def _tails(title: str) -> list[str]:
    """Return what is left of a title without its first words, the longest first."""
    words = title.split(" ")
    counts = range(1, min(5, len(words) - 3))
    return [" ".join(words[count:]) for count in counts if words[count - 1][-1:].isalnum()]


def _second_half(ledger: Ledger, title: Line) -> Line | None:
    """Return the line that goes on with a title which ends with a colon."""
    if not title.text.endswith(":"):
        return None
    index = next(i for i, line in enumerate(ledger.lines) if line is title)
    following = next(iter(ledger.lines[index + 1 :]), None)
    is_free = following is not None and ledger.role(following) is None and len(following.text) <= MAX_HALF
    return following if is_free else None


def _letters(text: str) -> str:
    """Return the letters and digits of a text: a title may stand twice, once with its parts run together."""
    return "".join(filter(str.isalnum, text.casefold()))


def _fit(text: str, vocabulary: set[str]) -> float:
    """Return how well a line could be the title of a text: the words they share, and its shape."""
    words = set(_words(text))
    shared = len(words & vocabulary) / len(words) if words else 0.0
    is_sentence, is_odd = text.endswith("."), " | " in text or text.endswith("!")
    is_short = len(text.split()) < 3
    return (
        shared
        + 0.75 * min(len(words), 8) / 8
        - 0.6 * is_sentence
        - 0.5 * is_odd
        - 0.6 * (is_short and not DENSE.search(text))
    )


def _words(text: str) -> list[str]:
    """Return the words that tell of what a text is about; pairs of characters in scripts without spaces."""
    dense = DENSE.findall(text)
    if len(dense) > 3:
        return [one + other for one, other in pairwise(dense)]
    return [word for word in WORD.findall(text.casefold()) if len(word) > 3]


def _could_be_title(text: str) -> bool:
    size = len(text) * (3 if DENSE.search(text) else 1)
    return size >= 12 and len(text) <= 220 and not text.startswith(("•", "http", "©", "("))


def standfirst(draft: Draft, ledger: Ledger, first: int, end: int) -> None:
    """Take as the standfirst the short paragraph below the title that a longer one follows."""
    lines = ledger.lines
    title = next((i for i in range(first) if ledger.role(lines[i]) == "headline"), None)
    if title is None:
        return
    below = [line for line in lines[title + 1 : end] if ledger.role(line) in {None, "headline"}][:8]
    if below and below[0] is lines[title + 1] and _is_open_standfirst(below):
        _place_standfirst(draft, ledger, below[0], 0.6)
        return
    sentences = [line for line in below if paragraphs.is_paragraph(line.text) and ledger.role(line) is None]
    if len(sentences) > 2 and _is_picture_first(sentences):
        sentences.pop(0)
    if len(sentences) > 1 and _is_standfirst(ledger, sentences[0], sentences[1]):
        _place_standfirst(draft, ledger, sentences[0], 0.65)


def _is_picture_first(sentences: list[Line]) -> bool:
    """Tell whether the first of three paragraphs is a picture's caption above a standfirst."""
    first, second, third = (len(line.text) for line in sentences[:3])
    return first < 135 < second <= MAX_STANDFIRST and third > 1.25 * second


def _is_open_standfirst(below: list[Line]) -> bool:
    """Tell whether the line right below the title is a standfirst without a full stop."""
    text = below[0].text
    return (
        50 <= len(text) <= 300 and below[0].starts_block and not paragraphs.is_paragraph(text) and len(text.split()) > 6
    )


def _is_standfirst(ledger: Ledger, line: Line, following: Line) -> bool:
    if not 50 <= len(line.text) <= MAX_STANDFIRST:
        return False
    between = [ledger.role(other) for other in ledger.lines if line.number < other.number < following.number]
    is_parted = any(
        role in {"dates", "byline", "captions", "reading_minutes", "boilerplate: credit"} for role in between
    )
    return is_parted or len(following.text) > 1.25 * len(line.text)


def _place_standfirst(draft: Draft, ledger: Ledger, line: Line, confidence: float) -> None:
    draft.put("description", line.text, "the short paragraph between title and text", confidence, line=line.number)
    ledger.place([line], "description")
