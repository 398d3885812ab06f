"""Any publisher's captures: each field is read where its line says so, and left open elsewhere.

The running text is the run of lines that weighs most, where sentences weigh what they are long and
everything else weighs against them. The title, the names and the dates are looked for above and around
its start. What is left over is reported, one Issue for each run of lines.
"""

from __future__ import annotations

import re
from itertools import pairwise

from onrecord.converters import bylines, datelines, languages, lexicon, paragraphs
from onrecord.converters.draft import Draft
from onrecord.converters.lines import Ledger, Line, fold

STRONG = 110
"""Code points from which a line that ends as a sentence does is certainly running text."""
MOST = 700
"""Code points that one line weighs at most."""
AGAINST = 45
"""What a line that is no sentence weighs against the text around it."""
END = 900
"""What a line below which no article goes on weighs against it."""
HEADER = 25
DENSE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")


def read(draft: Draft, ledger: Ledger) -> None:
    """Read a capture into a draft."""
    lines = ledger.lines
    _known_lines(draft, ledger)
    start, end = _run(ledger)
    _captions(ledger, lines[:end])
    header = _header(draft, ledger, start, end)
    _headline(draft, ledger, lines[:header], lines[header:end])
    _description(draft, ledger, header, end)
    _body(draft, ledger, [line for line in lines[start:end] if ledger.role(line) is None])
    _collect(draft, ledger)
    datelines.check(draft)


def _lexicon() -> lexicon.Lexicon:
    return lexicon.load("general")


def _known_lines(draft: Draft, ledger: Ledger) -> None:
    for line in ledger.lines:
        if kind := _lexicon().kind(line.text):
            ledger.place([line], f"boilerplate: {kind}")
        elif minutes := _lexicon().reads("reading_time", line.text):
            if not draft.has("reading_minutes"):
                draft.put("reading_minutes", int(minutes), "a line that says so", 0.9, line=line.number)
            ledger.place([line], "reading_minutes")
        elif percent := _lexicon().reads("unread", line.text):
            _unread(draft, ledger, line, percent)


def _unread(draft: Draft, ledger: Ledger, line: Line, percent: str) -> None:
    share = float(percent.replace(",", ".")) / 100
    if share <= 1 and not draft.has("unread_share"):
        draft.put("unread_share", round(share, 6), "a line that says so", 0.95, line=line.number)
        draft.put("is_complete", share == 0, "the share left to read", 0.95, line=line.number)
        ledger.place([line], "unread_share")


def _run(ledger: Ledger) -> tuple[int, int]:
    """Return the run of lines that weighs most (Kadane's maximum subarray), as a slice of the ledger's lines."""
    best, here, start, found = 0, 0, 0, (0, 0)
    for index, line in enumerate(ledger.lines):
        if here <= 0:
            here, start = 0, index
        here += _weight(ledger, line)
        if here > best:
            best, found = here, (start, index + 1)
    return found


def _weight(ledger: Ledger, line: Line) -> int:
    text, role = line.text, ledger.role(line)
    if is_end(text):
        return -END
    if role is not None:
        return -AGAINST // 3
    size = min(len(text) * (3 if DENSE.search(text[:40]) else 1), MOST)
    if paragraphs.is_paragraph(text):
        return size if size >= 60 else size // 2
    return -AGAINST


def is_end(text: str) -> bool:
    """Tell whether a line stands below articles, as a heading of what follows.

    >>> is_end("Read Next"), is_end("Read next year's forecast, which is longer than any heading would be here.")
    (True, False)
    """
    if len(text) > 90:
        return any(fold(text[:60]).startswith(word) for word in _lexicon().words["end"] if len(word) > 18)
    low = fold(text).rstrip(" :…")
    words = _lexicon().words["end"]
    return low in words or any(low.startswith(word) for word in words if " " in word and len(word) > 8)


