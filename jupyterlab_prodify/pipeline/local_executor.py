"""Stages as processes of this machine, each in a process group of its own."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

from jupyterlab_prodify.pipeline.executor import Completed, OnPlace, StageCommand

if TYPE_CHECKING:
    import psutil

_PATIENCE = 3.0
_ROUND_SECONDS = 0.05
_CLOCK_SECONDS = 2.0


class _Running:
    """One stage. ``process`` is its present command."""

    def __init__(self, command: StageCommand) -> None:
        self.command = command
        self.guard = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.cancelled = threading.Event()


class LocalExecutor:
    """The stages that run now."""

    def __init__(self, on_place: OnPlace = lambda name, where: None) -> None:
        self._on_place = on_place
        self._running: dict[str, _Running] = {}
        self._ended: queue.Queue[Completed] = queue.Queue()

    def submit(self, command: StageCommand) -> None:
        running = self._running[command.name] = _Running(command)
        threading.Thread(target=self._run, args=(running,), daemon=True, name=f"stage {command.name}").start()

    def cancel(self, name: str) -> None:
        running = self._running.get(name)
        if running is not None and not running.cancelled.is_set():
            running.cancelled.set()
            threading.Thread(target=_end, args=(running,), daemon=True).start()

    def completed(self, seconds: float) -> list[Completed]:
        found: list[Completed] = []
        with contextlib.suppress(queue.Empty):
            found.append(self._ended.get(timeout=seconds))
            while True:
                found.append(self._ended.get_nowait())
        for one in found:
            self._running.pop(one.name, None)
        return found

    def end_left(self, where: str) -> bool:
        group, _, began = where.partition(" ")
        with contextlib.suppress(ValueError):
            return _end_left_group(int(group), float(began))
        return False

    def close(self) -> None:
        for name in list(self._running):
            self.cancel(name)
        while self._running:
            self.completed(_PATIENCE)

    def _run(self, running: _Running) -> None:
        name = running.command.name
        try:
            code = self._run_all(running)
            done = Completed(name, code, cancelled=running.cancelled.is_set())
        except OSError as error:
            done = Completed(name, None, f"The command does not start: {error}.", running.cancelled.is_set())
        self._ended.put(done)

    def _run_all(self, running: _Running) -> int:
        command = running.command
        command.log.parent.mkdir(parents=True, exist_ok=True)
        code = 0
        with open(command.log, "ab") as log:
            for argv in command.commands:
                with running.guard:
                    if running.cancelled.is_set():
                        break
                    running.process = subprocess.Popen(
                        list(argv) if not isinstance(argv, str) else argv,
                        shell=isinstance(argv, str),
                        cwd=command.folder,
                        env=command.environment,
                        stdin=subprocess.DEVNULL,
                        stdout=log,
                        stderr=subprocess.STDOUT,
                        start_new_session=sys.platform != "win32",
                    )
                self._on_place(command.name, _place_of(running.process))
                code = running.process.wait()
                if running.cancelled.is_set():
                    _end_rest(running.process.pid, [])
                if code:
                    break
        return code


def _place_of(process: subprocess.Popen[bytes]) -> str:
    """The group and when its first process began, so that another one of the same number is told apart."""
    import psutil

    with contextlib.suppress(psutil.Error):
        return f"{process.pid} {psutil.Process(process.pid).create_time()}"
    return f"{process.pid} {time.time()}"


def _end(running: _Running) -> None:
    """Ask the group to end, and after a while make it."""
    import psutil

    with running.guard:
        process = running.process
    if process is None or process.poll() is not None:
        return
    started: list[psutil.Process] = []
    with contextlib.suppress(psutil.Error):
        started = psutil.Process(process.pid).children(recursive=True)
    _signal_group(process.pid, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_PATIENCE)
    _end_rest(process.pid, started)


def _end_rest(group: int, started: list[psutil.Process]) -> None:
    """Whatever is left of a group, and what has left it."""
    import psutil

    if sys.platform != "win32":
        _signal_group(group, signal.SIGKILL)
    for process in started:
        with contextlib.suppress(psutil.Error):
            process.kill()


def _signal_group(group: int, number: int) -> bool:
    try:
        if sys.platform == "win32":
            os.kill(group, number)
        else:
            os.killpg(group, number)
    except OSError:
        return False
    return True


def _end_left_group(group: int, began: float) -> bool:
    import psutil

    with contextlib.suppress(psutil.NoSuchProcess):
        if abs(psutil.Process(group).create_time() - began) > _CLOCK_SECONDS:
            return False  # the number was given to another process
    if sys.platform == "win32" or not _alive(group):
        return False
    while _signal_group(group, signal.SIGKILL) and _alive(group):
        time.sleep(_ROUND_SECONDS)
    return True


def _alive(group: int) -> bool:
    """A process of the group that is not only waiting to be forgotten."""
    import psutil

    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE:
                return True
    return False
