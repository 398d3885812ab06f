"""The running text of a page, by trafilatura, as paragraphs and subheadings."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onrecord.errors import ConverterError

if TYPE_CHECKING:
    from lxml.html import HtmlElement


SECOND_OPINION = 5000
"""Elements of a page up to which other extractors are compared; their time grows with the square."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body; a subheading is one."""

    text: str
    is_subheading: bool = False


def extract(tree: HtmlElement) -> list[Paragraph]:
    """Return the main text of a page, in order; nothing where none is found. The tree is left as it was.

    Raises
    ------
    ConverterError
        trafilatura is not installed.
    """
    try:
        from trafilatura import bare_extraction
    except ModuleNotFoundError as error:
        raise ConverterError(f"{error.name} is not installed", hint="pip install 'onrecord[html]'") from error
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    is_large = sum(1 for _ in tree.iter()) > SECOND_OPINION
    found: Any = bare_extraction(
        tree, favor_precision=True, include_comments=False, include_tables=False, with_metadata=False, fast=is_large
    )
    return list(_paragraphs(found.body)) if found is not None and found.body is not None else []


def guess_day(tree: HtmlElement) -> str | None:
    """Return the day of publication that htmldate finds, as YYYY-MM-DD."""
    from htmldate import find_date

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    return find_date(tree, original_date=True, extensive_search=False)


def _paragraphs(body: Any) -> Iterator[Paragraph]:
    for element in body:
        if element.tag in {"list", "quote", "div", "table"} and len(element):
            yield from _nested(element)
        else:
            yield from _split(element, is_subheading=element.tag == "head")


def _nested(element: Any) -> Iterator[Paragraph]:
    if (element.text or "").strip():
        yield Paragraph(" ".join(element.text.split()))
    for child in element:
        if child.tag in {"hi", "ref", "lb", "del"}:
            yield from _split(element, is_subheading=False)
            return
        yield from _split(child, is_subheading=child.tag == "head")


def _split(element: Any, *, is_subheading: bool) -> Iterator[Paragraph]:
    """Yield an element's text, parted where it has line breaks."""
    parts = [""]
    _gather(element, parts)
    for part in parts:
        if text := " ".join(part.split()):
            yield Paragraph(text, is_subheading)


def _gather(element: Any, parts: list[str]) -> None:
    parts[-1] += element.text or ""
    for child in element:
        if child.tag == "lb":
            parts.append("")
        else:
            _gather(child, parts)
        parts[-1] += child.tail or ""