def _captions(ledger: Ledger, lines: list[Line]) -> None:
    """Place captions: lines with a credit, a line said again with its credit, and the credits themselves."""
    for line, following in pairwise([*lines, Line(0, "")]):
        if ledger.role(line) is not None or len(line.text) > paragraphs.MAX_CAPTION:
            continue
        bare = line.text.rstrip(" .…")
        is_twice = len(bare) > 15 and following.text.startswith(bare) and following.number - line.number <= 2
        if is_twice and len(following.text) <= paragraphs.MAX_CAPTION:
            ledger.place([line, following], "captions")
        elif _is_credit(line.text):
            ledger.place([line], "boilerplate: credit")
        elif paragraphs.has_credit(line.text) or _ends_in_credit(line.text):
            ledger.place([line], "captions")


def _is_credit(text: str) -> bool:
    low = fold(text)
    return len(low) <= 120 and any(low.startswith(word) for word in _lexicon().words["credit"])


CREDIT = re.compile(
    r"(?:©|\(?(?:Foto|Photo|Bild|Fotos|Image|Photograph|Fot\.|Ljósmynd|Фото|Photo by|Picture|Grafik|Quelle)s?\s?(?::|by\b|©|/))"
    r"[^.!?]{2,80}\)?\.?$"
)


def _ends_in_credit(text: str) -> bool:
    return CREDIT.search(text[-110:]) is not None


