"""Whether a reporting word is a verb where it stands, and which kind."""

from __future__ import annotations

import re
from typing import Final

from onrecord.extract import sources, subjects
from onrecord.extract.drafts import cue_at
from onrecord.extract.tokens import COMMA, Sentence, Tokens
from onrecord.extract.words import Cue, Words

Verb = tuple[Cue, int, int, int]
"""A reporting verb: its entry, the token its group begins at, its own, and where it ends with its particle."""


def at(s: Sentence, index: int, words: Words) -> Verb | None:
    """Return the reporting verb at a token, or None where the word is no verb there."""
    found = cue_at(s, index, words) if is_verb(s, index, words) else None
    return None if found is None else (found[0], sources.group(s, index), index, found[1])


ANTECEDENT: Final = 6
"""Tokens within which the noun stands that a relative pronoun explains: "a study in mice | that found"."""


def limited(s: Sentence, cue: Cue, subject: Tokens) -> Cue:
    """Return a cue, without its frames where it does not report with this subject: "the jury heard", "Moss heard"."""
    first = subject[0] if s.tags[subject[0]] not in "TW" else max(subject[0] - ANTECEDENT, 0)
    fits = not cue.subjects or not cue.subjects.isdisjoint(s.words[first : subject[1]])
    return cue if fits else Cue(cue.lemma, frozenset(), cue.count)


NEAR: Final = 14
"""Tokens within which a verb stands whose voice another shares."""

_SUBJECT: Final = 4
"""Tokens that the subject of a form that may be a noun has after a quotation: "“It fell,” the bakers | state in"."""
_AS_QUOTED: Final = re.compile("sd?Q")
_NAMED: Final = 10
"""Tokens up to which whoever calls something so may be named: "described by Moss, the mayor, as “rude”"."""
_OBJECTS: Final = frozenset({"whom", "to"})
"""Frames of verbs that go on with somebody: "Moss telling reporters"."""


def is_verb(s: Sentence, index: int, words: Words) -> bool:
    """Tell whether a reporting word is a finite verb where it stands, or an infinitive."""
    tags, word = s.tags, s.words[index]
    before = tags[index - 1] if index else "."
    after = tags[index + 1 : index + 2]
    if tags[index] == "V" and (before in "#igeM" or tags[index - 2 : index] == "ty") and after in {"n", "N", "z"}:
        return word in words.cues and "strong" in words.cues[word].frames
    written = index > 0 and not words.lists["writings"].isdisjoint(s.words[index - 1 : index])
    if tags[index] == "V" and before == "r" and subjects.is_attribute(tags, index):
        return False
    if word in words.lists["rarely_verb"] and before not in "pW" and after not in {"Q", ":"} and not written:
        return False
    if tags[index] == "V" or word not in words.lists["noun_too"]:
        owned = s.words[index - 1] in words.lists["object_possessive"] and tags[index - 2 : index - 1] in {"i", "t"}
        return before not in "dH" or (owned and tags[index] == "V" and after not in {"n", "N", "z", "y"})
    if after and word in words.leads and (word, s.words[index + 1]) in words.phrases:
        return before not in "dH"
    if tags[index] == "Z" and s.words[index - 1] in words.lists["plural_determiners"]:
        return False
    return _third_person(s, index, words) if tags[index] == "Z" else _base(s, index, words)


def _third_person(s: Sentence, index: int, words: Words) -> bool:
    """Tell whether a form that may be a plural noun is a verb: "Smith claims", not "the claims of"."""
    tags = s.tags
    before, after = tags[index - 1] if index else ".", tags[index + 1 : index + 2]
    framed = after == "i" and s.words[index + 1] in words.cues[s.words[index]].frames
    leads = framed and _VERB_OF.search(tags, max(index - 3, 0), index) is not None
    if before in "&b" and after in {"t", "T"}:
        return index > 1 and tags[index - 2] not in "dHZ"
    if after == "T" and before == "," and subjects.fills(s, s.lead, index - 1):
        return True
    if after == "T" and (before in ",-" or tags[index + 2 : index + 3] in {"y", "z"}):
        return False
    noun = before in "yY" and index > 1 and tags[index - 2] in "dH"
    return (before in "NnpWrPk),Q-.#oTD" or noun) and (leads or after not in {"i", "v", "a", "y"})


