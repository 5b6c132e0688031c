"""Exit codes that scripts rely on."""

from __future__ import annotations

DONE = 0
OUR_FAULT = 1
WRONG_USE = 2
REFUSED = 3
STALE = 4
DIFFERS = 5
INTERRUPTED = 130


class UsageError(Exception):
    """The program was called in a way that cannot work."""
