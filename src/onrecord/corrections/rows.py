"""`corrections.csv`: what readers put right, read strictly, and its rows written.

The columns are declared in `schemas/corrections.schema.json` and must all be there, in that order.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from difflib import get_close_matches
from typing import Literal, get_args

from onrecord import schemas
from onrecord.corrections.cells import Cell, scan
from onrecord.corrections.rules import FILE
from onrecord.records import AsideReason, FieldName, QuoteKind
from onrecord.reports import Issue

FILE_NAME = "corrections.csv"
Action = Literal["add", "change", "remove", "review"]
Table = Literal["quotes", "attributions", "speakers"]
SPEAKER = "speaker"
COLUMNS: dict[str, tuple[str, ...]] = {
    "quotes": ("text", "kind", "language"),
    "attributions": (
        *(SPEAKER, "source_text", "source_form", "cue_text", "addressee", "venue"),
        *("channel", "said_earliest", "said_latest"),
    ),
    "speakers": ("name", "kind", "description", "anonymity", "anonymity_reason", "wikidata_id"),
}
"""What can be put right, by table."""
Complaint = tuple[str, str, str]
"""The column at fault, what is wrong, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One row of `corrections.csv`; `line` is where it starts. An empty cell is None."""

    line: int = 0
    document: str
    action: Action
    quote: str
    field: FieldName | None = None
    prefix: str | None = None
    suffix: str | None = None
    table: Table
    column: str | None = None
    speaker: str | None = None
    old: str | None = None
    new: str | None = None
    reason: str
    evidence: str


def header() -> str:
    r"""Return the first line of the file.

    >>> header()[:26]
    'document,action,quote,fiel'
    """
    return ",".join(schemas.load("corrections").columns) + "\n"


def line(correction: Correction) -> str:
    r"""Return a correction as a line of the file; `read` gives it back.

    Examples
    --------
    >>> row = Correction(document="a.txt", action="review", quote="Yes, no", table="quotes", column="kind",
    ...                  old="direct", reason="heard it", evidence="recording")
    >>> line(row)
    'a.txt,review,"Yes, no",,,,quotes,kind,,direct,,heard it,recording\n'
    """
    cells = (getattr(correction, name) or "" for name in schemas.load("corrections").columns)
    return ",".join(_cell(text) for text in cells) + "\n"


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if re.search(r'[",\r\n]', text) else text


def read(data: bytes | str, file: str = FILE_NAME) -> tuple[list[Correction], list[Issue]]:
    """Return the rows that can be read, and every mistake at its line and column.

    Parameters
    ----------
    data
        The file; a byte order mark is skipped.
    file
        Its name, for findings.

    Examples
    --------
    >>> _, [issue] = read(header() + "a.txt,chagne,Yes,,,,quotes,kind,,direct,mixed,heard it,recording")
    >>> issue.line, issue.column, issue.message, issue.hint
    (2, 7, "'chagne' is no action", "did you mean 'change'?")
    """
    try:
        text = data if isinstance(data, str) else data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8", "replace")
        at = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
        return [], [_issue(file, *at, f"byte 0x{error.object[error.start]:02X} is not UTF-8", "save it as UTF-8")]
    records, fault = scan(text.removeprefix("\ufeff"))
    issues = [_issue(file, fault.line, fault.column, fault.message, fault.hint)] if fault else []
    if not records:
        return [], issues or [_issue(file, 1, 1, "the header is missing", f"start with {header().strip()}")]
    if mistakes := list(_header(records[0], file)):
        return [], mistakes + issues
    found = []
    for record in records[1:]:
        correction, mistakes = _row(record, file)
        issues += mistakes
        if correction is not None:
            found.append(correction)
    return found, sorted(issues, key=lambda issue: (issue.line or 0, issue.column or 0))


def _header(cells: list[Cell], file: str) -> Iterator[Issue]:
    wanted = schemas.load("corrections").columns
    names = [cell.text for cell in cells]
    if names == list(wanted):
        return
    if not set(names) & set(wanted):
        yield _strange(cells[0], file)
        return
    for cell in cells:
        if cell.text not in wanted:
            hint = _suggestion(cell.text, tuple(name for name in wanted if name not in names) or wanted)
            yield _issue(file, cell.line, cell.column, f"unknown column {cell.text!r}", hint)
    if missing := [name for name in wanted if name not in names]:
        yield _issue(file, 1, 1, f"missing column {missing[0]!r}", f"the header is {header().strip()}")
    if not missing and len(names) == len(set(names)):
        yield _issue(file, 1, 1, "the columns are not in order", f"the header is {header().strip()}")
    elif not missing:
        yield _issue(file, 1, 1, "two columns have one name", f"the header is {header().strip()}")


def _strange(first: Cell, file: str) -> Issue:
    """Return why a header has no column that there is: other separators, or no header at all."""
    for separator, word in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if first.text.startswith(f"document{separator}"):
            at = first.column + len("document")
            hint = "save it as CSV with commas: in a spreadsheet, 'CSV UTF-8 (comma delimited)'"
            return _issue(file, first.line, at, f"cells are parted by {word}, not by commas", hint)
    return _issue(file, first.line, 1, "the header is missing", f"start with {header().strip()}")


def _row(cells: list[Cell], file: str) -> tuple[Correction | None, list[Issue]]:
    names = schemas.load("corrections").columns
    if len(cells) != len(names):
        if len(cells) == 1 and CONFLICT.match(cells[0].text):
            hint = "keep one of the two sides, and remove the marks"
            return None, [_issue(file, cells[0].line, 1, "a merge left a conflict here", hint)]
        message = f"the row has {len(cells)} cell{'' if len(cells) == 1 else 's'}, not {len(names)}"
        hint = "put a cell that holds a comma in quotation marks; leave cells empty, not out"
        return None, [_issue(file, cells[0].line, cells[0].column, message, hint)]
    places = dict(zip(names, cells, strict=True))
    values = {name: cell.text or None for name, cell in places.items()}
    mistakes = list(_cells(values)) or list(_sense(values))
    if mistakes:
        return None, [
            _issue(file, places[name].line, places[name].column, message, hint) for name, message, hint in mistakes
        ]
    known = {each.name for each in fields(Correction)}
    return Correction(line=cells[0].line, **{k: v for k, v in values.items() if k in known}), []  # type: ignore[arg-type]


def _cells(values: dict[str, str | None]) -> Iterator[Complaint]:
    """Yield required cells that are empty, and values that are none of their column's."""
    for each in schemas.load("corrections").fields:
        value = values[each.name]
        if value is None and each.required:
            yield each.name, f"{each.name!r} is empty", f"write {each.description[:1].lower()}{each.description[1:]}"
        elif value is not None and each.required and not value.strip():
            yield each.name, f"{each.name!r} is blank", "write something that can be read"
        elif value is not None and each.values and value not in each.values:
            yield each.name, f"{value!r} is no {each.name}", _suggestion(value, each.values)


