"""A lock file: which versions a paper or program was made with, to the byte.

For each dataset it keeps version, registry and the SHA-256 of the package's `SHA256SUMS`, which lists every
other file. Whoever loads by the lock has these bytes or an error, wherever they come from.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord import archives, files
from onrecord.errors import IntegrityError, PackageError, RegistryError
from onrecord.packages import sums
from onrecord.registry import Entry, Registry, Spec, is_version, open_registry
from onrecord.registry.transport import read_promised

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILE_NAME = "onrecord.lock"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Pin:
    """One dataset as it was pinned: `sha256` is the hash of its `SHA256SUMS`."""

    version: str
    registry: str
    sha256: str

    def prove(self, folder: Path) -> None:
        """Prove that a package's folder is the one that was pinned.

        Raises
        ------
        IntegrityError
            It is another, or has no checksums.
        """
        path = folder / sums.FILE_NAME
        if not path.is_file() or files.sha256_of(path) != self.sha256:
            raise _other(folder.name, folder)

    def prove_entry(self, registry: Registry, entry: Entry) -> None:
        """Prove that an index lists the version that was pinned, file by file.

        Raises
        ------
        IntegrityError
            It lists another, or none of its checksums.
        """
        promise = entry.files.get(sums.FILE_NAME)
        place = registry.place(f"{entry.folder}/{sums.FILE_NAME}")
        listed = {path: one.sha256 for path, one in entry.files.items() if path not in sums.UNLISTED}
        if promise is None or promise.sha256 != self.sha256:
            raise _other(entry.version, place)
        if sums.parse_sums(read_promised(place, promise, patience=registry.patience).decode("utf-8")) != listed:
            raise IntegrityError(f"{sums.FILE_NAME} and the index disagree", hint=archives.HINT, file=place)


def _other(version: str, place: str | Path) -> IntegrityError:
    return IntegrityError(
        f"{version} is not the one that was pinned",
        hint="the registry changed it since; ask its publisher, or pin the version that is there now",
        file=place,
    )


def pin(
    specs: Iterable[str], *, registry: str | Path | Registry | None = None, path: str | Path = FILE_NAME
) -> dict[str, Pin]:
    """Write down which versions the specs mean now, beside what the lock file holds already; return all pins.

    Raises
    ------
    RegistryError
        The registry cannot be reached, or has no such dataset or version, or the release has no checksums.
    """
    place = Path(path)
    found = registry if isinstance(registry, Registry) else open_registry(registry)
    pins = read_pins(place) if place.exists() else {}
    for spec in specs:
        entry = found.resolve(spec).entry
        if sums.FILE_NAME not in entry.files:
            raise RegistryError(
                f"{entry.spec} has no {sums.FILE_NAME}", hint="it cannot be pinned", file=found.location
            )
        pins[entry.name] = Pin(entry.version, found.location, entry.files[sums.FILE_NAME].sha256)
    datasets = {name: asdict(pins[name]) for name in sorted(pins)}
    files.write_whole(place, files.to_json({"format": FORMAT, "datasets": datasets}).encode())
    return pins


def read_pins(path: Path) -> dict[str, Pin]:
    """Return the pins of a lock file by dataset.

    Raises
    ------
    PackageError
        There is no such file, or it is no lock file.
    """
    try:
        value = files.read_json(path, most=1 << 20)
        if value["format"] != FORMAT:
            raise PackageError(
                f"format {value['format']}, this version reads {FORMAT}", hint="upgrade onrecord", file=path
            )
        return {Spec.parse(name).name: _pin(one) for name, one in value["datasets"].items()}
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise PackageError(f"no lock file: {error}", hint="make it anew: onrecord pin", file=path) from None


def pinned(wanted: Spec, path: Path) -> Pin:
    """Return the pin of the dataset that is wanted.

    Raises
    ------
    RegistryError
        The dataset is not in the lock file, or at a version that is not wanted.
    """
    pins = read_pins(path)
    found = pins.get(wanted.name)
    if found is None:
        raise RegistryError(
            f"{wanted.name!r} is not pinned", hint=f"pinned are: {', '.join(pins) or 'none'}", file=path
        )
    if wanted.wanted is not None and not wanted.admits(found.version):
        raise RegistryError(f"{wanted} is wanted, and {found.version} pinned", hint="ask for the name alone", file=path)
    return found


def _pin(value: Mapping[str, Any]) -> Pin:
    made = Pin(value["version"], value["registry"], value["sha256"])
    if not all(isinstance(one, str) for one in asdict(made).values()) or not is_version(made.version):
        raise ValueError("a pin has a version, a registry and a hash")
    return made
