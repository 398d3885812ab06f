"""Who a source is: invented articles, each with the speakers a careful reader would write down."""

from __future__ import annotations

import pytest
from effort import calls
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import attribute, read

from onrecord.extract import speakers
from onrecord.extract.lexicon import load
from onrecord.extract.model import Statement
from onrecord.records import Mention, Source, Span, Speaker

LEE = "Ann Lee, the mayor of Elm, met Tom Roe, a retired baker, on the bridge. "
NAMED = "named"


def person(name: str, description: str | None = None) -> Speaker:
    return Speaker(name, "person", description)


def nameless(description: str, kind: str = "person", anonymity: str = "unnamed", reason: str | None = None) -> Speaker:
    return Speaker(None, kind, description, anonymity, reason)


NAMES = {
    "full name": ("[1s|Ann Lee] [1c|said] [1q|it holds].", [person("Ann Lee")]),
    "title before": ("[1s|French President Anne Leroy] [1c|said] [1q|no].", [person("Anne Leroy", "French President")]),
    "lower-case role": ("[1s|former mayor Ann Lee] [1c|said] [1q|no].", [person("Ann Lee", "former mayor")]),
    "role of a body": (
        "[1s|Elm Gazette reporter Tom Roe] [1c|wrote] [1q|no].",
        [person("Tom Roe", "Elm Gazette reporter")],
    ),
    "office in capitals that no list holds": (
        "[1s|Elm County Recorder Helen Poe] [1c|said] [1q|no].",
        [person("Helen Poe", "Elm County Recorder")],
    ),
    "title with of": (
        "[1s|Secretary of State Ann Lee] [1c|said] [1q|no].",
        [person("Ann Lee", "Secretary of State")],
    ),
    "apposition": (
        "“[1q|It holds],” [1c|said] [1s|Ann Lee, a former clerk of the Court of Audit (CA), who is now a writer].",
        [person("Ann Lee", "former clerk of the Court of Audit (CA), who is now a writer")],
    ),
    "apposition with age": (
        "[1s|Ann Lee, 42, who runs a bakery in Elm], [1c|said] [1q|no].",
        [person("Ann Lee", "who runs a bakery in Elm")],
    ),
    "apposition before": (
        "[1s|a former commander of the coast guard, Tom Roe], [1c|admitted] [1q|it].",
        [person("Tom Roe", "former commander of the coast guard")],
    ),
    "one of several": (
        "[1s|Ann Lee, one of the founders of the Elm Gazette], [1c|said] [1q|no].",
        [person("Ann Lee", "one of the founders of the Elm Gazette")],
    ),
    "a clause that is no apposition": (
        "They say Ann Lee, the officials of Elm do not matter. “[1q|No],” [1s|Ann Lee] [1c|said].",
        [person("Ann Lee")],
    ),
    "a sentence that begins with a noun": (
        "[1s|Organizers of the fair] [1c|said] [1q|no]. The organizers left.",
        [Speaker(None, "group", "Organizers of the fair", "unnamed")],
    ),
    "a headline": (
        "Lee Blasts Roe Over Bridge\n\nMayor Ann Lee spoke. [1s|Lee] [1c|said] [1q|no].",
        [person("Ann Lee", "Mayor")],
    ),
    "the sentence ends in a possessive": (
        "“[1q|No],” [1c|said] [1s|Ann Lee, a friend of the Elm Gazette's]. He left.",
        [person("Ann Lee", "friend of the Elm Gazette's")],
    ),
    "a verb before the title": (
        "The vote would force Sen. Ann Lee out. “[1q|No],” [1s|Ann Lee] [1c|said].",
        [person("Ann Lee", "Sen.")],
    ),
    "both sides": (
        "[1s|Sen. Ann Lee, a member of the budget committee], [1c|said] [1q|no].",
        [person("Ann Lee", "Sen., member of the budget committee")],
    ),
    "party": ("[1s|Rep. Ann Lee (D-Ohio)] [1c|said] [1q|no].", [person("Ann Lee", "Rep., D-Ohio")]),
    "place after the name": ("[1s|Gov. Ann Lee of Ohio] [1c|said] [1q|no].", [person("Ann Lee", "Gov. of Ohio")]),
    "an honorific is no description": (LEE + "[1s|Mr. Roe] [1c|said] [1q|no].", [person("Tom Roe", "retired baker")]),
    "a relative clause that is no role": (
        "[1s|Ann Lee, who was there], [1c|said] [1q|no].",
        [person("Ann Lee")],
    ),
    "initials, particles and suffix": (
        "[1s|Tom J. van der Roe Jr.] [1c|said] [1q|no].",
        [person("Tom J. van der Roe Jr.")],
    ),
    "particle at the start": (
        "Minister Ann de Roe spoke. [1s|De Roe] [1c|said] [1q|no].",
        [person("Ann de Roe", "Minister")],
    ),
    "prefix with a hyphen": ("Omar al-Roe spoke. [1s|Roe] [1c|said] [1q|no].", [person("Omar al-Roe")]),
    "nickname in marks": ("[1s|William “Bill” Roe] [1c|said] [1q|no].", [person("William “Bill” Roe")]),
    "surname": (LEE + "“[1q|No],” [1s|Lee] [1c|said].", [person("Ann Lee", "mayor of Elm")]),
    "longest form is canonical": (
        "Ann Lee came. Ann B. Lee left. [1s|Lee] [1c|said] [1q|no].",
        [person("Ann B. Lee")],
    ),
    "short and long first name": (
        "Mike Roe came. [1s|Michael Roe] [1c|said] [1q|no].",
        [person("Michael Roe")],
    ),
    "introduced later": ("[1s|Roe] [1c|said] [1q|no]. Baker Tom Roe left.", [person("Tom Roe", "Baker")]),
    "described elsewhere": (
        "The city heard Tom Roe, a member of the board. [1s|Tom Roe] [1c|said] [1q|no].",
        [person("Tom Roe", "member of the board")],
    ),
    "role before a comma": (
        "Moss's deputy, Tom Roe, left. [1s|Roe] [1c|said] [1q|no].",
        [person("Tom Roe", "Moss's deputy")],
    ),
    "no role in an opening phrase": (
        "Before the deputy, Tom Roe, left. [1s|Roe] [1c|said] [1q|no].",
        [person("Tom Roe")],
    ),
    "role of their own": (
        "Elm Steel shut. Its chief executive, Tom Roe, left. [1s|Roe] [1c|said] [1q|no].",
        [person("Tom Roe", "chief executive")],
    ),
    "party and state": (
        "Sen. Ann Lee, D-Elm., left. [1s|Lee] [1c|said] [1q|no].",
        [person("Ann Lee", "Sen., D-Elm.")],
    ),
    "two people with ages": (
        "[1q|No], [1c|said] [1s|Ann Lee, 63, and Tom Roe, 58, who run a bakery].",
        [person("Ann Lee"), person("Tom Roe")],
    ),
    "first name": (LEE + "[1s|Ann] [1c|said] [1q|no].", [person("Ann Lee", "mayor of Elm")]),
    "bare surname, nobody introduced": ("[1s|Zorn] [1c|said] [1q|no].", [Speaker("Zorn", "unknown")]),
    "title and surname alone": ("[1s|President Zorn] [1c|said] [1q|no].", [person("Zorn", "President")]),
    "a name inside a quotation introduces nobody who speaks it": (
        "“[1q|Tom Roe is right],” [1c|said] [1s|Ann Lee].",
        [person("Ann Lee")],
    ),
    "speaker in capitals": ("Ann Lee came. [1s|LEE]: [1q|It holds].", [person("Ann Lee")]),
}

