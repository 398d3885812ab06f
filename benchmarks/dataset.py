"""Make a dataset of any size that keeps every law, to measure checks, releases and differences on.

    python benchmarks/dataset.py FOLDER ARTICLES [--withhold] [--copies N]

Writes FOLDER/data/<table>.csv and .parquet. 20 rows an article: 1 article, 5 quotes, 6 spans, 5 attributions,
about 2 speakers, 1 pair of marks set aside. A body has some 300 words. The bytes depend on the arguments alone.
With copies, the articles stand there N times under other keys, all laws kept, which is made much faster; of
speakers then only those of the first copy are written.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

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


def renamed(batch: pa.RecordBatch, name: str, copy: int) -> pa.RecordBatch:
    """Return rows under the keys of a copy: the first digits of the article's key are the copy's number."""
    digits = f"{copy:04x}"
    columns = dict(zip(batch.schema.names, batch.columns, strict=True))
    for column in ("article_id", "quote_id"):
        if column in columns:
            columns[column] = _shifted(columns[column], digits)
    if name == "articles":
        columns["seed_sha256"] = _shifted(columns["seed_sha256"], digits)
        columns["seed_path"] = pc.binary_join_element_wise(digits, columns["seed_path"], "/")
    if name == "attributions":
        own = pc.match_substring(columns["speaker_id"], "-s")
        columns["speaker_id"] = pc.if_else(own, _shifted(columns["speaker_id"], digits), columns["speaker_id"])
        rows = zip(columns["source_text"].to_pylist(), columns["speaker_id"].to_pylist(), strict=True)
        ends = [hashlib.sha256(f"{text or ''}\0{speaker or ''}".encode()).hexdigest()[:8] for text, speaker in rows]
        columns["attribution_id"] = pc.binary_join_element_wise(columns["quote_id"], pa.array(ends), "-")
    return pa.RecordBatch.from_arrays(list(columns.values()), schema=batch.schema)


def _shifted(keys: pa.Array, digits: str) -> pa.Array:
    """Return keys with the digits of a copy before the first twelve of the article's own key."""
    length = len(digits)
    kept = pc.binary_join_element_wise(digits, pc.utf8_slice_codeunits(keys, 0, 16 - length), "")
    return pc.binary_join_element_wise(kept, pc.utf8_slice_codeunits(keys, 16), "")


def main() -> None:
    """Write the dataset."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("articles", type=int)
    parser.add_argument("--withhold", action="store_true")
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--tables", nargs="+", default=schemas.names(), choices=schemas.names())
    options = parser.parse_args()
    (options.folder / "data").mkdir(parents=True)
    batches = made(options.articles, withhold=options.withhold)
    for name in options.tables:
        with ExitStack() as stack:
            writers = [
                stack.enter_context(writer(options.folder / "data" / f"{name}.{form}", name))
                for form, writer in (("csv", tables.CsvWriter), ("parquet", tables.ParquetWriter))
            ]
            for copy in range(1 if name == "speakers" else options.copies):
                for batch in batches[name]:
                    rows = batch if options.copies == 1 or name == "speakers" else renamed(batch, name, copy)
                    for writer in writers:
                        writer.write(rows)


def made(articles: int, *, withhold: bool) -> dict[str, list[pa.RecordBatch]]:
    """Return the rows of every table."""
    hashes = sorted((hashlib.sha256(str(number).encode()).hexdigest(), number) for number in range(articles))
    speakers: dict[str, dict[str, Any]] = {}
    batches: dict[str, list[pa.RecordBatch]] = {name: [] for name in schemas.names()}
    for first in range(0, len(hashes), BATCH):
        rows: dict[str, list[dict[str, Any]]] = {name: [] for name in schemas.names()}
        for digest, number in hashes[first : first + BATCH]:
            for name, more in tables.rows(entry(number, digest), withhold_body=withhold).items():
                rows[name] += more
        for row in rows.pop("speakers"):
            speakers.setdefault(row["speaker_id"], row)
        for name, each in rows.items():
            batches[name].append(tables.to_batch(name, each))
    batches["speakers"] = [tables.to_batch("speakers", [speakers[key] for key in sorted(speakers)])]
    return batches


if __name__ == "__main__":
    main()
