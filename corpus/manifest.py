"""The notebooks of the corpus: where each comes from and what is known about it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from scripts.places import STATE

HOME = STATE / "corpus"
NOTEBOOKS = HOME / "notebooks"
MANIFEST = Path(__file__).with_name("manifest.json")


@dataclass(frozen=True)
class File:
    """One file of a notebook's folder: its place there, its member name in the source package, its hash."""

    path: str
    member: str
    sha256: str


@dataclass(frozen=True)
class Entry:
    """One notebook. ``seconds`` is how long it runs."""

    id: str
    package: str
    notebook: str
    files: tuple[File, ...]
    folders: tuple[str, ...]
    requirements: tuple[str, ...]
    seconds: float

    @property
    def folder(self) -> Path:
        """Where the notebook and its data lie."""
        return NOTEBOOKS / self.id

    @property
    def path(self) -> Path:
        """The notebook's file."""
        return self.folder / self.notebook


@cache
def entries() -> tuple[Entry, ...]:
    """All notebooks."""
    return tuple(_entry(row) for row in _manifest()["notebooks"])


def sample(size: int) -> tuple[Entry, ...]:
    """The first ``size`` notebooks, always the same ones: first those that are quickly fetched and run."""
    first: list[str] = _manifest()["sample"]
    ranks = {name: rank for rank, name in enumerate(first)}
    return tuple(sorted(entries(), key=lambda entry: ranks.get(entry.id, len(ranks)))[:size])


def requirements(chosen: Sequence[Entry]) -> list[str]:
    """The pinned packages that the kernels of these notebooks need. For all notebooks together the list is longer:
    some load an optional package of a package."""
    needed = {need for entry in chosen for need in entry.requirements}
    return sorted(needed | set(_manifest()["requirements"]) if len(chosen) == len(entries()) else needed)


@cache
def _manifest() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return found


def _entry(row: dict[str, object]) -> Entry:
    files = row["files"]
    assert isinstance(files, dict)
    known = {name: value for name, value in row.items() if name not in ("files", "folders")}
    lists = {name: tuple(value) for name, value in known.items() if isinstance(value, list)}
    folders = row.get("folders", [])
    assert isinstance(folders, list)
    return Entry(
        **{**known, **lists},  # type: ignore[arg-type]
        files=tuple(File(path, file["member"], file["sha256"]) for path, file in files.items()),
        folders=tuple(folders),
    )
