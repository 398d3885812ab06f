from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import registry as registries
from onrecord import releases
from onrecord.errors import RegistryError
from onrecord.registry import Patience, Registry, Spec, open_registry, sort_key
from onrecord.registry import index as indexes
from onrecord.reports import Report

if TYPE_CHECKING:
    from pathlib import Path

VERSIONS = ("0.9.0", "1.0.0", "1.2.0", "1.10.0", "2.0.0-rc.1")


@pytest.fixture(scope="module")
def many(little: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("many")
    for version in VERSIONS:
        releases.release(little, version=version, output=output, check=lambda _: Report())
    return output


@pytest.fixture
def versions(many: Path, tmp_path: Path) -> Path:
    shutil.copytree(many, tmp_path / "many")
    return tmp_path / "many"


@pytest.mark.parametrize(
    ("spec", "wanted"),
    [
        ("little", "1.10.0"),
        ("little@latest", "1.10.0"),
        ("little@1.0.0", "1.0.0"),
        ("little@2.0.0-rc.1", "2.0.0-rc.1"),
        ("little@^1.0", "1.10.0"),
        ("little@^1.2.1", "1.10.0"),
        ("little@^0.9", "0.9.0"),
    ],
)
def test_a_spec_means_the_newest_that_fits(versions: Any, spec: str, wanted: str) -> None:
    assert registries.resolve(spec, registry=versions).entry.version == wanted


@pytest.mark.parametrize(
    ("spec", "message", "hint"),
    [
        ("litle", "no dataset 'litle'", "did you mean 'little'?"),
        ("zzz", "no dataset 'zzz'", "datasets here: little"),
        ("little@3.0.0", "no version little@3.0.0", "versions of little: 2.0.0-rc.1, 1.10.0, 1.2.0, 1.0.0, 0.9.0"),
        ("little@^2", "no version little@^2", "versions of little: 2.0.0-rc.1"),
        ("little@1", "'1' is no version", "write NAME@1.2.0"),
        ("Little", "'Little' names no dataset", "write NAME"),
        ("../x@1.0.0", "'../x@1.0.0' names no dataset", "write NAME"),
        ("little@../1.0.0", "'../1.0.0' is no version", "write NAME"),
    ],
)
def test_what_is_not_there_is_said_with_what_is(versions: Any, spec: str, message: str, hint: str) -> None:
    with pytest.raises(RegistryError) as caught:
        registries.resolve(spec, registry=versions)

    assert caught.value.message == message
    assert str(caught.value.hint).startswith(hint)


def test_a_withdrawn_version_is_passed_over_and_told_of(versions: Any) -> None:
    releases.yank("little@1.10.0", reason="wrong speakers", output=versions)

    found = registries.resolve("little", registry=versions)

    assert found.entry.version == "1.2.0"
    assert [(issue.code, issue.message) for issue in found.issues] == [
        ("version-yanked", "little@1.10.0 was withdrawn: wrong speakers")
    ]


def test_a_withdrawn_version_is_still_to_be_had_by_name(versions: Any) -> None:
    releases.yank("little@1.0.0", reason="wrong speakers", output=versions)

    found = registries.resolve("little@1.0.0", registry=versions)

    assert found.entry.version == "1.0.0"
    assert len(found.issues) == 1
    assert registries.resolve("little", registry=versions).issues == (), "an older one concerns nobody"


def test_when_all_are_withdrawn_the_reason_is_said(versions: Any) -> None:
    releases.yank("little@0.9.0", reason="wrong speakers", output=versions)

    with pytest.raises(RegistryError, match=r"every version of little@\^0\.9 is withdrawn: wrong speakers"):
        registries.resolve("little@^0.9", registry=versions)


@pytest.mark.parametrize("ending", ["", "/", "/index.json"])
def test_a_registry_is_read_over_http_however_it_is_written(served: Any, patience: Patience, ending: str) -> None:
    registry = open_registry(served.url + ending, patience=patience)

    assert registry.location == served.url
    assert registry.resolve("little").entry.version == "1.0.0"
    assert served.asked("index.json") == [None]


def test_a_registry_is_a_folder_or_what_the_environment_names(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_REGISTRY", str(output))

    assert open_registry().key == open_registry(output / "index.json").key == open_registry(f"file://{output}").key
    assert registries.resolve("little").entry.version == "1.0.0"


def test_no_registry_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ONRECORD_REGISTRY", raising=False)
    with pytest.raises(RegistryError, match="no registry given"):
        open_registry()


@pytest.mark.parametrize("place", ["http://127.0.0.1:1", "missing/folder"])
def test_a_registry_that_cannot_be_reached_is_named(place: str, patience: Patience) -> None:
    with pytest.raises(RegistryError) as caught:
        open_registry(place, patience=patience).resolve("little")

    assert place in str(caught.value.file)
    assert caught.value.hint


def test_404_is_not_tried_again(tmp_path: Path, serve: Any, patience: Patience) -> None:
    served = serve(tmp_path)

    with pytest.raises(RegistryError, match="does not have it"):
        open_registry(served.url, patience=patience).resolve("little")

    assert len(served.requests) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "<html>not found</html>",
        "{}",
        '{"format": 1, "serial": 1, "datasets": []}',
        '{"format": 1, "serial": 1, "datasets": {"../x": {"title": "X", "versions": {}}}}',
        '{"format": 1, "serial": 1, "datasets": {"x": {"title": "X", "versions": {"../1": {}}}}}',
        "[" * 100_000,
    ],
)
def test_what_is_no_index_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "index.json").write_text(text)
    with pytest.raises(RegistryError) as caught:
        open_registry(tmp_path).resolve("little")

    assert caught.value.file == str(tmp_path / "index.json")


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (("archive", "path"), "../little.zip"),
        (("archive", "path"), "/etc/passwd"),
        (("archive", "sha256"), "00"),
        (("archive", "sha256"), "G" * 64),
        (("archive", "bytes"), -1),
        (("archive", "bytes"), True),
        (("archive", "bytes"), "1"),
        (("folder",), "..\\x"),
        (("files",), {"../../x": {"bytes": 1, "sha256": "0" * 64}}),
        (("files",), None),
        (("yanked",), 1),
    ],
)
def test_a_hostile_entry_is_refused(output: Path, keys: tuple[str, ...], value: Any) -> None:
    index = json.loads((output / "index.json").read_text(encoding="utf-8"))
    place: Any = index["datasets"]["little"]["versions"]["1.0.0"]
    for key in keys[:-1]:
        place = place[key]
    place[keys[-1]] = value
    (output / "index.json").write_text(json.dumps(index), encoding="utf-8")

    with pytest.raises(RegistryError, match="no registry index"):
        open_registry(output).resolve("little")


