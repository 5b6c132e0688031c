"""The Python of a notebook's kernel: what it can import, and installing the project into it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jupyterlab_prodify.api.project import InstallResult
from jupyterlab_prodify.project.layout import ModulePlace

_CHECK_SECONDS = 10.0
_CACHE_SECONDS = 20.0
_INSTALL_SECONDS = 600.0

#: Runs in the kernel's Python: where does the first part of the name lead, and is the folder on the path?
_PROBE = """
import importlib.util, json, os, sys
name, folder = sys.argv[1:3]
sys.path[0] = ''
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


_cache: dict[tuple[str, str, str, str], tuple[float, Finding]] = {}


def kernel_python(kernel_name: str | None) -> str:
    """The interpreter that a kernelspec starts; our own when the name is unknown or it is not a Python."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    if kernel_name is None:
        return sys.executable
    try:
        argv = KernelSpecManager().get_kernel_spec(kernel_name).argv
    except (NoSuchKernel, ValueError):
        return sys.executable
    program = argv[0] if argv else sys.executable
    if not os.path.isabs(program):
        program = shutil.which(program) or sys.executable
    return program if "python" in os.path.basename(program).lower() else sys.executable


def check_import(python: str, notebook: Path, place: ModulePlace) -> Finding:
    """Would ``import`` find the module in a fresh kernel that is started in the notebook's folder?

    The module itself need not exist yet: the first part of its name must lead to our folder.
    """
    folder = str(notebook.resolve().parent)
    first = place.import_name.split(".")[0]
    key = (python, folder, first, str(place.folder))
    known = _cache.get(key)
    if known is not None and time.monotonic() - known[0] < _CACHE_SECONDS:
        return known[1]
    finding = _probe(python, folder, first, place.folder)
    _cache[key] = (time.monotonic(), finding)
    return finding


def _probe(python: str, folder: str, first: str, target: Path) -> Finding:
    try:
        done = subprocess.run(
            [python, "-c", _PROBE, first, str(target)],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=_CHECK_SECONDS,
            check=True,
            stdin=subprocess.DEVNULL,
        )
        answer = json.loads(done.stdout.strip().splitlines()[-1])
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return Finding(False, None)
    wanted = {os.path.realpath(target / first), os.path.realpath(target / f"{first}.py")}
    places: list[str] = answer["places"]
    if any(place in wanted or os.path.dirname(place) in wanted for place in places):
        return Finding(True, places[0])
    return Finding(not places and bool(answer["on_path"]), places[0] if places else None)


def forget_findings() -> None:
    """After an install every answer may be another one."""
    _cache.clear()


@contextlib.contextmanager
def _process_group(arguments: list[str], folder: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        arguments,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def install_editable(
    python: str, root: Path, source_root: Path | None, should_stop: Callable[[], bool] = lambda: False
) -> InstallResult:
    """``pip install --no-deps -e ROOT`` into the kernel's environment; ``should_stop`` is asked twice a second."""
    arguments = [python, "-m", "pip", "install", "--no-deps", "--disable-pip-version-check", "-e", str(root)]
    if not _has_pip(python) and (uv := shutil.which("uv")):
        arguments = [uv, "pip", "install", "--python", python, "--no-deps", "-e", str(root)]
    deadline = time.monotonic() + _INSTALL_SECONDS
    with _process_group(arguments, root) as process:
        while True:
            try:
                log, _ = process.communicate(timeout=0.5)
                break
            except subprocess.TimeoutExpired:
                if should_stop() or time.monotonic() > deadline:
                    return InstallResult(ok=False, log="The installation was stopped.", sys_path=[])
    forget_findings()
    paths = [str(source_root)] if source_root is not None else []
    return InstallResult(ok=process.returncode == 0, log=log, sys_path=paths)


def _has_pip(python: str) -> bool:
    done = subprocess.run([python, "-c", "import pip"], capture_output=True, stdin=subprocess.DEVNULL, check=False)
    return done.returncode == 0
