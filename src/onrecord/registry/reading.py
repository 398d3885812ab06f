"""Find a registry, read its index, and tell which version is meant."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from onrecord.errors import IntegrityError, PackageError, RegistryError
from onrecord.files import parse_json
from onrecord.registry import transport
from onrecord.registry.http import PATIENCE, AbsenceError, Patience
from onrecord.registry.index import FILE_NAME, Entry, Index, Listing, parse
from onrecord.registry.rules import RULES
from onrecord.registry.trust import trusted_key
from onrecord.registry.versions import Spec, sort_key
from onrecord.reports import Issue
from onrecord.signing import SUFFIX, PublicKey

ENVIRONMENT = "ONRECORD_REGISTRY"
MOST_INDEX = 64 << 20
MOST_SIGNATURE = 1 << 16


@dataclass(frozen=True, slots=True)
class Resolution:
    """The version that a spec means, and what its reader must know: `version-yanked`, one version or newer ones."""

    entry: Entry
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True)
class Registry:
    """A registry at `location`, a URL or a folder without the index's name; the index is read when first needed."""

    location: str
    patience: Patience = field(default=PATIENCE, repr=False)
    public_key: PublicKey | None = field(default=None, repr=False)

    @cached_property
    def index(self) -> Index:
        """The index, fetched once.

        Raises
        ------
        RegistryError
            It cannot be reached, or is no index.
        IntegrityError
            A key is known, and the index is not signed with it.
        """
        place = self.place(FILE_NAME)
        text = (
            self._signed() if self.public_key else transport.read_text(place, most=MOST_INDEX, patience=self.patience)
        )
        try:
            return parse(parse_json(text, place), file=place)
        except PackageError as error:
            raise RegistryError(error.message, hint="check the registry's address", file=place) from None

    def _signed(self) -> bytes:
        """Return the index's bytes, proved; asked for again where it was replaced between index and signature."""
        for left in reversed(range(3)):
            text = transport.read_text(self.place(FILE_NAME), most=MOST_INDEX, patience=self.patience)
            try:
                self._prove(text)
            except IntegrityError:
                if not left:
                    raise
            else:
                break
        return text

    def _prove(self, text: bytes) -> None:
        place = self.place(FILE_NAME)
        try:
            signature = transport.read_text(place + SUFFIX, most=MOST_SIGNATURE, patience=self.patience)
        except AbsenceError:
            hint = "do not use it: a signature was there, or you trusted a key for another registry"
            raise IntegrityError(
                "the index is not signed, and a key is trusted for it", hint=hint, file=place
            ) from None
        if self.public_key is not None:
            self.public_key.check(text, signature.decode("ascii", "replace"), file=place)

    @property
    def key(self) -> str:
        """A name for the registry's corner of the cache, the same for every way to write its address.

        >>> Registry("https://example.org/releases").key
        'example.org-ff148f8f05eb'
        """
        host = urlsplit(self.location).hostname if transport.is_url(self.location) else Path(self.location).name
        readable = re.sub(r"[^A-Za-z0-9.-]+", "-", host or "registry")[:40].strip(".-") or "registry"
        return f"{readable}-{hashlib.sha256(self.location.encode()).hexdigest()[:12]}"

    def place(self, path: str) -> str:
        """Return the URL or path of a file of the registry."""
        return transport.join(self.location, path)

    def resolve(self, spec: str | Spec) -> Resolution:
        """Return the newest version that a spec admits; a withdrawn one only when it is named exactly.

        Raises
        ------
        RegistryError
            No such dataset or version, or every one that fits is withdrawn.
        """
        wanted = Spec.parse(spec) if isinstance(spec, str) else spec
        listing = self.index.datasets.get(wanted.name)
        if listing is None:
            raise self._no_dataset(wanted.name)
        fitting = [entry for entry in listing.ordered if wanted.admits(entry.version)]
        if not fitting:
            raise self._no_version(wanted, listing)
        if wanted.is_exact and fitting[0].deleted:
            raise self._deleted(fitting[0])
        if wanted.is_exact:
            return Resolution(
                fitting[0], _told_of([entry for entry in fitting if entry.yanked is not None], self.location)
            )
        good = [entry for entry in fitting if entry.yanked is None]
        if not good:
            raise self._all_withdrawn(wanted, fitting)
        newer = [entry for entry in fitting if sort_key(entry.version) > sort_key(good[-1].version)]
        return Resolution(good[-1], _told_of(newer, self.location))

    def _deleted(self, entry: Entry) -> RegistryError:
        message = f"{entry.spec} was withdrawn, and its bytes are gone: {entry.yanked}"
        return RegistryError(message, hint=f"ask for {entry.name} alone to get the newest good one", file=self.location)

    def _all_withdrawn(self, wanted: Spec, fitting: list[Entry]) -> RegistryError:
        there = [entry for entry in fitting if not entry.deleted]
        hint = f"name one exactly to have it all the same: {there[-1].spec}" if there else "ask its publisher"
        message = f"every version of {wanted} is withdrawn: {fitting[-1].yanked}"
        return RegistryError(message, hint=hint, file=self.location)

    def _no_dataset(self, name: str) -> RegistryError:
        names = sorted(self.index.datasets)
        close = get_close_matches(name, names, n=1)
        listed = ", ".join(names[:10]) or "none"
        hint = f"did you mean {close[0]!r}?" if close else f"datasets here: {listed}"
        return RegistryError(f"no dataset {name!r}", hint=hint, file=self.location)

    def _no_version(self, wanted: Spec, listing: Listing) -> RegistryError:
        listed = ", ".join(entry.version for entry in listing.ordered[-10:][::-1]) or "none"
        return RegistryError(f"no version {wanted}", hint=f"versions of {wanted.name}: {listed}", file=self.location)


def _told_of(withdrawn: list[Entry], location: str) -> tuple[Issue, ...]:
    return tuple(
        RULES["version-yanked"].issue(f"{entry.spec} was withdrawn: {entry.yanked}", file=location)
        for entry in withdrawn
    )


def open_registry(
    place: str | Path | None = None, *, patience: Patience = PATIENCE, public_key: PublicKey | None = None
) -> Registry:
    """Return the registry at a URL, a folder or an `index.json`; by default the one that ONRECORD_REGISTRY names.

    Its index must be signed where a key is given, or kept for it by `trust`.

    Raises
    ------
    RegistryError
        No registry is given.

    Examples
    --------
    >>> open_registry("https://example.org/releases/index.json").location
    'https://example.org/releases'
    """
    given = os.environ.get(ENVIRONMENT) if place is None else str(place)
    if not given:
        raise RegistryError("no registry given", hint=f"name one, or set {ENVIRONMENT} to a URL or folder")
    given = transport.file_url_to_path(given).removesuffix(FILE_NAME)
    location = given.rstrip("/") if transport.is_url(given) else str(Path(given or ".").absolute())
    return Registry(location, patience, public_key or trusted_key(Registry(location).key))


def resolve(spec: str, *, registry: str | Path | Registry | None = None) -> Resolution:
    """Return the version that a spec means in a registry; see `Registry.resolve`."""
    found = registry if isinstance(registry, Registry) else open_registry(registry)
    return found.resolve(spec)