def test_a_later_format_asks_for_a_later_client(output: Path) -> None:
    text = (output / "index.json").read_text(encoding="utf-8").replace('"format": 1', '"format": 2')
    (output / "index.json").write_text(text, encoding="utf-8")

    with pytest.raises(RegistryError, match="format 2, this version reads 1") as caught:
        open_registry(output).resolve("little")

    assert caught.value.hint == "upgrade onrecord"


def test_an_index_without_end_is_cut_off(served: Any, patience: Patience, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.registry import reading

    monkeypatch.setattr(reading, "MOST_INDEX", 1000)
    with pytest.raises(RegistryError, match="larger than 1,000 bytes"):
        open_registry(served.url, patience=patience).resolve("little")


def test_an_index_comes_back_as_it_went(output: Path) -> None:
    index = releases.read_index(output)

    assert indexes.parse(index.to_dict(), file="x") == index


NUMBERS = st.integers(0, 20)
VERSION_TEXTS = st.builds(
    lambda numbers, rest: ".".join(map(str, numbers)) + rest,
    st.tuples(NUMBERS, NUMBERS, NUMBERS),
    st.sampled_from(["", "-rc.1", "-rc.2", "-alpha"]),
)


@given(st.lists(VERSION_TEXTS))
def test_versions_are_ordered_as_packaging_orders_them(versions: Any) -> None:
    from packaging.version import Version

    ours = sorted(set(versions), key=sort_key)

    assert ours == sorted(set(versions), key=lambda one: Version(one.replace("-alpha", "a0").replace("-rc.", "rc")))


@given(VERSION_TEXTS, st.sampled_from(["^0", "^1", "^0.0", "^0.3", "^1.2", "^1.2.3", "^0.0.4", None]))
def test_a_range_admits_released_versions_only(version: str, wanted: str) -> None:
    if Spec("x", wanted).admits(version):
        assert "-" not in version
        assert wanted is None or sort_key(version)[:3] >= tuple((*map(int, wanted[1:].split(".")), 0, 0)[:3])


@pytest.mark.parametrize("wanted", ["^0.0.4"])
def test_below_one_the_first_number_that_counts_must_stay(wanted: str) -> None:
    assert [Spec("x", wanted).admits(version) for version in ("0.0.4", "0.0.5", "0.1.0")] == [True, False, False]


def test_keys_differ_between_registries() -> None:
    places = ["https://a.example/x", "https://a.example/y", "http://a.example/x"]

    assert len({Registry(place).key for place in places}) == 3
