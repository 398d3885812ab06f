"""The one real article, as a careful reader would write down who said what, when and where."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from onrecord.converters.capture import convert
from onrecord.extract import extract_article
from onrecord.records import Article, Attribution, Defaults, Document, Speaker

SEED = Path(__file__).parents[2] / "seeds" / "lemonde-en" / "000_fce61b5b057b4c8c.txt"
LEMONDE = Defaults(publisher="Le Monde", language="en", time_zone="Europe/Paris", options={"profile": "lemonde"})

MACRON = Speaker("Emmanuel Macron", "person", "French President")
CROUZET = Speaker(
    "Vincent Crouzet",
    "person",
    "former employee of the Directorate-General for External Security (DGSE), who is now a writer and consultant",
)
DIPLOMAT = Speaker(None, "person", "Ukrainian diplomatic source", "anonymous", "requested anonymity to speak candidly")
SPOKESPERSON = Speaker(None, "person", "spokesperson for British Prime Minister Rishi Sunak", "unnamed")
MAGOWAN = Speaker("Robert Magowan", "person", "former commanding general of the Royal Marines")

SAID = {
    "ruled out": (MACRON, None),
    "weighed": (MACRON, (date(2024, 2, 29), date(2024, 2, 29))),
    "in an official": (MACRON, (date(2024, 2, 26), date(2024, 2, 26))),
    "The actions of these services": (CROUZET, None),
    "All the allied states": (DIPLOMAT, None),
    "in the air": (DIPLOMAT, None),
    "If there are arms deliveries": (DIPLOMAT, None),
    "Ukraine is also being used": (DIPLOMAT, None),
    "Beyond the small number": (SPOKESPERSON, (date(2024, 2, 26), date(2024, 2, 26))),
    "a high degree of political": (MAGOWAN, (date(2022, 10, 1), date(2022, 12, 31))),
}


@pytest.fixture(scope="module")
def said() -> dict[str, Attribution]:
    document = Document.of(SEED.name, SEED.read_bytes())
    article = next(found for found in convert(document, LEMONDE) if isinstance(found, Article))
    quotes = [quote for quote in extract_article(article).quotes if quote.field == "body"]
    return {
        words: next(quote.attribution for quote in quotes if any(words in span.text for span in quote.spans))
        for words in SAID
    }


@pytest.mark.parametrize("words", SAID)
def test_who_said_it_and_when(said: dict[str, Attribution], words: str) -> None:
    speaker, days = SAID[words]
    assert said[words].speakers == (speaker,)
    assert (said[words].said_earliest, said[words].said_latest) == (days or (None, None))


def test_to_whom_and_where(said: dict[str, Attribution]) -> None:
    spokesperson, general = said["Beyond the small number"], said["a high degree of political"]
    assert (spokesperson.addressee, spokesperson.channel) == ("reporters", "statement")
    assert general.venue == "an interview with the official Royal Marine journal Globe and Laurel"
    assert general.channel == "interview"
