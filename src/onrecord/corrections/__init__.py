"""What readers put right in quotes, attributions and speakers: read from `corrections.csv`, applied to entries.

Rows are anchored by quoted words and not by offsets, and carry the old value, so that a correction whose
reason is gone is found out instead of doing harm.
"""

from __future__ import annotations

from onrecord.corrections.applying import Outcome, apply, concerns
from onrecord.corrections.naming import anchor
from onrecord.corrections.rows import (
    COLUMNS,
    FILE_NAME,
    SPEAKER,
    Action,
    Correction,
    Table,
    appended,
    header,
    line,
    read,
)
from onrecord.corrections.rules import RULES
from onrecord.corrections.values import label, value

__all__ = [
    "COLUMNS",
    "FILE_NAME",
    "RULES",
    "SPEAKER",
    "Action",
    "Correction",
    "Outcome",
    "Table",
    "anchor",
    "appended",
    "apply",
    "concerns",
    "header",
    "label",
    "line",
    "read",
    "value",
]
