"""The names that ``from module import *`` gives in a notebook.

Modules of the project are read (``static_names``), never run: a plan must not run what anybody who can write a file has
put there. Only modules that are installed are imported, by the kernel's own Python, each in a process of its own.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from jupyterlab_prodify.project.kernel import Kernel
from jupyterlab_prodify.project.static_names import Names, StaticNames

_SECONDS = 30.0
_AT_ONCE = 2
#: How long it is remembered that a module cannot be imported, and that its import takes too long.
_MISSING_SECONDS, _SLOW_SECONDS = 30.0, 600.0
_MARK = "\n@prodify-names "

#: Runs in the kernel's Python, in the notebook's folder, from which nothing is imported: neither by the modules nor by
#: these lines (``os`` is there already). What leads below ``root`` and is no environment is named, not imported. Prints
#: may come from the modules, so the answer is marked.
_PROBE = """
import sys
import os
path = [entry for entry in [*os.environ.get('PYTHONPATH', '').split(os.pathsep), *sys.path] if entry]
root, module, mark = sys.argv[1:4]
real = os.path.realpath
library = real(os.path.dirname(os.__file__))
def below(entry, folder):
    return entry == folder or entry.startswith(folder.rstrip(os.sep) + os.sep)
def ours(entry):
    entry = real(entry)
    if below(entry, library) or {'site-packages', 'dist-packages'} & set(entry.split(os.sep)):
        return False
    return below(entry, real(root))
sys.path[:] = [entry for entry in path if not ours(entry)]
import importlib.machinery, importlib.util, json
first = module.split('.')[0]
try:
    spec = None if first in sys.builtin_module_names else importlib.machinery.PathFinder.find_spec(first, path)
    spec = spec or importlib.util.find_spec(first)
except Exception:
    spec = None
places = [] if spec is None else list(spec.submodule_search_locations or []) or [spec.origin or '']
answer = {}
mine = [place for place in places if os.path.isabs(place) and ours(place)]
if mine:
    answer['folder'] = os.path.dirname(real(mine[0]))
elif spec is not None:
    sys.meta_path[:] = [f for f in sys.meta_path if not str(getattr(f, '__module__', '')).startswith('__editable__')]
    before = set(sys.modules)
    names = {}
    try:
        exec('from ' + module + ' import *', names)
    except BaseException:
        pass
    else:
        names.pop('__builtins__', None)
        loaded = [getattr(sys.modules[name], '__file__', None) for name in set(sys.modules) - before]
        answer['names'] = sorted(names)
        answer['files'] = sorted(f for f in loaded if f and (not below(real(f), library) or 'site-packages' in f))
print(mark + json.dumps(answer), flush=True)
os._exit(0)
"""


@dataclass
class _Answer:
    """What is known of an installed module: its names, or the ``folder`` of the project in which it is. ``files`` are
    the states of all that its import has loaded. An answer without either holds ``until`` some time has gone."""

    names: tuple[str, ...] | None = None
    folder: Path | None = None
    files: Mapping[str, tuple[int, int] | None] = field(default_factory=dict)
    until: float | None = None

    def holds(self) -> bool:
        if self.until is not None:
            return time.monotonic() < self.until
        return all(_state_of(file) == state for file, state in self.files.items())


class StarResolver:
    """Keeps what installed modules give until a file changes that their import has loaded."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], _Answer] = {}
        self._asking: dict[tuple[str, ...], threading.Lock] = {}
        self._guard = threading.Lock()

    def names_of(
        self,
        modules: Sequence[str],
        kernel: Kernel,
        folders: Sequence[Path],
        root: Path,
        used: Collection[str] | None = None,
    ) -> dict[str, Sequence[str]]:
        """The names by module; a module whose names are not sure is left out, as is one that cannot be imported.

        ``folders`` are where the notebook finds modules of the project, its own folder first; what is below ``root`` is
        the project's too, wherever it is found. A name of which a module's text does not tell whether it is bound
        matters only when it is among ``used`` (None: always).
        """
        real = [folder.resolve() for folder in folders]
        asked = _Asked(self, kernel, real, root.resolve())
        found: dict[str, Sequence[str]] = {}
        for module in modules:
            names = asked.names_of(module)
            if names is not None and not (names.maybe if used is None else names.maybe & set(used)):
                found[module] = tuple(sorted(names.sure))
        return found

    def ask(self, modules: Sequence[str], kernel: Kernel, folder: Path, root: Path) -> dict[str, _Answer]:
        """The answer for each module, from memory or from the kernel's Python."""
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            answers = pool.map(lambda module: self._ask_one(module, kernel, folder, root), modules)
            return dict(zip(modules, answers, strict=True))

    def _ask_one(self, module: str, kernel: Kernel, folder: Path, root: Path) -> _Answer:
        key = (repr((kernel.command, sorted(kernel.environment.items()))), str(folder), str(root), module)
        with self._guard:
            lock = self._asking.setdefault(key, threading.Lock())
        with lock:  # who asks for the same module waits, who asks for another one does not
            known = self._known.get(key)
            if known is None or not known.holds():
                known = self._known[key] = _import(module, kernel, folder, root)
            return known


