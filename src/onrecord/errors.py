"""What stops the work.

Faults in data are `onrecord.reports.Issue`s and are collected; an exception here ends a command.
Every one carries what a person needs to act: what went wrong, where, and what to do.
"""

from __future__ import annotations

from pathlib import Path


class OnrecordError(Exception):
    """The root of every error raised on purpose.

    Parameters
    ----------
    message
        What is wrong, in one sentence.
    hint
        What the reader can do about it.
    file, line
        Where, when a file is at fault; lines count from 1.

    Examples
    --------
    >>> print(OnrecordError("unknown key 'languge'", hint="did you mean 'language'?", file="collection.toml", line=3))
    collection.toml:3: unknown key 'languge'
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        file: str | Path | None = None,
        line: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.file = None if file is None else str(file)
        self.line = line

    def __str__(self) -> str:
        where = "" if self.file is None else f"{self.file}:" if self.line is None else f"{self.file}:{self.line}:"
        return f"{where} {self.message}".strip()


class SchemaError(OnrecordError):
    """A table declaration is missing or contradicts itself."""


class LexiconError(OnrecordError):
    """A lexicon file is missing or malformed."""


class CollectionError(OnrecordError):
    """A collection folder or its descriptor cannot be used."""


class ConverterError(OnrecordError):
    """No converter fits, or a converter plug-in cannot be loaded."""


class BuildError(OnrecordError):
    """A dataset could not be built; the last good build is left as it was."""


class PackageError(OnrecordError):
    """A data package cannot be read or written."""


class ReleaseError(OnrecordError):
    """A release cannot be made."""


class RegistryError(OnrecordError):
    """A registry cannot be reached, or does not list what was asked for."""


class IntegrityError(OnrecordError):
    """Bytes are not the bytes that were promised: wrong hash or size, or an unsafe archive."""
