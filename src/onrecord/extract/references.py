"""Whom a pronoun or a definite noun ("the senator") refers to, or why nobody is certain."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from onrecord.extract.cast import Cast, Entity, Found
from onrecord.extract.descriptions import Describer
from onrecord.extract.lexicon import Lexicon
from onrecord.extract.model import Statement
from onrecord.extract.names import Gender
from onrecord.extract.phrases import Phrase, Phrases
from onrecord.records import FieldName

_REACH = 1500
"""Characters that a pronoun looks back, at most."""

_MOST_NAMES = 60
_MOST_PEOPLE = 120
_TO_ANTECEDENT = 5
_TO_SUBJECT = 45
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]* (?=[\"“‘'(\[]?[A-Z])|\n")
_CLAUSE_END = re.compile(r"[.!?][\"”’')\]]* (?=[\"“‘'(\[]?[A-Z])|\n|[\"”] ")
_WORDS = re.compile(r"[\w'’-]+\.?")
_YEARS_OLD = re.compile(r"(\d{1,3})-\w+-\w+")


class Turn(NamedTuple):
    """Somebody has spoken: where their source stands, and who."""

    start: int
    entities: tuple[Entity, ...]


class Mention(NamedTuple):
    """Somebody is named outside of quotations."""

    start: int
    entity: Entity
    is_subject: bool


class References:
    """Resolves the pronouns and definite nouns of one article, statement by statement in reading order."""

    def __init__(
        self, texts: Mapping[FieldName, str], statements: Sequence[Statement], cast: Cast, lexicon: Lexicon
    ) -> None:
        self._texts, self._cast = texts, cast
        self._phrases, self._describer = Phrases.of(lexicon), Describer.of(lexicon)
        self._plain = lexicon.words("speakers", "plain_roles")
        self._opening = self._phrases.roles | self._phrases.determiners | lexicon.words("speakers", "role_modifiers")
        self._former = lexicon.words("speakers", "former_words")
        self._synonyms = _synonyms(lexicon)
        self.turns: dict[FieldName, list[Turn]] = {name: [] for name in texts}
        quoted: dict[FieldName, list[tuple[int, int]]] = {name: [] for name in texts}
        for said in statements:
            quoted[said.field] += [(span.start, span.end) for span in said.spans if span.is_verbatim]
        self._quoted = {name: sorted(spans) for name, spans in quoted.items()}

    def spoke(self, field: FieldName, start: int, entities: tuple[Entity, ...]) -> None:
        """Remember who spoke, for the pronouns to come."""
        if entities:
            self.turns[field].append(Turn(start, entities))

    def pronoun(self, kind: str, field: FieldName, position: int) -> tuple[tuple[Entity, ...], str]:
        """Return whom a pronoun refers to and how that was decided; nobody, with the reason, where it is open."""
        if kind in {"male", "female"}:
            found = self._person(kind, field, position)
        elif kind == "plural":
            return self._several(field, position)
        elif kind == "neuter":
            found = self._thing(field, position)
        elif kind == "relative":
            found = self._antecedent(field, position)
        else:
            return (), "pronoun: no antecedent in the text"
        return ((found.entity,) if found.entity else ()), f"pronoun: {found.how}"

    def nominal(self, phrase: Phrase, field: FieldName, position: int) -> Found:
        """Return whom "the senator" refers to among those named before; None with the reason where it is open."""
        years = _YEARS_OLD.fullmatch(phrase.head)
        if years:
            return self._aged(years[1], field, position)
        if phrase.thing == "organisation":
            return self._body(phrase, field, position)
        fitting = self._by_role(phrase, field, position)
        if len(fitting) == 1:
            return Found(fitting[0], "role")
        turn = self._last_turn(field, position)
        if fitting:
            if (
                turn
                and len(turn.entities) == 1
                and turn.entities[0] in fitting
                and self._is_near(turn, field, position)
            ):
                return Found(turn.entities[0], "role of the previous speaker")
            return Found(None, "two candidates")
        if phrase.head in self._plain and phrase.thing == "person":
            return self._person(self._gender(phrase), field, position)
        return Found(None, "new")

    def _gender(self, phrase: Phrase) -> Gender:
        return self._phrases.names.gender_of([phrase.head])

    def _person(self, gender: Gender | str, field: FieldName, position: int) -> Found:
        text = self._texts[field]
        paragraph, earlier = _paragraphs(text, position)
        mentions = [one for one in self._mentions(field, earlier, position, gender) if _fits(one.entity, gender)]
        turn = self._fitting_turn(field, position, earlier, gender)
        sentence = _sentence_start(text, position)
        found = (
            self._in_sentence([one for one in mentions if one.start >= sentence], turn, paragraph)
            or self._by_turn(turn, mentions, paragraph, text, position)
            or self._in_paragraphs(mentions, paragraph, turn)
        )
        if found.entity is not None and not found.entity.gender and gender:
            found.entity.gender = "male" if gender == "male" else "female"
        return found

    def _only(self, mentions: list[Mention], how: str) -> Found | None:
        entities = _distinct(mentions)
        return Found(entities[0], how) if len(entities) == 1 else None

    def _in_sentence(self, here: list[Mention], turn: Turn | None, paragraph: int) -> Found | None:
        found = self._only(here, "same sentence")
        if found and turn and turn.start >= paragraph and turn.entities[0] is not found.entity:
            return found if any(one.is_subject for one in here) else None
        return found

    def _by_turn(
        self, turn: Turn | None, mentions: list[Mention], paragraph: int, text: str, position: int
    ) -> Found | None:
        """Take the previous speaker, unless somebody else became the subject since."""
        if turn is None:
            return None
        speaker = turn.entities[0]
        rivals = [one for one in mentions if one.start > turn.start and one.entity is not speaker]
        if turn.start < paragraph and any(one.start >= paragraph for one in rivals):
            return None
        subjects = [one for one in rivals if one.is_subject]
        if not subjects:
            return Found(speaker, "previous speaker")
        last = subjects[-1]
        since = [one for one in mentions if one.start > last.start and one.entity is speaker]
        if since or _sentence_end(text, last.start) < _sentence_start(text, position) - 2:
            return Found(None, "two candidates")
        return Found(last.entity, "subject of the sentence before")

    def _in_paragraphs(self, mentions: list[Mention], paragraph: int, turn: Turn | None) -> Found:
        here = [one for one in mentions if one.start >= paragraph]
        found = self._only(here, "only candidate in the paragraph")
        if found:
            return found
        if here:
            subjects = [one for one in here if one.is_subject]
            return self._only(subjects[-1:], "last subject") or Found(None, "two candidates")
        if turn is None:
            found = self._only(mentions, "only candidate in the paragraph before") or self._only(
                [one for one in mentions if one.is_subject], "only subject in the paragraph before"
            )
        return found or Found(None, "two candidates" if mentions else "no candidate")

    def _mentions(self, field: FieldName, start: int, end: int, gender: str) -> list[Mention]:
        """Return who is named outside of quotations in a stretch of text, in order."""
        names, at = self._cast.names[field], self._cast.before(field, end)
        text = self._texts[field]
        found: list[Mention] = []
        for name in names[max(0, at - _MOST_NAMES) : at]:
            if name.start < start or self._is_quoted(field, name.start):
                continue
            entity = self._cast.mentioned(name, gender)
            if entity is not None:
                is_possessive = text[name.end : name.end + 2] in {"'s", "’s"}
                found.append(Mention(name.start, entity, not is_possessive and self._is_subject(text, name.start)))
        found += [Mention(turn.start, turn.entities[0], is_subject=True) for turn in self._unnamed(field, start, end)]
        return sorted(found, key=lambda one: one.start)

    def _is_subject(self, text: str, start: int) -> bool:
        """Tell whether a name begins its sentence, but for a role or an opening phrase before it."""
        window = max(0, start - _TO_SUBJECT)
        ends = [found.end() for found in _CLAUSE_END.finditer(text, window, start + 1)]
        if not ends and window > 0:
            return False
        opening = text[ends[-1] if ends else 0 : start]
        return opening.endswith(", ") or all(
            word[0].isupper() or word.lower() in self._opening for word in _WORDS.findall(opening)
        )

    def _unnamed(self, field: FieldName, start: int, end: int) -> list[Turn]:
        turns = self.turns[field][-6:]
        return [turn for turn in turns if start <= turn.start < end and turn.entities[0].name is None]

    def _is_quoted(self, field: FieldName, position: int) -> bool:
        spans = self._quoted[field]
        at = bisect_right(spans, (position, 1 << 60)) - 1
        return at >= 0 and spans[at][0] <= position < spans[at][1]

    def _last_turn(self, field: FieldName, position: int) -> Turn | None:
        turns = self.turns[field]
        return next((turn for turn in reversed(turns[-4:]) if turn.start < position), None)

    def _fitting_turn(self, field: FieldName, position: int, earlier: int, gender: str) -> Turn | None:
        turn = self._last_turn(field, position)
        fits = turn and turn.start >= earlier and len(turn.entities) == 1 and _fits(turn.entities[0], gender)
        return turn if fits else None

    def _is_near(self, turn: Turn, field: FieldName, position: int) -> bool:
        return position - turn.start < _REACH and self._texts[field].count("\n\n", turn.start, position) <= 1

    def _several(self, field: FieldName, position: int) -> tuple[tuple[Entity, ...], str]:
        turn = self._last_turn(field, position)
        if turn is None or not self._is_near(turn, field, position):
            return (), "pronoun: no candidate"
        if len(turn.entities) > 1 or _may_be_they(turn.entities[0]):
            return turn.entities, "pronoun: previous speaker"
        return (), "pronoun: the previous speaker is one person"

    def _thing(self, field: FieldName, position: int) -> Found:
        turn = self._last_turn(field, position)
        near = turn is not None and turn.start >= _paragraphs(self._texts[field], position)[0]
        if turn and near and len(turn.entities) == 1 and turn.entities[0].kind in {"organisation", "unknown"}:
            return Found(turn.entities[0], "previous speaker")
        return Found(None, "no candidate")

    def _antecedent(self, field: FieldName, position: int) -> Found:
        text, names = self._texts[field], self._cast.names[field]
        start, last = _sentence_start(text, position), self._cast.before(field, position)
        for name in reversed(names[max(0, last - _TO_ANTECEDENT) : last]):
            entity = self._cast.mentioned(name)
            between = text[name.end : position]
            is_next = not between.strip(" ,") and not self._phrases.follows_preposition(text, name.start)
            if name.start < start or (entity is None and is_next):
                break
            if entity is not None and (not between.strip(" ,") or (between[0] == "," and between.endswith(", "))):
                return Found(entity, "antecedent")
        return Found(None, "antecedent is not a name")

    def _aged(self, years: str, field: FieldName, position: int) -> Found:
        fitting = [
            one
            for one in self._cast.people(_MOST_PEOPLE)
            if any(self._texts[p.field][p.end : p.end + 2 + len(years)] == f", {years}" for p in one.places)
        ]
        if len(fitting) == 1:
            return Found(fitting[0], "age")
        return self._person("", field, position) if not fitting else Found(None, "two candidates")

    def _body(self, phrase: Phrase, field: FieldName, position: int) -> Found:
        """Return the organisation that "the party" names, where one such was named before."""
        names, at = self._cast.names[field], self._cast.before(field, position)
        fitting: dict[str, None] = {}
        for name in names[max(0, at - _MOST_NAMES) : at]:
            form = self._phrases.names.read(name.text)
            if form.kind == "organisation" and form.words[-1].lower() == phrase.head and len(form.words) > 1:
                fitting[form.core] = None
        entities = {self._cast.organisation(core): None for core in fitting}
        entities |= {one: None for turn in self.turns[field][-8:] for one in turn.entities if one.head == phrase.head}
        if len(entities) == 1:
            return Found(next(iter(entities)), "role")
        return Found(None, "two candidates" if entities else "new")

    def _by_role(self, phrase: Phrase, field: FieldName, position: int) -> list[Entity]:
        wanted = {phrase.head, *self._synonyms.get(phrase.head, ())}
        words = [word.lower() for word in _WORDS.findall(phrase.before)]
        is_former = not self._former.isdisjoint(words)
        gender = self._gender(phrase)
        pool = dict.fromkeys(one for turn in self.turns[field][-_MOST_NAMES:] for one in turn.entities)
        pool |= dict.fromkeys(one for one in self._cast.people(_MOST_PEOPLE) if self._is_before(one, field, position))
        scored = []
        for one in pool:
            roles = self._roles(one)
            agrees = one.kind == "person" and one.is_plural == (phrase.thing == "group") and _agree(one.gender, gender)
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


def _fits(entity: Entity, gender: str) -> bool:
    if entity.kind not in {"person", "unknown"} or entity.is_plural:
        return False
    return not gender or not entity.gender or entity.gender == gender


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def _may_be_they(entity: Entity) -> bool:
    return entity.is_plural or entity.kind in {"organisation", "group"} or (entity.name is None and not entity.gender)


def _distinct(mentions: list[Mention]) -> list[Entity]:
    return list(dict.fromkeys(one.entity for one in mentions))


def _paragraphs(text: str, position: int) -> tuple[int, int]:
    """Return where the paragraph of a position starts, and the one before it, as far back as a pronoun looks."""
    low = max(0, position - _REACH)
    here = max(low, text.rfind("\n", low, position) + 1)
    end = here
    while end > low and text[end - 1].isspace():
        end -= 1
    return here, max(low, text.rfind("\n", low, end) + 1)


def _sentence_start(text: str, position: int) -> int:
    start = max(0, position - 400)
    ends = [found.end() for found in _SENTENCE_END.finditer(text, start, position + 1)]
    return ends[-1] if ends else start


def _sentence_end(text: str, position: int) -> int:
    found = _SENTENCE_END.search(text, position, position + 600)
    return found.end() if found else position + 600


def _synonyms(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    entries = (entry.partition("=") for entry in lexicon.words("speakers", "role_synonyms"))
    return {word: tuple(others.split(",")) for word, _, others in entries}
