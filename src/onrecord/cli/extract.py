"""`onrecord extract`: the quotes of any plain text."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli.options import LanguageOption, ZoneOption

if TYPE_CHECKING:
    from onrecord.records import Extraction


class Form(StrEnum):
    """How quotes are printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"


def extract(
    path: Annotated[
        str, typer.Argument(metavar="PATH|-", help="A plain text, or a JSONL file; '-' reads standard input.")
    ],
    *,
    form: Annotated[
        Form, typer.Option("--format", help="A table, one JSON array, or one JSON object a line.")
    ] = Form.TABLE,
    language: LanguageOption = "en",
    published: Annotated[
        datetime | None,
        typer.Option(
            "--published",
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M%z", "%Y-%m-%dT%H:%M:%S%z"],
            metavar="DATE",
            help="When it was published, for 'on Monday': a day like 2024-03-01, or an instant like 2024-03-01T10:51.",
            show_default=False,
        ),
    ] = None,
    time_zone: ZoneOption = None,
    min_confidence: Annotated[
        float, typer.Option("--min-confidence", min=0, max=1, help="Leave less certain quotes out.")
    ] = 0.0,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Show each quote in its sentence, with the rule, and marks set aside with the reason."
        ),
    ] = False,
) -> None:
    """Print who said what in a text.

    Each quote comes with its content, cue, source and speaker, and how we know.

    A JSONL file has one document a line, with `id`, `text` and, if not English, `language`. Offsets
    count code points of the text.

    Example: onrecord extract article.txt --format jsonl
    """
    from onrecord.cli import quotes

    when = quotes.instant(published, time_zone)
    results = (
        (document, quotes.read(document, when, time_zone, min_confidence)) for document in _documents(path, language)
    )
    if explain:
        quotes.explain(results)
    elif form is Form.TABLE:
        quotes.table(results)
    elif form is Form.JSONL:
        for document, extraction in results:
            typer.echo(json.dumps(_line(document, extraction), ensure_ascii=False))
    else:
        typer.echo(json.dumps([_line(*pair) for pair in results], ensure_ascii=False, indent=2))


def _line(document: dict[str, Any], extraction: Extraction) -> dict[str, Any]:
    from onrecord.cli import quotes

    return {"id": document["id"], "quotes": [quotes.plain(document["text"], quote) for quote in extraction.quotes]}


def _documents(path: str, language: str) -> Iterator[dict[str, Any]]:
    """Yield documents with `id`, `text` and `language`."""
    from onrecord.errors import OnrecordError

    data = sys.stdin.buffer.read() if path == "-" else None
    name = "-" if path == "-" else Path(path).name
    if name.endswith((".jsonl", ".ndjson")) or (data is not None and data.lstrip().startswith(b'{"')):
        with io.BytesIO(data) if data is not None else Path(path).open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield {"language": language, **_document(line, path, number)}
        return
    try:
        text = (Path(path).read_bytes() if data is None else data).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise OnrecordError(f"not UTF-8 at byte {error.start}", hint="save the text as UTF-8", file=path) from None
    yield {"id": name, "text": text.replace("\r\n", "\n").replace("\r", "\n"), "language": language}


def _document(line: bytes, path: str, number: int) -> dict[str, Any]:
    from onrecord.errors import OnrecordError
    from onrecord.files import from_json

    try:
        document = from_json(line.decode("utf-8"))
    except ValueError as error:
        raise OnrecordError(f"not JSON: {error}", hint="one JSON object a line", file=path, line=number) from None
    if not isinstance(document, dict) or not isinstance(document.get("text"), str) or "id" not in document:
        hint = 'each line needs "id" and "text"'
        raise OnrecordError("no document on this line", hint=hint, file=path, line=number)
    return {key: document[key] for key in ("id", "text", "language") if document.get(key) is not None}
