"""Who may speak, and where they are named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.extract.capitals import Form, Gender
from onrecord.records import Anonymity, FieldName, SpeakerKind


class Place(NamedTuple):
    """Where a name stands, and how it reads."""

    field: FieldName
    start: int
    end: int
    form: Form


@dataclass(slots=True, eq=False)
class Entity:
    """Someone or something that may speak; two mentions of one speaker share one entity."""

    name: str | None
    kind: SpeakerKind
    gender: Gender = ""
    is_plural: bool = False
    is_certain: bool = True
    description: str | None = None
    anonymity: Anonymity = "named"
    reason: str | None = None
    head: str = ""
    words: tuple[str, ...] = ()
    places: list[Place] = field(default_factory=list)
    wordings: list[str] = field(default_factory=list)
    roles: frozenset[str] | None = None


class Found(NamedTuple):
    """An entity, or None, and how it was found or why not."""

    entity: Entity | None
    how: str


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
