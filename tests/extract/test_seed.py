"""The real seed comes out as a careful reader would write it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.extract import unaccounted

SEED = Path(__file__).parents[2] / "seeds" / "lemonde-en" / "000_fce61b5b057b4c8c.txt"
PARAGRAPHS = SEED.read_text(encoding="utf-8").split("\n\n")
FIRST = next(i for i, paragraph in enumerate(PARAGRAPHS) if paragraph.startswith("Three days after"))
BODY = "\n\n".join(PARAGRAPHS[FIRST : FIRST + 6])
SOURCE = "a Ukrainian diplomatic source, who requested anonymity to speak candidly"

WRITTEN = [
    ("mixed", "French President Emmanuel Macron", "said", ["ruled out,"]),
    ("mixed", "Macron", "stressed", ["weighed", "measured."]),
    ("mixed", "he", "made sure on Monday to specify", ["in an official, considered and approved manner,"]),
    (
        "direct",
        (
            "Vincent Crouzet, a former employee of the Directorate-General for External Security (DGSE), "
            "who is now a writer and consultant"
        ),
        "said",
        ["The actions of these services are by their very nature clandestine, and therefore outside the law of war,"],
    ),
    (
        "direct",
        SOURCE,
        "said",
        [
            (
                "All the allied states have a presence in Ukraine. It's not a question of combat units, but there are "
                "representatives of each intelligence service, for example,"
            )
        ],
    ),
    ("mixed", "They", "said", ["in the air"]),
    (
        "direct",
        "they",
        "added",
        [
            (
                "If there are arms deliveries, there must be people there physically giving information on how to use "
                "the equipment,"
            )
        ],
    ),
    (
        "direct",
        "they",
        None,
        [
            (
                "Ukraine is also being used as a testing ground for new equipment. Drones are tested there. "
                "These kinds "
                "of professionals are on the ground, of course."
            )
        ],
    ),
    (
        "direct",
        "a spokesperson for British Prime Minister Rishi Sunak",
        "told",
        [
            (
                "Beyond the small number of personnel we do have in the country supporting the armed forces "
                "of Ukraine, "
                "we haven't got any plans for large-scale deployment,"
            )
        ],
    ),
    (
        "mixed",
        "a former commanding general of the Royal Marines, Robert Magowan",
        "had already admitted",
        ["a high degree of political and military risk."],
    ),
]


def test_every_verbatim_fragment_has_its_source_and_cue(read: Callable) -> None:
    said, _ = read(BODY)
    assert [
        (
            s.kind,
            s.source.text if s.source else None,
            s.cue.text if s.cue else None,
            [span.text for span in s.spans if span.is_verbatim],
        )
        for s in said
    ] == WRITTEN


@pytest.mark.parametrize(
    ("verbatim", "paraphrase"),
    [
        ("ruled out,", ["sending troops to Ukraine should not be"]),
        ("weighed", ["that his words had been", "and"]),
        (
            "in an official, considered and approved manner,",
            ["that the discussions only concerned the sending of troops"],
        ),
        (
            "a high degree of political and military risk.",
            [
                (
                    "that 350 British soldiers had been present in Ukraine between January and April 2022, "
                    "for special operations involving"
                )
            ],
        ),
    ],
)
def test_the_words_around_a_fragment_are_paraphrase(read: Callable, verbatim: str, paraphrase: list[str]) -> None:
    said, _ = read(BODY)
    quote = next(s for s in said if any(span.text == verbatim for span in s.spans))
    assert [span.text for span in quote.spans if not span.is_verbatim] == paraphrase


def test_every_mark_of_the_body_is_accounted_for(read: Callable) -> None:
    said, aside = read(BODY)
    assert not unaccounted(BODY, said, aside)
    assert not aside


def test_the_standfirst_holds_what_the_president_spoke_of(lines: Callable) -> None:
    assert lines(PARAGRAPHS[1]) == [
        (
            "indirect",
            "French President Emmanuel Macron",
            "spoke",
            ["potentially sending military reinforcements to Ukraine"],
        )
    ]


def test_the_emptied_marks_of_the_page_quote_nobody(read: Callable) -> None:
    paragraph = next(p for p in PARAGRAPHS if "«" in p)
    said, aside = read(paragraph)
    assert not said
    assert [mark.reason for mark in aside] == ["empty"]
