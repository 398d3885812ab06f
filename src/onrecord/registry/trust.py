"""Which public key a registry's index must be signed with: the one that its reader was given."""

from __future__ import annotations

import os
from pathlib import Path

from onrecord.errors import PackageError
from onrecord.files import write_whole
from onrecord.signing import PublicKey

ENVIRONMENT = "ONRECORD_PUBLIC_KEY"
CONFIG_ENVIRONMENT = "ONRECORD_CONFIG"


def trusted_key(registry: str) -> PublicKey | None:
    """Return the key that is trusted for a registry: ONRECORD_PUBLIC_KEY (a file or a key), or what `trust` keeps.

    Parameters
    ----------
    registry
        The registry's name in cache and configuration, `Registry.key`.

    Raises
    ------
    PackageError
        What is given as a key is none.
    """
    if given := os.environ.get(ENVIRONMENT):
        path = Path(given)
        return PublicKey.parse(path.read_text(encoding="utf-8") if path.is_file() else given)
    path = _place(registry)
    try:
        return PublicKey.parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise PackageError(f"cannot read the trusted key: {error}", hint="trust the key again", file=path) from None


def trust(registry: str, key: PublicKey) -> Path:
    """Keep a key for a registry: from now on its index must be signed with it."""
    path = _place(registry)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, key.to_text().encode())
    return path


def _place(registry: str) -> Path:
    import platformdirs

    given = os.environ.get(CONFIG_ENVIRONMENT)
    base = Path(given) if given else platformdirs.user_config_path("onrecord", appauthor=False)
    return base / "keys" / f"{registry}.pub"
