"""Make one release: judge the difference to the last good one, write the package aside, and list it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from onrecord import packages
from onrecord.errors import ReleaseError
from onrecord.packages.provenance import Origin
from onrecord.registry import Entry, Index, is_version, sort_key
from onrecord.registry.versions import NAME
from onrecord.releases import changelog
from onrecord.releases.history import History, history, text_of
from onrecord.releases.listing import alone, aside, may_sign, read_index, write_index
from onrecord.releases.rules import RULES
from onrecord.releases.staging import Staged, promise_of, stage
from onrecord.releases.verdicts import Level, Verdict, judge, next_version, raised, says_enough
from onrecord.reports import Issue, Report, Severity

if TYPE_CHECKING:
    from onrecord.archives import Promise
    from onrecord.registry import Registry
    from onrecord.signing import SecretKey

AUTO = "auto"
FIRST = "1.0.0"

Checker = Callable[[Path], Report]


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What was released, or with `dry_run` would be.

    Parameters
    ----------
    entry
        As it stands in the index; of the last good release where nothing differs from it.
    output
        The registry's folder.
    existed
        Whether it stood there before.
    base, verdict
        What it was compared with, and what differs; none for a first release.
    changelog
        The text of its `CHANGELOG.md`.
    issues
        What its maker should know.
    """

    entry: Entry
    output: Path
    existed: bool
    base: str | None = None
    verdict: Verdict = field(default_factory=Verdict)
    changelog: str = ""
    issues: tuple[Issue, ...] = ()

    @property
    def archive(self) -> Path:
        """The zip."""
        return self.output / self.entry.archive

    @property
    def folder(self) -> Path:
        """The loose package."""
        return self.output / self.entry.folder


def release(
    dataset: str | Path,
    *,
    version: str = AUTO,
    output: str | Path,
    check: Checker | None = None,
    key: SecretKey | None = None,
    origin: Origin | None = None,
    published: Registry | None = None,
    dry_run: bool = False,
) -> Release:
    """Release the dataset in a folder, into a registry's folder.

    Parameters
    ----------
    dataset
        A built package.
    version
        By Semantic Versioning, like 1.2.0; or `AUTO`: what follows from the difference to the last good release.
        With `AUTO` a dataset that does not differ from it is not released again.
    output
        The registry's folder; made when it is not there.
    check
        Returns findings about the package's folder; any error among them forbids the release. By default
        `onrecord.checks.check_tables`.
    key
        Signs the checksums and the index. A registry that was signed once is only changed with a key.
    origin
        Where the documents were read, for `provenance.json`; see `origin_of`.
    published
        The registry where earlier releases are to be had that are not in `output`.
    dry_run
        Do all but write into `output`.

    Raises
    ------
    ReleaseError
        The version is none, the package is not valid, the version exists with other bytes, or another
        process is releasing into the same folder.
    """
    if version != AUTO and not is_version(version):
        raise ReleaseError(f"{version!r} is no version", hint="write one like 1.2.0, or auto")
    place = Path(output)
    maker = _Maker(_checked(Path(dataset), check), place, key, origin or Origin(), published)
    if dry_run:
        with TemporaryDirectory(prefix="onrecord-release-") as staging:
            return maker.made(version, Path(staging))[0]
    place.mkdir(parents=True, exist_ok=True)
    with alone(place), aside(place) as staging:
        may_sign(place, key)
        made, title = maker.made(version, staging)
        return made if made.existed else _published(made, maker, staging, title)


@dataclass(frozen=True, slots=True)
class _Maker:
    package: packages.Package
    output: Path
    key: SecretKey | None
    origin: Origin
    published: Registry | None

    def made(self, version: str, staging: Path) -> tuple[Release, str]:
        """Decide on the version, and write it aside; return it with the dataset's title."""
        index = read_index(self.output)
        past = history(
            self.package.name, self.output, index, self.published, below=None if version == AUTO else version
        )
        verdict = Verdict() if past.folder is None else judge(past.folder, self.package.path)
        title = str(self.package.descriptor.get("title", self.package.name))
        if version == AUTO and past.base is not None and verdict.level is Level.NOTHING:
            same = Release(entry=past.base, output=self.output, existed=True, base=past.base.version)
            return same, title
        chosen = _version(past, verdict) if version == AUTO else version
        text = self._changelog(index, chosen, past, verdict, title)
        staged = stage(self.package, chosen, staging, self.key, Staged(self.origin, text))
        old = index.find(staged.name, chosen)
        _never_changes(staged, old, self.output)
        return Release(
            entry=staged if old is None else old,
            output=self.output,
            existed=old is not None,
            base=None if past.base is None else past.base.version,
            verdict=verdict,
            changelog=text,
            issues=(*_too_low(chosen, past, verdict), *_of_origin(self.origin)),
        ), title

    def _changelog(self, index: Index, version: str, past: History, verdict: Verdict, title: str) -> str:
        """Return the text as it stands in the version already, or a new one."""
        old = index.find(self.package.name, version)
        known = None if old is None else text_of([self.output / old.folder / changelog.FILE_NAME])
        if known is not None:
            return known
        if past.base is None or past.folder is None:
            newest = changelog.first_entry(version, self.package.descriptor)
            return changelog.changelog(title, newest, past.withdrawn, None)
        newest = changelog.entry(version, past.base.version, verdict)
        return changelog.changelog(title, newest, past.withdrawn, text_of([past.folder / changelog.FILE_NAME]))


