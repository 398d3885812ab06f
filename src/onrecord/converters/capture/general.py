"""Any publisher's captures: each field is read where its line says so, and left open elsewhere."""

from __future__ import annotations

from onrecord.converters.draft import Draft
from onrecord.converters.lines import Ledger


def read(draft: Draft, ledger: Ledger) -> None:
    """Read a capture into a draft."""
