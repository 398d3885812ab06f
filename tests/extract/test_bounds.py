"""Where content begins and ends, and words that only look as if they were said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Lines = Callable[[str], list[tuple[str, str | None, str | None, list[str]]]]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Moss said that the bridge was safe, but did not name a day.", ["that the bridge was safe"]),
        ("Moss said that the bridge was safe, but the board has closed it.", ["that the bridge was safe"]),
        ("Moss said that the bridge was safe, but officials have doubts.", ["that the bridge was safe"]),
        (
            "Moss said that such a bridge - unseen so far - would fall.",
            ["that such a bridge - unseen so far - would fall"],
        ),
        ("Moss said that it bears many things, such as carts.", ["that it bears many things, such as carts"]),
        ("The toll, which Moss said was a mistake, is gone.", ["which", "was a mistake"]),
        ("Moss accused Vane of hiding cracks, delaying work and selling bolts.", None),
        ("Moss accused Vane of hiding the cracks because he sold the bolts.", None),
        ("Moss says “the whole bridge is rotten” because “rust never rests.”", None),
        (
            "Moss said that rust in the bolts - we have had no money for the new ones in the last ten years - was bad.",
            ["that rust in the bolts", "was bad"],
        ),
        ("Her vow to plant elms along the quay is about more than shade.", ["to plant elms along the quay"]),
        ("They are slow, but they work at night, according to Moss.", ["They are slow, but they work at night"]),
        ("Bridge falls at Sand Quay; \nIt is old, Moss says.", ["It is old"]),
        ("Moss responded with a flag that cost her votes: “No.”", ["No."]),
        ("Moss talked about the bridge needed to cross the bay.", ["the bridge needed to cross the bay"]),
        ("Moss called for Vane to be banned from the town.", ["Vane to be banned from the town"]),
        ("Moss mentioned the former head of the board last week.", ["the former head of the board"]),
        ("Moss calls it “a sad mess.” Some of his friends said it was new.", ["it", "a sad mess."]),
        ("Moss said the locks would open in May — including the one at Pell Street.", None),
        ("Moss said the lock was rammed by a barge - possibly a tanker.", None),
        ("Moss said she would not sail, as has Tomas Venn, the pilot.", ["she would not sail"]),
        ("Moss said the lock was safe, and it had been tested twice.", None),
        ("Moss said the lock was safe, and he accused the board of fraud.", ["the lock was safe"]),
        ("Moss said the harbour needs a plan when opening locks like the one at Pell.", None),
        ("Moss has vowed to close the lock, reversing the habit of decades.", ["to close the lock"]),
        ("Moss said that if the lock were shut, pilots who break the rule should be fined.", None),
        ("Moss said that after the flood at the basin, Venn, a retired pilot, was eager to return.", None),
        ("Moss said his cargo was lost to the storm, something that Venn denied.", ["his cargo was lost to the storm"]),
        ("Moss says that the ban -- a rule the board has since dropped -- lost votes.", ["that the ban", "lost votes"]),
        ("When sailors were asked who should run it, Moss led the poll.", ["who should run it"]),
        ("Venn called for a boycott of the regatta speech, and the choir agreed.", ["a boycott of the regatta speech"]),
        ("Venn called for a ban on barges because of fears that they might collide.", None),
        ("Venn spoke of the old ferry at a rally.", ["the old ferry"]),
        ("Venn spoke of what he had done the previous night.", ["what he had done the previous night"]),
        ("Venn called him a fine pilot.", ["him a fine pilot"]),
        ("Venn called the plan lawful.", ["the plan lawful"]),
        ("Venn promised a new lock if the council pays in spring.", None),
        (
            "Venn announced the merger with Quay Lines after cutting ties with two banks.",
            ["the merger with Quay Lines"],
        ),
        ("Venn spoke of the old ferry moments after Moss left the hall.", ["the old ferry"]),
    ],
)
def test_where_content_ends(lines: Lines, text: str, content: list[str] | None) -> None:
    said = lines(text)[0][3]
    if content is None:
        assert text.rstrip(".”").endswith(said[-1].rstrip("."))
    else:
        assert said == content


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("While tolls have risen, the lock stayed cheap, according to Venn.", ["the lock stayed cheap"]),
        (
            "Tolls did not help: the lock was the dearest of all, according to Venn.",
            ["the lock was the dearest of all"],
        ),
        (
            "Moss said that, according to his count, nine locks closed.",
            ["that, according to his count, nine locks closed"],
        ),
        ("According to Venn, 57 wardens — a group of pilots — backed Moss.", ["57 wardens", "backed Moss"]),
        ("According to Venn, it is safe, a claim that was tested.", ["it is safe, a claim that was tested"]),
        ("Nine in ten said the lock was safe, according to a survey.", ["Nine in ten said the lock was safe"]),
        (
            "Moss says that Venn sailed, though he was warned against it.",
            ["that Venn sailed, though he was warned against it"],
        ),
    ],
)
def test_what_somebody_is_named_for(lines: Lines, text: str, content: list[str]) -> None:
    assert [said for *_, said in lines(text)] == [content]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Moss said she was sorry and promised to mend it.", [["she was sorry"], ["to mend it"]]),
        ("Moss said she was sorry and asked whether it fell.", [["she was sorry"], ["whether it fell"]]),
        ("Moss said she was sorry and called for a new lock.", [["she was sorry"], ["a new lock"]]),
        ("Moss said she was sorry and accused Venn of fraud.", [["she was sorry"], ["Venn of fraud"]]),
    ],
)
def test_a_second_cue_ends_the_content_of_the_first(lines: Lines, text: str, spans: list[list[str]]) -> None:
    assert [said for *_, said in lines(text)] == spans


@pytest.mark.parametrize(
    "text",
    [
        "Moss refused to say that the bridge was safe.",
        "Moss is expected to say on Monday that the tax will rise.",
        "Pilots who declined to give an age when they signed on may sail for that.",
        "The divers were not authorized to reveal how deep that work went and because they had signed.",
        "Moss reiterated that approach in the spring.",
        "Moss does not mention that on the road.",
        "The board reports that track each bolt are long.",
        "Vane, who had posted it, is sorry for that.",
        "But the firm that made the bolts, including the old ones, does not offer its crew one free morning.",
        "The harbour bill, first drafted by the old board, suggested a change of mind.",
    ],
)
def test_what_is_not_said(lines: Lines, text: str) -> None:
    assert not any(spans[0].startswith(text[:9]) or "that" in text for *_, spans in lines(text))


@pytest.mark.parametrize(
    "text",
    [
        "It was his remarks that hurt them.",
        "The old boats that will be talked about at noon.",
        "Serafin, who starred in “Rain” and “The Old Bridge,” lamented the loss to the board of Moss.",
        "The most telling promise of the day was a short one.",
        "The crew rode with the waves as they replied.",
        "The town has never had as many boats as she suggested.",
        "It is one of her most promising paths to a seat.",
        "She showed an awkward but promising start for Moss.",
        "On Friday, Moss called Vane to congratulate him.",
        "They like what he calls good work.",
        "Even those promises come down to a bench and a lamp.",
        "The board reported a loss of six boats.",
        "The board reported higher losses after the tolls fell.",
        "Venn has kept many promises he gave to the pilots.",
        "A friendly warning not to sail hangs on the wall.",
        "Venn is a pilot who has accused the board of fraud.",
        "Here twelve pledged delegates sat apart.",
        "On Friday, Moss called a young pilot, Ada Venn, and left.",
        "Venn wrote to the board, calling attention to the lock.",
    ],
)
def test_nothing_is_said(lines: Lines, text: str) -> None:
    assert lines(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "SHORT READS: “The pier to close at the end of May,” by Ada Moss of the Quay Post.",
        '<post date="May 9, when Moss swam across the bay for an hour">It fell.',
        "She is now the host of “The Late Show with Ned Vane.”",
        "''It fell,'' Moss said. ''It was a sad day.''\n\n'Totally new plans.'\n\nOn a wet day, Moss swam.",
    ],
)
def test_titles_attributes_and_headings_are_not_said(lines: Lines, text: str) -> None:
    assert {source for _, source, *_ in lines(text)} <= {"Moss"}
    assert not any("Totally" in span or "Late" in span for *_, spans in lines(text) for span in spans)
    assert len(lines(text)) == 2 * text.startswith("''")


def test_a_quotation_with_a_verb_of_its_own_stands_alone(lines: Lines) -> None:
    text = "“It fell,” Moss said.\n\n“We are all so very happy” sounds odd in a town without a bridge."
    assert lines(text)[-1][3] == ["We are all so very happy"]
    text = "“It fell,” Moss said.\n\n“They do not agree on all of this yet” to the last word."
    assert lines(text)[-1][3] == ["They do not agree on all of this yet", "to the last word."]
