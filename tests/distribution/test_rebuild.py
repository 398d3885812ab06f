"""A release is built again from the commit that it names, and held against its bytes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from command import onrecord
from newsroom import article, collection
from workflows import commit, git

from onrecord import files, packages, releases
from onrecord.archives import pack
from onrecord.errors import OnrecordError, ReleaseError
from onrecord.packages import chunks, sums
from onrecord.releases import rebuild, rebuilding


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a collection, a release of it, and a document that came after."""
    root = tmp_path_factory.mktemp("template")
    folder = collection(root / "seeds", articles=2)
    (folder / "LICENSE").write_text("Ask Ada.\n", encoding="utf-8")
    (root / ".gitignore").write_text("releases\ndatasets\n", encoding="utf-8")
    (root / "requirements.lock").write_text("pinned\n", encoding="utf-8")
    git("init", "--quiet", cwd=root)
    commit(root, "Two articles")
    onrecord("build", cwd=root)
    onrecord("release", "invented", "--output", "releases", cwd=root)
    (folder / "0009.txt").write_text(article(9), encoding="utf-8")
    commit(root, "A third")
    return root


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "root"))


@pytest.fixture
def released(root: Path) -> Path:
    return root / "releases" / "invented" / "1.0.0"


def test_the_documents_of_the_commit_give_the_same_bytes(root: Path, released: Path) -> None:
    status = git("status", "--porcelain", cwd=root)
    for place in (released, released.parent / "invented-1.0.0.zip"):
        again = rebuild(place, repository=root, workers=1)
        assert again.same_bytes, again.files
        assert again.proven
        assert again.commit == git("rev-parse", "HEAD~1", cwd=root)
    assert git("status", "--porcelain", cwd=root) == status, "the checkout stays as it is"


