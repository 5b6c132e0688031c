"""Which modules are surely installed for a kernel, told from the folders of its Python without running it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from jupyterlab_prodify.project.kernel import Kernel


def installed_names(kernel: Kernel, names: Iterable[str]) -> frozenset[str]:
    """Those of the names that lie in the ``site-packages`` of the kernel's Python. What is found in another way (a
    ``.pth`` file, a wrapper such as ``conda run``) is left out: it is not sure."""
    home = Path(kernel.command[0]).parent.parent
    folders = [*home.glob("lib/python*/site-packages"), home / "Lib" / "site-packages"]
    return frozenset(name for name in names if any(_is_in(folder, name) for folder in folders))


def _is_in(folder: Path, name: str) -> bool:
    return (folder / name).is_dir() or (folder / f"{name}.py").is_file() or any(folder.glob(f"{name}.*.so"))
