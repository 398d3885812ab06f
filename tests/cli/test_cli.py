from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command import onrecord
from newsroom import article, collection

from onrecord.cli.app import COMMANDS

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "lemonde-en" / "000_fce61b5b057b4c8c.txt"
TEXT = '"The bridge is safe," said Mara Quill, an engineer at the harbour office.'


def test_help_names_every_command(tmp_path: Path) -> None:
    listed = onrecord("--help", cwd=tmp_path).stdout
    commands = {path.stem for path in (ROOT / "src" / "onrecord" / "cli").glob("*.py")}
    helpers = {"__init__", "__main__", "app", "documents", "interrupts", "terminal", "options", "quotes"}
    for command in commands - helpers:
        assert f"\n  {command} " in listed, command
        text = onrecord(command, "--help", cwd=tmp_path).stdout
        assert "Example: " in text or command == "rules", command
        assert "...}..." not in text, command
        assert "...]..." not in text, command


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in COMMANDS:
        assert f"onrecord {command.__name__.rpartition('.')[2]}" in readme, command


def test_starting_imports_nothing_heavy(tmp_path: Path) -> None:
    code = "import sys, onrecord.cli.app; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    heavy = {
        "pyarrow",
        "polars",
        "pandera",
        "duckdb",
        "frictionless",
        "urllib3",
        "rich",
        "trafilatura",
        "pandas",
        "numpy",
    }
    assert heavy & set(done.stdout.split()) == set()


def test_a_usage_error_is_2_and_suggests(tmp_path: Path) -> None:
    assert "Did you mean 'build'?" in onrecord("bild", cwd=tmp_path, code=2).stderr
    onrecord("release", "x", cwd=tmp_path, code=2)
    onrecord("extract", "-", "--format", "xml", cwd=tmp_path, code=2)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["build"], "error: no collections in seeds"),
        (["convert", "gone.txt"], "error: gone.txt: no such file or folder"),
        (["extract", "gone.txt"], "gone.txt"),
        (["validate", "gone"], "error: gone: no such file or folder"),
        (["describe", "gone"], "error: no table 'gone'"),
        (["release", "gone", "--output", "out"], "error: datasets/gone: no such dataset"),
        (["download", "gone", "--registry", "nowhere"], "error: "),
        (["new", "Bad Name"], "error: 'Bad Name' is no name"),
    ],
)
def test_an_error_is_one_line_and_a_hint(tmp_path: Path, args: list[str], message: str) -> None:
    done = onrecord(*args, cwd=tmp_path, code=1)
    lines = done.stderr.splitlines()
    assert lines[0].startswith("error: ")
    assert message in lines[0]
    assert [line.startswith("hint: ") for line in lines[1:]] == [True]


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "onrecord.cli", "--debug", "build"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" in done.stderr


def test_extract_reads_standard_input(tmp_path: Path) -> None:
    [line] = onrecord("extract", "-", "--format", "jsonl", cwd=tmp_path, stdin=TEXT).stdout.splitlines()
    [quote] = json.loads(line)["quotes"]
    assert set(quote) == {"kind", "text", "spans", "source", "cue", "speaker", "method", "confidence"}
    for piece in (*quote["spans"], quote["source"], quote["cue"]):
        assert TEXT[piece["start"] : piece["end"]] == piece["text"]
    assert quote["speaker"] == {"name": "Mara Quill", "kind": "person", "anonymity": "named"}
    assert quote["kind"] == "direct"
    assert quote["source"]["form"] == "named"


def test_extract_reads_jsonl_and_keeps_its_ids(tmp_path: Path) -> None:
    lines = [{"id": "a", "text": TEXT, "language": "en"}, {"id": 7, "text": "Nobody spoke.", "quotes": []}]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n\n", encoding="utf-8")
    out = [
        json.loads(line)
        for line in onrecord("extract", "in.jsonl", "--format", "jsonl", cwd=tmp_path).stdout.splitlines()
    ]
    assert [line["id"] for line in out] == ["a", 7]
    assert [len(line["quotes"]) for line in out] == [1, 0]


@pytest.mark.parametrize(
    ("line", "message"), [("{", "not JSON"), ("[1]", "no document on this line"), ('{"id": 1}', "no document")]
)
def test_extract_names_a_bad_line(tmp_path: Path, line: str, message: str) -> None:
    good = json.dumps({"id": 1, "text": "x"})
    (tmp_path / "in.jsonl").write_text(f"{good}\n{line}\n", encoding="utf-8")
    assert f"in.jsonl:2: {message}" in onrecord("extract", "in.jsonl", cwd=tmp_path, code=1).stderr


def test_extract_leaves_less_certain_quotes_out(tmp_path: Path) -> None:
    out = onrecord("extract", "-", "--format", "json", "--min-confidence", "1", cwd=tmp_path, stdin=TEXT).stdout
    assert json.loads(out)[0]["quotes"] == []


