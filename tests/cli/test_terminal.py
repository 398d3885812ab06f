from __future__ import annotations

import io
import sys

import pytest

from onrecord.cli import terminal


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("unit", "shown"), [("bytes", ["1.0/4.0 MB", "B/s"]), ("documents", ["1000000/4000000", "documents"])]
)
def test_a_bar_of_bytes_tells_their_speed(unit: str, shown: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = Terminal()
    monkeypatch.setattr(sys, "stderr", stderr)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TERM", "xterm")
    with terminal.progress("Downloading x", unit) as progress:
        progress(0, 4_000_000)
        progress(500_000, 4_000_000)
        progress(1_000_000, 4_000_000)
    text = stderr.getvalue()
    assert "Downloading x" in text
    assert all(part in text for part in shown), text


def test_elsewhere_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stderr)
    with terminal.progress("Downloading x", "bytes") as progress:
        progress(1, 2)
    assert stderr.getvalue() == ""
