"""`python -m onrecord.cli`, the same as `onrecord`."""

from __future__ import annotations

from onrecord.cli.app import main

main()
