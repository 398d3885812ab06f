"""When something was said: phrases against Friday, 1 March 2024, in Paris."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import attribute

from onrecord.extract.dates import Calendar
from onrecord.extract.intervals import ago, clipped, nearest_day, publication_day, weekday
from onrecord.extract.lexicon import load

TODAY = date(2024, 3, 1)
CALENDAR = Calendar.of(load("en"))

PHRASES = {
    "on Monday": ("2024-02-26", "2024-02-26"),
    "Monday night": ("2024-02-26", "2024-02-26"),
    "on Friday": ("2024-03-01", "2024-03-01"),
    "last Friday": ("2024-02-23", "2024-02-23"),
    "Thursday, February 29, that": ("2024-02-29", "2024-02-29"),
    "on Feb. 29": ("2024-02-29", "2024-02-29"),
    "on March 3, 2021": ("2021-03-03", "2021-03-03"),
    "on March 3": ("2023-03-03", "2023-03-03"),
    "on the 3rd of March 2021": ("2021-03-03", "2021-03-03"),
    "on 29 February": ("2024-02-29", "2024-02-29"),
    "on 2021-03-03": ("2021-03-03", "2021-03-03"),
    "in 2019": ("2019-01-01", "2019-12-31"),
    "in January": ("2024-01-01", "2024-01-31"),
    "in March": ("2024-03-01", "2024-03-01"),
    "in May": ("2023-05-01", "2023-05-31"),
    "in January 2020": ("2020-01-01", "2020-01-31"),
    "in late January": ("2024-01-21", "2024-01-31"),
    "At the end of 2022": ("2022-10-01", "2022-12-31"),
    "in early 2021": ("2021-01-01", "2021-03-31"),
    "in mid-2021": ("2021-05-01", "2021-08-31"),
    "in the spring of 2020": ("2020-03-01", "2020-05-31"),
    "last summer": ("2023-06-01", "2023-08-31"),
    "today": ("2024-03-01", "2024-03-01"),
    "this morning": ("2024-03-01", "2024-03-01"),
    "yesterday": ("2024-02-29", "2024-02-29"),
    "last night": ("2024-02-29", "2024-02-29"),
    "two days ago": ("2024-02-28", "2024-02-28"),
    "a week ago": ("2024-02-20", "2024-02-26"),
    "two months ago": ("2024-01-01", "2024-01-31"),
    "3 years ago": ("2021-01-01", "2021-12-31"),
    "earlier this week": ("2024-02-26", "2024-03-01"),
    "Earlier in the week": ("2024-02-26", "2024-03-01"),
    "in a July interview with the Gazette": ("2023-07-01", "2023-07-31"),
    "Last week": ("2024-02-19", "2024-02-25"),
    "over the weekend": ("2024-02-24", "2024-02-25"),
    "earlier this month": ("2024-03-01", "2024-03-01"),
    "last month": ("2024-02-01", "2024-02-29"),
    "late last month": ("2024-02-21", "2024-02-29"),
    "earlier this year": ("2024-01-01", "2024-03-01"),
    "late last year": ("2023-10-01", "2023-12-31"),
    "last March": ("2023-03-01", "2023-03-31"),
    "last February": ("2024-02-01", "2024-02-29"),
    "last winter": ("2023-12-01", "2024-02-29"),
    "this winter": ("2023-12-01", "2024-02-29"),
    "in the winter of 2020": ("2020-12-01", "2021-02-28"),
    "last spring": ("2023-03-01", "2023-05-31"),
    "on Christmas Eve": ("2023-12-24", "2023-12-24"),
    "on New Year’s Day": ("2024-01-01", "2024-01-01"),
    "a fortnight ago": ("2024-02-13", "2024-02-19"),
    "a decade ago": ("2014-01-01", "2014-12-31"),
    "at a Jan. 5 hearing": ("2024-01-05", "2024-01-05"),
    "in a 2019 radio interview": ("2019-01-01", "2019-12-31"),
    "in mid-November": ("2023-11-11", "2023-11-20"),
    "in Monday’s debate": ("2024-02-26", "2024-02-26"),
    "at Monday night's rally": ("2024-02-26", "2024-02-26"),
}

NO_DATES = [
    "",
    "since Monday",
    "by Friday",
    "next Monday",
    "three days after the vote",
    "before March 3",
    "Monday's attack on the bridge",
    "in 2031",
    "recently",
    "told USA TODAY",
    "on Saturday Night Live",
    "he may march in",
    "in 1500",
    "on Feb. 30",
]

CLAUSES = {
    "after the cue": ("[1s|Ann Lee] [1c|told] reporters on Monday [1q|it holds].", "2024-02-26"),
    "after the source": ("“[1q|No],” [1c|said] [1s|Ann Lee] on Monday.", "2024-02-26"),
    "between source and cue": ("[1s|Ann Lee] on Monday [1c|said] [1q|it holds].", "2024-02-26"),
    "at the start": ("On Monday, [1s|Ann Lee] [1c|said] [1q|it holds].", "2024-02-26"),
    "at the start, without a comma": ("On Monday [1s|Ann Lee] [1c|said] [1q|it holds].", "2024-02-26"),
    "after the content": ("[1s|Ann Lee] [1c|said] “[1q|it holds]” in a speech on Monday.", "2024-02-26"),
    "in the content": ("[1s|Ann Lee] [1c|said] [1q|the bridge fell on Monday].", None),
    "in the source": ("“[1q|No],” [1c|said] [1s|Ann Lee, who was born on Monday].", None),
    "of another clause": ("The bridge fell on Monday, and [1s|Ann Lee] [1c|said] [1q|no].", None),
    "of a later clause": ("“[1q|No],” [1s|Ann Lee] [1c|said], before the bridge fell on Monday.", None),
    "under what somebody called": ("In 2019, under what [1s|Ann Lee] [1c|called] [1q|the old rules], it fell.", None),
    "silence": ("[1s|Ann Lee] [1c|said] [1q|it holds].", None),
}


@pytest.mark.parametrize(("phrase", "days"), PHRASES.items(), ids=PHRASES)
def test_phrases(phrase: str, days: tuple[str, str]) -> None:
    found = CALENDAR.find(f"said {phrase} at the bridge", TODAY)
    assert found is not None
    assert (found.days[0].isoformat(), found.days[1].isoformat()) == days


@pytest.mark.parametrize("phrase", NO_DATES)
def test_phrases_that_do_not_date_what_was_said(phrase: str) -> None:
    assert CALENDAR.find(phrase, TODAY) is None


@pytest.mark.parametrize("phrase", PHRASES)
def test_without_a_publication_date_only_a_year_resolves(phrase: str) -> None:
    found = CALENDAR.find(phrase, None)
    assert (found is not None) == any(year in phrase for year in ("2019", "2020", "2021", "2022"))


@pytest.mark.parametrize(("marked", "day"), CLAUSES.values(), ids=CLAUSES)
def test_only_the_clause_of_the_cue_dates_a_statement(marked: str, day: str | None) -> None:
    found = attribute(marked)[0]
    assert found.said_earliest == found.said_latest == (date.fromisoformat(day) if day else None)


def test_days_are_those_of_the_zone_of_the_article() -> None:
    late = datetime(2024, 3, 1, 23, 30, tzinfo=UTC)
    assert publication_day(late, "Europe/Paris") == date(2024, 3, 2)
    assert publication_day(late, "America/New_York") == date(2024, 3, 1)


@pytest.mark.parametrize("zone", [None, "", "no/such", "../etc/passwd", "Europe", "\0"])
def test_without_a_usable_zone_the_offset_of_the_instant_counts(zone: str | None) -> None:
    assert publication_day(datetime(2024, 3, 1, 23, 30, tzinfo=timezone(timedelta(hours=-5))), zone) == TODAY


def test_the_ends_of_time_raise_nothing() -> None:
    for phrase in PHRASES:
        CALENDAR.find(phrase, date.min)
        CALENDAR.find(phrase, date.max)


@given(st.dates(min_value=date(1900, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_at_most_six_days_back(today: date, number: int) -> None:
    day = weekday(today, number)[0]
    assert day.weekday() == number
    assert timedelta(0) <= today - day < timedelta(days=7)


@given(st.dates(min_value=date(1912, 1, 1)), st.integers(1, 12), st.integers(1, 28))
def test_a_day_without_a_year_is_the_latest_not_after_publication(today: date, month: int, day: int) -> None:
    found = nearest_day(None, month, day, today)
    assert found is not None
    assert timedelta(0) <= today - found[0] < timedelta(days=367)


@given(st.dates(min_value=date(1900, 1, 1)), st.integers(0, 90), st.sampled_from(["day", "week", "month", "year"]))
def test_ranges_are_in_order_and_not_after_publication(today: date, number: int, unit: str) -> None:
    days = clipped(ago(today, number, unit), today)
    assert days is not None
    assert days[0] <= days[1] <= today


@given(st.text(max_size=80), st.none() | st.dates())
def test_any_text_gives_days_in_order_or_none(text: str, today: date | None) -> None:
    found = CALENDAR.find(text, today)
    assert found is None or found.days[0] <= found.days[1]
