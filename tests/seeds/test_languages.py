"""An article whose language nobody tells is named: its quotations would have no source, and nobody would know why."""

from __future__ import annotations

from pathlib import Path

import pytest
from newsroom import article, collection

from onrecord.validation import validate


@pytest.mark.parametrize(("says", "found"), [("", 1), ("en", 0)])
def test_an_article_without_a_language_is_named_with_a_remedy(tmp_path: Path, says: str, found: int) -> None:
    folder = collection(tmp_path)
    path = folder / "collection.toml"
    path.write_text(path.read_text().replace('language = "en"\n', f'language = "{says}"\n' if says else ""))
    text = article().replace("The museum beside it stays closed until the summer.\n\n", "")
    (folder / "0000.txt").write_text(text[: text.index("The mayor, Tomas")], encoding="utf-8")
    issues = [issue for issue in validate(folder) if issue.code == "language-unknown"]
    assert len(issues) == found
    for issue in issues:
        assert issue.file == (folder / "0000.txt").as_posix()
        assert "collection.toml" in (issue.hint or "")
