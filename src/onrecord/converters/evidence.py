"""What bytes are, told by the bytes: a kind of file, or an encoding that only evidence can tell."""

from __future__ import annotations

import re
from collections.abc import Iterable

SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"PAR1", "Parquet"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
_CONFLICT = re.compile(rb"<{7} .*|>{7} .*|={7}")
WESTERN = frozenset("àâäáãåæçéèêëíìîïñóòôöõøœúùûüÿßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜŸ")
WESTERN_MARKS = frozenset("«»‘’“”„–—…°€£§·¡¿\xa0©®ªº•†½¼¾²³")


def conflict(lines: Iterable[bytes]) -> list[tuple[int, str]]:
    r"""Return the marks of a conflict that a merge left, by line; without the first and last of them there is none.

    >>> conflict([b"<<<<<<< HEAD\n", b"a\n", b"=======\n", b"b\n", b">>>>>>> main\n"])
    [(1, '<<<<<<< HEAD'), (3, '======='), (5, '>>>>>>> main')]
    """
    marks = [
        (number, line.decode("utf-8", "replace").strip())
        for number, line in enumerate(lines, 1)
        if line[:1] in {b"<", b"=", b">"} and _CONFLICT.fullmatch(line.rstrip(b"\r\n"))
    ]
    return marks if {"<", ">"} <= {value[:1] for _, value in marks} else []


def is_binary(data: bytes) -> bool:
    """Tell whether bytes hold too many control characters to be text."""
    sample = data[:8000]
    controls = sum(sample.count(c) for c in (*range(9), *range(14, 27), *range(28, 32)))
    return controls * 20 > len(sample)


def wide(data: bytes) -> str | None:
    """UTF-16 of mostly western text without a mark: every other byte is NUL."""
    sample = data[:4000]
    half = len(sample) // 2
    if half < 4 or len(data) % 2:
        return None
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    if odd > 0.6 * half and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd == 0 else None


def is_western(data: bytes) -> bool:
    """Windows-1252, on evidence: no UTF-8 sequence at all, and every high byte a western letter in a word or a mark."""
    high = re.findall(rb"[\x80-\xff]+", data)
    if not high or b"\0" in data or any(len(run) > 4 for run in high):
        return False
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    marked = [c for c in text if c > "\x7f"]
    if any(_is_sequence(run) for run in high) or not WESTERN.union(WESTERN_MARKS).issuperset(marked):
        return False
    letters = sum(c.isalpha() for c in text)
    return letters > 0 and sum(c.isalpha() for c in marked) * 5 <= letters


def _is_sequence(run: bytes) -> bool:
    try:
        run.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
