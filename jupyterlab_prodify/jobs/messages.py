"""What service and child say to each other: one line to the child, many lines back."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import threading
from collections.abc import Callable
from typing import BinaryIO

import msgspec

from jupyterlab_prodify.api.files import ErrorAnswer
from jupyterlab_prodify.api.jobs import JobProgress, JobResult

_JOIN_SECONDS = 30.0


class Errand(msgspec.Struct):
    """The one line to the child: its job, a folder that goes when the job ends, and the request as JSON."""

    job: str
    scratch: str
    request: msgspec.Raw


class Message(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """One line from the child."""

    progress: JobProgress | None = None
    result: JobResult | None = None
    error: ErrorAnswer | None = None


class Conversation:
    """Talks to the child from the moment of its start. Lines that are no messages go to the log."""

    def __init__(
        self, process: subprocess.Popen[bytes], log: BinaryIO, on_progress: Callable[[JobProgress], None]
    ) -> None:
        self._process = process
        self._log = log
        self._on_progress = on_progress
        self._last = Message()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def send(self, errand: Errand) -> None:
        """Give the child its errand. The pipe stays open: its end would tell the child that the server is gone."""
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # it has ended already; how, is told by its exit code
            self._process.stdin.write(msgspec.json.encode(errand) + b"\n")
            self._process.stdin.flush()

    def end(self, code: int) -> Message:
        """The child has ended with ``code``: its result or error, else what the code means."""
        self._thread.join(_JOIN_SECONDS)
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        if self._last.result is not None or self._last.error is not None:
            return self._last
        return Message(error=_error_of(code))

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self._hear(line)

    def _hear(self, line: bytes) -> None:
        try:
            message = msgspec.json.decode(line, type=Message)
        except (msgspec.DecodeError, UnicodeDecodeError):
            self._log.write(line)
            self._log.flush()
            return
        if message.progress is not None:
            self._on_progress(message.progress)
        else:
            self._last = message


def _error_of(code: int) -> ErrorAnswer:
    """Why a process has ended that gave neither a result nor an error."""
    if code >= 0:
        message = f"The process of the job ended with code {code} and without a result; its log tells more."
        return ErrorAnswer(code="no_result", message=message, remedy="Look at the log.")
    known = {signal.value: signal.name for signal in signal.Signals}
    name = known.get(-code, f"signal {-code}")
    reason = " The system may have run out of memory." if name == "SIGKILL" else ""
    message = f"The process of the job was ended from outside ({name}).{reason}"
    return ErrorAnswer(code="killed", message=message, remedy="Start it again.")
