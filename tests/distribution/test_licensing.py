from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import releases
from onrecord.packages.licensing import license_text, words_of
from onrecord.releases import Origin
from onrecord.reports import Report


def good(_: Path) -> Report:
    return Report()


def test_a_release_says_what_may_be_done_with_each_part(dataset: Path, tmp_path: Path) -> None:
    made = releases.release(dataset, output=tmp_path / "out", check=good)
    text = (made.folder / "LICENSE").read_text(encoding="utf-8")
    assert "The tables: CC-BY-4.0 (https://spdx.org/licenses/CC-BY-4.0.html)." in text
    assert "The articles' text, where the tables hold any of it: LicenseRef-Daily-Invention." in text
    assert "All rights reserved by the Daily Invention." in text
    assert "`body_rights`" in text
    assert text.endswith("Creative Commons may be contacted at creativecommons.org.\n")


def test_the_collections_own_licence_stands_instead(dataset: Path, tmp_path: Path) -> None:
    origin = Origin(license=b"Ask Ada.\n")
    made = releases.release(dataset, output=tmp_path / "out", check=good, origin=origin)
    assert (made.folder / "LICENSE").read_bytes() == b"Ask Ada.\n"
    again = releases.release(made.folder, version="1.0.0", output=tmp_path / "again", check=good)
    assert (again.folder / "LICENSE").read_bytes() == b"Ask Ada.\n"


def test_an_origin_has_the_collections_licence(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text("Ask Ada.\n", encoding="utf-8")
    origin = releases.origin_of(tmp_path)
    assert origin.license == b"Ask Ada.\n"
    assert list(origin.descriptions) == ["LICENSE"]
    assert releases.origin_of(tmp_path / "gone").license is None


@pytest.mark.parametrize("name", ["CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "ODC-By-1.0", "ODbL-1.0"])
def test_the_words_of_licences_for_data_are_here(name: str) -> None:
    words = words_of(name)
    assert words is not None
    assert len(words) > 5000
    assert words.rstrip() in license_text({"name": "x", "licenses": [{"name": name, "path": "p", "title": name}]})
