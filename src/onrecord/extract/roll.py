"""Who is introduced in an article: in full, by a title, or as somebody's relative."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Final

from onrecord.extract.capitals import Form, Name, initials, unaccented, word_before
from onrecord.extract.entities import Entity, Place, agree
from onrecord.extract.names import Names
from onrecord.records import FieldName

MOST_SHARERS: Final = 12
"""People of one surname that are told apart, at most."""

_MOST_LETTERED: Final = 200
_PLACES_KEPT: Final = 4
_TO_JOIN: Final = 6
_TO_NAME: Final = 60

Proof = Callable[[str, Place], bool]
"""Tells whether what stands beside a name in a text makes it a person's."""


def unproved(text: str, place: Place) -> bool:  # noqa: ARG001
    """Prove nothing: names alone tell who is a person."""
    return False


class Roll:
    """The people of one article by surname and by first name, each under the longest name.

    Examples
    --------
    >>> from onrecord.extract.lexicon import load
    >>> roll = Roll({"body": "Ann Lee met Ann B. Lee's daughter Fenna."}, Names.of(load("en")))
    >>> [one.name for one in roll.people(9)]
    ['Ann B. Lee', 'Fenna']
    """

    def __init__(self, texts: Mapping[FieldName, str], rules: Names, proves: Proof = unproved) -> None:
        self.rules, self.texts, self._proves = rules, texts, proves
        self.names: dict[FieldName, list[Name]] = {name: rules.find(text) for name, text in texts.items()}
        self.starts: dict[FieldName, list[int]] = {
            where: [name.start for name in found] for where, found in self.names.items()
        }
        self.bodies: dict[str, Entity] = {}
        self.things: set[str] = set()
        self._people: dict[str, list[Entity]] = {}
        self._first_names: dict[str, list[Entity]] = {}
        self._introduce()

    def people(self, most: int) -> Iterable[Entity]:
        """Return the first people, in the order in which surnames were introduced."""
        return islice((one for sharers in self._people.values() for one in sharers), most)

    def by_letters(self, letters: str) -> Entity | None:
        """Return the only person whose name begins with these letters: "AM" is Ada Moss in an interview."""
        fitting = [one for one in self.people(_MOST_LETTERED) if initials(one.words) == letters]
        return fitting[0] if len(fitting) == 1 else None

    def _introduce(self) -> None:
        titled: list[Place] = []
        weak: list[Place] = []
        alone: list[Place] = []
        couples: list[Place] = []
        for text, (where, name) in self._firsts().items():
            if text.isalnum():
                self._by_itself(where, name, alone, couples)
                continue
            form = self.rules.read(text)
            office = form.words and form.words[-1] in self.rules.titles
            if office and self._beside(where, name.start).lower() in self.rules.articles:
                continue
            if form.kind == "person":
                place = Place(where, name.start + form.start, name.start + form.end, form)
                if not form.is_full:
                    titled.append(place)
                elif form.is_certain:
                    self._full(place)
                else:
                    weak.append(place)
        for place in couples:
            self._full(place)
        self._settle(titled, weak)
        for place in alone:
            self._related(place)

    def _by_itself(self, where: FieldName, name: Name, alone: list[Place], couples: list[Place]) -> None:
        """Sort a name of one word: somebody's relative, the first of a couple, or a body by the noun before it."""
        if name.text in self.rules.first_names and (shared := self._couple(where, name)) is not None:
            couples.append(shared)
        beside = self._beside(where, name.start)
        if beside.rstrip(",") in self.rules.relatives and self._is_apposed(where, name, beside):
            alone.append(Place(where, name.start, name.end, self.rules.read(name.text)))
        elif beside in self.rules.bodies and self.rules.read(name.text).kind == "unknown":
            self.bodies[name.text] = Entity(name.text, "organisation")

    def _firsts(self) -> dict[str, tuple[FieldName, Name]]:
        """Return where each capitalised run stands for the first time."""
        first: dict[str, tuple[FieldName, Name]] = {}
        for where, found in self.names.items():
            for name in found:
                if name.text not in first:
                    first[name.text] = (where, name)
        return first

    def _beside(self, where: FieldName, start: int) -> str:
        """Return the word before a name: "daughter" before "Fenna"."""
        return word_before(self.texts[where], start)

    def _is_apposed(self, where: FieldName, name: Name, beside: str) -> bool:
        """Tell "his sister Ada" and "his sister, Ada, left" from "said his sister, Monday's paper in hand"."""
        return beside[-1] != "," or self.texts[where][name.end : name.end + 1] in {",", "."}

    def _couple(self, where: FieldName, name: Name) -> Place | None:
        """Return the full name of the first of "Martin and Gail Lee", where the second is somebody's for certain."""
        text = self.texts[where]
        space = text.find(" ", name.end + 1, name.end + _TO_JOIN)
        if space < 0 or text[name.end + 1 : space] not in self.rules.joiners:
            return None
        other = self.rules.find(text, space + 1, space + _TO_NAME)
        form = self.rules.read(other[0].text) if other and other[0].start == space + 1 else None
        if (
            form is None
            or form.title
            or not (form.is_certain and form.is_full)
            or form.words[0] not in self.rules.first_names
        ):
            return None
        return Place(where, name.start, name.end, self.rules.read(f"{name.text} {' '.join(form.words[1:])}"))

    def _related(self, place: Place) -> None:
        """Take in somebody known by a first name alone."""
        form = place.form
        if form.kind != "unknown" or form.core in self._first_names or form.surname in self._people:
            return
        gender = self.rules.gender_of([self._beside(place.field, place.start).rstrip(",")])
        one = Entity(form.core, "person", gender, place)
        self._people[form.surname], self._first_names[form.core] = [one], [one]

    def _settle(self, titled: list[Place], weak: list[Place]) -> None:
        for place in weak:
            proved = self._proves(self.texts[place.field], place)
            if not proved and self._is_thing(place):
                self.things.add(place.form.core)
            elif not proved and self._called(place.form) is not None:
                continue
            elif proved or not any(one.is_certain for one in self._people.get(place.form.surname, ())):
                form = place.form.proved(is_certain=proved)
                self._full(Place(place.field, place.start, place.end, form))
        for place in titled:
            self._titled(place)

    def _is_thing(self, place: Place) -> bool:
        """Tell "Elm Crossings, which runs it" and "ferry company Elm Crossings" from somebody's name."""
        text = self.texts[place.field]
        return text.startswith(self.rules.of_things, place.end) or word_before(text, place.start) in self.rules.bodies

    def called(self, text: str) -> Entity | None:
        """Return the only person of a name, whatever else the word may mean: "Dutch" or "Weaver" for Dutch Weaver."""
        known = self._first_names.get(text) or (text[:1].isupper() and self._people.get(text.lower())) or ()
        return known[0] if len(known) == 1 and known[0].is_certain else None

    def _called(self, form: Form) -> Entity | None:
        """Return the person of a first name that another word stands before: "Furious | Ada"."""
        known = self._first_names.get(form.words[-1], ()) if len(form.words) == 2 and not form.is_certain else ()
        return known[0] if len(known) == 1 and known[0].is_certain and form.surname not in self._people else None

    def _full(self, place: Place) -> None:
        form = place.form
        sharers = self._people.setdefault(form.surname, [])
        entity = next((one for one in sharers if self._same_person(one.words, form.words)), None)
        if entity is None:
            if len(sharers) >= MOST_SHARERS:
                return
            entity = Entity(form.core, "person", form.gender)
            entity.is_certain, entity.words = form.is_certain, form.words
            sharers.append(entity)
            self._first_names.setdefault(form.words[0], []).append(entity)
        elif len(form.core) > len(entity.name or ""):
            entity.name, entity.words = form.core, form.words
        beside = self._beside(place.field, place.start).rstrip(",")
        entity.gender = entity.gender or form.gender or self.rules.gender_of([beside])
        if len(entity.places) < _PLACES_KEPT:
            entity.places.append(place)

    def _titled(self, place: Place) -> None:
        form = place.form
        by_first_name = form.title.split(" ")[-1] in self.rules.first_name_titles
        if by_first_name and len(self._first_names.get(form.core, ())) == 1:
            return
        sharers = self._people.setdefault(form.surname, [])
        fitting = [one for one in sharers if agree(one.gender, form.gender)]
        if not fitting:
            sharers.append(Entity(form.core, "person", form.gender, place))
        elif len(fitting) == 1:
            fitting[0].gender = fitting[0].gender or form.gender
            if len(fitting[0].places) < _PLACES_KEPT:
                fitting[0].places.append(place)

    def _by_full_name(self, form: Form) -> Entity | None:
        words = form.words
        sharers = self._people.get(form.surname, ())
        return next((one for one in sharers if self._same_person(one.words, words)), None)

    def _same_person(self, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
        if one == other:
            return True
        if self.rules.suffixes.intersection(one) != self.rules.suffixes.intersection(other):
            return False
        if len(one) == 1 or len(other) == 1:
            return one == other
        first, second = unaccented(one[0]), unaccented(other[0])
        if first == second or (first[0] == second[0] and (first[1:2] == "." or second[1:2] == ".")):
            return True
        short = self.rules.short_forms
        return short.get(one[0], one[0]) == short.get(other[0], other[0])
