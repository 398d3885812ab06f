"""Capitalised runs: which are found, and what each is by its own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.cast import Cast
from onrecord.extract.lexicon import load
from onrecord.extract.names import MAX_NAMES, Names

NAMES = Names.of(load("en"))

RUNS = {
    "said French President Anne Leroy in Paris.": ["French President Anne Leroy", "Paris"],
    "met Sen. Ann Lee. Roe left": ["Sen. Ann Lee", "Roe"],
    "Tom J. van der Roe Jr. spoke": ["Tom J. van der Roe Jr."],
    "Omar al-Roe’s brother": ["Omar al-Roe"],
    "the University of Elm and Roe & Sons": ["University of Elm", "Roe & Sons"],
    "Jean-Luc O'Roe's hat": ["Jean-Luc O'Roe"],
    "William “Bill” Roe": ["William “Bill” Roe"],
    "the U.S. Sen. Lee": ["U.S. Sen. Lee"],
    "nobody here": [],
    "Émilie Çelik": ["Émilie Çelik"],
}

FORMS = {
    "Ann Lee": ("person", "Ann Lee", "", "female"),
    "But Ann Lee": ("person", "Ann Lee", "", "female"),
    "Monday Lee": ("unknown", "Lee", "", ""),
    "Mr. Lee": ("person", "Lee", "Mr.", "male"),
    "Congresswoman Lee": ("person", "Lee", "Congresswoman", "female"),
    "Former Vice President Tom Roe": ("person", "Tom Roe", "Former Vice President", "male"),
    "Secretary of State Tom Roe": ("person", "Tom Roe", "Secretary of State", "male"),
    "Gov. Tom Roe of Ohio": ("person", "Tom Roe", "Gov.", "male"),
    "Elm County Recorder Tom Roe": ("person", "Tom Roe", "Elm County Recorder", "male"),
    "Republican Tom Roe": ("person", "Tom Roe", "Republican", "male"),
    "ANN LEE": ("person", "ANN LEE", "", "female"),
    "April Roe": ("person", "April Roe", "", "female"),
    "Zorn Quux": ("person", "Zorn Quux", "", ""),
    "Zorn": ("unknown", "Zorn", "", ""),
    "The White House": ("organisation", "White House", "", ""),
    "Elm Party": ("organisation", "Elm Party", "", ""),
    "University of Elm": ("organisation", "University of Elm", "", ""),
    "FBI": ("organisation", "FBI", "", ""),
    "New York": ("place", "New York", "", ""),
    "Republicans": ("group", "Republicans", "", ""),
    "President": ("role", "President", "", ""),
    "On Monday": ("other", "", "", ""),
    "LEE BEATS ROE": ("other", "", "", ""),
    "Elm River Bridge": ("other", "Elm River Bridge", "", ""),
}


@pytest.mark.parametrize(("text", "runs"), RUNS.items(), ids=RUNS)
def test_runs(text: str, runs: list[str]) -> None:
    assert [name.text for name in NAMES.find(text)] == runs


@pytest.mark.parametrize(("text", "form"), FORMS.items(), ids=FORMS)
def test_forms(text: str, form: tuple[str, str, str, str]) -> None:
    found = NAMES.read(text)
    assert (found.kind, found.core, found.title, found.gender) == form


def test_an_acronym_in_parentheses_stands_for_the_name_before_it() -> None:
    cast = Cast({"body": "The Elm River Authority (ERA) met. The ERA left."}, NAMES)
    assert cast.organisation("ERA").name == "Elm River Authority"


def test_the_longest_earliest_form_is_canonical() -> None:
    cast = Cast({"headline": "Lee resigns", "body": "Ann Lee, Ann B. Lee and Ann C. Lee"}, NAMES)
    assert [one.name for one in cast.people(9)] == ["Ann B. Lee"]


def test_a_text_of_names_alone_is_cut_short() -> None:
    assert len(NAMES.find("Lee, " * (MAX_NAMES + 10))) == MAX_NAMES


@given(st.text())
def test_names_are_where_they_say(text: str) -> None:
    end = 0
    for name in NAMES.find(text):
        assert name.start >= end
        assert text[name.start : name.end] == name.text
        end = name.end
        form = NAMES.read(name.text)
        assert name.text.replace("\xa0", " ")[form.start : form.end] == form.core