SHARED_SURNAMES = {
    "by first name": ("Ann Lee met Tom Lee. [1s|Tom Lee] [1c|said] [1q|no].", "Tom Lee", None),
    "by title": ("Ann Lee met Tom Lee. [1s|Mrs. Lee] [1c|said] [1q|no].", "Ann Lee", "surname"),
    "bound before the other came": (
        "Ann Lee spoke. Lee left. Her son Tom Lee stayed. [1s|Lee] [1c|said] [1q|no].",
        "Ann Lee",
        "surname: first introduced of two people",
    ),
    "nearest in the paragraph": (
        "Ann Lee met Tom Lee.\n\nTom Lee stayed. [1s|Lee] [1c|said] [1q|no].",
        "Tom Lee",
        "surname: nearest of two people",
    ),
    "open": ("Ann Lee met Tom Lee. [1s|Lee] [1c|said] [1q|no].", "Lee", "surname: two people"),
    "father and son": ("Tom Lee met Tom Lee Jr. in Elm. [1s|Tom Lee Jr.] [1c|said] [1q|no].", "Tom Lee Jr.", None),
}

BODIES = {
    "organisation": ("[1s|The White House] [1c|said] [1q|no].", Speaker("White House", "organisation")),
    "a name with an article": ("[1s|The Elm Star] [1c|said] [1q|no].", Speaker("Elm Star", "organisation")),
    "acronym": (
        "The Elm River Authority (ERA) met. [1s|the ERA] [1c|said] [1q|no].",
        Speaker("Elm River Authority", "organisation"),
    ),
    "country": ("[1s|Russia] [1c|said] [1q|no].", Speaker("Russia", "organisation")),
    "name and body noun": ("[1s|the Roe campaign] [1c|said] [1q|no].", Speaker("Roe campaign", "organisation")),
    "body without a name": ("[1s|a bank] [1c|said] [1q|no].", nameless("bank", "organisation")),
    "the body named before": (
        "The Elm Gazette was there. [1s|The gazette] [1c|said] [1q|no].",
        nameless("gazette", "unknown"),
    ),
    "a body after its role": (
        "[1s|The owner, Elm Ports], [1c|said] [1q|no].",
        Speaker("Elm Ports", "organisation", "owner"),
    ),
    "a body by the first word of its name": (
        "Elm Ports shut. [1s|Elm] [1c|said] [1q|no].",
        Speaker("Elm Ports", "organisation"),
    ),
    "a person of that name comes first": (
        "Roe Ports shut. Tom Roe left. [1s|Roe] [1c|said] [1q|no].",
        Speaker("Tom Roe", "person"),
    ),
    "the company that has just spoken": (
        "[1s|a statement from Elm Steel] [1c|said] [1q|no]. [2s|The company] [2c|added] [2q|yes].",
        Speaker("Elm Steel", "organisation"),
    ),
    "no outlet is the company": (
        "[1s|The Elm Gazette] [1c|said] [1q|no]. [2s|The company] [2c|added] [2q|yes].",
        nameless("company", "organisation"),
    ),
    "a company, a paragraph later": (
        "[1s|Elm Steel] [1c|said] [1q|no].\n\nRain fell. [2s|The company] [2c|added] [2q|yes].",
        Speaker("Elm Steel", "organisation"),
    ),
    "a company, two paragraphs later": (
        "[1s|Elm Steel] [1c|said] [1q|no].\n\nRain fell.\n\n[2s|The company] [2c|added] [2q|yes].",
        nameless("company", "organisation"),
    ),
    "the party": (
        "The Elm Party met. [1s|The party] [1c|said] [1q|no].",
        Speaker("Elm Party", "organisation"),
    ),
    "document": ("[1s|the report] [1c|says] [1q|no].", nameless("report", "unknown")),
    "a document of a body": (
        "[1s|a statement from the Elm Union] [1c|said] [1q|no].",
        Speaker("Elm Union", "organisation"),
    ),
    "a document of a person": ("Ann Lee left. [1s|Lee's report] [1c|said] [1q|no].", person("Ann Lee")),
    "a document of a pronoun": ("Ann Lee left. [1s|her statement] [1c|said] [1q|no].", person("Ann Lee")),
    "a document that somebody obtained": (
        "[1s|a report obtained by the Elm Union] [1c|said] [1q|no].",
        nameless("report obtained by the Elm Union", "unknown"),
    ),
    "owners, who": (
        "It drew anger from business owners, [1s|who] [1c|called] it [1q|late].",
        nameless("business owners", "group"),
    ),
    "a former mayor, who": ("Moss met a former mayor, [1s|who] [1c|called] it [1q|late].", nameless("former mayor")),
    "the senator, who": (
        "Sen. Ann Lee left. Moss met the senator, [1s|who] [1c|called] it [1q|late].",
        person("Ann Lee", "Sen."),
    ),
    "a document of the unnamed": (
        "[1s|a report by two engineers] [1c|said] [1q|no].",
        nameless("engineers", "group"),
    ),
    "40 MPs": ("[1s|40 MPs] [1c|said] [1q|no].", nameless("40 MPs", "group")),
    "officials": ("[1s|Two senior officials] [1c|said] [1q|no].", nameless("senior officials", "group")),
    "critics at the start of a sentence": ("[1s|Critics] [1c|said] [1q|no].", nameless("Critics", "group")),
    "Republicans": ("[1s|Some Republicans] [1c|said] [1q|no].", nameless("Republicans", "group")),
    "people of a poll": ("[1s|58 percent of voters] [1c|said] [1q|no].", nameless("58 percent of voters", "group")),
}

