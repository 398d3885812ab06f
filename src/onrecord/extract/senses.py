"""Whether words are said where a cue and its complement stand: an act, an intention or a trait is no statement."""

from __future__ import annotations

import re
from typing import Final

from onrecord.extract import clauses
from onrecord.extract.tokens import Sentence, Tokens

_FAR: Final = 60
"""Tokens within which a clause has its verb."""

_NEAR: Final = 16
"""Tokens within which what somebody is to keep secret is named."""

_AIMS: Final = re.compile("^n+t|tr?[yYaVv]")
"""What something is done for: "called the police to complain", not "called it a gift to builders"."""

_NAMED: Final = re.compile("(?:o|P|N+)[dneHrPq]|[dHn][^i,dHP]*(?:[dHP&]|[^i,]*&)")
"""Something and what it is called: "him a friend", "the plan unfair and cruel", "her son her hero"."""


def stands(s: Sentence, subject: Tokens, verb: Tokens) -> bool:
    """Tell whether a cue is asserted itself, so that a complement which is no clause may be content."""
    infinitive = "t" in s.tags[verb[0] : verb[1]]
    return not _characterises(s, subject, verb) and (not infinitive or _leads_on(s, verb))


def _characterises(s: Sentence, subject: Tokens, verb: Tokens) -> bool:
    """Tell whether a relative clause says what somebody is known for: "a man who has accused the board of fraud"."""
    restricts = s.tags[subject[0]] == "W" and subject[0] > 0 and s.tags[subject[0] - 1] in "nP"
    return restricts and not s.lists["perfect"].isdisjoint(s.words[verb[0] : verb[1]])


def _leads_on(s: Sentence, verb: Tokens) -> bool:
    """Tell whether an infinitive tells what was done: "went on to describe", not "wanted to describe"."""
    return not s.lists["asserting"].isdisjoint(s.words[verb[0] : verb[1]])


def asserts(s: Sentence, verb: Tokens, form: str, said: Tokens) -> bool:
    """Tell whether words are said at all: not "refused to say", "would not say where" or "claimed it"."""
    first, last = said
    if "t" in s.tags[verb[0] : verb[1]] and not s.lists["withholding"].isdisjoint(s.words[verb[0] : verb[1]]):
        return False
    if form == "wh" and last == first + 1:
        return False
    if form == "inf" and not s.lists["nameless"].isdisjoint(s.words[first : first + _NEAR]):
        return False
    if form == "that":
        verbal = clauses.has_verb(s, first, min(last + 1, first + _FAR))
        return verbal or (last > first + 1 and s.words[first + 1] in s.lists["inner"])
    posted = form == "np" and not s.lists["posting"].isdisjoint(s.words[verb[0] : verb[1]])
    if posted and not s.lists["scores"].isdisjoint(s.words[first:last]):
        return False
    return form not in {"np", "naming"} or last > first + 1 or s.tags[first] not in "oP"


def tells(s: Sentence, subject: Tokens) -> bool:
    """Tell whether a subject can speak: not "only time will tell"."""
    return s.words[subject[1] - 1] not in s.lists["mute"]


def names(s: Sentence, subject: Tokens, form: str, said: Tokens) -> bool:
    """Tell whether something is called something without marks: not "called Smith to ask", "what they call work"."""
    if form != "naming" or "Q" in s.tags[said[0] : said[1]]:
        return True
    if s.tags[subject[0] - 1 : subject[0]] == "W" and not s.tags[said[0] : said[1]].strip("rne"):
        return True
    told = subject[0] > 0 and s.tags[subject[0] - 1] in "wsn"
    return not told and calls(s, said)


def calls(s: Sentence, said: Tokens) -> bool:
    """Tell whether something and its name follow: "called him a friend", not "called a friend"."""
    tags = s.tags[said[0] : said[1]]
    if "Q" in tags or _AIMS.search(tags):
        return "Q" in tags
    predicate = tags[-1:] in {"n", "e"} and s.words[said[1] - 1].endswith(tuple(s.lists["adjective_endings"]))
    return predicate or _NAMED.match(tags) is not None
