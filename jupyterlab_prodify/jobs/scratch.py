"""The scratch folder of a job: private, on a sensible file system, and gone when the job has ended."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path


def make_scratch(state: Path, near: Path | None) -> Path:
    """A new private folder: below ``state`` when that lies on the file system of ``near`` (files can be cloned there
    without copying their content, where the system can), else in the folder for temporary files."""
    return Path(tempfile.mkdtemp(prefix="prodify-", dir=_parent(state, near)))


def _parent(state: Path, near: Path | None) -> str | None:
    with contextlib.suppress(OSError):
        if near is not None and near.stat().st_dev == state.stat().st_dev:
            parent = state / "scratch"
            parent.mkdir(exist_ok=True, mode=0o700)
            return str(parent)
    return None


def remove_tree(folder: Path) -> None:
    """Remove a folder, also where folders in it are read-only."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.is_dir():
        for inner, _, _ in os.walk(folder):
            with contextlib.suppress(OSError):
                os.chmod(inner, 0o700)
        shutil.rmtree(folder, ignore_errors=True)
