"""What follows a reporting word: where its content begins, across addressee and adjuncts, and what it is."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.extract import adjuncts, clauses, content
from onrecord.extract.drafts import Reading
from onrecord.extract.words import Cue

ADJUNCT = 16
"""Tokens that may stand between a cue and its content: "said on Tuesday in an interview with ... that"."""

_INSERTED = frozenset("isgrdDwW")

Opening = tuple[int, str]
"""The first token of content, and the form of the complement that it begins."""


def opening(reading: Reading, cue: Cue, index: int, *, relative: bool = False, passive: bool = False) -> Opening | None:
    """Return where the content after a cue begins and what it is: "that", "bare", "quote", "np" and so on.

    Parameters
    ----------
    index
        The token after the cue.
    relative
        Whether the cue stands in a relative clause, whose content begins with a verb: "which he said was".
    passive
        Whether nobody can be told any more: "was asked who".
    """
    search = _Search(reading, cue, index, relative=relative)
    search.whom, search.passive = search.whom and not passive, passive
    return search.run()


class _Search:
    """A walk from a cue to its content; each letter has one way to go on or to end."""

    def __init__(self, reading: Reading, cue: Cue, index: int, *, relative: bool) -> None:
        self.reading = reading
        self.s = reading.s
        self.tags = reading.s.tags
        self.cue = cue
        self.frames = cue.frames
        self.index = self.start = index
        self.limit = min(len(self.tags), index + ADJUNCT)
        self.relative = relative
        self.whom = "whom" in cue.frames
        self.addressed = self.passive = False
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
        return self.end(self.index, "quote")

    def that(self) -> bool:
        if self.index > self.start and self.relates(self.index):
            return False
        if "that" in self.frames or ("that?" in self.frames and self.quotes()):
            return self.end(self.index, "that")
        if "naming" in self.frames:
            return self.end(self.index, "naming")
        return "np" in self.frames and self.index == self.start and self.end(self.index, "np")

    def quotes(self) -> bool:
        """Tell whether what begins here holds a quotation: "she believes that it "will hold"."""
        return "Q" in self.tags[self.index : content.end(self.s, self.index, self.reading.words)]

    def comma(self) -> bool:
        """Look across a comma: for a quotation, for "that", or for a clause after an adjunct."""
        step = self.index + 1
        if self.tag(step) == "Q":
            return self.end(step, "quote")
        that = self.tags.find("T", step, step + 10)
        if that >= 0 and "that" in self.frames and (that == step or self.plain(step, that, "vVZGMapk")):
            return self.end(that, "that")
        later = self.index > self.start
        noun = (later or self.addressed) and self.tag(step) in {"N", "n", "d", "p", "k", "P", "H"}
        if noun and "bare" in self.frames and clauses.has_verb(self.s, step, len(self.tags)):
            return self.end(step, "bare")
        return self.inserted(step, later=later)

    def dash(self) -> bool:
        """Skip what stands between two dashes: "argued - and many believe - that"."""
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
        goal = self.tag(close + 1) in {"T", "Q"}
        if goal and ((later and self.plain(step, close, "vVZa")) or self.tag(step) in _INSERTED):
            self.index = close
            return True
        rest = close + 1
        adjunct = not later and "bare" in self.frames and self.tag(step) in {"i", "s", "g", "r"}
        return adjunct and clauses.has_verb(self.s, rest, len(self.tags)) and self.end(rest, "bare")

    def plain(self, first: int, last: int, without: str) -> bool:
        return frozenset(without).isdisjoint(self.tags[first:last])

    def question(self) -> bool:
        if self.tags[self.index] == "W" and self.whom:
            return self.noun()
        if "naming" in self.frames and self.tags[self.index] == "w":
            return self.end(self.index, "naming")
        indirect = "that" in self.frames and (self.tags[self.index] == "w" or self.tag(self.index + 1) == "p")
        return ("wh" in self.frames or indirect) and self.end(self.index, "wh")

    def to(self) -> bool:
        verb, after = self.tag(self.index + 1), self.tag(self.index + 2)
        if verb in {"y", "Y", "a", "r"} or (verb == "n" and after in {"d", "H", "o", "P"}):
            undergone = self.passive and "passive" in self.frames
            negated = self.s.words[self.index - 1] in self.s.lists["negation"]
            return ("inf" in self.frames or undergone) and self.end(self.index - negated, "inf")
        if "to" in self.frames and self.index == self.start and "inf" not in self.frames:
            return self.end(self.index + 1, "topic")
        self.index = self.start = max(adjuncts.person(self.s, self.index + 1, self.limit), self.index + 1)
        return True

    def adverb(self) -> bool:
        self.start += self.tags[self.index] == "r" and self.index == self.start
        self.index += 1
        return True

    def subordinate(self) -> bool:
        """Read "asked if ...", "said if ..., ...", and skip "as part of ..." and "as he left, ..."."""
        word, lists = self.s.words[self.index], self.s.lists
        strong = "strong" in self.frames
        if word in lists["if"] and not strong:
            return self.question() if "wh" not in self.frames else self.end(self.index, "wh")
        if self.index == self.start and strong and word in lists["conditional"]:
            return self.end(self.index, "bare")
        if word in lists["as"] and self.relative and "as" in self.frames and self.index == self.start:
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
        quoted = word + "?" in self.frames and "Q" in self.tags[self.index : self.index + 12]
        leads = word in self.frames and (self.index == self.start or word in self.s.lists["topic"])
        if leads or (quoted and self.index == self.start):
            return self.end(self.index + 1, "topic")
        self.index = adjuncts.phrase(self.s, self.index, self.limit, self.frames & self.s.lists["topic"])
        return True

    def noun(self) -> bool:
        """Read a noun phrase: an addressee, content, or the start of a clause that is content."""
        if self.tags[self.index] == "o" and self.whom:
            self.index += 1
            self.whom = False
            return True
        if self.tags[self.index] == "d" and self.tag(self.index + 1) == "D":
            self.index += 2
            return True
        that = self.tags.find("T", self.index, self.index + 8)
        if self.index > self.start and that > 0 and "that" in self.frames and self.plain(self.index, that, "vVZzaYpk"):
            return not self.relates(that) and self.end(that, "that")
        self.found = _noun_complement(self.reading, self.cue, self.index, whom=self.whom)
        return self.found is None and self.whom and self.address()

    def relates(self, that: int) -> bool:
        """Tell whether "that" continues the noun before it: "told of a plan that calls for ..."."""
        return self.tags[that - 1] in "nN" and self.tag(that + 1) in {"a", "v", "V", "z", "y"}

    def address(self) -> bool:
        """Step over the person told, with a relative clause."""
        step = adjuncts.person(self.s, self.index, self.limit, self.frames)
        if step < self.limit and self.tags[step] == "W":
            step = max(self.tags.find(",", step, self.limit), step)
        if step == self.index:
            return False
        self.index = self.start = step
        self.whom, self.addressed = False, True
        return self.tag(step) not in {"p", "k"} or "bare" not in self.frames or self.end(step, "bare")

    def verb(self) -> bool:
        """Read content that begins with a verb, or with a noun that may be one."""
        tag = self.tags[self.index]
        if "bare" not in self.frames:
            return False
        if self.relative and self.index == self.start and tag in "avzyY":
            return self.end(self.index, "bare")
        if tag != "a" and self.tag(self.index + 1) not in {"d", "o", ""}:
            self.found = _noun_complement(self.reading, self.cue, self.index, whom=False)
        return False


_STEPS: dict[str, Callable[[_Search], bool]] = {
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


def _noun_complement(reading: Reading, cue: Cue, index: int, *, whom: bool) -> tuple[int, str] | None:
    s = reading.s
    frames = cue.frames
    stop = content.end(s, index, reading.words)
    may_be_bare = "bare" in frames or ("bare?" in frames and "Q" in s.tags[index:stop])
    if may_be_bare and not whom and clauses.bare(s, cue, index, stop):
        return index, "bare"
    if whom:
        return None
    if "naming" in frames:
        return index, "naming"
    asks = "naming?" in frames or "np?" in frames
    quoted = asks and "Q" in s.tags[index : content.end_of_phrase(s, index, reading.words)]
    if "naming?" in frames and quoted:
        return index, "naming"
    if "np" in frames or ("np?" in frames and quoted):
        return index, "np"
    if "to" in frames and "t" in s.tags[index:stop]:
        return index, "to"
    return None
