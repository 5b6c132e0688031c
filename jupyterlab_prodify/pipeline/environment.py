"""The environment of a stage's command: the project's Python first on PATH, never the server's by accident."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jupyterlab_prodify.pipeline.errors import NoInterpreterError
from jupyterlab_prodify.project.kernel import FindSpec, Kernel, find_kernel, kernel_exists
from jupyterlab_prodify.project.layout import own_settings

_SECONDS = 60.0
_REMEDY = 'Name the project\'s Python in `pyproject.toml`: `[tool.prodify]`, `python = "path/to/python"`.'
_OURS = ("python", "python3")


class Environments:
    """The environments of the stages of a project. The Python is, in this order: that of ``[tool.prodify] python``;
    that of the kernel of the stage's notebook; of any other notebook that belongs to a stage; of ``.venv`` in the
    project; the one that runs us."""

    def __init__(self, root: Path, notebooks: Mapping[str, str | None], find_spec: FindSpec | None = None) -> None:
        self._root = root
        self._notebooks = notebooks
        self._find_spec = find_spec
        self._known: dict[str | None, dict[str, str]] = {}

    def of(self, stage: str) -> dict[str, str]:
        """The environment of a stage's command.

        Raises:
            NoInterpreterError: the Python that is named is not there.
        """
        named = self._configured()
        if named is not None:
            return self._environment("", lambda: Kernel((named,)))
        kernel = self._kernel_name(self._notebooks.get(stage)) or next(
            (name for path in self._notebooks.values() if (name := self._kernel_name(path))), None
        )
        return self._environment(kernel, lambda: self._found(kernel))

    def _environment(self, key: str | None, find: Any) -> dict[str, str]:
        if key not in self._known:
            self._known[key] = _with_first(find())
        return self._known[key]

    def _configured(self) -> str | None:
        named = own_settings(self._root).get("python")
        if not isinstance(named, str):
            return None
        place = self._root / os.path.expanduser(named)
        found = str(place) if place.is_file() else shutil.which(named)
        if found is None:
            raise NoInterpreterError(f"`[tool.prodify]` names the Python `{named}`, which is not there.", _REMEDY)
        return os.path.abspath(found)

    def _kernel_name(self, notebook: str | None) -> str | None:
        if notebook is None:
            return None
        try:
            found = json.loads((self._root / notebook).read_text("utf-8"))
            name = found["metadata"]["kernelspec"]["name"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return name if isinstance(name, str) and name else None

    def _found(self, name: str | None) -> Kernel:
        if name is None or name in _OURS:
            own = _python_in(self._root / ".venv") if name is None else None
            return Kernel((str(own),)) if own else find_kernel(name, self._find_spec)
        if not kernel_exists(name, self._find_spec):
            message = f"The kernel `{name}` of the project's notebooks is not installed here."
            raise NoInterpreterError(message, f"Install it. {_REMEDY}")
        return find_kernel(name, self._find_spec)


def _python_in(environment: Path) -> Path | None:
    places = [environment / "Scripts" / "python.exe", environment / "bin" / "python"]
    return next((place for place in places if place.exists()), None)


def _with_first(kernel: Kernel) -> dict[str, str]:
    """Our environment with the kernel's Python in the first place."""
    own = kernel.full_environment()
    program = _program_of(kernel)
    folder = os.path.dirname(program)
    path = own.get("PATH", os.defpath)
    own["PATH"] = os.pathsep.join([folder, *(part for part in path.split(os.pathsep) if part and part != folder)])
    prefix = os.path.dirname(folder)
    if program != sys.executable or os.path.exists(os.path.join(prefix, "pyvenv.cfg")):
        own.pop("PYTHONHOME", None)
        own.pop("VIRTUAL_ENV", None)
        if os.path.exists(os.path.join(prefix, "pyvenv.cfg")):
            own["VIRTUAL_ENV"] = prefix
    own.setdefault("PYTHONUNBUFFERED", "1")  # so that its log can be followed
    return own


def _program_of(kernel: Kernel) -> str:
    """The interpreter itself, also behind a wrapper such as ``conda run``."""
    if len(kernel.command) == 1:
        return shutil.which(kernel.command[0]) or kernel.command[0]
    try:
        done = kernel.run("-c", "import sys; print(sys.executable)", folder=Path.cwd(), seconds=_SECONDS)
    except (OSError, subprocess.SubprocessError) as error:
        raise NoInterpreterError(f"`{kernel.name}` does not start: {error}.", _REMEDY) from error
    return done.stdout.strip().splitlines()[-1]