ELSEWHERE = {
    "by the noun": (
        "[1s|a senior official] [1c|said] [1q|no]. The official spoke on condition of anonymity because talks go on.",
        "spoke on condition of anonymity because talks go on",
    ),
    "by a pronoun": (
        "[1s|a senior official] [1c|said] [1q|no]. He was not authorized to speak publicly.",
        "was not authorized to speak publicly",
    ),
    "by a pronoun for somebody named": (
        "[1s|an official] [1c|said] [1q|no]. [2s|Tom Roe] [2c|said] [2q|yes]. He declined to be named.",
        None,
    ),
    "by a noun for two": (
        "[1s|an Elm aide] [1c|said] [1q|no]. [2s|an Ash aide] [2c|said] [2q|yes]. An aide sought anonymity.",
        None,
    ),
    "in somebody's words": (
        "[1s|an official] [1c|said] [1q|no]. “[2q|The official declined to be named],” [2s|Tom Roe] [2c|said].",
        None,
    ),
}

NAMELESS = {
    "a spokesperson is not the principal": (
        "[1s|a spokesperson for Belgian Prime Minister Ann Lee] [1c|said] [1q|no].",
        nameless("spokesperson for Belgian Prime Minister Ann Lee"),
    ),
    "somebody's lawyer": (LEE + "[1s|Lee's lawyer] [1c|said] [1q|no].", nameless("Lee's lawyer")),
    "requested anonymity": (
        "“[1q|No],” [1c|said] [1s|a Belgian diplomatic source, who requested anonymity to speak candidly].",
        nameless("Belgian diplomatic source", anonymity="anonymous", reason="requested anonymity to speak candidly"),
    ),
    "on condition of anonymity": (
        "“[1q|No],” [1s|an official] [1c|said], speaking on condition of anonymity because talks go on.",
        nameless("official", anonymity="anonymous", reason="speaking on condition of anonymity because talks go on"),
    ),
    "declined to be named": (
        "[1s|a lawyer who declined to be named] [1c|said] [1q|no].",
        nameless("lawyer", anonymity="anonymous", reason="declined to be named"),
    ),
    "not authorised": (
        "[1s|an aide, who was not authorized to speak publicly], [1c|said] [1q|no].",
        nameless("aide", anonymity="anonymous", reason="was not authorized to speak publicly"),
    ),
    "anonymously": (
        "[1s|an official who spoke anonymously to discuss the plan] [1c|said] [1q|no].",
        nameless("official", anonymity="anonymous", reason="spoke anonymously to discuss the plan"),
    ),
    "called anonymous": (
        "[1s|an anonymous official] [1c|said] [1q|no].",
        nameless("anonymous official", anonymity="anonymous"),
    ),
    "whoever asks in an interview": ("[1s|Q][1c|:] [1q|Why?]", nameless("interviewer")),
    "whoever answers in an interview": ("[1s|A][1c|:] [1q|No.]", nameless("interviewee")),
    "one of a group": (
        "[1s|one of the engineers] [1c|said] [1q|no].",
        nameless("one of the engineers"),
    ),
}

