"""Le Monde's pages in French and English.

They run: title, standfirst, byline, dates, reading time, language switch, access, caption, body with
short unpunctuated subheadings, how much is left to read, and the block about reading on one device.
That block and "Lecture restreinte" also stand under free articles, so they say nothing of access;
"Article réservé à nos abonnés" in a "Lire aussi" line is about another article.
"""

from __future__ import annotations

from decimal import Decimal

from onrecord.converters import bylines, datelines, languages, lexicon, paragraphs
from onrecord.converters.draft import Draft
from onrecord.converters.lines import Ledger, Line, fold

HEADER = 15
"""Lines among which the byline and the dates are looked for."""
MAX_HEADLINE = 250
MAX_BYLINE = 160
END = ("unread_share", "boilerplate: device-sharing", "boilerplate: restricted-reading")
"""What stands below an article's text and never above or within it."""


def read(draft: Draft, ledger: Ledger) -> None:
    """Read a capture into a draft."""
    _known_lines(ledger)
    start, end = _header(draft, ledger), _end(ledger)
    _title_block(draft, ledger, ledger.lines[:start])
    _body(draft, ledger, [line for line in ledger.lines[start:end] if ledger.role(line) is None])
    _switches(draft, ledger, end)
    _language(draft)
    datelines.check(draft)


def _lexicon() -> lexicon.Lexicon:
    return lexicon.load("lemonde")


def _known_lines(ledger: Ledger) -> None:
    """Place boilerplate, and the unread share's line; a bare "Lire aussi" takes the title under it along."""
    is_open_link, before = False, None
    for line in ledger.lines:
        kind = _lexicon().kind(line.text)
        if kind is not None:
            ledger.place([line], f"boilerplate: {kind}")
            is_open_link = kind == "related-article" and _is_bare_link(line.text)
            if is_open_link and before and _lexicon().reads("subscribers", before.text):
                ledger.place([before], "boilerplate: related-article")
        elif is_open_link and paragraphs.is_subheading(line.text):
            ledger.place([line], "boilerplate: related-article")
            is_open_link = False
        else:
            is_open_link = is_open_link and _lexicon().reads("subscribers", line.text) is not None
        if _lexicon().reads("unread", line.text):
            ledger.place([line], "unread_share")
        before = line


def _is_bare_link(text: str) -> bool:
    bare = fold(text)
    for words in ("article réservé à nos abonnés", "subscribers only"):
        bare = bare.replace(words, "")
    return len(bare.strip(" :|")) <= len("écouter également")


def _end(ledger: Ledger) -> int:
    """Return the index of the first line below the article."""
    return next((i for i, line in enumerate(ledger.lines) if ledger.role(line) in END), len(ledger.lines))


def _header(draft: Draft, ledger: Ledger) -> int:
    """Read the byline, the dates and the switches; return the index of the first of them."""
    first = None
    for index, line in enumerate(ledger.lines[:HEADER]):
        if ledger.role(line) is not None:
            continue
        if index and _meta(draft, ledger, line):
            first = index if first is None else first
        elif first is not None and paragraphs.is_paragraph(line.text) and not _is_caption(line.text, is_first=True):
            break
    return _without_header(ledger) if first is None else first


def _without_header(ledger: Ledger) -> int:
    """Return where the title ends in a capture that has neither byline nor date: after a first line that is a title."""
    first = next((i for i, line in enumerate(ledger.lines) if ledger.role(line) is None), 0)
    is_title = bool(ledger.lines) and paragraphs.is_subheading(ledger.lines[first].text)
    return first + 1 if is_title else first


def _meta(draft: Draft, ledger: Ledger, line: Line) -> bool:
    """Read one line of the header; tell whether it was one."""
    if clauses := datelines.read(
        line.text, language=draft.values.get("language"), captured=datelines.capture_day(draft)
    ):
        datelines.write(draft, line, clauses)
        ledger.place([line], "dates")
    elif not draft.has("byline") and _is_byline(line.text):
        _byline(draft, line)
        ledger.place([line], "byline")
    else:
        return _switch(draft, ledger, line)
    return True


