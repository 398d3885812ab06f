"""Why a correction is not applied, on its way to becoming a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.corrections.rows import Correction
    from onrecord.reports import Issue, Rule


class Refusal(Exception):  # noqa: N818 -- an outcome, caught where corrections are applied
    """A correction cannot be applied: the rule that it breaks, and what to say."""

    def __init__(
        self,
        rule: Rule,
        message: str,
        *,
        hint: str | None = None,
        value: str | None = None,
        expected: str | None = None,
    ) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.hint = hint
        self.value = value
        self.expected = expected

    def issue(self, correction: Correction, file: str) -> Issue:
        """Return the finding, at the line of the correction."""
        return self.rule.issue(
            self.message,
            file=file,
            line=correction.line,
            table=correction.table,
            field=correction.column,
            value=self.value,
            expected=self.expected,
            **({"hint": self.hint} if self.hint else {}),
        )
