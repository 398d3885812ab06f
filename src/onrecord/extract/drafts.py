"""A sentence being read: the statements found in it so far, in tokens."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.extract.tokens import Sentence, Tokens
from onrecord.extract.words import Cue, Words


@dataclass(slots=True, eq=False)
class Draft:
    """A statement in tokens of its sentence."""

    source: Tokens | None
    cue: Tokens
    content: list[Tokens]
    method: str
    inherits: Draft | None = None


@dataclass(slots=True, eq=False)
class Reading:
    """One sentence being read: what has been found, and which quotations are spoken for."""

    s: Sentence
    words: Words
    drafts: list[Draft] = field(default_factory=list)
    owned: set[int] = field(default_factory=set)

    def add(self, draft: Draft) -> None:
        """Keep a statement and claim its quotations."""
        tags = self.s.tags
        if not any(tags[first:last].strip("TW:,.") for first, last in draft.content):
            return
        self.drafts.append(draft)
        for first, last in draft.content if self.s.regions else ():
            self.owned.update(index for index in self.s.regions if first <= index < last)

    def floor(self, index: int) -> int:
        """Return the token where the clause that holds `index` may begin."""
        floor = 0
        for draft in self.drafts:
            for first, last in [*draft.content, draft.cue]:
                if first <= index < last:
                    floor = max(floor, first)
                elif last <= index and self.s.tags[last : last + 1] in ",&b;-:Q":
                    floor = max(floor, last)
        return floor

    def is_cue(self, index: int) -> bool:
        """Tell whether a token belongs to a cue that has been read."""
        return bool(self.drafts) and any(draft.cue[0] <= index < draft.cue[1] for draft in self.drafts)

    def inside(self, index: int) -> bool:
        """Tell whether a token is part of what somebody says."""
        return bool(self.drafts) and any(a <= index < b for draft in self.drafts for a, b in draft.content)

    def free(self, first: int, last: int) -> bool:
        """Tell whether no quotation in a range is spoken for."""
        return self.owned.isdisjoint(range(first, last))


def cue_at(s: Sentence, index: int, words: Words) -> tuple[Cue, int] | None:
    """Return the reporting word at a token and where it ends, with its particle."""
    following = s.words[index + 1] if index + 1 < len(s.words) else ""
    cue = words.cue(s.words[index], following)
    return None if cue is None else (cue, index + 1 + (cue.particle is not None))
