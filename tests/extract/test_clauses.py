"""Sentences of several clauses: each statement goes to whoever made it, and ends where the narrator goes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Line = tuple[str, str | None, str | None, list[str]]

SAID: list[tuple[str, list[tuple[str | None, str]]]] = [
    ("She now says that she misspoke.", [("She", "that she misspoke")]),
    ("He says that who jaywalks pays.", [("He", "that who jaywalks pays")]),
    (
        "The agency said Monday it would review the rule, and Ms. Tarrow, who chairs the committee, said she was glad.",
        [("The agency", "it would review the rule"), ("Ms. Tarrow", "she was glad")],
    ),
    (
        "The two sides met, and Ms. Tarrow, the head of the committee, said she was glad.",
        [("Ms. Tarrow, the head of the committee", "she was glad")],
    ),
    (
        "Pell said the talks had failed, but Venn, who leads the union, which has 900 members, said that was not so.",
        [
            ("Pell", "the talks had failed"),
            ("Venn", "that was not so"),
        ],
    ),
    (
        "They are wary of the plan, which they say would cost the counties money they do not have.",
        [("they", "which … would cost the counties money they do not have")],
    ),
    (
        "The memo describes the merger as certain and urges managers to prepare.",
        [("The memo", "the merger as certain"), ("The memo", "managers to prepare")],
    ),
    (
        "Ms. Tarrow, who has said often that she would not debate unless all rivals were invited, appeared on stage.",
        [("who", "that she would not debate unless all rivals were invited")],
    ),
    ("Voters here say they are tired of it.", [("Voters here", "they are tired of it")]),
    ("That, said Ms. Tarrow, is why she is running.", [("Ms. Tarrow", "That … is why she is running")]),
    ("It is not, said Ms. Tarrow, a matter of money.", [("Ms. Tarrow", "It is not … a matter of money")]),
    (
        "It was, said Ms. Tarrow, the head of the board, a matter of money.",
        [("Ms. Tarrow, the head of the board", "It was … a matter of money")],
    ),
    (
        "The plan drew fire, with critics saying it would fail and unions warning that jobs would go.",
        [("critics", "it would fail"), ("unions", "that jobs would go")],
    ),
    (
        "The plan drew fire, with Mr. Pell describing it as a gimmick and the speaker calling it a ruse.",
        [("Mr. Pell", "it as a gimmick"), ("the speaker", "it a ruse")],
    ),
    (
        "The ad, paid for by a group that backs Mr. Roff, claims that she lied.",
        [("The ad", "that she lied")],
    ),
    ("The ad, which ran in May, claims that it fell.", [("The ad, which ran in May", "that it fell")]),
    ("She told the crowd about the night their house flooded.", [("She", "the night their house flooded")]),
    ("He warned of the harm the road would do.", [("He", "the harm the road would do")]),
    ("Moss's camp shot back that Roff had no plan.", [("Moss's camp", "that Roff had no plan")]),
    (
        'MOSS, AT EASE: "I never met a tax I did not like," she said, to cheers.',
        [("she", "I never met a tax I did not like,")],
    ),
    (
        '"It was a joke," one aide said. Another: "Lighten up."',
        [("one aide", "It was a joke,"), ("Another", "Lighten up.")],
    ),
    ("They point to a study that found traffic would fall.", [("that", "traffic would fall")]),
    (
        "Asked by a reporter for the Gazette whether he would resign, Mr. Pell said no.",
        [("a reporter for the Gazette", "whether he would resign"), ("Mr. Pell", "no")],
    ),
    ('She promised that "no one will be left behind," and then left.', [("She", "that … no one will be left behind,")]),
    (
        "The ruling, the first of its kind, said that the state could not seize a car.",
        [("The ruling, the first of its kind", "that the state could not seize a car")],
    ),
    (
        "She has said that if she wins she will serve one term, and has dared him to do the same.",
        [("She", "that if she wins she will serve one term")],
    ),
    ("She told staff it was over.", [("She", "it was over")]),
    ('She told staff to expect "hard choices" and hinted at cuts.', [("She", "staff to expect … hard choices")]),
    ("Roff took the stage to say that he had lost.", [("Roff", "that he had lost")]),
    ("Opponents call the bill a gift to builders.", [("Opponents", "the bill a gift to builders")]),
    (
        "The remarks, which he later said were meant as a joke, drew a rebuke.",
        [("he", "which … were meant as a joke")],
    ),
    ("Her camp has a video in which Roff can be heard saying that it fell.", [("Roff", "that it fell")]),
    ("He was seen on tape telling a guard to leave.", [("He", "a guard to leave")]),
    (
        'Roff told them that she "wants your truck," then added, after a pause, "and your dog."',
        [("Roff", "that she … wants your truck,"), ("Roff", "and your dog.")],
    ),
    ("He said that it fell, then added that it was old.", [("He", "that it fell"), ("He", "that it was old")]),
    ("He said it fell and then asked who paid.", [("He", "it fell"), ("He", "who paid")]),
    ("He asked who paid.", [("He", "who paid")]),
    ("They asked which of them had gone.", [("They", "which of them had gone")]),
    ("According to the mayor the bridge fell.", [("the mayor", "the bridge fell")]),
    ("According to the port ministry over 300 boats were lost.", [("the port ministry", "over 300 boats were lost")]),
    ("According to police he was driving home.", [("police", "he was driving home")]),
    ("According to a report by the union the mill will close.", [("a report by the union", "the mill will close")]),
    ("After the match, Ada Moss, Elm coach, said it was over.", [("Ada Moss, Elm coach", "it was over")]),
    ("Moss stood by the plan whilst promising a second look.", [("Moss", "a second look")]),
    ("The researchers found that smoke caused it.", [("The researchers", "that smoke caused it")]),
    (
        "Leaders said the offer was an insult, and warned strikes could last.",
        [("Leaders", "the offer was an insult"), ("Leaders", "strikes could last")],
    ),
    (
        "Her only declared rival, Bruno Roff, said that it fell.",
        [("Her only declared rival, Bruno Roff", "that it fell")],
    ),
    ("The newly announced plan fell.", []),
    ("She told a man who had waited that it would fall.", [("She", "that it would fall")]),
    ("They are asking anyone who was there to come forward.", [("They", "anyone who was there to come forward")]),
    ("She asked the man who had fallen whether he was hurt.", [("She", "whether he was hurt")]),
    (
        "Mr. Venn, asked about the audit as he left, would not say when it would end.",
        [(None, "the audit as he left"), ("Mr. Venn", "when it would end")],
    ),
    ("Mr. Pell, asked whether he would run, said no.", [(None, "whether he would run"), ("Mr. Pell", "no")]),
    ("What she said was that it fell.", [("she", "that it fell")]),
    ("What the report does not say is who approved the payment.", []),
    (
        "It is, according to people who have eaten there, the best soup in the city.",
        [("people who have eaten there", "It is … the best soup in the city")],
    ),
    ("The crew was not trained, the report concluded.", [("the report", "The crew was not trained")]),
    (
        "The report concluded that the crew was not trained, something the owner disputes.",
        [("The report", "that the crew was not trained")],
    ),
    (
        'He said the port needed "leaders, not brands," a clear jab at Mr. Pell.',
        [("He", "the port needed … leaders, not brands,")],
    ),
    (
        'He said the port was "a mess," a "ruin" and a "sham."',
        [("He", "the port was … a mess, … a … ruin … and a … sham.")],
    ),
]

SPEAKERS = {
    "Scientists not involved in the work": "it was good.",
    "Two people not authorized to speak": "it fell.",
    "Lawmakers opposed to the plan": "no bill would pass.",
    "Parents whose children attend the school": "it leaks.",
    "A man whose brother died there": "it was dark.",
    "An official authorized to speak on the matter": "it was late.",
    "Officials there": "it was fine.",
    "Voters here": "it was late.",
}
"""Whole noun phrases: participles, relative clauses and places belong to who speaks."""


@pytest.mark.parametrize(("source", "said"), SPEAKERS.items())
def test_the_whole_noun_phrase_speaks(source: str, said: str, lines: Callable[[str], list[Line]]) -> None:
    assert lines(f"{source} said {said}") == [("indirect", source, "said", [said.rstrip(".")])]


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_each_clause_has_its_own_speaker(
    text: str, expected: list[tuple[str | None, str]], lines: Callable[[str], list[Line]]
) -> None:
    assert [(source, " … ".join(pieces)) for _, source, _, pieces in lines(text)] == expected


def test_regular_verbs_double_and_drop_letters() -> None:
    from onrecord.extract.lexicon import load
    from onrecord.extract.words import compiled

    tags = compiled(load("en")).tags
    forms = {
        "agreeing": "G",
        "vetoes": "z",
        "stripped": "v",
        "tying": "g",
        "stunned": "v",
        "foresaw": "v",
        "taught": "V",
    }
    assert {form: tags.get(form) for form in forms} == forms


def test_where_a_line_is_a_paragraph_a_heading_ends_with_its_line(lines: Callable[[str], list[Line]]) -> None:
    long = (
        "The harbour was built in 1911 and has silted up ever since, " + "slowly at first, " * 6 + "then all at once."
    )
    text = f"Quill Asks Moss To Dredge Harbour\nWhen told of the cost, Ada Moss said it was too much.\n{long}\n"
    assert [(source, pieces) for _, source, _, pieces in lines(text)][-1] == ("Ada Moss", ["it was too much"])
    wrapped = "Ada Moss said that the harbour\nof Elm was too small for ships\nof that kind.\n"
    assert [pieces for _, _, _, pieces in lines(wrapped)] == [
        ["that the harbour\nof Elm was too small for ships\nof that kind"]
    ]


def test_no_verb_is_listed_twice() -> None:
    from onrecord.extract.lexicon import load

    table = load("en").section("verbs")
    bases = [line.split()[0] for line in table["irregular"].splitlines() if line.strip()] + table["regular"].split()
    assert sorted({base for base in bases if bases.count(base) > 1}) == []
