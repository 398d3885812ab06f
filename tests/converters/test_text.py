from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.converters import text
from onrecord.records import Document
from onrecord.reports import Severity


def decoded(data: bytes, encoding: str | None = None) -> text.Decoded:
    return text.decode(Document.of("a.txt", data), encoding=encoding)


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_say_why_not(data: bytes) -> None:
    result = decoded(data)
    assert result.text is not None or any(issue.severity is Severity.ERROR for issue in result.issues)
    if result.text is not None:
        assert result.text.strip()
        assert "\r" not in result.text
        assert "\0" not in result.text
        result.text.encode()


@given(st.binary(max_size=300))
def test_places_lie_in_the_file(data: bytes) -> None:
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    for issue in decoded(data).issues:
        if issue.line is not None:
            assert 1 <= issue.line <= len(lines) + data.count(b"\x0d") + data.count(b"\x0a")
            assert issue.column is not None
            assert issue.column >= 1


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1))
def test_utf8_without_controls_comes_out_as_it_is(content: str) -> None:
    if content.strip() and not content.startswith("\ufeff"):
        assert decoded(content.encode()).text == content


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        (b"", "empty-document", 1, 1),
        (b"ok\r\nna\xefv\xc3\xa9\xff", "invalid-utf-8", 2, 3),
        (b"a\rb\rx\xed\xb0\x80", "lone-surrogate", 3, 2),
        (b"one\ntw\0o", "nul-character", 2, 3),
        (b"%PDF-1.7", "binary-document", 1, 1),
        (bytes(range(256)), "binary-document", 3, 115),
        ("\ufeff".encode() + b"ab\xff", "invalid-utf-8", 1, 3),
    ],
)
def test_damage_is_named_with_its_place(data: bytes, code: str, line: int, column: int) -> None:
    result = decoded(data)
    assert result.text is None
    assert (result.issues[-1].code, result.issues[-1].line, result.issues[-1].column) == (code, line, column)
    assert result.issues[-1].hint


@pytest.mark.parametrize("size", [text.MAX_LINE + 1, 50_000_000])
def test_a_line_without_end_is_refused(size: int) -> None:
    data = b"ok\n" + b"x" * size
    result = decoded(data)
    assert [(issue.code, issue.line) for issue in result.issues] == [("line-too-long", 2)]


def test_a_document_without_end_is_refused() -> None:
    assert decoded(b"a line of text\n" * 1_200_000).issues[0].code == "document-too-large"


def test_a_stated_encoding_is_believed() -> None:
    assert decoded("Привет, мир".encode("cp1251"), "cp1251").text == "Привет, мир"
    assert decoded(b"text", "no-such").issues[0].code == "encoding-unknown"
    assert decoded(b"\x81", "cp1252").issues[0].code == "invalid-encoding"


def test_another_script_in_eight_bits_is_no_western_text() -> None:
    assert decoded("Привет, мир. Сегодня дождь.".encode("cp1251")).text is None
    assert decoded("Il a plu à Lyon, et l’été s’est arrêté".encode("cp1252")).issues[0].code == "encoding-guessed"
