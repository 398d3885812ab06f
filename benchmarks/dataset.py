"""Make a dataset of any size that keeps every law, to measure checks, releases and differences on.

    python benchmarks/dataset.py FOLDER ARTICLES [--withhold]

Writes FOLDER/data/<table>.csv and .parquet. 20 rows an article: 1 article, 5 quotes, 6 spans, 5 attributions,
about 2 speakers, 1 pair of marks set aside. The bytes depend on the arguments alone.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from onrecord import schemas, tables
from onrecord.records import Article, Attribution, Entry, Extraction, Mention, Quote, SetAside, Source, Span, Speaker

WORDS = (
    "the bridge is old and its council café river must repair works until spring while money for new roads goes "
    "missing again as engineers warn that traffic grows every year naïve plans fail"
).split()
FIRST = ("Ada", "Bela", "Chiara", "Dmitri", "Élodie", "Femi", "Gita", "Hugo", "Inés", "Jun", "Kofi", "Lotte")
LAST = ("Moss", "Okafor", "Lindqvist", "Ferrand", "Tanaka", "Weiss", "Abate", "Castellanos", "Novak", "O’Dell")
CUES = ("said", "told reporters", "warned", "added", "argued")
BATCH = 500


class Page:
    """A body as it grows."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.pieces: list[str] = []
        self.length = 0

    def put(self, piece: str) -> tuple[int, int, str]:
        """Append a piece and return where it stands."""
        start = self.length
        self.pieces.append(piece)
        self.length += len(piece)
        return start, self.length, piece

    def prose(self, count: int) -> str:
        """Return some words."""
        return " ".join(self.chance.choices(WORDS, k=count))


def quote(page: Page, number: int) -> Quote:
    """Append a quotation with its source and return it."""
    page.put(page.prose(40) + ". “")
    spans = [Span(*page.put(page.prose(15) + ","), is_verbatim=True)]
    page.put("” ")
    cue = Mention(*page.put(page.chance.choice(CUES)))
    page.put(" ")
    name = f"{page.chance.choice(FIRST)} {page.chance.choice(LAST)}-{page.chance.randrange(50_000)}"
    full = page.chance.random() < 0.5
    source = Source(*page.put(name if full else "a neighbour"), "named" if full else "nominal")
    if number == 0:
        page.put(". “")
        spans.append(Span(*page.put(page.prose(8) + "."), is_verbatim=True))
        page.put("”")
    page.put(".\n\n")
    speaker = Speaker(name, "person") if full else Speaker(None, "person", "a neighbour", "unnamed")
    said = date(2024, 1, 1) + timedelta(days=page.chance.randrange(300))
    attribution = Attribution(
        source=source, cue=cue, speakers=(speaker,), said_earliest=said, said_latest=said, method="made", confidence=0.9
    )
    return Quote(field="body", kind="direct", spans=tuple(spans), language="en", attribution=attribution)


def entry(number: int, seed_sha256: str) -> Entry:
    """Return one article with five quotes and a term set aside."""
    page = Page(random.Random(number))
    quotes = tuple(quote(page, each) for each in range(5))
    page.put("A ")
    term = page.put("“smart”")
    page.put(" bridge.")
    article = Article(
        seed_path=f"{number:08}.txt",
        seed_sha256=seed_sha256,
        converter="made/1",
        headline=page.prose(8),
        authors=("Ada Example",),
        date_published=datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=number),
        language="en",
        body="".join(page.pieces),
    )
    return Entry(article, Extraction(quotes, (SetAside("body", *term, "term"),)))


def main() -> None:
    """Write the dataset."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("articles", type=int)
    parser.add_argument("--withhold", action="store_true")
    options = parser.parse_args()
    (options.folder / "data").mkdir(parents=True)
    hashes = sorted((hashlib.sha256(str(number).encode()).hexdigest(), number) for number in range(options.articles))
    speakers: dict[str, dict[str, Any]] = {}
    with ExitStack() as stack:
        writers = {
            name: [
                stack.enter_context(writer(options.folder / "data" / f"{name}.{form}", name))
                for form, writer in (("csv", tables.CsvWriter), ("parquet", tables.ParquetWriter))
            ]
            for name in schemas.names()
        }
        for first in range(0, len(hashes), BATCH):
            rows: dict[str, list[dict[str, Any]]] = {name: [] for name in schemas.names()}
            for digest, number in hashes[first : first + BATCH]:
                for name, more in tables.rows(entry(number, digest), withhold_body=options.withhold).items():
                    rows[name] += more
            for row in rows.pop("speakers"):
                speakers.setdefault(row["speaker_id"], row)
            for name, each in rows.items():
                for writer in writers[name]:
                    writer.write(tables.to_batch(name, each))
        ordered = [speakers[key] for key in sorted(speakers)]
        for writer in writers["speakers"]:
            writer.write(tables.to_batch("speakers", ordered))


if __name__ == "__main__":
    main()
