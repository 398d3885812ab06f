"""`onrecord rules`: what is checked."""

from __future__ import annotations

from onrecord.cli import terminal


def rules() -> None:
    """List everything that is checked.

    Each finding has a code, how bad it is, and what it means.
    """
    from onrecord import checks

    rows = ((rule.code, rule.severity, rule.title) for rule in sorted(checks.RULES.values(), key=lambda r: r.code))
    terminal.table("", ("code", "severity", "meaning"), rows)
