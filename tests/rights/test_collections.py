from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from newsroom import collection

from onrecord import checks, releases, seeds
from onrecord.build import Build, build
from onrecord.errors import ReleaseError


def limited(root: Path, rights: str, **options: Any) -> Path:
    folder = collection(root, body="withheld", **options)
    path = folder / "collection.toml"
    path.write_text(path.read_text().replace('body = "withheld"', f'body = "withheld"\n{rights}'))
    return folder


def table(outcome: Build, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(outcome.folder / "data" / f"{name}.parquet").to_pylist()
    return found


def test_a_collection_whose_quotes_are_stand_off(tmp_path: Path) -> None:
    outcome = build(limited(tmp_path / "seeds", 'quotes = "stand-off"'), tmp_path / "out", workers=1)
    assert outcome.published, list(outcome.report)
    for path in outcome.folder.rglob("*"):
        assert not path.is_file() or b"every bolt" not in path.read_bytes(), path
    assert {row["quote_rights"] for row in table(outcome, "articles")} == {"stand-off"}
    releases.release(outcome.folder, version="1.0.0", output=tmp_path / "registry")


def test_the_file_beside_a_document_limits_that_one(tmp_path: Path) -> None:
    folder = collection(tmp_path / "seeds", articles=2)
    (folder / "0001.txt.toml").write_text('[rights]\nquotes = "shortened"\nquote_words = 2\n')
    outcome = build(folder, tmp_path / "out", workers=1)
    assert outcome.published, list(outcome.report)
    rights = {row["seed_path"]: (row["body_rights"], row["quote_rights"]) for row in table(outcome, "articles")}
    assert rights == {"0000.txt": ("included", "included"), "0001.txt": ("withheld", "shortened")}
    [limited] = [row["article_id"] for row in table(outcome, "articles") if row["quote_words"] == 2]
    texts = [row["text"] for row in table(outcome, "quotes") if row["article_id"] == limited]
    assert texts
    assert all(len(text.split()) <= 2 for text in texts)


def test_a_release_of_a_row_that_holds_too_much_cannot_be_made(tmp_path: Path) -> None:
    outcome = build(limited(tmp_path / "seeds", 'quotes = "stand-off"'), tmp_path / "out", workers=1)
    for name in ("quotes.csv", "quotes.parquet"):
        other = build(collection(tmp_path / name, body="withheld"), tmp_path / f"out-{name}", workers=1)
        (outcome.folder / "data" / name).write_bytes((other.folder / "data" / name).read_bytes())
    assert checks.check_tables(outcome.folder).totals["quote-rights"] >= 1
    with pytest.raises(ReleaseError):
        releases.release(outcome.folder, version="1.0.0", output=tmp_path / "registry")


@pytest.mark.parametrize(
    ("rights", "message", "hint"),
    [
        ('quotes = "standoff"', "'standoff' is not a choice", "did you mean 'stand-off'?"),
        ('quotes = "shortened"', "to how many words?", "quote_words"),
        ("quote_words = 3", "to how many words?", "quotes = 'shortened'"),
        ('quotes = "shortened"\nquote_words = 0', "no words are no quote", "stand-off"),
        ('quote = "stand-off"', "unknown key 'quote'", "did you mean 'quotes'?"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, rights: str, message: str, hint: str) -> None:
    folder = limited(tmp_path, rights)
    _, [issue] = seeds.parse((folder / "collection.toml").read_text(), folder)
    assert message in issue.message
    assert hint in str(issue.hint)
    assert issue.line is not None
    assert rights.splitlines()[-1] == (folder / "collection.toml").read_text().splitlines()[issue.line - 1]


def test_an_included_body_cannot_hold_quotes_that_are_not(tmp_path: Path) -> None:
    folder = limited(tmp_path, 'quotes = "stand-off"')
    text = (folder / "collection.toml").read_text().replace('"withheld"', '"included"')
    _, [issue] = seeds.parse(text, folder)
    assert "the body holds the quotes" in issue.message


def test_a_mistake_beside_a_document_is_named(tmp_path: Path) -> None:
    folder = collection(tmp_path / "seeds")
    (folder / "0000.txt.toml").write_text('[rights]\nquotes = "shortend"\n')
    outcome = build(folder, tmp_path / "out", workers=1)
    assert [(issue.code, issue.line, issue.hint) for issue in outcome.report][:1] == [
        ("sidecar", 2, "did you mean 'shortened'?")
    ]
