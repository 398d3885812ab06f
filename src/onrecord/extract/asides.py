"""Marks that quote nobody: titles, nicknames, scare quotes, inches, apostrophes, and why."""

from __future__ import annotations

import re
from bisect import bisect_right

from onrecord.extract.marks import Marks, Region
from onrecord.extract.model import Statement
from onrecord.extract.words import Words
from onrecord.records import AsideReason, FieldName, SetAside

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_BEFORE = re.compile(r"([^\W\d_][\w.’'-]*)[ \xa0]$")
_AFTER = re.compile(r"[ \xa0]([^\W\d_][\w’'-]*)")


def quotations(text: str, found: Marks, words: Words) -> list[Region]:
    """Return the outermost regions that may quote somebody, in order; the others get their reason."""
    out: list[Region] = []
    last = 0
    for region in found.regions:
        if region.start < last:
            continue
        last = region.end
        region.reason = _reason(text, region, words)
        if region.reason is None:
            out.append(region)
    return out


def _reason(text: str, region: Region, words: Words) -> str | None:
    size = region.outer - region.inner
    if size < 80:
        content = text[region.inner : region.outer]
        if not any(c.isalnum() for c in content):
            return "empty"
        if content[-1] not in ".?!…" and content[0].isupper():
            return _naming(text, region, content, words)
    return None


def _naming(text: str, region: Region, content: str, words: Words) -> str | None:
    before = _BEFORE.search(text[max(region.start - 30, 0) : region.start])
    after = _AFTER.match(text, region.end)
    listed = _WORD.findall(content)
    if (
        (
            before
            and after
            and len(listed) <= 3
            and before[1][0].isupper()
            and after[1][0].isupper()
            and content[-1] != ","
        )
        and before[1].lower() not in words.tags
        and after[1].lower() not in words.tags
    ):
        return "nickname"
    preceding = before[1].lower() if before else ""
    titled = all(w[0].isupper() or w[0].isdigit() or words.tags.get(w.lower(), "n") in "dit&" for w in listed)
    if not titled:
        return None
    if preceding in words.lists.get("titled", ()):
        return "title"
    if len(listed) > 1 and (preceding.endswith(("'s", "’s")) or words.tags.get(preceding) in {"i", "d"}):
        return "title"
    return None


def set_aside(text: str, field: FieldName, found: Marks, said: list[Statement]) -> list[SetAside]:
    """Return the regions and single marks that lie in no quote's envelope, in order."""
    envelopes = sorted((_reach(s)) for s in said)
    starts = [start for start, _ in envelopes]
    reach: list[int] = []
    for _, end in envelopes:
        reach.append(max(end, reach[-1] if reach else 0))
    out: list[SetAside] = []
    last = 0
    strays = [(start, end, reason) for start, end, reason in found.strays]
    regions = [(r.start, r.end, r.reason or _other(text, r)) for r in found.regions]
    for start, end, reason in sorted(strays + regions, key=lambda x: (x[0], -x[1])):
        index = bisect_right(starts, start) - 1
        if start < last or (index >= 0 and reach[index] >= end):
            continue
        out.append(SetAside(field, start, end, text[start:end], _known(reason)))
        last = end
    return out


def _reach(statement: Statement) -> tuple[int, int]:
    """Return a quote's envelope with the marks at its edges."""
    return statement.start - 2, statement.end + 2


def _known(reason: str) -> AsideReason:
    return reason  # type: ignore[return-value]


def _other(text: str, region: Region) -> str:
    if not region.closed:
        return "unbalanced"
    content = text[region.inner : region.outer]
    return "scare quote" if any(c.isalnum() for c in content) else "empty"
