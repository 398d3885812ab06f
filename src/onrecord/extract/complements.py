"""What follows a reporting word: where its content begins, across addressee and adjuncts, and what it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from onrecord.extract import adjuncts, clauses, openings, stops
from onrecord.extract.drafts import Reading
from onrecord.extract.tokens import Tokens
from onrecord.extract.words import Cue

ADJUNCT: Final = 16
"""Tokens that may stand between a cue and its content: "said on Tuesday in an interview with ... that"."""

_INSERTED: Final = frozenset("isgrdDwW")
_NOMINAL: Final = frozenset({"np", "np?"})
_UNDERGONE: Final = frozenset({"passive", "to"})
_VERBS: Final = frozenset("vVZa")
_VERBS_OR_SUBJECTS: Final = frozenset("vVZGMapk")

Opening = tuple[int, str]
"""The first token of content, and the form of the complement that it begins."""


def opening(
    reading: Reading, cue: Cue, index: int, *, relative: bool = False, passive: bool = False, first: bool = False
) -> Opening | None:
    """Return where the content after a cue begins and what it is: "that", "bare", "quote", "np" and so on.

    Parameters
    ----------
    index
        The token after the cue.
    relative
        Whether the cue stands in a relative clause, whose content begins with a verb: "which he said was".
    passive
        Whether nobody can be told any more: "was asked who".
    first
        Whether nothing is said before the cue, so that what follows a comma is: "Moss wrote, the plan is dead".
    """
    tag = reading.s.tags[index : index + 1]
    if tag == "Q":
        return index, "quote"
    if tag not in _STEPS:
        return None
    search = _Search(reading, cue, index, relative=relative)
    search.first, search.passive = first, passive
    search.whom = search.whom and not passive
    return search.run()


class _Search:
    """A walk from a cue to its content; each letter has one way to go on or to end."""

    def __init__(self, reading: Reading, cue: Cue, index: int, *, relative: bool) -> None:
        self.reading = reading
        self.s, self.tags = reading.s, reading.s.tags
        self.cue = cue
        self.frames = cue.frames
        self.index = self.start = index
        self.limit = min(len(self.tags), index + ADJUNCT)
        self.relative = relative
        self.whom = "whom" in cue.frames
        self.addressed = self.passive = self.first = False
        self.person: Tokens = (index, index)
        self.found: Opening | None = None

    def run(self) -> Opening | None:
        """Walk until content is found or nothing fits."""
        while self.index < self.limit:
            step = _STEPS.get(self.tags[self.index])
            if step is None or not step(self):
                break
        return self.found

    def tag(self, index: int) -> str:
        """Return the letter of a token, or nothing beyond the end."""
        return self.tags[index : index + 1]

    def end(self, index: int, form: str) -> bool:
        """Content begins here."""
        self.found = (index, form)
        return False

    def colon(self) -> bool:
        return self.index + 1 < len(self.tags) and self.end(self.index + 1, "colon")

    def quotation(self) -> bool:
        """Read a quotation, unless it is the title of where something is said: "said on “Moss at Noon” that"."""
        if self.index > self.start and self.tags[self.index - 1] in "Hi":
            self.index += 1
            return True
        return self.end(self.index, "quote")

    def that(self) -> bool:
        if self.index > self.start and openings.relates(self.s, self.index):
            return False
        quoted = (
            "that?" in self.frames and "Q" in self.tags[self.index : stops.end(self.s, self.index, self.reading.words)]
        )
        if "that" in self.frames or quoted:
            return self.end(self.index, "that")
        form = "naming" if "naming" in self.frames else "np"
        return (form == "naming" or ("np" in self.frames and self.index == self.start)) and self.end(self.index, form)

    def comma(self) -> bool:
        """Look across a comma: for a quotation, for "that", or for a clause after an adjunct."""
        step = self.index + 1
        if self.tag(step) == "Q":
            return self.end(step, "quote")
        that = self.tags.find("T", step, step + 10)
        plain = that > step and self.plain(step, that, _VERBS_OR_SUBJECTS)
        told = that == step or (plain and not openings.explains(self.s, step, that))
        if told and "that" in self.frames:
            return self.end(that, "that")
        later = self.index > self.start
        opens = self.first and not clauses.speaks(self.s, step, self.limit, self.reading.words)
        begins = later or self.addressed or opens
        if self.first and self.tag(step) == "w" and "wh" in self.frames:
            return self.end(step, "wh")
        begins = begins and self.tag(step) in {"N", "n", "d", "p", "k", "P", "H"} and "bare" in self.frames
        if begins and clauses.is_clause(self.s, step, len(self.tags)):
            return self.end(step, "bare")
        return self.inserted(step, later=later)

    def dash(self) -> bool:
        """Read a dash before a quotation, and skip what stands between two: "argued - and many believe - that"."""
        if self.tag(self.index + 1) == "Q" and "quote" in self.frames and self.index == self.start:
            return self.end(self.index + 1, "quote")
        close = self.tags.find("-", self.index + 1, self.index + ADJUNCT)
        if close < 0 or self.tag(close + 1) not in {"T", "Q"}:
            return False
        self.index = close + 1
        return True

    def inserted(self, step: int, *, later: bool) -> bool:
        """Skip what stands between two commas: "said, in an interview, that"."""
        close = self.tags.find(",", step, step + 12)
        if close < 0:
            return False
        if self.addressed and self.tag(close + 1) in {"T", "t"}:
            self.index, self.person = close + 1, (self.person[0], close + 1)
            return True
        goal = self.tag(close + 1) in {"T", "Q"}
        if goal and ((later and self.plain(step, close, _VERBS)) or self.tag(step) in _INSERTED):
            self.index = close
            return True
        adjunct = not later and "bare" in self.frames and self.tag(step) in {"i", "s", "g", "r"}
        return adjunct and clauses.has_verb(self.s, close + 1, len(self.tags)) and self.end(close + 1, "bare")

    def plain(self, first: int, last: int, without: frozenset[str]) -> bool:
        return without.isdisjoint(self.tags[first:last])

    def question(self) -> bool:
        if self.tags[self.index] == "W" and self.whom and (self.index > self.start or "wh" not in self.frames):
            return self.noun()
        if "naming" in self.frames and self.tags[self.index] == "w":
            return self.end(self.index, "naming")
        asks = self.tag(self.index + 1) == "p" or self.tag(self.start - 1) == "Y" or openings.denied(self.s, self.start)
        indirect = "that" in self.frames and (self.tags[self.index] == "w" or asks)
        return ("wh" in self.frames or indirect) and self.end(self.index, "wh")

    def to(self) -> bool:
        if self.tag(self.index + 1) == "Q":
            self.found = openings.marked(self.s, self.index, self.frames)
            return False
        leads = "inf" in self.frames or (self.passive and not _UNDERGONE.isdisjoint(self.frames))
        staff = self.tag(self.index + 1) == "n" or self.tags[self.index + 1 : self.index + 3] in {"yT", "y:", "y,"}
        if (leads or not staff) and openings.infinitive(self.s, self.index, self.reading.words):
            start = self.index - (self.s.words[self.index - 1] in self.s.lists["negation"])
            return leads and self.end(self.person[0] if self.person[1] == start else start, "inf")
        answers = "answer" in self.frames and openings.answered(self.s, self.index + 1, self.reading.words)
        answers = answers or openings.alluded(self.reading, self.index + 1, self.frames)
        if (answers or ("to" in self.frames and "inf" not in self.frames)) and self.index == self.start:
            return self.end(self.index + 1, "topic")
        topics = self.frames & self.s.lists["topic"]
        self.index = self.start = max(adjuncts.person(self.s, self.index + 1, self.limit, topics), self.index + 1)
        return True

    def adverb(self) -> bool:
        if self.tag(self.index + 1) == "H" and self.s.words[self.index] in self.s.lists["recent"]:
            return self.noun()
        self.start += self.tags[self.index] == "r" and self.index == self.start
        self.index += 1
        return True

    def subordinate(self) -> bool:
        """Read "asked if ...", "said if ..., ...", and skip "as part of ..." and "as he left, ..."."""
        word, lists = self.s.words[self.index], self.s.lists
        strong = "strong" in self.frames
        if word in lists["when"] and self.index == self.start and openings.denied(self.s, self.start):
            return self.end(self.index, "wh")
        if word in lists["if"] and not strong:
            return self.question() if "wh" not in self.frames else self.end(self.index, "wh")
        if self.index == self.start and strong and word in lists["conditional"]:
            return self.end(self.index, "bare")
        if word in lists["as"] and (self.relative or self.passive) and "as" in self.frames and self.index == self.start:
            return self.end(self.index, "np")
        if word in lists["as"] and self.tag(self.index + 1) in {"d", "n"}:
            self.index = adjuncts.phrase(self.s, self.index, self.limit)
            return True
        close = self.tags.find(",", self.index, self.limit)
        if close < 0 or self.tag(self.index + 1) not in {"p", "g", "N"}:
            return False
        self.index = close
        return True

    def preposition(self) -> bool:
        word = self.s.words[self.index]
        if openings.counts(self.s, self.index):
            return self.noun()
        quoted = word + "?" in self.frames and "Q" in self.tags[self.index : self.index + 12]
        if openings.sided(self.s, self.index, self.frames):
            return self.end(self.index + 3, "topic")
        leads = word in self.frames and (self.index == self.start or word in self.s.lists["topic"])
        if (leads or (quoted and self.index == self.start)) and self.tag(self.index + 1) != "i":
            return self.end(self.index + 1, "topic")
        self.index = adjuncts.phrase(self.s, self.index, self.limit, self.frames & self.s.lists["topic"])
        return True

    def noun(self) -> bool:
        """Read a noun phrase: an addressee, content, or the start of a clause that is content."""
        if self.tags[self.index] == "o" and self.whom:
            self.person = (self.index, self.index + 1)
            self.index += 1
            self.whom = False
            return True
        if days := openings.dated(self.s, self.index):
            self.index += days
            return True
        told = self.whom and (self.tags[self.index] in "pk" or self.tags[self.index : self.index + 2] == "Pa")
        if "bare" in self.frames and (told or (self.tags[self.index] == "e" and self.lacks_subject())):
            return self.end(self.index, "bare")
        if self.tags[self.index] == "g" and self.index == self.start and "ing" in self.frames:
            return self.end(self.index, "ing")
        if about := openings.measured(self.s, self.index, self.frames):
            self.index = self.start = about
            return True
        heard = self.whom and self.index == self.start and "that" in self.frames
        if heard and (that := openings.audience(self.s, self.index)):
            return self.end(that, "that")
        that = openings.later_that(self.s, self.index, self.start, self.reading.words)
        if that and "that" in self.frames:
            return not openings.relates(self.s, that) and self.end(that, "that")
        self.found = openings.noun(self.reading, self.cue, self.index, whom=self.whom)
        if self.found is not None or (self.whom and self.address()):
            return self.found is None
        self.index += (way := openings.way(self.s, self.index) if self.cue.particle else 0)
        return way > 0

    def address(self) -> bool:
        """Step over the person told, with a relative clause."""
        step = adjuncts.person(self.s, self.index, self.limit, self.frames)
        if step < self.limit and self.tags[step] == "W":
            step = openings.past_relative(self.s, step, self.limit, self.frames)
        if step in {self.index, -1}:
            return False
        if self.tag(step) == "a" and "bare" in self.frames and "always" not in self.frames:
            return self.end(self.index, "bare")
        self.person = (self.index, step)
        self.index = self.start = step
        self.whom, self.addressed = False, True
        return self.tag(step) not in {"p", "k"} or "bare" not in self.frames or self.end(step, "bare")

    def lacks_subject(self) -> bool:
        """Tell whether content may begin with its verb, the subject standing before the cue: "which she says fell"."""
        return self.relative and self.index == self.start

    def verb(self) -> bool:
        """Read content that begins with a verb, or with a noun that may be one."""
        tag = self.tags[self.index]
        if (tag in "yz" or (tag == "Y" and self.tag(self.index + 1) == "N")) and self.whom and self.index == self.start:
            return self.address()
        if "bare" not in self.frames and (self.index > self.start or self.frames.isdisjoint(_NOMINAL)):
            return False
        if self.tags[self.index : self.index + 2] == "aT" and "that" in self.frames and self.lacks_subject():
            return self.end(self.index + 1, "that")
        if "bare" in self.frames and self.lacks_subject() and tag in "avzyY":
            return self.end(self.index, "bare")
        if tag != "a" and self.tag(self.index + 1) not in {"d", "o", ""}:
            self.found = openings.noun(self.reading, self.cue, self.index, whom=False)
        return False


_STEPS: Final[dict[str, Callable[[_Search], bool]]] = {
    ":": _Search.colon,
    "Q": _Search.quotation,
    "T": _Search.that,
    ",": _Search.comma,
    "-": _Search.dash,
    "t": _Search.to,
    "r": _Search.adverb,
    "D": _Search.adverb,
    "s": _Search.subordinate,
    "i": _Search.preposition,
    **dict.fromkeys("wW", _Search.question),
    **dict.fromkeys("NndH#PpokegG", _Search.noun),
    **dict.fromkeys("avzyYZ", _Search.verb),
}
