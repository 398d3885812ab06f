"""Who a source is: from statements to attributions with speakers, occasion and date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from onrecord.extract import referents
from onrecord.extract.anonymity import Anonymities
from onrecord.extract.capitals import Form
from onrecord.extract.cast import Cast
from onrecord.extract.confidence import weighed
from onrecord.extract.descriptions import Describer
from onrecord.extract.entities import Entity, Place, together
from onrecord.extract.grants import Grants
from onrecord.extract.lexicon import Lexicon
from onrecord.extract.mentions import Mentions
from onrecord.extract.model import Statement, found_by, nobody
from onrecord.extract.nominals import Nominals
from onrecord.extract.occasions import NO_OCCASION, Occasion, Occasions
from onrecord.extract.phrases import Phrase, Phrases
from onrecord.extract.pronouns import Pronouns
from onrecord.extract.regions import Regions
from onrecord.extract.transcripts import TRANSCRIPT
from onrecord.records import Attribution, FieldName, Source, Speaker, SpeakerKind

_OPEN: Final = 0.8
"""What is left of the confidence of a statement whose speaker is open."""

_INFERRED: Final = 0.97
"""What is left of it where the speaker was inferred and not named."""

_END_BITS: Final = 40
_CERTAIN: Final = frozenset({"surname", "letters"})
"""Ways of finding a speaker that do not depend on where the name stands."""

_KINDS: Final[dict[str, SpeakerKind]] = {
    "person": "person",
    "organisation": "organisation",
    "document": "unknown",
    "thing": "unknown",
    "group": "group",
}

_Found = tuple[tuple[Entity, ...], str]


def resolve(
    texts: Mapping[FieldName, str],
    statements: Sequence[Statement],
    lexicon: Lexicon,
    published: datetime | None,
    time_zone: str | None,
) -> list[Attribution]:
    """Return one attribution for every statement, in the same order.

    Parameters
    ----------
    texts
        The text fields of one article; a speaker named in one is known in the others.
    statements
        What was said, in reading order, with sources whose speakers are still unknown.
    lexicon
        The words of the article's language.
    published, time_zone
        The instant of publication and its IANA zone, against which "on Monday" is resolved.

    Examples
    --------
    >>> from onrecord.extract.lexicon import load
    >>> from onrecord.records import Mention, Source, Span
    >>> text = "Ann Lee, the mayor, met us. “It holds,” Lee said."
    >>> said = Statement("body", "direct", [Span(29, 38, "It holds,", True)], Source(40, 43, "Lee", "named"),
    ...                  Mention(44, 48, "said"), "quotation", 0.9, (28, 49))
    >>> speaker, = resolve({"body": text}, [said], load("en"), None, None)[0].speakers
    >>> speaker.name, speaker.description
    ('Ann Lee', 'mayor')
    """
    return _Reading(texts, statements, lexicon, published, time_zone).attributions()


class _Reading:
    """One article being read: what is known of its speakers grows statement by statement."""

    def __init__(
        self,
        texts: Mapping[FieldName, str],
        statements: Sequence[Statement],
        lexicon: Lexicon,
        published: datetime | None,
        time_zone: str | None,
    ) -> None:
        self._texts, self._statements = texts, statements
        self._phrases, self._describer = Phrases.of(lexicon), Describer.of(lexicon)
        self._anonymities = Anonymities.of(lexicon)
        self._cast = Cast(texts, self._phrases.names, self._describer.proves)
        self._mentions = Mentions(texts, statements, self._cast, lexicon)
        self._pronouns = Pronouns(self._mentions, self._phrases)
        self._nominals = Nominals(self._mentions, self._pronouns, lexicon)
        self._regions = Regions(texts, statements)
        self._grants = Grants(texts, self._regions, self._mentions, self._anonymities, self._phrases.pronouns)
        self._occasions = Occasions(lexicon, published, time_zone)
        self._plain: dict[str, _Found] = {}
        self._unnamed: dict[tuple[str, str], Entity] = {}
        self._by_source: dict[FieldName, dict[int, _Found]] = {name: {} for name in texts}
        self._bequeathing = {id(said.inherits) for said in statements if said.inherits is not None}
        self._alike: dict[tuple[Entity, ...], tuple[Speaker, ...]] = {(): ()}
        self._occasion: dict[int, Occasion] = {}
        self._speakers: dict[int, Speaker] = {}

    def attributions(self) -> list[Attribution]:
        found: list[_Found] = []
        occasions: list[Occasion] = []
        for said in self._statements:
            found.append(self._who(said))
            occasions.append(self._when(said))
            if id(said) in self._bequeathing and (said.inherits is None or said.cue is not None):
                self._occasion[id(said)] = occasions[-1]
        self._grants.apart()
        return list(map(self._attribution, self._statements, found, occasions))

    def _who(self, said: Statement) -> _Found:
        if (source := said.source) is None:
            return (), ""
        known, key = self._by_source[said.field], source.start << _END_BITS | source.end
        found = known[key] = known.get(key) or self._several(said, source)
        at = max(source.start, said.spans[-1].start) if said.kind == "direct" else source.start
        if said.method != "passive-asked":
            self._mentions.spoke(said.field, at, found[0])
        return found

    def _several(self, said: Statement, source: Source) -> _Found:
        if source.text in self._plain:
            return self._plain[source.text]
        if said.method == TRANSCRIPT and (one := self._cast.by_letters(source.text)) is not None:
            return (one,), "letters"
        phrases = self._phrases.read(source.text)
        found = [self._one(phrase, said.field, source) for phrase in phrases]
        entities, ways = found[0] if len(found) == 1 and len(found[0][0]) < 2 else together(found)
        if said.inherits is None:
            self._grants.beside(entities, source, said)
        if len(entities) == 1 and (not ways or ways in _CERTAIN) and phrases[0].head == source.text:
            self._plain[source.text] = entities, ways
        return entities, ways

    def _one(self, phrase: Phrase, field: FieldName, source: Source) -> _Found:
        if phrase.form == "pronoun":
            kind = self._phrases.pronouns[phrase.head]
            if kind == "open":
                return (self._nameless(phrase, "person" if phrase.head in self._phrases.one_of else "group"),), ""
            return self._pronoun(kind, field, source.start + phrase.start)
        if phrase.form == "named":
            return self._named(phrase, field, source)
        return self._nominal(phrase, field, source)

    def _pronoun(self, kind: str, field: FieldName, position: int) -> _Found:
        entities, way = self._pronouns.resolve(kind, field, position)
        noun = (
            referents.antecedent(self._phrases, self._texts[field], position)
            if kind == "relative" and not entities
            else None
        )
        if noun is None:
            return entities, way
        found, _ = self._one(noun, field, Source(0, 0, noun.text, "nominal"))
        return (found, "pronoun: antecedent") if found else (entities, way)

    def _named(self, phrase: Phrase, field: FieldName, source: Source) -> _Found:
        form = phrase.name
        if form is None:
            return (), ""
        place = Place(field, source.start + phrase.name_start, source.start + phrase.name_end, form)
        if self._is_common_noun(phrase, form):
            kind: SpeakerKind = "group" if self._phrases.is_plural(form.core.lower()) else "unknown"
            return (self._nameless(phrase, kind),), ""
        entity, way = self._by_name(form, place, is_thing=self._is_thing(phrase, form))
        if entity.kind == "person":
            words = phrase.before.split(" ")
            entity.gender = entity.gender or form.gender or self._phrases.names.gender_of(words)
        after = self._describer.after(self._texts[field], place.end, place.end + 400, self._cast.knows)
        wording = self._describer.wording(phrase.before, after)
        if wording and wording not in entity.wordings:
            entity.wordings.append(wording)
        return (entity,), way

    def _is_common_noun(self, phrase: Phrase, form: Form) -> bool:
        """Tell "Organizers of the fair" from "Roe of Elm" by the article's own use of the word in lower case."""
        if form.kind != "unknown" or phrase.before or phrase.name_start or self._cast.knows(form):
            return False
        return self._cast.is_noun(form.core, is_plural=self._phrases.is_plural(form.core.lower()))

    def _is_thing(self, phrase: Phrase, form: Form) -> bool:
        """Tell "the Elm Star" from "the late Ann Lee": an article before a name that no first name or title begins."""
        named = phrase.determiner in self._phrases.definite and form.is_full and not phrase.before
        return (named or form.core in self._cast.things) and not form.is_certain

    def _by_name(self, form: Form, place: Place, *, is_thing: bool) -> tuple[Entity, str]:
        is_body = is_thing or form.kind in {"organisation", "place"}
        found = self._cast.person(form, place) if not is_body or " " not in form.core else None
        if found is not None and found.entity is not None:
            return found.entity, "" if found.how == "name" or found.entity.name == form.core else found.how
        if is_body:
            return self._cast.organisation(form.core), ""
        if found is not None and found.how != "not introduced":
            return Entity(form.core, "person", form.gender), found.how
        body = self._cast.body_called(form.core) if form.kind == "unknown" and not form.is_certain else None
        if body is not None:
            return body, "short name"
        proved = form.kind == "person" or form.is_certain or form.core in self._phrases.names.first_names
        kind: SpeakerKind = "person" if proved or self._describer.proves(self._texts[place.field], place) else "unknown"
        return self._cast.add(form, place, kind), ""

    def _nominal(self, phrase: Phrase, field: FieldName, source: Source) -> _Found:
        if phrase.head in self._phrases.definite:
            return (), "nominal: no noun"
        if (called := self._cast.called(phrase.text)) is not None:
            return (called,), "first name"
        issuer = referents.issuer(self._phrases, phrase)
        if issuer is not None:
            entities, way = self._one(issuer, field, source)
            return entities, f"issuer, {way}" if way else "issuer"
        if self._phrases.names_body(phrase):
            entity = self._cast.organisation(phrase.before)
            entity.head = phrase.head
            return (entity,), ""
        is_open = phrase.determiner in self._phrases.definite and phrase.thing in {"person", "organisation"}
        if is_open and phrase.before.count(" ") <= 4:
            found = self._nominals.resolve(phrase, field, source.start + phrase.start)
            if found.entity is not None:
                return (found.entity,), f"nominal: {found.how}"
            if found.how == "two candidates":
                return (), "nominal: two candidates"
        return (self._nameless(phrase, _KINDS[phrase.thing]),), ""

    def _nameless(self, phrase: Phrase, kind: SpeakerKind) -> Entity:
        description = self._full_wording(phrase)
        key = (kind, description.casefold())
        entity = self._unnamed.get(key)
        if entity is None:
            gender = self._phrases.names.gender_of([phrase.head])
            entity = Entity(None, kind, gender)
            entity.is_plural, entity.description, entity.head = kind == "group", description, phrase.head
            entity.anonymity = self._anonymities.read(phrase.text)[0]
            self._unnamed[key] = entity
        return entity

    def _full_wording(self, phrase: Phrase) -> str:
        keeps = phrase.determiner in self._phrases.possessive or not phrase.before
        text = phrase.text[: phrase.text.find(phrase.before) + len(phrase.before)] if keeps else phrase.before
        after = self._describer.after(phrase.text + ".", len(text), len(phrase.text)) if text == phrase.text else None
        return (f"{text}, {after}" if after else text).strip() or phrase.text

    def _when(self, said: Statement) -> Occasion:
        before, cue = said.inherits, said.cue
        if before is not None and cue is None:
            return self._occasion.get(id(before), NO_OCCASION)
        occasion = self._occasions.read(self._regions.of(said), cue.text) if cue else NO_OCCASION
        if occasion.channel == "unknown" and said.source is not None and said.source.form != "pronoun":
            phrase = next(iter(self._phrases.read(said.source.text)), None)
            if phrase is not None and phrase.thing == "document":
                return self._occasions.through(occasion, phrase.head)
        return occasion

    def _attribution(self, said: Statement, found: _Found, occasion: Occasion) -> Attribution:
        if said.source is None and said.cue is None and occasion is NO_OCCASION:
            return nobody(said.method, said.confidence)
        entities, way = found
        days, sure = occasion.days, said.confidence
        doubt = 1.0 if way in _CERTAIN or not way or said.source is None else _INFERRED if entities else _OPEN
        return Attribution(
            source=said.source,
            cue=said.cue,
            speakers=self._alike.get(entities) or self._speakers_of(entities),
            addressee=occasion.addressee,
            venue=occasion.venue,
            channel=occasion.channel,
            said_earliest=days[0] if days else None,
            said_latest=days[1] if days else None,
            method=found_by(said.method, way) if way else said.method,
            confidence=sure if doubt == 1.0 else weighed(sure, doubt),
        )

    def _speakers_of(self, entities: tuple[Entity, ...]) -> tuple[Speaker, ...]:
        return self._alike.setdefault(entities, tuple([self._speaker(entity) for entity in entities]))

    def _speaker(self, entity: Entity) -> Speaker:
        speaker = self._speakers.get(id(entity))
        if speaker is None:
            description = entity.description
            if entity.name is not None:
                at_places = (
                    self._describer.at(self._texts[place.field], place, self._cast.knows) for place in entity.places
                )
                entity.wordings += [wording for wording in at_places if wording]
                description = self._describer.fullest(entity)
            speaker = Speaker(entity.name, entity.kind, description or None, entity.anonymity, entity.reason)
            self._speakers[id(entity)] = speaker
        return speaker
