"""What makes data valid: constraints of columns, keys, and the laws across rows and tables."""

from __future__ import annotations

from onrecord.checks.entries import check_days, check_entry
from onrecord.checks.folders import check_across, check_file, check_segment, check_tables
from onrecord.checks.hygiene import check_hygiene
from onrecord.checks.rules import RULES

__all__ = [
    "RULES",
    "check_across",
    "check_days",
    "check_entry",
    "check_file",
    "check_hygiene",
    "check_segment",
    "check_tables",
]
