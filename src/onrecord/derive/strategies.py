"""Hypothesis strategies, from the declarations and the records: data to test with, awkward but valid.

Needs Hypothesis, which is no dependency of the package: import this module from tests only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from onrecord import schemas
from onrecord.records import Article, Attribution, Entry, Extraction, Mention, Quote, SetAside, Source, Span, Speaker

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import DrawFn, SearchStrategy

    from onrecord.records import FieldName

MARKS = "\"'«»‘’‚‛“”„‟‹›「」『』`´＂＇〝〞〟″′"
"""Characters that may be quotation marks: in no text that is meant to hold none."""
AWKWARD = (
    "=1+1",
    "@a",
    "-",
    "+",
    "\t",
    "line\nbreak",
    "lone\rreturn",
    "\r\n",
    "a,b",
    "e\u0301",
    "🙂",
    "שלום",
    "\u2028",
    " ",
)


def texts(*, marks: bool = True, max_size: int = 12) -> SearchStrategy[str]:
    """Return a strategy for text of one character or more, with awkward pieces in it.

    Parameters
    ----------
    marks
        Allow quotation marks.
    max_size
        The most characters of a piece that is not one of the awkward ones.
    """
    letters = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="" if marks else MARKS)
    awkward = (*AWKWARD, 'a "b"', '"') if marks else AWKWARD
    piece = st.one_of(st.text(letters, min_size=1, max_size=max_size), st.sampled_from(awkward))
    return st.lists(piece, min_size=1, max_size=3).map("".join)


def values(declared: schemas.Field) -> SearchStrategy[Any]:
    """Return a strategy for the cells of a field, nulls included where they are allowed.

    Examples
    --------
    >>> values(schemas.load("spans")["is_verbatim"])
    booleans()
    """
    found = _present(declared)
    return found if declared.required else st.none() | found


def rows(name: str) -> SearchStrategy[dict[str, Any]]:
    """Return a strategy for single rows of a table that keep all constraints of their columns."""
    return st.fixed_dictionaries({declared.name: values(declared) for declared in schemas.load(name).fields})


def _present(declared: schemas.Field) -> SearchStrategy[Any]:
    if declared.item is not None:
        return st.lists(_present(declared.item), max_size=3)
    if declared.categories:
        return st.sampled_from(declared.values)
    if declared.pattern is not None:
        return st.from_regex(declared.pattern, fullmatch=True, alphabet=st.characters(codec="ascii"))
    return _OF_TYPE[declared.type](declared)


def _integers(declared: schemas.Field) -> SearchStrategy[int]:
    low = None if declared.minimum is None else int(declared.minimum)
    return st.integers(-(2**63) if low is None else low, 2**63 - 1)


def _numbers(declared: schemas.Field) -> SearchStrategy[float]:
    return st.floats(declared.minimum, declared.maximum, allow_nan=False, allow_infinity=False)


_FIRST, _LAST = (datetime(year, 1, 1) for year in (1900, 2100))  # noqa: DTZ001 -- Hypothesis adds the zone


def _instants() -> SearchStrategy[datetime]:
    return st.datetimes(_FIRST, _LAST, timezones=st.just(UTC))


_OF_TYPE: dict[str, Callable[[schemas.Field], SearchStrategy[Any]]] = {
    "string": lambda _: texts(),
    "integer": _integers,
    "number": _numbers,
    "boolean": lambda _: st.booleans(),
    "date": lambda _: st.dates(date(1, 1, 1)),
    "datetime": lambda _: _instants(),
}


@dataclass(slots=True)
class _Page:
    """A text as it grows, with what stands in it; offsets hold because pieces are only appended."""

    name: FieldName
    text: str = ""
    quotes: list[Quote] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)

    def put(self, piece: str) -> Mention:
        """Append a piece and return where it stands."""
        start = len(self.text)
        self.text += piece
        return Mention(start, len(self.text), piece)


@st.composite
def speakers(draw: DrawFn) -> Speaker:
    """Draw a speaker."""
    name = draw(st.none() | st.sampled_from(("Ada Example", "ADA EXAMPLE", "Moss", "Ministère des Essais", "ß")))
    return Speaker(
        name=name,
        kind=draw(st.sampled_from(("person", "organisation", "group", "unknown"))),
        description=draw(st.none() | texts()),
        anonymity="named" if name else draw(st.sampled_from(("unnamed", "anonymous"))),
    )


@st.composite
def entries(draw: DrawFn) -> Entry:
    """Draw an entry that keeps every law: offsets hold, spans are in order, every mark is accounted for."""
    pages = [_page(draw, name) for name in draw(st.sets(st.sampled_from(("headline", "captions", "body")))) | {"body"}]
    published = draw(st.none() | _instants())
    article = Article(
        seed_path=draw(st.text("abc/", min_size=1, max_size=8)),
        seed_sha256=draw(st.binary(min_size=32, max_size=32)).hex(),
        converter="capture/1",
        authors=draw(st.none() | st.lists(texts(), max_size=2).map(tuple)),
        description=draw(st.none() | texts(marks=False)),
        date_published=published,
        date_modified=published,
        is_complete=draw(st.none() | st.booleans()),
        unread_share=draw(st.none() | st.floats(0, 1)),
        **{page.name: page.text for page in pages if page.text},  # type: ignore[arg-type]
    )
    said = tuple(quote for page in pages for quote in page.quotes)
    return Entry(article, Extraction(said, tuple(aside for page in pages for aside in page.aside)))


def _page(draw: DrawFn, name: Any) -> _Page:
    page = _Page(name)
    for kind in draw(st.lists(st.sampled_from(("plain", "quote", "broken", "aside")), max_size=4)):
        page.put(draw(texts(marks=False)))
        if kind in {"quote", "broken"}:
            page.quotes.append(_quote(draw, page, broken=kind == "broken"))
        elif kind == "aside":
            term = page.put(f"“{draw(texts(marks=False))}”")
            page.aside.append(SetAside(page.name, term.start, term.end, term.text, "term"))
    return page


def _quote(draw: DrawFn, page: _Page, *, broken: bool) -> Quote:
    spans = [_span(draw, page)]
    source, cue = page.put(draw(texts(marks=False))), page.put(draw(texts(marks=False)))
    if broken:
        page.put(draw(texts(marks=False)))
        spans.append(_span(draw, page))
    named = draw(st.lists(speakers(), max_size=2))
    attribution = Attribution(
        source=draw(st.none() | st.just(Source(source.start, source.end, source.text, "nominal"))),
        cue=draw(st.none() | st.just(cue)),
        speakers=tuple(named),
        method="drawn",
        confidence=draw(st.floats(0, 1)),
    )
    language = draw(st.sampled_from((None, "en", "fr-CA")))
    return Quote(field=page.name, kind="direct", spans=tuple(spans), language=language, attribution=attribution)


def _span(draw: DrawFn, page: _Page) -> Span:
    page.put("“")
    inside = page.put(draw(texts()).replace("“", "").replace("”", "") or "x")
    page.put("”")
    return Span(inside.start, inside.end, inside.text, is_verbatim=True)
