"""From the text of one field to the statements in it: what was said, by whom, in which words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Final

from onrecord.extract import asides, chunks, inherit, marks, pairing, rules, sentences, spans, tokens, transcripts
from onrecord.extract.confidence import UNNAMED
from onrecord.extract.lexicon import UNKNOWN_LANGUAGE, Lexicon
from onrecord.extract.marks import Region
from onrecord.extract.model import Statement, in_order
from onrecord.extract.words import Words, compiled
from onrecord.records import FieldName, SetAside

DASHES: Final = frozenset("—–―-")
NEAR: Final = 4
"""Characters that may stand between a quotation and a name that signs it in the line below."""
NO_LEXICON: Final = "no lexicon for this language"
"""The method of quotations in a language whose words are not known."""


def statements(text: str, field: FieldName, lexicon: Lexicon) -> tuple[list[Statement], list[SetAside]]:
    """Return every statement of a text in reading order, and every quotation mark that quotes nobody.

    Examples
    --------
    >>> from onrecord.extract.lexicon import load
    >>> said, _ = statements('Moss said the bridge was "safe."', "body", load("en"))
    >>> [(s.kind, s.source.text, s.cue.text, [p.text for p in s.spans]) for s in said]
    [('mixed', 'Moss', 'said', ['the bridge was', 'safe.'])]
    """
    words = compiled(lexicon)
    found = pairing.pair(text, lexicon)
    quoted = asides.quotations(text, found, words)
    if lexicon.language == UNKNOWN_LANGUAGE:
        said = [_unread(text, field, region) for region in quoted]
    else:
        turns = transcripts.turns(text, lexicon)
        said = _told(text, field, words, quoted, turns)
        if turns:
            said += transcripts.statements(text, field, turns, lexicon)
            said = in_order(said)
    return said, asides.set_aside(text, field, found, said)


def _told(
    text: str, field: FieldName, words: Words, quoted: list[Region], turns: list[transcripts.Turn]
) -> list[Statement]:
    """Read the sentences that hold a quotation or a reporting word, one after another."""
    masked = marks.mask(text, quoted)
    opened = [region.start for region in quoted]
    seen = 0
    starts = [turn.name[0] for turn in turns]
    story = inherit.Story(text, masked, field, words)
    for place in sentences.split(text, masked, words):
        start, end, _ = place
        first, seen = seen, bisect_left(opened, end, seen)
        if turns and (index := bisect_right(starts, end - 1)) and start < turns[index - 1].content[1]:
            continue
        sentence = masked[start:end].rstrip()
        known = chunks.read(sentence, words)
        if (
            first < seen
            or masked[start] in DASHES
            or masked.rfind(":", max(start, end - 4), end) >= 0
            or (seen and start - quoted[seen - 1].end < NEAR and "\n" in text[quoted[seen - 1].end : start])
            or chunks.has_cue(sentence, known, words)
        ):
            regions = {region.start: region for region in quoted[first:seen]} if first < seen else {}
            story.tell(rules.read(tokens.read(masked, place, words, regions, known), words))
        story.past = place
    return story.finish()


def _unread(text: str, field: FieldName, region: Region) -> Statement:
    """Keep a quotation whose source cannot be read."""
    pieces = spans.spans(text, [(region.start, region.end)], [region])
    return Statement(field, "direct", pieces, None, None, NO_LEXICON, UNNAMED, (region.start, region.end))
