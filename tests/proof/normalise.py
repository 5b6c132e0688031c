"""Outputs without what differs from run to run by itself: the rules of Verify, and a few for the proof alone.

The proof compares very many runs, and does not run the original again for each of them; so generated names that Verify
leaves to such a second run have rules here, as have the folders in which the proof works.
"""

from __future__ import annotations

import re

from jupyterlab_prodify.notebook import normalise
from jupyterlab_prodify.notebook.normalise import overwritten

__all__ = ["bundle", "overwritten", "plain"]

_ALSO = [
    (re.compile(r"\b0x[0-9a-fA-F]{6,16}\b"), "<address>"),
    (re.compile(r"(?<![0-9a-fA-F])[0-9a-f]{32}(?![0-9a-fA-F])"), "<hex>"),
    (re.compile(r"/[^\s'\"<>]*?(?:run|modules|kept|proof)[a-z0-9_]{8}"), "<folder>"),
]
#: Longer texts are compared without these: they are meant for what people read.
LONGEST = 200_000


def plain(text: str) -> str:
    """A stream's or a value's text."""
    return _also(normalise.plain(text))


def bundle(data: dict[str, str]) -> dict[str, str]:
    """A shown value's representations."""
    return {mime: _also(text) for mime, text in normalise.bundle(data).items()}


def _also(text: str) -> str:
    if len(text) <= LONGEST:
        for pattern, stand_in in _ALSO:
            text = pattern.sub(stand_in, text)
    return text
