from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from command import onrecord


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection, and in it one document that is empty."""
    folder = tmp_path_factory.mktemp("work")
    onrecord("new", "mine", cwd=folder)
    (folder / "seeds" / "mine" / "a.txt").write_bytes(b"")
    return folder


def test_several_reports_are_written_at_once(made: Path) -> None:
    reports = ["--report", "sarif=out.sarif", "--report", "junit=out.xml", "--report", "json=-"]
    done = onrecord("validate", *reports, cwd=made, code=1)
    [finding] = [each for each in json.loads(done.stdout)["findings"] if each["severity"] == "error"]
    assert finding["file"] == "seeds/mine/a.txt"
    results = json.loads((made / "out.sarif").read_text())["runs"][0]["results"]
    assert finding["code"] in {result["ruleId"] for result in results}
    assert ET.parse(made / "out.xml").getroot()[0].attrib["failures"] == "1"  # noqa: S314 -- our own text


def test_findings_are_printed_for_people_unless_asked_otherwise(made: Path) -> None:
    done = onrecord("validate", cwd=made, code=1)
    assert done.stdout == ""
    assert "seeds/mine/a.txt\n" in done.stderr
    assert done.stderr.endswith("invalid\n")
    done = onrecord("validate", "--format", "github", cwd=made, code=1, GITHUB_STEP_SUMMARY=str(made / "summary.md"))
    assert done.stdout.startswith("::error file=seeds/mine/a.txt,")
    assert (made / "summary.md").read_text(encoding="utf-8").startswith("### onrecord: invalid")


def test_old_findings_rest_in_a_baseline_and_new_ones_fail(made: Path) -> None:
    onrecord("validate", "--write-baseline", "baseline.json", cwd=made)
    assert onrecord("validate", "--baseline", "baseline.json", cwd=made).stderr.endswith("valid\n")
    (made / "seeds" / "mine" / "b.txt").write_bytes(b"\xff")
    done = onrecord("validate", "--baseline", "baseline.json", cwd=made, code=1)
    assert "b.txt" in done.stderr
    assert "a.txt" not in done.stderr
    (made / "seeds" / "mine" / "b.txt").unlink()


def test_what_fails_can_be_chosen(made: Path) -> None:
    onrecord("validate", "--write-baseline", "stale.json", cwd=made)
    text = (made / "stale.json").read_text().replace("a.txt", "z.txt", 1)
    (made / "stale.json").write_text(text)
    onrecord("validate", "--fail-on", "note", "--baseline", "stale.json", cwd=made, code=1)
    onrecord("validate", "--fail-on", "never", cwd=made, code=2)


@pytest.mark.parametrize(
    "args",
    [["--report", "sarfi=x"], ["--report", "json"], ["--format", "xml"], ["--format", "json", "--report", "junit=-"]],
)
def test_a_report_that_cannot_be_is_a_usage_error(tmp_path: Path, args: list[str]) -> None:
    onrecord("validate", *args, cwd=tmp_path, code=2)


def test_a_file_that_cannot_be_used_is_a_finding_in_every_report(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text("{")
    done = onrecord("validate", ".", "--format", "json", cwd=tmp_path, code=1)
    [finding] = json.loads(done.stdout)["findings"]
    assert (finding["code"], finding["file"]) == ("unusable", "datapackage.json")
