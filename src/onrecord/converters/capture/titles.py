"""The title and the standfirst of a capture: which lines above the text they are."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from onrecord.converters import paragraphs
from onrecord.converters.capture.run import DENSE
from onrecord.converters.draft import Draft
from onrecord.converters.lines import Ledger, Line

MAX_STANDFIRST = 350


def headline(draft: Draft, ledger: Ledger, above: list[Line], run: list[Line]) -> None:
    """Take as the title the line above the text that fits it: the first that fits well, else the one that fits best."""
    vocabulary = set(_words(" ".join(line.text for line in run[:6])))
    starts = Counter(line.text for line in ledger.lines)
    candidates = [line for line in above if ledger.role(line) is None and _could_be_title(line.text)]
    best, most = None, 0.3
    for position, line in enumerate(candidates[:14]):
        is_repeated = starts[line.text] > 1 or any(
            t != line.text and t.startswith(line.text) for t in list(starts)[:40]
        )
        score = _fit(line.text, vocabulary) - 0.05 * position + (0.4 if is_repeated else 0)
        if score > most:
            best, most = line, score
        if score >= 1:
            break
    if best is None:
        hint = "say it in a file beside the document"
        draft.warn("headline-missing", "no line of the document is certainly its title", hint, field="headline")
        return
    best = max(
        (line for line in candidates if _letters(line.text) == _letters(best.text)), key=lambda line: len(line.text)
    )
    draft.put("headline", best.text, "the line above the text that fits it", min(0.95, most / 1.6), line=best.number)
    ledger.place([line for line in ledger.lines if line.text == best.text], "headline")


def _letters(text: str) -> str:
    """Return the letters and digits of a text: a title may stand twice, once with its parts run together."""
    return "".join(filter(str.isalnum, text.casefold()))


def _fit(text: str, vocabulary: set[str]) -> float:
    """Return how well a line could be the title of a text: the words they share, and its shape."""
    words = set(_words(text))
    shared = len(words & vocabulary) / len(words) if words else 0.0
    is_sentence, is_odd, is_short = text.endswith("."), " | " in text or text.endswith("!"), len(text.split()) < 3
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
    return [word for word in re.findall(r"\w+", text.casefold()) if len(word) > 3]


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
