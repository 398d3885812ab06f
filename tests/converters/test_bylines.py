from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.converters import bylines


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By\xa0 and", ()),
        ("By", ()),
        ("Par Jeanne Exemple(Bruxelles, bureau européen)", ("Jeanne Exemple",)),
        ("Par Le Monde avec AFP", ("Le Monde", "AFP")),
        ("By Ana de la Cruz, Bo Li and Carl von Muster (Kyiv, special correspondent)",
         ("Ana de la Cruz", "Bo Li", "Carl von Muster")),
        ("Par Luc d’Essai, envoyé spécial à Valcreuse", ("Luc d’Essai",)),
        ("Propos recueillis par Jeanne Exemple", ("Jeanne Exemple",)),
        ("By Ann Sample in Kyiv", ("Ann Sample",)),
        ("By Kim, Lee and Park", ("Kim", "Lee", "Park")),
        ("Von Erika Muster und Jan van der Beispiel, Berlin", ("Erika Muster", "Jan van der Beispiel")),
        ("By Ann Sample (Dnipro (Ukraine), special correspondent) and Bo Li", ("Ann Sample", "Bo Li")),
        ("By Ann Sample — Columnist", ("Ann Sample",)),
        ("Par Jean-Luc Essai-Test", ("Jean-Luc Essai-Test",)),
        ("By our staff", ()),
    ],
)  # fmt: skip
def test_names_are_parted_from_roles_and_places(text: str, names: tuple[str, ...]) -> None:
    assert bylines.read(text).names == names


@pytest.mark.parametrize("text", ["By\xa0 and", "By Ann Sample and", "Par", "Par Jeanne Exemple et"])
def test_a_lost_name_is_noticed(text: str) -> None:
    assert bylines.read(text).is_lossy


@given(st.text(max_size=400))
def test_every_name_stands_in_the_line(text: str) -> None:
    for name in bylines.read(text).names:
        assert all(token in text for token in name.split())


@pytest.mark.parametrize("part", ["and ", "By ", "(", "a, ", "A B, ", " , "])
def test_hostile_bylines_are_read_no_further_than_a_byline_goes(part: str) -> None:
    found = bylines.read("By " + part * 50_000)
    assert found == bylines.read(("By " + part * 50_000)[: bylines.MAX_LENGTH])
    assert len(found.names) <= bylines.MAX_AUTHORS