def _base(s: Sentence, index: int, words: Words) -> bool:
    """Tell whether a form that may be a singular noun is a verb: "critics charge", not "the charge"."""
    tags = s.tags
    before, after = tags[index - 1] if index else ".", tags[index + 1 : index + 2]
    if before in "atpW" or (before == "z" and s.words[index - 1] in words.lists["finders"]):
        return True
    if before in "rD":
        return index > 1 and tags[index - 2] in "atpWnNP"
    if before == "P":
        return after not in {"n", "N"}
    quoted = after == "i" and "Q" in tags[max(index - _SUBJECT, 0) : index]
    return (before in "nN" and words.is_plural(s.words[index - 1]) and (quoted or after not in {"n", "i"})) or (
        before == ")" and index > 2
    )


def is_participle(s: Sentence, index: int, words: Words) -> bool:
    """Tell whether an -ing form of a reporting word is no noun: not "his stern warning", "a writing teacher"."""
    tags = s.tags
    if index == 0:
        return True
    if tags[index - 1] in "Pb" and tags[index + 1 : index + 2] in {"n", "y", "Y"}:
        return False
    nominal = s.words[index] in words.nouns and not joins_absolute(s, index)
    if tags[index - 1] in "dH" or (nominal and _compounds(s, index)):
        return False
    cue = words.cues.get(s.words[index])
    takes = cue is not None and not cue.frames.isdisjoint(_OBJECTS)
    return takes or not (tags[index - 1] in "nN" and tags[index + 1 : index + 2] == "n")


_ASKED: Final = frozenset({"wh", "whom"})
_GOES_ON: Final = re.compile("r*[avVzZ]")


def is_inserted(s: Sentence, cue: Cue, subject: Tokens, verb: Tokens) -> bool:
    """Tell whether a past form is a participle between commas: "Moss, asked about it, | said no"."""
    tags, (first, index) = s.tags, verb
    if (
        cue.frames.isdisjoint(_ASKED)
        or first < index
        or tags[index] != "V"
        or subject[1] != first - 1
        or tags[first - 1] != ","
    ):
        return False
    close = tags.find(",", index)
    return "," not in tags[slice(*subject)] and close > 0 and _GOES_ON.match(tags, close + 1) is not None


def joins_absolute(s: Sentence, index: int) -> bool:
    """Tell whether a participle and its noun follow others after "with": "with Moss saying so and Roe | warning"."""
    join = s.tags.rfind("&", max(index - ABSOLUTE, 0), index)
    if join < 0 or s.tags[join + 1 : index].strip("dnN"):
        return False
    opening = max(join - ABSOLUTE, 0)
    first = next((i for i in range(join, opening - 1, -1) if s.words[i] in s.lists["absolute"]), join)
    return "G" in s.tags[first:join]


ABSOLUTE: Final = 20
"""Tokens within which "with" and its participles stand."""


def _compounds(s: Sentence, index: int) -> bool:
    """Tell whether an -ing form is a noun after the word before it, which is no medium: not "an email | warning"."""
    beside = s.tags[index - 1] in "ne" and s.words[index - 1] not in s.lists["venue"]
    return beside or s.tags[index - 2 : index] in {"dN", "dr"}


_VERB_OF: Final = re.compile("[NpW]r?$|[dH][nyY]$")
"""What a form that may be a plural noun is the verb of: "she often | talks about", "his plan | calls for"."""

_CALLS: Final = re.compile("N+(?:dQ|d[nNde]*Q|Q)")
"""Somebody and what they are called: "called Roe a "coward"."""