class _Asked:
    """One request: modules of the project are read, the installed ones that it needs are asked for together."""

    def __init__(self, resolver: StarResolver, kernel: Kernel, folders: Sequence[Path], root: Path) -> None:
        self._resolver, self._kernel, self._root = resolver, kernel, root
        self._folders = list(folders)
        self._answers: dict[str, _Answer] = {}
        self._missing: set[str] = set()

    def names_of(self, module: str) -> Names | None:
        """A module of the project may hand on names of installed ones, and be found only by asking."""
        while True:
            self._missing.clear()
            names = StaticNames(self._folders, self._external).star(module)
            missing = sorted(self._missing)
            if not missing:
                return names
            self._answers.update(self._resolver.ask(missing, self._kernel, self._folders[0], self._root))
            for name in missing:
                self._learn_folder(self._answers[name].folder)

    def _external(self, module: str) -> Sequence[str] | None:
        if module not in self._answers:
            self._missing.add(module)
            return ()
        return self._answers[module].names

    def _learn_folder(self, folder: Path | None) -> None:
        if folder is not None and folder not in self._folders:
            self._folders.append(folder)


def _import(module: str, kernel: Kernel, folder: Path, root: Path) -> _Answer:
    quiet = Kernel(kernel.command, {**kernel.environment, "MPLBACKEND": "Agg"})
    try:
        # Without PYTHONPATH, from which Python would run a ``sitecustomize``; the probe looks there itself.
        said = run_alone(quiet, ["-E", "-B", "-c", _PROBE, str(root), module, _MARK], folder, _SECONDS)
        answer = json.loads(said.rpartition(_MARK)[2])
    except subprocess.TimeoutExpired:
        return _Answer(until=time.monotonic() + _SLOW_SECONDS)
    except (OSError, ValueError):
        return _Answer(until=time.monotonic() + _MISSING_SECONDS)
    if "folder" in answer:
        return _Answer(folder=Path(answer["folder"]), until=time.monotonic() + _MISSING_SECONDS)
    if "names" not in answer:
        return _Answer(until=time.monotonic() + _MISSING_SECONDS)
    return _Answer(tuple(answer["names"]), files={file: _state_of(file) for file in answer["files"]})


def run_alone(kernel: Kernel, arguments: Sequence[str], folder: Path, seconds: float) -> str:
    """What the kernel's Python prints; it ends with everything that it has started, also when it takes too long.

    Raises:
        OSError: it does not start.
        subprocess.TimeoutExpired: it takes too long.
    """
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [*kernel.command, *arguments],
            cwd=folder,
            env=kernel.full_environment(),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.DEVNULL,
            start_new_session=sys.platform != "win32",
        )
        try:
            process.wait(seconds)
        finally:
            _end(process)
        said.seek(0)
        return said.read().decode("utf-8", "replace")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process, its group, and those of its descendants that have left the group."""
    import psutil

    with contextlib.suppress(psutil.Error):
        for one in psutil.Process(process.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                one.kill()
    if sys.platform == "win32":
        process.kill()
    else:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _state_of(file: str) -> tuple[int, int] | None:
    """Size and time of a file; None when it is not there."""
    try:
        state = os.stat(file)
    except OSError:
        return None
    return state.st_size, state.st_mtime_ns
