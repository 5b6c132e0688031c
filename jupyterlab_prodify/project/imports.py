"""Can the kernel's Python import a module from a notebook's folder?"""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from jupyterlab_prodify.project.kernel import Kernel
from jupyterlab_prodify.project.module_place import ModulePlace

_CHECK_SECONDS = 15.0
_CACHE_SECONDS = 30.0

#: Runs in the kernel's Python: where does the first part of the name lead, and is the folder on the path? Only the
#: first part is looked for, because looking for an inner one would run the project's code; and nothing is imported from
#: the notebook's folder, where a ``json.py`` may lie.
_PROBE = """
import sys
sys.path[:] = [entry for entry in sys.path if entry]
import importlib.util, json, os
name, folder = sys.argv[1:3]
sys.path.insert(0, '')
try:
    spec = importlib.util.find_spec(name)
except Exception:
    spec = None
places = [] if spec is None else list(spec.submodule_search_locations or [])
if spec is not None and spec.origin and not places:
    places = [spec.origin]
real = os.path.realpath
on_path = any(real(p or '.') == real(folder) for p in sys.path)
print(json.dumps({'places': [real(p) for p in places], 'on_path': on_path}))
"""


@dataclass(frozen=True)
class Finding:
    """``found`` is where the name leads, None when it leads nowhere."""

    importable: bool
    found: str | None


class ImportChecker:
    """Answers are kept for a short while, since a dialog asks again with every key."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], tuple[float, Finding]] = {}
        self._guard = threading.Lock()

    def check(self, kernel: Kernel, notebook: Path, place: ModulePlace) -> Finding:
        """Would ``import`` find the module in a fresh kernel that is started in the notebook's folder?

        The module itself need not exist yet: the first part of its name must lead to our folder.
        """
        folder = notebook.parent.resolve()
        first = place.import_name.split(".")[0]
        key = (kernel.name, repr(sorted(kernel.environment.items())), str(folder), first, str(place.folder))
        with self._guard:
            known = self._known.get(key)
        if known is not None and time.monotonic() - known[0] < _CACHE_SECONDS:
            return known[1]
        finding = _probe(kernel, folder, first, place.folder)
        with self._guard:
            self._known[key] = (time.monotonic(), finding)
        return finding

    def check_within(self, seconds: float, kernel: Kernel, notebook: Path, place: ModulePlace) -> Finding | None:
        """Like ``check``; None when the answer takes longer. It is then known the next time."""
        answers: list[Finding] = []
        thread = threading.Thread(target=lambda: answers.append(self.check(kernel, notebook, place)), daemon=True)
        thread.start()
        thread.join(seconds)
        return answers[0] if answers else None

    def forget(self) -> None:
        """After an install every answer may be another one."""
        with self._guard:
            self._known.clear()


def _probe(kernel: Kernel, folder: Path, first: str, target: Path) -> Finding:
    try:
        done = kernel.run("-c", _PROBE, first, str(target), folder=folder, seconds=_CHECK_SECONDS)
        answer = json.loads(done.stdout.strip().splitlines()[-1])
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return Finding(False, None)
    wanted = {os.path.realpath(target / first), os.path.realpath(target / f"{first}.py")}
    places: list[str] = answer["places"]
    if any(place in wanted or os.path.dirname(place) in wanted for place in places):
        return Finding(True, places[0])
    return Finding(not places and bool(answer["on_path"]), places[0] if places else None)
