"""Ed25519 signatures, in the form of OpenBSD's signify, so that anyone can check them without onrecord.

A public key and a signature are two lines each: a comment that proves nothing, and Base64 of `Ed`, eight bytes
that name the key, and 32 bytes of key or 64 of signature (signify(1)). `signify -V -p KEY -m FILE` reads them.
The secret key is PKCS #8 in PEM, readable by its owner alone, and never leaves the maintainer's machine.
"""

from __future__ import annotations

import base64
import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.errors import IntegrityError, PackageError

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ALGORITHM = b"Ed"
COMMENT = "untrusted comment: "
SUFFIX = ".sig"
MOST = 1 << 16
HINT = "pip install cryptography"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What a signature is checked with."""

    raw: bytes

    @property
    def number(self) -> bytes:
        """Eight bytes that name the key: the first of its SHA-256."""
        return hashlib.sha256(self.raw).digest()[:8]

    @property
    def fingerprint(self) -> str:
        """The key's name in hex, for people to compare."""
        return self.number.hex()

    @classmethod
    def parse(cls, text: str) -> PublicKey:
        """Read a key from its two lines, or from the second alone.

        Raises
        ------
        PackageError
            The text is no public key.

        Examples
        --------
        >>> key = PublicKey(bytes(32))
        >>> PublicKey.parse(key.to_text()) == key
        True
        """
        raw = _decoded(text)
        if raw is None or len(raw) != 42:
            raise PackageError("no public key", hint="give the two lines that `onrecord keygen` wrote to the .pub file")
        return cls(raw[10:])

    def to_text(self) -> str:
        """Return the two lines."""
        return _text(f"onrecord public key {self.fingerprint}", ALGORITHM + self.number + self.raw)

    def check(self, data: bytes, signatures: str, *, file: str) -> None:
        """Prove that one of the signatures is of this data by this key.

        Raises
        ------
        IntegrityError
            None is; `file` names the data.
        PackageError
            The library that checks signatures is not installed.
        """
        if not any(self._made(data, signature) for signature in _signatures(signatures)):
            raise IntegrityError(
                f"not signed by the key {self.fingerprint}",
                hint="do not use it; ask the publisher whether their key has changed",
                file=file,
            )

    def _made(self, data: bytes, signature: bytes) -> bool:
        _require()
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, data)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class SecretKey:
    """What a signature is made with."""

    key: Ed25519PrivateKey

    @classmethod
    def create(cls, path: Path) -> SecretKey:
        """Make a key, and write it to `path` (0600) and its public half beside it (`.pub`).

        Raises
        ------
        PackageError
            One of the files exists; a key is never written over.
        """
        _require()
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        made = cls(Ed25519PrivateKey.generate())
        text = made.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_new(path.with_name(f"{path.name}.pub"), made.public.to_text().encode(), 0o644)
        _write_new(path, text, 0o600)
        return made

    @classmethod
    def load(cls, path: Path) -> SecretKey:
        """Read a key from PEM.

        Raises
        ------
        PackageError
            There is no such file, or it is no Ed25519 key without a passphrase.
        """
        _require()
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        try:
            key = serialization.load_pem_private_key(path.read_bytes(), password=None)
        except OSError as error:
            raise PackageError(
                f"cannot read the key: {error.strerror}", hint="make one: onrecord keygen", file=path
            ) from None
        except (ValueError, TypeError):
            raise PackageError("no secret key", hint="give the file that `onrecord keygen` wrote", file=path) from None
        if not isinstance(key, Ed25519PrivateKey):
            raise PackageError("not an Ed25519 key", hint="make one: onrecord keygen", file=path)
        return cls(key)

    @property
    def public(self) -> PublicKey:
        """The half that everyone may know."""
        return PublicKey(self.key.public_key().public_bytes_raw())

    def sign(self, data: bytes) -> str:
        """Return the two lines of a signature; the same for the same data and key."""
        public = self.public
        return _text(f"signature by onrecord key {public.fingerprint}", ALGORITHM + public.number + self.key.sign(data))


def _require() -> None:
    try:
        import cryptography  # noqa: F401 -- asks whether it is there
    except ImportError:
        raise PackageError("signatures need the library cryptography", hint=HINT) from None


def _text(comment: str, data: bytes) -> str:
    return f"{COMMENT}{comment}\n{base64.b64encode(data).decode()}\n"


def _signatures(text: str) -> list[bytes]:
    """Return the signatures of a file that holds one or, while an index changes, two."""
    lines = [line for line in text[:MOST].splitlines() if line and not line.startswith(COMMENT)]
    found = [_decoded(line) for line in lines[:8]]
    return [one[10:] for one in found if one is not None and len(one) == 74]


def _decoded(text: str) -> bytes | None:
    lines = [line.strip() for line in text[:MOST].splitlines() if line.strip() and not line.startswith(COMMENT)]
    if len(lines) != 1:
        return None
    try:
        raw = base64.b64decode(lines[0], validate=True)
    except ValueError:
        return None
    return raw if raw.startswith(ALGORITHM) else None


def _write_new(path: Path, data: bytes, mode: int) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        raise PackageError(
            "a key stands there already", hint="name another file; a key is never written over", file=path
        ) from None
    with os.fdopen(handle, "wb") as file:
        file.write(data)
