"""Keys, derived from content: they outlive new rows, moved offsets and new versions of a converter.

Every digest is the start of a SHA-256 over its parts in UTF-8, parted by NUL. Keys of quotes, attributions
and speakers known in one article only start with the article's key, so a stream of articles sorted by key
yields sorted tables.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.records import FieldName, Speaker, SpeakerKind


def digest(*parts: str, length: int) -> str:
    """Return the first `length` hexadecimal digits of the SHA-256 of the parts, parted by NUL.

    >>> digest("body", "Yes.", "0", length=12)
    '325df1c9a646'
    """
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:length]


def article_id(seed_sha256: str) -> str:
    """Return an article's key: the start of its document's SHA-256.

    >>> article_id("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    'ba7816bf8f01cfea'
    """
    return seed_sha256[:16]


def quote_id(article: str, field: FieldName, text: str, ordinal: int) -> str:
    """Return a quote's key; `ordinal` counts identical texts of one field, in order.

    >>> quote_id("ba7816bf8f01cfea", "body", "Yes.", 0)
    'ba7816bf8f01cfea-325df1c9a646'
    """
    return f"{article}-{digest(field, text, str(ordinal), length=12)}"


def quote_ids(article: str, texts: Iterable[tuple[FieldName, str]]) -> list[str]:
    """Return the keys of an article's quotes, given field and text of each in reading order."""
    seen: Counter[tuple[FieldName, str]] = Counter()
    found = []
    for field, text in texts:
        found.append(quote_id(article, field, text, seen[field, text]))
        seen[field, text] += 1
    return found


def attribution_id(quote: str, source_text: str | None, speaker: str | None) -> str:
    """Return an attribution's key: the quote's, and a digest of the source's text and the speaker's key.

    >>> attribution_id("ba7816bf8f01cfea-325df1c9a646", "she", None)
    'ba7816bf8f01cfea-325df1c9a646-f7ba03de'
    """
    return f"{quote}-{digest(source_text or '', speaker or '', length=8)}"


def is_shared(name: str | None, kind: SpeakerKind) -> bool:
    """Tell whether a speaker is one row in the whole dataset: a full name, or an organisation's.

    >>> is_shared("Ada Example", "person"), is_shared("Example", "person"), is_shared("NATO", "organisation")
    (True, False, True)
    """
    if name is None:
        return False
    return kind == "organisation" or (kind == "person" and len(name.split()) > 1)


def speaker_id(article: str, speaker: Speaker, source_text: str | None) -> str:
    """Return a speaker's key.

    A speaker of one article is told apart by kind, name and description; one without either by the words
    of the source.
    """
    kind, name = speaker.kind, _folded(speaker.name or "")
    if is_shared(speaker.name, kind):
        return digest(kind, name, length=16)
    rest = speaker.description or ("" if name else source_text or "")
    return f"{article}-s{digest(kind, name, _folded(rest), length=12)}"


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