def _version(past: History, verdict: Verdict) -> str:
    if past.base is None:
        return FIRST if sort_key(past.newest) < sort_key(FIRST) else raised(past.newest, Level.PATCH)
    return next_version(verdict, past.base.version, past.newest)


def _too_low(version: str, past: History, verdict: Verdict) -> Iterator[Issue]:
    if past.base is None or says_enough(verdict, past.base.version, version):
        return
    wanted = next_version(verdict, past.base.version, past.newest)
    why = verdict.reasons[0].text
    message = f"{version} tells readers too little: {why}, so that {wanted} follows {past.base.version}"
    yield RULES["version-too-low"].issue(message)


def _of_origin(origin: Origin) -> Iterator[Issue]:
    if origin.dirty:
        yield RULES["uncommitted-seeds"].issue(f"{origin.path} is not as committed in {str(origin.commit)[:12]}")
    if origin.shallow:
        yield RULES["shallow-clone"].issue(f"git has no full history of {origin.path}")


def _never_changes(staged: Entry, old: Entry | None, output: Path) -> None:
    if old is not None and replace(old, yanked=None, deleted=False) != staged:
        raise ReleaseError(
            f"{staged.spec} exists with other bytes",
            hint="a version never changes: release this as a new one",
            file=output / staged.archive,
        )


def _checked(folder: Path, check: Checker | None) -> packages.Package:
    package = packages.open_package(folder)
    if package.is_archive:
        raise ReleaseError("a release is made of a folder", hint="unpack the zip, or build the dataset", file=folder)
    if not NAME.fullmatch(package.name):
        raise ReleaseError(f"{package.name!r} cannot be a dataset's name", hint="use a-z, 0-9, '-', '_' and '.'")
    if package.descriptor.get("onrecord:rights", {}).get("body") == packages.REHYDRATED:
        raise ReleaseError("bodies were filled in: it is for its owner", hint="release the build itself", file=folder)
    report = package.verify()
    if report.valid:
        report = (check or _check_tables)(folder)
    for issue in report:
        if issue.severity is Severity.ERROR:
            raise _not_valid(issue, report.severities[Severity.ERROR] - 1, folder)
    return package


def _not_valid(issue: Issue, more: int, folder: Path) -> ReleaseError:
    rest = f" (and {more:,} more)" if more else ""
    hint = f"`onrecord validate {folder}` tells all"
    return ReleaseError(f"not valid: {issue.message} [{issue.code}]{rest}", hint=hint, file=issue.file)


def _check_tables(folder: Path) -> Report:
    from onrecord import checks

    report: Report = checks.check_tables(folder)
    return report


def _published(made: Release, maker: _Maker, staging: Path, title: str) -> Release:
    """Put what was written aside in its place, then list it."""
    _place(made.entry, staging, made.output)
    index = read_index(made.output)
    description = maker.package.descriptor.get("description")
    write_index(made.output, index.put(made.entry, title=title, description=description), maker.key)
    return made


def _place(entry: Entry, staging: Path, output: Path) -> None:
    """Move zip and folder to their places; what a killed release left there under no index is replaced."""
    (output / entry.name).mkdir(exist_ok=True)
    archive, folder = output / entry.archive, output / entry.folder
    if not _holds(archive, entry.promise):
        (staging / archive.name).replace(archive)
    packages.recover(folder)
    if not folder.is_dir() or packages.Package(folder, {"name": entry.name, "resources": []}).measure() != entry.files:
        packages.replace_folder(staging / entry.version, folder)
    for path in (output / entry.name, *(one for one in (folder, *folder.rglob("*")) if one.is_dir())):
        path.chmod(0o755)


def _holds(path: Path, promise: Promise) -> bool:
    return path.is_file() and promise_of(path) == promise
