"""Who wrote a capture's article: a line that opens as bylines do, or a name beside the date."""

from __future__ import annotations

from onrecord.converters import bylines
from onrecord.converters.draft import Draft
from onrecord.converters.lines import Ledger, Line


def put(draft: Draft, line: Line) -> None:
    """Put what a byline says into a draft."""
    byline = bylines.read(line.text)
    draft.put("byline", line.text, "a line that opens as bylines do", 0.9, line=line.number)
    if byline.names and not byline.unread and not byline.is_lossy:
        draft.put("authors", byline.names, "the byline", 0.9, line=line.number)
    elif byline.is_lossy:
        hint = "say the authors in a file beside the document, where they are known"
        message = "a name is missing from the byline"
        draft.warn("byline-lost", message, hint, line=line.number, field="authors", value=line.text)


def is_byline(text: str) -> bool:
    """Tell whether a line is a byline and nothing else."""
    byline = bylines.read(text)
    return (
        byline.has_opener
        and len(text) <= 120
        and not text.endswith((".", "?", "!", ":", "…"))
        and (bool(byline.names) or byline.is_lossy)
        and not byline.unread
    )


def unmarked(draft: Draft, ledger: Ledger, lines: list[Line], text: str) -> None:
    """Take a line that is only a name, beside a date line or said twice, as the byline.

    Whom the text speaks of is not its author.
    """
    if draft.has("byline"):
        return
    for index, line in enumerate(lines):
        if ledger.role(line) is not None or not _is_full_name(line.text) or line.text.split()[-1] in text:
            continue
        beside = [other for other in lines[max(0, index - 1) : index + 2] if abs(other.number - line.number) in {1, 2}]
        if any(other.text == line.text or ledger.role(other) == "dates" for other in beside):
            draft.put("byline", line.text, "a name beside the date", 0.75, line=line.number)
            draft.put("authors", (line.text,), "a name beside the date", 0.75, line=line.number)
            ledger.place([other for other in lines if other.text == line.text], "byline")
            return


def _is_full_name(text: str) -> bool:
    tokens = text.split()
    return (
        2 <= len(tokens) <= 4
        and bylines.is_name(text)
        and all(t[0].isupper() for t in (tokens[0], tokens[-1]))
        and (not text.isupper() and not any(c in ",;:&" for c in text))
    )
