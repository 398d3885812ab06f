"""Any publisher's captures: each field is read where its line says so, and left open elsewhere.

The running text is the run of lines that weighs most, where sentences weigh what they are long and
everything else weighs against them. The title, the names and the dates are looked for above and around
its start. What is left over is reported, one Issue for each run of lines.
"""

from __future__ import annotations

import re

from onrecord.converters import bylines, datelines, languages, paragraphs
from onrecord.converters.capture import names, run, titles
from onrecord.converters.draft import Draft
from onrecord.converters.lines import Ledger, Line

HEADER = 8
"""Lines from the start of the text on, among which names and dates are looked for."""
MAX_SAID, MAX_LINES = 60_000, 1500
"""Code points of text in which a line is looked for again, and lines of a text for which that is done."""


def read(draft: Draft, ledger: Ledger) -> None:
    """Read a capture into a draft."""
    lines = ledger.lines
    run.known_lines(draft, ledger)
    run.captions(ledger, lines)
    start, end = run.find(ledger)
    header = _header(draft, ledger, start, end)
    titles.headline(draft, ledger, lines[:header], lines[header:end])
    titles.standfirst(draft, ledger, header, end)
    _body(draft, ledger, [line for line in lines[start:end] if ledger.role(line) is None])
    _collect(draft, ledger)
    datelines.check(draft)


def _header(draft: Draft, ledger: Ledger, start: int, end: int) -> int:
    """Read names and dates around the start of the text; return where the title's lines end."""
    first = next((i for i in range(start, end) if _is_strong(ledger, ledger.lines[i])), min(start, len(ledger.lines)))
    near = ledger.lines[: min(first + HEADER, end or first, first + HEADER)]
    for is_masthead in (False, True):
        for line in near:
            if ledger.role(line) is None and len(line.text) <= datelines.MAX_LENGTH:
                _meta(draft, ledger, line, is_masthead=is_masthead)
    names.unmarked(draft, ledger, ledger.lines[: first + 3], " ".join(line.text for line in ledger.lines[first:end]))
    return first


def _is_strong(ledger: Ledger, line: Line) -> bool:
    size = len(line.text) * (3 if run.DENSE.search(line.text[:40]) else 1)
    return ledger.role(line) is None and size >= run.STRONG and paragraphs.is_paragraph(line.text)


def _meta(draft: Draft, ledger: Ledger, line: Line, *, is_masthead: bool) -> None:
    """Read a line of the header, or the parts of it between bullets and bars.

    A bare day may be a masthead's: it is read last, and only where nothing better dates the article.
    """
    parts = [part for part in re.split(r"\s*[|•·]\s*|\s{2,}", line.text) if part]
    clauses = [
        datelines.read(p, language=draft.values.get("language"), captured=datelines.capture_day(draft)) for p in parts
    ]
    others = [
        part
        for part, found in zip(parts, clauses, strict=True)
        if not found and not run.reading_time(draft, line, part)
    ]
    if any(clauses) and len(others) <= 2 and all(len(part) <= 40 for part in others):
        flat = [clause for found in clauses for clause in found]
        is_bare = all(not c.is_explicit and c.stamp and c.stamp.time is None for c in flat)
        if not is_bare:
            datelines.write(draft, line, flat)
            ledger.place([line], "dates")
        elif is_masthead and any(placed.role == "dates" for placed in ledger.placements()):
            ledger.place([line], "boilerplate: masthead date")
        elif is_masthead:
            datelines.write(draft, line, flat)
            ledger.place([line], "dates")
    elif not draft.has("byline") and names.is_byline(line.text):
        names.put(draft, line)
        ledger.place([line], "byline")


def _body(draft: Draft, ledger: Ledger, lines: list[Line]) -> None:
    """Place what stands in the run: paragraphs, subheadings between them; the rest stays open."""
    above = next((o.line for o in draft.origins if o.field == "description"), None) or 0
    lines = [line for line in lines if line.number > above]
    said = "\n".join(line.text for line in lines[:MAX_LINES])[:MAX_SAID] if len(lines) <= MAX_LINES else ""
    for before, line, after in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        if _is_pulled(line.text, said):
            ledger.place([line], "boilerplate: repeated")
        elif paragraphs.is_paragraph(line.text):
            ledger.place([line], "body")
        elif before and after and _is_heading(line) and _is_between(line, after):
            ledger.place([line], "subheadings")


def _is_pulled(text: str, said: str) -> bool:
    """Tell whether a line says again what stands elsewhere in the text: a pulled quotation, a caption's twin."""
    bare = text.strip("«»„“”‚‘’\"' .…")
    if not 25 <= len(bare) <= 300:
        return False
    first = said.find(bare)
    return first >= 0 and said.find(bare, first + len(bare)) >= 0 and not said.startswith(text, first)


def _is_heading(line: Line) -> bool:
    """Tell whether a line is a subheading, and not who said a pulled quotation ("Ann Sample, mayor")."""
    name, comma, _ = line.text.partition(",")
    is_person = bool(comma) and len(name.split()) > 1 and bylines.is_name(name)
    return line.starts_block and paragraphs.is_subheading(line.text) and not is_person


def _is_between(line: Line, after: Line) -> bool:
    """Tell whether a paragraph follows a subheading with nothing but captions between them."""
    return paragraphs.is_paragraph(after.text) and after.number - line.number <= 6


def _collect(draft: Draft, ledger: Ledger) -> None:
    body = [line for line in ledger.lines if ledger.role(line) in {"body", "subheadings"}]
    captions = list(dict.fromkeys(line.text for line in ledger.lines if ledger.role(line) == "captions"))
    if headings := tuple(line.text for line in body if ledger.role(line) == "subheadings"):
        draft.put("subheadings", headings, "short lines between paragraphs", 0.75)
    if captions:
        draft.put("captions", "\n\n".join(captions), "a credit, or said twice", 0.7)
    if not body:
        draft.warn("body-missing", "the document has no running text", "capture the page again", field="body")
        return
    draft.put(
        "body", "\n\n".join(line.text for line in body), "the run of lines that weighs most", 0.8, line=body[0].number
    )
    if (told := languages.guess(draft.values["body"])) is not None and not draft.has("language"):
        draft.put("language", told, "the small words of the body", 0.9)
