"""``dvc.lock`` as text, one piece for each stage: the text that DVC would write, without making all of it anew.

DVC parses and writes the whole file for every stage, which takes longer the more stages there are.
"""

from __future__ import annotations

import re
from typing import Any

_HEAD = "schema: '2.0'\nstages:\n"
_ENTRY = re.compile(r"^  (?P<key>[\w.@-]+|'[^'\n]+'|\"[^\"\\\n]+\"):$", re.MULTILINE)


class LockText:
    """The pieces of one file. ``text`` is what was written last."""

    def __init__(self) -> None:
        self.text: str | None = None
        self._pieces: dict[str, str] = {}

    def holds(self, text: str | None) -> bool:
        """It is the text that was written last."""
        return text is not None and text == self.text

    def take(self, text: str | None, names: list[str]) -> bool:
        """Be the text of a file, None for one that is not there; ``names`` are the stages in it. False when its form is
        not that in which DVC writes it."""
        pieces = {} if text is None else _pieces(text)
        fits = pieces is not None and list(pieces) == names
        self.text, self._pieces = (text, pieces or {}) if fits else (None, {})
        return fits

    def put(self, name: str, entry: Any, order: list[str]) -> str:
        """The text with this entry; the stages of ``order`` stand at the end, in that order."""
        from dvc.utils.serialize import dumps_yaml

        self._pieces[name] = dumps_yaml({"stages": {name: entry}}).split("\n", 1)[1]
        ours = [one for one in order if one in self._pieces]
        if [one for one in self._pieces if one in set(ours)] != ours:
            self._pieces.update([(one, self._pieces.pop(one)) for one in ours])
        self.text = _HEAD + "".join(self._pieces.values())
        return self.text


def _pieces(text: str) -> dict[str, str] | None:
    """The text of each stage; None where it does not stand as DVC writes it."""
    found = list(_ENTRY.finditer(text, len(_HEAD)))
    if not text.startswith(_HEAD) or not found or found[0].start() != len(_HEAD):
        return None
    ends = [entry.start() for entry in found[1:]] + [len(text)]
    pieces = [text[entry.start() : end] for entry, end in zip(found, ends, strict=True)]
    if not all(line.startswith("    ") for piece in pieces for line in piece.split("\n")[1:-1]):
        return None
    return {entry["key"].strip("'\""): piece for entry, piece in zip(found, pieces, strict=True)}
