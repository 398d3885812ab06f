"""`index.json`: the datasets and versions of a registry, with sizes and hashes of all that a client fetches.

The form is fixed by `index.schema.json` beside this module, which every registry also holds. An index is
untrusted: `parse` takes nothing from it that has not the declared form.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Any

from onrecord.archives import Promise, unsafe
from onrecord.errors import RegistryError
from onrecord.registry.versions import NAME, is_version, sort_key

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_NAME = "index.json"
SCHEMA_NAME = "index.schema.json"
FORMAT = 1
HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One released version of one dataset.

    `folder` and `archive` are paths in the registry; `files` are paths in the package. `tables` gives rows
    and the hash of the logical content. `yanked` is the reason why the version was withdrawn; `deleted` tells
    that its bytes are gone, too.
    """

    name: str
    version: str
    folder: str
    archive: str
    promise: Promise
    files: Mapping[str, Promise] = field(repr=False)
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False)
    yanked: str | None = None
    deleted: bool = False

    @property
    def spec(self) -> str:
        """The name and version, as a reader writes them."""
        return f"{self.name}@{self.version}"

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        found: dict[str, Any] = {
            "folder": self.folder,
            "archive": {"path": self.archive, "bytes": self.promise.bytes, "sha256": self.promise.sha256},
            "files": {path: {"bytes": one.bytes, "sha256": one.sha256} for path, one in sorted(self.files.items())},
            "tables": {table: dict(facts) for table, facts in self.tables.items()},
        }
        if self.yanked is not None:
            found["yanked"] = self.yanked
        return {**found, "deleted": True} if self.deleted else found


@dataclass(frozen=True, slots=True)
class Listing:
    """One dataset of a registry, with its versions."""

    name: str
    title: str
    description: str | None = None
    versions: Mapping[str, Entry] = field(default_factory=dict)

    @property
    def ordered(self) -> list[Entry]:
        """The versions, oldest first."""
        return [self.versions[version] for version in sorted(self.versions, key=sort_key)]


@dataclass(frozen=True, slots=True)
class Index:
    """The datasets of a registry by name; `serial` counts its changes, so that an old index is known as one."""

    datasets: Mapping[str, Listing] = field(default_factory=dict)
    serial: int = 0

    def find(self, name: str, version: str) -> Entry | None:
        """Return one version of one dataset, or None."""
        listing = self.datasets.get(name)
        return None if listing is None else listing.versions.get(version)

    def put(self, entry: Entry, *, title: str, description: str | None = None) -> Index:
        """Return an index in which `entry` stands, new or in place of the one with its name and version."""
        old = self.datasets.get(entry.name, Listing(entry.name, title))
        new = Listing(entry.name, title, description, {**old.versions, entry.version: entry})
        return Index({**self.datasets, entry.name: new}, self.serial + 1)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form: names sorted, versions oldest first."""
        datasets = {name: _listing_to_dict(self.datasets[name]) for name in sorted(self.datasets)}
        return {"$schema": SCHEMA_NAME, "format": FORMAT, "serial": self.serial, "datasets": datasets}


def _listing_to_dict(listing: Listing) -> dict[str, Any]:
    found: dict[str, Any] = {"title": listing.title}
    if listing.description:
        found["description"] = listing.description
    return {**found, "versions": {entry.version: entry.to_dict() for entry in listing.ordered}}


def json_schema() -> bytes:
    """Return the JSON Schema of an index."""
    return (resources.files("onrecord.registry") / SCHEMA_NAME).read_bytes()


def parse(value: Any, *, file: str) -> Index:
    """Read an index from its JSON form; `file` names it in an error.

    Raises
    ------
    RegistryError
        The value has not the form of an index, or the index is of a later format.
    """
    try:
        if value["format"] != FORMAT:
            raise RegistryError(
                f"the index has format {str(value['format'])[:20]}, this version reads {FORMAT}",
                hint="upgrade onrecord",
                file=file,
            )
        datasets = {_name(name): _listing(name, one) for name, one in value["datasets"].items()}
        return Index(datasets, _size(value["serial"]))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise RegistryError(f"no registry index: {error}", hint="check the registry's address", file=file) from None


def _name(name: str) -> str:
    if not NAME.fullmatch(name):
        raise ValueError(f"{name[:100]!r} is no name of a dataset")
    return name


def _listing(name: str, value: Any) -> Listing:
    versions = {version: _entry(name, version, one) for version, one in value["versions"].items()}
    return Listing(name, _text(value["title"]), _optional(value, "description"), versions)


def _entry(name: str, version: str, value: Any) -> Entry:
    if not is_version(version):
        raise ValueError(f"{version[:100]!r} is no version")
    return Entry(
        name=name,
        version=version,
        folder=_path(value["folder"]),
        archive=_path(value["archive"]["path"]),
        promise=_promise(value["archive"]),
        files={_path(path): _promise(one) for path, one in value["files"].items()},
        tables={_text(table): dict(facts) for table, facts in value.get("tables", {}).items()},
        yanked=_optional(value, "yanked"),
        deleted=value.get("deleted") is True,
    )


def _promise(value: Any) -> Promise:
    digest = _text(value["sha256"])
    if len(digest) != 64 or not HEX.issuperset(digest):
        raise ValueError("a hash has not the form of one")
    return Promise(_size(value["bytes"]), digest)


def _size(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("a number has not the form of one")
    return value


def _path(value: Any) -> str:
    if reason := unsafe(_text(value)):
        raise ValueError(f"the path {value[:100]!r} {reason}")
    return str(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    return value


def _optional(value: Any, key: str) -> str | None:
    return None if value.get(key) is None else _text(value[key])
