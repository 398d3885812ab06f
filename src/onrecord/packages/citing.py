"""How to cite a dataset, for tools: `CITATION.cff` and `.zenodo.json`, both from its descriptor.

Zenodo reads `.zenodo.json` and then ignores `CITATION.cff`, so the two must never say different things.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CITATION_NAME = "CITATION.cff"
ZENODO_NAME = ".zenodo.json"
MESSAGE = "If you use this dataset, please cite it as below."


def citation_cff(descriptor: Mapping[str, Any]) -> str:
    """Return the dataset's Citation File Format 1.2.0 (https://citation-file-format.github.io).

    >>> print(citation_cff({"name": "x", "title": "X", "contributors": [{"title": "A. Bee"}]}), end="")
    cff-version: "1.2.0"
    message: "If you use this dataset, please cite it as below."
    type: "dataset"
    title: "X"
    authors:
    - name: "A. Bee"
    """
    lines = [f"{key}: {_yaml(value)}" for key, value in _simple(descriptor)]
    lines.append("authors:")
    for person in _people(descriptor):
        named = [(key, person[ours]) for key, ours in _NAMES if person.get(ours)]
        lines += [f"{'-' if not place else ' '} {key}: {_yaml(value)}" for place, (key, value) in enumerate(named)]
    if descriptor.get("keywords"):
        lines += ["keywords:", *(f"- {_yaml(word)}" for word in descriptor["keywords"])]
    return "\n".join(lines) + "\n"


_NAMES = (("family-names", "familyName"), ("given-names", "givenName"), ("name", "title"), ("email", "email"))


def zenodo_json(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    """Return what Zenodo asks of a dataset (https://developers.zenodo.org, deposit metadata)."""
    found: dict[str, Any] = {
        "upload_type": "dataset",
        "title": descriptor.get("title", descriptor["name"]),
        "description": descriptor.get("description") or descriptor.get("title", descriptor["name"]),
        "creators": [{"name": _full_name(person)} for person in _people(descriptor)],
    }
    if descriptor.get("version"):
        found["version"] = descriptor["version"]
    if license_name := _license(descriptor):
        found["license"] = license_name.lower()
    if descriptor.get("keywords"):
        found["keywords"] = list(descriptor["keywords"])
    if date := _date(descriptor):
        found["publication_date"] = date
    return found


def _simple(descriptor: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "cff-version", "1.2.0"
    yield "message", MESSAGE
    yield "type", "dataset"
    yield "title", descriptor.get("title", descriptor["name"])
    for key, value in (
        ("abstract", descriptor.get("description")),
        ("version", descriptor.get("version")),
        ("date-released", _date(descriptor)),
        ("license", _license(descriptor)),
        ("url", descriptor.get("homepage")),
    ):
        if value:
            yield key, value


def _people(descriptor: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the contributors; a person has family and given names instead of a title. Somebody must stand there."""
    people = [
        {key: value for key, value in one.items() if key != "title" or not one.get("familyName")}
        for one in descriptor.get("contributors", ())
        if one.get("title") or one.get("familyName")
    ]
    return people or [{"title": f"The makers of {descriptor.get('title', descriptor['name'])}"}]


def _full_name(person: Mapping[str, Any]) -> str:
    if person.get("familyName"):
        return ", ".join(part for part in (person["familyName"], person.get("givenName")) if part)
    return str(person["title"])


def _license(descriptor: Mapping[str, Any]) -> str | None:
    """Return the one SPDX licence of the tables, or None where there are several or one of our own naming."""
    names = [one.get("name", "LicenseRef-") for one in descriptor.get("licenses", ())]
    return names[0] if len(names) == 1 and not names[0].startswith("LicenseRef-") else None


def _date(descriptor: Mapping[str, Any]) -> str | None:
    created = descriptor.get("created")
    return created[:10] if created else None


def _yaml(text: str) -> str:
    """Write a string as YAML: as JSON does."""
    return json.dumps(text, ensure_ascii=False)
