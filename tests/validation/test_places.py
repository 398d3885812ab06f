"""Whatever stands at a place is validated: folders, zips, URLs, single files."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from newsroom import collection

from onrecord import releases
from onrecord.build import build
from onrecord.errors import OnrecordError
from onrecord.validation import stale_among, validate


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name is the base class's
        """Say nothing."""


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    outcome = build(collection(home / "seeds"), home / "datasets", workers=1)
    releases.release(outcome.folder, version="1.0.0", output=home / "releases")
    return home / "releases"


@pytest.fixture
def own(registry: Path, tmp_path: Path) -> Path:
    """A copy of the registry that a test may damage."""
    return Path(shutil.copytree(registry, tmp_path / "releases"))


@pytest.fixture
def url(own: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(own)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


PLACES = ("invented/1.0.0", "invented/1.0.0/datapackage.json", "invented/invented-1.0.0.zip")


@pytest.mark.parametrize("place", PLACES)
def test_a_released_package_is_valid_as_folder_and_zip(own: Path, place: str) -> None:
    assert list(validate(own / place)) == []


@pytest.mark.parametrize("place", PLACES)
def test_a_released_package_is_valid_at_its_url(url: str, place: str) -> None:
    assert list(validate(f"{url}/{place}")) == []


def test_findings_in_a_remote_package_name_the_url(own: Path, url: str) -> None:
    folder = own / "invented" / "1.0.0"
    path = folder / "data" / "quotes.csv"
    path.write_text(path.read_text().replace('"direct"', '"Direct"', 1))
    descriptor = json.loads((folder / "datapackage.json").read_text())
    for resource in descriptor["resources"]:
        if resource["path"] == "data/quotes.csv":
            import hashlib

            resource["hash"] = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    (folder / "datapackage.json").write_text(json.dumps(descriptor))
    report = validate(f"{url}/invented/1.0.0")
    assert "category" in report.totals
    assert {issue.file for issue in report if issue.code == "category"} == {f"{url}/invented/1.0.0/data/quotes.csv"}


def test_other_bytes_at_a_url_are_refused(own: Path, url: str) -> None:
    path = own / "invented" / "1.0.0" / "data" / "quotes.csv"
    path.write_bytes(path.read_bytes().replace(b"direct", b"dirict", 1))
    with pytest.raises(OnrecordError, match="not those that"):
        validate(f"{url}/invented/1.0.0")


@pytest.mark.parametrize("where", ["path", "schema"])
def test_a_remote_descriptor_that_escapes_is_refused(own: Path, url: str, where: str) -> None:
    path = own / "invented" / "1.0.0" / "datapackage.json"
    descriptor = json.loads(path.read_text())
    descriptor["resources"][0][where] = "../../../escaped"
    path.write_text(json.dumps(descriptor))
    with pytest.raises(OnrecordError, match="escaped"):
        validate(f"{url}/invented/1.0.0")


def test_what_is_not_there_is_said(url: str, tmp_path: Path) -> None:
    with pytest.raises(OnrecordError):
        validate(f"{url}/nothing")
    with pytest.raises(OnrecordError, match="nothing to validate"):
        validate(tmp_path)
    with pytest.raises(OnrecordError, match="no such file or folder"):
        validate(tmp_path / "nothing.csv")
    (tmp_path / "quotes.xlsx").write_bytes(b"PK")
    with pytest.raises(OnrecordError, match="a spreadsheet is no table"):
        validate(tmp_path / "quotes.xlsx")
    with pytest.raises(OnrecordError, match=r"ftp://example\.org/a cannot be read"):
        validate("ftp://example.org/a")


def test_a_descriptor_that_is_no_json_is_said_with_its_place(own: Path) -> None:
    path = own / "invented" / "1.0.0" / "datapackage.json"
    path.write_text(path.read_text().replace('{\n  "', '{\n  ,"', 1))
    with pytest.raises(OnrecordError, match="not JSON from column 3 on") as caught:
        validate(own / "invented" / "1.0.0")
    assert (caught.value.line, caught.value.file) == (2, path.as_posix())
    path.write_text("")
    with pytest.raises(OnrecordError, match="the file is empty"):
        validate(own / "invented" / "1.0.0")


def test_a_file_mended_by_hand_is_said_in_words(own: Path) -> None:
    path = own / "invented" / "1.0.0" / "data" / "quotes.csv"
    path.write_bytes(path.read_bytes().replace(b"direct", b"dirict", 1))
    [issue] = [issue for issue in validate(own / "invented" / "1.0.0") if issue.code == "file-hash"]
    assert issue.message == "the file's bytes are not those that datapackage.json lists"


def test_a_dataset_that_was_not_built_again_is_said(tmp_path: Path) -> None:
    folder = collection(tmp_path / "seeds", articles=3)
    dataset = build(folder, tmp_path / "datasets", workers=1).folder
    places = [str(tmp_path / "seeds"), str(tmp_path / "datasets")]
    assert list(stale_among(places)) == []
    (folder / "0000.txt").unlink()
    (folder / "0001.txt").write_text("Another.")
    (folder / "0009.txt").write_text("More.")
    found = {(issue.file, issue.message, issue.hint) for issue in stale_among(places)}
    hint = "build it again: onrecord build invented"
    gone = "the dataset has an article of a document that is not here"
    assert found == {
        ((dataset / "data" / "articles.csv").as_posix(), gone, hint),
        ((folder / "0001.txt").as_posix(), "the document changed since the dataset was built", hint),
        ((folder / "0009.txt").as_posix(), "the dataset has no article of this document", hint),
    }
    assert list(stale_among(places[:1])) == list(stale_among(places[1:])) == []
    (dataset / "data" / "articles.parquet").write_bytes(b"PAR1")
    assert list(stale_among(places)) == []
