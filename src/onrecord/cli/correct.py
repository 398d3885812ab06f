"""`onrecord correct`: put a quote, an attribution or a speaker right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli import terminal

if TYPE_CHECKING:
    from onrecord.corrections import Correction
    from onrecord.records import Article, Entry, Quote


class Action(StrEnum):
    """What a correction does."""

    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"
    REVIEW = "review"


class Table(StrEnum):
    """What a correction puts right."""

    QUOTES = "quotes"
    ATTRIBUTIONS = "attributions"
    SPEAKERS = "speakers"


def correct(  # noqa: PLR0913 -- options
    document: Annotated[Path, typer.Argument(help="A document in the folder of its collection.", show_default=False)],
    *,
    action: Annotated[Action | None, typer.Option("--action", help="What to do.", show_default=False)] = None,
    quote: Annotated[
        str | None,
        typer.Option("--quote", help="The quote, by its words or a part of them, or its number.", show_default=False),
    ] = None,
    table: Annotated[Table | None, typer.Option("--table", help="What is put right.", show_default=False)] = None,
    column: Annotated[str | None, typer.Option("--column", help="Which column of it.", show_default=False)] = None,
    speaker: Annotated[
        str | None, typer.Option("--speaker", help="Which speaker, where the quote has several.", show_default=False)
    ] = None,
    old: Annotated[
        str | None, typer.Option("--old", help="The old value. By default, what stands there.", show_default=False)
    ] = None,
    new: Annotated[str | None, typer.Option("--new", help="The right value; '' for none.", show_default=False)] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Why, in a sentence.", show_default=False)] = None,
    evidence: Annotated[
        str | None, typer.Option("--evidence", help="What shows it, such as an address.", show_default=False)
    ] = None,
) -> None:
    """Put right what a document says, or find it right.

    Shows the quotes, asks for what the options do not say, and writes one row into corrections.csv beside
    the document, once it is proved that it can be applied.

    Example: onrecord correct seeds/lemonde-en/page.txt --quote "the bridge" --action review
    """
    from onrecord import seeds
    from onrecord.errors import CollectionError

    home = seeds.home(document)
    if home is None or not document.is_file():
        hint = "name a document below a folder with a collection.toml"
        raise CollectionError("no document of a collection", hint=hint, file=document)
    entries = _entries(home, document)
    known = [(entry, one) for entry in entries for one in entry.extraction.quotes]
    given = {"action": action, "table": table, "column": column, "speaker": speaker, "old": old, "new": new}
    given |= {"reason": reason, "evidence": evidence}
    asked = _Asked({name: None if value is None else str(value) for name, value in given.items()}, known)
    row = asked.row(entries, quote)
    _write(home, next(entry for entry in entries if _is_of(row, entry.article)), row)


def _entries(home: Path, document: Path) -> list[Entry]:
    """Return what is read from a document, with the corrections that are there already."""
    from onrecord import seeds
    from onrecord.errors import CollectionError
    from onrecord.records import Document
    from onrecord.reports import Issue

    collection = seeds.load(home)
    before = seeds.corrected.load(collection)
    if before.issues:
        first = before.issues[0]
        raise CollectionError(first.message, hint=first.hint, file=home / str(first.file), line=first.line)
    path = document.resolve().relative_to(home).as_posix()
    found = seeds.convert(Document.of(path, document.read_bytes()), collection)
    outcomes = [seeds.corrected.read(one, before.rows) for one in found if not isinstance(one, Issue)]
    if not outcomes:
        raise CollectionError("no article can be read there", hint="run `onrecord convert` to see why", file=document)
    return [outcome.entry for outcome in outcomes]


def _is_of(row: Correction, article: Article) -> bool:
    from onrecord.corrections import concerns

    return concerns(row, article)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the options say, and what to ask for the rest."""

    given: dict[str, str | None]
    known: list[tuple[Entry, Quote]]

    def row(self, entries: list[Entry], words: str | None) -> Correction:
        """Return the correction that the options and the answers describe."""
        if words is None:
            _show(self.known)
        action = self.given["action"] or terminal.ask("What to do (add, change, remove, review)", "change", "--action")
        if words is None:
            which = "The words that are said" if self._is_new(action) else "Which quote (number, or words of it)"
            words = terminal.ask(which, option="--quote")
        cells: dict[str, Any] = {"action": action}
        if self._is_new(action):
            cells |= {"document": _name(entries, entries[0]), "quote": words, "table": "quotes"}
            cells["new"] = self.given["new"] or terminal.ask("Kind (direct, mixed, indirect)", "direct", "--new")
        else:
            entry, quote = self._meant(words)
            cells |= {"document": _name(entries, entry)} | _named(entry, quote)
            cells |= self._values(action, entry, quote)
        cells["reason"] = self.given["reason"] or terminal.ask("Why, in a sentence", option="--reason")
        cells["evidence"] = self.given["evidence"] or terminal.ask(
            "What shows it (an address, a recording, words)", option="--evidence"
        )
        return _read(cells)

    def _is_new(self, action: str) -> bool:
        return action == "add" and self.given["column"] is None and self.given["table"] in (None, "quotes")

    def _meant(self, words: str) -> tuple[Entry, Quote]:
        from onrecord.corrections.texts import flat
        from onrecord.errors import OnrecordError

        if words.isdigit() and 1 <= int(words) <= len(self.known):
            return self.known[int(words) - 1]
        fits = [(entry, quote) for entry, quote in self.known if flat(words) in flat(_text(entry, quote))]
        if len(fits) != 1:
            _show(self.known)
            message = f"{len(fits)} quotes of the document hold" if fits else "no quote of the document holds"
            hint = "give more words of it, or its number" if fits else "give words that stand in one, or its number"
            raise OnrecordError(f"{message} these words", hint=hint)
        return fits[0]

    def _values(self, action: str, entry: Entry, quote: Quote) -> dict[str, str | None]:
        table, column = self.given["table"], self.given["column"]
        if action == "remove" and column is None:
            reason = self.given["new"]
            if reason is None and quote.kind != "indirect":
                reason = terminal.ask(
                    "Why its quotation marks quote nobody (title, term, scare quote, ...)", "", "--new"
                )
            return {"table": "quotes", "old": quote.kind, "new": reason or None}
        column = column or ("speaker" if action in ("review", "add") else _column(entry, quote))
        table = table or _table(column)
        old = (
            self.given["old"]
            if self.given["old"] is not None
            else _now(entry, quote, table, column, self.given["speaker"])
        )
        new = self.given["new"]
        if action in ("change", "add") and new is None:
            new = terminal.ask(f"{column}, now {old or 'empty'!r}. The right value", "", "--new")
        return {
            "table": table,
            "column": column,
            "speaker": self.given["speaker"],
            "old": None if action == "add" else old or None,
            "new": new or None,
        }