JOINED = {
    "two people": ("[1s|Ann Lee and Tom Roe] [1c|said] [1q|no].", ["Ann Lee", "Tom Roe"]),
    "three people": ("[1s|Ann Lee, Tom Roe and Sue Poe] [1c|said] [1q|no].", ["Ann Lee", "Tom Roe", "Sue Poe"]),
    "surnames": (LEE + "[1s|Lee and Roe] [1c|said] [1q|no].", ["Ann Lee", "Tom Roe"]),
    "a person and a group": ("[1s|Ann Lee and her advisers] [1c|said] [1q|no].", ["Ann Lee", None]),
    "an apposition is one person": ("[1s|Ann Lee, a writer and consultant], [1c|said] [1q|no].", ["Ann Lee"]),
    "a body with and in its name": (
        "[1s|the Department of Health and Human Services] [1c|said] [1q|no].",
        ["Department of Health and Human Services"],
    ),
}

PRONOUNS = {
    "the previous speaker": (
        "“[1q|No],” [1c|said] [1s|Ann Lee]. “[2q|It holds],” [2s|she] [2c|added].",
        "Ann Lee",
        "pronoun: previous speaker",
    ),
    "across a paragraph": (
        "“[1q|No],” [1c|said] [1s|Ann Lee].\n\n“[2q|It holds],” [2s|she] [2c|added].",
        "Ann Lee",
        "pronoun: previous speaker",
    ),
    "gender decides": (
        "[1s|Ann Lee] [1c|told] Tom Roe [1q|no]. “[2q|It holds],” [2s|he] [2c|added].",
        "Tom Roe",
        "pronoun: only candidate in the paragraph",
    ),
    "gender of the role": (
        "Spokeswoman Zara Quist met Tom Roe. “[1q|It holds],” [1s|she] [1c|said].",
        "Zara Quist",
        "pronoun: only candidate in the paragraph",
    ),
    "same sentence": (
        "Although Tom Roe left early, [1s|he] [1c|said] [1q|the bridge holds].",
        "Tom Roe",
        "pronoun: same sentence",
    ),
    "a new subject": (
        "“[1q|No],” [1s|Tom Roe] [1c|said]. Jim Poe was not amused. “[2q|It holds],” [2s|he] [2c|said].",
        "Jim Poe",
        "pronoun: subject of the sentence before",
    ),
    "two candidates": (
        "In Elm the city honoured Tom Roe and Jim Poe. “[1q|It holds],” [1s|he] [1c|said].",
        None,
        "pronoun: two candidates",
    ),
    "nobody": ("“[1q|It holds],” [1s|she] [1c|said].", None, "pronoun: no candidate"),
    "the author": ("“[1q|It holds],” [1s|I] [1c|said].", None, "pronoun: no antecedent in the text"),
    "a name in a quotation is no candidate": (
        "“[1q|Tom Roe was wrong],” [1c|said] [1s|Ann Lee]. “[2q|It holds],” [2s|he] [2c|said].",
        None,
        "pronoun: no candidate",
    ),
    "whom somebody else speaks of": (
        "“[1q|No],” [1c|said] [1s|Tom Roe]. Then came Jim Poe, who [2s|he] [2c|called] [2q|late].",
        "Tom Roe",
        "pronoun: previous speaker",
    ),
    "a bare name that nobody introduced may be meant": (
        "“[1q|No],” [1c|said] [1s|Tom Roe]. Zorn was not amused. Zorn left. “[2q|It holds],” [2s|he] [2c|said].",
        None,
        "pronoun: two candidates",
    ),
    "who, of two": (
        "They invited Ann Lee and Tom Roe, [1s|who] [1c|said] [1q|it holds].",
        "Ann Lee, Tom Roe",
        "pronoun: antecedent",
    ),
    "who": (
        "Tom Roe, [1s|who] [1c|said] [1q|it holds], left.",
        "Tom Roe",
        "pronoun: antecedent",
    ),
    "who, after an apposition": (
        "They invited Tom Roe, the baker of Elm, [1s|who] [1c|said] [1q|it holds].",
        "Tom Roe",
        "pronoun: antecedent",
    ),
}

