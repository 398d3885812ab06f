"""How well are pages and captures read? Score both converters against gold articles, a third of publishers kept aside.

    .venv/bin/python benchmarks/pages.py [../shared/pages]

The pages, their gold and the scorer (`../shared/tools/score_articles.py`) lie beside the repository and are no part
of it; without them there is nothing to measure. The third kept aside is that of publishers whose name's SHA-256 is
divisible by three: rules were never chosen by reading its errors.

body, headline, description, authors, day, instant: as the scorer has them. For captures also, over all pages:

    paragraphs kept     gold paragraphs that stand in the capture as a line, and are in the body
    boilerplate tokens  words of the body in no gold field, out of all words of the body
    authors, dates      precision: what is said is right; dates once as they are, once with the country's time zone,
                        by the publisher's calendar, since a day without a time is the start of that day there
"""

from __future__ import annotations

import hashlib
import json
import runpy
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from onrecord import tables
from onrecord.converters import capture, html
from onrecord.records import Article, Defaults, Document, Entry, Extraction

SHARED = Path(__file__).parents[2] / "shared"
ZONES = {
    "at": "Europe/Vienna", "au": "Australia/Sydney", "be": "Europe/Brussels", "bg": "Europe/Sofia",
    "ca": "America/Toronto", "ch": "Europe/Zurich", "cn": "Asia/Shanghai", "cz": "Europe/Prague",
    "de": "Europe/Berlin", "dk": "Europe/Copenhagen", "es": "Europe/Madrid", "fi": "Europe/Helsinki",
    "fr": "Europe/Paris", "gl": "America/Nuuk", "gr": "Europe/Athens", "hu": "Europe/Budapest", "ie": "Europe/Dublin",
    "il": "Asia/Jerusalem", "ind": "Asia/Kolkata", "isl": "Atlantic/Reykjavik", "it": "Europe/Rome",
    "jp": "Asia/Tokyo", "kr": "Asia/Seoul", "lt": "Europe/Vilnius", "lu": "Europe/Luxembourg",
    "mx": "America/Mexico_City", "my": "Asia/Kuala_Lumpur", "na": "Africa/Windhoek", "nl": "Europe/Amsterdam",
    "no": "Europe/Oslo", "pl": "Europe/Warsaw", "pt": "Europe/Lisbon", "py": "America/Asuncion",
    "ro": "Europe/Bucharest", "ru": "Europe/Moscow", "se": "Europe/Stockholm", "tr": "Europe/Istanbul",
    "tw": "Asia/Taipei", "tz": "Africa/Dar_es_Salaam", "ua": "Europe/Kyiv", "uk": "Europe/London",
    "us": "America/New_York", "vn": "Asia/Ho_Chi_Minh", "za": "Africa/Johannesburg",
}  # fmt: skip
"""Where a country's publishers tell the time, by the gold's codes."""

Row = dict[str, Any]
Fold = Callable[[str | None], str]


def aside(gold: Row) -> bool:
    """Whether a page belongs to the third of publishers that is kept aside."""
    return int(hashlib.sha256(str(gold["publisher"]).encode()).hexdigest(), 16) % 3 == 0


def converted(convert: Any, path: Path, defaults: Defaults) -> Row | None:
    """Return the articles row of a document, or None where it has an error instead."""
    found = convert(Document.of(path.name, path.read_bytes()), defaults)
    article = next((item for item in found if isinstance(item, Article)), None)
    row = article and tables.rows(Entry(article, Extraction((), ())))["articles"][0]
    return row and {**row, "date_published": row["date_published"] and row["date_published"].isoformat()}


def all_words(gold: Row, fold: Fold) -> Counter[str]:
    """Return the words of every field of a gold article."""
    fields = [
        gold.get(name) or [] for name in ("headline", "description", "authors", "subheadings", "captions", "body")
    ]
    return Counter(
        w for field in fields for text in ([field] if isinstance(field, str) else field) for w in words(text, fold)
    )


