"""The names that ``from module import *`` gives, asked of the kernel's own Python."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jupyterlab_prodify.project.kernel import Kernel

_SECONDS = 30.0

#: Runs in the kernel's Python, in the notebook's folder. Prints may come from the modules, so the answer is marked.
_PROBE = """
import json, sys
sys.path[0] = ''
answer = {}
for module in sys.argv[1:]:
    names = {}
    try:
        exec('from ' + module + ' import *', names)
    except BaseException:
        continue
    names.pop('__builtins__', None)
    found = sys.modules.get(module)
    answer[module] = [sorted(names), getattr(found, '__file__', None)]
print('\\n@prodify-names ' + json.dumps(answer))
"""


@dataclass(frozen=True)
class _Known:
    names: tuple[str, ...]
    file: str | None
    state: tuple[int, int] | None


class StarResolver:
    """Imports modules in a process of their own and keeps their names until the file of the module changes."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, str], _Known] = {}
        self._guard = threading.Lock()

    def names_of(self, modules: Sequence[str], kernel: Kernel, notebook: Path) -> dict[str, Sequence[str]]:
        """The names by module; a module that cannot be imported there within 30 seconds is left out.

        The modules are imported as the notebook would import them, in the notebook's folder, but in a fresh process.
        """
        folder = notebook.parent.resolve()
        where = (repr((kernel.command, sorted(kernel.environment.items()))), str(folder))
        with self._guard:
            known = {module: self._known.get((*where, module)) for module in modules}
            missing = [module for module, one in known.items() if one is None or one.state != _state_of(one.file)]
            if missing:
                for module, one in _ask(missing, kernel, folder).items():
                    self._known[(*where, module)] = known[module] = one
                for module in missing:
                    known[module] = self._known.get((*where, module))
        return {module: one.names for module, one in known.items() if one is not None}


def _ask(modules: Sequence[str], kernel: Kernel, folder: Path) -> dict[str, _Known]:
    quiet = Kernel(kernel.command, {**kernel.environment, "MPLBACKEND": "Agg", "PYTHONDONTWRITEBYTECODE": "1"})
    try:
        done = quiet.run("-c", _PROBE, *modules, folder=folder, seconds=_SECONDS)
        answer = json.loads(done.stdout.rpartition("\n@prodify-names ")[2])
    except (OSError, subprocess.SubprocessError, ValueError):
        return {}
    return {module: _Known(tuple(names), file, _state_of(file)) for module, (names, file) in answer.items()}


def _state_of(file: str | None) -> tuple[int, int] | None:
    """Size and time of a module's file; None for a module without one."""
    try:
        state = os.stat(file) if file else None
    except OSError:
        return None
    return (state.st_size, state.st_mtime_ns) if state else None
