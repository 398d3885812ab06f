"""Whom a definite noun ("the senator", "the party") refers to, or why nobody is certain."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from onrecord.extract.capitals import Gender
from onrecord.extract.descriptions import Describer
from onrecord.extract.entities import Entity, Found, agree
from onrecord.extract.lexicon import Lexicon
from onrecord.extract.mentions import MOST_NAMES, Mentions, paragraphs, sentence_end, sentence_start
from onrecord.extract.phrases import Phrase, Phrases
from onrecord.extract.pronouns import Pronouns
from onrecord.records import FieldName

_MOST_PEOPLE: Final = 120
_RECENT: Final = 8
_WORDS: Final = re.compile(r"[\w'’-]+\.?")
_YEARS_OLD: Final = re.compile(r"(\d{1,3})-[^\W\d_]+-[^\W\d_]+\b")


class Nominals:
    """Resolves the definite nouns of one article by role, age and name."""

    def __init__(self, mentions: Mentions, pronouns: Pronouns, lexicon: Lexicon) -> None:
        self._texts, self._cast = mentions.texts, mentions.cast
        self._seen, self._pronouns = mentions, pronouns
        self._phrases, self._describer = Phrases.of(lexicon), Describer.of(lexicon)
        self._plain, self._former = _words(lexicon)
        self._plain_bodies = lexicon.words("speakers", "plain_bodies")
        self._outlets = lexicon.words("circumstances", "outlet_words")
        self._nationals, self._latter = _nationals(lexicon), lexicon.words("speakers", "latter")
        self._synonyms, self._same = _synonyms(lexicon), lexicon.words("speakers", "same")

    def resolve(self, phrase: Phrase, field: FieldName, position: int) -> Found:
        """Return whom "the senator" refers to among those named before; None with the reason where it is open."""
        years = _YEARS_OLD.match(phrase.before)
        if years:
            found = self._aged(years[1], field, position)
            return found if self._may_be(found.entity, phrase.head) else Found(None, "two candidates")
        if phrase.thing == "organisation":
            return self._body(phrase, field, position)
        if phrase.head in self._latter:
            return self._last_named(field, position)
        turn = self._seen.last_turn(field, position)
        if phrase.before.split(" ")[0] in self._same and turn and self._seen.is_near(turn, field, position):
            return Found(turn.entities[0], "previous speaker") if len(turn.entities) == 1 else Found(None, "new")
        fitting = self._by_role(phrase, field, position)
        if len(fitting) == 1:
            return Found(fitting[0], "role")
        if fitting:
            is_last = turn is not None and len(turn.entities) == 1 and turn.entities[0] in fitting
            if turn and is_last and self._seen.is_near(turn, field, position):
                return Found(turn.entities[0], "role of the previous speaker")
            return Found(None, "two candidates")
        is_plain = phrase.head in self._plain and phrase.head in phrase.text
        if phrase.thing == "person" and (is_plain or phrase.before.lower() in self._nationals):
            return self._pronouns.person(self._gender(phrase), field, position)
        return Found(None, "new")

    def _last_named(self, field: FieldName, position: int) -> Found:
        """Return the person whom "the latter" means: the last one named in the sentence before."""
        here = sentence_start(self._texts[field], position)
        before = sentence_start(self._texts[field], here - 2) if here > 1 else here
        named = self._seen.between(field, before, here, "")
        known = bool(named) and named[-1].entity.name is not None
        return Found(named[-1].entity, "last named") if known else Found(None, "two candidates")

    def _may_be(self, one: Entity | None, role: str) -> bool:
        """Tell whether somebody may have a role: not a singer, of whom the article says that he is a producer."""
        known = one is not None and role in self._phrases.roles and role not in self._plain
        return not known or one is None or not one.wordings or role in self._roles(one)

    def _gender(self, phrase: Phrase) -> Gender:
        return self._phrases.names.gender_of([phrase.head])

    def _aged(self, years: str, field: FieldName, position: int) -> Found:
        fitting = [
            one
            for one in self._cast.people(_MOST_PEOPLE)
            if any(self._texts[p.field][p.end : p.end + 2 + len(years)].lstrip(" ,(") == years for p in one.places)
        ]
        if len(fitting) == 1:
            return Found(fitting[0], "age")
        return self._pronouns.person("", field, position) if not fitting else Found(None, "two candidates")

    def _body(self, phrase: Phrase, field: FieldName, position: int) -> Found:
        """Return the organisation that "the party" names, where one such was named before."""
        names, at = self._cast.names[field], self._cast.before(field, position)
        fitting: dict[str, None] = {}
        for name in names[max(0, at - MOST_NAMES) : at]:
            form = self._phrases.names.read(name.text)
            if form.kind == "organisation" and form.words[-1].lower() == phrase.head and len(form.words) > 1:
                fitting[form.core] = None
        entities = {self._cast.organisation(core): None for core in fitting}
        entities |= {
            one: None for turn in self._seen.turns[field][-_RECENT:] for one in turn.entities if one.head == phrase.head
        }
        if len(entities) == 1:
            return Found(next(iter(entities)), "role")
        if not entities and phrase.head in self._plain_bodies:
            return self._body_that_spoke(field, position) or self._only_body(field, position)
        return Found(None, "two candidates" if entities else "new")

    def _body_that_spoke(self, field: FieldName, position: int) -> Found | None:
        """Return the organisation that spoke in the sentence before "the company added", where it is no outlet."""
        turn = self._seen.last_turn(field, position)
        if turn is None or len(turn.entities) != 1:
            return None
        body = turn.entities[0]
        next_to = sentence_end(self._texts[field], turn.start) >= sentence_start(self._texts[field], position)
        return Found(body, "previous speaker") if next_to and self._is_body(body) else None

    def _only_body(self, field: FieldName, position: int) -> Found:
        """Return the only organisation named in the paragraph of a position and the one before, as far as it goes."""
        _, earlier = paragraphs(self._texts[field], position)
        found = [one for one in self._seen.bodies(field, earlier, position) if self._is_body(one)]
        if len(found) == 1:
            return Found(found[0], "only one named")
        return Found(None, "two candidates" if found else "new")

    def _is_body(self, one: Entity) -> bool:
        """Tell whether somebody is an organisation of a name, and no newspaper or agency that reports."""
        return one.name is not None and one.kind == "organisation" and self._outlets.isdisjoint(one.name.split(" "))

    def _by_role(self, phrase: Phrase, field: FieldName, position: int) -> list[Entity]:
        if phrase.head not in self._phrases.roles and not self._phrases.is_plural(phrase.head):
            return []
        wanted = {phrase.head, *self._synonyms.get(phrase.head, ())}
        words = [word.lower() for word in _WORDS.findall(phrase.before)]
        is_former = not self._former.isdisjoint(words)
        gender = self._gender(phrase)
        pool = dict.fromkeys(one for turn in self._seen.turns[field][-MOST_NAMES:] for one in turn.entities)
        pool |= dict.fromkeys(one for one in self._cast.people(_MOST_PEOPLE) if self._is_before(one, field, position))
        scored = []
        for one in pool:
            roles = self._roles(one)
            agrees = one.kind == "person" and one.is_plural == (phrase.thing == "group") and agree(one.gender, gender)
            if agrees and not wanted.isdisjoint(roles) and (not is_former or not self._former.isdisjoint(roles)):
                scored.append((len(roles.intersection(words) - {phrase.head}), one))
        best = max((score for score, _ in scored), default=0)
        return [one for score, one in scored if score == best]

    def _is_before(self, one: Entity, field: FieldName, position: int) -> bool:
        return any(place.field != field or place.start < position for place in one.places)

    def _roles(self, one: Entity) -> frozenset[str]:
        if one.roles is None or one.name is None:
            wordings = [*one.wordings, one.description or "", one.head]
            wordings += [self._describer.at(self._texts[p.field], p) or p.form.title for p in one.places]
            one.roles = frozenset(word.lower() for wording in wordings for word in _WORDS.findall(wording))
        return one.roles


@lru_cache(maxsize=16)
def _words(lexicon: Lexicon) -> tuple[frozenset[str], frozenset[str]]:
    return lexicon.words("speakers", "plain_roles"), lexicon.words("speakers", "former_words")


@lru_cache(maxsize=16)
def _nationals(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(word.lower() for word in lexicon.words("speakers", "nationals"))


@lru_cache(maxsize=16)
def _synonyms(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    entries = (entry.partition("=") for entry in lexicon.words("speakers", "role_synonyms"))
    return {word: tuple(others.split(",")) for word, _, others in entries}
