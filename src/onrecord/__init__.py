"""News articles in, a published dataset of who said what out."""

from __future__ import annotations

__version__ = "0.1.0"
