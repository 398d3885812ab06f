"""The keys that `collection.toml` may have, and those that it must have."""

from __future__ import annotations

from onrecord.seeds.strict import Keys

KEYS: Keys = {
    (): {
        "name": str,
        "title": str,
        "description": str,
        "homepage": str,
        "keywords": list,
        "license": str,
        "citation": str,
        "contributors": list,
        "documents": dict,
        "rights": dict,
        "takedown": (list, dict),
        "expect": dict,
    },
    ("contributors",): {"title": str, "role": str, "path": str, "email": str},
    ("documents",): {
        "converter": str,
        "include": list,
        "publisher": str,
        "language": str,
        "time_zone": str,
        "options": dict,
    },
    ("rights",): {"license": str, "body": str, "quotes": str, "quote_words": int, "statement": str},
    ("expect",): {
        "articles": (int, dict),
        "quotes": (int, dict),
        "spans": (int, dict),
        "attributions": (int, dict),
        "speakers": (int, dict),
        "set_aside": (int, dict),
        "near_duplicates": (int, dict),
        "languages": list,
    },
}
HINTS = {
    ("name",): 'name = "the-name-of-the-folder"',
    ("title",): 'title = "…"',
    ("license",): 'license = "CC-BY-4.0", or what holds for the tables',
    ("documents",): "a line [documents]; what it says may stay open",
    ("rights",): "a line [rights], with license and body below",
    ("rights", "license"): 'license = "LicenseRef-unknown", or what holds for the texts',
    ("rights", "body"): 'body = "withheld", or "included" where the licence allows to publish the text',
}
"""What must be there, by key, and what to write."""
