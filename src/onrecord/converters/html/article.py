"""A page's fields, each from the most trustworthy place that has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.converters import bylines, datelines, languages, lexicon
from onrecord.converters.datelines import check
from onrecord.converters.draft import Draft
from onrecord.converters.html import authorship, body, headlines, jsonld, metadata, moments, people, visible
from onrecord.converters.html.metadata import Metadata
from onrecord.converters.html.visible import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HINT = "look at the page; say it in a file beside the document"


def read(draft: Draft, tree: HtmlElement) -> None:
    """Read a page into a draft."""
    data, elements, text = metadata.of_tree(tree), visible.near(tree), body.extract(tree)
    _doubt_linked(draft, data)
    _page(draft, data, tree)
    if code := headlines.code(data):
        draft.warn(
            "headline-markup", "a headline of the page is markup or a script", HINT, field="headline", value=code
        )
    _headline(draft, headlines.find(data, tree), has_text=bool(text))
    _people(draft, data, tree, elements, [paragraph.text for paragraph in text])
    moments.read(draft, data, tree)
    _standfirst(draft, data, tree, elements)
    _captions(draft, tree)
    _body(draft, text)
    _language(draft, data, tree)
    check(draft)


def _doubt_linked(draft: Draft, data: Metadata) -> None:
    """Report JSON-LD that cannot be read, or that speaks of several articles as if each were this one."""
    if data.linked.malformed:
        message = f"{data.linked.malformed} of the page's JSON-LD scripts cannot be read"
        draft.note("json-ld-malformed", message, "nothing to do: what the page shows was read instead")
    titles = list(dict.fromkeys(title for node in data.linked.articles if (title := jsonld.text(node.get("headline")))))
    if len(titles) > 1 or data.linked.unread:
        message = f"the page's JSON-LD has {len(titles)} articles"
        message += f" and {data.linked.unread} scripts that were not read" if data.linked.unread else ""
        draft.note(
            "json-ld-repeated", message, HINT, value="; ".join(titles), expected=jsonld.text(data.node.get("headline"))
        )


def _page(draft: Draft, data: Metadata, tree: HtmlElement) -> None:
    _put(draft, "url", metadata.url(data, tree), 0.95)
    _put(draft, "section", data.value("articleSection", *metadata.SECTION), 0.8)
    _put(draft, "access", metadata.access(data), 0.9)
    _put(draft, "reading_minutes", metadata.reading_minutes(data), 0.9)
    if not draft.has("publisher"):
        _put(draft, "publisher", metadata.publisher(data), 0.9)


def _put(draft: Draft, field: str, found: tuple[object, str] | None, confidence: float) -> None:
    if found is not None:
        draft.put(field, found[0], found[1], confidence)


def _headline(draft: Draft, found: headlines.Headline | None, *, has_text: bool) -> None:
    """Put a headline; that of a page without text is only taken where it says that it is one."""
    if found is None or (found.where == "title" and not has_text):
        draft.warn("headline-missing", "the page has no headline", HINT, field="headline")
        return
    draft.put("headline", found.text, found.where, found.confidence)
    if found.rival:
        message = "the page shows another headline than its metadata gives"
        draft.note("headline-differs", message, HINT, field="headline", value=found.rival, expected=found.text)


def _people(draft: Draft, data: Metadata, tree: HtmlElement, elements: list[HtmlElement], said: list[str]) -> None:
    top = visible.top(tree)
    shown = authorship.byline(elements) or next((s for s in top if _is_byline(s)), None)
    links = [name for name in authorship.author_links(elements) if bylines.is_name(name) and " " in name]
    shown = shown or ", ".join(links) or None
    if shown:
        draft.put("byline", shown, "an element called byline or author", 0.8)
    beside = people.beside_date(top, " ".join((str(draft.values.get("headline") or ""), *said)))
    found = people.names(data, shown, links, beside)
    if (found and found[2]) or (found is None and authorship.is_flood(elements)):
        message = f"the page names more than {metadata.MAX_AUTHORS} authors"
        draft.warn("too-many-authors", message, HINT, field="authors")
    elif found:
        draft.put("authors", found[0], found[1], 0.9)


def _is_byline(text: str) -> bool:
    byline = bylines.read(text)
    return byline.has_opener and bool(byline.names) and not byline.unread and not text.endswith((".", "?", "!"))


def _standfirst(draft: Draft, data: Metadata, tree: HtmlElement, elements: list[HtmlElement]) -> None:
    """Take what is shown as the standfirst; of several, and of metadata, what the others say too."""
    told = [data.first("og:description"), data.first("description", "twitter:description")]
    linked = jsonld.text(data.node.get("description"))
    named = [(shown, "an element called standfirst", 0.85) for shown in visible.standfirsts(elements)]
    metas = [(found[0], found[1], 0.6) for found in told if found]
    metas += [(linked, "JSON-LD description", 0.6)] if linked else []
    headline = fold(draft.values.get("headline") or "")
    candidates = [c for c in (*_akin_first(named, metas), *_shown_first(metas, tree)) if fold(c[0]) != headline]
    if candidates:
        draft.put("description", *candidates[0])


Candidate = tuple[str, str, float]


def _akin_first(named: list[Candidate], metas: list[Candidate]) -> list[Candidate]:
    """Put what metadata says in nearly the same words first."""
    said = [set(meta[0].casefold().split()) for meta in metas]

    def is_akin(candidate: Candidate) -> bool:
        words = set(candidate[0].casefold().split())
        return any(len(words & other) * 2 >= min(len(words), len(other)) for other in said)

    return sorted(named, key=lambda candidate: not is_akin(candidate))


def _shown_first(metas: list[Candidate], tree: HtmlElement) -> list[Candidate]:
    """Put what the page shows word for word first, and what was cut short last."""
    if len({fold(meta[0]) for meta in metas}) < 2:
        return metas
    shown = {fold(text) for text in visible.paragraphs(tree)}
    return sorted(metas, key=lambda meta: (meta[0].endswith(("…", "...")), fold(meta[0]) not in shown))


def _captions(draft: Draft, tree: HtmlElement) -> None:
    if found := visible.captions(tree):
        draft.put("captions", "\n\n".join(found), "figcaption", 0.9)


def _body(draft: Draft, extracted: list[body.Paragraph]) -> None:
    found = {p.text: p for p in reversed(extracted)}
    own = _own_texts(draft)
    paragraphs = [p for p in reversed(found.values()) if not _is_elsewhere(p.text, own)]
    while paragraphs and paragraphs[-1].is_subheading:
        paragraphs.pop()
    if not paragraphs:
        draft.warn("body-missing", "the page has no running text", "save the page again, as shown", field="body")
        return
    draft.put("body", "\n\n".join(p.text for p in paragraphs), "trafilatura", 0.85)
    if headings := tuple(p.text for p in paragraphs if p.is_subheading):
        draft.put("subheadings", headings, "headings within the body", 0.85)


def _own_texts(draft: Draft) -> set[str]:
    """Return the folded texts of the fields that are not the body."""
    texts = [str(draft.values.get(name) or "") for name in ("headline", "description", "byline")]
    return {fold(text) for text in (*texts, *(draft.values.get("captions") or "").split("\n\n"))}


def _is_elsewhere(text: str, own: set[str]) -> bool:
    """Tell whether a paragraph of the main text is another field's, or known to stand around articles."""
    if len(text) > 1500:
        return False
    folded = fold(text)
    if not folded or folded in own:
        return True
    is_around = len(text) <= 160 and bool(datelines.read(text) or _is_byline(text))
    return is_around or lexicon.load("general").kind(text) is not None


def _language(draft: Draft, data: Metadata, tree: HtmlElement) -> None:
    """Tell the language: the text's own small words decide where the page says otherwise."""
    guess = languages.guess(draft.values.get("body") or "")
    told = metadata.language(data, tree)
    if told and (guess is None or told[0].split("-")[0] in {guess, *(("no",) if guess == "nb" else ())}):
        draft.put("language", told[0], told[1], 0.95)
    elif guess:
        draft.put("language", guess, "the small words of the body", 0.85)
    elif told:
        draft.put("language", told[0], told[1], 0.6)
    if offered := metadata.translations(tree, draft.values.get("language")):
        draft.put("translations", offered, "link alternate", 0.7)
