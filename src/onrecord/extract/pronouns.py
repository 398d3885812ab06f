"""Whom a pronoun refers to, or why nobody is certain."""

from __future__ import annotations

from typing import Final

from onrecord.extract.entities import Entity, Found
from onrecord.extract.mentions import SOMEBODY, Mention, Mentions, Turn, paragraphs, sentence_end, sentence_start
from onrecord.extract.phrases import Phrases
from onrecord.records import FieldName

_TO_ANTECEDENT: Final = 5
_BEFORE_NAME: Final = 3


class Pronouns:
    """Resolves the pronouns of one article by gender, number and nearness."""

    def __init__(self, mentions: Mentions, phrases: Phrases) -> None:
        self._texts, self._cast = mentions.texts, mentions.cast
        self._seen, self._phrases = mentions, phrases

    def resolve(self, kind: str, field: FieldName, position: int) -> tuple[tuple[Entity, ...], str]:
        """Return whom a pronoun refers to and how that was decided; nobody, with the reason, where it is open."""
        if kind in {"male", "female"}:
            found = self.person(kind, field, position)
        elif kind == "plural":
            return self._several(field, position)
        elif kind == "neuter":
            found = self._thing(field, position)
        elif kind == "relative":
            entities = self._antecedent(field, position)
            return entities, f"pronoun: {'antecedent' if entities else 'antecedent is not a name'}"
        else:
            return (), "pronoun: no antecedent in the text"
        return ((found.entity,) if found.entity else ()), f"pronoun: {found.how}"

    def person(self, gender: str, field: FieldName, position: int) -> Found:
        """Return the one person whom "he" or "she" may refer to; any person without a gender."""
        text = self._texts[field]
        paragraph, earlier = paragraphs(text, position)
        seen = [one for one in self._seen.between(field, earlier, position, gender) if _fits(one.entity, gender)]
        if seen and self._opens_relative(text[seen[-1].end : position]):
            seen.pop()
        mentions = [one for one in seen if one.entity is not SOMEBODY]
        rivals = [one for one in seen if one.entity is not SOMEBODY or one.is_subject]
        turn = self._fitting_turn(field, position, earlier, gender)
        sentence = sentence_start(text, position)
        found = (
            self._in_sentence([one for one in mentions if one.start >= sentence], turn, paragraph)
            or self._by_turn(turn, rivals, paragraph, text, position)
            or self._inparagraphs(mentions, paragraph, turn)
        )
        if found.entity is not None and not found.entity.gender and gender:
            found.entity.gender = "male" if gender == "male" else "female"
        return found

    def _opens_relative(self, between: str) -> bool:
        """Tell "Tom Roe, who | he called late": he is not Roe."""
        return self._phrases.pronouns.get(between.strip(" ,")) == "relative"

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
        known = [one for one in rivals if one.entity.gender and not one.owns]
        if not subjects and known and not speaker.gender:
            return Found(None, "two candidates")
        if not subjects:
            return Found(speaker, "previous speaker")
        last = subjects[-1]
        if last.entity is SOMEBODY:
            return Found(None, "two candidates")
        since = [one for one in mentions if one.start > last.start and one.entity is speaker]
        if since or sentence_end(text, last.start) < sentence_start(text, position) - 2:
            return Found(None, "two candidates")
        return Found(last.entity, "subject of the sentence before")

    def _inparagraphs(self, mentions: list[Mention], paragraph: int, turn: Turn | None) -> Found:
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

    def _fitting_turn(self, field: FieldName, position: int, earlier: int, gender: str) -> Turn | None:
        turn = self._seen.last_turn(field, position)
        fits = turn and turn.start >= earlier and len(turn.entities) == 1 and _fits(turn.entities[0], gender)
        return turn if fits else None

    def _several(self, field: FieldName, position: int) -> tuple[tuple[Entity, ...], str]:
        turn = self._seen.last_turn(field, position)
        if turn is None or not self._seen.is_near(turn, field, position):
            return (), "pronoun: no candidate"
        if len(turn.entities) > 1 or _may_be_they(turn.entities[0]):
            return turn.entities, "pronoun: previous speaker"
        return (), "pronoun: the previous speaker is one person"

    def _thing(self, field: FieldName, position: int) -> Found:
        turn = self._seen.last_turn(field, position)
        near = turn is not None and turn.start >= paragraphs(self._texts[field], position)[0]
        if turn and near and len(turn.entities) == 1 and turn.entities[0].kind in {"organisation", "unknown"}:
            return Found(turn.entities[0], "previous speaker")
        return self._subject_before(field, position) or Found(None, "no candidate")

    def _subject_before(self, field: FieldName, position: int) -> Found | None:
        """Return the organisation that begins the sentence before in this paragraph: "Elm Steel fell. It"."""
        text, names = self._texts[field], self._cast.names[field]
        here = sentence_start(text, position)
        paragraph, _ = paragraphs(text, position)
        before = sentence_start(text, here - 2) if here - 2 > paragraph else paragraph
        if here <= paragraph:
            return None
        at = self._cast.before(field, before)
        opening = (name for name in names[at : at + 2] if name.end < here and self._opens(text[before : name.start]))
        body = next((body for name in opening if (body := self._cast.body(name)) is not None), None)
        return Found(body, "subject of the sentence before") if body else None

    def _opens(self, before: str) -> bool:
        """Tell whether a name opens its sentence, alone or after what it is: "Ferry company | Elm"."""
        words = before.split()
        return not words or (len(words) <= _BEFORE_NAME and words[-1] in self._cast.rules.bodies)

    def _antecedent(self, field: FieldName, position: int) -> tuple[Entity, ...]:
        text, names = self._texts[field], self._cast.names[field]
        start, last = sentence_start(text, position), self._cast.before(field, position)
        for name in reversed(names[max(0, last - _TO_ANTECEDENT) : last]):
            entity = self._cast.mentioned(name)
            between = text[name.end : position]
            is_next = not between.strip(" ,") and not self._phrases.follows_preposition(text, name.start)
            if name.start < start or (entity is None and is_next):
                break
            if entity is not None and (not between.strip(" ,") or (between[0] == "," and between.endswith(", "))):
                return (*self._joined(field, name.start), entity)
        return ()

    def _joined(self, field: FieldName, start: int) -> tuple[Entity, ...]:
        """Return the person before "and" in "Tom Roe and Ann Lee, who said"."""
        at = self._cast.before(field, start) - 1
        if at < 0:
            return ()
        name = self._cast.names[field][at]
        joins = self._texts[field][name.end : start].strip() in self._phrases.joiners
        entity = self._cast.mentioned(name) if joins else None
        return (entity,) if entity else ()


def _fits(entity: Entity, gender: str) -> bool:
    """Tell whether a singular pronoun of a gender may refer to somebody."""
    personal = entity.kind == "person" or (entity.kind == "unknown" and entity.name is not None) or entity is SOMEBODY
    if not personal or entity.is_plural:
        return False
    return not gender or not entity.gender or entity.gender == gender


def _may_be_they(entity: Entity) -> bool:
    unnamed = entity.name is None and not entity.gender and entity.kind == "person"
    return entity.is_plural or entity.kind in {"organisation", "group"} or unnamed


def _distinct(mentions: list[Mention]) -> list[Entity]:
    return list(dict.fromkeys(one.entity for one in mentions))
