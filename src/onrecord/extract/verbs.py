"""Whether a reporting word is a verb where it stands, and which kind."""

from __future__ import annotations

from onrecord.extract.tokens import Sentence, Tokens
from onrecord.extract.words import Cue, Words


def is_verb(s: Sentence, index: int, words: Words) -> bool:
    """Tell whether a reporting word is a finite verb where it stands, or an infinitive."""
    tags = s.tags
    before = tags[index - 1] if index else "."
    if tags[index] == "V" and before in "#igeM" and tags[index + 1 : index + 2] in {"n", "N"}:
        return "strong" in words.cues[s.words[index]].frames if s.words[index] in words.cues else False
    if (
        s.words[index] in words.lists["rarely_verb"]
        and before not in "pW"
        and tags[index + 1 : index + 2] not in {"Q", ":"}
    ):
        return False
    if tags[index] == "V" or s.words[index] not in words.lists["noun_too"]:
        return before not in "dH"
    if (s.words[index], s.words[index + 1] if index + 1 < len(s.words) else "") in words.phrases:
        return before not in "dH"
    if tags[index] == "Z":
        leads = (
            tags[index + 1 : index + 2] == "i"
            and s.words[index + 1] in words.cues[s.words[index]].frames
            and before in "NpW"
        )
        return before in "NnpWrPk),Q-.#oTD" and (leads or tags[index + 1 : index + 2] not in {"i", "v", "a"})
    if before in "atpW":
        return True
    if before in "rD":
        return index > 1 and tags[index - 2] in "atpWnNP"
    if before == "P":
        return tags[index + 1 : index + 2] not in {"n", "N"}
    plural = (
        s.words[index - 1] in words.lists["plural"]
        or s.words[index - 1].endswith("s")
        and not s.words[index - 1].endswith(("ous", "ss", "us", "is"))
    )
    return (before in "nN" and plural and tags[index + 1 : index + 2] not in {"n", "i"}) or (
        before == ")" and index > 2
    )


def is_participle(s: Sentence, index: int, words: Words) -> bool:
    """Tell whether an -ing form of a reporting word is no noun: not "his stern warning", "a writing teacher"."""
    tags = s.tags
    if index == 0:
        return True
    if tags[index - 1] in "dH" or (s.words[index] in words.lists["nominal"] and tags[index - 1] in "ne"):
        return False
    return not (tags[index - 1] in "nN" and tags[index + 1 : index + 2] == "n")


def is_passive(s: Sentence, first: int, index: int, words: Words) -> bool:
    if s.words[index + 1 : index + 2] == ["by"]:
        return True
    return s.tags[index] == "V" and any(s.words[i] in words.be for i in range(first, index))


def is_reduced(s: Sentence, cue: Cue, subject: Tokens, first: int, floor: int) -> bool:
    """Tell whether a past form is a participle after its noun: "including a firm called X"."""
    tags = s.tags
    if (
        tags[first] == "V"
        and "naming" in cue.frames
        and tags[first - 1] == "n"
        and tags[first + 1 : first + 2] in {"N", "Q"}
    ):
        return True
    return (
        tags[first] == "V"
        and "that" not in cue.frames
        and subject[0] > floor
        and tags[subject[0]] in "dnH"
        and tags[subject[0] - 1] in "ivaz"
    )
