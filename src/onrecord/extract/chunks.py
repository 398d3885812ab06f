"""What stands between two spaces of a text, cut into tokens with a letter each; every such chunk is read once."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Final

from onrecord.extract.marks import MASK, MASKED
from onrecord.extract.words import PUNCTUATION, Chunk, Words

MEMORY: Final = 60_000
"""Chunks that are remembered: some 36 MB, and most of what is met in as many as 1,500 articles."""

LONG: Final = 40
"""Characters from which a chunk is not remembered."""

_TOKEN: Final = re.compile(
    r"\s*+(?:[a-zA-Z]++(?![\w'’&@/.-])"
    r"|[,;:()]"
    r"|\ue000[\ue001-\ue005]*"
    r"|[^\W\d_]++(?:[-’'&@/.][^\W_]++)*+(?:(?<=\.[^\W\d_])\.(?:-[^\W_]+)*|[’'])?"
    r"|[$£€#]?\d+(?:[.,:/]\d+)*%?(?:[-–]\d+)*(?:[-–]?[^\W\d_]+)*"
    r"|--+|[-–—―]|[.!?…]+|[^\s])"
)
"""What a token is: a word, a mark, a masked quotation, a word with joints, a figure, or one character."""

_LOWER: Final = re.compile(r"[a-z]++(?:-[a-z]++)?+")
_STOPS: Final = frozenset(".!?…")
_DASHES: Final = frozenset("-–—―")
_FIGURES: Final = frozenset("$£€#")


def read(text: str, words: Words) -> list[Chunk]:
    """Return the chunks of a text as they are inside a sentence.

    Examples
    --------
    >>> from onrecord.extract.lexicon import load
    >>> from onrecord.extract.words import compiled
    >>> [chunk.letters for chunk in read("Mr. Moss said so, often.", compiled(load("en")))]
    ['N', 'N', 'V', 's,', 'r.']
    """
    met = words.met
    if len(met) > MEMORY:
        met.clear()
    return [met.get(piece) or _meet(piece, words) for piece in text.split(" ")]


def has_cue(text: str, chunks: list[Chunk], words: Words) -> bool:
    """Tell whether a sentence of these chunks holds a reporting word at all; most need no closer look."""
    led = False
    for chunk in chunks:
        if chunk.reports:
            return True
        led = led or chunk.led
    return led and _leads(text.lower(), words)


def _leads(lower: str, words: Words) -> bool:
    """Tell whether a sentence holds a word that reports and another with which alone it does."""
    found = _LOWER.findall(lower)
    return ":" in lower or any(not words.led[word].isdisjoint(found) for word in found if word in words.led)


def closing(piece: str, words: Words) -> Chunk:
    """Read a chunk that ends a sentence, so that no abbreviation takes its full stop."""
    return _cut(piece, words, last=True)


def opening(word: str, words: Words) -> str:
    """Return the letter of the first token of a sentence."""
    known = words.first.get(word)
    if known is None:
        known = _letter(word, words, first=True, title=False)
        if len(words.first) < MEMORY and len(word) < LONG:
            words.first[word] = known
    return known


def _meet(piece: str, words: Words) -> Chunk:
    """Read a chunk, and remember it unless it is long or holds a quotation."""
    if piece.rfind(MASK) == 0:
        return _quotation(piece, words)
    chunk = _cut(piece, words, last=False)
    if len(piece) < LONG and MASK not in piece:
        words.met[piece] = chunk
    return chunk


def _quotation(piece: str, words: Words) -> Chunk:
    """Read a chunk that begins with a masked quotation, and holds no other one."""
    rest = piece.lstrip(MASKED)
    size = len(piece) - len(rest)
    chunk = Chunk("Q", "Q", [(piece[:size], size, size)], len(piece))
    if rest.strip():
        after = words.met.get(rest) or _meet(rest, words)
        chunk.letters, chunk.titles = "Q" + after.letters, "Q" + after.titles
        tokens = [(after.word, after.length, after.end), *after.rest]
        chunk.rest = tuple([(word, length, size + end) for word, length, end in tokens])
        chunk.reports, chunk.led, chunk.saying = after.reports, after.led, after.saying
        chunk.joined = after.joined
    return chunk


def _cut(piece: str, words: Words, *, last: bool) -> Chunk:
    found = _TOKEN.findall(piece)
    joined = _joined(found, words, last=last) if "." in found else found
    written = [token.lstrip() for token in joined]
    letters = [_letter(token, words, first=False, title=False) for token in written]
    titles = [_letter(token, words, first=False, title=True) for token in written]
    ends = accumulate(map(len, joined))
    tokens = [(token.lower(), len(token), end) for token, end in zip(written, ends, strict=True)]
    chunk = Chunk("".join(letters), "".join(titles), tokens, len(piece))
    simple = _LOWER.findall(piece.lower())
    chunk.reports, chunk.led = not words.cue_words.isdisjoint(simple), not words.led.keys().isdisjoint(simple)
    chunk.saying = not words.nouns.keys().isdisjoint([word for word, _, _ in tokens])
    chunk.joined = found[-1:] == ["."] and joined[-1] != "."
    return chunk


def _joined(found: list[str], words: Words, *, last: bool) -> list[str]:
    """Join a full stop to its abbreviation, unless it ends the sentence."""
    out: list[str] = []
    for index, piece in enumerate(found):
        stays = index == 0 or (last and index == len(found) - 1)
        if piece == "." and not stays and words.shortens(out[-1].lstrip()):
            out[-1] += piece
        else:
            out.append(piece)
    return out


def _letter(word: str, words: Words, *, first: bool, title: bool) -> str:
    """Return the letter of a token."""
    head, lower = word[0], word.lower()
    known = words.tags.get(lower)
    if known is not None and head == lower[0]:
        return known
    if head == MASK:
        return "Q"
    if not head.isalnum():
        return _mark(word)
    if head.isdigit():
        return "#"
    if "'" in word or "’" in word:
        joined = _contraction(lower.replace("’", "'"), words)
        if joined:
            return joined
    if head == lower[0]:
        return words.suffixes.get(lower[-3:]) or words.suffixes.get(lower[-2:]) or "n"
    if known == "D" and not first and lower in words.lists["lower_times"]:
        return "N"
    if known == "D" or lower in words.lists["capital"]:
        return known or "p"
    return known if known and (first or title) and known not in "vzyMn" else "N"


def _mark(word: str) -> str:
    if len(word) > 1 and word[0] in _FIGURES:
        return "#"
    return PUNCTUATION.get(word) or ("." if word[0] in _STOPS else "-" if word[0] in _DASHES else "n")


def _contraction(lower: str, words: Words) -> str | None:
    """Return the letter of a word with an apostrophe: an auxiliary, a pronoun with one, or a possessive."""
    if lower in words.tags:
        return words.tags[lower]
    stem, _, ending = lower.rpartition("'")
    if words.tags.get(stem, "n") in "pPWw" or stem in words.lists["elision_stems"]:
        return "k"
    return "H" if ending in words.lists["possessive_endings"] or not ending else None
