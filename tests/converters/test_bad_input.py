"""What documents must not be able to do: each hostile kind is an Issue, found in bounded memory."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from onrecord.converters import base, choice
from onrecord.records import Article, Defaults, Document
from onrecord.reports import Issue

MEBIBYTE = 1 << 20
TEXT = "The ovens of Saint-Orlan have recorded the morning humidity since 1931, and nobody asked to see it. " * 3
ARTICLE = f"<article><h1>Rain at last on the valley</h1><p>{TEXT}</p></article>"
NAMES = [f"Ann Sample{number}" for number in range(10_000)]
ENTITIES = '<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))


def linked(*nodes: object) -> bytes:
    data = [json.dumps(node).replace("</", "<\\/") for node in nodes]
    scripts = [f"<script type='application/ld+json'>{one}</script>" for one in data]
    return f"<html lang=en>{''.join(scripts)}{ARTICLE}".encode()


def news(**fields: object) -> dict[str, object]:
    return {"@type": "NewsArticle", "headline": "Rain at last on the valley", **fields}


def bundle() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("archive/data.warc", b"WARC/1.0\r\nX: " + b"a" * 150_000_000)
    return data.getvalue()


def record(length: int) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + ARTICLE.encode()
    head = "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
    return f"{head}Content-Length: {len(http)}\r\n\r\n".encode() + http[:length]


KINDS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "50 MB page": ("a.html", lambda: b"<html><p>" + b"a b " * 12_500_000, "document-too-large"),
    "50 MB line": ("a.txt", lambda: b"a line " * 7_200_000, "line-too-long"),
    "17 MB text": ("a.txt", lambda: b"A line of text.\n" * 1_100_000, "document-too-large"),
    "50 MB row": ("a.jsonl", lambda: b'{"title": "' + b"a" * 50_000_000 + b'"}', "record-too-large"),
    "entities in a page": (
        "a.html",
        f"<!DOCTYPE x [{ENTITIES}]><html>{ARTICLE}<p>&a12;</p>".encode,
        "entities-declared",
    ),
    "entities in a feed": (
        "a.xml",
        f"<!DOCTYPE x [{ENTITIES}]><rss><channel><item><title>&a12;</title></item></channel></rss>".encode,
        "feed-malformed",
    ),
    "deep page": ("a.html", lambda: b"<div>" * 100_000 + b"text" + b"</div>" * 100_000, "page-too-complex"),
    "deep feed": ("a.xml", lambda: b"<rss>" + b"<a>" * 100_000, "feed-malformed"),
    "deep row": ("a.jsonl", lambda: b'{"title": ' + b"[" * 100_000, "record-invalid"),
    "deep JSON-LD": (
        "a.html",
        lambda: b"<script type='application/ld+json'>" + b'{"a":' * 100_000 + b"</script>" + ARTICLE.encode(),
        "json-ld-malformed",
    ),
    "wrong charset of a page": (
        "a.html",
        lambda: f"<html><meta charset=utf-8>{ARTICLE}<p>l’été à la côte".encode("cp1252"),
        "encoding-guessed",
    ),
    "wrong charset of a text": ("a.txt", lambda: "Il pleut à Lyon, l’été.".encode("cp1252"), "encoding-guessed"),
    "gzip bomb of a page": ("a.html.gz", lambda: gzip.compress(b"<p>" + b"a" * 300_000_000), "document-too-large"),
    "gzip bomb of rows": ("a.jsonl.gz", lambda: gzip.compress(b" " * 150_000_000), "corpus-damaged"),
    "zip bomb of an archive": ("a.wacz", bundle, "archive-damaged"),
    "truncated WARC": ("a.warc", lambda: record(300), "archive-damaged"),
    "truncated gzip": ("a.html.gz", lambda: gzip.compress(linked(news()))[:-8], "damaged-gzip"),
    "malformed JSON-LD": (
        "a.html",
        lambda: b'<script type=\'application/ld+json\'>{"@type": "NewsArticle",</script>' + ARTICLE.encode(),
        "json-ld-malformed",
    ),
    "JSON-LD that lies about the headline": (
        "a.html",
        lambda: linked(news(headline="Totally unrelated words")),
        "headline-differs",
    ),
    "JSON-LD that lies about the day": ("a.html", lambda: linked(news(datePublished="2031-13-45")), "date-invalid"),
    "JSON-LD of several articles": ("a.html", lambda: linked(news(), news(headline="Another")), "json-ld-repeated"),
    "JSON-LD two hundred times": ("a.html", lambda: linked(*[news()] * 200), "json-ld-repeated"),
    "headline that is a script": (
        "a.html",
        lambda: linked(news(headline="<script>alert(1)</script>")),
        "headline-markup",
    ),
    "10,000 authors in JSON-LD": ("a.html", lambda: linked(news(author=NAMES)), "too-many-authors"),
    "10,000 authors in a byline": (
        "a.html",
        f"<html><h1>Rain</h1><p class=byline>By {', '.join(NAMES)}</p>{ARTICLE}".encode,
        "too-many-authors",
    ),
    "10,000 authors in a capture": (
        "a.txt",
        f"Rain at last\n\nBy {', '.join(['Ann Sample'] * 10_000)}\n\n{TEXT}".encode,
        "too-many-authors",
    ),
    "10,000 authors in a row": (
        "a.jsonl",
        lambda: json.dumps({"title": "Rain", "text": TEXT, "authors": NAMES}).encode(),
        "too-many-authors",
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_hostile_kind_is_an_issue_in_bounded_memory(kind: str) -> None:
    name, make, code = KINDS[kind]
    document = Document.of(name, make())
    convert = base.find(choice.choose(document).name)
    tracemalloc.start()
    try:
        found = list(convert(document, Defaults(time_zone="Europe/Paris")))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    issues = {item.code: item for item in found if isinstance(item, Issue)}
    assert code in issues
    assert issues[code].hint
    assert peak < 64 * MEBIBYTE + 2 * len(document.data)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "authors" in kind])
def test_a_flood_names_nobody_and_is_no_text(kind: str) -> None:
    name, make, _ = KINDS[kind]
    document = Document.of(name, make())
    found = list(base.find(choice.choose(document).name)(document, Defaults()))
    [article] = [item for item in found if isinstance(item, Article)]
    assert article.authors is None
    assert "Ann Sample" not in (article.body or "")


def test_of_several_articles_in_json_ld_the_one_that_is_shown_is_read() -> None:
    other = news(headline="Another", author="Tomas Venn", datePublished="2020-01-01T00:00:00Z")
    data = linked(other, news(author="Mara Quill"))
    found = list(base.find("html")(Document.of("a.html", data), Defaults()))
    [article] = [item for item in found if isinstance(item, Article)]
    assert (article.authors, article.date_published) == (("Mara Quill",), None)
