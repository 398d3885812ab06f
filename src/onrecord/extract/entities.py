"""Who may speak, and where they are named."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.extract.capitals import Form, Gender
from onrecord.records import Anonymity, FieldName, SpeakerKind


class Place:
    """Where a name stands, and how it reads."""

    __slots__ = ("end", "field", "form", "start")

    def __init__(self, field: FieldName, start: int, end: int, form: Form) -> None:
        self.field: FieldName = field
        self.start, self.end, self.form = start, end, form


class Entity:
    """Someone or something that may speak; two mentions of one speaker share one entity."""

    __slots__ = (
        "anonymity",
        "description",
        "gender",
        "head",
        "is_certain",
        "is_plural",
        "kind",
        "name",
        "places",
        "reason",
        "roles",
        "wordings",
        "words",
    )

    def __init__(self, name: str | None, kind: SpeakerKind, gender: Gender = "", place: Place | None = None) -> None:
        self.name = name
        self.kind: SpeakerKind = kind
        self.gender: Gender = gender
        self.is_plural, self.is_certain = False, True
        self.description: str | None = None
        self.anonymity: Anonymity = "named"
        self.reason: str | None = None
        self.head = ""
        self.words: tuple[str, ...] = () if place is None else place.form.words
        self.places: list[Place] = [] if place is None else [place]
        self.wordings: list[str] = []
        self.roles: frozenset[str] | None = None


class Found:
    """An entity, or None, and how it was found or why not."""

    __slots__ = ("entity", "how")

    def __init__(self, entity: Entity | None, how: str) -> None:
        self.entity, self.how = entity, how


def agree(one: str, other: str) -> bool:
    """Tell whether two genders may be one; an unknown one agrees with any.

    >>> agree("male", ""), agree("male", "female")
    (True, False)
    """
    return not one or not other or one == other


def together(found: Sequence[tuple[tuple[Entity, ...], str]]) -> tuple[tuple[Entity, ...], str]:
    """Return all speakers of a source, and every way in which one was found, each once."""
    entities = dict.fromkeys(entity for some, _ in found for entity in some)
    return tuple(entities), ", ".join(dict.fromkeys(way for _, way in found if way))
