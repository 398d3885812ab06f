"""The nouns of the house: documents in, articles, quotes, attributions and speakers out.

Offsets are code points into one text field of one article, half-open, and every piece of text that
carries offsets equals `field_text[start:end]`. Records know nothing of files, Arrow or the command line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:

    def record(*, frozen: bool, **options: bool) -> Callable[[type], type]:
        """Make a dataclass that is frozen for the type checker only: made by the thousand, in a third of the time."""
        return dataclass(unsafe_hash=frozen, **options)


FieldName = Literal["headline", "description", "captions", "body"]
FIELDS: tuple[FieldName, ...] = ("headline", "description", "captions", "body")
"""The text fields of an article that quotes are read from, in reading order."""

QuoteKind = Literal["direct", "mixed", "indirect"]
SourceForm = Literal["named", "nominal", "pronoun", "none"]
SpeakerKind = Literal["person", "organisation", "group", "unknown"]
Anonymity = Literal["named", "unnamed", "anonymous"]
Channel = Literal["statement", "interview", "speech", "social post", "publication", "court", "unknown"]
Access = Literal["free", "metered", "subscribers", "unknown"]
ZoneEvidence = Literal["stated", "offset", "publisher default"]
BodyRights = Literal["included", "withheld"]
QuoteRights = Literal["included", "shortened", "stand-off"]
Review = Literal["machine", "reviewed", "corrected"]
AsideReason = Literal["title", "nickname", "scare quote", "term", "slogan", "inch", "apostrophe", "unbalanced", "empty"]


@dataclass(frozen=True, slots=True)
class Document:
    """One raw document as received: its bytes, and the path by which its collection knows it (POSIX)."""

    path: str
    data: bytes = field(repr=False)
    sha256: str

    @classmethod
    def of(cls, path: str, data: bytes) -> Document:
        """Make a document of bytes, hashing them.

        >>> Document.of("a.txt", b"hello").sha256[:8]
        '2cf24dba'
        """
        return cls(path, data, hashlib.sha256(data).hexdigest())


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What a collection says of all its documents, for a converter to use where the text is silent.

    `options` is the converter's dialect from `collection.toml` (for example `{"profile": "lemonde"}`).
    """

    publisher: str | None = None
    language: str | None = None
    time_zone: str | None = None
    license: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Permit:
    """What a dataset may hold of an article: its body, and of each quote all, `quote_words` words, or no word."""

    body: BodyRights = "included"
    quotes: QuoteRights = "included"
    quote_words: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news article. Instants are aware and in UTC; `None` means that the document does not say.

    `captions` and `body` are paragraphs parted by a blank line. `subheadings` names those paragraphs
    of the body that are subheadings. `translations` lists the other languages (BCP-47) the page offers.
    `permit` is what rights allow a dataset to hold of it; None allows all.
    """

    seed_path: str
    seed_sha256: str
    converter: str
    url: str | None = None
    publisher: str | None = None
    headline: str | None = None
    description: str | None = None
    authors: tuple[str, ...] | None = None
    byline: str | None = None
    date_published: datetime | None = None
    date_modified: datetime | None = None
    time_zone: str | None = None
    time_zone_evidence: ZoneEvidence | None = None
    section: str | None = None
    language: str | None = None
    translations: tuple[str, ...] | None = None
    access: Access = "unknown"
    is_complete: bool | None = None
    unread_share: float | None = None
    reading_minutes: int | None = None
    subheadings: tuple[str, ...] | None = None
    captions: str | None = None
    body: str | None = None
    license: str | None = None
    permit: Permit | None = None

    def text(self, name: FieldName) -> str | None:
        """Return the text of one field, the one that a quote's offsets count in."""
        return getattr(self, name)  # type: ignore[no-any-return]


@record(frozen=True, slots=True)
class Mention:
    """A piece of a field's text: a cue, for example."""

    start: int
    end: int
    text: str


@record(frozen=True, slots=True)
class Source:
    """The attribution's source span, as in PARC: who speaks, in the words of the article."""

    start: int
    end: int
    text: str
    form: SourceForm


@record(frozen=True, slots=True)
class Span:
    """One contiguous piece of what is said; verbatim spans stand between quotation marks, marks excluded."""

    start: int
    end: int
    text: str
    is_verbatim: bool


@record(frozen=True, slots=True)
class Speaker:
    """Who a source refers to. `name` is the longest earliest form in the article, or null for the unnamed.

    `description` is the role or affiliation, as the article words it.
    """

    name: str | None
    kind: SpeakerKind
    description: str | None = None
    anonymity: Anonymity = "named"
    anonymity_reason: str | None = None
    wikidata_id: str | None = None


@record(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who said a quote, and how we know.

    One source span may name several speakers ("Smith and Jones said"). A quote with nobody to give
    it to has `source=None`, no speakers, and the reason in `method`. `said_earliest` and
    `said_latest` are calendar days in the article's zone, both inclusive.
    """

    source: Source | None
    cue: Mention | None
    speakers: tuple[Speaker, ...] = ()
    addressee: str | None = None
    venue: str | None = None
    channel: Channel = "unknown"
    said_earliest: date | None = None
    said_latest: date | None = None
    method: str
    confidence: float
    review: Review = "machine"


@record(frozen=True, slots=True, kw_only=True)
class Quote:
    """One statement of one source: its content in order, and its attribution.

    The envelope runs from the first span's start to the last span's end.
    """

    field: FieldName
    kind: QuoteKind
    spans: tuple[Span, ...]
    language: str | None
    attribution: Attribution

    @property
    def start(self) -> int:
        """Where the envelope starts."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Where the envelope ends."""
        return self.spans[-1].end


@record(frozen=True, slots=True)
class SetAside:
    """Quotation marks that quote nobody, and why: from the opening mark to the closing one, marks included."""

    field: FieldName
    start: int
    end: int
    text: str
    reason: AsideReason


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read from one article: its quotes in reading order, and the marks that quote nobody."""

    quotes: tuple[Quote, ...]
    set_aside: tuple[SetAside, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An article with everything said in it: what one document contributes to a dataset."""

    article: Article
    extraction: Extraction
