"""Any publisher's captures: each field is read where its line says so, and left open elsewhere.

The running text is the run of lines that weighs most, where sentences weigh what they are long and
everything else weighs against them. The title, the names and the dates are looked for above and around
its start. What is left over is reported, one Issue for each run of lines.
"""

from __future__ import annotations

import re

from onrecord.converters import bylines, datelines, languages, lexicon, paragraphs
from onrecord.converters.capture import names, run, titles
from onrecord.converters.draft import Draft
from onrecord.converters.lines import Ledger, Line

HEADER = 8
"""Lines from the start of the text on, among which names and dates are looked for."""
BELOW = 6
"""Lines below the text in which its writer may be introduced."""
FLOOD = 2000
"""Code points of a line that names authors and nothing else."""
MAX_SAID, MAX_LINES = 60_000, 1500
"""Code points of text in which a line is looked for again, and lines of a text for which that is done."""


def read(draft: Draft, ledger: Ledger) -> None:
    """Read a capture into a draft."""
    lines = ledger.lines
    run.known_lines(draft, ledger)
    run.captions(ledger, lines)
    _floods(draft, ledger)
    start, end = run.find(ledger)
    header = next((i for i in range(start, end) if _is_strong(ledger, lines[i])), min(start, len(lines)))
    near = lines[: min(header + HEADER, end or header)]
    text = " ".join(line.text for line in lines[header:end])
    _dates_and_byline(draft, ledger, near)
    names.unmarked(draft, ledger, lines[: header + 3], text)
    titles.headline(draft, ledger, lines[:header], lines[header:end])
    _bare_days(draft, ledger, near)
    titles.standfirst(draft, ledger, header, end)
    names.below_title(draft, ledger, lines[: header + 4], text)
    names.introduced(draft, ledger, [line for line in lines[: end + BELOW] if ledger.role(line) is None][header:])
    _body(draft, ledger, [line for line in lines[start:end] if ledger.role(line) is None])
    _collect(draft, ledger)
    datelines.check(draft)


def _dates_and_byline(draft: Draft, ledger: Ledger, near: list[Line]) -> None:
    """Read dates that say more than a day, and the byline, around the start of the text."""
    for line in near:
        if ledger.role(line) is not None or len(line.text) > datelines.MAX_LENGTH or _dated(draft, ledger, line):
            continue
        if lexicon.load("general").reads("subscribers", line.text):
            draft.put("access", "subscribers", "a line above the text that says so", 0.8, line=line.number)
            ledger.place([line], "access")
        else:
            _byline(draft, ledger, line)
    names.continued(draft, ledger, near)


def _bare_days(draft: Draft, ledger: Ledger, near: list[Line]) -> None:
    """Read a day that stands alone below the title, where nothing better dates the article.

    Above the title it is the masthead's: the day on which the page was saved.
    """
    is_dated = any(placed.role == "dates" for placed in ledger.placements())
    is_below = False
    for line in near:
        is_below = is_below or ledger.role(line) == "headline"
        if ledger.role(line) is None and len(line.text) <= datelines.MAX_LENGTH and (flat := _clauses(draft, line)[0]):
            if is_dated or not is_below:
                ledger.place([line], "boilerplate: masthead date")
            else:
                datelines.write(draft, line, flat)
                ledger.place([line], "dates")
                is_dated = True


def _is_strong(ledger: Ledger, line: Line) -> bool:
    size = len(line.text) * (3 if run.DENSE.search(line.text[:40]) else 1)
    return ledger.role(line) is None and size >= run.STRONG and paragraphs.is_paragraph(line.text)


def _dated(draft: Draft, ledger: Ledger, line: Line) -> bool:
    """Read a line that dates the article by more than a bare day; tell whether it is a line of dates at all."""
    flat, others = _clauses(draft, line)
    if not flat:
        return False
    names.beside(draft, line, others)
    if not all(not clause.is_explicit and clause.stamp and clause.stamp.time is None for clause in flat):
        datelines.write(draft, line, flat)
        ledger.place([line], "dates")
    return True


def _clauses(draft: Draft, line: Line) -> tuple[list[datelines.Clause], list[str]]:
    """Return what a line of dates says, and what else stands in it between bullets and bars; nothing of other lines."""
    parts = [part for part in re.split(r"\s*[|•·]\s*|\s{2,}", line.text) if part]
    captured, language = datelines.capture_day(draft), draft.values.get("language")
    clauses = [datelines.read(part, language=language, captured=captured) for part in parts]
    others = [
        part
        for part, found in zip(parts, clauses, strict=True)
        if not found and not run.reading_time(draft, line, part)
    ]
    if len(others) > 2 or any(len(part) > 40 for part in others):
        return [], []
    return [clause for found in clauses for clause in found], others


def _floods(draft: Draft, ledger: Ledger) -> None:
    """Report lines that name more authors than any article has; they are neither a byline nor text."""
    for line in ledger.lines[:HEADER]:
        byline = bylines.read(line.text)
        if len(line.text) > FLOOD and byline.has_opener and byline.names and len(byline.unread) <= 1:
            hint = "say the authors in a file beside the document"
            draft.warn("too-many-authors", "the byline is longer than any byline", hint, line=line.number,
                       field="authors", value=line.text)  # fmt: skip
            ledger.place([line], "reported")


def _byline(draft: Draft, ledger: Ledger, line: Line) -> None:
    if not draft.has("byline") and names.is_byline(line.text):
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
