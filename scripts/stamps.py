"""Remember by content what was already done, so that doing it again costs nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from scripts.places import ROOT, STATE


def key_of(paths: Iterable[Path], *facts: str) -> str:
    """A key that changes with the name or the content of any file, or with any of the facts.

    Folders stand for all files below them; what does not exist counts as such.
    """
    digest = hashlib.sha256()
    for fact in facts:
        digest.update(f"fact:{fact}\0".encode())
    for path in sorted(file for start in paths for file in files_of(start)):
        digest.update(f"file:{path.relative_to(ROOT)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b"-")
    return digest.hexdigest()


def files_of(start: Path) -> list[Path]:
    """The file itself, or all files of a folder."""
    return [path for path in start.rglob("*") if path.is_file()] if start.is_dir() else [start]


def is_done(step: str, key: str) -> bool:
    """True when the step was finished with the same key."""
    stamp = STATE / f"{step}.stamp"
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == key


def mark_done(step: str, key: str) -> None:
    """Remember that the step is finished."""
    STATE.mkdir(exist_ok=True)
    (STATE / f"{step}.stamp").write_text(key, encoding="utf-8")


def forget(step: str) -> None:
    """The step has to be done again."""
    (STATE / f"{step}.stamp").unlink(missing_ok=True)
