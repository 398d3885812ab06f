"""Invented articles and collections for tests."""

from __future__ import annotations

from pathlib import Path

ARTICLE = """\
The harbour bridge will open in spring

The engineers say that it is safe, and the mayor hopes that it stays so.

By Lena Harrow

Published on March 1, 2024, at 10:51 am (Paris)

2 min read

"The bridge is safe," said Mara Quill, an engineer at the harbour office. "We have tested every bolt."

The mayor, Tomas Venn, said on Monday that the town had waited "far too long" for it. According to Venn, \
the first cars will cross in April.

The museum beside it stays closed until the summer.

Story number {number}.
"""

DESCRIPTOR = """\
name = "{name}"
title = "Invented articles"
license = "CC0-1.0"

[documents]
converter = "capture"
publisher = "The Invented Post"
language = "en"
time_zone = "Europe/Paris"

[documents.options]
profile = "lemonde"

[rights]
license = "CC0-1.0"
body = "{body}"
"""


def article(number: int = 0) -> str:
    """Return the text of an invented capture."""
    return ARTICLE.format(number=number)


def collection(
    root: Path, name: str = "invented", *, articles: int = 1, body: str = "included", more: str = ""
) -> Path:
    """Write a collection of invented articles below `root`, and return its folder."""
    folder = root / name
    folder.mkdir(parents=True)
    (folder / "collection.toml").write_text(DESCRIPTOR.format(name=name, body=body) + more, encoding="utf-8")
    for number in range(articles):
        (folder / f"{number:04}.txt").write_text(article(number), encoding="utf-8")
    return folder
