from __future__ import annotations

import gzip
import json
import socket

import pytest
from effort import calls
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.converters.html import convert, jsonld, metadata, page, people
from onrecord.records import Article, Defaults, Document
from onrecord.reports import Issue, Severity

TEXT = (
    "The ovens of Saint-Orlan have recorded the morning humidity since 1931, and nobody asked to see the notebooks. "
    * 3
)


def converted(data: bytes) -> tuple[Article | None, dict[str, Issue]]:
    found = list(convert(Document.of("a.html", data), Defaults()))
    article = next((item for item in found if isinstance(item, Article)), None)
    return article, {item.code: item for item in found if isinstance(item, Issue)}


def with_json(value: object, body: str = f"<article><h1>Rain at last</h1><p>{TEXT}</p></article>") -> bytes:
    return f"<html lang=en><script type='application/ld+json'>{json.dumps(value)}</script><body>{body}</body>".encode()


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=400) | st.binary(max_size=300).map(lambda data: b"<html><body><article>" + data))
def test_any_bytes_give_an_article_or_an_error(data: bytes) -> None:
    article, issues = converted(data)
    assert article is not None or any(issue.severity is Severity.ERROR for issue in issues.values())
    assert "converter-failed" not in issues


json_values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["name", "@id", "@graph", "author"]), inner)
    ),
    max_leaves=12,
)
KEYS = [
    "headline",
    "author",
    "datePublished",
    "publisher",
    "isAccessibleForFree",
    "articleSection",
    "url",
    "timeRequired",
    "description",
]


@settings(deadline=None, max_examples=40)
@given(st.dictionaries(st.sampled_from(KEYS), json_values))
def test_json_ld_may_say_anything(node: dict[str, object]) -> None:
    article, issues = converted(with_json({"@type": "NewsArticle", **node}))
    assert article is not None
    assert "converter-failed" not in issues
    assert article.authors is None or all(name.strip() for name in article.authors)
    assert article.headline != ""
    str(article).encode()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<div>" * 100_000 + b"text", "page-too-complex"),
        (b"<p>a</p>" * 100_000, "page-too-complex"),
        (gzip.compress(b"<p>" + b"a" * 30_000_000, mtime=0), "document-too-large"),
        (b"<p>" + b"a" * 50_000_000, "document-too-large"),
        (gzip.compress(b"<p>text", mtime=0)[:-4], "damaged-gzip"),
        (b"\x89PNG\r\n", "binary-document"),
        (b"   ", "empty-document"),
    ],
)
def test_hostile_pages_are_refused(data: bytes, code: str) -> None:
    article, issues = converted(data)
    assert article is None
    assert issues[code].severity is Severity.ERROR
    assert issues[code].hint


def test_an_entity_bomb_is_only_text() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'
    article, _ = converted(
        f"{bomb}<html><body><article><h1>Rain &b; &c;</h1><p>{TEXT}</p></article></body></html>".encode()
    )
    assert article is not None
    assert len(str(article)) < 4 * len(TEXT)


def test_too_many_authors_are_no_authors() -> None:
    node = {"@type": "NewsArticle", "author": [{"name": f"Ann Sample{n}"} for n in range(10_000)]}
    article, issues = converted(with_json(node))
    assert article is not None
    assert article.authors is None
    assert "too-many-authors" in issues


def test_deep_json_ld_is_set_aside() -> None:
    script = "<script type='application/ld+json'>" + "[" * 200_000 + "</script>"
    article, issues = converted(f"<html><body>{script}<article><h1>Rain</h1><p>{TEXT}</p></article></body>".encode())
    assert article is not None
    assert "json-ld-malformed" in issues


def test_the_network_is_never_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a converter asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    article, _ = converted(
        with_json({"@type": "NewsArticle", "url": "https://news.example/rain", "headline": "Rain at last"})
    )
    assert article is not None
    assert article.url == "https://news.example/rain"


def test_the_surest_article_of_a_page_is_its_own() -> None:
    linked = jsonld.JsonLd(
        ['{"@graph": [{"@type": "Article", "headline": "b"}, {"@type": "NewsArticle", "headline": "a"}]}']
    )
    assert linked.article()["headline"] == "a"
    assert (
        jsonld.JsonLd(['{"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "headline": "c"}}']).article()[
            "headline"
        ]
        == "c"
    )


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("By Ann Sample and Bo Li", ["Ann Sample", "Bo Li"]),
        ("Ann Sample; Bo Li", ["Ann Sample", "Bo Li"]),
        ("Lena Probe, Berlin", ["Lena Probe"]),
        ("Jan Muster und Lena Probe, dpa", ["Jan Muster", "Lena Probe", "dpa"]),
        ("Ann Sample (Kyiv)", ["Ann Sample"]),
        ("日刊見本", ["日刊見本"]),
        ("", []),
        ("*" * 500, []),
    ],
)
def test_one_author_of_metadata_may_be_several(value: str, names: list[str]) -> None:
    assert people.parted(value) == names


def test_declared_encodings_are_read_as_browsers_do() -> None:
    head = "<html><head><meta charset='{}'></head><body><p>{}</p>"
    for declared, codec, text in (
        ("iso-8859-1", "cp1252", "l’été"),
        ("shift_jis", "cp932", "朝日新聞"),
        ("gb2312", "gb18030", "新闻"),
    ):
        loaded = page.load(Document.of("a", head.format(declared, text).encode(codec)))
        assert loaded.tree is not None
        assert loaded.tree.text_content() == text
        assert not loaded.issues


@given(st.text(max_size=100))
def test_an_address_is_told_from_a_name(value: str) -> None:
    metadata.is_address(value)
    metadata.is_link(value)


def test_what_shows_nothing_is_left_out() -> None:
    heading = "Rain\u00adfall&shy;s at\u200b last"
    article, _ = converted(f"<html><body><article><h1>{heading}</h1><p>{TEXT}</p></article></body></html>".encode())
    assert article is not None
    assert article.headline == "Rainfalls at last"


@pytest.mark.parametrize(
    "unit", ["<div class='byline author standfirst'>x</div>", "<h1>Rain</h1>", "<a rel=author href='/author/a'>A B</a>"]
)
def test_work_grows_with_the_elements_and_no_faster(unit: str) -> None:
    converted(b"<p>Rain</p>")  # loads what a page needs
    small, large = (
        calls(lambda times=times: converted(b"<html><body>" + unit.encode() * times)) for times in (500, 2000)
    )
    assert large < 5 * small
