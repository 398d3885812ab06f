"""Names: capitalised runs of words, and what each is by its own words (person, organisation, place, role)."""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from itertools import islice
from typing import Final

from onrecord.extract.capitals import Form, Gender, Name, NameKind, is_shouted, nothing, plain, run_pattern, unaccented
from onrecord.extract.lexicon import Lexicon
from onrecord.extract.namewords import NameWords

MAX_NAMES: Final = 50_000
"""Names read from one field; no article has as many, and memory stays bounded where a text does."""

MAX_FORMS: Final = 20_000
"""Readings kept from one article to the next."""

_LONGEST: Final = 8
_FEW, _PLAIN = 4, 3
_INITIAL, _LEAD = 3, 4
_PREFIX: Final = re.compile(r"^[a-z]+-")


class Names(NameWords):
    """The vocabulary of names of one language, ready to find and to read them.

    Examples
    --------
    >>> from onrecord.extract.lexicon import load
    >>> names = Names.of(load("en"))
    >>> [name.text for name in names.find("said French President Anne Leroy in Paris.")]
    ['French President Anne Leroy', 'Paris']
    >>> form = names.read("French President Anne Leroy")
    >>> form.kind, form.core, form.title, form.gender
    ('person', 'Anne Leroy', 'French President', 'female')
    """

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon)
        self._pattern = run_pattern(
            self.particles, lexicon.words("names", "prefixes"), self.abbreviations, frozenset(self.possessives)
        )
        self._forms: dict[str, Form] = {}

    @staticmethod
    @lru_cache(maxsize=16)
    def of(lexicon: Lexicon) -> Names:
        """Return the names of a language, made once."""
        return Names(lexicon)

    def find(self, text: str, start: int = 0, end: int = sys.maxsize) -> list[Name]:
        """Return the capitalised runs of a text in order, at most `MAX_NAMES`."""
        once: dict[str, str] = {}
        found: list[Name] = []
        for match in islice(self._pattern.finditer(text, start, end), MAX_NAMES):
            first, run = match.start(), match[0]
            last = first + len(run)
            if run[1:3] == ". " and text[max(first - _LEAD, 0) : first].strip() in self.platform_leads:
                first, run = first + _INITIAL, run[_INITIAL:]
            found.append(Name(first, last, once.setdefault(run, run)))
        return found

    def read(self, text: str) -> Form:
        """Read one capitalised run; the same run is always read alike."""
        form = self._forms.get(text)
        if form is None:
            if len(self._forms) >= MAX_FORMS:
                self._forms.clear()
            form = self._forms[text] = self._keyed(self._read(text))
        return form

    def _keyed(self, form: Form) -> Form:
        words = form.words = tuple(form.core.split(" "))
        form.is_full = len(words) > 1 and self.is_full(words)
        form.surname = unaccented(form.core if len(words) == 1 else _PREFIX.sub("", self.surname(words)))
        return form

    def _read(self, text: str) -> Form:
        words = text.replace("\xa0", " ").split(" ")
        if len(words) == 1:
            return self._one(text)
        if words[0].isupper() and is_shouted(words):
            return _shouted(words, self.first_names)
        first = 0
        while first < len(words) and self._opens_sentence(words, first):
            first += 1
        if first == len(words):
            return nothing()
        while words[-1] in self.calendar and len(words) > first + 1:
            words = words[:-1]
        whole = self._whole(words, first)
        return whole or self._person(words, first)

    def _one(self, word: str) -> Form:
        return nothing() if word in self.stops else Form(self._kind_of_surname(word, "")[0], word, 0)

    def _opens_sentence(self, words: list[str], at: int) -> bool:
        """Tell a word that is capitalised only by its place: "But Roe", "Interestingly Roe"."""
        word = words[at]
        if word in self.stops:
            return not self._is_first_name_at(words, at)
        return at + 1 < len(words) and word.endswith(self.adverb_endings) and word not in self.first_names

    def _is_first_name_at(self, words: list[str], at: int) -> bool:
        """Tell "May Lin" or "April Ryan" from "May" and "In May"."""
        return words[at] in self.calendar and words[at] in self.first_names and at + 2 == len(words)

    def _whole(self, words: list[str], first: int) -> Form | None:
        core = " ".join(words[first:])
        kind = self._kind_of_whole(core, words[first:])
        if kind is None:
            return None
        start = sum(len(word) + 1 for word in words[:first])
        return Form(kind, core, start)

    def _kind_of_whole(self, core: str, words: list[str]) -> NameKind | None:
        if core in self.organisations:
            return "organisation"
        if core in self.places:
            return "place"
        if self.is_body(words):
            return "organisation"
        if len(words) == 1:
            return self._kind_of_one(core)
        place = self._before_place(words, 0)
        if place < len(words) and (words[0] in self.first_names or self._belongs(words[:place])):
            return None
        if words[-1] in self.organisation_words and not self._is_titled_person(words):
            if words[0] in self.titles and not self.joining.isdisjoint(words[1:2]):
                return "role"
            return None if self._is_surname_too(words) else "organisation"
        if words[0] in self.organisation_words and self.joining.intersection(words) and words[0] not in self.titles:
            return None if self._is_titled_person(words) else "organisation"
        ends_in_title = words[-1] in self.titles and words[-1] not in self.postnominals
        return "role" if ends_in_title and not self._has_first_name(words) else None

    def _belongs(self, words: list[str]) -> bool:
        """Tell "Ada Moss | of Elm Partners" from "Boy Scouts of Elm"."""
        return len(words) > 1 and not self.is_plural(words[-1].lower()) and words[-1] not in self.titles

    def _kind_of_one(self, word: str) -> NameKind | None:
        if word in self.demonyms:
            return "group"
        if word in self.organisation_words:
            return "organisation"
        if word in self.titles or word in self.openings or word in self.not_names:
            return "role" if word in self.titles else "other"
        if word.isupper() and 1 < len(word.replace(".", "")) < 6:
            return "organisation"
        return "unknown"

    def _is_titled_person(self, words: list[str]) -> bool:
        return any(words[i] in self.titles and words[i + 1] in self.first_names for i in range(len(words) - 2))

    def _is_surname_too(self, words: list[str]) -> bool:
        """Tell "Emily Post" from "the Elm Post" and "the Austin Post"."""
        first = words[0]
        is_first_name = first in self.first_names and first not in self.places
        return len(words) == 2 and words[1] in self.surnames_too and is_first_name

    def _has_first_name(self, words: list[str]) -> bool:
        return len(words) > 1 and any(plain(word) in self.first_names for word in words[:-1])

    def _person(self, words: list[str], first: int) -> Form:
        if words[first] in self.body_leads and len(words) > first + 1:
            start = sum(len(word) + 1 for word in words[: first + 1])
            return Form("organisation", " ".join(words[first + 1 :]), start, title=words[first])
        begin = self._after_title(words, first)
        end = self._before_place(words, begin)
        core = words[begin:end]
        if not core or (len(core) == 1 and (core[0] in self.particles or core[0] in self.stops)):
            return nothing()
        title = " ".join(words[first:begin])
        start = sum(len(word) + 1 for word in words[:begin])
        text = " ".join(core)
        kind, certain = self._kind_of_person(core, title=title)
        form = Form(kind, text, start, title=title, gender=self._gender(words[first:begin], core))
        form.is_certain = certain
        return form

    def _after_title(self, words: list[str], first: int) -> int:
        begin = first
        last = len(words) - 1
        for at in range(first, last):
            named = 0 < begin == at == last - 1 and words[at] in self.first_names
            if not named and self._is_title(words, at) and words[at + 1] not in self.joining:
                begin = at + 1
        is_titled = begin > first and len(words) - begin <= _PLAIN
        if self.joining.isdisjoint(words):
            begin = begin if is_titled else max(begin, self._before_first_name(words, begin))
        else:
            begin = max(begin, self._after_phrase(words, first))
        while begin < last and (
            words[begin] in self.openings
            or words[begin][0] == "("
            or (words[begin] in self.demonyms and plain(words[begin + 1]) in self.first_names)
        ):
            begin += 1
        return begin

    def _is_title(self, words: list[str], at: int) -> bool:
        """Tell a title from a name: "Senator Roe", "Co-anchor Ann Roe", and not "Hunter Roe"."""
        word = words[at] if words[at][0] != "(" else words[at].strip("()")
        if len(words) == at + 2 and word.lower() in self.relatives:
            return words[at + 1] in self.first_names and word not in self.first_names
        is_role = len(words) - at > 2 and word.lower().removeprefix(self.role_prefix) in self.roles
        return word in self.titles or (is_role and word not in self.first_names)

    def _before_first_name(self, words: list[str], begin: int) -> int:
        """Where a person begins after a title that no list holds: "Elm County Recorder | Jane Roe"."""
        if len(words) - begin < 3 or plain(words[begin]) in self.first_names:
            return begin
        for at in range(begin + 1, len(words) - 1):
            if words[at] in self.first_names and words[at] not in self.places and len(words) - at <= 3:
                return at
        return begin

    def _after_phrase(self, words: list[str], first: int) -> int:
        """Where a title that holds "of" ends: "Secretary of State | Jane Roe"."""
        text = " ".join(words[first:])
        for phrase in self.title_phrases:
            at = text.find(phrase + " ")
            if at >= 0:
                return first + text[: at + len(phrase)].count(" ") + 1
        leads = next((at for at in range(first, len(words) - 2) if self.leads_office(words[at])), len(words))
        if leads < len(words) and words[leads + 1] in self.joining:
            named = (at for at in range(len(words) - 2, leads + 2, -1) if words[at] in self.first_names)
            office = (at + 1 for at in range(len(words) - 3, leads, -1) if words[at] in self.portfolios)
            return next(named, next(office, first))
        return first

    def _before_place(self, words: list[str], begin: int) -> int:
        """Where a person's name ends before "of": "Jane Roe | of Ohio"."""
        if self.joining.isdisjoint(words):
            return len(words)
        for at in range(begin + 1, len(words)):
            if words[at] in self.joining:
                return at if begin > 0 or self._may_be_person(words[begin:at]) else len(words)
        return len(words)

    def _may_be_person(self, words: list[str]) -> bool:
        if plain(words[0]) in self.first_names:
            return True
        return len(words) > 1 and not any(word in self.organisation_words or word in self.not_names for word in words)

    def _kind_of_person(self, core: list[str], *, title: str) -> tuple[NameKind, bool]:
        real = sum(word[0].isupper() and not word.endswith(".") for word in core)
        if real > _FEW or not self.joining.isdisjoint(core):
            return (
                "role"
                if core[0] in self.titles or self.is_plural_role(core[0].lower())
                else "organisation"
                if len(core) <= _LONGEST
                else "other"
            ), False
        later = core[1:]
        is_other = not (self.not_names.isdisjoint(later) and self.stops.isdisjoint(later))
        if is_other or self._is_no_first_name(core[0]):
            return "other", False
        if len(core) == 1 or (len(core) == 2 and core[0].lower() in self.particles):
            return self._kind_of_surname(core[-1], title)
        if core[0] in self.place_openings and not title and plain(core[0]) not in self.first_names:
            return "place", False
        certain = bool(title) or plain(core[0]) in self.first_names or core[0] in self.family_first
        certain = certain or core[-1] in self.suffixes or core[-1] in self.postnominals
        certain = certain or any(word.endswith(".") for word in core)
        return "person", certain and real < _FEW and self.stops.isdisjoint(title.split(" "))

    def _is_no_first_name(self, word: str) -> bool:
        return (word in self.not_names or word in self.stops) and word not in self.first_names

    def _kind_of_surname(self, word: str, title: str) -> tuple[NameKind, bool]:
        kind: NameKind | None = (
            "organisation" if word in self.organisations else "place" if word in self.places else None
        )
        if kind or not title:
            return kind or self._kind_of_one(word) or "unknown", False
        is_title = any(part in self.titles or part.lower() in self.relatives for part in title.split(" "))
        return ("person", True) if is_title else ("unknown", False)

    def _gender(self, title: list[str], core: list[str]) -> Gender:
        by_title = self.gender_of(title) or self.gender_of(word.lower() for word in title)
        return by_title or (self.first_name_gender(core[0]) if len(core) > 1 else "")


def _shouted(words: list[str], first_names: frozenset[str]) -> Form:
    """Read a run in capitals: a name only where it begins with a first name; a headline in capitals is none."""
    is_name = len(words) == 2 or (len(words) == 3 and words[1].endswith("."))
    if is_name and plain(words[0]) in first_names:
        text = " ".join(words)
        return Form("person", text, 0).proved(is_certain=True)
    return nothing()
