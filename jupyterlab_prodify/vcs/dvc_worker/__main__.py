"""The loop of the worker: one request at a time; the end when nobody asks for long, or when the asker is gone."""

from __future__ import annotations

import argparse
import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from jupyterlab_prodify.vcs.dvc import PROTOCOL
from jupyterlab_prodify.vcs.dvc_worker.command_line import CommandLine
from jupyterlab_prodify.vcs.dvc_worker.failure import failure
from jupyterlab_prodify.vcs.dvc_worker.library import TESTED, Library, facts
from jupyterlab_prodify.vcs.dvc_worker.reporting import report_progress, report_reading
from jupyterlab_prodify.vcs.dvc_worker.stages import STAGE_OPERATIONS, Stages

MOST_BYTES = 200_000_000
"""A worker that holds more than this when it has answered ends, instead of staying warm."""

OPERATIONS = (
    *("cache_dir", "add", "keep", "checkout", "fetch", "push", "pull", "changed", "changed_files", "unpushed"),
    *("remotes", "add_remote", "set_default"),
)


class Line:
    """Standard output, which belongs to the messages: what DVC prints goes to the log."""

    def __init__(self) -> None:
        self._descriptor = os.dup(1)
        os.dup2(2, 1)
        self._guard = threading.Lock()

    def send(self, message: dict[str, Any]) -> None:
        data = json.dumps(message).encode("ascii") + b"\n"
        with self._guard:
            while data:
                data = data[os.write(self._descriptor, data) :]


def main() -> int:
    """Serve until the end; returns the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--idle", type=float, required=True)
    parser.add_argument("--command-line", action="store_true")
    arguments = parser.parse_args()
    line = Line()
    os.environ["DVC_IGNORE_ISATTY"] = "1"
    os.environ["DVC_NO_ANALYTICS"] = "1"
    try:
        import dvc

        by_library = not arguments.command_line and dvc.__version__.startswith(tuple(f"{v}." for v in TESTED))
    except ImportError as error:
        line.send({"ready": None, "message": str(error)})
        return 1
    operations: Library | CommandLine = Library() if by_library else CommandLine()
    line.send({"ready": PROTOCOL, "dvc": dvc.__version__, "by": "library" if by_library else "command_line"})
    requests = _requests()
    stages = Stages()
    while True:
        try:
            request = json.loads(requests.get(timeout=arguments.idle))
        except queue.Empty:
            return 0
        if request["op"] in STAGE_OPERATIONS:
            _serve(stages, STAGE_OPERATIONS, request, line, True)
        else:
            _serve(operations, OPERATIONS, request, line, by_library)
        if requests.empty() and not stages.busy and resident_bytes() > MOST_BYTES:
            return 0  # DVC does not give back what it needed for many files; the next request starts another worker


def resident_bytes() -> int:
    """Memory of this process now; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except (OSError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _requests() -> queue.Queue[bytes]:
    waiting: queue.Queue[bytes] = queue.Queue()
    given = os.fdopen(os.dup(0), "rb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)

    def listen() -> None:
        for text in given:
            waiting.put(text)
        _end_all()

    threading.Thread(target=listen, daemon=True).start()
    return waiting


def _end_all() -> None:
    """The asker is gone: nobody would learn of the end of what is being done."""
    if sys.platform != "win32" and os.getpgid(0) == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def size_of(given: dict[str, Any]) -> int:
    """Bytes of the data that an operation is about to take."""
    return sum(found[1] for path in given.get("paths", []) for found in facts(Path(path)).values())


def _serve(operations: Any, names: Sequence[str], request: dict[str, Any], line: Line, by_library: bool) -> None:
    number = request["id"]
    line.send({"id": number, "accepted": True})
    try:
        if request["op"] not in names:
            raise ValueError(f"there is no operation {request['op']!r}")

        def report(progress: dict[str, Any]) -> None:
            line.send({"id": number, "progress": progress})

        if by_library:
            report_progress(report)
        with report_reading(report, size_of(request["given"])) if request["op"] == "add" else nullcontext():
            result = getattr(operations, request["op"])(**request["given"])
    except Exception as error:
        line.send({"id": number, "error": failure(error)})
    else:
        line.send({"id": number, "result": result})


if __name__ == "__main__":
    sys.exit(main())
