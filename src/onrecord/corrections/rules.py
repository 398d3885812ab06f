"""Every kind of finding about corrections."""

from __future__ import annotations

from onrecord.reports import rules

RULES = rules("""
corrections-file | E | A correction cannot be read | What is misspelt would silently not be applied.
    | the action `chagne` | see docs/corrections.md, or write the row with `onrecord correct`
correction-document | E | A correction names no document | It is applied to nothing. | a document that was renamed
    | write the document's path in the collection, or its article_id
correction-anchor | E | A correction finds no quote, or several | It is not known what is to be put right.
    | the words "Yes." where two quotes hold them
    | copy the words from the quotes table; make them unique by more words, field, prefix or suffix
correction-outdated | E | The old value of a correction no longer holds | What was put right is not what stands there
    now, and may be right by itself. | old "She", where the build now gives "Mara Quill"
    | look again: remove the row if the build is right now, or write the value that it gives as old
correction-impossible | E | A correction asks for what cannot be | Sources, cues and content are pieces of the article's
    text. | a source whose words the article does not hold | copy the words from the document as they stand there
""")
"""Every rule about corrections, by code."""

FILE = RULES["corrections-file"]
DOCUMENT = RULES["correction-document"]
ANCHOR = RULES["correction-anchor"]
OUTDATED = RULES["correction-outdated"]
IMPOSSIBLE = RULES["correction-impossible"]
