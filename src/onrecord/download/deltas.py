"""The next version made of the last: pieces that are in the cache are copied, only the others are fetched.

Which pieces a file has is said by `chunks.json` in a release. Nothing rests on it but speed: every file that comes
out is proved against the index like any other, and where something does not fit the whole zip is fetched instead.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord import archives, files
from onrecord.archives import Promise
from onrecord.errors import IntegrityError, OnrecordError
from onrecord.packages import chunks, sums
from onrecord.registry.transport import fetch_file, fetch_range

if TYPE_CHECKING:
    from onrecord.packages.chunks import Chunk
    from onrecord.registry import Entry, Progress, Registry

WORTH = 0.7
"""The share of what is fetched otherwise that a difference may cost at most, to be worth its requests."""
MOST_RANGE = 8 << 20

Places = Mapping[str, tuple[Path, int]]
"""Where a piece stands in the cache, by its hash: in which file, from which byte."""


@dataclass(frozen=True, slots=True)
class Delta:
    """What it takes to make one version out of another that stands in `old`."""

    registry: Registry
    entry: Entry
    old: Path
    progress: Progress

    def build(self, folder: Path, paths: Collection[str], *, instead: int) -> bool:
        """Make files of the package in an empty folder; return False, and leave it empty, where that is not worth it.

        Parameters
        ----------
        folder
            Where to make them.
        paths
            The files.
        instead
            Bytes to be fetched without the old version; a difference must cost less.
        """
        try:
            if chunks.FILE_NAME not in paths:
                return False
            self._fetch(chunks.FILE_NAME, folder)
            pieces = chunks.read(folder / chunks.FILE_NAME)
            self._judge(pieces)
            pieces = {path: pieces[path] for path in paths if path in pieces}
            places = dict(self._places())
            if self._cost(pieces, places) <= WORTH * instead:
                self._build(folder, paths, pieces, places)
                return True
        except (OnrecordError, ValueError):
            pass
        shutil.rmtree(folder)
        folder.mkdir()
        return False

    def _judge(self, pieces: Mapping[str, list[Chunk]]) -> None:
        for path, listed in pieces.items():
            if path not in self.entry.files or sum(piece.size for piece in listed) != self.entry.files[path].bytes:
                raise ValueError(f"the pieces are not those of {path!r}")

    def _build(self, folder: Path, paths: Collection[str], pieces: Mapping[str, list[Chunk]], places: Places) -> None:
        total, done = self._cost(pieces, places), 0
        here = sums.parse_sums((self.old / sums.FILE_NAME).read_text(encoding="utf-8"))
        for path in sorted(paths):
            promise = self.entry.files[path]
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            if path in pieces:
                done += self._assemble(path, folder / path, pieces[path], places)
            elif here.get(path) == promise.sha256 and (self.old / path).is_file():
                shutil.copyfile(self.old / path, folder / path)
            elif path != chunks.FILE_NAME:
                self._fetch(path, folder)
            if total:
                self.progress(min(done, total), total)
            _prove(folder / path, promise)

    def _assemble(self, path: str, target: Path, pieces: list[Chunk], places: Places) -> int:
        """Write one file of pieces; return how many bytes were fetched for it."""
        fetched = 0
        url = self.registry.place(f"{self.entry.folder}/{path}")
        with target.open("wb") as file:
            for run in _runs(pieces, places):
                if run[0].digest in places:
                    file.write(_copied(run[0], places))
                    continue
                size = sum(piece.size for piece in run)
                file.write(fetch_range(url, run[0].start, size, patience=self.registry.patience))
                fetched += size
        return fetched

    def _fetch(self, path: str, folder: Path) -> None:
        url = self.registry.place(f"{self.entry.folder}/{path}")
        fetch_file(url, folder / path, self.entry.files[path], patience=self.registry.patience)

    def _places(self) -> Iterator[tuple[str, tuple[Path, int]]]:
        for path, pieces in chunks.read(self.old / chunks.FILE_NAME).items():
            if (self.old / path).is_file():
                yield from ((piece.digest, (self.old / path, piece.start)) for piece in pieces)

    @staticmethod
    def _cost(pieces: Mapping[str, list[Chunk]], places: Places) -> int:
        return sum(piece.size for listed in pieces.values() for piece in listed if piece.digest not in places)


def _runs(pieces: list[Chunk], places: Places) -> Iterator[list[Chunk]]:
    """Yield pieces that are here one by one, and those that are not in runs, each to be fetched at once."""
    run: list[Chunk] = []
    for piece in pieces:
        is_here = piece.digest in places
        if run and (is_here or sum(one.size for one in run) + piece.size > MOST_RANGE):
            yield run
            run = []
        if is_here:
            yield [piece]
        else:
            run.append(piece)
    if run:
        yield run


def _copied(piece: Chunk, places: Places) -> bytes:
    path, start = places[piece.digest]
    with path.open("rb") as file:
        file.seek(start)
        return file.read(piece.size)


def _prove(path: Path, promise: Promise) -> None:
    if Promise(path.stat().st_size, files.sha256_of(path)) != promise:
        raise IntegrityError("the pieces do not make the file that was promised", hint=archives.HINT, file=path)
