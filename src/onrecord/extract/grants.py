"""Who is granted anonymity: in the sentence of a statement, or in another that speaks of the same source."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from typing import Final

from onrecord.extract.anonymity import Anonymities
from onrecord.extract.entities import Entity
from onrecord.extract.mentions import REACH, Mentions, Turn, sentence_end, sentence_start
from onrecord.extract.model import Statement
from onrecord.extract.regions import Regions
from onrecord.records import FieldName, Source

_WORDS: Final = re.compile(r"[\w'’-]+")
_TURNS: Final = 30
"""Turns around a phrase among which the one it speaks of is looked for, on either side."""

_PERSONAL: Final = frozenset({"male", "female", "plural"})


class Grants:
    """The grants of anonymity of one article; a speaker is granted it at most once, by the first words that say so."""

    def __init__(
        self,
        texts: Mapping[FieldName, str],
        regions: Regions,
        mentions: Mentions,
        anonymities: Anonymities,
        pronouns: Mapping[str, str],
    ) -> None:
        self._texts, self._regions, self._mentions = texts, regions, mentions
        self._anonymities = anonymities
        self._pronouns = frozenset(word for word, kind in pronouns.items() if kind in _PERSONAL)
        self._places: dict[FieldName, list[int]] = {}

    def beside(self, entities: Iterable[Entity], source: Source, said: Statement) -> None:
        """Grant anonymity to the nameless source of a statement whose own sentence says so."""
        nameless = _nameless(entities)
        if not nameless or not self._may_hold(said, source):
            return
        region = self._regions.of(said)
        texts = (source.text, region.after, region.middle, region.lead, region.tail)
        reason = next((found for text in texts if text and (found := self._anonymities.reason(text))), None)
        for one in nameless if reason else ():
            one.anonymity, one.reason = "anonymous", reason

    def apart(self) -> None:
        """Grant anonymity to the nameless of whom another sentence says so: "The official asked not to be named"."""
        for field, text in self._texts.items():
            turns = sorted(self._mentions.turns[field], key=lambda turn: turn.start)
            if any(_nameless(turn.entities) for turn in turns) and self._places_of(field):
                starts = [turn.start for turn in turns]
                for place, reason in self._anonymities.reasons(text):
                    at = bisect_right(starts, place)
                    self._grant(field, turns[max(0, at - _TURNS) : at + _TURNS], place, reason)

    def _grant(self, field: FieldName, turns: list[Turn], place: int, reason: str) -> None:
        """Grant anonymity to whoever of the turns around a phrase it speaks of."""
        if self._mentions.is_quoted(field, place):
            return
        text = self._texts[field]
        start = sentence_start(text, place)
        words = _WORDS.findall(text[start : sentence_end(text, place)].lower())
        one = self._meant(turns, start, place, words)
        if one is not None:
            one.anonymity, one.reason = "anonymous", reason

    def _meant(self, turns: list[Turn], start: int, place: int, words: list[str]) -> Entity | None:
        """Return the nameless one who speaks in a sentence, whose noun is in it, or who spoke before its pronoun."""
        here = dict.fromkeys(one for turn in turns if start <= turn.start <= place for one in turn.entities)
        if here:
            return next(iter(_nameless(here)), None) if len(here) == 1 else None
        nameless = dict.fromkeys(one for turn in turns for one in _nameless(turn.entities))
        fitting = [one for one in nameless if one.head in words]
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
        last = next((turn for turn in reversed(turns) if turn.start < start), None)
        if last is None or start - last.start > REACH or not words or words[0] not in self._pronouns:
            return None
        return last.entities[0] if len(last.entities) == 1 and last.entities[0] in nameless else None

    def _may_hold(self, said: Statement, source: Source) -> bool:
        """Tell whether the sentence of a statement, or its source, may say that anybody is granted anonymity."""
        places = self._places_of(said.field)
        first, last = min(said.sentence[0], source.start), max(said.sentence[1], source.end)
        return bisect_left(places, first) < bisect_left(places, last)

    def _places_of(self, field: FieldName) -> list[int]:
        """Return where words stand without which nobody is granted anonymity."""
        if field not in self._places:
            self._places[field] = self._anonymities.places(self._texts[field])
        return self._places[field]


def _nameless(entities: Iterable[Entity]) -> list[Entity]:
    return [one for one in entities if one.name is None and one.reason is None]