def is_passive(s: Sentence, first: int, index: int, words: Words) -> bool:
    """Tell whether a verb group that begins at `first` is passive: "was told", "told by"."""
    if s.tags[index + 1 : index + 2] == "i" and s.words[index + 1] in words.lists["by"]:
        return s.words[index + 2 : index + 3] == [] or s.words[index + 2] not in words.lists["means"]
    return first < index and s.tags[index] in "VM" and not words.be.isdisjoint(s.words[first:index])


def is_told(s: Sentence, cue: Cue, subject: Tokens, verb: Tokens) -> bool:
    """Tell whether a passive closes what is told or said at large: ", Moss was told", ", it is said"."""
    stating = not s.lists["stating"].isdisjoint(s.words[verb[1] : verb[1] + 1])
    if s.tags[verb[1] : verb[1] + 1] not in {"", ".", ",", "D", "r"} and not stating:
        return False
    return "whom" in cue.frames or ("that" in cue.frames and s.words[slice(*subject)] == ["it"])


def shares_passive(s: Sentence, cue: Cue, first: int, stop: int, words: Words) -> bool:
    """Tell whether a verb after "and" is passive as the one before: "was stopped at the gate and told to leave"."""
    tags = s.tags
    if tags[first - 1 : first] != "&" or "whom" not in cue.frames or tags[stop : stop + 1] not in {"t", "T"}:
        return False
    auxiliary = tags.rfind("a", max(first - NEAR, 0), first)
    verb = auxiliary + 1 + (tags[auxiliary + 1] == "r")
    passive = auxiliary >= 0 and s.words[auxiliary] in words.be and tags[verb] in "veVMY"
    return passive and frozenset("vVz").isdisjoint(tags[verb + 1 : first])


def is_named(s: Sentence, cue: Cue, verb: Tokens) -> bool:
    """Tell whether a past form says what its noun is called: "the plan, dubbed “the leak” by critics, | failed"."""
    first, stop = verb
    if s.regions and first == stop - 1 and "as" in cue.frames and s.words[stop : stop + 1] == [*s.lists["by"]]:
        return _AS_QUOTED.search(s.tags, stop, stop + _NAMED) is not None
    if not s.regions or s.tags[stop : stop + 1] != "Q" or cue.frames.isdisjoint({"naming", "naming?"}):
        return False
    after = s.words[stop + 1 : stop + 2]
    comma = s.tags[stop + 1 : stop + 2] == ","
    goes_on = (comma or s.words[stop] == COMMA) and s.tags[stop + 1 + comma : stop + 2 + comma] in {"a", "v", "z", "V"}
    inserted = s.tags[first - 1 : first] == "," and goes_on and s.tags[first] == "V"
    return first == stop - 1 and ((after != [] and after[0] in s.lists["by"]) or inserted)


def quoted(s: Sentence, index: int, words: Words) -> tuple[Cue, int] | None:
    """Return the cue that "quoted as saying" ends with, and where it ends; None where that is not said of a source."""
    told = s.words[index] in s.lists["quoting"] and s.tags[index + 1 : index + 3] == "sG"
    closes = s.tags[index + 3 : index + 4] in {"", ".", ","}
    return cue_at(s, index + 2, words) if told and closes and s.words[index + 1] in s.lists["as"] else None


def is_reduced(s: Sentence, cue: Cue, subject: Tokens, first: int, floor: int) -> bool:
    """Tell whether a past form is a participle after its noun: "including a firm called X"."""
    tags = s.tags
    if (
        tags[first] == "V"
        and "naming" in cue.frames
        and tags[first - 1] == "n"
        and tags[first + 1 : first + 2] in {"N", "Q"}
        and (subject[0] == 0 or tags[subject[0] - 1] not in "Ww")
    ):
        return not _CALLS.match(tags, first + 1)
    after = s.words[first + 1] if first + 1 < len(tags) else ""
    if tags[first - 1 : first + 1] == ",V" and {"np", "passive"} <= cue.frames and after in cue.frames | s.lists["as"]:
        return True
    return (
        tags[first] == "V"
        and "that" not in cue.frames
        and subject[0] > floor
        and tags[subject[0]] in "dnH"
        and tags[subject[0] - 1] in "ivaz"
    )
