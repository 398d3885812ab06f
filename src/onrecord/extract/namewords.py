"""The words that names are made of: first names, titles, words of companies and places, in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from onrecord.extract.capitals import Gender, plain
from onrecord.extract.lexicon import Lexicon

MOST_LETTERS: Final = 6
"""Letters that may stand for a body, fewer than these."""


class NameWords:
    """The vocabulary of names of one language.

    Examples
    --------
    >>> from onrecord.extract.lexicon import load
    >>> words = NameWords(load("en"))
    >>> words.gender_of(["Mayor", "Mrs."]), words.first_name_gender("Anne"), words.without_possessive("Lee’s")
    ('female', 'female', 'Lee')
    """

    def __init__(self, lexicon: Lexicon) -> None:
        def words(key: str) -> frozenset[str]:
            return lexicon.words("names", key)

        self.male, self.female, self.either = words("male"), words("female"), words("either")
        self.first_names = self.male | self.female | self.either
        self.male_words, self.female_words = words("male_words"), words("female_words")
        self.titles, self.honorifics = words("titles"), words("honorifics")
        self.organisation_words, self.organisations = words("organisation_words"), words("organisations")
        self.places, self.demonyms, self.not_names = words("places"), words("demonyms"), words("not_names")
        self.calendar = words("months_and_days")
        self.stops = words("stops") | self.calendar
        self.portfolios, self.articles = words("portfolios"), lexicon.words("speakers", "articles")
        self.openings, self.suffixes = words("opening_words"), words("suffixes")
        self.postnominals, self.place_openings = words("postnominals"), words("place_openings")
        self.joiners = lexicon.words("speakers", "joiners")
        self.body_leads = frozenset(map(str.capitalize, words("body_leads")))
        self.surnames_too, self.platform_leads = words("surnames_too"), lexicon.words("lists", "platform_leads")
        self.roles = lexicon.words("speakers", "role_words")
        self.role_prefix = lexicon.section("names").get("role_prefix", "")
        self._plural = re.compile(lexicon.section("speakers").get("plural", "(?!)"))
        self._plurals = lexicon.words("speakers", "plural_words")
        self._singular_in_s = lexicon.words("speakers", "singular_in_s")
        self.bodies = lexicon.words("speakers", "organisation_nouns")
        self.first_name_titles, self.relatives = words("first_name_titles"), words("relatives")
        self.particles, self.family_first = words("particles"), words("family_first")
        self.joining = self.particles - words("person_particles")
        self.title_phrases = sorted(words("title_phrases"), key=lambda phrase: (-len(phrase), phrase))
        self.short_forms, self.generations = _pairs(words("short_forms")), _pairs(words("generations"))
        self.adverb_endings = tuple(sorted(words("adverb_endings")))
        self.abbreviations = words("abbreviations")
        self.possessives = tuple(sorted(words("possessives")))
        things = sorted(lexicon.words("lists", "things"))
        self.of_things = tuple(f"{lead} {word}" for lead in ("", ",") for word in things)
        self.possessive = re.compile(f"(?:{'|'.join(map(re.escape, self.possessives)) or '(?!)'})")

    def surname(self, words: Sequence[str]) -> str:
        """Return the word of a full name that stands for it: the last, but the first of "Tan Kok Leong"."""
        last = len(words) - 1
        while last > 0 and (words[last] in self.suffixes or words[last] in self.postnominals):
            last -= 1
        leads = words[0] in self.family_first and words[0] not in self.first_names
        return words[0] if leads and (last > 1 or words[last] not in self.first_names) else words[last]

    def is_full(self, words: Sequence[str]) -> bool:
        """Tell "Bill de Roe" from a surname with its particles: "De Roe", "Van der Roe"."""
        first = 0
        while first < len(words) and words[first].lower() in self.particles:
            first += 1
        return first + 1 < len(words)

    def is_office(self, article: str, words: Sequence[str]) -> bool:
        """Tell "the Elm Party MP", whoever that is, from "Ada Moss MP": letters of an office after an article."""
        return article.lower() in self.articles and words[-1] in self.titles

    def leads_office(self, word: str) -> bool:
        """Tell whether a title that holds "of" or "for" may begin with a word: "Secretary", "Member"."""
        return word in self.titles or (word.lower() in self.roles and not self.is_plural(word.lower()))

    def is_body(self, words: list[str]) -> bool:
        """Tell "Quill & Roe" and "NHS England", letters that stand for a body, from "CEO & Founder Ann Lee"."""
        if words[-1] in self.places:
            return words[0].isupper() and 1 < len(words[0]) < MOST_LETTERS and words[0] not in self.titles
        return "&" in words[1:] and words[words.index("&", 1) - 1] not in self.titles

    def is_plural(self, noun: str) -> bool:
        """Tell whether a noun in small letters is in the plural."""
        return noun in self._plurals or (self._plural.search(noun) is not None and noun not in self._singular_in_s)

    def is_plural_role(self, noun: str) -> bool:
        """Tell whether a noun in small letters names several of a role: "supporters"."""
        return self.is_plural(noun) and self._plural.sub("", noun) in self.roles

    def without_possessive(self, word: str) -> str:
        """Return a word without its possessive ending."""
        return next((word[: -len(ending)] for ending in self.possessives if word.endswith(ending)), word)

    def gender_of(self, words: Iterable[str]) -> Gender:
        """Return the gender that titles or role words carry, if any."""
        for word in words:
            if word in self.male_words:
                return "male"
            if word in self.female_words:
                return "female"
        return ""

    def first_name_gender(self, word: str) -> Gender:
        """Return the gender that a first name suggests, if one."""
        word = plain(word)
        male, female = word in self.male, word in self.female
        return "" if male == female or word in self.either else "male" if male else "female"


def _pairs(entries: Iterable[str]) -> Mapping[str, str]:
    return dict(entry.split("=", 1) for entry in sorted(entries) if "=" in entry)