NOMINALS = {
    "the senator": (
        "Sen. Ann Lee met Gov. Tom Roe. “[1q|No],” [1s|the senator] [1c|said].",
        "Ann Lee",
        "nominal: role",
    ),
    "synonym of a title": (
        "Rep. Ann Lee left. “[1q|No],” [1s|the congresswoman] [1c|said].",
        "Ann Lee",
        "nominal: role",
    ),
    "modifier decides": (
        "Ohio Sen. Ann Lee met Iowa Sen. Tom Roe. “[1q|No],” [1s|the Iowa senator] [1c|said].",
        "Tom Roe",
        "nominal: role",
    ),
    "gender decides": (
        "Actor Tom Roe met actress Ann Lee. “[1q|No],” [1s|the actress] [1c|said].",
        "Ann Lee",
        "nominal: role",
    ),
    "two senators": (
        "Sen. Ann Lee met Sen. Tom Roe. “[1q|No],” [1s|the senator] [1c|said].",
        None,
        "nominal: two candidates",
    ),
    "the age": (
        "Ann Lee, 42, met Tom Roe, 51. “[1q|No],” [1s|the 42-year-old baker] [1c|said].",
        "Ann Lee",
        "nominal: age",
    ),
    "the spokesperson": (
        "[1s|a spokesperson for Tom Roe] [1c|said] [1q|no]. “[2q|Never],” [2s|the spokesperson] [2c|said].",
        "spokesperson for Tom Roe",
        "nominal: role",
    ),
}