def _switch(draft: Draft, ledger: Ledger, line: Line) -> bool:
    known = _lexicon()
    if minutes := known.reads("reading_time", line.text):
        _put(draft, ledger, line, "reading_minutes", int(minutes))
    elif tag := next((tag for tag in ("fr", "en") if known.reads(f"translation_{tag}", line.text)), None):
        _put(draft, ledger, line, "translations", (tag,))
    elif known.reads("subscribers", line.text):
        _put(draft, ledger, line, "access", "subscribers")
    elif known.reads("free", line.text):
        _put(draft, ledger, line, "access", "free")
    else:
        return False
    return True


def _put(draft: Draft, ledger: Ledger, line: Line, field: str, value: object) -> None:
    if not draft.has(field):
        draft.put(field, value, "a line that says so", 0.97, line=line.number)
    ledger.place([line], field)


def _is_byline(text: str) -> bool:
    if len(text) > MAX_BYLINE or text.endswith(("?", "!", ":")):
        return False
    byline = bylines.read(text)
    return byline.has_opener and (len(text) <= 80 or not byline.unread) and not (byline.unread and text.endswith("."))


def _byline(draft: Draft, line: Line) -> None:
    byline = bylines.read(line.text)
    draft.put("byline", line.text, "a line that opens as bylines do", 0.97, line=line.number)
    if byline.names:
        confidence = 0.6 if byline.is_lossy or byline.unread else 0.95
        draft.put("authors", byline.names, "the byline", confidence, line=line.number)
    hint = "say the authors in a file beside the document, where they are known"
    place = {"line": line.number, "field": "authors", "value": line.text}
    if byline.is_lossy:
        message = "a name is missing from the byline" if byline.names else "the byline names nobody"
        draft.warn("byline-lost", message, hint, **place)
    if byline.unread:
        message = f"part of the byline is no name: {', '.join(byline.unread)}"
        draft.warn("byline-unread", message, hint, **place)


def _title_block(draft: Draft, ledger: Ledger, lines: list[Line]) -> None:
    """Read what stands above the byline and the dates: a section, the title, the standfirst, an unmarked byline."""
    block = [line for line in lines if ledger.role(line) is None]
    if len(block) > 1 and fold(block[0].text) in _lexicon().words["sections"]:
        _place_text(draft, ledger, block.pop(0), "section", 0.9)
    if block and len(block[0].text) <= MAX_HEADLINE:
        _place_text(draft, ledger, block.pop(0), "headline", 0.95)
    else:
        hint = "say it in a file beside the document"
        draft.warn("headline-missing", "no line of the document is a title", hint, field="headline")
    rest = [line for line in block if not _is_names(line.text)]
    if rest and draft.has("headline"):
        sentence = next((line for line in rest if paragraphs.is_paragraph(line.text)), None)
        _place_text(draft, ledger, sentence or max(rest, key=lambda line: len(line.text)), "description", 0.9)
    names = next((line for line in block if _is_names(line.text)), None)
    if names and not draft.has("byline"):
        _byline(draft, names)
        ledger.place([names], "byline")


def _is_names(text: str) -> bool:
    byline = bylines.read(text)
    return (
        bool(byline.names) and not byline.unread and len(text) <= MAX_BYLINE and not text.endswith((".", "?", "!", ":"))
    )


def _place_text(draft: Draft, ledger: Ledger, line: Line, field: str, confidence: float) -> None:
    draft.put(field, line.text, "its place above the byline and the dates", confidence, line=line.number)
    ledger.place([line], field)


def _body(draft: Draft, ledger: Ledger, lines: list[Line]) -> None:
    """Read what stands between the header and the end: captions, paragraphs, subheadings, a byline again."""
    while lines and not paragraphs.is_paragraph(lines[-1].text):
        _last(draft, ledger, lines.pop())
    body: list[Line] = []
    for line, following in zip(lines, [*lines[1:], None], strict=False):
        if _is_caption(line.text, is_first=not body):
            ledger.place([line], "captions")
        elif paragraphs.is_paragraph(line.text):
            _doubt_caption(draft, line, following, is_first=not body)
            ledger.place([line], "body")
            body.append(line)
        elif body and paragraphs.is_subheading(line.text) and following and paragraphs.is_paragraph(following.text):
            ledger.place([line], "subheadings")
            body.append(line)
    _join(draft, ledger, body)


