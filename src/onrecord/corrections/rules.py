"""Every kind of finding about corrections."""

from __future__ import annotations

from onrecord.reports import Rule, Severity


def _rule(code: str, title: str, why: str, example: str, remedy: str) -> Rule:
    return Rule(code=code, severity=Severity.ERROR, title=title, why=why, example=example, remedy=remedy)


FILE = _rule(
    "corrections-file",
    "A correction cannot be read",
    "What is misspelt would silently not be applied.",
    "the action `chagne`",
    "see docs/corrections.md, or write the row with `onrecord correct`",
)
DOCUMENT = _rule(
    "correction-document",
    "A correction names no document",
    "It is applied to nothing.",
    "a document that was renamed",
    "write the document's path in the collection, or its article_id",
)
ANCHOR = _rule(
    "correction-anchor",
    "A correction finds no quote, or several",
    "It is not known what is to be put right.",
    'the words "Yes." where two quotes hold them',
    "copy the words from the quotes table; make them unique by more words, field, prefix or suffix",
)
OUTDATED = _rule(
    "correction-outdated",
    "The old value of a correction no longer holds",
    "What was put right is not what stands there now, and may be right by itself.",
    "old `She`, where the build now gives `Mara Quill`",
    "look again: remove the row if the build is right now, or write the value that it gives as old",
)
IMPOSSIBLE = _rule(
    "correction-impossible",
    "A correction asks for what cannot be",
    "Sources, cues and content are pieces of the article's text.",
    "a source whose words the article does not hold",
    "copy the words from the document as they stand there",
)
RULES = {rule.code: rule for rule in (FILE, DOCUMENT, ANCHOR, OUTDATED, IMPOSSIBLE)}
"""Every rule about corrections, by code."""
