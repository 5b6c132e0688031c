"""Ask DVC, through a process of its own that stays warm: DVC is bound to its folder, knows no threads, starts slowly.

The worker runs in the project's root, does one operation at a time, and ends when it has been idle or when we are
gone. Both sides write JSON, one object a line (ASCII; other bytes of names are lone surrogates, as in ``os.fsdecode``):

- the worker, once: ``{"ready": PROTOCOL, "dvc": "3.67.1", "by": "library" | "command_line"}``
- we: ``{"id": 1, "op": "add", "given": {"paths": [...]}}``
- the worker: ``{"id": 1, "accepted": true}``, then any number of
  ``{"id": 1, "progress": {"phase": "...", "done": 3, "total": 9, "unit": "file"}}`` (``total`` may be null, ``unit`` is
  ``B`` for bytes), and one of ``{"id": 1, "result": ...}`` and
  ``{"id": 1, "error": {"code": "...", "message": "..."}}``

Operations, all with paths relative to the root:

- ``cache_dir {}``                    the folder of the cache
- ``add {paths, leaving}``            hash, copy to the cache, write ``.dvc`` and ``.gitignore``:
                                      ``[[path, .dvc file], ...]``; ``leaving`` are those of them that Git still
                                      holds, and that it will forget
- ``keep {file}``                     the data of a ``.dvc`` file as it is now goes to the cache: the text that the file
                                      would have; no file changes
- ``checkout {files}``                data as these ``.dvc`` files say; never over data that the cache does not have
- ``fetch {file, rev}``               the data of that revision, from the remote to the cache
- ``push {files, remote}``, ``pull``  to and from a remote (null: the default one); the number of objects that moved
- ``changed {files}``                 ``{"changed": [data paths], "missing": [data paths]}``
- ``changed_files {file}``            ``{"added": [...], "changed": [...], "removed": [...]}``, single files
- ``unpushed {files, remote}``        data paths that the remote does not hold
- ``remotes {}``                      ``[{"name", "url", "default", "missing"}]``; ``missing`` is the package that DVC
                                      needs for it and does not have
- ``add_remote {name, url, options, default}``, ``set_default {name}``
                                      write the settings of the project
- ``stage_warm {}``                   nothing but to load what the others need
- ``stage_status {}``                 ``{"stages": [...], "problems": [...]}``: see ``dvc_worker.stage_facts``
- ``stage_plan {targets, downstream}``
                                      ``[{"name", "command", "notebook", "upstream"}]`` in the order of ``dvc repro``
- ``stage_begin {name, force, kept}`` ``{"outcome": "unchanged" | "verified" | "restored"}``, or ``run`` with
                                      ``commands`` (argv lists), ``folder``, ``environment``, ``read`` (for the end)
                                      and ``reads`` (as of ``stage_status``): outputs are put aside below ``kept``
- ``stage_finish {name, read, kept}`` after the commands: outputs to the cache, entry in ``dvc.lock``; ``changed`` are
                                      files that the stage reads and that changed while it ran
- ``stage_abandon {name, over, kept}`` they failed or were stopped: outputs come back, ``over`` what was written
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyterlab_prodify.vcs.errors import (
    ChangedWhileHashedError,
    DataMissingError,
    DvcError,
    RemoteError,
    VcsError,
    WorkerEndedError,
)
from jupyterlab_prodify.vcs.processes import end_group, quiet_environment

PROTOCOL = 1
IDLE_SECONDS = 900.0
_START = Path(__file__).parent / "dvc_worker" / "start.py"

_REMEDIES: dict[str, tuple[type[DvcError], str]] = {
    "changed_while_hashed": (ChangedWhileHashedError, "Wait until nothing writes to it, and try again."),
    "data_missing": (DataMissingError, "Pull it from the remote, or from a colleague's."),
    "remote_failed": (RemoteError, "Look at the remote's settings and access, and try again."),
    "dvc_locked": (DvcError, "Another DVC is at work in this project: wait until it has ended, and try again."),
    "disk_full": (DvcError, "Make room on the disk, and try again. Nothing of yours was changed."),
    "read_only": (DvcError, "Make the cache folder writable, and try again."),
    "remote_exists": (RemoteError, "Choose another name."),
    "no_such_remote": (RemoteError, "Choose one of `data remote list`, or add it."),
    "no_such_stage": (DvcError, "`jupyter prodify status` lists the stages."),
    "no_stages": (DvcError, "Write a stage to `dvc.yaml`, as with `dvc stage add`."),
    "pipeline_broken": (DvcError, "Mend the file, and try again."),
    "unsaved_data": (DvcError, "Version the data first, then restore."),
}


@dataclass(frozen=True)
class Progress:
    """How far an operation is: ``unit`` is ``B`` for bytes; ``total`` is None where it is not known."""

    phase: str
    done: float
    total: float | None
    unit: str


OnProgress = Callable[[Progress], None]


class DvcWorker:
    """DVC in the project at ``root``. Calls wait for each other; any thread may call."""

    def __init__(
        self, root: Path, python: str = sys.executable, idle: float = IDLE_SECONDS, command_line: bool = False
    ) -> None:
        self._root = root
        self._argv = [python, str(_START), "--idle", str(idle)]
        self._argv += ["--command-line"] if command_line else []
        self._guard = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._number = 0
        self.ready: dict[str, Any] = {}
        """What the worker has said of itself: its protocol, the version of DVC, and how it uses it."""

    @property
    def pid(self) -> int | None:
        """The process, None when it is not running."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def call(self, op: str, on_progress: OnProgress | None = None, **given: Any) -> Any:
        """Do one operation; starts the worker where it is not running.

        Raises:
            DvcError: DVC could not do it.
            WorkerEndedError: the worker was ended from outside, or by ``cancel``.
        """
        with self._guard:
            self._number += 1
            request = {"id": self._number, "op": op, "given": given}
            try:
                return self._ask_twice(request, on_progress)
            except VcsError:
                raise
            except BaseException:  # the caller gives up, as with Ctrl+C: nothing may go on behind its back
                self._end()
                raise

    def cancel(self) -> None:
        """End the worker and what it has started; a call that waits for it raises."""
        process = self._process
        if process is not None:
            end_group(process)

    def close(self) -> None:
        """End the worker; the next call starts another one."""
        with self._guard:
            self._end()

    def _ask_twice(self, request: dict[str, Any], on_progress: OnProgress | None) -> Any:
        try:
            return self._ask(request, on_progress)
        except _NotAcceptedError:  # it ended, idle, at the moment of the request
            return self._ask(request, on_progress)

    def _ask(self, request: dict[str, Any], on_progress: OnProgress | None) -> Any:
        process = self._running()
        assert process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(json.dumps(request).encode("ascii") + b"\n")
            process.stdin.flush()
        accepted = False
        for message in self._messages(process):
            if message.get("id") != request["id"]:
                continue
            accepted = True
            if "progress" in message and on_progress is not None:
                on_progress(Progress(**message["progress"]))
            if "error" in message:
                raise _error(message["error"])
            if "result" in message:
                return message["result"]
        self._end()
        if not accepted:
            raise _NotAcceptedError("The worker of DVC ended before it took up its work.", "Try again.")
        raise WorkerEndedError(
            "The process that runs DVC was ended from outside; no data was lost.", "Do the same again: it goes on."
        )

    def _messages(self, process: subprocess.Popen[bytes]) -> Any:
        assert process.stdout is not None
        for line in process.stdout:
            with contextlib.suppress(ValueError):
                yield json.loads(line)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._end()
        try:
            process = subprocess.Popen(
                self._argv,
                cwd=self._root,
                env=quiet_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=sys.platform != "win32",
            )
        except OSError as error:
            remedy = "Look at the setting `dvc_python`."
            raise DvcError(f"`{self._argv[0]}` does not start: {error.strerror}.", remedy) from error
        self._process = process
        self.ready = next(iter(self._messages(process)), {})
        if self.ready.get("ready") != PROTOCOL:
            self._end()
            reason = self.ready.get("message") or "it ended at once"
            remedy = f"Install `dvc` where `{self._argv[0]}` finds it."
            raise DvcError(f"DVC does not start: {reason}.", remedy)
        return process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        end_group(process)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


class _NotAcceptedError(WorkerEndedError):
    pass


def _error(found: dict[str, Any]) -> VcsError:
    code = str(found.get("code"))
    kind, remedy = _REMEDIES.get(code, (DvcError, "Look at what DVC says."))
    error = kind(str(found.get("message")), remedy, tuple(found.get("paths", ())))
    error.code = code
    return error


def find_dvc_root(folder: Path, ceiling: Path) -> Path | None:
    """The nearest folder with a ``.dvc`` folder from ``folder`` up to ``ceiling``; None when there is none."""
    for place in [folder, *folder.parents]:
        if (place / ".dvc").is_dir():
            return place
        if place == ceiling:
            break
    return None
