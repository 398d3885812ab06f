"""Laws that surely hold: told by numbers, by which rows belong together, and by bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.checks.sure import rows, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from onrecord.checks.glances import Glances
    from onrecord.checks.laws import Law

    Check = Callable[[Glances], bool]

CHECKS: Mapping[tuple[str, str, tuple[str, ...]], Check] = {
    **rows.CHECKS,
    **texts.CHECKS,
}
"""For the code, the table and the tables of a law, what tells that it surely holds."""


def unsure(laws: Iterable[Law], glances: Glances, today: date | None) -> list[Law]:
    """Return the laws that may be broken somewhere in these rows."""
    if not all(glance.is_small for glance in glances.tables.values()):
        return list(laws)
    return [law for law in laws if not _holds(law, glances, today)]


def _holds(law: Law, glances: Glances, today: date | None) -> bool:
    if not glances[law.table].rows.num_rows:
        return True
    if law.code == "future-date":
        return today is None or rows.in_time(glances[law.table], today)
    check = CHECKS.get((law.code, law.table, law.tables))
    return check is not None and check(glances)
