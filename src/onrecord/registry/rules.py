"""Every kind of finding about versions in a registry."""

from __future__ import annotations

from onrecord.reports import rules

RULES = rules("""
version-yanked | W | A version was withdrawn | Its publisher says why; its bytes stay for those who pinned them.
    | a release with wrong speakers | use another version where you can
""")
