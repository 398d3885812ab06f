"""Which of the several things that a page says of itself each field is taken from. All pages are invented."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from onrecord.converters.html import convert, headlines
from onrecord.records import Article, Defaults, Document
from onrecord.reports import Issue

TEXT = "The ovens of Saint-Orlan have recorded the morning humidity since 1931, and nobody asked for it. " * 3
TITLE = "The ovens of Saint-Orlan keep a diary of rain"
OTHER = "Why bakers know the weather better"


def page(*, head: str = "", linked: dict[str, object] | None = None, above: str = "", heading: str = TITLE) -> bytes:
    node = {"@type": "NewsArticle", **linked} if linked is not None else None
    data = json.dumps(node).replace("</", "<\\/")
    script = f"<script type='application/ld+json'>{data}</script>" if node else ""
    h1 = f"<h1>{heading}</h1>" if heading else ""
    body = f"<article>{h1}{above}<p>{TEXT}</p><p>{TEXT}</p></article>"
    return f"<html lang=en><head>{head}{script}</head><body>{body}</body></html>".encode()


def article(data: bytes) -> Article:
    return read(data)[0]


def read(data: bytes) -> tuple[Article, dict[str, Issue]]:
    found = list(convert(Document.of("a.html", data), Defaults()))
    [row] = [item for item in found if isinstance(item, Article)]
    return row, {item.code: item for item in found if isinstance(item, Issue)}


def shared(title: str) -> str:
    return f"<meta property='og:title' content='{title}'><meta property='og:site_name' content='The Orlan Sample'>"


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        (f"{TITLE} | The Orlan Sample", TITLE),
        (f"{TITLE} – The Orlan Sample – 13.06.2023", TITLE),
        (f"{TITLE}｜The Orlan Sample", TITLE),
        (f"{TITLE} - Weather News", TITLE),
        (f"Bakeries | {TITLE}", TITLE),
        (f"The Orlan Sample | {TITLE}", TITLE),
        (TITLE, f"Bakeries {TITLE}"),
        (f"{TITLE} - and of snow", ""),
    ],
)
def test_a_title_loses_what_is_no_part_of_it(title: str, heading: str) -> None:
    expected = title if not heading else TITLE
    assert article(page(head=shared(title), heading=heading)).headline == expected


def test_a_dash_within_a_title_stays() -> None:
    title = "Rain at last - and nobody stayed in"
    assert headlines.without_outlet(title, {"theorlansample"}) == title


def test_an_outlet_after_every_headline_of_the_metadata_goes() -> None:
    told = f"{TITLE} - Orlan.example"
    head = f"<meta property='og:title' content='{told}'><link rel='canonical' href='https://www.orlan.example/a'>"
    assert article(page(head=head, linked={"headline": told})).headline == TITLE


def test_a_part_that_both_titles_of_the_metadata_have_stays() -> None:
    told = f"{TITLE} - Weather of today"
    assert article(page(head=shared(told), linked={"headline": told})).headline == told


def test_a_headline_that_differs_from_the_shown_one_is_told() -> None:
    found, issues = read(page(head=shared(OTHER), linked={"headline": OTHER}))
    assert found.headline == OTHER
    assert issues["headline-differs"].value == TITLE


def test_no_headline_differs_where_all_agree() -> None:
    found, issues = read(page(head=shared(f"{TITLE} | The Orlan Sample"), linked={"headline": TITLE.upper()}))
    assert found.headline == TITLE
    assert "headline-differs" not in issues


def test_three_headlines_are_decided_by_json_ld() -> None:
    assert article(page(head=shared("Bakers and rain"), linked={"headline": OTHER})).headline == OTHER


def test_a_heading_run_together_does_not_stand_for_the_title_it_repeats() -> None:
    title = "Weather / The ovens of Saint-Orlan keep a diary of rain, of snow, and of every fog since 1931, bakers say"
    assert len(title) in headlines.CUT
    assert article(page(head=shared(title), heading=title.replace(" / ", ""))).headline == title


def test_a_title_cut_short_is_made_whole() -> None:
    assert article(page(head=shared(TITLE[:40] + "…"))).headline == TITLE


def test_the_title_element_is_the_last_resort() -> None:
    head = f"<title>{TITLE} | The Orlan Sample</title><meta name='application-name' content='The Orlan Sample'>"
    assert article(page(head=head, heading="")).headline == TITLE


LEAD = "For ninety years the bakers have written down what the dough told them, and now a station wants the books."


def test_a_standfirst_may_be_named_in_any_attribute_or_by_its_tag() -> None:
    for above in (f"<p data-dot='article-perex'>{LEAD}</p>", f"<story-excerpt><div>{LEAD}</div></story-excerpt>"):
        assert article(page(above=above)).description == LEAD


def test_of_several_standfirsts_the_one_that_metadata_repeats_is_taken() -> None:
    ticker = f"<div class='story-summary'>6:52 {OTHER} 6:24 {OTHER} 6:18 {OTHER}</div>"
    head = f"<meta name='description' content='{LEAD}'>"
    assert article(page(head=head, above=f"{ticker}<p class='lead'>{LEAD}</p>")).description == LEAD


def test_a_description_that_the_page_shows_goes_before_one_that_it_does_not() -> None:
    head = f"<meta property='og:description' content='{LEAD[:60]} and more.'>"
    data = page(head=head, linked={"description": LEAD}, above=f"<p class='x1'>{LEAD}</p>")
    assert article(data).description == LEAD


def test_a_description_cut_short_goes_last() -> None:
    head = f"<meta property='og:description' content='{LEAD[:60]}…'>"
    assert article(page(head=head, linked={"description": LEAD})).description == LEAD


def test_a_card_for_sharing_may_name_the_author() -> None:
    card = "<meta name='twitter:label1' content='Verfasst von'><meta name='twitter:data1' content='Mara Quill'>"
    assert article(page(head=card)).authors == ("Mara Quill",)
    other = card.replace("Verfasst von", "Geschätzte Lesezeit")
    assert article(page(head=other)).authors is None


def test_a_byline_far_from_the_headline_is_of_another_article() -> None:
    far = "<p>and on</p>" * 500 + "<div class='byline'>By Mara Quill</div>"
    near = "<div class='byline'>By Tomas Venn</div>"
    assert article(page(above=far)).authors is None
    assert article(page(above=near + far)).authors == ("Tomas Venn",)


def test_many_links_to_authors_name_no_author() -> None:
    names = ("Mara Quill", "Tomas Venn", "Ida Brandt", "Leo Marsh", "Ann Sample")
    links = "".join(f"<a href='/author/{n}'>{name}</a>" for n, name in enumerate(names))
    assert article(page(above=links)).authors is None
    assert article(page(above="<a href='/author/1'>Mara Quill</a>")).authors == ("Mara Quill",)


def test_whom_the_text_speaks_of_beside_a_date_is_no_author() -> None:
    above = "<div>Jan 3, 2024</div><div>Mara Quill</div>"
    assert article(page(above=above)).authors == ("Mara Quill",)
    assert article(page(above=above + f"<p>Baker Mara Quill wrote all of it. {TEXT}</p>")).authors is None


@pytest.mark.parametrize("code", ["<script>alert(1)</script>", "&lt;img src=x onerror=f()&gt;", "javascript:f()"])
def test_a_headline_that_is_a_script_is_reported_and_never_taken(code: str) -> None:
    for data in (page(linked={"headline": code}, heading=""), page(head=shared(code.replace("'", "")), heading="")):
        found, issues = read(data)
        assert found.headline is None
        assert "headline-missing" in issues
        assert issues["headline-markup"].field == "headline"


def dated(above: str, **options: object) -> tuple[Article, dict[str, Issue]]:
    defaults = Defaults(time_zone="Europe/Paris", options=dict(options))
    found = list(convert(Document.of("a.html", page(above=above)), defaults))
    [row] = [item for item in found if isinstance(item, Article)]
    return row, {item.code: item for item in found if isinstance(item, Issue)}


def test_today_is_the_day_on_which_the_page_was_saved() -> None:
    for day in ("2024-05-08", date(2024, 5, 8), datetime(2024, 5, 7, 23, tzinfo=UTC)):
        found, issues = dated("<p>Published today at 10:34</p>", capture_date=day)
        assert found.date_published == datetime(2024, 5, 8, 8, 34, tzinfo=UTC)
        assert "relative-date" not in issues


def test_today_without_such_a_day_is_reported_and_not_guessed() -> None:
    found, issues = dated("<p>Published today at 10:34</p>")
    assert found.date_published is None
    assert issues["relative-date"].value == "Published today at 10:34"


@pytest.mark.parametrize(
    ("captured", "is_doubted"),
    [
        (datetime(2024, 5, 7, 8, 0, tzinfo=UTC), True),
        (datetime(2024, 5, 7, 8, 29, tzinfo=UTC), False),
        (date(2024, 5, 5), True),
        (date(2024, 5, 7), False),
        (None, False),
    ],
)
def test_a_date_after_the_page_was_saved_is_doubted(captured: date | None, is_doubted: bool) -> None:
    found, issues = dated("<p>Published on May 7, 2024, at 10:34 am</p>", capture_date=captured)
    assert found.date_published is not None
    assert ("date-after-capture" in issues) is is_doubted
