"""A sketch of a text, small and of fixed size, from which the likeness of two texts is estimated.

One-permutation MinHash over shingles of words [1]_, empty slots filled by rotation [2]_: the share of slots in
which two sketches agree estimates the share of their shingles that two texts have in common (Jaccard).

References
----------
.. [1] Li, Owen, Zhang: One Permutation Hashing. NIPS 2012.
.. [2] Shrivastava, Li: Densifying One Permutation Hashing via Rotation. ICML 2014.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any
from zlib import crc32

from onrecord.tables import ids
from onrecord.tables.withholding import UNSPACED

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from onrecord.records import Article

SHINGLE = 4
"""Words in a row that make a shingle."""
SLOTS = 120
ROWS = 4
"""Slots in a band: texts that agree in a band are compared."""
LEAST = 24
"""Words of the shortest text that is sketched; shorter ones are alike by chance."""
MOST = 50_000
"""Words of a text that are looked at."""
_WORD = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")
_EMPTY = 0xFFFFFFFF


def sketch(text: str) -> np.ndarray[Any, np.dtype[np.uint32]] | None:
    """Return the sketch of a text, or None where it is too short.

    Examples
    --------
    >>> words = [f"word{number}" for number in range(300)]
    >>> one, other = sketch(" ".join(words)), sketch(" ".join(words[:280]))
    >>> bool(0.8 < (one == other).mean() < 1)
    True
    """
    import numpy as np

    words = [crc32(found[0].encode()) for found in islice(_WORD.finditer(text.casefold()), MOST)]
    if len(words) < LEAST:
        return None
    hashed = _mixed(np.array(words, np.uint64))
    count = len(words) - SHINGLE + 1
    shingles = np.zeros(count, np.uint64)
    for place in range(SHINGLE):
        shingles = _mixed(shingles + hashed[place : place + count])
    slots = np.full(SLOTS, _EMPTY, np.uint32)
    np.minimum.at(slots, (shingles % np.uint64(SLOTS)).astype(np.intp), (shingles >> np.uint64(33)).astype(np.uint32))
    return _filled(slots)


def _mixed(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return 64-bit integers well mixed (the finaliser of SplitMix64)."""
    import numpy as np

    values = values + np.uint64(0x9E3779B97F4A7C15)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: np.ndarray[Any, Any] = values ^ (values >> np.uint64(31))
    return mixed


def _filled(slots: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return slots, each empty one with the value of the next that is not, changed by how far that is."""
    import numpy as np

    full = np.flatnonzero(slots != _EMPTY)
    places = np.arange(SLOTS)
    following = np.searchsorted(full, places)
    distance = np.where(following < len(full), full[following % len(full)], full[0] + SLOTS) - places
    found = slots[(places + distance) % SLOTS].astype(np.uint64) + distance.astype(np.uint64) * np.uint64(0x9E3779B1)
    filled: np.ndarray[Any, Any] = (found & np.uint64(_EMPTY)).astype(np.uint32)
    return filled


def schema() -> pa.Schema:
    """Return the columns of sketches: the article, when it was published, its sketch, and a hash of each band."""
    import pyarrow as pa

    return pa.schema(
        [
            ("article_id", pa.string()),
            ("seed_path", pa.string()),
            ("published", pa.timestamp("us", "UTC")),
            ("slots", pa.binary()),
            ("bands", pa.list_(pa.uint32())),
        ]
    )


def rows(article: Article) -> list[dict[str, Any]]:
    """Return the sketch of an article as a row, or no row where its body is too short."""
    slots = sketch(article.body or "")
    if slots is None:
        return []
    data = slots.astype("<u4").tobytes()
    width = 4 * ROWS
    return [
        {
            "article_id": ids.article_id(article.seed_sha256),
            "seed_path": article.seed_path,
            "published": article.date_published,
            "slots": data,
            "bands": [crc32(data[at : at + width]) for at in range(0, len(data), width)],
        }
    ]
