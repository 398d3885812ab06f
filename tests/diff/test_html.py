from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from onrecord.diff import diff, diff_all, to_html

Rows = dict[str, list[dict[str, Any]]]
Make = Callable[[str, Rows], Path]
VOID = {"meta", "br", "hr", "img", "input", "link"}
HOSTILE = "<script>alert(1)</script>\"'&\x1b[2J\u202e<img src=x onerror=alert(2)>"


class Page(HTMLParser):
    """Reads a page and holds what stands in it; fails where tags do not close in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)


@pytest.fixture
def page(old: Path, make: Make, rows: Rows) -> Page:
    rows["speakers"][0] |= {"name": HOSTILE, "description": None}
    rows["quotes"][1] |= {"start": 30, "end": 39}
    rows["quotes"][2] |= {"quote_id": "a2-q9", "text": HOSTILE}
    rows["attributions"][0]["method"] = HOSTILE
    return Page(to_html(diff_all(old, make("new", rows))))


def test_what_data_says_does_not_act(page: Page) -> None:
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img", "link", "iframe", "object", "base", "form"})
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert "<script>alert(1)</script>\"'&␛[2J⟨U+202E⟩" in page.text


def test_the_page_needs_nothing_else(page: Page) -> None:
    assert not [attributes for _, attributes in page.tags if {"src", "srcset"} & attributes.keys()]
    assert all((attributes["href"] or "").startswith("#") for _, attributes in page.tags if "href" in attributes)
    style = re.findall(r"<style>(.*?)</style>", to_html({}), re.DOTALL)
    assert len(style) == 1
    assert "url(" not in style[0]
    assert "@import" not in style[0]


def test_the_page_is_told_to_those_who_cannot_see_it(page: Page) -> None:
    assert page.tags[0] == ("html", {"lang": "en"})
    assert [page.count(tag) for tag in ("title", "h1", "main")] == [1, 1, 1]
    tables = page.count("table")
    assert tables >= 6
    assert page.count("caption") == tables
    assert all(attributes["scope"] in {"col", "row"} for tag, attributes in page.tags if tag == "th")
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    regions = [attributes for tag, attributes in page.tags if attributes.get("role") == "region"]
    assert len(regions) == tables
    assert all(region["tabindex"] == "0" and region["aria-label"] for region in regions)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 defines it."""

    def luminance(colour: str) -> float:
        parts = [
            int(part * (2 if len(colour) == 4 else 1), 16) / 255
            for part in re.findall("." if len(colour) == 4 else "..", colour[1:])
        ]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colours_can_be_told_apart_by_day_and_by_night() -> None:
    themes = [
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", block))
        for block in re.findall(r":root \{(.*?)\}", to_html({}), re.DOTALL)
    ]
    assert len(themes) == 2
    for theme in themes:
        for ink, page in (("ink", "page"), ("quiet", "page"), ("new", "new-page"), ("gone", "gone-page")):
            assert contrast(theme[ink], theme[page]) >= 4.5, (ink, theme)


def test_only_what_differs_of_a_cell_is_marked(old: Path, make: Make, rows: Rows) -> None:
    rows["speakers"][0]["description"] = "an old engineer"
    text = to_html(diff_all(old, make("new", rows)))
    assert "<td><bdi>an engineer</bdi></td><td><bdi>an <ins>old </ins>engineer</bdi></td>" in text


def test_the_same_is_said(old: Path) -> None:
    assert "The tables are the same as before." in to_html({"x": diff(old, old)})


def test_several_datasets_have_a_table_of_contents(old: Path, make: Make, rows: Rows) -> None:
    rows["speakers"][0]["name"] = "Another"
    changed = diff(old, make("new", rows))
    page = Page(to_html({'a "b"': changed, "c": changed}))
    ids = [attributes["id"] for tag, attributes in page.tags if tag == "section"]
    assert [attributes["href"] for tag, attributes in page.tags if tag == "a"] == [f"#{one}" for one in ids]
    assert len(set(ids)) == 2