def _now(entry: Entry, quote: Quote, table: str, column: str, speaker: str | None = None) -> str | None:
    """Return the value that stands there, None for none."""
    from onrecord import corrections

    chosen = [one for one in quote.attribution.speakers if speaker in (None, corrections.label(one))]
    if column == "speaker":
        return corrections.label(chosen[0]) if chosen else None
    if table == "speakers":
        return getattr(chosen[0], column, None) if chosen else None
    return corrections.value(entry.article, quote, table, column) if column in corrections.COLUMNS[table] else None


def _column(entry: Entry, quote: Quote) -> str:
    from onrecord import corrections

    for table, columns in corrections.COLUMNS.items():
        rows = [(column, _now(entry, quote, table, column)) for column in columns]
        terminal.table(table, ("column", "now"), rows)
    return terminal.ask("Which column", "speaker", "--column")


def _table(column: str) -> str:
    from onrecord import corrections
    from onrecord.errors import OnrecordError

    found = [table for table, columns in corrections.COLUMNS.items() if column in columns]
    if len(found) > 1:
        return terminal.ask(f"Of which table ({', '.join(found)})", found[0], "--table")
    if not found:
        known = [column for columns in corrections.COLUMNS.values() for column in columns]
        close = get_close_matches(column, known, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"columns: {', '.join(known)}"
        raise OnrecordError(f"no column {column!r} to put right", hint=hint)
    return found[0]


def _text(entry: Entry, quote: Quote) -> str:
    return (entry.article.text(quote.field) or "")[quote.start : quote.end]


def _show(known: list[tuple[Entry, Quote]]) -> None:
    from onrecord import corrections

    rows = (
        (
            number,
            quote.field,
            quote.kind,
            " and ".join(corrections.label(one) for one in quote.attribution.speakers),
            quote.attribution.review,
            _text(entry, quote),
        )
        for number, (entry, quote) in enumerate(known, 1)
    )
    terminal.table("", ("#", "field", "kind", "speaker", "review", "quote"), rows, lines=True)


def _name(entries: list[Entry], entry: Entry) -> str:
    """Return by what a row names an article: the document's path, or the key where it has several articles."""
    from onrecord.tables.ids import article_id

    same = [one for one in entries if one.article.seed_path == entry.article.seed_path]
    return entry.article.seed_path if len(same) == 1 else article_id(entry.article.seed_sha256)


def _named(entry: Entry, quote: Quote) -> dict[str, str]:
    from onrecord import corrections

    return corrections.anchor(entry.article, entry.extraction.quotes, quote)


def _read(cells: dict[str, Any]) -> Correction:
    """Return the row as a build will read it.

    Raises
    ------
    OnrecordError
        It means nothing.
    """
    from onrecord import corrections
    from onrecord.errors import OnrecordError

    rows, issues = corrections.read(corrections.header() + corrections.line(corrections.Correction(**cells)))
    if issues:
        raise OnrecordError(issues[0].message, hint=issues[0].hint)
    return rows[0]


def _write(home: Path, entry: Entry, row: Correction) -> None:
    """Prove that a row applies and breaks no law, then append it; the file is replaced whole."""
    from onrecord import checks, corrections, files
    from onrecord.reports import Report, Severity

    outcome = corrections.apply(entry, [row])
    broken = [one for one in checks.check_entry(outcome.entry) if one.severity is Severity.ERROR]
    if outcome.issues or broken:
        file = str(home / entry.article.seed_path)
        found = [replace(one, file=file, line=None, column=None) for one in (*outcome.issues, *broken)]
        terminal.findings(Report(found))
        typer.echo("Nothing was written.", err=True)
        raise typer.Exit(1)
    path = home / corrections.FILE_NAME
    before = path.read_bytes() if path.exists() else b""
    files.write_whole(path, corrections.appended(before, row))
    typer.echo(corrections.line(row), nl=False)
    typer.echo(f"Written to {path}.", err=True)
