"""The cast of one article: its people and organisations, each under its longest, earliest name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from onrecord.extract.capitals import Form, Name
from onrecord.extract.entities import Entity, Found, Place, agree
from onrecord.extract.names import Names
from onrecord.extract.roll import MOST_SHARERS, Proof, Roll, unproved
from onrecord.records import FieldName, SpeakerKind

_ACRONYM: Final = re.compile(r"\(([A-Z][A-Z&.]{1,7})\)")
_LOOK_BACK: Final = 60
_SEARCHED: Final = 100_000
"""Characters of a field that are searched for a word in lower case."""

_REACH: Final = 2000
_AHEAD: Final = 2
_PERSONAL: Final = frozenset({"person", "unknown"})


class Cast(Roll):
    """The people and organisations named in the fields of one article.

    Examples
    --------
    >>> from onrecord.extract.lexicon import load
    >>> names = Names.of(load("en"))
    >>> cast = Cast({"body": "Ann B. Lee met Ann Lee's rival, Tom Roe. Lee won."}, names)
    >>> cast.person(names.read("Lee"), Place("body", 41, 44, names.read("Lee"))).entity.name
    'Ann B. Lee'
    """

    def __init__(self, texts: Mapping[FieldName, str], rules: Names, proves: Proof = unproved) -> None:
        super().__init__(texts, rules, proves)
        self._organisations: dict[str, Entity] = {}
        self._acronyms: dict[str, str] = {}
        self._by_first_word: dict[str, dict[str, None]] | None = None
        self._counts: Counter[str] | None = None
        self._by_text: dict[tuple[str, str], Entity | None] = {}
        self._bare: dict[str, list[tuple[int, int]]] | None = None
        self._ranks = {name: rank for rank, name in enumerate(texts)}
        self._in_full: Counter[int] | None = None
        for where in texts:
            self._read_acronyms(where)

    def person(self, form: Form, place: Place) -> Found:
        """Return the person whom a name at a place refers to, or why none is certain."""
        if form.is_full:
            if (entity := self._by_full_name(form)) is not None:
                return Found(entity, "name")
            called = self._called(form)
            return Found(called, "first name" if called else "not introduced")
        sharers = [one for one in self._people.get(form.surname, ()) if agree(one.gender, form.gender)]
        if len(sharers) > 1 and (suffix := self.rules.generations.get(self._beside(place.field, place.start))):
            sharers = [one for one in sharers if one.words[-1].startswith(suffix)] or sharers
        if len(sharers) == 1:
            return Found(sharers[0], "surname")
        if sharers:
            return self._nearest(sharers, place)
        known = self._first_names.get(form.core, ())
        if len(known) == 1:
            return Found(known[0], "first name")
        return Found(None, "first name: two people" if known else "not introduced")

    def knows(self, form: Form) -> bool:
        """Tell whether anybody of this surname or first name was introduced."""
        return form.surname in self._people or form.core in self._first_names

    def is_repeated(self, text: str) -> bool:
        """Tell whether a capitalised run stands more than once in the article."""
        return self._counted()[text] > 1

    def is_noun(self, word: str, *, is_plural: bool) -> bool:
        """Tell whether a word is a common noun: the article writes it small, or a plural only begins sentences."""
        lower = f" {word.lower()} "
        if any(text.find(lower, 0, _SEARCHED) >= 0 for text in self.texts.values()):
            return True
        return is_plural and not any(self._is_inside(word, where) for where in self.texts)

    def _is_inside(self, word: str, where: FieldName) -> bool:
        """Tell whether a capitalised word stands inside a sentence of a field too, or inside a name."""
        text = self.texts[where]
        for name in self.names[where]:
            if word in name.text and (name.text != word or (name.start > 1 and text[name.start - 2].isalnum())):
                return True
        return False

    def organisation(self, core: str) -> Entity:
        """Return the organisation of a name or an acronym, under its full name; a new one where it is unknown."""
        full = self._acronyms.get(core.replace(".", ""), core)
        key = full.casefold()
        entity = self._organisations.get(key)
        if entity is None:
            entity = self._organisations[key] = Entity(full, "organisation")
        return entity

    def body_called(self, word: str) -> Entity | None:
        """Return the only organisation called so: "ferry company Elm", or "Elm" for Elm Steel where nobody is Elm."""
        if word in self.bodies:
            return self.bodies[word]
        if self._by_first_word is None:
            self._by_first_word = {}
            for text in dict.fromkeys(name.text for found in self.names.values() for name in found):
                form = self.rules.read(text)
                if form.kind == "organisation" and len(form.words) > 1:
                    self._by_first_word.setdefault(form.words[0], {})[form.core] = None
        cores = self._by_first_word.get(word, {})
        return self.organisation(next(iter(cores))) if len(cores) == 1 else None

    def body(self, name: Name) -> Entity | None:
        """Return the organisation that a capitalised run names, in full, by its letters or by its first word."""
        form = self.rules.read(name.text)
        if form.kind == "organisation":
            short = self.body_called(form.core) if len(form.words) == 1 else None
            return short or self.organisation(form.core)
        return self.body_called(form.core) if form.kind == "unknown" and not self.knows(form) else None

    def add(self, form: Form, place: Place, kind: SpeakerKind) -> Entity:
        """Take in somebody who was not introduced before, by the name in hand."""
        entity = Entity(form.core, kind, form.gender, place)
        sharers = self._people.setdefault(form.surname, [])
        if len(sharers) < MOST_SHARERS:
            sharers.append(entity)
            self._by_text.clear()
        return entity

    def may_mention(self, name: Name) -> bool:
        """Tell quickly whether a capitalised run may mention a person at all."""
        return self.rules.read(name.text).kind in _PERSONAL

    def mentioned(self, name: Name, gender: str = "") -> Entity | None:
        """Return the person that a capitalised run mentions, where that is beyond doubt."""
        key = (name.text, gender)
        if key in self._by_text:
            return self._by_text[key]
        form = self.rules.read(name.text)
        entity = None
        if form.kind in _PERSONAL:
            sharers = self._people.get(form.surname, ())
            is_full = form.is_full
            fitting = [one for one in sharers if agree(one.gender, form.gender) and agree(one.gender, gender)]
            if is_full or len(fitting) > 1:
                entity = (
                    self._by_full_name(form) or self._called(form) if is_full else self._bound(sharers, form.surname)
                )
            elif fitting:
                entity = fitting[0]
            elif not sharers and (one := self.called(form.core)) is not None and agree(one.gender, gender):
                entity = one
            if entity is not None and not entity.is_certain and not self._is_used_alone(entity):
                entity = None
        self._by_text[key] = entity
        return entity

    def before(self, name: FieldName, position: int) -> int:
        """Return how many names of a field begin before a position."""
        return bisect_left(self.starts[name], position)

    def _is_used_alone(self, entity: Entity) -> bool:
        return bool(self._bare_places().get(self.rules.read(entity.name or "").surname))

    def _counted(self) -> Counter[str]:
        if self._counts is None:
            self._counts = Counter([name.text for found in self.names.values() for name in found])
        return self._counts

    def _nearest(self, sharers: list[Entity], place: Place) -> Found:
        """Choose between people of one surname: the only one named in this paragraph, or by far the most named."""
        bound = self._bound(sharers, place.form.surname)
        if bound is not None and not place.form.title:
            return Found(bound, "surname: first introduced of two people")
        text, found = self.texts[place.field], self.names[place.field]
        paragraph = text.rfind("\n", max(0, place.start - _REACH), place.start)
        at = self.before(place.field, place.start)
        near: dict[Entity, None] = {}
        for name in found[max(0, at - _LOOK_BACK) : at]:
            entity = self.mentioned(name) if name.start > paragraph and " " in name.text else None
            near |= {} if entity is None or entity not in sharers else {entity: None}
        if len(near) == 1:
            return Found(next(iter(near)), "surname: nearest of two people")
        if bound is not None:
            return Found(bound, "surname: first introduced of two people")
        return self._most_named(sharers)

    def _bound(self, sharers: Sequence[Entity], surname: str) -> Entity | None:
        """Return the only one who had been introduced in full when the bare surname was first used."""
        introduced = sorted((self._order(one.places[0]), at) for at, one in enumerate(sharers) if one.places)
        bare = self._bare_places().get(surname, [])
        first = bisect_right(bare, introduced[0][0]) if introduced else len(bare)
        earlier = [at for place, at in introduced if first < len(bare) and place < bare[first]]
        return sharers[earlier[0]] if len(earlier) == 1 else None

    def _order(self, place: Place) -> tuple[int, int]:
        return self._ranks[place.field], place.start

    def _bare_places(self) -> dict[str, list[tuple[int, int]]]:
        if self._bare is None:
            self._bare = {}
            for where, found in self.names.items():
                for name in found:
                    form = self.rules.read(name.text)
                    if form.core and not form.is_full and form.kind in _PERSONAL:
                        self._bare.setdefault(form.surname, []).append((self._ranks[where], name.start))
        return self._bare

    def _most_named(self, sharers: list[Entity]) -> Found:
        counts = self._mentions_in_full()
        ranked = sorted(range(len(sharers)), key=lambda at: (-counts[id(sharers[at])], at))
        first, second = (counts[id(sharers[at])] for at in ranked[:2])
        if first >= _AHEAD * second and ranked[0] == 0:
            return Found(sharers[0], "surname: most named of two people")
        return Found(None, "surname: two people")

    def _mentions_in_full(self) -> Counter[int]:
        if self._in_full is None:
            self._in_full = Counter()
            for text, count in self._counted().items():
                form = self.rules.read(text)
                entity = self._by_full_name(form) if form.is_full else None
                self._in_full[id(entity)] += count
        return self._in_full

    def _read_acronyms(self, where: FieldName) -> None:
        text, names = self.texts[where], self.names[where]
        for found in _ACRONYM.finditer(text):
            at = self.before(where, found.start()) - 1
            if at >= 0 and names[at].end == found.start() - 1:
                form = self.rules.read(names[at].text)
                acronym = found[1].replace(".", "")
                if form.core and acronym[0] == form.core[0].upper() and " " in form.core and form.kind != "place":
                    self._acronyms.setdefault(acronym, form.core)
