"""Editable install of the project into the environment of a notebook's kernel."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from jupyterlab_prodify.api.project import InstallResult
from jupyterlab_prodify.project.kernel import Kernel

_PIP_SECONDS = 30.0
_INSTALL_SECONDS = 600.0
_ASK_SECONDS = 0.2
_NO_PIP = (
    "The kernel's environment ({name}) has no pip, and there is no uv. "
    "Install one of them, or add the folder to sys.path in the notebook."
)


def install_editable(
    kernel: Kernel, root: Path, source_root: Path | None, should_stop: Callable[[], bool] = lambda: False
) -> InstallResult:
    """``pip install --no-deps -e ROOT``. The process and all that it starts end when ``should_stop`` says so."""
    command = _command(kernel, root)
    if command is None:
        return InstallResult(ok=False, log=_NO_PIP.format(name=kernel.name), sys_path=[])
    try:
        code, log = _run(command, root, kernel.full_environment(), should_stop)
    except OSError as error:
        return InstallResult(ok=False, log=f"{command[0]} does not start: {error.strerror}.", sys_path=[])
    paths = [str(source_root)] if source_root is not None and code == 0 else []
    return InstallResult(ok=code == 0, log=log, sys_path=paths)


def _command(kernel: Kernel, root: Path) -> list[str] | None:
    if _has_pip(kernel, root):
        options = ["--no-deps", "--no-input", "--disable-pip-version-check"]
        return [*kernel.command, "-m", "pip", "install", *options, "-e", str(root)]
    uv = shutil.which("uv")
    if uv is None or len(kernel.command) > 1:
        return None
    return [uv, "pip", "install", "--python", kernel.command[0], "--no-deps", "-e", str(root)]


def _has_pip(kernel: Kernel, folder: Path) -> bool:
    try:
        kernel.run("-c", "import pip", folder=folder, seconds=_PIP_SECONDS)
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _run(
    command: Sequence[str], folder: Path, environment: dict[str, str], should_stop: Callable[[], bool]
) -> tuple[int, str]:
    deadline = time.monotonic() + _INSTALL_SECONDS
    with _process_group(command, folder, environment) as process:
        while True:
            try:
                log, _ = process.communicate(timeout=_ASK_SECONDS)
                return process.returncode, log
            except subprocess.TimeoutExpired:
                if should_stop() or time.monotonic() > deadline:
                    return 1, "The installation was stopped."


@contextlib.contextmanager
def _process_group(
    command: Sequence[str], folder: Path, environment: dict[str, str]
) -> Iterator[subprocess.Popen[str]]:
    """A process of its own group, which ends with the block."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
