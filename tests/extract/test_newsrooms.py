"""Sources and speakers as newsrooms of several countries word them; all articles are our own."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from onrecord.extract import extract


def heard(text: str) -> list[tuple[str | None, str | None]]:
    """Return the source of each quote, and the name or else the description of who that is."""
    found = []
    for quote in extract(text).quotes:
        who = quote.attribution
        name = who.speakers[0].name or who.speakers[0].description if who.speakers else None
        found.append((who.source.text if who.source else None, name))
    return found


SOURCES = [
    ("Judge Zuvi Haldane asked if the pier had been mended.", "Judge Zuvi Haldane", "Zuvi Haldane"),
    (
        "The letter, dated May 2 and signed by Capt. Ada Moss, said the north wall “gives way in a swell”.",
        "The letter",
        "letter",
    ),
    (
        "Anglers whom this newspaper met at Pell Street on Friday denied having seen any warning.",
        "Anglers whom this newspaper met at Pell Street on Friday",
        "Anglers",
    ),
    (
        "The Deputy Private Secretary to the Chief, Mr. Obi Haldane, maintained that nobody would be moved.",
        "The Deputy Private Secretary to the Chief, Mr. Obi Haldane",
        "Obi Haldane",
    ),
    (
        "The Director of Ferries, Hon. (Mrs.) Ngozi Venn, said that the ban was over.",
        "The Director of Ferries, Hon. (Mrs.) Ngozi Venn",
        "Ngozi Venn",
    ),
    (
        "The paper's second author, graduate student Mateo Quill, says he was surprised.",
        "The paper's second author, graduate student Mateo Quill",
        "Mateo Quill",
    ),
    ("“It leaks,” says lead engineer Ada Moss.", "lead engineer Ada Moss", "Ada Moss"),
    ("One slide, titled “Selling Water,” says the goal is ten cents.", "One slide, titled “Selling Water,”", "slide"),
    ("A QUAY Party MP has said she will leave.", "A QUAY Party MP", "QUAY Party MP"),
    ("Her younger girl, Petra, 9, said she was cold.", "Her younger girl, Petra, 9", "Petra"),
    ("Venn's widow, Edie, recalled that it was cold.", "Venn's widow, Edie", "Edie"),
    (
        "His tutor, the botanist Dorothy Roff, wrote that he was idle.",
        "His tutor, the botanist Dorothy Roff",
        "Dorothy Roff",
    ),
    (
        "Junior Minister for Rural Affairs Aodh Whelk said the road was safe.",
        "Junior Minister for Rural Affairs Aodh Whelk",
        "Aodh Whelk",
    ),
    (
        "Member for Lower Castle Trudi Haldane said the road was safe.",
        "Member for Lower Castle Trudi Haldane",
        "Trudi Haldane",
    ),
    ("Quill & Roe analyst Yvette Moss said it was dear.", "Quill & Roe analyst Yvette Moss", "Yvette Moss"),
    ("Another wrote that he had left.", "Another", "Another"),
    (
        "Anglers questioned outside boating sheds said they were worn out.",
        "Anglers questioned outside boating sheds",
        "Anglers questioned outside boating sheds",
    ),
    (
        "“It leaks,” said Col. (ret.) Joachim Venn of the Quay Institute.",
        "Col. (ret.) Joachim Venn of the Quay Institute",
        "Joachim Venn",
    ),
    (
        "The pilots union, the Quay Pilots Association, said in a letter that it had not been asked.",
        "The pilots union, the Quay Pilots Association",
        "Quay Pilots Association",
    ),
    ("An auditor who came in March wrote that the pier was sound.", "An auditor who came in March", "auditor"),
    (
        "It is a matter of “keys,” sums up Mayor (independent) Odile Venn.",
        "Mayor (independent) Odile Venn",
        "Odile Venn",
    ),
    (
        "A few rows behind, Clara Venn, a potter who moved here, said she would like a kiln.",
        "Clara Venn, a potter who moved here",
        "Clara Venn",
    ),
    (
        "Her predecessor, the late Gene Venn, once boasted that he had not raised a fee.",
        "Her predecessor, the late Gene Venn",
        "Gene Venn",
    ),
    (
        "His rival in the last vote, the winegrower Rémi Venn, said that it was closed.",
        "His rival in the last vote, the winegrower Rémi Venn",
        "Rémi Venn",
    ),
    ("In Elm, exit polls suggested that voters stayed home.", "exit polls", "exit polls"),
    ("Outside experts also say that it leaks.", "Outside experts", "Outside experts"),
    ("Moss was copied on the Gazette's questions and Venn said she wrote to him.", "Venn", "Venn"),
    ("The breach was reported in May and some pilots had said it was old.", "some pilots", "pilots"),
    ("Moss met Quill and Venn said it was old.", "Venn", "Venn"),
    ("Bria Venn, 29, of Elm, Ala., says it is too warm.", "Bria Venn, 29, of Elm, Ala.", "Bria Venn"),
    (
        "Marlon Venn, Quill's director of state campaigns and outreach, says it is over.",
        "Marlon Venn, Quill's director of state campaigns and outreach",
        "Marlon Venn",
    ),
    (
        "“It leaks,” said Rick Venn, a longtime donor involved in the pier.",
        "Rick Venn, a longtime donor involved in the pier",
        "Rick Venn",
    ),
    (
        "The pier is old, according to Rick Venn, a diver who drew it.",
        "Rick Venn, a diver who drew it",
        "Rick Venn",
    ),
    ("NHS England said its advice was under review.", "NHS England", "NHS England"),
]


@pytest.mark.parametrize(("text", "source", "name"), SOURCES)
def test_a_source_is_whole_and_its_speaker_is_named(text: str, source: str, name: str) -> None:
    assert (source, name) in heard(text)


SPEAKERS = [
    (
        "Minister for Culture Teo Boon Hwee spoke first. Dr Teo said the scheme would go on.",
        "Teo Boon Hwee",
    ),
    ("Pieter van der Moss said it fell. “It was old,” said Van der Moss.", "Pieter van der Moss"),
    ("Zuvi Haldane (41), a joiner, came out. “It is old,” he said.", "Zuvi Haldane"),
    (
        "Maureen Tibbs, 71, was out in Lower Quay.\n\nFurious Maureen has not forgiven him. “He laughed,” she said.",
        "Maureen Tibbs",
    ),
    (
        "Maureen Tibbs, 71, was putting out bins in Lower Quay.\n\n“I ran,” the retired dinner lady said.",
        "Maureen Tibbs",
    ),
    (
        "Elm boss Stuart Hallam was angry. “It is a foul,” he said. “He stays,” the Elm manager said.",
        "Stuart Hallam",
    ),
    ("Aunty Rhonda Haldane sat down. Aunty Rhonda said the tree was old.", "Rhonda Haldane"),
    (
        "Minister of State for Ports Donal Whelk left. The Quay Party TD said the pier was closed.",
        "Donal Whelk",
    ),
    ("Dutch Haldane, 71, laughs. “He talks,” Dutch says.", "Dutch Haldane"),
    ("Jeff Weaver left. “It is old,” Weaver said.", "Jeff Weaver"),
    ("Moss said she would meet Rémi Coste. The latter said that it was closed.", "Rémi Coste"),
    ("Opposition leader Declan Venn is up. “I can wait,” the Speaker says.", "Speaker"),
    (
        "Ada Venn has a plan. “It is old,” she said. “It leaks.” A harbour source tells me the pier was shut.",
        "harbour source",
    ),
    (
        "Northquay Credit Union met. According to a survey by Northquay in July, most were sad.",
        "Northquay Credit Union",
    ),
    ("Maj. Luc Venn spoke. “We failed,” the major said.", "Luc Venn"),
    ("A diver there said it was closed.", "diver"),
    ("Star Ada Moss sat down. Producer Jax Venn said it was late. The 27-year-old singer said she was sad.", None),
    ("Ombudsman Christa d'Haldane came. In it, she says the pier is shut.", "Christa d'Haldane"),
    ("“It fell,” said Darla Venn, whose husband, Obed, was 44.", "Darla Venn"),
    ("Premier Ian Venn ran when the boat sank. The boat called it quits. “It is sad,” he said.", "Ian Venn"),
    (
        "Martin and Gail Venn baked. Mrs Venn wept. “I bake,” Mr Venn said.\n\nTheir son, Craig Venn, came.",
        "Martin Venn",
    ),
    (
        "Ada and Gail Venn baked. Mrs Venn wept.\n\nCouncillor Pauline Venn came. “It is late,” Cllr Venn said.",
        "Pauline Venn",
    ),
    (
        "Rafael Moss, 55, came. Jax Venn spoke. “It is late,” Venn said.\n\nRafael laughs. “It was,” he says.",
        "Rafael Moss",
    ),
    ("A former cellar hand, who asked that his name not be used, said that it was late.", "former cellar hand"),
    ("Fenland Water said it was late. “It is private,” the company said.", "Fenland Water"),
    ("John Venn Sr. met John Venn Jr. “It is old,” the elder Venn said.", "John Venn Sr."),
    ("John Venn Sr. met John Venn Jr. “It is old,” said the younger Venn, 50.", "John Venn Jr."),
    ("A spokesman, Maj. Dean Venn, left. “It is old,” Venn said.", "Dean Venn"),
    ("Moss was stopped at the gate and told to leave by a guard.", None),
    ("Husband Derek said the bird had left.", "Derek"),
    ("Falaye's mother, Funmi, watched. “I lost my hat,” she said.", "Funmi"),
]


@pytest.mark.parametrize(("text", "name"), SPEAKERS)
def test_the_last_quote_is_of_whoever_was_introduced(text: str, name: str | None) -> None:
    assert heard(text)[-1][1] == name


KINDS = [
    ("Tidewater Crossings, which runs the ferry, said it was closed.", ("Tidewater Crossings", "organisation")),
    ("Brokerage Northquay said it was closed.", ("Northquay", "organisation")),
    ("Halden Tool & Die Inc. said it was closed.", ("Halden Tool & Die Inc", "organisation")),
    ("“Nobody came,” said Zuvallo, a farmer who tills two acres.", ("Zuvallo", "person")),
    ("The boat promised a quiet life.", (None, "unknown")),
    ("“It leaks,” one wrote.", (None, "person")),
    ("Two pilots present said it was closed.", (None, "group")),
    ("An aide said it was closed. Another said it was open.", (None, "person")),
]


@pytest.mark.parametrize(("text", "speaker"), KINDS)
def test_a_company_is_no_person_and_a_farmer_is_one(text: str, speaker: tuple[str | None, str]) -> None:
    one = extract(text).quotes[-1].attribution.speakers[0]
    assert (one.name, one.kind) == speaker


def test_a_body_with_its_letters_is_one_of_two_speakers() -> None:
    text = "The Elm Water Agency (EWA) and Quay Harbour Board said in a statement that it was closed."
    speakers = extract(text).quotes[0].attribution.speakers
    assert [one.name for one in speakers] == ["Elm Water Agency", "Quay Harbour Board"]


def test_a_role_before_the_second_name_belongs_to_it() -> None:
    text = "Tom Sandoval voted no. Sandoval and fellow board member Rita Venn said it was closed."
    assert [one.name for one in extract(text).quotes[0].attribution.speakers] == ["Tom Sandoval", "Rita Venn"]
    text = "Cecile Venn and Ada Moss both said it was closed."
    assert [one.name for one in extract(text).quotes[0].attribution.speakers] == ["Cecile Venn", "Ada Moss"]
    text = "Venn and husband Derek said it was closed."
    assert [one.name for one in extract(text).quotes[0].attribution.speakers] == ["Venn", "Derek"]
    text = "Botanist and retired pilot Dr. Leela Venn said it was closed."
    assert [one.name for one in extract(text).quotes[0].attribution.speakers] == ["Leela Venn"]


OCCASIONS = [
    ("Moss told a news conference in Elm that it was closed.", (None, "a news conference in Elm", "statement")),
    ("Moss told a crowd of about 80 that it was closed.", ("a crowd of about 80", None, "unknown")),
    ("Moss told the jury that it was closed.", ("the jury", None, "court")),
    (
        "Writing in the Quay Medical Journal, Moss said that it was closed.",
        (None, "the Quay Medical Journal", "publication"),
    ),
    (
        "But reacting in a telephone chat with our correspondent, Moss said that it was closed.",
        (None, "a telephone chat with our correspondent", "interview"),
    ),
    ("In her memoir, Tapping Out (1990), Moss wrote that it was closed.", (None, "her memoir", "publication")),
]


@pytest.mark.parametrize(("text", "occasion"), OCCASIONS)
def test_to_whom_and_where_it_was_said(text: str, occasion: tuple[str | None, str | None, str]) -> None:
    said = extract(text).quotes[0].attribution
    assert (said.addressee, said.venue, said.channel) == occasion


def test_a_role_of_two_phrases_describes() -> None:
    text = "One reader, a retired engineer named Walter Venn, said that it was closed."
    assert extract(text).quotes[0].attribution.speakers[0].description == "reader, retired engineer"
    text = "17.30\n\nOpposition leader Walter Venn said it was closed."
    assert extract(text).quotes[0].attribution.speakers[0].description == "Opposition leader"


def test_a_storm_that_somebody_puts_so_goes_on() -> None:
    text = "The storm, as one critic put it, is “two men and a sheet”."
    assert [span.text for span in extract(text).quotes[0].spans] == ["The storm", "is", "two men and a sheet"]


def test_a_part_of_a_day_is_when_it_was_said() -> None:
    published = datetime(2024, 11, 6, 6, tzinfo=UTC)
    quote = extract("Moss said late Tuesday that she would go.", published=published).quotes[0]
    assert (quote.spans[0].text, quote.attribution.said_latest) == ("that she would go", date(2024, 11, 5))


WHENS = [
    "late Tuesday",
    "Dec. 31",
    "overnight",
    "the previous day",
    "last autumn",
    "late last month",
    "a few days ago",
    "hours after the vote",
    "ahead of Saturday’s match",
    "this weekend",
    "in a letter dated May 3",
    "in a statement released Monday",
]


@pytest.mark.parametrize("when", WHENS)
def test_when_it_was_said_is_no_content(when: str) -> None:
    quote = extract(f"Moss said {when} that it fell.").quotes[0]
    assert [span.text for span in quote.spans] == ["that it fell"]


@pytest.mark.parametrize("when", ["Just last week", "Only on Monday", "Questioned in Elm on Friday"])
def test_what_opens_a_sentence_says_when(when: str) -> None:
    published = datetime(2026, 1, 7, 21, tzinfo=UTC)
    assert extract(f"{when}, Moss said it fell.", published=published).quotes[0].attribution.said_latest


def test_names_joined_by_and_are_one_subject_of_what_is_said() -> None:
    text = "Moss said that ballots from Elm and Quay would add to the lead."
    assert [quote.spans[0].text for quote in extract(text).quotes] == [text[10:-1]]


def test_they_all_are_they() -> None:
    assert heard("Pilots met. “It leaks,” pilots said. They all vowed to stay.")[-1][0] == "They all"


def test_what_was_said_before_is_no_content() -> None:
    text = "Moss, who stated this in a letter issued in Elm on Sunday, said the ban was new."
    assert [quote.spans[0].text for quote in extract(text).quotes] == ["the ban was new"]
    assert (
        extract("Moss said about half of the sum was lost.").quotes[0].spans[0].text == "about half of the sum was lost"
    )
