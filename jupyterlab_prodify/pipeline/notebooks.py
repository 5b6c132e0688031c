"""The notebooks of a project."""

from __future__ import annotations

import os
from pathlib import Path

from jupyterlab_prodify.vcs.errors import VcsError
from jupyterlab_prodify.vcs.processes import run

_LIST = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "*.ipynb")
_SECONDS = 20.0
_SKIPPED = frozenset({"node_modules", "__pycache__", "site-packages"})


def notebooks_of(root: Path) -> list[str]:
    """Paths of all notebooks that Git does not ignore, checkpoints left out; relative to the root, sorted."""
    try:
        done = run(_LIST, root, seconds=_SECONDS)
    except VcsError:
        return _walk(root)
    if not done.ok:
        return _walk(root)
    found = {os.fsdecode(name) for name in done.out.split(b"\0") if name}
    return sorted(path for path in found if _counts(path) and (root / path).is_file())


def _walk(root: Path) -> list[str]:
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".") and name not in _SKIPPED]
        paths = [os.path.relpath(os.path.join(folder, name), root) for name in names if name.endswith(".ipynb")]
        found += [path.replace(os.sep, "/") for path in paths]
    return sorted(path for path in found if _counts(path))


def _counts(path: str) -> bool:
    return not any(part.startswith(".") for part in path.split("/")) and path.isprintable()
