"""Captures of any publisher: layouts of invented pages, one a class of layout."""

from __future__ import annotations

import pytest

from onrecord.converters.capture import convert, placements
from onrecord.records import Article, Defaults, Document
from onrecord.reports import Issue

TITLE = "Harbour office counts the gulls of Morvac again"
TEXT = (
    "The harbour office counts its gulls twice a year, and the figure has not moved since the office was founded, "
    "which is why the count of Wednesday was done again.\n\n"
    "“We counted again,” said Odile Tremplin, who keeps the ledger of the harbour. “Then we counted with lamps on, "
    "and it was one more.”\n\n"
    "The extra bird has since been given a number and a place on the wall of the office, and it has not been asked."
)
GENERAL = Defaults(time_zone="Europe/Paris", options={"profile": "general"})


def read(text: str, defaults: Defaults = GENERAL) -> tuple[Article, dict[str, Issue]]:
    found = list(convert(Document.of("a.txt", text.encode()), defaults))
    [article] = [item for item in found if isinstance(item, Article)]
    return article, {item.code: item for item in found if isinstance(item, Issue)}


def article(text: str) -> Article:
    return read(text)[0]


@pytest.mark.parametrize(
    ("above", "headline"),
    [
        (TITLE, TITLE),
        (f"{TITLE} | morvac today", TITLE),
        (f"{TITLE} – 28.08.2024", TITLE),
        (f"Morvac Harbour {TITLE}\n\nIn other news\n\n{TITLE}", TITLE),
        ("The harbour office counts gulls :\nThe birds of Morvac", None),
        (f"The gulls of the harbour sit on the roof of the office\n\n{TITLE} | morvac today\n\n{TITLE}", TITLE),
    ],
)
def test_a_title_is_found_with_what_stands_beside_it(above: str, headline: str | None) -> None:
    expected = headline or "The harbour office counts gulls: The birds of Morvac"
    again = f"\n\n{TITLE}\n" if "roof" in above else ""
    assert article(f"{above}\n\n{TEXT}{again}").headline == expected


def test_a_kicker_run_into_the_title_goes_where_the_text_has_it_as_a_name() -> None:
    text = f"Gull League Setback for the counters of the harbour\n\nThey lead the Gull League.\n\n{TEXT}"
    assert article(text).headline == "Setback for the counters of the harbour"
    title_case = text.replace("Setback for the counters of the harbour", "Setback For Counters At Home")
    assert article(title_case).headline == "Gull League Setback For Counters At Home"


def test_a_title_in_letters_without_case_is_no_credit() -> None:
    title = "बंदरगाह के कार्यालय ने फिर से पक्षियों की गिनती की"
    assert (
        article(f"{title}\n\n{title[:20]} और यह पहले से एक अधिक है, कार्यालय ने बुधवार को कहा। {title}।\n\n{TEXT}").headline
        == title
    )


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Mara Quill2 hours ago", ("Mara Quill",)),
        ("Mara Quill|Published", ("Mara Quill",)),
        ("Mara Quill | Tomas Venn\nvor 3 Stunden", ("Mara Quill", "Tomas Venn")),
        ("The Associated Press\nPublished May 07, 2025", ("The Associated Press",)),
        ("Comment by\nMara Quill", ("Mara Quill",)),
        ("/ Mara Quill", ("Mara Quill",)),
        ("Mara Quill", ("Mara Quill",)),
        ("Odile Tremplin", None),
        ("Key Points", None),
        ("Photo: Mara Quill / AP", None),
        ("MARA QUILL", None),
    ],
)
def test_names_around_a_title_are_authors_only_where_that_is_sure(line: str, authors: tuple[str, ...] | None) -> None:
    assert article(f"{TITLE}\n\n{line}\n\n{TEXT}").authors == authors


@pytest.mark.parametrize(
    "line",
    ["Mara Quill is a politics reporter for the Morvac Gazette.", "Mara Quill\nRedakteurin in der Hafenzeitung"],
)
def test_who_is_introduced_below_the_text_wrote_it(line: str) -> None:
    assert article(f"{TITLE}\n\n{TEXT}\n\n{line}").authors == ("Mara Quill",)


def test_whom_the_text_introduces_otherwise_did_not_write_it() -> None:
    assert article(f"{TITLE}\n\n{TEXT}\n\nMara Quill is a counter of gulls at the harbour.").authors is None


def test_a_byline_that_names_an_outlet_is_kept_and_not_read() -> None:
    found, issues = read(f"{TITLE}\n\nPar Le Havre Libre et AFP\n\n{TEXT}")
    assert (found.byline, found.authors) == ("Par Le Havre Libre et AFP", None)
    assert issues["byline-unread"].line == 3


def test_a_day_above_the_title_is_the_mastheads() -> None:
    above = read(f"Thursday, August 29, 2024\n\n{TITLE}\n\n{TEXT}")
    assert above[0].date_published is None
    assert "date-missing" in above[1]
    below = article(f"{TITLE}\n\nAugust 28, 2024\n\n{TEXT}")
    assert below.date_published is not None
    assert below.date_published.isoformat() == "2024-08-27T22:00:00+00:00"


def test_every_line_of_a_title_in_two_has_its_place() -> None:
    document = Document.of("a.txt", f"The harbour office counts gulls :\nThe birds of Morvac\n\n{TEXT}".encode())
    assert [place.role for place in placements(document, GENERAL)][:2] == ["headline", "headline"]


def test_who_may_read_is_read_above_the_text_and_nowhere_else() -> None:
    assert article(f"{TITLE}\n\nSubscribers only\n\n{TEXT}").access == "subscribers"
    assert article(f"{TITLE}\n\n{TEXT}\n\n{TEXT[:60]}\n\nSubscribers only").access == "unknown"
