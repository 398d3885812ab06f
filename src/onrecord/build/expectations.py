"""Does a build come out as its collection expects? What a collection says of its package."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from onrecord import packages, seeds
from onrecord.reports import Issue, Severity
from onrecord.seeds.descriptor import FILE_NAME, line_of


def check(collection: seeds.Collection, rows: dict[str, int], folder: Path) -> Iterator[Issue]:
    """Yield a finding for every expectation of `collection.toml` that the tables in `folder` miss."""
    text = (collection.folder / FILE_NAME).read_text(encoding="utf-8")
    for table, (least, most) in collection.expectations.rows.items():
        if rows[table] < least or (most is not None and rows[table] > most):
            wanted = f"{least}" if least == most else f"{least} to {'any number' if most is None else most}"
            yield _missed("expected-rows", line_of(text, ("expect", table)), table, str(rows[table]), wanted)
    if collection.expectations.languages is not None:
        for language in _languages(folder):
            if language not in collection.expectations.languages:
                wanted = ", ".join(collection.expectations.languages)
                line = line_of(text, ("expect", "languages"))
                yield _missed("expected-languages", line, "articles", str(language), wanted)


def _languages(folder: Path) -> list[str | None]:
    import duckdb

    with duckdb.connect() as con:
        path = str(folder / "data" / "articles.parquet")
        found = con.execute("SELECT DISTINCT language FROM read_parquet($1) ORDER BY 1", [path]).fetchall()
    return [language for (language,) in found]


def _missed(code: str, line: int, table: str, value: str, expected: str) -> Issue:
    what = "rows" if code == "expected-rows" else "language"
    return Issue(
        code=code,
        severity=Severity.ERROR,
        message=f"{table} has {what} {value}, expected {expected}",
        hint="find out why; if the build is right, change [expect]",
        file=FILE_NAME,
        line=line,
        table=table,
        value=value,
        expected=expected,
    )


def metadata(collection: seeds.Collection) -> packages.Metadata:
    """Return what the package says of itself."""
    return packages.Metadata(
        name=collection.name,
        title=collection.title,
        description=collection.description,
        license=collection.license,
        homepage=collection.homepage,
        keywords=collection.keywords,
        citation=collection.citation,
        contributors=collection.contributors,
        rights=collection.rights.statement,
    )