def test_documents_may_be_named(root: Path, released: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(root / "seeds", elsewhere)
    again = rebuild(released, seeds=elsewhere, workers=1)
    assert not again.proven
    assert again.commit is None
    assert again.difference is not None
    assert {table.name: table.added for table in again.difference.tables}["articles"] == 1
    (elsewhere / "invented" / "0009.txt").unlink()
    assert rebuild(released, seeds=elsewhere / "invented", workers=1).same_bytes


def forge(released: Path, table: str, column: str, value: str) -> None:
    """Change a cell of a release, and every hash that would tell."""
    path = released / "data" / f"{table}.parquet"
    found = pq.read_table(path)
    cells = [value, *found[column].to_pylist()[1:]]
    place = found.schema.get_field_index(column)
    pq.write_table(found.set_column(place, found.schema.field(column), [cells]), path)
    descriptor = files.read_json(released / "datapackage.json")
    for resource in descriptor["resources"]:
        if resource["path"] == f"data/{table}.parquet":
            resource |= {"bytes": path.stat().st_size, "hash": f"sha256:{files.sha256_of(path)}"}
    files.write_whole(released / "datapackage.json", files.to_json(descriptor).encode())
    chunks.write(released, (name for name, _ in files.files_below(released) if name.startswith("data/")))
    hashes = {name: files.sha256_of(place) for name, place in files.files_below(released) if name not in sums.UNLISTED}
    files.write_whole(released / sums.FILE_NAME, sums.format_sums(hashes).encode())


def test_a_forged_row_is_found_and_named(root: Path, released: Path) -> None:
    forge(released, "speakers", "description", "an architect")
    assert packages.verify(released).valid, "every hash agrees"

    again = rebuild(released, repository=root, workers=1)

    assert not again.proven
    assert again.files["data/speakers.parquet"] == "other bytes"
    assert again.difference is not None
    [table] = [one for one in again.difference.tables if not one.same]
    assert (table.name, table.changed, table.cells) == ("speakers", 1, {"description": 1})
    assert table.examples.items[0].old == "an architect"


def test_other_software_lets_the_rows_decide(root: Path, released: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = released / "data" / "quotes.parquet"
    pq.write_table(pq.read_table(path), path, compression="snappy")
    same_software = rebuild(released, repository=root, workers=1)
    assert (same_software.same_bytes, same_software.same_rows, same_software.proven) == (False, True, False)

    now = rebuilding.software()
    monkeypatch.setattr(rebuilding, "software", lambda: {**now, "pyarrow": "0.0.1"})
    again = rebuild(released, repository=root, workers=1)

    assert again.software == {"pyarrow": (now["pyarrow"], "0.0.1")}
    assert (again.same_bytes, again.same_rows, again.proven) == (False, True, True)
    forge(released, "speakers", "description", "an architect")
    assert not rebuild(released, repository=root, workers=1).proven


def test_a_file_more_or_less_is_named(root: Path, released: Path) -> None:
    (released / "notes.txt").write_text("mine", encoding="utf-8")
    (released / "CITATION.cff").unlink()
    again = rebuild(released, repository=root, workers=1)
    assert again.files == {"CITATION.cff": "only in the rebuild", "notes.txt": "only in the release"}


def test_a_commit_that_is_not_there_is_said(released: Path, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="not a git checkout") as caught:
        rebuild(released, repository=tmp_path)
    assert "--seeds DIR" in str(caught.value.hint)
    git("init", "--quiet", cwd=tmp_path)
    with pytest.raises(ReleaseError, match="git knows no commit") as caught:
        rebuild(released, repository=tmp_path)
    assert "git fetch" in str(caught.value.hint)
    assert "--seeds DIR" in str(caught.value.hint)


def said(released: Path, **values: object) -> None:
    path = released / "provenance.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    build = found["activity"]["onrecord:build"]
    found["activity"]["onrecord:build"] = {
        key: value for key, value in {**build, **values}.items() if value is not None
    }
    path.write_text(json.dumps(found), encoding="utf-8")


def test_documents_that_were_not_committed_are_said(root: Path, released: Path) -> None:
    said(released, **{"onrecord:dirty": True})
    with pytest.raises(ReleaseError, match="not as committed") as caught:
        rebuild(released, repository=root)
    assert caught.value.hint == "name the documents: --seeds DIR"
    said(released, **{"onrecord:commit": None})
    with pytest.raises(ReleaseError, match="does not say which commit"):
        rebuild(released, repository=root)
    said(released, **{"onrecord:commit": "HEAD", "onrecord:dirty": False, "onrecord:path": "gone"})
    with pytest.raises(ReleaseError, match="no folder 'gone'"):
        rebuild(released, repository=root)


@pytest.mark.parametrize("value", [7, ["HEAD"], {}])
def test_a_provenance_of_another_form_is_said(root: Path, released: Path, value: object) -> None:
    said(released, **{"onrecord:commit": value})
    with pytest.raises(OnrecordError, match="no provenance of ours: onrecord:commit is no text"):
        rebuild(released, repository=root)
    (released / "provenance.json").write_text("{}", encoding="utf-8")
    with pytest.raises(OnrecordError, match="no provenance of ours"):
        rebuild(released, repository=root)


def test_documents_that_give_no_dataset_are_said(root: Path, released: Path) -> None:
    for path in (root / "seeds" / "invented").glob("*.txt"):
        path.write_bytes(b"")
    with pytest.raises(ReleaseError, match="cannot be built again: ") as caught:
        rebuild(released, seeds=root / "seeds", workers=1)
    assert caught.value.hint
    with pytest.raises(ReleaseError, match="no collection 'invented' here"):
        rebuild(released, seeds=root)


def test_what_is_no_release_is_said(root: Path) -> None:
    with pytest.raises(OnrecordError, match="it has no version"):
        rebuild(root / "datasets" / "invented", repository=root)


def test_the_command_verifies_and_rebuilds(root: Path, released: Path) -> None:
    done = onrecord("verify", released, "--rebuild", "--workers", "1", cwd=root)
    assert done.stderr.startswith("verified\nrebuilt from commit ")
    assert done.stderr.endswith(": the same bytes\n")
    forge(released, "speakers", "description", "an architect")
    found = onrecord("verify", released, "--rebuild", "--workers", "1", cwd=root, code=1)
    assert "an architect" in found.stdout
    assert "data/speakers.parquet" in found.stdout
    assert found.stderr.endswith(": other rows\n")


def test_the_command_checks_laws_and_not_only_hashes(root: Path, released: Path) -> None:
    forge(released, "spans", "text", "Never said")
    found = onrecord("verify", released, cwd=root, code=1)
    assert "not what it was released as" in found.stderr
    assert packages.verify(released).valid


def test_a_signature_that_nobody_checked_is_said(root: Path) -> None:
    onrecord("keygen", "release.key", cwd=root)
    git("reset", "--quiet", "--hard", "HEAD~1", cwd=root)
    onrecord("release", "invented", "--output", "signed", "--key", "release.key", cwd=root)
    place = root / "signed" / "invented" / "1.0.0"
    assert "note[signature-unchecked]" in onrecord("verify", place, cwd=root).stderr
    assert onrecord("verify", place, "--key", "release.key.pub", cwd=root).stderr == "verified\n"
    assert rebuild(place, repository=root, workers=1).same_bytes


def test_a_dataset_that_was_built_before_the_documents_changed_is_said(root: Path) -> None:
    folder = root / "seeds" / "invented"
    (folder / "0000.txt").write_text(article(10), encoding="utf-8")
    (folder / "0001.txt").unlink()
    told = onrecord("release", "invented", "--output", "stale", "--dry-run", cwd=root).stderr
    assert "0000.txt: warning[stale-dataset] the document changed since" in told
    assert "0001.txt: warning[stale-dataset] the dataset has an article of a document that is not here" in told
    assert "0009.txt: warning[stale-dataset] the dataset has no article of this document" in told
    with (folder / "collection.toml").open("a", encoding="utf-8") as file:
        file.write('\n[takedown]\n"0009.txt" = "the publisher asked"\n')
    (folder / "0010.txt").write_text(article(10), encoding="utf-8")
    onrecord("build", cwd=root)
    assert "stale" not in onrecord("release", "invented", "--output", "fresh", "--dry-run", cwd=root).stderr


def test_a_zip_that_is_not_whole_is_refused(released: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.zip"
    pack(files.files_below(released), path)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(OnrecordError, match="not a whole zip"):
        releases.verify(path)
