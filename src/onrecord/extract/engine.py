"""From the text of one field to the statements in it: what was said, by whom, in which words."""

from __future__ import annotations

from onrecord.extract import asides, inherit, marks, rules, sentences, tokens
from onrecord.extract.lexicon import Lexicon
from onrecord.extract.model import Statement
from onrecord.extract.words import compiled
from onrecord.records import FieldName, SetAside


def statements(text: str, field: FieldName, lexicon: Lexicon) -> tuple[list[Statement], list[SetAside]]:
    """Return every statement of a text in reading order, and every quotation mark that quotes nobody."""
    words = compiled(lexicon)
    found = marks.pair(text, lexicon)
    quoted = asides.quotations(text, found, words)
    masked = marks.mask(text, quoted)
    story = inherit.Story(text, field, words)
    at = {region.start: region for region in quoted}
    lower = masked.lower() if len(masked.lower()) == len(masked) else masked
    for span in sentences.split(text, masked, words):
        if marks.MASK in masked[span[0] : span[1]] or sentences.has_cue(lower, span[0], span[1], words):
            story.tell(rules.read(tokens.read(masked, lower, span, words, at), words))
    said = story.finish()
    return said, asides.set_aside(text, field, found, said)
