"""Quotations as newsrooms set them: defects of marks, paragraphs, colons, short quotations, whoever speaks near by."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Lines = Callable[[str], list[tuple[str, str | None, str | None, list[str]]]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("‘’The quay is shut,’’ said Moss.", [("Moss", ["The quay is shut,"])]),
        ('"The quay is shut ", said Moss.', [("Moss", ["The quay is shut"])]),
        ('The quay is shut for good," said Moss.', [("Moss", ["The quay is shut for good,"])]),
        ('"It is shut," said Moss. We had no bolts."', [("Moss", ["It is shut,"]), ("Moss", ["We had no bolts."])]),
        ('"The quay is shut\n\nuntil May," said Moss.', [("Moss", ["The quay is shut\n\nuntil May,"])]),
        (
            "“The quay is shut, and so is the lock.\n\nThe board knows it,” Moss said.",
            [("Moss", ["The quay is shut, and so is the lock.", "The board knows it,"])],
        ),
        (
            'Moss said:\n\n"This is not about “bolts for all” any more.\n\n"It is about money."',
            [("Moss", ["This is not about “bolts for all” any more.", "It is about money."])],
        ),
        (
            "Moss said: \"There is no magic in the word 'lock.' It is a wall.\n\nNobody sailed.",
            [("Moss", ["There is no magic in the word 'lock.' It is a wall."])],
        ),
        ("The end came late.”", []),
        ("‘We’ve had ’em since the ’90s,’ said Moss.", [("Moss", ["We’ve had ’em since the ’90s,"])]),
        ('"The quay is shut,“ said Moss.', [("Moss", ["The quay is shut,"])]),
    ],
)
def test_a_lost_mark_spoils_no_quotation(lines: Lines, text: str, expected: list[tuple[str | None, list[str]]]) -> None:
    assert [(source, pieces) for _, source, _, pieces in lines(text)] == expected


def test_paragraphs_that_a_cue_follows_belong_to_its_source(lines: Lines) -> None:
    text = "“It is shut,” Venn said.\n\n“We had no bolts, and no crew to put them in.\n\n“The board knew,” Moss said."
    assert [(source, pieces) for _, source, _, pieces in lines(text)] == [
        ("Venn", ["It is shut,"]),
        ("Moss", ["We had no bolts, and no crew to put them in.", "The board knew,"]),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moss, the host of “Quay at Noon,” said it leaks.", [("Moss, the host of “Quay at Noon,”", ["it leaks"])]),
        ("“It leaks,” said Moss, author of “The Long Quay.”", [("Moss, author of “The Long Quay.”", ["It leaks,"])]),
        (
            "“It leaks,” Moss said on QBC's “Quay at Noon.” “Nobody mends it.”",
            [("Moss", ["It leaks,"]), ("Moss", ["Nobody mends it."])],
        ),
    ],
)
def test_the_title_of_a_work_is_nobodys_words(lines: Lines, text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert [(source, pieces) for _, source, _, pieces in lines(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The inspector's verdict: “inadequate.”", ("direct", "The inspector", ["inadequate."])),
        ("Her advice to new sailors: “Never trust a calm sea.”", ("direct", "Her", ["Never trust a calm sea."])),
        ("The union's response was blunt: “Not a penny.”", ("direct", "The union", ["Not a penny."])),
        ("The rally had one message: “Save the lock.”", ("direct", "The rally", ["Save the lock."])),
        ("The sign on the gate: “Closed.”", ("direct", "The sign on the gate", ["Closed."])),
        ("Her letter makes that clear: “It never held.”", ("direct", "Her letter", ["It never held."])),
        ("The leaks do not surprise baker Ada Moss: “It is old.”", ("direct", "baker Ada Moss", ["It is old."])),
        ("There were three ways out: “up” and “down” and “through” it.", None),
        ("Moss: Lock ‘will open by May’", ("mixed", "Moss", ["Lock", "will open by May"])),
        ("Moss: ‘No Wall’ for the New Lock", ("mixed", "Moss", ["No Wall", "for the New Lock"])),
        ("‘We lost it’: Bakers mourn the flood", ("direct", "Bakers", ["We lost it"])),
        ("Lock ‘safe’ – Moss", ("mixed", "Moss", ["Lock", "safe"])),
        ("Lock ‘a wreck’: inspector", ("mixed", "inspector", ["Lock", "a wreck"])),
        ("Opinion: The lock is ‘safe’", None),
        ("‘Asleep’ board faces inquiry", None),
    ],
)
def test_a_colon_or_a_headline_gives_the_word(
    lines: Lines, text: str, expected: tuple[str, str, list[str]] | None
) -> None:
    found = [(kind, source, pieces) for kind, source, _, pieces in lines(text)]
    assert found == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    "text",
    [
        "“It leaks,” Moss said. Then, “Nobody mends it.”",
        "“It leaks,” Moss said in March. In May, on Radio Quay: “Nobody mends it.”",
    ],
)
def test_a_quotation_after_an_adverb_alone_floats(lines: Lines, text: str) -> None:
    assert [(source, pieces) for _, source, _, pieces in lines(text)] == [
        ("Moss", ["It leaks,"]),
        ("Moss", ["Nobody mends it."]),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The plan, described by Moss as “rude,” was dropped.", ("mixed", "Moss", ["as", "rude,"])),
        ("The plan was described by Moss as “rude.”", ("mixed", "Moss", ["The plan", "as", "rude."])),
        ("The move was denounced by Moss as a “disgrace.”", ("mixed", "Moss", ["The move", "as a", "disgrace."])),
        ("The move was hailed as “historic” by Moss.", ("mixed", "Moss", ["The move", "as", "historic"])),
        ("The plan was branded “rude” by Moss.", ("mixed", "Moss", ["The plan", "rude"])),
        ("The plan was branded “rude.”", ("mixed", None, ["The plan", "rude."])),
        ("The plan, dubbed “the leak” by critics, was dropped.", ("direct", "critics", ["the leak"])),
        ("The plan, dubbed “the leak,” was dropped.", ("direct", None, ["the leak,"])),
        ("The plan, which was called “a joke” by Moss, died.", ("mixed", "Moss", ["which", "a joke"])),
        ("Moss labelled the board “asleep.”", ("mixed", "Moss", ["the board", "asleep."])),
        ("The lock is, in Moss's words, “a joke.”", ("direct", "Moss", ["a joke."])),
        ("In her own words, the lock is “a joke.”", ("mixed", "her", ["the lock is", "a joke."])),
        ("The lock is “a joke,” in Moss's words.", ("direct", "Moss", ["a joke,"])),
    ],
)
def test_what_something_is_called_in_marks_has_its_speaker(
    lines: Lines, text: str, expected: tuple[str, str | None, list[str]]
) -> None:
    assert [(kind, source, pieces) for kind, source, _, pieces in lines(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Instead, Moss told the board, the lock would stay shut.", ["Instead", "the lock would stay shut"]),
        ("Instead, Moss told the board, “the lock stays shut.”", ["Instead", "the lock stays shut."]),
        ("If anything, Moss argued in her letter, the leak got worse.", ["If anything", "the leak got worse"]),
        ("The tables show, Moss said on Monday, that it leaks.", ["The tables show", "that it leaks"]),
        ("The lock, Moss told the board, leaks.", ["The lock", "leaks"]),
        ("Venn, Moss told the board, never saw it.", ["Venn", "never saw it"]),
        ("The lock leaks, Moss told the board, and nobody mends it.", ["The lock leaks", "and nobody mends it"]),
        ("Boats are all it has, Moss told the board: “It was built for them.”", None),
        ("The lock is shut, Moss told the board, two days after it burst.", ["The lock is shut"]),
    ],
)
def test_a_cue_between_commas_parts_one_statement(lines: Lines, text: str, pieces: list[str] | None) -> None:
    expected = pieces or ["Boats are all it has", "It was built for them."]
    assert [(source, found) for _, source, _, found in lines(text)] == [("Moss", expected)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Moss shook her head. “It will never open again.”", [("Ada Moss", ["It will never open again."])]),
        ("She shrugged. “It will never open again.”", [("She", ["It will never open again."])]),
        ("The lock was shut. “It will never open again.”", [(None, ["It will never open again."])]),
        (
            "“It is a ruin,” Moss said. Tom Venn disagreed. “It is as good as new.”",
            [("Moss", ["It is a ruin,"]), ("Tom Venn", ["It is as good as new."])],
        ),
        (
            "“It is a ruin,” Moss said. The board met on Monday. “It is as old as I am.”",
            [("Moss", ["It is a ruin,"]), ("Moss", ["It is as old as I am."])],
        ),
        ("“I love the water.”\nAda Moss, baker\n\nIt rained.", [("Ada Moss, baker", ["I love the water."])]),
        ("“I love the water.”\n\nAda Moss, baker\n\nIt rained.", [("Ada Moss, baker", ["I love the water."])]),
        ("“I love the water.”\n\nSand Quay\n\nIt rained.", [(None, ["I love the water."])]),
        ("Said Ada Moss, who runs the lock at Elm, “It leaks.”", [("Ada Moss", ["It leaks."])]),
        ("Moss used the word “ruin” twice.", [("Moss", ["ruin"])]),
        ("Moss used terms such as “ruin” and “wreck.”", [("Moss", ["ruin", "and", "wreck."])]),
        ("Moss referred to the board as “asleep.”", [("Moss", ["the board as", "asleep."])]),
        ("A plan Moss called “a joke” was dropped.", [("Moss", ["a joke"])]),
        ("What Moss called “a joke” was dropped.", [("Moss", ["What", "a joke"])]),
    ],
)
def test_whoever_is_near_by_speaks(lines: Lines, text: str, expected: list[tuple[str | None, list[str]]]) -> None:
    assert [(source, pieces) for _, source, _, pieces in lines(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Her answer was, “No, not in this town.”", ("direct", "Her", ["No, not in this town."])),
        ("Moss's advice to the crew was “Never trust a calm sea.”", ("direct", "Moss", ["Never trust a calm sea."])),
        ("The board's position is that the lock is “safe.”", ("mixed", "The board", ["that the lock is", "safe."])),
        ("Moss grunted, “It is a lock that never held any water” - and left.", None),
        ("Moss, described by neighbours as “quiet”, left.", ("mixed", "neighbours", ["as", "quiet"])),
    ],
)
def test_a_noun_of_saying_is_what_is_quoted(
    lines: Lines, text: str, expected: tuple[str, str, list[str]] | None
) -> None:
    found = [(kind, source, pieces) for kind, source, _, pieces in lines(text)]
    assert found == [expected or ("direct", "Moss", ["It is a lock that never held any water"])]


@pytest.mark.parametrize("text", ["Her boat is “Never Again.”", "The film was “The Long Quay.”"])
def test_the_name_of_a_thing_is_nobodys_words(lines: Lines, text: str) -> None:
    assert lines(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moss accused Venn, who runs the lock, of being “asleep.”", [("Moss", ["Venn", "of being", "asleep."])]),
        (
            "Moss accused Venn, the head of the lock and winner of the cup, of lying to “all of us.”",
            [("Moss", ["Venn, the head of the lock and winner of the cup", "of lying to", "all of us."])],
        ),
        ("They met at what is called a “lock.”", [(None, ["what", "a", "lock."])]),
        ("They favour what are called flat tolls.", []),
        ("Moss said – “It leaks” – and left.", [("Moss", ["It leaks"])]),
        ("“It leaks,” Moss said, then added, “It stinks.”", [("Moss", ["It leaks,"]), ("Moss", ["It stinks."])]),
        ("Asked “Does it leak?” Moss said “Yes.”", [(None, ["Does it leak?"]), ("Moss", ["Yes."])]),
        ("“It leaks!” Rep. Moss, R-Ore., said of it.", [("Rep. Moss, R-Ore.", ["It leaks!"])]),
        ("“Who knows?” Moss, a baker, said.", [("Moss, a baker", ["Who knows?"])]),
        ("“It leaks,” said retired baker Ada Moss.", [("retired baker Ada Moss", ["It leaks,"])]),
        ("“It leaks,” Moss reportedly said.", [("Moss", ["It leaks,"])]),
        ("“It leaks,” Moss was saying at noon.", [("Moss", ["It leaks,"])]),
        ("But, Moss added, “We are at sea.”", [("Moss", ["But", "We are at sea."])]),
        ("Urging the board to “wake up,” Moss left.", [("Moss", ["the board to", "wake up,"])]),
        ("Shouts of “Shame” and “Mend it” filled the hall.", [(None, ["Shame", "and", "Mend it"])]),
        ("In an article titled “Why We Sail,” Moss wrote that it leaks.", [("Moss", ["that it leaks"])]),
    ],
)
def test_marks_stay_with_the_clause_that_quotes(
    lines: Lines, text: str, expected: list[tuple[str | None, list[str]]]
) -> None:
    assert [(source, pieces) for _, source, _, pieces in lines(text)] == expected
