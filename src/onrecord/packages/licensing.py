"""`LICENSE`: what may be done with a package, part by part, and the licence's own words where they are known here.

The tables are one work, and the articles' text another, so that one file says for which part which licence holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any

FILE_NAME = "LICENSE"
RULE = "-" * 72


def license_text(descriptor: Mapping[str, Any]) -> str:
    """Return the text of `LICENSE` for a package, made from its descriptor.

    Examples
    --------
    >>> print(license_text({"name": "x", "title": "X", "licenses": [{"name": "LicenseRef-Own", "title": "Own"}]}))
    X
    <BLANKLINE>
    The tables: Own.
    <BLANKLINE>
    Rights may differ from row to row: in `articles`, the columns `license`, `body_rights` and `quote_rights` say
    what holds for the text of each article, for its body, and for the quotes from it.
    <BLANKLINE>
    """
    return "\n\n".join(_parts(descriptor)) + "\n"


def _parts(descriptor: Mapping[str, Any]) -> Iterator[str]:
    rights = descriptor.get("onrecord:rights", {})
    licenses = descriptor.get("licenses", ())
    yield str(descriptor.get("title", descriptor["name"]))
    if people := [one["title"] for one in descriptor.get("contributors", ()) if one.get("title")]:
        yield f"By {', '.join(people)}."
    yield f"The tables: {', '.join(_named(one) for one in licenses) or 'no licence is named'}."
    if rights.get("license"):
        yield f"The articles' text, where the tables hold any of it: {rights['license']}."
    if rights.get("statement"):
        yield str(rights["statement"])
    yield (
        "Rights may differ from row to row: in `articles`, the columns `license`, `body_rights` and `quote_rights` "
        "say\nwhat holds for the text of each article, for its body, and for the quotes from it."
    )
    for one in licenses:
        if words := words_of(one.get("name", "")):
            yield f"{RULE}\n{one['name']}\n{RULE}\n\n{words.rstrip()}"


def _named(one: Mapping[str, str]) -> str:
    title = one.get("name", one["title"]) if "path" in one else one["title"]
    return f"{title} ({one['path']})" if "path" in one else title


def words_of(name: str) -> str | None:
    """Return the words of a licence by its SPDX name; None where they are not known here.

    >>> words_of("CC0-1.0").splitlines()[2], words_of("../x"), words_of("MIT")
    ('CC0 1.0 Universal', None, None)
    """
    folder = resources.files("onrecord.packages") / "licenses"
    found = {one.name.removesuffix(".txt"): one for one in folder.iterdir()}
    return found[name].read_text(encoding="utf-8") if name in found else None
