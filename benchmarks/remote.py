"""Measure what reading a release from afar costs in bytes, on a real HTTP server on loopback.

    python benchmarks/remote.py [ARTICLES]

Makes a release of 5 quotes an article (20,000 articles by default), and prints for each column of `quotes` its own
bytes, the bytes that the server sends for it, all but the index, and their ratio; then the share of the file that
the quotes of one article cost: the mean and the most of twenty.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from served import Served  # noqa: E402

from onrecord import load, packages, releases, schemas  # noqa: E402
from onrecord.reports import Report  # noqa: E402


def main() -> None:
    """Print the measures as JSON."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        path = release(Path(folder), articles)
        server = Served(Path(folder) / "releases")
        try:
            print(json.dumps(measure(server, path, Path(folder) / "cache"), indent=2))
        finally:
            server.close()


def release(home: Path, articles: int) -> Path:
    """Make the release; return where its quotes are."""
    folder = home / "made"
    subprocess.run([sys.executable, str(ROOT / "benchmarks" / "dataset.py"), str(folder), str(articles)], check=True)
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    facts = {name: packages.TableFacts() for name in schemas.names()}
    packages.write_descriptor(folder, packages.Metadata(name="made", title="Made", license="CC0-1.0"), facts)
    packages.write_readme(folder)
    releases.release(folder, version="1.0.0", output=home / "releases", check=lambda _: Report())
    return home / "releases" / "made" / "1.0.0" / "data" / "quotes.parquet"


def measure(server: Served, path: Path, cache: Path) -> dict[str, Any]:
    """Return the measures."""
    metadata = pq.read_metadata(path)
    own: dict[str, int] = {}
    for group in range(metadata.num_row_groups):
        for number in range(metadata.num_columns):
            column = metadata.row_group(group).column(number)
            own[column.path_in_schema] = own.get(column.path_in_schema, 0) + column.total_compressed_size
    columns = {}
    for name, size in own.items():
        sent = cost(server, cache, columns=[name])
        columns[name] = {"own_bytes": size, "sent_bytes": sent, "ratio": round(sent / size, 3)}
    keys = pq.read_table(path, columns=["article_id"])["article_id"].to_pylist()
    some = [keys[len(keys) * place // 20] for place in range(20)]
    shares = [cost(server, cache, where={"article_id": key}) / path.stat().st_size for key in some]
    return {
        "file_bytes": path.stat().st_size,
        "rows": metadata.num_rows,
        "row_groups": metadata.num_row_groups,
        "columns": columns,
        "one_article": {"mean_share": round(sum(shares) / len(shares), 4), "most_share": round(max(shares), 4)},
    }


def cost(server: Served, cache: Path, **options: Any) -> int:
    """Return the bytes that the server sends for one question, the index known."""
    dataset = load("made", registry=server.url, cache=cache, remote=True)
    before = server.sent
    dataset.arrow("quotes", **options)
    return server.sent - before


if __name__ == "__main__":
    main()