def test_extract_resolves_days_against_the_publication(tmp_path: Path) -> None:
    text = 'Mara Quill said on Monday that the bridge was "safe".'
    args = ("extract", "-", "--explain", "--published", "2024-03-01", "--time-zone", "Europe/Paris")
    assert "2024-02-26" in onrecord(*args, cwd=tmp_path, stdin=text).stdout


@pytest.mark.parametrize("published", ["2024-03-01T00:30+01:00", "2024-03-01T00:30", "2024-02-29T23:30:00+0000"])
def test_extract_takes_an_instant_with_its_offset(tmp_path: Path, published: str) -> None:
    args = ("extract", "-", "--explain", "--published", published, "--time-zone", "Europe/Paris")
    assert "said 2024-02-29" in onrecord(*args, cwd=tmp_path, stdin="Ada Moss said yesterday that it holds.\n").stdout


def test_extract_explains_every_quote_and_mark(tmp_path: Path) -> None:
    text = f'{TEXT} Her nickname is Mara "Bolts" Quill.'
    shown = onrecord("extract", "-", "--explain", cwd=tmp_path, stdin=text).stdout
    assert "set aside, nickname" in shown
    assert "confidence" in shown


def test_a_text_cannot_act_on_the_terminal(tmp_path: Path) -> None:
    text = '"The bridge \x1b[2J is safe," said Mara Quill.'
    for form in (["--explain"], ["--format", "table"]):
        assert "\x1b[2J" not in onrecord("extract", "-", *form, cwd=tmp_path, stdin=text).stdout


def test_convert_prints_rows_of_the_collection(tmp_path: Path) -> None:
    folder = collection(tmp_path / "seeds", articles=2)
    lines = onrecord("convert", folder, "--format", "jsonl", cwd=tmp_path).stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["seed_path"] for row in rows] == ["0000.txt", "0001.txt"]
    assert {row["publisher"] for row in rows} == {"The Invented Post"}
    assert rows[0]["date_published"] == "2024-03-01T09:51:00Z"
    assert "harbour bridge" in onrecord("convert", folder / "0000.txt", cwd=tmp_path).stdout


