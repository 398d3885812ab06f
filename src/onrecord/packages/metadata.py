"""What a dataset says of itself, in the words of the Data Package standard."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

LICENSE_NAME = re.compile(r"[-a-zA-Z0-9._]+")
REHYDRATED = "rehydrated"
"""Said of the bodies of a package that its owner filled; such a package is never released."""
OPERATORS = frozenset({"AND", "OR", "WITH"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a dataset says of itself.

    Parameters
    ----------
    name, title, description, homepage, keywords
        As in the Data Package standard.
    license
        SPDX expression of the tables.
    version
        Null for a build that is not released.
    created
        An RFC 3339 instant, or null; never the clock's.
    contributors
        Each with `title`, and maybe `role`, `path`, `email`.
    sources
        Where the documents come from, each with `title`, and maybe `path`.
    citation
        How to cite, in one sentence; made from the rest where null.
    languages
        BCP-47 tags of the articles.
    documents
        How the documents are read: `converter`, `options`, `publisher`, `language`, `time_zone`; what
        rehydration needs where the reader has no collection.
    rights_license, rights_body, rights_quotes, rights_statement
        Of the articles' text: SPDX expression, whether bodies are in the tables, how far quotes are where not
        whole, and the same in words.
    tombstones
        Articles that were taken down: each with `article_id`, and maybe `reason`.
    """

    name: str
    title: str
    license: str
    description: str | None = None
    version: str | None = None
    created: str | None = None
    homepage: str | None = None
    keywords: tuple[str, ...] = ()
    contributors: tuple[Mapping[str, str], ...] = ()
    sources: tuple[Mapping[str, str], ...] = ()
    citation: str | None = None
    languages: tuple[str, ...] = ()
    documents: Mapping[str, Any] | None = None
    rights_license: str | None = None
    rights_body: Literal["included", "withheld"] = "included"
    rights_statement: str | None = None
    rights_quotes: str | None = None
    tombstones: tuple[Mapping[str, str], ...] = ()

    def to_descriptor(self) -> dict[str, Any]:
        """Return the package's properties, those without a value left out; what the standard lacks is prefixed.

        Examples
        --------
        >>> Metadata(name="x", title="X", license="CC0-1.0").to_descriptor()["licenses"]
        [{'name': 'CC0-1.0', 'path': 'https://spdx.org/licenses/CC0-1.0.html', 'title': 'CC0-1.0'}]
        """
        rights = {
            "license": self.rights_license,
            "body": self.rights_body,
            "quotes": self.rights_quotes,
            "statement": self.rights_statement,
        }
        properties = {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "version": self.version,
            "created": self.created,
            "homepage": self.homepage,
            "keywords": list(self.keywords),
            "licenses": licenses(self.license),
            "contributors": [_contributor(one) for one in self.contributors],
            "sources": [dict(one) for one in self.sources],
            "onrecord:citation": self.citation,
            "onrecord:languages": list(self.languages),
            "onrecord:documents": {key: value for key, value in (self.documents or {}).items() if value},
            "onrecord:rights": {key: value for key, value in rights.items() if value},
            "onrecord:tombstones": [dict(one) for one in self.tombstones],
        }
        return {key: value for key, value in properties.items() if value}


def licenses(expression: str) -> list[dict[str, str]]:
    """Return the licences that an SPDX expression names, in the standard's form.

    >>> [one["name"] for one in licenses("(MIT OR Apache-2.0) AND LicenseRef-Outlet")]
    ['MIT', 'Apache-2.0', 'LicenseRef-Outlet']
    """
    names = [name for name in LICENSE_NAME.findall(expression) if name not in OPERATORS]
    return [_license(name) for name in dict.fromkeys(names)]


def _license(name: str) -> dict[str, str]:
    if name.startswith("LicenseRef-"):
        return {"name": name, "title": name.removeprefix("LicenseRef-").replace("-", " ")}
    return {"name": name, "path": f"https://spdx.org/licenses/{name}.html", "title": name}


def _contributor(one: Mapping[str, str]) -> dict[str, Any]:
    """Version 2 of the standard has a list of `roles`."""
    rest = {key: value for key, value in one.items() if key != "role"}
    return {**rest, "roles": [one["role"]]} if "role" in one else rest
