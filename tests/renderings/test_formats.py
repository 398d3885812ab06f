from __future__ import annotations

import json
from pathlib import Path

import pytest
from findings import reports
from hypothesis import given
from hypothesis import strategies as st

from onrecord import renderings
from onrecord.errors import OnrecordError
from onrecord.renderings import FORMATS, Setting
from onrecord.reports import Issue, Report, Severity


@given(reports(), st.sampled_from(sorted(FORMATS)))
def test_any_finding_can_be_said_in_any_format_and_written(report: Report, name: str) -> None:
    text = renderings.render(name, report)
    assert text.encode().decode() == text
    assert text == renderings.render(name, report)
    assert text == "" or text.endswith("\n")


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_report_of_nothing_can_be_said(name: str) -> None:
    assert "null" not in renderings.render(name, Report())


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_says_how_many_findings_it_does_not_show(name: str, report: Report) -> None:
    text = renderings.render(name, report)
    assert ("3999999" if name == "json" else "3,99") in text.replace('"speaker-unused": 4000000', "3999999")


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"json"}))
def test_nothing_acts_on_who_reads_it(name: str) -> None:
    nasty = "\x1b[2J\u202e\u200b"
    report = Report([Issue(code="a", severity=Severity.ERROR, message=nasty, file=nasty, value=nasty, hint=nasty)])
    assert not set(renderings.render(name, report)) & set(nasty[0] + nasty[-2:])


def test_a_destination_names_format_and_file(tmp_path: Path) -> None:
    found = renderings.destination(f"junit={tmp_path / 'a=b.xml'}")
    assert (found.format, found.path) == ("junit", tmp_path / "a=b.xml")
    assert renderings.destination("json=-").path is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("sarfi=x", "did you mean 'sarif'?"),
        ("xlsx=x", "formats: rich, json, github, sarif, junit, markdown"),
        ("junit", "junit=report.junit"),
        ("junit=", "junit=report.junit"),
        ("=x", "json=report.json"),
        ("json=no/such/folder/x", "a folder that exists"),
        ("json=.", "a folder that exists"),
    ],
)
def test_a_destination_that_cannot_be_says_what_to_write(text: str, says: str) -> None:
    with pytest.raises(OnrecordError) as caught:
        renderings.destination(text)
    assert says in (caught.value.hint or "")


def test_a_report_is_written_whole_or_not_at_all(
    tmp_path: Path, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = renderings.destination(f"json={tmp_path / 'out.json'}")
    wanted.write(report, Setting())
    assert json.loads((tmp_path / "out.json").read_text())["valid"] is False

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        wanted.write(Report(), Setting())
    assert json.loads((tmp_path / "out.json").read_text())["valid"] is False
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]


def test_findings_in_touched_files_come_first_then_the_worst() -> None:
    places = [("b.csv", 9), ("b.csv", 2), ("a.csv", 1), ("./touched.csv", 5)]
    found = [Issue(code="e", severity=Severity.ERROR, message="m", file=f, line=n) for f, n in places]
    found += [Issue(code="n", severity=Severity.NOTE, message="m", file="touched.csv", line=1)]
    found += [Issue(code="w", severity=Severity.WARNING, message="m", file="a.csv", line=1)]
    order = [(i.file, i.line, i.code) for i in renderings.worst_first(Report(found), ["touched.csv"])]
    assert order == [
        ("./touched.csv", 5, "e"),
        ("touched.csv", 1, "n"),
        ("a.csv", 1, "e"),
        ("b.csv", 2, "e"),
        ("b.csv", 9, "e"),
        ("a.csv", 1, "w"),
    ]