def test_convert_explains_where_each_field_comes_from(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(article(), encoding="utf-8")
    done = onrecord("convert", "a.txt", "--explain", cwd=tmp_path)
    assert "a.txt: read by capture: " in done.stderr
    assert "Where each field comes from" in done.stdout
    assert "headline" in done.stdout.partition("Where each field comes from")[2]
    assert re.search(r"headline +.* 0\.\d\d ", done.stdout)


def test_convert_of_a_loose_document_names_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\0\1\2" * 100)
    assert "bad.txt" in onrecord("convert", "bad.txt", "--converter", "capture", cwd=tmp_path, code=1).stderr


def test_the_whole_way(tmp_path: Path) -> None:
    """From nothing to a downloaded dataset, as README tells it."""
    onrecord("new", "mine", cwd=tmp_path)
    descriptor = tmp_path / "seeds" / "mine" / "collection.toml"
    descriptor.write_text(descriptor.read_text().replace('# converter = "capture"', 'converter = "capture"'))
    (tmp_path / "seeds" / "mine" / "a.txt").write_text(article(), encoding="utf-8")
    shown = onrecord("build", "mine", cwd=tmp_path).stdout
    assert "quotes" in shown
    assert "Next: read datasets/mine/README.md" in shown
    assert onrecord("validate", "datasets/mine", cwd=tmp_path).stderr.endswith("valid\n")
    onrecord("release", "mine", "--version", "1.0.0", "--output", "releases", cwd=tmp_path)
    path = onrecord("download", "mine@1.0.0", "--registry", "releases", "--cache", "cache", cwd=tmp_path).stdout.strip()
    assert (tmp_path / path / "data" / "quotes.csv").is_file()
    onrecord("rehydrate", path, "--seeds", "seeds", "--output", "filled", cwd=tmp_path)
    assert "first cars will cross" in (tmp_path / "filled" / "data" / "articles.csv").read_text(encoding="utf-8")


def test_validate_writes_its_findings(tmp_path: Path) -> None:
    folder = collection(tmp_path / "seeds")
    (folder / "empty.txt").write_bytes(b"")
    onrecord("validate", "seeds", "--report", "json=out.json", cwd=tmp_path, code=1)
    report = json.loads((tmp_path / "out.json").read_text())
    assert report["valid"] is False
    assert [finding["file"] for finding in report["findings"] if finding["severity"] == "error"] == [
        "seeds/invented/empty.txt"
    ]


def test_describe_is_the_committed_field_reference(tmp_path: Path) -> None:
    onrecord("describe", "--check", ROOT / "docs" / "fields.md", cwd=tmp_path)
    (tmp_path / "old.md").write_text("old")
    assert "not what is made now" in onrecord("describe", "--check", "old.md", cwd=tmp_path, code=1).stderr


def test_describe_shows_every_column(tmp_path: Path) -> None:
    shown = onrecord("describe", "quotes", cwd=tmp_path).stdout
    assert "quote_id" in shown
    assert "suffix" in shown


def test_rules_are_listed_and_told_in_full(tmp_path: Path) -> None:
    shown = onrecord("rules", cwd=tmp_path).stdout
    assert "duplicate-document" in shown
    assert "byline-lost" in shown
    assert "why" in onrecord("rules", "keys-resolve", cwd=tmp_path).stdout
    assert "did you mean 'keys-resolve'?" in onrecord("rules", "key-resolve", cwd=tmp_path, code=1).stderr
    onrecord("rules", "--check", ROOT / "docs" / "rules.md", cwd=tmp_path)


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a pseudo-terminal")
def test_a_progress_bar_on_a_terminal_only(tmp_path: Path) -> None:
    collection(tmp_path / "seeds", articles=20)
    primary, secondary = os.openpty()
    command = [sys.executable, "-m", "onrecord.cli", "build", "--workers", "1"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=secondary) as process:
        os.close(secondary)
        seen = b""
        try:
            while data := os.read(primary, 65536):
                seen += data
        except OSError:
            pass
        assert process.wait(60) == 0
    assert b"Building invented" in seen
    shutil.rmtree(tmp_path / "datasets")
    assert "Building" not in onrecord("build", "--workers", "1", cwd=tmp_path).stderr


def test_signing_withdrawing_and_pinning(tmp_path: Path) -> None:
    """A registry with a key, seen by a reader who trusts it and one who trusts another."""
    collection(tmp_path / "seeds")
    onrecord("build", cwd=tmp_path)
    onrecord("keygen", "release.key", cwd=tmp_path)
    assert "stands there already" in onrecord("keygen", "release.key", cwd=tmp_path, code=1).stderr
    for version in ("1.0.0", "1.1.0"):
        release = ("release", "invented", "--version", version, "--output", "out", "--key", "release.key")
        assert "Released" in onrecord(*release, cwd=tmp_path).stdout
    assert "Stood there already" in onrecord(*release, cwd=tmp_path).stdout
    yank = ("yank", "invented@1.1.0", "--reason", "a wrong speaker", "--output", "out", "--key", "release.key")
    onrecord(*yank, cwd=tmp_path)
    assert "1.0.0" in onrecord("datasets", "--registry", "out", cwd=tmp_path).stdout
    assert "a wrong speaker" in onrecord("info", "invented", "--registry", "out", cwd=tmp_path).stdout
    assert onrecord("verify", "out/invented/1.0.0", "--key", "release.key.pub", cwd=tmp_path).stderr == "verified\n"
    config = {"ONRECORD_CONFIG": str(tmp_path / "config"), "ONRECORD_CACHE": str(tmp_path / "cache")}
    onrecord("trust", "out", "release.key.pub", cwd=tmp_path, **config)
    found = onrecord("download", "invented", "--registry", "out", "--to", "here", cwd=tmp_path, **config)
    assert "a wrong speaker" in found.stderr
    assert (tmp_path / "here" / "data" / "quotes.parquet").is_file()
    onrecord("pin", "invented@^1.0", "--registry", "out", cwd=tmp_path, **config)
    offline = ("download", "invented", "--lock", "onrecord.lock", "--offline")
    assert onrecord(*offline, cwd=tmp_path, **config).stdout.strip().endswith("1.0.0")
    onrecord("keygen", "other.key", cwd=tmp_path)
    onrecord("trust", "out", "other.key.pub", cwd=tmp_path, **config)
    config["ONRECORD_CACHE"] = str(tmp_path / "elsewhere")
    onrecord("download", "invented", "--registry", "out", cwd=tmp_path, code=1, **config)
    assert not list((tmp_path / "elsewhere").rglob("*.csv"))


def test_download_takes_what_is_asked_for(tmp_path: Path) -> None:
    collection(tmp_path / "seeds")
    onrecord("build", cwd=tmp_path)
    onrecord("release", "invented", "--version", "1.0.0", "--output", "out", cwd=tmp_path)
    wanted = ("--table", "quotes", "--format", "csv", "--to", "here")
    onrecord("download", "invented", "--registry", "out", "--cache", "cache", *wanted, cwd=tmp_path)
    assert [path.name for path in (tmp_path / "here" / "data").iterdir()] == ["quotes.csv"]
    again = onrecord("download", "invented", "--registry", "out", "--to", "here", cwd=tmp_path, code=1)
    assert "the folder exists" in again.stderr
