"""The phrase that names a source, taken apart: pronoun, name or noun; one speaker or several."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from onrecord.extract.capitals import Form, Name, word_before
from onrecord.extract.conjuncts import WORD, PhraseWords
from onrecord.extract.lexicon import Lexicon
from onrecord.extract.names import MAX_FORMS

PhraseForm = Literal["pronoun", "named", "nominal"]
Thing = Literal["person", "organisation", "document", "group", "thing"]

MAX_SOURCE: Final = 600
"""Characters of a source that are read; a longer one is cut."""

_MANY: Final = re.compile("[A-Z]{2,4}s")
"""People named by the letters of their office: "40 MPs"."""

_FEW: Final = 3
_LETTERS: Final = re.compile(r" \([A-Z&.]+\)")
_LETTER: Final = re.compile(r"\w")
_EDGE: Final = " ,;:—–―-("


@dataclass(frozen=True, slots=True)
class Phrase:
    """One speaker as a source phrase words it; offsets count in that phrase.

    `before` is what stands before the name or, in a nominal, the whole noun phrase without its
    determiner; `name` is None in a nominal and in a pronoun. `head` is the noun or the pronoun itself.
    """

    form: PhraseForm
    start: int
    end: int
    text: str
    head: str = ""
    determiner: str = ""
    before: str = ""
    name: Form | None = None
    name_start: int = 0
    name_end: int = 0
    thing: Thing = "person"
    has_proper: bool = False


class Phrases(PhraseWords):
    """The words that source phrases are made of, in one language.

    Examples
    --------
    >>> from onrecord.extract.lexicon import load
    >>> read = Phrases.of(load("en")).read
    >>> [(p.form, p.before, p.name.core) for p in read("former mayor Ann Lee and Tom Roe, a baker")]
    [('named', 'former mayor', 'Ann Lee'), ('named', '', 'Tom Roe')]
    >>> [(p.form, p.head, p.before) for p in read("a spokesperson for Mayor Ann Lee")]
    [('nominal', 'spokesperson', 'spokesperson for Mayor Ann Lee')]
    """

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon)
        self._read: dict[str, list[Phrase]] = {}

    @staticmethod
    @lru_cache(maxsize=16)
    def of(lexicon: Lexicon) -> Phrases:
        """Return the phrases of a language, made once."""
        return Phrases(lexicon)

    def read(self, source: str) -> list[Phrase]:
        """Take a source apart: one phrase a speaker, in order."""
        read = self._read.get(source)
        if read is None:
            if len(self._read) >= MAX_FORMS:
                self._read.clear()
            read = self._read[source] = self._take_apart(source[:MAX_SOURCE])
        return read

    def _take_apart(self, source: str) -> list[Phrase]:
        pronoun = self._pronoun(source)
        if pronoun:
            return [pronoun]
        if not _LETTER.search(source):
            return []
        label = self.labels.get(source)
        if label:
            return [Phrase("nominal", 0, len(source), source, head=label, before=label)]
        parts = self.parts(source)
        read = [phrase for start, end in parts if (phrase := self._phrase(source, start, end)) is not None]
        return read or [Phrase("nominal", 0, len(source), source, before=source)]

    def _pronoun(self, source: str) -> Phrase | None:
        words = WORD.findall(source)
        if not words or len(words) > 2:
            return None
        first = words[0].lower()
        if first in self.pronouns and (len(words) == 1 or words[1].lower() in self.pronouns):
            return Phrase("pronoun", 0, len(source), source, head=first)
        return None

    def names_body(self, phrase: Phrase) -> bool:
        """Tell "the Elm campaign", a name, from "the campaign of Elm" and "Elm's campaign"."""
        if phrase.thing != "organisation" or not phrase.has_proper:
            return False
        words = phrase.before.split(" ")
        is_name = words[-1].lower() == phrase.head and words[0][0].isupper() and 1 < len(words) <= 4
        return is_name and not any(word.endswith(self.names.possessives) for word in words)

    def _phrase(self, source: str, start: int, end: int) -> Phrase | None:
        while start < end and source[start] in _EDGE:
            start += 1
        words = list(WORD.finditer(source, start, end))
        if len(words) > 1 and words[-1][0] in self.reflexive:
            del words[-1]
            end = words[-1].end()
        if not words:
            return None
        determiner = words[0][0].lower()
        if determiner in self.pronouns and len(words) == 1:
            return Phrase("pronoun", start, end, source[start:end], head=determiner)
        body = start
        if self._is_determiner(source, words):
            body = words[1].start()
        else:
            determiner = ""
        return self._noun_phrase(source, start, body, end, determiner)

    def _is_determiner(self, source: str, words: list[re.Match[str]]) -> bool:
        """Tell "some voters" from "some of the voters", and "A" the article from "A" in a name."""
        first = words[0]
        low = first[0].lower()
        if len(words) < 2 or low not in self.determiners:
            return False
        if words[1][0] in self.prepositions and low not in self.indefinite:
            return False
        return not (first[0][0].isupper() and first.start() > 0 and source[0].islower())

    def _noun_phrase(self, source: str, start: int, body: int, end: int, determiner: str) -> Phrase:
        stop = self.without_trailing(source, body, min(end, self.head_end(source, body)))
        found = (name for name in self.names.find(source, body, stop) if source[name.start - 1 : name.start] != "(")
        names = self._bodies(source, [self._without_role(name) for name in found])
        segment = self._before_preposition(source, body, stop, names)
        last = next((name for name in reversed(names) if name.start < segment), None)
        if last is not None and (last.end >= segment - 1 or _LETTERS.fullmatch(source, last.end, segment)):
            return self._by_name(source, (start, body, end), determiner, last, stop)
        return self._nominal(source, (start, body, end), determiner, segment, stop, names)

    def _without_role(self, name: Name) -> Name:
        """Return whom somebody of a role belongs to: "CEO of | Elm Steel", "Supporters of | Roe"."""
        first, _, rest = name.text.partition(" ")
        joint, _, belongs = rest.partition(" ")
        if joint not in self.names.joining or self.names.read(name.text).kind != "role":
            return name
        start = name.start + len(first) + len(joint) + 2
        return Name(start, name.end, belongs) if belongs else name

    def _bodies(self, source: str, names: list[Name]) -> list[Name]:
        """Put "Department of Health and Human Services" together again."""
        for at in range(len(names) - 1, 0, -1):
            one, other = names[at - 1], names[at]
            joined = source[one.end : other.start].strip() in self.joiners
            if joined and self.continues_name(source[: one.end], source[other.start :]):
                names[at - 1 : at + 1] = [Name(one.start, other.end, source[one.start : other.end])]
        return names

    def _before_preposition(self, source: str, body: int, stop: int, names: list[Name]) -> int:
        for found in WORD.finditer(source, body, stop):
            is_inside = any(name.start < found.start() < name.end for name in names)
            if found.start() > body and found[0] in self.prepositions and not is_inside:
                return found.start() - 1
        return stop

    def _by_name(self, source: str, places: tuple[int, int, int], determiner: str, name: Name, stop: int) -> Phrase:
        start, body, end = places
        form = self.names.read(name.text)
        before = source[body : name.start].strip(_EDGE)
        is_noun = form.core in self.names.organisation_words and name.start > body
        if name.start == body and determiner:
            is_noun |= determiner in self.indefinite or self.names.is_office(determiner, name.text.split(" "))
        if form.kind in {"role", "group", "other"} or not form.core or is_noun or self._is_common_noun(form, name):
            return self._nominal(source, places, determiner, name.end, stop, [name])
        before = f"{before} {form.title}".strip() if form.title else before
        return Phrase(
            "named",
            start,
            end,
            source[start:end],
            head=form.core,
            determiner=determiner,
            before=before,
            name=form,
            name_start=name.start + form.start,
            name_end=name.start + form.end,
            thing="organisation" if form.kind in {"organisation", "place"} else "person",
            has_proper=True,
        )

    def _is_common_noun(self, form: Form, name: Name) -> bool:
        """Tell "Supporters of ..." and "Other Netizens", which are capitalised by their place in the sentence."""
        if _MANY.fullmatch(form.core):
            return True
        if form.kind == "person" and not form.is_certain and len(form.words) > 1:
            return form.words[-1].lower() in self.roles and self.is_plural(form.words[-1].lower())
        low = form.core.lower()
        if low in self.plural_words:
            return True
        if form.kind != "unknown" or name.start:
            return False
        if form.start and name.text[: form.start].strip().lower() in self.determiners:
            return True
        known = self.roles | self.document_nouns | self.organisation_nouns
        return low in known or self.names.is_plural_role(low)

    def _nominal(
        self, source: str, places: tuple[int, int, int], determiner: str, segment: int, stop: int, names: list[Name]
    ) -> Phrase:
        start, body, end = places
        words = WORD.findall(source[body:segment])
        head = self.names.without_possessive(words[-1]) if words else source[start:end]
        named = self._apposed(source, stop, end) if not self.is_plural(head.lower()) else None
        text = source[body:stop].strip(_EDGE)
        if named is not None:
            form = self.names.read(named.text)
            text = self.with_role(source, text, stop + 2, named.start)
            return Phrase(
                "named",
                start,
                end,
                source[start:end],
                head=form.core,
                before=f"{text}, {form.title}" if form.title and not form.title.islower() else text,
                name=form,
                name_start=named.start + form.start,
                name_end=named.start + form.end,
                has_proper=True,
            )
        thing = self._thing(head, words, determiner, is_counted=segment < stop)
        return Phrase(
            "nominal",
            start,
            end,
            source[start:end],
            head=head.lower(),
            determiner=determiner,
            before=text,
            thing=thing,
            has_proper=any(name.start < segment for name in names),
        )

    def _apposed(self, source: str, stop: int, end: int) -> Name | None:
        """Return the name in "the mayor, | Ann Lee |, said" and "the mayor, a baker named | Ann Lee |, said"."""
        if source[stop : stop + 2] != ", ":
            return None
        found = self.names.find(source, stop + 2, end)
        if not found or not self._is_apposed(source, stop + 2, found[0]):
            return None
        if source[found[0].end : found[0].end + 1] not in {"", ",", " "}:
            return None
        form = self.names.read(found[0].text)
        if form.kind == "unknown" and form.core == found[0].text:
            return found[0] if WORD.findall(source[:stop])[-1] in self.names.relatives else None
        is_person = form.kind == "person" and (form.is_certain or " " in form.core)
        return found[0] if is_person or form.kind == "organisation" else None

    def _is_apposed(self, source: str, start: int, name: Name) -> bool:
        """Tell whether nothing but a role stands before a name: "a baker named Ann Lee", "the baker | Ann Lee"."""
        before = word_before(source, name.start)
        if name.start == start or before in self.naming:
            return True
        words = WORD.findall(source[start : name.start])
        if len(words) == 1 and before in self.names.articles:
            return self.names.read(name.text).kind == "organisation"
        certain = 1 < len(words) <= _FEW and words[0] in self.names.articles and self.names.read(name.text).is_certain
        return (before in self.roles or certain) and self.prepositions.isdisjoint(words) and not self.is_plural(before)

    def _thing(self, head: str, words: list[str], determiner: str, *, is_counted: bool) -> Thing:
        low = head.lower()
        if low in self.document_nouns:
            return "document"
        is_body = low in self.organisation_nouns and not is_counted
        if (low in self.group_heads and not is_body) or low.isdecimal():
            return "group"
        if words and words[0].lower() in self.one_of:
            return "person"
        if self.is_plural(low) or (head in self.names.demonyms and self.plural.search(low) is not None):
            return "group"
        if low in self.organisation_nouns:
            return "organisation"
        counted = determiner in self.plural_words or (bool(words) and words[0].lower() in self.plural_words)
        if counted and low not in self.roles:
            return "group"
        return "person" if head[:1].isupper() or self.is_personal(low) else "thing"
