"""Nouns of saying, what is done with another's words, who is told in the passive, and verbs with few frames."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Line = tuple[str, str | None, str | None, list[str]]
Lines = Callable[[str], list[Line]]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("His warning that the pier would fall came on Monday.", "His", "warning", "that the pier would fall"),
        ("Moss issued a warning that the pier was old.", "Moss", "issued a warning", "that the pier was old"),
        ("The claim that the pier was safe was rejected.", None, "claim", "that the pier was safe"),
        ("Rumours that the pier was sold are wrong.", None, "Rumours", "that the pier was sold"),
        ("A promise that taxes would fall came on Monday.", None, "promise", "that taxes would fall"),
        ("There are reports that the pier is unsafe.", None, "reports", "that the pier is unsafe"),
        ("Moss faced accusations of hiding the cracks.", None, "accusations", "hiding the cracks"),
        ("Moss joined calls for the pier to be closed.", None, "calls", "the pier to be closed"),
        ("Moss renewed her call for a ban on boats.", "her", "call", "a ban on boats"),
        ("Moss made a plea for calm.", "Moss", "made a plea", "calm"),
        ("Moss's comments about the pier angered residents.", "Moss", "comments", "the pier"),
        ("But his calls for a ban have drawn little support.", "his", "calls", "a ban"),
        ("Moss's announcement of the closure was a surprise.", "Moss", "announcement", "the closure"),
        ("Moss's denial that it was sold surprised nobody.", "Moss", "denial", "that it was sold"),
        ("Her explanation was that the pier was old.", "Her", "explanation", "that the pier was old"),
        ("The message from Moss was that the pier was safe.", "Moss", "message", "that the pier was safe"),
        ("Moss made the case that the pier was old.", "Moss", "made the case", "that the pier was old"),
        ("Moss's question whether it fell was ignored.", "Moss", "question", "whether it fell"),
        ("Moss gave no explanation for the closure.", "Moss", "gave no explanation", "the closure"),
        ("Moss wrote a letter saying the pier was old.", "Moss", "saying", "the pier was old"),
        ("Moss dismissed suggestions that she lied.", "Moss", "dismissed", "suggestions that she lied"),
        ("Moss did not respond to a request for comment.", "Moss", "did not respond", "a request for comment"),
        ("The court heard that Moss had hidden the cracks.", None, "heard", "that Moss had hidden the cracks"),
        ("Elm Crown Court heard she had stolen the bolts.", None, "heard", "she had stolen the bolts"),
        ("Venn stole the bolts, the court heard.", None, "heard", "Venn stole the bolts"),
        ("The poll found that the plan was popular.", "The poll", "found", "that the plan was popular"),
        ("Two surveys show the plan is popular.", "Two surveys", "show", "the plan is popular"),
        ("Moss was told the pier had closed.", None, "was told", "the pier had closed"),
        ("Residents were urged to stay indoors.", None, "were urged", "to stay indoors"),
        ("Moss blamed the board for closing the pier.", "Moss", "blamed", "the board for closing the pier"),
        ("Moss portrayed the pier as a ruin.", "Moss", "portrayed", "the pier as a ruin"),
        ("Moss took to Twitter to say it was safe.", "Moss", "took to Twitter to say", "it was safe"),
        ("Moss wrote to the board to demand help.", "Moss", "wrote to the board to demand", "help"),
        ("Moss hailed the plan but warned it would fail.", "Moss", "warned", "it would fail"),
        ("Moss was quoted by the Gazette as saying it fell.", "Moss", "saying", "it fell"),
        ("The mayor, who has argued that it fell, resigned.", "who", "has argued", "that it fell"),
        ("Moss, who has accused Roff of lying, left.", "who", "has accused", "Roff of lying"),
        ("As Moss put it, the pier was a ruin.", "Moss", "put it", "the pier was a ruin"),
        ("Moss gave a talk in which she called Roff a fool.", "she", "called", "Roff a fool"),
        ("Engineers muttered that the pier was old.", "Engineers", "muttered", "that the pier was old"),
        ("Despite complaints that they lie, polls are read.", None, "complaints", "that they lie"),
        ("With critics saying it fell, the board left.", "critics", "saying", "it fell"),
        ("Although Moss denied lying, the board fired her.", "Moss", "denied", "lying"),
        ("Because Moss said it was safe, boats still use it.", "Moss", "said", "it was safe"),
        ("After being asked whether it fell, Moss left.", None, "being asked", "whether it fell"),
        ("Moss left, despite having said she would stay.", "Moss", "having said", "she would stay"),
        ("Moss, after saying it was safe, closed it.", "Moss", "saying", "it was safe"),
        ("Moss denied that it fell, however, citing Roff.", "Moss", "denied", "that it fell"),
        ("Moss has written about the pier.", "Moss", "has written", "the pier"),
        ("Roff has spoken of her love for the sea.", "Roff", "has spoken", "her love for the sea"),
        ("Moss posted about the pier.", "Moss", "posted", "the pier"),
        ("Moss spoke out in favour of the plan.", "Moss", "spoke out", "the plan"),
        ("Moss failed to mention the pier.", "Moss", "failed to mention", "the pier"),
        ("Moss tried to explain the delay.", "Moss", "tried to explain", "the delay"),
        ("The firm reported a profit of $3 million.", "The firm", "reported", "a profit of $3 million"),
        ("Moss wrote a letter congratulating the crew.", "Moss", "congratulating", "the crew"),
        ("Moss sent an email warning that jobs would go.", "Moss", "warning", "that jobs would go"),
        ("Moss, a self-described socialist, has left.", "Moss", "self-described", "socialist"),
        ("The report contains no mention of the pier.", "The report", "contains no mention", "the pier"),
        ("There was no mention of the pier.", None, "mention", "the pier"),
        ("Moss was asked a question about the boat.", None, "was asked a question", "the boat"),
        ("The closure, first reported by the Gazette, will cost jobs.", "the Gazette", "reported", "The closure"),
        ("Moss argued over the plan.", "Moss", "argued", "the plan"),
        ("Moss testified about the pier.", "Moss", "testified", "the pier"),
        ("Moss told the story of the pier.", "Moss", "told the story", "the pier"),
        ("Moss wrote to staff that the pier was safe.", "Moss", "wrote", "that the pier was safe"),
        ("The letter states that the pier is unsafe.", "The letter", "states", "that the pier is unsafe"),
        ("Plans to close the pier were announced on Monday.", None, "were announced", "Plans to close the pier"),
        ("The bolts are mentioned twice in it.", None, "are mentioned", "The bolts"),
        ("The first thing Moss said was that it fell.", "Moss", "said", "that it fell"),
        ("Told that the pier had closed, Moss laughed.", None, "Told", "that the pier had closed"),
        ("Asked to name a boat, Moss shrugged.", None, "Asked", "to name a boat"),
        ("The pier is old, cracked and unsafe, Moss said.", "Moss", "said", "The pier is old, cracked and unsafe"),
        ("So the pier will close, Moss said.", "Moss", "said", "So the pier will close"),
        ("Seeing it fall led her to avoid it, Moss said.", "Moss", "said", "Seeing it fall led her to avoid it"),
        ("The pier is old, residents were told.", None, "were told", "The pier is old"),
        ("The pier is old, it is claimed.", None, "is claimed", "The pier is old"),
        ("The pier is old, court records show.", "court records", "show", "The pier is old"),
        ("Judge Ada Moss, in her dissent, said it was old.", "Judge Ada Moss", "said", "it was old"),
        ("Another complaint is that the pier is loud.", None, "complaint", "that the pier is loud"),
        ("Moss made the case to voters that it was old.", "Moss", "made the case", "that it was old"),
        ("Moss went on the radio to say it fell.", "Moss", "went on the radio to say", "it fell"),
        ("Moss warned the pier could fall.", "Moss", "warned", "the pier could fall"),
        ("Roff Warns Old Pier Could Fall", "Roff", "Warns", "Old Pier Could Fall"),
        ("Roff Vows to Close Pier by May", "Roff", "Vows", "to Close Pier by May"),
        ("His plan calls for a ban on boats.", "His plan", "calls", "a ban on boats"),
        ("She frequently talks about the pier.", "She", "frequently talks", "the pier"),
        ("The pair were no friends and made no mention of it.", "The pair", "made no mention", "it"),
        ("Moss demanded changes.", "Moss", "demanded", "changes"),
        ("Moss demanded that the board resign.", "Moss", "demanded", "that the board resign"),
    ],
)
def test_what_is_said(text: str, source: str | None, cue: str, content: str, lines: Lines) -> None:
    assert lines(text) == [("indirect", source, cue, [content])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The pier, said Moss, was a ruin.", [("Moss", "said", ["The pier", "was a ruin"])]),
        ("Moss left the lock, which she called unsafe.", [("she", "called", ["which", "unsafe"])]),
        ("The firm is old, but has reportedly been sold.", [(None, "reportedly", ["The firm", "has", "been sold"])]),
        ("The pier was described as unsafe.", [(None, "was described", ["The pier", "as unsafe"])]),
        (
            "The pier has been described as a ruin by the board.",
            [("the board", "has been described", ["The pier", "as a ruin"])],
        ),
        (
            "Moss praised the crew for rowing home but said the boat was old.",
            [("Moss", "praised", ["the crew for rowing home"]), ("Moss", "said", ["the boat was old"])],
        ),
        (
            "Moss acknowledged the delay but insisted the pier was safe.",
            [("Moss", "acknowledged", ["the delay"]), ("Moss", "insisted", ["the pier was safe"])],
        ),
    ],
)
def test_what_is_said_in_parts(text: str, expected: list[tuple[str | None, str, list[str]]], lines: Lines) -> None:
    assert [line[1:] for line in lines(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Moss heard that the pier had been sold.",
        "The court heard the case on Monday.",
        "Moss found that the pier was a ruin.",
        "The show was found to be dull.",
        "The pier was sold, a claim that Roff denies.",
        "Editor's note: the pier was sold.",
        "Moss responded by closing the pier.",
        "The firm posted a loss in May.",
        "Only time will tell whether it holds.",
        "The swing states that matter are few.",
        "The self-proclaimed king of the harbour has left.",
        "Police reported heavy traffic in 2007.",
        "Crews responded to a report of a fire.",
        "Without a strong showing in Elm, the team may lose.",
        "Moss's appeal to younger voters is wide.",
    ],
)
def test_what_is_not_said(text: str, lines: Lines) -> None:
    assert lines(text) == []
