from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord.download as downloads
from onrecord import packages, releases
from onrecord.errors import IntegrityError, PackageError, ReleaseError
from onrecord.registry import Patience, Registry, open_registry, trust
from onrecord.reports import Report
from onrecord.signing import PublicKey, SecretKey

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytest.importorskip("cryptography")

SIGNIFY_KEY = (
    "untrusted comment: onrecord public key cd51906b4e4fe6c8\n"
    "RWTNUZBrTk/myNioE+tcH/+r133OFluPJkSt/R04hJEBE1zv0H3ats1O\n"
)
SIGNIFY_SIGNATURE = (
    "untrusted comment: signature by onrecord key cd51906b4e4fe6c8\n"
    "RWTNUZBrTk/myA+VynTuU3MQ97BjmaSmIQCNrOAxQVsn49IV6bjApqKDMAAXGKQmhw+RFMDUa/C8npvfUATivAgG+3GP9JiajAU=\n"
)


@pytest.fixture
def key(tmp_path: Path) -> SecretKey:
    return SecretKey.create(tmp_path / "keys" / "release.key")


@pytest.fixture
def signed(dataset: Path, tmp_path: Path, key: SecretKey) -> Path:
    releases.release(dataset, version="1.0.0", output=tmp_path / "signed", check=lambda _: Report(), key=key)
    return tmp_path / "signed"


@pytest.fixture
def get(
    serve: Callable[[Path], Any], signed: Path, patience: Patience, key: SecretKey, tmp_path: Path
) -> Callable[..., Path]:
    served = serve(signed)

    def download(spec: str = "little", public_key: PublicKey = key.public) -> Path:
        registry = open_registry(served.url, patience=patience, public_key=public_key)
        return downloads.download(spec, registry=registry, cache=tmp_path / "cache")

    return download


def test_what_signify_has_verified_is_verified() -> None:
    PublicKey.parse(SIGNIFY_KEY).check(b"hello\n", SIGNIFY_SIGNATURE, file="m")
    with pytest.raises(IntegrityError, match="not signed by the key cd51906b4e4fe6c8"):
        PublicKey.parse(SIGNIFY_KEY).check(b"hello\nx\n", SIGNIFY_SIGNATURE, file="m")


def test_a_key_is_its_owners_alone_and_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "release.key"
    made = SecretKey.create(path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert SecretKey.load(path).public == made.public
    assert PublicKey.parse((tmp_path / "release.key.pub").read_text()) == made.public
    with pytest.raises(PackageError, match="stands there already"):
        SecretKey.create(path)


@pytest.mark.parametrize("text", ["", "x", "RWTNUZBr", SIGNIFY_SIGNATURE, "untrusted comment: x\n!!!!\n"])
def test_what_is_no_key_is_said(text: str, tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="no public key"):
        PublicKey.parse(text)
    (tmp_path / "key").write_text(text)
    with pytest.raises(PackageError, match="no secret key"):
        SecretKey.load(tmp_path / "key")


@given(st.binary(max_size=200), st.integers(0, 200))
def test_any_other_byte_breaks_a_signature(data: bytes, place: int) -> None:
    key = SECRET
    signature = key.sign(data)
    key.public.check(data, signature, file="x")
    changed = bytearray(data + b"\0")
    changed[place % len(changed)] ^= 1
    with pytest.raises(IntegrityError):
        key.public.check(bytes(changed), signature, file="x")


def _secret() -> SecretKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return SecretKey(Ed25519PrivateKey.from_private_bytes(bytes(32)))


SECRET = _secret()


@given(st.text(max_size=300))
def test_no_text_whatever_passes_for_a_signature(text: str) -> None:
    with pytest.raises(IntegrityError):
        SECRET.public.check(b"data", text, file="x")


def test_a_signed_release_is_the_same_bytes_again(signed: Path, dataset: Path, tmp_path: Path, key: SecretKey) -> None:
    releases.release(dataset, version="1.0.0", output=tmp_path / "again", check=lambda _: Report(), key=key)

    for path in signed.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "again" / path.relative_to(signed)).read_bytes(), path


def test_a_signed_package_is_verified(signed: Path, key: SecretKey, tmp_path: Path) -> None:
    folder = signed / "little" / "1.0.0"
    other = SecretKey.create(tmp_path / "other.key").public

    for path in (folder, signed / "little" / "little-1.0.0.zip"):
        assert packages.verify(path, key.public).valid
        assert [issue.code for issue in packages.verify(path, other)] == ["signature"]