def _sense(values: dict[str, str | None]) -> Iterator[Complaint]:
    """Yield what does not go together in a row whose cells are each right."""
    action, table = str(values["action"]), str(values["table"])
    whole = table == "quotes" and action in ("add", "remove")
    if action in ("add", "remove") and table == "speakers":
        yield SPEAKER_ROW
    elif whole:
        yield from _empty(values, ("column", "speaker", "old") if action == "add" else ("column", "speaker"))
        yield from _whole(values, action)
    else:
        yield from _column(values, action, table)
        if table != "speakers":
            yield from _empty(values, ("speaker",))


CONFLICT = re.compile(r"<{7} |={7}$|>{7} |\|{7} ")
SPEAKER_ROW: Complaint = (
    "table",
    "a speaker comes and goes with what is attributed",
    f"add or remove with the table attributions and the column {SPEAKER}",
)


def _empty(values: dict[str, str | None], names: tuple[str, ...]) -> Iterator[Complaint]:
    for name in names:
        if values[name] is not None:
            yield name, f"{name!r} means nothing here", "leave the cell empty"


def _whole(values: dict[str, str | None], action: str) -> Iterator[Complaint]:
    kinds, reasons = get_args(QuoteKind), get_args(AsideReason)
    kind = "new" if action == "add" else "old"
    value = values[kind] or ""
    if value not in kinds:
        yield kind, f"{value!r} is no kind of quote", _suggestion(value, kinds)
    if action == "remove" and values["new"] not in (None, *reasons):
        yield "new", f"{values['new']!r} is no reason to set marks aside", _suggestion(str(values["new"]), reasons)


def _column(values: dict[str, str | None], action: str, table: str) -> Iterator[Complaint]:
    column, old, new = values["column"], values["old"], values["new"]
    if column not in COLUMNS[table]:
        yield "column", f"{table} has no {column!r} to put right", _suggestion(column or "", COLUMNS[table])
    elif action in ("add", "remove") and column != SPEAKER:
        yield "column", f"{column!r} cannot be added or removed", "write change, with an empty cell for none"
    elif action in ("remove", "review"):
        yield from _empty(values, ("new",))
        if action == "remove" and old is None:
            yield "old", "nobody is named to remove", "write the name of the speaker"
    elif action == "add":
        yield from _empty(values, ("old",))
        if new is None:
            yield "new", "nobody is named to add", "write the name of the speaker"
    elif old == new:
        yield "new", "old and new are the same", "write review, with new empty, to say that a value is right"
    else:
        yield from _value(table, column, new)


def _value(table: str, column: str, new: str | None) -> Iterator[Complaint]:
    """Yield why a value cannot stand in a column of a published table."""
    if column == SPEAKER:
        if new is None:
            yield "new", "nobody is named", "write remove, to take the speaker away"
        return
    declared = schemas.load(table)[column]
    if new is None and declared.required:
        yield "new", f"{column!r} cannot be empty", f"write {', '.join(declared.values) or 'a text'}"
    elif new is not None and declared.values and new not in declared.values:
        yield "new", f"{new!r} is no {column}", _suggestion(new, declared.values)
    elif new is not None and declared.pattern and not re.fullmatch(declared.pattern, new):
        yield "new", f"{new!r} is no {column}", f"its form is {declared.pattern}"
    elif new is not None and declared.type == "date" and not _is_day(new):
        yield "new", f"{new!r} is no day", "write one like 2024-03-01"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _suggestion(value: str, known: tuple[str, ...]) -> str:
    close = get_close_matches(value[:100], known, n=1)
    return f"did you mean {close[0]!r}?" if close else f"write one of {', '.join(known)}"


def _issue(file: str, row: int, column: int, message: str, hint: str) -> Issue:
    return FILE.issue(message, hint=hint, file=file, line=row, column=column, table="corrections")


def appended(data: bytes, row: Correction) -> bytes:
    r"""Return the bytes of a file with one row more; what stands there stays as it is, to the byte.

    Examples
    --------
    >>> row = Correction(document="a.txt", action="review", quote="Yes", table="quotes", column="kind",
    ...                  old="direct", reason="heard it", evidence="recording")
    >>> appended(b"", row).decode() == header() + line(row)
    True
    """
    before = data if data.strip() else header().encode()
    end = b"\r\n" if before.find(b"\r\n") == before.find(b"\n") - 1 >= 0 else b"\n"
    if not before.endswith((b"\n", b"\r")):
        before += end
    return before + line(row).encode().removesuffix(b"\n") + end