@pytest.mark.parametrize(("marked", "expected"), NAMES.values(), ids=NAMES)
def test_names_and_descriptions(marked: str, expected: list[Speaker]) -> None:
    assert list(attribute(marked)[-1].speakers) == expected


@pytest.mark.parametrize(("marked", "name", "way"), SHARED_SURNAMES.values(), ids=SHARED_SURNAMES)
def test_people_who_share_a_surname_are_kept_apart(marked: str, name: str, way: str | None) -> None:
    found = attribute(marked)[-1]
    assert [speaker.name for speaker in found.speakers] == [name]
    assert found.method == ("marked" if way is None else f"marked; {way}")


@pytest.mark.parametrize(("marked", "expected"), BODIES.values(), ids=BODIES)
def test_organisations_groups_and_documents(marked: str, expected: Speaker) -> None:
    assert attribute(marked)[-1].speakers == (expected,)


@pytest.mark.parametrize(("marked", "expected"), NAMELESS.values(), ids=NAMELESS)
def test_speakers_without_a_name(marked: str, expected: Speaker) -> None:
    assert attribute(marked)[-1].speakers == (expected,)


@pytest.mark.parametrize(("marked", "reason"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_anonymity_granted_in_another_sentence(marked: str, reason: str | None) -> None:
    (speaker,) = attribute(marked)[0].speakers
    assert (speaker.anonymity, speaker.anonymity_reason) == ("anonymous" if reason else "unnamed", reason)


@pytest.mark.parametrize(("marked", "names"), JOINED.values(), ids=JOINED)
def test_a_source_of_several_speakers(marked: str, names: list[str | None]) -> None:
    assert [speaker.name for speaker in attribute(marked)[-1].speakers] == names


@pytest.mark.parametrize(("marked", "name", "way"), PRONOUNS.values(), ids=PRONOUNS)
def test_pronouns(marked: str, name: str | None, way: str) -> None:
    found = attribute(marked)[-1]
    assert ", ".join(str(speaker.name) for speaker in found.speakers) == (name or "")
    assert found.method == f"marked; {way}"


@pytest.mark.parametrize(("marked", "who", "way"), NOMINALS.values(), ids=NOMINALS)
def test_definite_nouns(marked: str, who: str | None, way: str) -> None:
    found = attribute(marked)[-1]
    assert [speaker.name or speaker.description for speaker in found.speakers] == ([who] if who else [])
    assert found.method == f"marked; {way}"


def test_they_after_one_unnamed_person() -> None:
    marked = (
        "“[1q|No],” [1c|said] [1s|a Belgian diplomatic source, who requested anonymity to speak candidly]. "
        "[2s|They] [2c|said] [2q|they were pleased]. “[3q|It holds],” [3s|they] [3c|added]."
    )
    first, second, third = attribute(marked)
    assert first.speakers == second.speakers == third.speakers
    assert first.speakers[0].anonymity_reason == "requested anonymity to speak candidly"


def test_they_after_one_named_person_is_open() -> None:
    found = attribute("“[1q|No],” [1c|said] [1s|Ann Lee]. “[2q|It holds],” [2s|they] [2c|added].")[-1]
    assert found.speakers == ()
    assert found.method == "marked; pronoun: the previous speaker is one person"


def test_a_floating_quotation_has_the_speaker_and_occasion_of_the_one_it_continues() -> None:
    text, (said, floating) = read("“[1q|No],” [1s|Ann Lee] [1c|told] reporters on Monday. “[2q|It holds].”")
    floating.inherits, floating.source = said, said.source
    first, second = speakers.resolve({"body": text}, [said, floating], load("en"), None, None)
    assert second.speakers == first.speakers
    assert (second.addressee, second.channel) == ("reporters", "statement")


def test_a_speaker_named_in_one_field_is_known_in_another() -> None:
    body, statements = read("“[1q|No],” [1s|Lee] [1c|said].")
    found = speakers.resolve({"headline": "Mayor Ann Lee resigns", "body": body}, statements, load("en"), None, None)
    assert found[0].speakers == (person("Ann Lee", "Mayor"),)


def test_a_statement_without_a_source_has_no_speaker_and_keeps_its_method() -> None:
    found = attribute(LEE + "“[1q|It holds].”")[0]
    assert (found.speakers, found.source, found.method, found.confidence) == ((), None, "marked", 0.9)


def test_an_open_speaker_lowers_the_confidence_and_an_inferred_one_does_less() -> None:
    named = attribute("“[1q|No],” [1s|Ann Lee] [1c|said].")[0].confidence
    inferred = attribute(LEE + "“[1q|No],” [1s|Lee] [1c|said].")[0].confidence
    still_open = attribute("“[1q|No],” [1s|she] [1c|said].")[0].confidence
    assert still_open < inferred <= named


def test_a_language_without_words_gives_no_names_and_no_error() -> None:
    text, statements = read("“[1q|No],” [1s|Ann Lee] [1c|said].")
    assert len(speakers.resolve({"body": text}, statements, load("und"), None, None)) == 1


NAMES_AND_ROLES = ["Ann", "Lee", "Roe", "Tom", "Sen.", "the", "a", "mayor", "he", "she", "They", "Inc.", "FBI", "U.S."]
OTHERS = [
    "said,",
    "told",
    "in",
    "speech",
    "on",
    "Monday",
    "who",
    "and",
    "“",
    "”",
    "(",
    ")",
    "\n\n",
    ".",
    ",",
    "42",
    "'s",
]
WORDS = st.sampled_from([*NAMES_AND_ROLES, *OTHERS, "\xa0", "de", "of"])
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join))


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, list[Statement]]:
    text = draw(TEXTS.filter(bool))
    places = st.integers(0, len(text))

    def piece() -> tuple[int, int, str]:
        start, end = sorted((draw(places), draw(places)))
        return start, end, text[start:end]

    statements = []
    for _ in range(draw(st.integers(0, 4))):
        source = Source(*piece(), "named") if draw(st.booleans()) else None
        cue = Mention(*piece()) if draw(st.booleans()) else None
        start, end, _words = piece()
        statements.append(
            Statement("body", "direct", [Span(*piece(), draw(st.booleans()))], source, cue, "any", 0.5, (start, end))
        )
    return text, statements


