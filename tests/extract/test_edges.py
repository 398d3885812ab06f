"""Where content begins and ends by the grammar of its sentence: fronted clauses, subjects, objects, insertions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Lines = Callable[[str], list[tuple[str, str | None, str | None, list[str]]]]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Despite complaints that the lock leaks, Venn has kept it open.", ["that the lock leaks"]),
        ("With his promise to mend the lock, Venn won over the fishermen.", ["to mend the lock"]),
        ("As Venn used the flood to renew his call to raise the dam, some farmers left.", ["to raise the dam"]),
        ("Even before Quill took the stage to acknowledge his defeat, his staff went home.", ["his defeat"]),
        ("Having promised to sell the ferry, Moss found no buyer.", ["to sell the ferry"]),
        ("In response to Venn's call to close the lock, fishermen blocked the canal.", ["to close the lock"]),
        ("Now, after arguing that the lock leaks, his crew is rowing home.", ["that the lock leaks"]),
        ("Even as all three vowed to fight on, the hall was empty by noon.", ["to fight on"]),
        ("Because the tests indicated that the dam was sound, there was no alarm.", ["that the dam was sound"]),
        (
            "After Venn said that if tolls rise, ferries will stop, the union walked out.",
            ["that if tolls rise, ferries will stop"],
        ),
        ("If he had a boat, captains say that he would sink it.", ["that he would sink it"]),
        ("While Venn says the lock is sound, his own staff avoids it.", ["the lock is sound"]),
        ("Although Venn says the lock is sound, engineers have their doubts.", ["the lock is sound"]),
        ("Asked how cheap the new ferry would be, the captain only smiled.", ["how cheap the new ferry would be"]),
    ],
)
def test_a_fronted_clause_ends_before_the_main_clause(lines: Lines, text: str, spans: list[str]) -> None:
    assert [said for *_, said in lines(text)] == [spans]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Moss's promise to make boats stop or pay is good for the town.", ["to make boats stop or pay"]),
        (
            "Moss's promises to mend the lock and lower the tolls have won her friends.",
            ["to mend the lock and lower the tolls"],
        ),
        ("The suggestion that she lied is absurd.", ["that she lied"]),
        ("His insistence that the lock is sound has cost him votes.", ["that the lock is sound"]),
        ("Her claim that Venn believes the lock is sound is absurd.", ["that Venn believes the lock is sound"]),
        (
            "It bore out her claim that Venn was prone to making big changes.",
            ["that Venn was prone to making big changes"],
        ),
        ("The share of pilots saying they favour slower barges is high.", ["they favour slower barges"]),
    ],
)
def test_content_inside_a_subject_ends_before_its_verb(lines: Lines, text: str, spans: list[str]) -> None:
    assert [said for *_, said in lines(text)] == [spans]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Moss asked the board to close the lock.", "the board to close the lock"),
        ("She told him to mind his own business.", "him to mind his own business"),
        ("Officials have told Elm residents not to drink the water.", "Elm residents not to drink the water"),
        ("Moss asked Venn, Quill and Roff to search their offices.", "Venn, Quill and Roff to search their offices"),
        ("She sent a letter asking supporters to write to the council.", "supporters to write to the council"),
        ("A doctor advised the sailors to stay ashore.", "the sailors to stay ashore"),
        ("The judge ordered the company to pay.", "the company to pay"),
        ("He begged the captain to turn back.", "the captain to turn back"),
        ("Moss reminded drivers to slow down near the school.", "drivers to slow down near the school"),
        ("The number of boats that Moss asked Venn to sell is not known.", "Venn to sell"),
        ("Moss asked to see the plans.", "to see the plans"),
        (
            "Moss called for a pilot to search the canal while it is shut.",
            "a pilot to search the canal while it is shut",
        ),
        ("Moss called on the board to mend the lock, dredge the canal and go.", None),
        ("Moss urged the board to mend the lock and left for Elm.", "the board to mend the lock"),
        ("Moss promised to mend the lock and left for Elm.", "to mend the lock"),
        ("Moss promised to mend the lock, and the crowd cheered.", "to mend the lock"),
    ],
)
def test_whoever_is_to_do_something_belongs_to_what_is_asked(lines: Lines, text: str, content: str | None) -> None:
    assert [said for *_, said in lines(text)] == [[content or text.removeprefix("Moss called on ").rstrip(".")]]


@pytest.mark.parametrize(
    "text", ["The bank is advising Quay Lines on its sale to Elm Ferries.", "Moss ordered fish to taste."]
)
def test_only_an_infinitive_is_what_somebody_is_to_do(lines: Lines, text: str) -> None:
    assert all("fish" in spans[0] for *_, spans in lines(text))


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Instead, Moss told the Gazette, the town would pay.", ["Instead", "the town would pay"]),
        ("Sooner or later, Moss told reporters, “it starts to leak.”", ["Sooner or later", "it starts to leak."]),
        ("It is no surprise, Moss said, that the lock leaks.", ["It is no surprise", "that the lock leaks"]),
        (
            "The papers show, Moss said in an interview, that the lock leaks.",
            ["The papers show", "that the lock leaks"],
        ),
        ("He truly believes, he said, that “the lock is sound.”", ["He truly believes", "that", "the lock is sound."]),
        (
            "When the bolts broke, Quill said in an interview, the captain “turned white.”",
            ["When the bolts broke", "the captain", "turned white."],
        ),
        ("The tolls are too high, she said: “Nobody can pay.”", ["The tolls are too high", "Nobody can pay."]),
        ("When it broke, Moss said: “It is small.”", ["It is small."]),
        ("The best boats, said Moss, are made of oak.", ["The best boats", "are made of oak"]),
        (
            "An honest reading of the plan, said Tomas Venn, a lawyer for the union, would show that it fails.",
            ["An honest reading of the plan", "would show that it fails"],
        ),
        ("It shows, Moss said, the quay where she was born.", ["It shows", "the quay where she was born"]),
        ("The lock leaks, Moss said, a blow to the town.", ["The lock leaks"]),
        ("In May, Moss warned the board, led by Venn, that the lock leaks.", ["that the lock leaks"]),
        ("For years, Moss told voters, neighbors and friends that it leaks.", ["that it leaks"]),
        ("At the meeting, Moss told Venn, her deputy, to leave.", ["Venn, her deputy, to leave"]),
        ("Venn, Moss told the court, lied.", ["Venn", "lied"]),
        ("On Monday, Moss told reporters, “the lock leaks.”", ["the lock leaks."]),
        ("On Monday, Moss said in a letter that the lock leaks.", ["that the lock leaks"]),
        ("The lock leaks, Moss told reporters in Elm, a town that she has left.", ["The lock leaks"]),
    ],
)
def test_what_stands_before_an_inserted_cue(lines: Lines, text: str, spans: list[str]) -> None:
    assert lines(text)[0][3] == spans


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Moss said the lock would open in May, a promise the board has broken twice.", "the lock would open in May"),
        ("Moss said she would close the lock, an idea several members have backed.", "she would close the lock"),
        (
            "Moss said that if it is thought fit, a count of the boats could be held.",
            "that if it is thought fit, a count of the boats could be held",
        ),
        ("Moss said she broke a leg while serving as mayor.", "she broke a leg while serving as mayor"),
        ("Moss said the board was too slow - and calling on Venn to resign.", "the board was too slow"),
    ],
)
def test_the_narrators_tail(lines: Lines, text: str, content: str) -> None:
    assert lines(text)[0][3] == [content]


@pytest.mark.parametrize(
    "clause",
    ["the plan works", "the new lock leaks", "the plans work", "support grows", "votes matter", "the plans failed"],
)
def test_a_noun_that_may_be_a_verb_is_a_subject(lines: Lines, clause: str) -> None:
    assert lines(f"Moss said that {clause}.")[0][3] == [f"that {clause}"]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        (
            "Moss said the lock was “as sound as ever,” but the board has closed it.",
            ["the lock was", "as sound as ever,"],
        ),
        ("Moss said the lock was “as sound as ever,” a claim few believed.", ["the lock was", "as sound as ever,"]),
        ("Moss said Venn was a “thief,” a “liar” and a fool.", ["Venn was a", "thief,", "a", "liar", "and a fool"]),
        (
            "Moss said that while “it may well rain,” the locks will open.",
            ["that while", "it may well rain,", "the locks will open"],
        ),
        (
            "While the lock is “a ruin,” Moss said, it can be mended.",
            ["While the lock is", "a ruin,", "it can be mended"],
        ),
        ("Moss called the plan “a ruin” that costs too much.", ["the plan", "a ruin", "that costs too much"]),
        ("Moss promised to mend the lock by May, a pledge she has made before.", ["to mend the lock by May"]),
        ("Moss accused Venn of lying to the board, which he denies.", ["Venn of lying to the board"]),
        ("Moss accused Venn of lying, and he left the room.", ["Venn of lying"]),
        ("Moss urged voters to stay home on Tuesday.", ["voters to stay home on Tuesday"]),
        ("Moss said the lock was sound and declined to say more.", ["the lock was sound"]),
        ("Moss claimed Venn took twenty bolts (the board says he took three).", ["Venn took twenty bolts"]),
        ("They met (Moss says they did not).", ["they did not"]),
        ("The crew (which Moss said was “tired and cold”) left for Elm.", ["which", "was", "tired and cold"]),
        ("Moss criticized Venn for accepting boats and speaking fees.", ["Venn for accepting boats and speaking fees"]),
        ("The engineer Moss said was wrong has resigned.", ["The engineer", "was wrong"]),
        ("“We will sail,” said Moss, who called the lock “sound.”", ["We will sail,"]),
        (
            "Moss said the town wants none of “that old stuff,” in an interview.",
            ["the town wants none of", "that old stuff,"],
        ),
        ("While Moss says it is “a fine old lock,” he sees a ruin.", ["it is", "a fine old lock,"]),
        ("Moss said they are not taking sides and offering help to both.", None),
        ("Moss called on Venn, a former captain, to resign.", ["Venn, a former captain, to resign"]),
        ("The lock is, as Moss noted, “a ruin.”", ["The lock is", "a ruin."]),
        ("The lock leaks, Moss said: It always has.", ["The lock leaks", "It always has"]),
        ("According to the report, the lock leaks.", ["the lock leaks"]),
        ("Moss, arguing that the lock leaked, closed it on Monday.", ["that the lock leaked"]),
        ("Moss closed the lock, arguing that it leaked, and left for Elm.", ["that it leaked"]),
    ],
)
def test_ends_with_marks_brackets_and_second_verbs(lines: Lines, text: str, spans: list[str] | None) -> None:
    assert lines(text)[0][3] == (spans or [text.removeprefix("Moss said ").rstrip(".")])


def test_a_source_leads_no_content(lines: Lines) -> None:
    text = "The lock leaks, according to a report that the board has not seen."
    assert [said for *_, said in lines(text)] == [["The lock leaks"]]


@pytest.mark.parametrize(
    ("told", "content"),
    [
        ("host Ada Quill", "the lock was sound"),
        ("a crowded hall at a hotel in Elm", "that she was not giving up"),
        ("the Gazette last fall", "that the lock would open"),
        ("a packed meeting", "that tolls would rise"),
    ],
)
def test_an_audience_is_no_content(lines: Lines, told: str, content: str) -> None:
    assert lines(f"Moss told {told} {content}.")[0][3] == [content]


def test_an_accused_is_no_source(lines: Lines) -> None:
    assert lines("Venn, accused of hiding the bolts, left the room.") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Quill mocked Moss's remarks about the lock.", []),
        ("Quill was angered by Moss's remarks about the lock.", []),
        ("Moss renewed her call for a new lock.", [["a new lock"]]),
        ("Moss's remarks about the lock angered Quill.", [["the lock"]]),
    ],
)
def test_anothers_topic_is_spoken_of(lines: Lines, text: str, said: list[list[str]]) -> None:
    assert [spans for *_, spans in lines(text)] == said
