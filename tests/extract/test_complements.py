"""What follows a reporting word: verbs, gerunds, questions, people told, and nouns of saying without an owner."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Line = tuple[str, str | None, str | None, list[str]]
Lines = Callable[[str], list[Line]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "She also pledged to board up the old pier.",
            ("indirect", "She", "also pledged", ["to board up the old pier"]),
        ),
        ("Venn asked Tarrant to boycott the fair.", ("indirect", "Venn", "asked", ["Tarrant to boycott the fair"])),
        ("Moss told the boys to quiet the dogs.", ("indirect", "Moss", "told", ["the boys to quiet the dogs"])),
        (
            "Moss vowed to “mend the pier” before the fair.",
            ("mixed", "Moss", "vowed", ["to", "mend the pier", "before the fair"]),
        ),
        ("The Roffs have warned they could sell.", ("indirect", "The Roffs", "have warned", ["they could sell"])),
        ("Moss denied the charges.", ("indirect", "Moss", "denied", ["the charges"])),
        ("The firm denies any part in it.", ("indirect", "The firm", "denies", ["any part in it"])),
        ("Moss suggested closing the pier.", ("indirect", "Moss", "suggested", ["closing the pier"])),
        (
            "The harbour board reported having two boats.",
            ("indirect", "The harbour board", "reported", ["having two boats"]),
        ),
        (
            "The Herald reported at least six boats fell.",
            ("indirect", "The Herald", "reported", ["at least six boats fell"]),
        ),
        ("Moss vowed to soldier on.", ("indirect", "Moss", "vowed", ["to soldier on"])),
        ("Moss pledged to put the harbour first.", ("indirect", "Moss", "pledged", ["to put the harbour first"])),
        ("Roff's answer was that it is unfair.", ("indirect", "Roff", "answer", ["that it is unfair"])),
        ("Quay's pledge last month to mend it was welcome.", ("indirect", "Quay", "pledge", ["to mend it"])),
        (
            "Seeing the old boat led him to drink, he said.",
            ("indirect", "he", "said", ["Seeing the old boat led him to drink"]),
        ),
        ("The letter called Roe a “coward.”", ("mixed", "The letter", "called", ["Roe a", "coward."])),
        ("Moss's message to Roe: “Sell it or sit.”", ("direct", "Moss", "message", ["Sell it or sit."])),
        (
            "The mayor is, in the words of one aide, “a fog with cuffs.”",
            ("direct", "one aide", "in the words of", ["a fog with cuffs."]),
        ),
        ("“A fog,” in the words of one aide, has come.", ("direct", "one aide", "in the words of", ["A fog,"])),
        ("To Moss, the mill is “a church”.", ("mixed", "Moss", "To", ["the mill is", "a church"])),
        ("Police quoted a guard as saying the roof fell.", ("indirect", "a guard", "saying", ["the roof fell"])),
        ("A guard was quoted as saying the roof fell.", ("indirect", "A guard", "saying", ["the roof fell"])),
        ("The firm, which denies wrongdoing, said it would appeal.", ("indirect", "which", "denies", ["wrongdoing"])),
        (
            "The firm, which denies wrongdoing, said it would appeal.",
            ("indirect", "The firm", "said", ["it would appeal"]),
        ),
        (
            "The union accused the firm of lying about the figures and urged ministers to act.",
            ("indirect", "The union", "accused", ["the firm of lying about the figures"]),
        ),
        ("As Moss puts it, “the sea always wins”.", ("direct", "Moss", "puts it", ["the sea always wins"])),
        ("Moss said last week's vote was late.", ("indirect", "Moss", "said", ["last week's vote was late"])),
        ("Nine out of 10 pilots said they sail.", ("indirect", "Nine out of 10 pilots", "said", ["they sail"])),
        ("The judge ruled that the sale was void.", ("indirect", "The judge", "ruled", ["that the sale was void"])),
        ("Moss said two days ago that it fell.", ("indirect", "Moss", "said", ["that it fell"])),
        ("Moss did not say when it fell.", ("indirect", "Moss", "did not say", ["when it fell"])),
        ("Moss told delegates in Quay that the pier fell.", ("indirect", "Moss", "told", ["that the pier fell"])),
        (
            "He complained to harbour officials since Monday about the noise.",
            ("indirect", "He", "complained", ["the noise"]),
        ),
        (
            "So, they might be asking, where do the boats go?",
            ("indirect", "they", "might be asking", ["where do the boats go"]),
        ),
        (
            "The Quay Herald reported, the board refused to pay.",
            ("indirect", "The Quay Herald", "reported", ["the board refused to pay"]),
        ),
        ("Moss said on “Quay at Noon” that the pier fell.", ("indirect", "Moss", "said", ["that the pier fell"])),
        (
            "However, as the Herald has reported, boats that leak have sunk.",
            ("indirect", "the Herald", "has reported", ["boats that leak have sunk"]),
        ),
    ],
)
def test_a_complement_is_found(lines: Lines, text: str, expected: Line) -> None:
    assert expected in lines(text)


@pytest.mark.parametrize(
    "text",
    [
        "That said, the pier is old.",
        "The board, which was closed, spoke to the Harbour Club of Quay.",
        "The board voted on a plan, Moss said, a scheme that could help the town.",
        "Moss spoke to “Quay at Noon” on Monday.",
    ],
)
def test_what_is_no_complement_is_left_out(lines: Lines, text: str) -> None:
    assert not any(
        said[-1].endswith(("old", "town", "Quay", "Noon")) for _, _, _, said in lines(text) if len(said) == 1
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "They cut taxes, moves that he said improved the harbour.",
            ("indirect", "he", "said", ["that", "improved the harbour"]),
        ),
        (
            "It was the boat which even critics say was sound.",
            ("indirect", "critics", "say", ["which", "was sound"]),
        ),
        (
            "She wants a wall, which he said the town should pay for.",
            ("indirect", "he", "said", ["which", "the town should pay for"]),
        ),
        ("It was a debate in which he said the town was lost.", ("indirect", "he", "said", ["the town was lost"])),
    ],
)
def test_a_relative_pronoun_stands_for_a_part_of_what_is_said(lines: Lines, text: str, expected: Line) -> None:
    assert expected in lines(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Despite complaints that he is late, Moss won.",
            ("indirect", None, "complaints", ["that he is late"]),
        ),
        (
            "Moss won the town over with promises to mend the pier.",
            ("indirect", "Moss", "promises", ["to mend the pier"]),
        ),
        (
            "The plan of the Roffs was first reported by the Herald.",
            ("indirect", "the Herald", "was first reported", ["The plan of the Roffs"]),
        ),
        (
            "Asked by Ada Quill whether she had won, Moss left.",
            ("indirect", "Ada Quill", "Asked", ["whether she had won"]),
        ),
        (
            "Ada Quill was asked by host Tom Moss whether she had won.",
            ("indirect", "host Tom Moss", "was asked", ["whether she had won"]),
        ),
        (
            "Along with the rest, the suit claims that Roff lied.",
            ("indirect", "the suit", "claims", ["that Roff lied"]),
        ),
        (
            "Tom Venn, the thief known as “the Cat,” stated that he had a key.",
            ("indirect", "Tom Venn, the thief known as “the Cat,”", "stated", ["that he had a key"]),
        ),
        (
            "“It is a pity,” he said, that the pier had fallen.",
            ("mixed", "he", "said", ["It is a pity,", "that the pier had fallen"]),
        ),
    ],
)
def test_who_speaks_is_found_with_what_is_said(lines: Lines, text: str, expected: Line) -> None:
    assert expected in lines(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moss, who said he eats fish, said the boat was old.", ("Moss", "the boat was old")),
        ("A baker who called himself honest, said the boat was old.", ("A baker", "the boat was old")),
        ("Moss met survivors of the fire saved on Monday and said the pier must go.", ("Moss", "the pier must go")),
        ("The row began as Ada Quill, ignoring Roff, said the pier must go.", ("Ada Quill", "the pier must go")),
        ("As Roff wept, Quill smiled, saying the pier must go.", ("Quill", "the pier must go")),
        (
            "Roff called it a trap, and the board has sued the town, saying the pier must go.",
            ("the board", "the pier must go"),
        ),
        ("He’s pointing out that the pier must go.", ("He", "that the pier must go")),
        ("Ada Quill, citing “the magic of Roff,” said the pier must go.", ("Ada Quill", "the pier must go")),
        ("Ada Quill fired back a response saying the pier must go.", ("Ada Quill", "the pier must go")),
        ("Ada Quill went on air to say that the pier must go.", ("Ada Quill", "that the pier must go")),
    ],
)
def test_the_subject_of_a_later_verb_is_found(lines: Lines, text: str, expected: tuple[str, str]) -> None:
    assert expected in [(source, said[-1]) for _, source, _, said in lines(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "They opened a probe the harbour board said was a farce.",
            ("indirect", "the harbour board", "said", ["a probe", "was a farce"]),
        ),
        ("It is a plan Quill said could fail.", ("indirect", "Quill", "said", ["a plan", "could fail"])),
        ("Moss told cheering friends that it fell.", ("indirect", "Moss", "told", ["that it fell"])),
        ("Moss asked Venn, Roff and Quill to leave.", ("indirect", "Moss", "asked", ["Venn, Roff and Quill to leave"])),
        ("Moss asked the baker who had won.", ("indirect", "Moss", "asked", ["who had won"])),
        ("When told Roff had won, Moss left.", ("indirect", None, "told", ["Roff had won"])),
        ("Moss said almost nothing about the pier.", ("indirect", "Moss", "said", ["the pier"])),
        ("Moss said in a letter read by the board the pier fell.", ("indirect", "Moss", "said", ["the pier fell"])),
        ("Moss argued for a new pier.", ("indirect", "Moss", "argued", ["a new pier"])),
        ("Quill ran on the slogan “Mend the pier now.”", ("direct", "Quill", "slogan", ["Mend the pier now."])),
        (
            "He left as his friends jeered, “Come back, you fool!”",
            ("direct", "his friends", "jeered", ["Come back, you fool!"]),
        ),
    ],
)
def test_more_that_is_said(lines: Lines, text: str, expected: Line) -> None:
    assert expected in lines(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The mayor told her that it was over, according to a letter.",
            [("indirect", "a letter", "according to", ["The mayor told her that it was over"])],
        ),
        (
            "“It is over,” the mayor said, according to a letter.",
            [("direct", "the mayor", "said", ["It is over,"])],
        ),
        (
            "One of the plans they have, according to Roff, is to sell.",
            [("indirect", "Roff", "according to", ["One of the plans they have", "is to sell"])],
        ),
        (
            "Some friends say he is lean - others say he is ill.",
            [("indirect", "Some friends", "say", ["he is lean"]), ("indirect", "others", "say", ["he is ill"])],
        ),
        (
            "Moss called it a ruin and called for a new pier.",
            [("indirect", "Moss", "called", ["it a ruin"]), ("indirect", "Moss", "called", ["a new pier"])],
        ),
    ],
)
def test_one_statement_ends_where_another_begins(lines: Lines, text: str, expected: list[Line]) -> None:
    assert lines(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A person familiar with it said it would fail.", ("A person familiar with it", ["it would fail"])),
        ("They closed the pier, which the mayor called “a sad day.”", ("the mayor", ["which", "a sad day."])),
        ("He would not say who had paid for it.", ("He", ["who had paid for it"])),
        (
            "A report issued in the thaw by the board noted that it fell.",
            ("A report issued in the thaw by the board", ["that it fell"]),
        ),
        ("Roff responded to the baker on a postcard saying it fell.", ("Roff", ["it fell"])),
        ("A third of the bakers asked said it fell.", ("A third of the bakers asked", ["it fell"])),
        ("Those who stayed said the night had been calm.", ("Those who stayed", ["the night had been calm"])),
        ("No one at the mill would say who had paid.", ("No one at the mill", ["who had paid"])),
        ("Her sister said through tears that it fell.", ("Her sister", ["that it fell"])),
        ("Moss, Quill and Roff said it fell.", ("Moss, Quill and Roff", ["it fell"])),
        ("In Elm, Quill and Roff said it fell.", ("Quill and Roff", ["it fell"])),
        ("“It fell,” Moss, Quill and Roff said.", ("Moss, Quill and Roff", ["It fell,"])),
        ("Most of those polled said it would fail.", ("Most of those polled", ["it would fail"])),
        (
            "Some voters interviewed outside the hall said it fell.",
            ("Some voters interviewed outside the hall", ["it fell"]),
        ),
        ("A man identified as Roff said it fell.", ("A man identified as Roff", ["it fell"])),
        ("A baker close to her said it fell.", ("A baker close to her", ["it fell"])),
        ("It was, said one baker, the worst storm of all.", ("one baker", ["It was", "the worst storm of all"])),
        ("The paper quoted a source as saying that it fell.", ("a source", ["that it fell"])),
        ("Venn was asked by Quill if it fell, and replied that it did.", ("Venn", ["that it did"])),
        (
            "In what Ada Quill, the mayor of Elm, called “a trap,” he fell.",
            ("Ada Quill, the mayor of Elm", ["what", "a trap,"]),
        ),
        ("He left, with Tom Moss telling friends on Monday he was ill.", ("Tom Moss", ["he was ill"])),
        ("Roff’s most daring claim is that he won.", ("Roff", ["that he won"])),
        ("Moss accused Roff, his old friend, of lying.", ("Moss", ["Roff, his old friend, of lying"])),
        ("Ada Moss said no boats would sail.", ("Ada Moss", ["no boats would sail"])),
        ("Moss said yes.", ("Moss", ["yes"])),
        ("Moss promised voters that the pier would open.", ("Moss", ["that the pier would open"])),
        ("Moss asked that people stay indoors.", ("Moss", ["that people stay indoors"])),
        (
            "While it may hurt some, she added, closing the pier would be wise.",
            ("she", ["While it may hurt some", "closing the pier would be wise"]),
        ),
        ("Moss confirmed that three had died but declined to name them.", ("Moss", ["that three had died"])),
    ],
)
def test_constructions_of_every_day(lines: Lines, text: str, expected: tuple[str, list[str]]) -> None:
    assert expected in [(source, said) for _, source, _, said in lines(text)]


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("“Who pays for it?” Moss told the town’s Herald and its rival on a cold and wet Monday.", "Moss", "told"),
        ("“It fell,” Moss, after a long pause, said of the pier.", "Moss", "said"),
        ("“Who pays?” Moss pressed.", "Moss", "pressed"),
        ("“It fell,” Roff is quoted as saying.", "Roff", "is quoted as saying"),
        ("“It fell,” Jun wrote.", "Jun", "wrote"),
    ],
)
def test_what_follows_a_quotation_is_read_with_it(lines: Lines, text: str, source: str, cue: str) -> None:
    [said] = lines(text)
    assert said[:3] == ("direct", source, cue)


def test_a_participle_before_its_noun_is_no_cue(lines: Lines) -> None:
    assert lines("The vote, in which 475 pledged delegates will meet, is near.") == []


def test_what_is_withheld_is_no_content(lines: Lines) -> None:
    assert lines("The board denied Venn the prize.") == []


def test_one_content_has_one_cue(lines: Lines) -> None:
    assert [cue for _, _, cue, _ in lines("The firm said in its annual report that sales had fallen.")] == ["said"]
