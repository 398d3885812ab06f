"""News articles in, a published dataset of who said what out.

>>> import onrecord
>>> onrecord.__version__.count(".")
2
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.download import load

__version__ = "0.1.0"
__all__ = ["__version__", "load"]

_LAZY = {"load": "onrecord.download"}
"""Public functions, imported when they are first used, so that `import onrecord` costs nothing."""


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LAZY[name]), name)
