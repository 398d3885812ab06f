from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import seeds
from onrecord.errors import CollectionError
from onrecord.seeds import descriptor
from onrecord.seeds.strict import line_of
from onrecord.seeds.template import TEMPLATE

GOOD = """\
name = "x"
title = "X"
license = "CC-BY-4.0"

[documents]
converter = "capture"
time_zone = "Europe/Paris"

[rights]
license = "LicenseRef-X"
body = "withheld"

[expect]
articles = 1
quotes = { min = 2 }
"""
FOLDER = Path("seeds/x")


def mistakes(text: str) -> list[tuple[int | None, str, str | None]]:
    _, issues = seeds.parse(text, FOLDER)
    return [(issue.line, issue.message, issue.hint) for issue in issues]


def test_a_good_descriptor_is_read() -> None:
    collection, issues = seeds.parse(GOOD, FOLDER)
    assert issues == []
    assert collection is not None
    assert collection.rights == seeds.Rights("LicenseRef-X", "withheld")
    assert collection.expectations.rows == {"articles": (1, 1), "quotes": (2, None)}
    assert collection.defaults.time_zone == "Europe/Paris"
    assert collection.defaults.license == "LicenseRef-X"


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "hint"),
    [
        ("title = ", "titel = ", 2, "unknown key 'titel'", "did you mean 'title'?"),
        ("converter = ", "convertor = ", 6, "unknown key 'convertor'", "did you mean 'converter'?"),
        ('"CC-BY-4.0"', '"cc-by-4.0"', 3, "'cc-by-4.0' is not how SPDX writes it", "did you mean 'CC-BY-4.0'?"),
        ('"CC-BY-4.0"', '"free"', 3, "'free' is no SPDX licence", None),
        ('"Europe/Paris"', '"Paris"', 7, "'Paris' is no IANA time zone", None),
        ('"Europe/Paris"', '"../../etc/passwd"', 7, "'../../etc/passwd' is no IANA time zone", None),
        ('"withheld"', '"hidden"', 11, "'hidden' is not a choice", "write 'included' or 'withheld'"),
        ('"X"', '""', 2, "'title' is empty", None),
        ("articles = 1", 'articles = "one"', 14, "'articles' must be a whole number or a table, not text", None),
        (
            "articles = 1",
            "articles = true",
            14,
            "'articles' must be a whole number or a table, not true or false",
            None,
        ),
        ("min = 2", "min = 2, max = 1", 15, "'quotes' is no range", None),
        ('name = "x"', 'name = "y"', 1, "name 'y' differs from the folder 'x'", None),
        ('name = "x"', 'name = "../x"', 1, "'../x' is no name", None),
        ("[documents]\n", '[documents]\ninclude = ["../*.txt"]\n', 6, "'../*.txt' leaves the collection", None),
        ("[documents]\n", "[documents]\ninclude = [1]\n", 6, "'include' must hold text only", None),
        ("[documents]\n", "[documnts]\n", 5, "unknown key 'documnts'", "did you mean 'documents'?"),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, line: int, message: str, hint: str | None) -> None:
    assert GOOD.count(old) == 1 or old in {'"X"', '"CC-BY-4.0"'}
    found = mistakes(GOOD.replace(old, new, 1))
    assert (line, message) in [(at, what) for at, what, _ in found]
    assert all(how for _, _, how in found)
    if hint:
        assert hint in [how for _, _, how in found]


def test_all_mistakes_are_found_at_once() -> None:
    found = mistakes('name = "x"\ntitel = "X"\n[rights]\nbody = "maybe"\n')
    assert {what for _, what, _ in found} == {
        "unknown key 'titel'",
        "missing key 'license'",
        "missing table [documents]",
        "missing key 'license' in [rights]",
        "'maybe' is not a choice",
    }


def test_broken_toml_names_its_line() -> None:
    [(line, message, _)] = mistakes('name = "x"\ntitle = \n')
    assert line == 2
    assert message.startswith("not TOML")


@pytest.mark.parametrize("value", ["1", "[1]", '"x"', "[[1]]", "{}", "1979-05-27", "nan"])
@pytest.mark.parametrize("key", ["name", "contributors", "documents", "rights", "expect", "keywords", "license"])
def test_no_value_of_any_type_is_a_crash(key: str, value: str) -> None:
    mistakes(f"{key} = {value}\n")


def test_the_line_of_a_key_in_an_array_of_tables() -> None:
    assert line_of('[[contributors]]\ntitle = "a"\n', ("contributors", "title")) == 2


def test_load_names_the_first_mistake_and_how_many_more(tmp_path: Path) -> None:
    (tmp_path / "collection.toml").write_text('titel = "X"\n')
    with pytest.raises(CollectionError) as error:
        seeds.load(tmp_path)
    assert error.value.line == 1
    assert error.value.hint is not None
    assert "more: `onrecord validate" in error.value.hint


def test_load_without_a_descriptor_says_how_to_start_one(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="no collection here") as error:
        seeds.load(tmp_path)
    assert error.value.hint == f"start one with `onrecord new {tmp_path.name}`"


def test_load_of_a_descriptor_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "collection.toml").write_bytes(b'name = "\xff"')
    with pytest.raises(CollectionError, match="not UTF-8"):
        seeds.load(tmp_path)


