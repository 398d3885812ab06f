from __future__ import annotations

from pathlib import Path

import pytest
from workflows import commit, git

from onrecord.errors import OnrecordError
from onrecord.revisions import Revision, check_out, commit_of, revision_of


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of two folders, each changed by a commit of its own."""
    folder = tmp_path / "repository"
    for name in ("one", "two ü"):
        (folder / "seeds" / name).mkdir(parents=True)
        (folder / "seeds" / name / "a.txt").write_text(name, encoding="utf-8")
        git("init", "--quiet", cwd=folder)
        commit(folder, f"Add {name}")
    return folder


def test_a_folder_stands_at_the_last_commit_that_changed_it(repository: Path) -> None:
    first = git("rev-parse", "HEAD~1", cwd=repository)
    assert revision_of(repository / "seeds" / "one") == Revision(first, "seeds/one", dirty=False, shallow=False)
    last = git("rev-parse", "HEAD", cwd=repository)
    assert revision_of(repository / "seeds" / "two ü") == Revision(last, "seeds/two ü", dirty=False, shallow=False)


def dirty(folder: Path) -> bool:
    found = revision_of(folder)
    assert found is not None
    return found.dirty


def test_what_is_not_as_committed_is_told(repository: Path) -> None:
    one, document = repository / "seeds" / "one", repository / "seeds" / "one" / "a.txt"
    document.write_text("changed", encoding="utf-8")
    assert dirty(one)
    assert not dirty(repository / "seeds" / "two ü")
    document.write_text("one", encoding="utf-8")
    assert not dirty(one)
    (one / "new.txt").write_text("new", encoding="utf-8")
    assert dirty(one)
    (repository / ".gitignore").write_text("new.txt\n.cache\n", encoding="utf-8")
    assert dirty(one), "a document that is kept out of git is in no commit"
    (one / "new.txt").rename(one / ".cache")
    assert not dirty(one)


def test_no_repository_has_no_revision(tmp_path: Path) -> None:
    assert revision_of(tmp_path) is None
    assert revision_of(tmp_path / "gone") is None
    git("init", "--quiet", cwd=tmp_path)
    assert revision_of(tmp_path) is None, "nothing was committed yet"


def test_a_shallow_clone_says_so(repository: Path, tmp_path: Path) -> None:
    git("clone", "--quiet", "--depth=1", repository.as_uri(), "clone", cwd=tmp_path)
    found = revision_of(tmp_path / "clone" / "seeds" / "one")
    assert found is not None
    assert found.shallow


def test_files_come_as_they_were(repository: Path, tmp_path: Path) -> None:
    one = repository / "seeds" / "one"
    first = git("rev-parse", "HEAD", cwd=repository)
    (one / "a.txt").write_text("later", encoding="utf-8")
    commit(repository, "Change it")
    (one / "a.txt").write_text("uncommitted", encoding="utf-8")
    for path, file in (("seeds/one", "a.txt"), (".", "seeds/one/a.txt")):
        target = tmp_path / path.replace("/", "-").replace(".", "all")
        target.mkdir()
        check_out(first, path, target, repository=one)
        assert (target / file).read_text(encoding="utf-8") == "one"
    assert (one / "a.txt").read_text(encoding="utf-8") == "uncommitted"
    assert commit_of("main~1", one) == first


@pytest.mark.parametrize(
    ("revision", "path", "message"),
    [("0" * 40, ".", "knows no commit"), ("--help", ".", "knows no commit"), ("HEAD", "gone", "no folder 'gone'")],
)
def test_what_git_has_not_is_said(repository: Path, tmp_path: Path, revision: str, path: str, message: str) -> None:
    with pytest.raises(OnrecordError, match=message) as caught:
        check_out(revision, path, tmp_path / "target", repository=repository)
    assert caught.value.hint


def test_outside_a_repository_is_said(tmp_path: Path) -> None:
    with pytest.raises(OnrecordError, match="not a git checkout"):
        commit_of("HEAD", tmp_path)