def test_a_package_without_signature_does_not_pass_for_a_signed_one(output: Path, key: SecretKey) -> None:
    assert [issue.code for issue in packages.verify(output / "little" / "1.0.0", key.public)] == ["signature"]


def test_a_signed_registry_is_read_with_its_key(get: Callable[..., Path]) -> None:
    assert packages.verify(get()).valid


def test_another_key_is_refused(get: Callable[..., Path], tmp_path: Path) -> None:
    other = SecretKey.create(tmp_path / "other.key").public

    with pytest.raises(IntegrityError, match="not signed by the key") as caught:
        get(public_key=other)

    assert caught.value.hint


def test_a_stripped_signature_is_refused(get: Callable[..., Path], signed: Path) -> None:
    (signed / "index.json.sig").unlink()

    with pytest.raises(IntegrityError, match="the index is not signed"):
        get()


def test_a_changed_index_is_refused(get: Callable[..., Path], signed: Path) -> None:
    path = signed / "index.json"
    path.write_text(path.read_text(encoding="utf-8").replace("A little", "A large"), encoding="utf-8")

    with pytest.raises(IntegrityError, match="not signed"):
        get()


def test_an_old_index_is_refused_though_it_was_signed_once(
    get: Callable[..., Path], signed: Path, dataset: Path, key: SecretKey
) -> None:
    old = {name: (signed / name).read_bytes() for name in ("index.json", "index.json.sig")}
    releases.release(dataset, version="1.1.0", output=signed, check=lambda _: Report(), key=key)
    assert get().name == "1.1.0"
    for name, data in old.items():
        (signed / name).write_bytes(data)

    with pytest.raises(IntegrityError, match="went back from change 2 to 1") as caught:
        get()

    assert ".serial" in str(caught.value.hint)


def test_a_signed_registry_is_only_changed_with_the_key(signed: Path, dataset: Path) -> None:
    with pytest.raises(ReleaseError, match="this registry is signed"):
        releases.release(dataset, version="1.1.0", output=signed, check=lambda _: Report())
    with pytest.raises(ReleaseError, match="this registry is signed"):
        releases.yank("little@1.0.0", reason="x", output=signed)


def test_a_yank_is_signed(get: Callable[..., Path], signed: Path, key: SecretKey) -> None:
    releases.yank("little@1.0.0", reason="wrong speakers", output=signed, key=key)

    assert get("little@1.0.0").name == "1.0.0"


def test_at_every_moment_of_a_release_a_signature_fits(
    signed: Path, dataset: Path, key: SecretKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord import files

    write = files.write_whole
    registry = Registry(str(signed), public_key=key.public)
    looked = []

    def looking(path: Path, data: bytes) -> None:
        write(path, data)
        looked.append(len(Registry(str(signed), public_key=key.public).index.datasets["little"].versions))

    monkeypatch.setattr(files, "write_whole", looking)
    releases.release(dataset, version="1.1.0", output=signed, check=lambda _: Report(), key=key)

    assert looked[-3:] == [1, 2, 2]
    assert len(registry.index.datasets["little"].versions) == 2
    assert (signed / "index.json.sig").read_text().count("untrusted comment") == 1


def test_a_trusted_key_is_asked_for_by_itself(
    signed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: SecretKey
) -> None:
    monkeypatch.setenv("ONRECORD_CONFIG", str(tmp_path / "config"))
    registry = open_registry(signed)
    assert registry.public_key is None

    trust(registry.key, SecretKey.create(tmp_path / "other.key").public)
    with pytest.raises(IntegrityError):
        open_registry(signed).resolve("little")
    trust(registry.key, key.public)

    assert open_registry(signed).resolve("little").entry.version == "1.0.0"
    assert open_registry(tmp_path / "elsewhere").public_key is None, "a key is for one registry"


def test_the_environment_gives_a_key_as_text_or_file(
    signed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: SecretKey
) -> None:
    for way in (key.public.to_text().splitlines()[1], str(tmp_path / "keys" / "release.key.pub")):
        monkeypatch.setenv("ONRECORD_PUBLIC_KEY", way)
        assert open_registry(signed).public_key == key.public


def test_an_unsigned_registry_that_went_back_is_only_noted(output: Path, dataset: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    old = (output / "index.json").read_bytes()
    releases.release(dataset, version="1.1.0", output=output, check=lambda _: Report())
    assert downloads.download("little", registry=output, cache=cache).name == "1.1.0"
    (output / "index.json").write_bytes(old)

    assert downloads.download("little", registry=output, cache=cache).name == "1.0.0"
    assert json.loads(old)["serial"] == 1