def _last(draft: Draft, ledger: Ledger, line: Line) -> None:
    """Place a short line at the end of the text: the byline again, or for the first time."""
    if not _is_names(line.text):
        if _is_caption(line.text, is_first=False):
            ledger.place([line], "captions")
        return
    names = bylines.read(line.text).names
    known = draft.values.get("authors")
    if known is None:
        if not draft.has("byline"):
            draft.put("byline", line.text, "a line of names below the text", 0.8, line=line.number)
        draft.put("authors", names, "a line of names below the text", 0.8, line=line.number)
        ledger.place([line], "authors")
    elif set(names) <= set(known):
        ledger.place([line], "byline")


def _is_caption(text: str, *, is_first: bool) -> bool:
    return len(text) <= paragraphs.MAX_CAPTION and (
        paragraphs.has_credit(text) or (is_first and paragraphs.is_dated_scene(text))
    )


def _doubt_caption(draft: Draft, line: Line, following: Line | None, *, is_first: bool) -> None:
    """Note that a short first sentence above a longer paragraph may be a caption whose credit was lost."""
    if is_first and following and len(line.text) < 200 < len(following.text):
        hint = "look at the page; say captions in a file beside the document"
        draft.note("caption-uncertain", "the first paragraph may be a caption", hint, line=line.number, field="body",
                   value=line.text)  # fmt: skip


def _join(draft: Draft, ledger: Ledger, body: list[Line]) -> None:
    captions = [line for line in ledger.lines if ledger.role(line) == "captions"]
    headings = [line for line in body if ledger.role(line) == "subheadings"]
    if captions:
        text = "\n\n".join(line.text for line in captions)
        draft.put("captions", text, "a credit, or a scene with its day", 0.85, line=captions[0].number)
    if headings:
        texts = tuple(line.text for line in headings)
        draft.put("subheadings", texts, "short lines that are no sentences", 0.85, line=headings[0].number)
    if body:
        text = "\n\n".join(line.text for line in body)
        draft.put("body", text, "the lines between the header and the end", 0.9, line=body[0].number)
    else:
        draft.warn("body-missing", "the document has no running text", "capture the page again", field="body")


def _switches(draft: Draft, ledger: Ledger, end: int) -> None:
    """Read how much of the article is left to read."""
    for line in ledger.lines[end:]:
        percent = _lexicon().reads("unread", line.text)
        if percent is None:
            continue
        share = Decimal(percent.replace(",", ".")) / 100
        if share > 1 or draft.has("unread_share"):
            hint = "look at the page"
            draft.warn("unread-share-invalid", "this is no share of the article, or a second one", hint,
                       line=line.number, field="unread_share", value=line.text)  # fmt: skip
            continue
        draft.put("unread_share", float(share), "the line that says so", 0.99, line=line.number)
        draft.put("is_complete", share == 0, "the share left to read", 0.99, line=line.number)
        draft.put("access", "subscribers", "the rest is for subscribers only", 0.99, line=line.number)


def _language(draft: Draft) -> None:
    """Tell the language from the text where the collection does not, and report where the two disagree."""
    told = languages.guess(draft.values.get("body") or "")
    known = draft.values.get("language")
    if told and known is None:
        draft.put("language", told, "the small words of the body", 0.9)
    elif told and known and known.split("-")[0] != told:
        draft.put("language", told, "the small words of the body, against the collection", 0.8)
        hint = "set language in collection.toml, or say it in a file beside the document"
        draft.warn("language-mismatch", f"the text is in {told!r}; the collection says {known!r}", hint,
                   field="language", value=told, expected=known)  # fmt: skip
