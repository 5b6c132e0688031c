"""The inside of a job's process: reads its errand, reports, and ends when the server is gone."""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import msgspec

from jupyterlab_prodify.api.files import ErrorAnswer
from jupyterlab_prodify.api.jobs import JobProgress
from jupyterlab_prodify.jobs.errors import JobFailedError
from jupyterlab_prodify.jobs.messages import Errand
from jupyterlab_prodify.jobs.processes import adopt_orphans, end_marked
from jupyterlab_prodify.jobs.scratch import remove_tree


class Reporter:
    """Tells the server how far the work is. ``gone`` is called when there is no server any more."""

    def __init__(self, descriptor: int, gone: Callable[[], None]) -> None:
        self._descriptor = descriptor
        self._gone = gone
        self._guard = threading.Lock()

    def progress(self, done: int, total: int, label: str) -> None:
        """``done`` of ``total`` steps are over; ``label`` says what is being done now."""
        self.send({"progress": JobProgress(done=done, total=total, label=label)})

    def log(self, text: str) -> None:
        """A line for the log."""
        print(text, file=sys.stderr, flush=True)

    def send(self, message: dict[str, Any]) -> None:
        data = msgspec.json.encode(message) + b"\n"
        try:
            with self._guard:
                while data:
                    data = data[os.write(self._descriptor, data) :]
        except BrokenPipeError:
            self._gone()


@dataclass(frozen=True)
class Task:
    """What the work is given: its request as JSON, and a folder that goes when it ends."""

    request: bytes
    scratch: Path
    reporter: Reporter


def serve(work: Callable[[Task], msgspec.Struct]) -> int:
    """Do one errand; returns the exit code of the process.

    Standard output belongs to the messages: whatever the work prints goes to the log. When standard input ends, the
    server is gone: everything that was started ends, and the scratch folder goes.
    """
    adopt_orphans()
    given, said = _take_pipes()
    errand = msgspec.json.decode(_first_line(given), type=Errand)
    scratch = Path(errand.scratch)
    reporter = Reporter(said, lambda: _end(errand.job, scratch))
    threading.Thread(target=_end_with_server, args=(given, errand.job, scratch), daemon=True).start()
    try:
        result = _done(work, Task(bytes(errand.request), scratch, reporter), errand.job)
    except JobFailedError as error:
        reporter.send({"error": ErrorAnswer(code=error.code, message=error.message, remedy=error.remedy)})
        return 1
    except Exception as error:
        traceback.print_exc()
        message = f"This is a fault of jupyterlab_prodify: {type(error).__name__}: {error}"
        reporter.send({"error": ErrorAnswer(code="our_fault", message=message)})
        return 1
    reporter.send({"result": result})
    return 0


def _done(work: Callable[[Task], msgspec.Struct], task: Task, job_id: str) -> msgspec.Struct:
    """The result of the work; what it has left running ends."""
    try:
        return work(task)
    finally:
        end_marked(job_id, task.scratch)


def _take_pipes() -> tuple[int, int]:
    """Keep the pipes for ourselves; what the work starts sees an empty input and the log."""
    given, said = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    sys.stdout.flush()
    os.dup2(2, 1)
    return given, said


def _first_line(descriptor: int) -> bytes:
    data = bytearray()
    while not data.endswith(b"\n"):
        part = os.read(descriptor, 1 << 20)
        if not part:
            raise EOFError("the server gave no errand")
        data += part
    return bytes(data)


def _end_with_server(descriptor: int, job_id: str, scratch: Path) -> None:
    while os.read(descriptor, 4096):
        pass
    _end(job_id, scratch)


def _end(job_id: str, scratch: Path) -> NoReturn:
    end_marked(job_id, scratch)
    remove_tree(scratch)
    os._exit(1)
