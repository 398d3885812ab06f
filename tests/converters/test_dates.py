from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.converters import datelines, dates


def instant(text: str, zone: str | None = "Europe/Paris", language: str | None = None) -> str | None:
    [stamp] = dates.find_stamps(text, language)
    utc = dates.resolve(stamp, zone).utc
    return utc and utc.strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("March 1, 2024, at 10:51 am (Paris)", "2024-03-01T09:51"),
        ("March 1, 2024, at 12:05 am (Paris)", "2024-02-29T23:05"),
        ("March 1, 2024, at 12 pm (Paris)", "2024-03-01T11:00"),
        ("07 mai 2019 à 13h59", "2019-05-07T11:59"),
        ("1er mars 2024 à 9 h 05", "2024-03-01T08:05"),
        ("le 07/05/2019 à 13:59", None),
        ("30. Juni 2025, 15:59 Uhr", "2025-06-30T13:59"),
        ("30.06.2025, 15.59 Uhr", "2025-06-30T13:59"),
        ("2024-03-01T10:51:00+05:30", "2024-03-01T05:21"),
        ("2024-03-01 10:51Z", "2024-03-01T10:51"),
        ("11:42 GMT, 17 October 2025", "2025-10-17T11:42"),
        ("Oct 3, 2025, 7 a.m. EDT", "2025-10-03T11:00"),
        ("12 de enero de 2024 a las 10:05h", "2024-01-12T09:05"),
        ("31 mars 2024 à 02h30", None),
        ("27 octobre 2024 à 02h30", "2024-10-27T00:30"),
        ("30 février 2024 à 8h00", None),
        ("March 1, 2024, at 13:59 pm", None),
        ("0000-01-01", None),
        ("0001-01-01 00:00", None),
        ("9999-12-31 23:59 EST", None),
    ],
)
def test_dates_as_pages_write_them(text: str, expected: str | None) -> None:
    assert instant(text) == expected


def test_day_and_month_are_told_apart_where_they_can_be() -> None:
    assert instant("07/05/2019 à 13:59", language="fr") == "2019-05-07T11:59"
    assert instant("07/31/2019 13:59", language="en") == "2019-07-31T11:59"


def test_a_zone_that_nobody_knows_is_no_zone() -> None:
    [stamp] = dates.find_stamps("7 May 2019 at 13:59")
    assert dates.resolve(stamp, None).doubts == ("time-zone-unknown",)
    assert dates.resolve(stamp, "Mars/Olympus").utc is None


@given(st.datetimes(datetime(1970, 1, 2), datetime(2099, 12, 30)))  # noqa: DTZ001
def test_iso_is_read_back(moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0, tzinfo=UTC)
    [stamp] = dates.find_stamps(moment.isoformat())
    assert dates.resolve(stamp).utc == moment


@given(st.text(max_size=500))
def test_any_text_may_be_searched(text: str) -> None:
    for stamp in dates.find_stamps(text):
        assert 0 <= stamp.start < stamp.end <= len(text)
        dates.resolve(stamp, "Europe/Paris")
    datelines.read(text)


@pytest.mark.parametrize("part", ["1 ", "12:", "at ", "may ", "published ", "2024-", "7 may ", "((", "à 1h"])
def test_hostile_lines_are_read_no_further_than_a_date_line_goes(part: str) -> None:
    assert dates.find_stamps(part * 20_000) == dates.find_stamps((part * 20_000)[: dates.MAX_LENGTH])
    assert datelines.read(part * 200) == []


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("Published today at 10:34 am (Paris)", ["relative-date"]),
        ("Updated yesterday at 01:07", ["relative-date"]),
        ("Publié il y a 3 heures", ["relative-date"]),
        ("Published on Monday", ["relative-date"]),
        ("Publié , mis à jour", ["date-lost", "date-lost"]),
        ("Published in the journal of March 1, 2024", []),
        ("Yesterday it rained", []),
    ],
)
def test_what_has_no_day_is_no_date(text: str, faults: list[str]) -> None:
    assert [clause.fault for clause in datelines.read(text)] == faults