def words(text: str, fold: Fold) -> list[str]:
    """Return the words of a text, folded."""
    return fold(text).split()


def of_captures(gold: list[Row], rows: dict[str, Row], folder: Path, fold: Fold) -> dict[str, str]:
    """Return the figures that the scorer does not have."""
    n: Counter[str] = Counter()
    for one in gold:
        body = rows[one["id"]].get("body") or ""
        have = {fold(part) for part in body.split("\n\n")}
        lines = {fold(line) for line in (folder / f"{one['id']}.txt").read_text(encoding="utf-8").split("\n")}
        there = [p for text in one["body"] if (p := fold(text)) and p in lines]
        n["paragraphs"] += len(there)
        n["kept"] += sum(p in have for p in there)
        mine = Counter(words(body, fold))
        n["words"] += mine.total()
        n["elsewhere"] += (mine - all_words(one, fold)).total()
    return {
        "paragraphs kept": share(n["kept"], n["paragraphs"]),
        "boilerplate tokens": share(n["elsewhere"], n["words"]),
    }


def dates_right(gold: list[Row], rows: dict[str, Row]) -> str:
    """Return how many of the dates that are given are of the right day, by the publisher's calendar."""
    right = given = 0
    for one in gold:
        if (have := rows[one["id"]].get("date_published")) and one["date_published"]:
            want, zone = datetime.fromisoformat(one["date_published"]), ZoneInfo(ZONES[one["country"]])
            day = want.astimezone(zone).date() if want.tzinfo else want.date()
            right += datetime.fromisoformat(have).astimezone(zone).date() == day
            given += 1
    return share(right, given)


def share(part: int, whole: int) -> str:
    """Return a share and what it is made of."""
    return f"{part / whole:.4f} ({part} of {whole})" if whole else "none"


def report(name: str, gold: list[Row], figures: dict[str, Any]) -> None:
    """Print the figures of one part."""
    print(f"\n{name}, {len(gold)} pages")
    for key, value in figures.items():
        print(f"  {key:34} {value}")


def read(gold: list[Row], folder: Path, kind: str, *, zoned: bool = False) -> dict[str, Row]:
    """Convert every page of one kind."""
    convert, suffix = {"html": (html.convert, ".html.gz"), "capture": (capture.convert, ".txt")}[kind]
    zones = {one["id"]: ZONES[one["country"]] if zoned else None for one in gold}
    return {
        key: converted(convert, folder / kind / f"{key}{suffix}", Defaults(time_zone=zone)) or {}
        for key, zone in zones.items()
    }


def main() -> None:
    """Measure and print."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "pages"
    scorer = SHARED / "tools" / "score_articles.py"
    if not (folder / "gold.jsonl").exists() or not scorer.exists():
        raise SystemExit(f"nothing to measure with: {folder / 'gold.jsonl'} or {scorer} is not there")
    tools = runpy.run_path(str(scorer))
    gold = [json.loads(line) for line in (folder / "gold.jsonl").open(encoding="utf-8") if line.strip()]
    parts = {
        "all": gold,
        "two thirds, read while rules were written": [one for one in gold if not aside(one)],
        "the third kept aside": [one for one in gold if aside(one)],
    }
    pages, captures = read(gold, folder, "html"), read(gold, folder, "capture")
    zoned = read(gold, folder, "capture", zoned=True)
    for name, part in parts.items():
        report(f"html: {name}", part, tools["score"](part, pages))
    for name, part in parts.items():
        result = tools["score"](part, captures)
        figures = {key: result[key] for key in ("without a row", "headline", "authors")}
        figures |= of_captures(part, captures, folder / "capture", tools["fold"])
        figures |= {"dates": dates_right(part, captures), "dates, zone given": dates_right(part, zoned)}
        report(f"captures: {name}", part, figures)


if __name__ == "__main__":
    main()
