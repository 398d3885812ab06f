"""A lexicon is a file that a reader can add a word to, and that says where it is wrong."""

from __future__ import annotations

import pytest

from onrecord.errors import LexiconError
from onrecord.extract import engine, extract, extract_article
from onrecord.extract.lexicon import languages, load, parse
from onrecord.extract.words import compiled
from onrecord.records import Article

TEXT = "Moss trumpeted that the bridge was safe."


def test_a_reader_adds_a_word() -> None:
    source = load("en").source.replace("[cues]\n", '[cues]\ntrumpet = { frames = "quote that", count = 1 }\n')
    said, _ = engine.statements(TEXT, "body", parse(source, language="en", file="en.toml"))
    assert [(s.source.text, s.cue.text) for s in said if s.source and s.cue] == [("Moss", "trumpeted")]
    assert not engine.statements(TEXT, "body", load("en"))[0]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("[cues]\nsay = \n", 2),
        ('[cues]\nsay = { frames = "that", count = 1 }\ntell = { count = 1 }\n', 3),
        ("[inflection]\nrules = [\n  [1],\n]\n", 1),
        ('[words]\n\nbe = 3\n\n[cues]\nsay = { frames = "that", count = 1 }\n', 3),
    ],
)
def test_a_fault_names_its_line(source: str, line: int) -> None:
    with pytest.raises(LexiconError) as error:
        compiled(parse(source, language="xx", file="xx.toml"))
    assert (error.value.file, error.value.line) == ("xx.toml", line)


def test_every_cue_has_frames_and_a_count() -> None:
    for lemma, entry in load("en").section("cues").items():
        assert isinstance(entry["frames"], str), lemma
        assert entry["count"] >= 0, lemma


def test_a_language_without_a_lexicon_is_refused_by_name() -> None:
    with pytest.raises(LexiconError, match="xx"):
        extract("“Oui”", language="xx")


@pytest.mark.parametrize(("language", "method"), [("xx", "no lexicon for xx"), (None, "language unknown")])
def test_an_article_without_a_lexicon_keeps_its_quotations(language: str | None, method: str) -> None:
    article = Article(
        seed_path="a", seed_sha256="b", converter="c", language=language, body="Il dit « oui » et « non »."
    )
    quotes = extract_article(article).quotes
    assert [quote.spans[0].text for quote in quotes] == ["oui", "non"]
    assert {quote.attribution.method for quote in quotes} == {method}


def test_the_lexicon_for_unknown_languages_is_no_language() -> None:
    assert "und" not in languages()