@pytest.mark.parametrize(
    ("line", "column", "message", "hint"),
    [
        ("title = My articles", 9, "invalid value", 'put text between quotation marks: title = "My articles"'),
        ("title: My articles", 6, "expected '='", 'write = after the key: title = "My articles"'),
        ("title = “Mine”", 9, "invalid value", 'use straight quotation marks: title = "Mine"'),
        ('title = "a "b" c"', 13, "expected newline", "end the text with the mark that it begins with"),
        (
            'title = "Mine',
            14,
            "a text has no end on its line",
            "end the text with the mark that it begins with",
        ),
        (r'title = "C:\data"', 14, "unescaped", r"write a backslash as \\, or put the text between ' and '"),
        ("title = ", 9, "invalid value", "write a value after title ="),
        ("just words", 6, "expected '='", "each line is key = value"),
        ('keywords = ["a"', None, "unclosed array", "close the list with ]"),
        ("day = 31/12/2024", 9, "expected newline", "write days as day = 2024-12-31, and instants as"),
        ('name = "y"', 1, "name stands there twice", "keep one of them"),
        ("[rights]\n[rights]", 1, "[rights] stands there twice", "keep one of them"),
        ("<<<<<<< HEAD", 1, "a merge left a conflict here", "keep one of the two sides"),
    ],
)
def test_what_is_no_toml_is_said_so_that_it_can_be_mended(
    line: str, column: int | None, message: str, hint: str
) -> None:
    _, (issue,) = seeds.parse(f'name = "x"\n{line}\n', FOLDER)
    assert issue.line == 2 + line.count("\n")
    assert issue.column == column
    assert message in issue.message
    assert " (at line" not in issue.message
    assert (issue.hint or "").startswith(hint)


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_bytes_that_are_no_text_are_found_at_their_place(tmp_path: Path, end: bytes) -> None:
    (tmp_path / "collection.toml").write_bytes('name = "x"\ntitle = "é'.encode().replace(b"\n", end) + b'\xe9"')
    _, (issue,) = seeds.check(tmp_path)
    assert (issue.line, issue.column, issue.value, issue.hint) == (2, 11, "byte 0xE9", "save the file as UTF-8")


def test_a_byte_order_mark_is_named(tmp_path: Path) -> None:
    (tmp_path / "collection.toml").write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    _, (issue,) = seeds.check(tmp_path)
    assert (issue.line, issue.column) == (1, 1)
    assert issue.message == "starts with a byte order mark, which TOML forbids"


def test_a_mistake_is_found_at_its_key_and_shows_its_value() -> None:
    _, (issue,) = seeds.parse(GOOD.replace('time_zone = "', '\ttime_zone = "x'), FOLDER)
    assert (issue.line, issue.column, issue.field, issue.value) == (7, 2, "documents.time_zone", '"xEurope/Paris"')


def test_a_new_collection_is_valid_as_written(tmp_path: Path) -> None:
    folder = seeds.create(tmp_path, "mine")
    assert seeds.load(folder).name == "mine"


def test_every_choice_that_the_template_shows_is_valid(tmp_path: Path) -> None:
    lines = TEMPLATE.format(name="mine").splitlines()
    taken = [line.removeprefix("# ") if "=" in line or line.startswith("# [") else line for line in lines]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "collection.toml").write_text("\n".join(taken))
    collection = seeds.load(tmp_path / "mine")
    assert collection.expectations.languages == ("en",)
    assert collection.contributors[0]["role"] == "author"


@pytest.mark.parametrize("name", ["", "Über", "a b", "../x", "-x", "a/b", "x" * 65])
def test_a_name_that_cannot_be_used_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(CollectionError, match="is no name"):
        seeds.create(tmp_path, name)
    assert list(tmp_path.iterdir()) == []


def test_a_collection_is_not_started_twice(tmp_path: Path) -> None:
    seeds.create(tmp_path, "x")
    (tmp_path / "x" / "collection.toml").write_text("mine")
    with pytest.raises(CollectionError, match="the collection exists"):
        seeds.create(tmp_path, "x")
    assert (tmp_path / "x" / "collection.toml").read_text() == "mine"


DIALECT = """
name = "x"
title = "X"
license = "CC0-1.0"
[rights]
license = "CC0-1.0"
body = "included"
[documents]
"""


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ('converter = "captur"', "no converter 'captur' is installed", "did you mean 'capture'?"),
        ('options = { profil = "lemonde" }', "unknown option 'profil'", "did you mean 'profile'?"),
        ('converter = "html"\noptions = { profile = "x" }', "unknown option 'profile'", "options are: capture_date"),
        ('converter = "csv"\noptions = { delimeter = ";" }', "unknown option 'delimeter'", "did you mean 'delimiter'?"),
        ('time_zone = "Europe/Pariss"', "'Europe/Pariss' is no IANA time zone", "did you mean 'Europe/Paris'?"),
    ],
)
def test_how_documents_are_read_is_checked_with_a_suggestion(line: str, message: str, hint: str) -> None:
    _, issues = descriptor.parse(DIALECT + line, Path("seeds/x"))
    assert [issue.message for issue in issues] == [message]
    assert hint in (issues[0].hint or "")
    assert issues[0].line == DIALECT.count("\n") + 1 + line.count("\n")


@pytest.mark.parametrize(
    "line", ['converter = "jsonl"\noptions = { columns = { body = "text" } }', "options = { explain = true }"]
)
def test_options_that_there_are_pass(line: str) -> None:
    assert descriptor.parse(DIALECT + line, Path("seeds/x"))[1] == []


def test_a_licence_is_suggested() -> None:
    _, issues = descriptor.parse(DIALECT.replace('"CC0-1.0"', '"CC-BY4"', 1), Path("seeds/x"))
    assert (issues[0].hint or "").startswith("did you mean 'CC-BY-4.0'?")


def test_a_key_that_is_misspelt_is_not_missing_too() -> None:
    _, issues = descriptor.parse(DIALECT.replace("title", "titel"), Path("seeds/x"))
    assert [issue.message for issue in issues] == ["unknown key 'titel'"]
