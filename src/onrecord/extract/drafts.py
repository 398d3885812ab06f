"""A sentence being read: the statements found in it so far, in tokens."""

from __future__ import annotations

from onrecord.extract.tokens import Sentence, Tokens
from onrecord.extract.words import Cue, Words


class Draft:
    """A statement in tokens of its sentence."""

    __slots__ = ("content", "cue", "method", "source")

    def __init__(self, source: Tokens | None, cue: Tokens, content: list[Tokens], method: str) -> None:
        self.source, self.cue, self.content, self.method = source, cue, content, method

    def __repr__(self) -> str:
        """Return all parts, for a person who reads rules at work."""
        return f"Draft({self.source}, {self.cue}, {self.content}, {self.method!r})"


class Reading:
    """One sentence being read: what has been found, and which quotations are spoken for."""

    __slots__ = ("drafts", "owned", "s", "words")

    def __init__(self, s: Sentence, words: Words) -> None:
        self.s, self.words = s, words
        self.drafts: list[Draft] = []
        self.owned: set[int] = set()

    def add(self, draft: Draft) -> None:
        """Keep a statement and claim its quotations, unless it says nothing; an article alone is no source."""
        tags, regions = self.s.tags, self.s.regions
        source = draft.source
        if source and source[1] == source[0] + 1 and self.s.words[source[0]] in self.s.lists["articles"]:
            draft.source = None
        for first, last in draft.content:
            if tags[first:last].strip("TW:,.rD"):
                break
        else:
            return
        self.drafts.append(draft)
        if regions:
            for first, last in draft.content:
                for index in regions:
                    if first <= index < last:
                        self.owned.add(index)

    def forget_inside(self, pieces: list[Tokens]) -> None:
        """Drop paraphrases that a larger statement reports: "Nine in ten say ..., according to the survey"."""
        self.drafts = [
            draft
            for draft in self.drafts
            if self.is_verbatim(draft)
            or not any(first <= draft.cue[0] and draft.content[-1][1] <= last for first, last in pieces)
        ]

    def is_verbatim(self, draft: Draft) -> bool:
        """Tell whether a statement is a quotation alone."""
        return not self.s.tags[draft.content[0][0] : draft.content[-1][1]].strip("Q,")

    def floor(self, index: int) -> int:
        """Return the token where the clause that holds `index` may begin."""
        floor = 0
        tags = self.s.tags
        for draft in self.drafts:
            for first, last in (*draft.content, draft.cue):
                if last <= index:
                    if last > floor and tags[last] in ",&b;-:Q":
                        floor = last
                elif floor < first <= index:
                    floor = first
        return floor

    def is_cue(self, index: int) -> bool:
        """Tell whether a token belongs to a cue that has been read."""
        for draft in self.drafts:
            first, last = draft.cue
            if first <= index < last:
                return True
        return False

    def inside(self, index: int) -> bool:
        """Tell whether a token is part of what somebody says."""
        for draft in self.drafts:
            for first, last in draft.content:
                if first <= index < last:
                    return True
        return False

    def speaks(self, index: int) -> bool:
        """Tell whether a token is part of whoever speaks: "according to a | report that the board has not seen"."""
        return any(draft.source is not None and draft.source[0] < index < draft.source[1] for draft in self.drafts)

    def free(self, first: int, last: int) -> bool:
        """Tell whether no quotation in a range is spoken for."""
        return not self.owned or self.owned.isdisjoint(range(first, last))


def cue_at(s: Sentence, index: int, words: Words) -> tuple[Cue, int] | None:
    """Return the reporting word at a token and where it ends, with its particle."""
    word, after = s.words[index], index + 1
    if word in words.leads and after < len(s.words) and (cue := words.phrases.get((word, s.words[after]))) is not None:
        return cue, after + 1
    cue = words.cues.get(word)
    return None if cue is None else (cue, after)
