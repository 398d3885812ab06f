"""What is surely right about the rows of some articles, told at one look.

Each answer is sound: where it says that all is right, nothing is to be found. It need not be complete: whatever is
not surely right is looked at by the rule itself, which finds the rows.
"""

from __future__ import annotations

from onrecord.checks.sure.cells import kept
from onrecord.checks.sure.clean import unclean
from onrecord.checks.sure.laws import unsure
from onrecord.checks.sure.marks import doubtful
from onrecord.checks.sure.rows import hides

__all__ = ["doubtful", "hides", "kept", "unclean", "unsure"]
