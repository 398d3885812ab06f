"""Releases are brought to where others read them: a folder, a store in memory, and a real S3 server on loopback."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import fsspec
import pytest
from command import onrecord

import onrecord.download as downloads
from onrecord import files, packages, releases
from onrecord.errors import IntegrityError, OnrecordError, RegistryError, ReleaseError
from onrecord.registry import Entry, Index, Listing, Registry, open_registry
from onrecord.releases.merging import merge
from onrecord.releases.publishing import publish
from onrecord.reports import Report
from onrecord.signing import SecretKey

Writer = Callable[..., Path]
BUCKET = "releases-of-the-daily-invention"


def good(_: Path) -> Report:
    return Report()


def release(dataset: Path, output: Path, version: str = "1.0.0", key: SecretKey | None = None) -> releases.Release:
    return releases.release(dataset, version=version, output=output, check=good, key=key)


def contents(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    named = {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
    return {path: data for path, data in named.items() if not path.startswith(".")}


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """Run an S3 server, and give its address."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make a place of its own in a bucket, and give its URL; the settings are those that AWS documents."""
    settings = {
        "AWS_ACCESS_KEY_ID": "invented",
        "AWS_SECRET_ACCESS_KEY": "invented",
        "AWS_ENDPOINT_URL": s3,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    fs = fsspec.filesystem("s3", skip_instance_cache=True)
    if not fs.exists(BUCKET):
        fs.mkdir(BUCKET)
    return f"s3://{BUCKET}/{uuid4().hex}"


@pytest.fixture(params=["folder", "folders of a store", "memory", pytest.param("s3", marks=pytest.mark.slow)])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "folder":
        return str(tmp_path / "public")
    if request.param == "folders of a store":
        return f"local://{tmp_path}/store"
    if request.param == "memory":
        return f"memory://{uuid4().hex}/releases"
    return str(request.getfixturevalue("bucket"))


def fetched(target: str, tmp_path: Path) -> Path:
    """Copy what a target holds into a folder, as whoever serves it would."""
    if "://" not in target:
        return Path(target)
    copy = tmp_path / f"copy-{uuid4().hex}"
    fs, root = fsspec.core.url_to_fs(target, skip_instance_cache=True)
    for path in fs.find(root):
        place = copy / path.removeprefix(root).lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(fs.cat_file(path))
    return copy


def prove(folder: Path) -> Index:
    """Prove that whatever the index of a folder names is there, byte for byte; return the index."""
    index = releases.read_index(folder)
    for listing in index.datasets.values():
        for entry in listing.ordered:
            if entry.deleted:
                continue
            assert files.sha256_of(folder / entry.archive) == entry.promise.sha256
            for path, promise in entry.files.items():
                assert files.sha256_of(folder / entry.folder / path) == promise.sha256
    return index


def test_what_is_published_is_what_was_released(output: Path, target: str, tmp_path: Path) -> None:
    made = publish(output, to=target)

    copy = fetched(target, tmp_path)
    assert contents(copy) == contents(output)
    assert prove(copy).serial == made.serial == 1
    assert downloads.download("little", registry=copy, cache=tmp_path / "cache").name == "1.0.0"
    again = publish(output / "little" / "1.0.0", to=target)
    assert (again.sent, again.changed, again.serial) == ((), False, 1)


def test_one_version_or_its_zip_may_be_named(output: Path, dataset: Path, target: str, tmp_path: Path) -> None:
    release(dataset, output, "1.1.0")
    publish(output / "little" / "1.0.0", to=target)
    assert list(prove(fetched(target, tmp_path)).datasets["little"].versions) == ["1.0.0"]
    made = publish(output / "little" / "little-1.1.0.zip", to=target)
    assert [entry.spec for entry in made.entries] == ["little@1.1.0"]
    assert list(prove(fetched(target, tmp_path)).datasets["little"].versions) == ["1.0.0", "1.1.0"]


def test_other_datasets_and_versions_stay(
    output: Path, make_dataset: Writer, metadata: packages.Metadata, target: str, tmp_path: Path
) -> None:
    import dataclasses

    publish(output, to=target)
    other = make_dataset("other")
    packages.write_descriptor(other, dataclasses.replace(metadata, name="other", title="Another"))
    release(other, tmp_path / "elsewhere", "2.0.0")
    release(other, tmp_path / "elsewhere", "2.1.0")

    made = publish(tmp_path / "elsewhere", to=target)

    index = prove(fetched(target, tmp_path))
    assert {name: list(one.versions) for name, one in index.datasets.items()} == {
        "little": ["1.0.0"],
        "other": ["2.0.0", "2.1.0"],
    }
    assert index.datasets["other"].title == "Another"
    assert made.serial == index.serial == 3
    assert publish(output, to=target).changed is False


def test_a_version_is_never_written_over(
    output: Path, make_dataset: Writer, rows: Any, target: str, tmp_path: Path
) -> None:
    publish(output, to=target)
    before = contents(fetched(target, tmp_path))
    rows["articles"][0]["word_count"] = 121
    release(make_dataset("changed", rows), tmp_path / "elsewhere")

    with pytest.raises(ReleaseError, match=r"little@1\.0\.0 is published with other bytes") as caught:
        publish(tmp_path / "elsewhere", to=target)

    assert caught.value.hint
    assert contents(fetched(target, tmp_path)) == before


def test_a_dry_run_writes_nothing(output: Path, target: str, tmp_path: Path) -> None:
    made = publish(output, to=target, dry_run=True)
    assert len(made.sent) == len(contents(output)) - 2
    assert made.changed
    copy = fetched(target, tmp_path)
    assert not copy.exists()


def test_what_a_killed_run_left_is_told_by_its_bytes(output: Path, target: str, tmp_path: Path) -> None:
    release_files = {path: data for path, data in contents(output).items() if path.startswith("little/1.0.0/data/")}
    cut, other, *whole = sorted(release_files)
    put(target, cut, release_files[cut][:-1])
    put(target, other, bytes(len(release_files[other])))
    for path in whole:
        put(target, path, release_files[path])

    made = publish(output, to=target)

    assert sorted(upload.path for upload in made.kept) == whole
    assert {cut, other} <= {upload.path for upload in made.sent}
    assert contents(fetched(target, tmp_path)) == contents(output)


def put(target: str, path: str, data: bytes) -> None:
    from onrecord.releases.targets import open_target

    if "://" not in target:
        (Path(target) / path).parent.mkdir(parents=True, exist_ok=True)
    open_target(target).write(path, data)


def test_progress_is_told_in_bytes(output: Path, target: str) -> None:
    told: list[tuple[int, int]] = []
    made = publish(output, to=target, progress=lambda done, total: told.append((done, total)))
    size = sum(upload.promise.bytes for upload in made.sent)
    assert told[0] == (0, size)
    assert {total for _, total in told} == {size}
    assert told[-1] == (size, size)
    assert told == sorted(told)


def test_a_release_that_was_changed_since_is_not_published(output: Path, target: str, tmp_path: Path) -> None:
    with (output / "little" / "1.0.0" / "data" / "quotes.csv").open("a") as file:
        file.write("q9,a1,direct,Never said\n")
    with pytest.raises(ReleaseError, match="not the file that was released"):
        publish(output, to=target)
    assert not (fetched(target, tmp_path) / "index.json").exists()
    (output / "little" / "1.0.0" / "data" / "quotes.csv").unlink()
    with pytest.raises(ReleaseError, match="cannot be read"):
        publish(output, to=target)


def test_a_withdrawal_is_published(output: Path, dataset: Path, target: str, tmp_path: Path) -> None:
    release(dataset, output, "1.1.0")
    publish(output, to=target)
    releases.yank("little@1.1.0", reason="wrong speakers", output=output)

    publish(output / "little" / "1.0.0", to=target)

    copy = fetched(target, tmp_path)
    with pytest.warns(UserWarning, match=r"little@1\.1\.0 was withdrawn: wrong speakers"):
        found = downloads.load("little", registry=copy, cache=tmp_path / "cache")
    assert found.version == "1.0.0"
    assert downloads.download("little@1.1.0", registry=copy, cache=tmp_path / "cache").name == "1.1.0"


def test_deleted_bytes_go_after_readers_were_told(output: Path, dataset: Path, target: str, tmp_path: Path) -> None:
    release(dataset, output, "1.1.0")
    kept = tmp_path / "kept.zip"
    shutil.copyfile(output / "little" / "little-1.1.0.zip", kept)
    publish(output, to=target)
    releases.yank("little@1.1.0", reason="wrong speakers", output=output, delete=True)
    assert not (output / "little" / "1.1.0").exists()
    assert not (output / "little" / "little-1.1.0.zip").exists()

    made = publish(output, to=target)

    copy = fetched(target, tmp_path)
    assert "little/little-1.1.0.zip" in made.removed
    assert {path for path in contents(copy) if "1.1.0" in path} == set()
    entry = prove(copy).find("little", "1.1.0")
    assert entry is not None
    assert entry.promise.sha256 == files.sha256_of(kept), "a copy can still be verified"
    with pytest.raises(RegistryError, match="withdrawn, and its bytes are gone: wrong speakers") as caught:
        downloads.download("little@1.1.0", registry=copy, cache=tmp_path / "cache")
    assert "little alone" in str(caught.value.hint)
    with pytest.warns(UserWarning, match="wrong speakers"):
        assert downloads.load("little", registry=copy, cache=tmp_path / "cache").version == "1.0.0"
    assert publish(output, to=target).removed == ()


def test_what_was_withdrawn_there_is_not_taken_back(output: Path, target: str, tmp_path: Path) -> None:
    old = tmp_path / "old"
    shutil.copytree(output, old)
    publish(output, to=target)
    releases.yank("little@1.0.0", reason="wrong speakers", output=output, delete=True)
    publish(output, to=target)

    made = publish(old, to=target)

    assert (made.sent, made.changed) == ((), False)
    entry = prove(fetched(target, tmp_path)).find("little", "1.0.0")
    assert entry is not None
    assert (entry.yanked, entry.deleted) == ("wrong speakers", True)


# Signatures


@pytest.fixture
def key(tmp_path: Path) -> SecretKey:
    return SecretKey.create(tmp_path / "keys" / "release.key")


@pytest.fixture
def signed(dataset: Path, tmp_path: Path, key: SecretKey) -> Path:
    return release(dataset, tmp_path / "signed", key=key).output


def test_a_signed_registry_is_published_as_it_is_without_the_key(
    signed: Path, target: str, key: SecretKey, tmp_path: Path
) -> None:
    publish(signed, to=target)
    copy = fetched(target, tmp_path)
    assert contents(copy) == contents(signed)
    assert Registry(str(copy), public_key=key.public).index.serial == 1


def test_an_index_that_becomes_another_is_signed_by_the_key(
    signed: Path, dataset: Path, target: str, key: SecretKey, tmp_path: Path
) -> None:
    publish(signed, to=target)
    other = release(dataset, tmp_path / "other", "1.1.0", key).output
    with pytest.raises(ReleaseError, match="is signed") as caught:
        publish(other, to=target)
    assert "--key" in str(caught.value.hint)
    assert publish(other, to=target, key=key).serial == 2
    copy = fetched(target, tmp_path)
    index = Registry(str(copy), public_key=key.public).index
    assert list(index.datasets["little"].versions) == ["1.0.0", "1.1.0"]
    assert (copy / "index.json.sig").read_text().count("untrusted comment") == 1


def test_an_index_that_somebody_changed_is_not_signed(
    signed: Path, dataset: Path, target: str, key: SecretKey, tmp_path: Path
) -> None:
    publish(signed, to=target)
    text = (signed / "index.json").read_text(encoding="utf-8").replace("A little", "A large")
    put(target, "index.json", text.encode())
    other = release(dataset, tmp_path / "other", "1.1.0", key).output
    with pytest.raises(IntegrityError, match="not signed by the key"):
        publish(other, to=target, key=key)
    assert "1.1.0" not in (fetched(target, tmp_path) / "index.json").read_text(encoding="utf-8")


def test_an_unsigned_registry_does_not_replace_a_signed_one(
    signed: Path, output: Path, dataset: Path, target: str
) -> None:
    publish(signed, to=target)
    release(dataset, output, "1.1.0")
    with pytest.raises(ReleaseError, match="the index there is signed"):
        publish(output / "little" / "1.1.0", to=target)


# A kill at any moment

KILLED = """
import os, signal, sys
from onrecord.releases import targets
from onrecord.releases.publishing import publish

left = int(sys.argv[3])
def step():
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)

def dying(owner, name, *, after):
    function = getattr(owner, name)
    def call(self, *args):
        step()
        done = function(self, *args)
        if after:
            step()
        return done
    setattr(owner, name, call)

targets.CHUNK = 4096
for owner in (targets.Folder, targets.Store):
    for name in ("put", "write", "remove"):
        dying(owner, name, after=True)
publish(sys.argv[1], to=sys.argv[2], progress=lambda done, total: step())
"""


def killed(source: Path, target: str, step: int) -> bool:
    done = subprocess.run([sys.executable, "-c", KILLED, source, target, str(step)], check=False)
    assert done.returncode in (0, -signal.SIGKILL)
    return done.returncode != 0


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kills a process by a signal")
@pytest.mark.parametrize("kind", ["folder", "s3"])
def test_a_run_killed_at_any_step_leaves_a_true_index_and_the_next_goes_on(
    kind: str, output: Path, dataset: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    target = str(tmp_path / "public") if kind == "folder" else str(request.getfixturevalue("bucket"))
    publish(output, to=target)
    before = tmp_path / "before"
    shutil.copytree(fetched(target, tmp_path), before)
    release(dataset, output, "1.1.0")
    step = 0
    while killed(output, target, step):
        copy = fetched(target, tmp_path)
        assert set(prove(copy).datasets["little"].versions) in ({"1.0.0"}, {"1.0.0", "1.1.0"})
        step += 7
        if kind == "folder":
            assert publish(output, to=target).serial == 2
            assert contents(copy) == contents(output)
            shutil.rmtree(target)
            shutil.copytree(before, target)
    assert step > (60 if kind == "folder" else 25), "killed at many steps"
    assert contents(fetched(target, tmp_path)) == contents(output)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kills a process by a signal")
def test_a_deletion_killed_at_any_step_names_no_missing_bytes(output: Path, dataset: Path, tmp_path: Path) -> None:
    release(dataset, output, "1.1.0")
    target = tmp_path / "public"
    publish(output, to=str(target))
    releases.yank("little@1.0.0", reason="wrong", output=output, delete=True)
    step = 0
    while killed(output, str(target), step):
        prove(target)
        step += 2
    assert step >= 6, "killed at many steps"
    assert contents(target) == contents(output)


# Merging


def entry(version: str, **more: Any) -> Entry:
    from onrecord.archives import Promise

    given = {"folder": f"x/{version}", "archive": f"x/x-{version}.zip", "promise": Promise(1, "0" * 64), "files": {}}
    return Entry(name="x", version=version, **{**given, **more})


def index(serial: int, *entries: Entry, title: str = "X") -> Index:
    return Index({"x": Listing("x", title, None, {one.version: one for one in entries})}, serial)


def test_the_serial_only_rises() -> None:
    old, new = index(3, entry("1.0.0")), index(9, entry("1.0.0"), entry("1.1.0"))
    assert merge(Index(), new, [entry("1.0.0")]).serial == 10
    assert merge(old, new, [entry("1.1.0")]) is new
    assert merge(new, old, [entry("1.0.0")]) is new
    assert merge(index(12, entry("0.9.0")), new, [entry("1.1.0")]).serial == 13


def test_the_newest_version_gives_the_title() -> None:
    there, here = index(1, entry("2.0.0"), title="Newer"), index(1, entry("1.0.0"), title="Older")
    assert merge(there, here, [entry("1.0.0")]).datasets["x"].title == "Newer"
    assert merge(here, there, [entry("2.0.0")]).datasets["x"].title == "Newer"


# What is said


@pytest.mark.parametrize(
    ("to", "message", "hint"),
    [
        ("https://example.org/releases", "a web address cannot be written to", "s3://"),
        ("nowhere://x/y", "cannot be written", "another URL that fsspec writes"),
        ("index.json/below", "cannot be made", "a folder that can be written"),
    ],
)
def test_a_target_that_cannot_be_written_is_said(output: Path, to: str, message: str, hint: str) -> None:
    place = str(output / to) if to.startswith("index") else to
    with pytest.raises(OnrecordError, match=message) as caught:
        publish(output, to=place)
    assert hint in str(caught.value.hint)


def test_a_store_whose_library_is_missing_is_said(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    monkeypatch.delitem(sys.modules["fsspec.registry"]._registry, "s3", raising=False)
    with pytest.raises(ReleaseError, match="cannot be written") as caught:
        publish(output, to="s3://bucket/x")
    assert caught.value.hint == "pip install 'onrecord[s3]'"


@pytest.mark.slow
def test_a_bucket_that_is_not_there_is_said_and_not_made(output: Path, bucket: str) -> None:
    del bucket
    with pytest.raises(ReleaseError, match="cannot be written") as caught:
        publish(output, to="s3://no-such-bucket-here/x")
    assert "credentials" in str(caught.value.hint)
    assert not fsspec.filesystem("s3", skip_instance_cache=True).exists("no-such-bucket-here")


def test_two_processes_do_not_publish_to_one_folder_at_once(output: Path, tmp_path: Path) -> None:
    public = tmp_path / "public"
    public.mkdir()
    with packages.locked(public / "index.json"), pytest.raises(ReleaseError, match="is being written by") as caught:
        publish(output, to=str(public))
    assert "wait" in str(caught.value.hint)


def test_what_is_no_release_is_said(dataset: Path, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="no release here"):
        publish(dataset, to=str(tmp_path / "public"))


def test_a_target_that_is_no_registry_is_not_written(output: Path, tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "index.json").write_text("[]")
    with pytest.raises(OnrecordError, match="not a JSON object"):
        publish(output, to=str(tmp_path / "public"))


def test_the_command_shows_and_sends(output: Path, tmp_path: Path) -> None:
    place = output / "little" / "1.0.0"
    shown = onrecord("publish", place, "--to", "public", "--dry-run", cwd=tmp_path)
    assert "little/1.0.0/data/quotes.parquet" in shown.stdout
    assert "Nothing was written." in shown.stdout
    assert not (tmp_path / "public").exists()
    done = onrecord("publish", place, "--to", "public", cwd=tmp_path).stdout
    assert done.startswith("Published: little@1.0.0 at public.\n")
    onrecord("yank", "little@1.0.0", "--reason", "wrong", "--delete", "--output", output, cwd=tmp_path)
    done = onrecord("publish", output, "--to", "public", cwd=tmp_path).stdout
    assert "little@1.0.0 at public (withdrawn, its bytes removed)" in done
    listed = json.loads((tmp_path / "public" / "index.json").read_text(encoding="utf-8"))
    assert listed["datasets"]["little"]["versions"]["1.0.0"]["deleted"] is True
    assert open_registry(tmp_path / "public").index.serial == 2
