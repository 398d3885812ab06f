"""`onrecord rules`: what is checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli import terminal

if TYPE_CHECKING:
    from onrecord.reports import Rule


def rules(
    code: Annotated[str | None, typer.Argument(help="One rule, in full; all by default.", show_default=False)] = None,
    *,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown, as in docs/rules.md.")] = False,
    check: Annotated[
        Path | None,
        typer.Option("--check", help="Exit with 1 unless this file holds the current Markdown.", show_default=False),
    ] = None,
) -> None:
    """List everything that is checked.

    Each finding has a code, how bad it is, and what it means; a single rule also says why it is looked
    for, what it looks like, and how to mend it.

    Example: onrecord rules keys-resolve
    """
    from difflib import get_close_matches

    from onrecord.cli.documents import current_or_print
    from onrecord.errors import OnrecordError

    known = every()
    if code is not None and code not in known:
        close = get_close_matches(code, known, n=1)
        hint = f"did you mean {close[0]!r}?" if close else "`onrecord rules` lists them"
        raise OnrecordError(f"no rule {code!r}", hint=hint)
    if markdown or check:
        current_or_print(document(known), check, "onrecord rules --markdown")
    elif code is not None:
        rule = known[code]
        cells = ("code", "severity", "title", "why", "example", "remedy")
        terminal.table("", ("", ""), ((cell, getattr(rule, cell)) for cell in cells))
    else:
        rows = ((rule.code, rule.severity, rule.title) for rule in known.values())
        terminal.table(f"{len(known)} rules", ("code", "severity", "meaning"), rows)


def every() -> dict[str, Rule]:
    """Return every rule by code, in order of code."""
    from onrecord import baselines, checks, converters, corrections, validation
    from onrecord.build.rules import RULES as BUILDS
    from onrecord.packages.rules import RULES as PACKAGES
    from onrecord.registry.rules import RULES as VERSIONS
    from onrecord.rehydrate.rules import RULES as FILLING
    from onrecord.releases.rules import RULES as RELEASES
    from onrecord.seeds.rules import RULES as SEEDS

    rooms = (checks, converters, corrections, baselines, validation)
    parts = (*(room.RULES for room in rooms), SEEDS, BUILDS, PACKAGES, VERSIONS, FILLING, RELEASES)
    found = {code: rule for part in parts for code, rule in part.items()}
    return {code: found[code] for code in sorted(found)}


def document(known: dict[str, Rule]) -> str:
    """Return the page docs/rules.md."""
    head = (
        "# Rules\n\nMade by `onrecord rules --markdown`. An error makes data invalid; a warning may; a note informs.\n"
    )
    return "\n".join([head, *map(_section, known.values())])


def _section(rule: Rule) -> str:
    return (
        f"## `{rule.code}`\n\n{rule.title} ({rule.severity}). {rule.why}\n\n"
        f"- Example: {rule.example}\n- Remedy: {rule.remedy}\n"
    )
