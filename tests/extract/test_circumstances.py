"""To whom, where and by which channel: clauses and what a careful reader notes of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import attribute, read

from onrecord.extract import speakers
from onrecord.extract.circumstances import Circumstances
from onrecord.extract.lexicon import load
from onrecord.records import Source

RULES = Circumstances.of(load("en"))

ADDRESSEES = {
    "told reporters on Monday": "reporters",
    "told The Daily Elm": "The Daily Elm",
    "told the Elm Gazette in an interview": "the Elm Gazette",
    "told a crowd of supporters at a rally": "a crowd of supporters",
    "told CNN's Tom Roe this week": "CNN's Tom Roe",
    "told the House Committee on Bridges that": "the House Committee on Bridges",
    "told his 20,000 followers that": "his 20,000 followers",
    "told the Elm Parliament on Monday": "the Elm Parliament",
    "advised Elm Sen. Ann Lee on roads": "Elm Sen. Ann Lee",
    "told state delegates recently": "state delegates",
    "told reporters outside the courthouse": "reporters",
    "told him that": None,
    "told Monday": None,
    "asked about the bridge": None,
    "asked Tom Roe whether": "Tom Roe",
    "said to reporters": "reporters",
    "said to be late": None,
    "wrote to the mayor of Elm on Friday": "the mayor of Elm",
    "said of Tom Roe": None,
    "warned that Tom Roe": None,
    "told the BBC's Today programme on Monday": "the BBC's Today programme",
    "told Elm Radio's “Morning Desk” on Thursday": "Elm Radio's “Morning Desk”",
}

VENUES = {
    "in an interview with the official Marine journal Globe and Laurel that it": (
        "an interview with the official Marine journal Globe and Laurel",
        "interview",
    ),
    "at a news conference on Monday": ("a news conference", "statement"),
    "in a statement": ("a statement", "statement"),
    "in a statement to the Elm Gazette": ("a statement to the Elm Gazette", "statement"),
    "on Twitter": ("Twitter", "social post"),
    "on X.": ("X", "social post"),
    "in a tweet Monday": ("a tweet", "social post"),
    "during a speech at the University of Elm, adding": ("a speech at the University of Elm", "speech"),
    "on CNN’s “Morning in Elm.”": ("CNN’s “Morning in Elm.”", "interview"),
    "in a Thursday night interview with Bloomberg TV.": (
        "a Thursday night interview with Bloomberg TV",
        "interview",
    ),
    "in an op-ed for the Elm Post": ("an op-ed for the Elm Post", "publication"),
    "in a hearing in federal court": ("a hearing in federal court", "court"),
    "in an interview about the court": ("an interview about the court", "interview"),
    "in a court filing": ("a court filing", "court"),
    "by phone": None,
    "in releasing the email": None,
    "on Main Street": None,
    "in a private email server": None,
    "at the bridge on Court Street": None,
    "in Elm": None,
}

STATEMENTS = {
    "the press is a statement": ("“[1q|No],” [1s|Ann Lee] [1c|told] reporters.", ("reporters", None, "statement")),
    "an outlet is an interview": (
        "“[1q|No],” [1s|Ann Lee] [1c|told] the Elm Gazette.",
        ("the Elm Gazette", None, "interview"),
    ),
    "a venue before an outlet": (
        "“[1q|No],” [1s|Ann Lee] [1c|told] the Elm Gazette in an email.",
        ("the Elm Gazette", "an email", "statement"),
    ),
    "the cue": ("“[1q|No],” [1s|Ann Lee] [1c|tweeted].", (None, None, "social post")),
    "between source and cue": (
        "[1s|Ann Lee], in a speech in Elm, [1c|said] [1q|no].",
        (None, "a speech in Elm", "speech"),
    ),
    "at the start": ("In a statement, [1s|Ann Lee] [1c|said] [1q|no].", (None, "a statement", "statement")),
    "after the content": (
        "[1s|Ann Lee] [1c|said] “[1q|no]” in an interview.",
        (None, "an interview", "interview"),
    ),
    "in the content": ("[1s|Ann Lee] [1c|said] [1q|no in an interview].", (None, None, "unknown")),
    "of another clause": (
        "“[1q|No],” [1s|Ann Lee] [1c|said], because Tom Roe spoke in an interview.",
        (None, None, "unknown"),
    ),
    "nothing": ("“[1q|No],” [1s|Ann Lee] [1c|said].", (None, None, "unknown")),
}


@pytest.mark.parametrize(("clause", "addressee"), ADDRESSEES.items(), ids=ADDRESSEES)
def test_addressees(clause: str, addressee: str | None) -> None:
    cue, _, after = clause.partition(" ")
    assert RULES.addressee(cue, f" {after}") == addressee


@pytest.mark.parametrize(("clause", "venue"), VENUES.items(), ids=VENUES)
def test_venues(clause: str, venue: tuple[str, str] | None) -> None:
    assert RULES.venue(f" {clause}") == venue


@pytest.mark.parametrize(("marked", "occasion"), STATEMENTS.values(), ids=STATEMENTS)
def test_occasions(marked: str, occasion: tuple[str | None, str | None, str]) -> None:
    found = attribute(marked)[0]
    assert (found.addressee, found.venue, found.channel) == occasion


@pytest.mark.parametrize(
    ("source", "channel"),
    [("a statement", "statement"), ("the tweet", "social post"), ("the lawsuit", "court"), ("the mayor", "unknown")],
)
def test_a_document_is_its_own_channel(source: str, channel: str) -> None:
    text, (said,) = read(f"“[1q|No],” [1s|{source}] [1c|said].")
    assert said.source is not None
    said.source = Source(said.source.start, said.source.end, source, "nominal")
    assert speakers.resolve({"body": text}, [said], load("en"), None, None)[0].channel == channel


def test_an_addressee_is_never_the_speaker() -> None:
    found = attribute("“[1q|No],” [1s|she] [1c|told] Ann Lee.")[0]
    assert found.speakers == ()
    assert found.addressee == "Ann Lee"


@given(st.text(max_size=120))
def test_any_clause_gives_words_of_its_own(text: str) -> None:
    addressee, venue = RULES.addressee("told", text), RULES.venue(text)
    assert addressee is None or (addressee and addressee in text)
    assert venue is None or (venue[0] and venue[0] in text)


def test_an_opening_says_to_whom() -> None:
    text = "Speaking to reporters after the match, [1s|Ann Lee] [1c|said] [1q|it holds]."
    assert attribute(text)[0].addressee == "reporters"


def test_testimony_before_a_council() -> None:
    text = "“[1q|It holds],” [1s|Ann Lee] [1c|said] in testimony before the Elm council on Sept. 30, 2023."
    [found] = attribute(text)
    assert (found.venue, str(found.said_earliest)) == ("testimony before the Elm council", "2023-09-30")
