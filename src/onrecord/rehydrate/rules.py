"""Every kind of finding about filling in what rights withhold."""

from __future__ import annotations

from onrecord.reports import rules

RULES = rules("""
copy-missing | W | None of your documents is the one of an article | Its text cannot be filled in. | a page you lack
    | add it; its name does not matter
body-differs | E | Another body comes out of the document | It cannot be proved to be the same text.
    | another version of a converter | use the version of onrecord, and the collection, that made the dataset
quote-differs | E | The words at a quote's place have not its hash | The package contradicts itself.
    | offsets changed by hand | fetch it again
""")
