"""Quotes as a person or a program reads them: tables, the fixed JSON form, and explanations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from onrecord import extract
from onrecord.cli import terminal
from onrecord.errors import OnrecordError
from onrecord.records import Extraction, Quote, SetAside

Result = tuple[dict[str, Any], Extraction]


def instant(published: datetime | None, time_zone: str | None) -> datetime | None:
    """Return the publication as an instant; its own offset counts, and a day without a time is noon in its zone."""
    try:
        zone = ZoneInfo(time_zone) if time_zone else UTC
    except (ZoneInfoNotFoundError, ValueError):
        raise OnrecordError(f"{time_zone!r} is no IANA time zone", hint="write one like 'Europe/Paris'") from None
    if published is None:
        return None
    if published.tzinfo is not None:
        return published.astimezone(UTC)
    if published.hour == published.minute == published.second == 0:
        published = published.replace(hour=12)
    return published.replace(tzinfo=zone).astimezone(UTC)


def read(
    document: dict[str, Any], published: datetime | None, time_zone: str | None, min_confidence: float
) -> Extraction:
    """Extract one document's quotes, the less certain ones left out."""
    found = extract.extract(document["text"], language=document["language"], published=published, time_zone=time_zone)
    sure = tuple(quote for quote in found.quotes if quote.attribution.confidence >= min_confidence)
    return Extraction(sure, found.set_aside)


def plain(text: str, quote: Quote) -> dict[str, Any]:
    """Return a quote of a text in the fixed JSON form; its own text is that of the envelope."""
    attribution = quote.attribution
    source, cue = attribution.source, attribution.cue
    speaker = attribution.speakers[0] if attribution.speakers else None
    return {
        "kind": quote.kind,
        "text": text[quote.start : quote.end],
        "spans": [{"start": s.start, "end": s.end, "text": s.text, "is_verbatim": s.is_verbatim} for s in quote.spans],
        "source": source and {"start": source.start, "end": source.end, "text": source.text, "form": source.form},
        "cue": cue and {"start": cue.start, "end": cue.end, "text": cue.text},
        "speaker": speaker and {"name": speaker.name, "kind": speaker.kind, "anonymity": speaker.anonymity},
        "method": attribution.method,
        "confidence": attribution.confidence,
    }


def content(quote: Quote) -> str:
    """Return what is said, piece by piece, verbatim pieces of mixed quotes between marks."""
    if quote.kind == "mixed":
        return " ".join(f"“{s.text.strip()}”" if s.is_verbatim else s.text.strip() for s in quote.spans)
    return " ".join(span.text.strip() for span in quote.spans)


def table(results: Iterable[Result]) -> None:
    """Print one table a document."""
    for document, extraction in results:
        rows = [
            (
                quote.kind,
                _speaker(quote),
                quote.attribution.cue and quote.attribution.cue.text,
                content(quote),
                _sure(quote),
            )
            for quote in extraction.quotes
        ]
        title = f"{terminal.printable(document['id'])}: {len(rows)} quotes, {len(extraction.set_aside)} marks set aside"
        terminal.table(title, ("kind", "speaker", "cue", "content", "sure#"), rows, lines=True, wide="content")


def _speaker(quote: Quote) -> str:
    """Return who it is, and the article's words for them where those are others."""
    attribution = quote.attribution
    who = ", ".join(speaker.name or speaker.description or "?" for speaker in attribution.speakers) or "?"
    source = attribution.source.text if attribution.source else attribution.method
    return who if source == who else f"{who}\n({source})"


def _sure(quote: Quote) -> str:
    return f"{quote.attribution.confidence:.2f}"


STYLES = {"content": "green", "source": "cyan", "cue": "yellow"}


def explain(results: Iterable[Result]) -> None:
    """Show each quote in its sentence with source, cue and content coloured, and every mark set aside."""
    for document, extraction in results:
        text = document["text"]
        typer.secho(terminal.printable(document["id"]), bold=True)
        for quote in extraction.quotes:
            _explain_quote(text, quote)
        for aside in extraction.set_aside:
            _explain_aside(text, aside)


def _explain_quote(text: str, quote: Quote) -> None:
    attribution = quote.attribution
    parts = [("content", span.start, span.end) for span in quote.spans]
    parts += [(role, m.start, m.end) for role, m in (("source", attribution.source), ("cue", attribution.cue)) if m]
    start, end = _sentence(text, min(p[1] for p in parts), max(p[2] for p in parts))
    shown, at = [], start
    for role, begin, stop in sorted(parts, key=lambda part: part[1]):
        shown += [_flat(text[at:begin]), f"[{typer.style(_flat(text[begin:stop]), fg=STYLES[role])}]{_sub(role)}"]
        at = max(at, stop)
    typer.echo(f"\n  {''.join(shown)}{_flat(text[at : max(at, end)])}")
    who = ", ".join(_who(s.name, s.description, s.anonymity) for s in attribution.speakers) or "nobody that can be told"
    typer.echo(f"  {quote.kind}, {who}; {attribution.method}, confidence {attribution.confidence:.2f}")
    said = attribution.said_earliest and f"said {attribution.said_earliest} to {attribution.said_latest}"
    more = [v for v in (attribution.addressee and f"to {attribution.addressee}", attribution.venue, said) if v]
    if more:
        typer.echo(f"  {'; '.join(_flat(v) for v in more)}")


AROUND = 300
SENTENCE_END = re.compile(r"([.!?][\"'”’»)]{0,3})\s|\n")


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a range to the sentences it stands in, by at most `AROUND` characters on each side."""
    least, most = max(0, start - AROUND), min(len(text), end + AROUND)
    before = [found.end() for found in SENTENCE_END.finditer(text, least, start)]
    after = SENTENCE_END.search(text, max(start, end - 2), most)
    stop = most if after is None else after.end(1) if after[1] else after.start()
    return before[-1] if before else least, max(end, stop)


def _sub(role: str) -> str:
    return {"content": "", "source": "ˢ", "cue": "ᶜ"}[role]


def _who(name: str | None, description: str | None, anonymity: str) -> str:
    known = ", ".join(_flat(part) for part in (name, description) if part)
    return f"{known} ({anonymity})" if anonymity != "named" else known


def _explain_aside(text: str, aside: SetAside) -> None:
    around = text[max(0, aside.start - 30) : aside.end + 30]
    typer.echo(f"\n  set aside, {aside.reason}: {_flat(aside.text)}\n    in: … {_flat(around)} …")


def _flat(text: str) -> str:
    return terminal.printable(text.replace("\n", " "))
