"""Who is named outside of quotations, and who has spoken: what a pronoun may refer to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from onrecord.extract.capitals import Name
from onrecord.extract.cast import Cast
from onrecord.extract.entities import Entity
from onrecord.extract.lexicon import Lexicon
from onrecord.extract.model import Statement
from onrecord.records import FieldName

REACH: Final = 1500
"""Characters that a pronoun looks back, at most."""

MOST_NAMES: Final = 60
"""Names that a pronoun looks back, at most."""

_TO_SUBJECT: Final = 45
_NEAR: Final = 120
"""Characters back in which most sentences start."""

_TO_START, _TO_END = 400, 600
_TURNS: Final = 6
_SENTENCE_END: Final = re.compile(r"[.!?][\"”’')\]]* (?=[\"“‘'(\[]?[A-Z])|\n")
_CLAUSE_END: Final = re.compile(r"[.!?][\"”’')\]]* (?=[\"“‘'(\[]?[A-Z])|\n|[\"”] ")
_VERB: Final = re.compile(r" [a-z]{3,}(?! [A-Z])")
_WORDS: Final = re.compile(r"[\w'’-]+\.?")


SOMEBODY: Final = Entity(None, "unknown")
"""Whoever a bare name refers to that was never introduced."""


class Turn:
    """Somebody has spoken: where their source stands, and who."""

    __slots__ = ("entities", "start")

    def __init__(self, start: int, entities: tuple[Entity, ...]) -> None:
        self.start, self.entities = start, entities


class Use:
    """How a capitalised run is used; `somebody` stands for whoever it names that was never introduced."""

    __slots__ = ("is_subject", "owns", "somebody")

    def __init__(self, somebody: Entity | None, *, is_subject: bool, owns: bool) -> None:
        self.somebody, self.is_subject, self.owns = somebody, is_subject, owns


class Mention:
    """Somebody is named outside of quotations."""

    __slots__ = ("end", "entity", "is_subject", "owns", "start")

    def __init__(self, start: int, end: int, entity: Entity, *, is_subject: bool, owns: bool) -> None:
        self.start, self.end, self.entity = start, end, entity
        self.is_subject, self.owns = is_subject, owns


_UNREAD: Final = Use(None, is_subject=False, owns=False)


class Mentions:
    """The mentions and the turns of one article; turns are added statement by statement in reading order."""

    def __init__(
        self, texts: Mapping[FieldName, str], statements: Sequence[Statement], cast: Cast, lexicon: Lexicon
    ) -> None:
        self.texts, self.cast = texts, cast
        self.turns: dict[FieldName, list[Turn]] = {name: [] for name in texts}
        self._uses: dict[FieldName, list[Use | None]] = {name: [_UNREAD] * len(cast.names[name]) for name in texts}
        self._alike: dict[tuple[bool, bool, bool], Use] = {}
        self._opening = _opening(lexicon)
        self._statements = statements
        self._quoted: dict[FieldName, tuple[list[int], list[int]]] = {}

    def spoke(self, field: FieldName, start: int, entities: tuple[Entity, ...]) -> None:
        """Remember who spoke, for the pronouns to come."""
        if entities:
            self.turns[field].append(Turn(start, entities))

    def between(self, field: FieldName, start: int, end: int, gender: str) -> list[Mention]:
        """Return who is named outside of quotations in a stretch of text, in order."""
        names = self.cast.names[field]
        last = self.cast.before(field, end)
        first = max(last - MOST_NAMES, self.cast.before(field, start))
        uses = self._uses[field]
        found: list[Mention] = []
        for at in range(first, last):
            use = uses[at] if uses[at] is not _UNREAD else self._use(field, at)
            if use is None:
                continue
            entity = self.cast.mentioned(names[at], gender) or use.somebody
            if entity is not None:
                is_subject = entity is SOMEBODY or use.is_subject
                name = names[at]
                found.append(Mention(name.start, name.end, entity, is_subject=is_subject, owns=use.owns))
        unnamed = self._unnamed(field, start, end)
        if not unnamed:
            return found
        found += [Mention(turn.start, turn.start, turn.entities[0], is_subject=True, owns=False) for turn in unnamed]
        return sorted(found, key=lambda one: one.start)

    def bodies(self, field: FieldName, start: int, end: int) -> list[Entity]:
        """Return the organisations named outside of quotations in a stretch of text, each once, in order."""
        names = self.cast.names[field]
        last = self.cast.before(field, end)
        near = names[max(last - MOST_NAMES, self.cast.before(field, start)) : last]
        found = (self.cast.body(name) for name in near if not self.is_quoted(field, name.start))
        return list(dict.fromkeys(one for one in found if one is not None))

    def _use(self, field: FieldName, at: int) -> Use | None:
        """Read once how a capitalised run is used, whoever it refers to; None where it mentions nobody."""
        name, text = self.cast.names[field][at], self.texts[field]
        use = None
        if self.cast.may_mention(name) and not self.is_quoted(field, name.start):
            owns = text.startswith(self.cast.rules.possessives, name.end)
            opening = self._opening_of(text, name.start)
            is_new = opening == "" and self.cast.rules.read(name.text).kind == "unknown"
            somebody = SOMEBODY if is_new and self.cast.is_repeated(name.text) else None
            use = self._shared(somebody, is_subject=not owns and self._is_subject(text, name, opening), owns=owns)
        self._uses[field][at] = use
        return use

    def _shared(self, somebody: Entity | None, *, is_subject: bool, owns: bool) -> Use:
        """Return a use, the same one for all alike."""
        key = somebody is None, is_subject, owns
        use = self._alike.get(key)
        if use is None:
            use = self._alike[key] = Use(somebody, is_subject=is_subject, owns=owns)
        return use

    def last_turn(self, field: FieldName, position: int) -> Turn | None:
        """Return who spoke last before a position."""
        turns = self.turns[field]
        return next((turn for turn in reversed(turns[-4:]) if turn.start < position), None)

    def is_near(self, turn: Turn, field: FieldName, position: int) -> bool:
        """Tell whether a turn is in the paragraph of a position or in the one before."""
        return position - turn.start < REACH and self.texts[field].count("\n\n", turn.start, position) <= 1

    def _is_subject(self, text: str, name: Name, opening: str | None) -> bool:
        """Tell whether a name begins its sentence or its main clause, but for a role or an opening phrase before it."""
        if opening is None:
            return text[name.start - 2 : name.start] == ", " and _VERB.match(text, name.end) is not None
        return opening.endswith(", ") or all(
            word[0].isupper() or word.lower() in self._opening for word in _WORDS.findall(opening)
        )

    def _opening_of(self, text: str, start: int) -> str | None:
        """Return what stands before a name in its sentence; None where that is much."""
        if _begins(text, start):
            return ""
        window = max(0, start - _TO_SUBJECT)
        ends = [found.end() for found in _CLAUSE_END.finditer(text, window, start + 1)]
        return None if not ends and window > 0 else text[ends[-1] if ends else 0 : start]

    def _unnamed(self, field: FieldName, start: int, end: int) -> list[Turn]:
        turns = self.turns[field][-_TURNS:]
        return [turn for turn in turns if start <= turn.start < end and turn.entities[0].name is None]

    def is_quoted(self, field: FieldName, position: int) -> bool:
        """Tell whether a position lies between quotation marks."""
        starts, ends = self._quoted.get(field) or self._spans(field)
        at = bisect_right(starts, position)
        return at > 0 and position < ends[at - 1]

    def _spans(self, field: FieldName) -> tuple[list[int], list[int]]:
        said = (one for one in self._statements if one.field == field)
        spans = sorted((span.start, span.end) for one in said for span in one.spans if span.is_verbatim)
        self._quoted[field] = [start for start, _ in spans], [end for _, end in spans]
        return self._quoted[field]


def _begins(text: str, start: int) -> bool:
    """Tell whether a clause begins at a capital, by the two characters before: most often it plainly does or not."""
    before = text[start - 1 : start]
    if before != " ":
        return before == "\n"
    mark = text[start - 2 : start - 1]
    return mark != "" and (mark in '"”' or (mark in ".!?" and "A" <= text[start] <= "Z"))


def paragraphs(text: str, position: int) -> tuple[int, int]:
    """Return where the paragraph of a position starts, and the one before it, as far back as a pronoun looks."""
    low = max(0, position - REACH)
    here = max(low, text.rfind("\n", low, position) + 1)
    end = here
    while end > low and text[end - 1].isspace():
        end -= 1
    return here, max(low, text.rfind("\n", low, end) + 1)


def sentence_start(text: str, position: int) -> int:
    """Return where the sentence of a position starts, at most 400 characters back."""
    for reach in (_NEAR, _TO_START):
        ends = [found.end() for found in _SENTENCE_END.finditer(text, max(0, position - reach), position + 1)]
        if ends:
            return ends[-1]
    return max(0, position - _TO_START)


def sentence_end(text: str, position: int) -> int:
    """Return where the sentence of a position ends, at most 600 characters on."""
    found = _SENTENCE_END.search(text, position, position + _TO_END)
    return found.end() if found else position + _TO_END


@lru_cache(maxsize=16)
def _opening(lexicon: Lexicon) -> frozenset[str]:
    keys = ("role_words", "determiners", "role_modifiers")
    return frozenset().union(*(lexicon.words("speakers", key) for key in keys))