@settings(max_examples=200, deadline=None)
@given(articles(), st.none() | st.datetimes(timezones=st.timezones()), st.none() | st.text(max_size=5))
def test_any_text_resolves_to_names_it_holds_and_days_in_order(article, published, zone) -> None:  # noqa: ANN001
    text, statements = article
    found = speakers.resolve({"body": text}, statements, load("en"), published, zone)
    plain = text.replace("\xa0", " ")
    for said, attribution in zip(statements, found, strict=True):
        assert attribution.source is said.source
        assert said.source is not None or attribution.speakers == ()
        assert all(speaker.name is None or (speaker.name and speaker.name in plain) for speaker in attribution.speakers)
        assert all(speaker.description != "" for speaker in attribution.speakers)
        assert 0 <= attribution.confidence <= 1
        assert (attribution.said_earliest is None) == (attribution.said_latest is None)
        if attribution.said_earliest and attribution.said_latest:
            assert attribution.said_earliest <= attribution.said_latest


HOSTILE = {
    "capitals": "A " * 500_000,
    "commas": "," * 1_000_000,
    "names and commas": "Ann," * 250_000,
    "spaces": " " * 1_000_000,
    "marks": "“" * 1_000_000,
    "dates": "on Monday, " * 90_000,
    "one surname": "".join(f"Ann{at:x} Lee met Lee. " for at in range(40_000)),
    "anonymity": "spoke on condition that " * 40_000,
}


def statements(text: str, source: str) -> list[Statement]:
    """Return a statement every thousand characters of a text, each with a source of these words."""
    return [
        Statement(
            "body",
            "direct",
            [Span(at, at + 9, text[at : at + 9], is_verbatim=True)],
            Source(at + 10, at + 10 + len(source), source, "named"),
            Mention(at + 30, at + 34, "said"),
            "any",
            0.5,
            (at, at + 1000),
        )
        for at in range(0, len(text) - 1000, 1000)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("source", ["Lee", "he", "the senator", "they"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_twice_of_anything_is_twice_the_work(text: str, source: str) -> None:
    def work(length: int) -> int:
        part = text[:length]
        said = statements(part, source)

        def resolve() -> object:
            return speakers.resolve({"body": part}, said, load("en"), None, None)

        resolve()  # what is remembered of words is work of the first time alone
        return calls(resolve)

    assert work(200_000) <= 2.2 * work(100_000) + 1_000


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_million_of_anything_is_read(text: str) -> None:
    said = statements(text, "Lee")
    assert len(speakers.resolve({"body": text}, said, load("en"), None, None)) == len(said)