def _header(draft: Draft, ledger: Ledger, start: int, end: int) -> int:
    """Read names and dates around the start of the text; return where the title's lines end."""
    first = next((i for i in range(start, end) if _is_strong(ledger, ledger.lines[i])), min(start, len(ledger.lines)))
    for line in ledger.lines[: min(first + HEADER // 3, end or first, first + 8)]:
        if ledger.role(line) is None and len(line.text) <= datelines.MAX_LENGTH:
            _meta(draft, ledger, line)
    _unmarked_name(draft, ledger, ledger.lines[: first + 3])
    return first


def _is_strong(ledger: Ledger, line: Line) -> bool:
    size = len(line.text) * (3 if DENSE.search(line.text[:40]) else 1)
    return ledger.role(line) is None and size >= STRONG and paragraphs.is_paragraph(line.text)


def _meta(draft: Draft, ledger: Ledger, line: Line) -> None:
    """Read a line of the header, or the parts of it between bullets and bars."""
    parts = [part for part in re.split(r"\s*[|•·]\s*|\s{2,}", line.text) if part]
    clauses = [datelines.read(p, language=draft.values.get("language"), captured=datelines.capture_day(draft)) for p in parts]
    others = [part for part, found in zip(parts, clauses, strict=True) if not found]
    if any(clauses) and len(others) <= 2 and all(len(part) <= 40 for part in others):
        datelines.write(draft, line, [clause for found in clauses for clause in found])
        ledger.place([line], "dates")
    elif not draft.has("byline") and _is_byline(line.text):
        byline = bylines.read(line.text)
        draft.put("byline", line.text, "a line that opens as bylines do", 0.9, line=line.number)
        if byline.names and not byline.unread and not byline.is_lossy:
            draft.put("authors", byline.names, "the byline", 0.9, line=line.number)
        elif byline.is_lossy:
            hint = "say the authors in a file beside the document, where they are known"
            draft.warn("byline-lost", "a name is missing from the byline", hint, line=line.number, field="authors", value=line.text)
        ledger.place([line], "byline")


def _is_byline(text: str) -> bool:
    byline = bylines.read(text)
    return byline.has_opener and len(text) <= 120 and not text.endswith((".", "?", "!", ":", "…")) and (
        bool(byline.names) or byline.is_lossy
    ) and not byline.unread


def _unmarked_name(draft: Draft, ledger: Ledger, lines: list[Line]) -> None:
    """Take a line that is only a name, beside a date line or said twice, as the byline."""
    if draft.has("byline"):
        return
    texts = [line.text for line in lines]
    for before, line, after in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        if ledger.role(line) is not None or not _is_full_name(line.text):
            continue
        is_beside = any(other and ledger.role(other) == "dates" for other in (before, after))
        if is_beside or texts.count(line.text) > 1:
            draft.put("byline", line.text, "a name beside the date", 0.75, line=line.number)
            draft.put("authors", (line.text,), "a name beside the date", 0.75, line=line.number)
            ledger.place([other for other in lines if other.text == line.text], "byline")
            return


def _is_full_name(text: str) -> bool:
    tokens = text.split()
    return 2 <= len(tokens) <= 4 and bylines.is_name(text) and all(t[0].isupper() for t in (tokens[0], tokens[-1])) and (
        not text.isupper() and not any(c in ",;:&" for c in text)
    )


def _headline(draft: Draft, ledger: Ledger, above: list[Line], run: list[Line]) -> None:
    """Take as the title the line above the text that shares most words with it, the first of equals."""
    vocabulary = set(_words(" ".join(line.text for line in run[:12])))
    candidates = [line for line in above if ledger.role(line) is None and _could_be_title(line.text)]
    best, most = None, 0.0
    for position, line in enumerate(candidates[:12]):
        words = set(_words(line.text))
        share = len(words & vocabulary) / len(words) if words else 0
        score = share + min(len(words), 8) / 16 - 0.12 * position + (0.15 if not line.text.endswith(".") else -0.3)
        if score > most:
            best, most = line, score
    if best is None or most < 0.45:
        hint = "say it in a file beside the document"
        draft.warn("headline-missing", "no line of the document is certainly its title", hint, field="headline")
        return
    draft.put("headline", best.text, "the line above the text that fits it best", min(0.95, 0.5 + most / 3), line=best.number)
    ledger.place([line for line in ledger.lines if line.text == best.text], "headline")


def _words(text: str) -> list[str]:
    return [w for w in re.findall(r"\w+", text.casefold()) if len(w) > 3] or list(DENSE.findall(text))


def _could_be_title(text: str) -> bool:
    return 12 <= len(text) * (3 if DENSE.search(text) else 1) and len(text) <= 220 and not text.startswith(("•", "http", "©", "("))


def _description(draft: Draft, ledger: Ledger, first: int, end: int) -> None:
    """Take the first sentences as the standfirst where names, dates or a picture part them from the text."""
    lines = ledger.lines
    if not draft.has("headline") or first >= end or len(lines[first].text) > 600:
        return
    following = lines[first + 1 : first + 7]
    is_parted = False
    for line in following:
        role = ledger.role(line)
        if role in {"dates", "byline", "captions", "boilerplate: credit", "reading_minutes"}:
            is_parted = True
        elif role is None and paragraphs.is_paragraph(line.text):
            break
    if is_parted and _is_near_title(draft, ledger, first):
        draft.put("description", lines[first].text, "parted from the text by names or dates", 0.7, line=lines[first].number)
        ledger.place([lines[first]], "description")


def _is_near_title(draft: Draft, ledger: Ledger, first: int) -> bool:
    headline = draft.values.get("headline")
    return any(line.text == headline for line in ledger.lines[max(0, first - 4) : first])


def _body(draft: Draft, ledger: Ledger, lines: list[Line]) -> None:
    """Place what stands in the run: paragraphs, subheadings between them; the rest stays open."""
    said: set[str] = set()
    for before, line, after in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        if line.text in said and len(line.text) > 60:
            ledger.place([line], "boilerplate: repeated")
        elif paragraphs.is_paragraph(line.text):
            ledger.place([line], "body")
            said.add(line.text)
        elif before and after and paragraphs.is_subheading(line.text) and line.starts_block and _is_between(ledger, line, after):
            ledger.place([line], "subheadings")


def _is_between(ledger: Ledger, line: Line, after: Line) -> bool:
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
    draft.put("body", "\n\n".join(line.text for line in body), "the run of lines that weighs most", 0.8, line=body[0].number)
    if (told := languages.guess(draft.values["body"])) is not None and not draft.has("language"):
        draft.put("language", told, "the small words of the body", 0.9)
