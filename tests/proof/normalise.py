"""Outputs without what differs from run to run by itself: the rules of Verify, in the folders of the proof."""

from __future__ import annotations

import re

from jupyterlab_prodify.notebook import normalise
from jupyterlab_prodify.notebook.normalise import overwritten

__all__ = ["bundle", "overwritten", "plain"]

#: Where a worker runs notebooks and puts modules.
_FOLDER = re.compile(r"/[\w./-]{0,200}?\bproof[a-z0-9_]{8}(?:/(?:run|modules|kept)[a-z0-9_]{8})?\b")


def plain(text: str) -> str:
    """A stream's or a value's text."""
    return _placeless(normalise.plain(text))


def bundle(data: dict[str, str]) -> dict[str, str]:
    """A shown value's representations."""
    return {mime: _placeless(text) for mime, text in normalise.bundle(data).items()}


def _placeless(text: str) -> str:
    return _FOLDER.sub("<folder>", text) if "/proof" in text else text
