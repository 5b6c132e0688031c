"""What happens in the process of a job: one action, with its progress. A signal to end leaves things as before."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import msgspec

from jupyterlab_prodify.api.changes import CommitRequest
from jupyterlab_prodify.api.data_plan import DataAddRequest, DataRestoreRequest
from jupyterlab_prodify.api.data_share import DataMoveRequest
from jupyterlab_prodify.api.data_table import DataCompareRequest
from jupyterlab_prodify.api.jobs import JobProgress, JobResult
from jupyterlab_prodify.data.add import Wishes, add, commit
from jupyterlab_prodify.data.compare import compare_tables
from jupyterlab_prodify.data.initialise import opened
from jupyterlab_prodify.data.order import Order
from jupyterlab_prodify.data.request_paths import RequestPaths
from jupyterlab_prodify.data.restore import restore
from jupyterlab_prodify.data.share import pull, push
from jupyterlab_prodify.data.workspace import THRESHOLD, Workspace
from jupyterlab_prodify.jobs.child import Reporter, Task
from jupyterlab_prodify.jobs.errors import JobFailedError
from jupyterlab_prodify.project.errors import ProjectError
from jupyterlab_prodify.vcs.dvc import Progress
from jupyterlab_prodify.vcs.errors import VcsError

_PAUSE = 0.1
_BEAT = 0.4

_LABELS = {
    "add": "Copying to DVC's cache",
    "keep": "Keeping the present state",
    "checkout": "Bringing the version back",
    "fetch": "Getting the version from the remote",
    "push": "Pushing the data",
    "unpushed": "Asking the remote what it holds",
    "pull": "Getting the data from the remote",
    "commit": "Making the commit",
    "compare": "Reading the tables",
}


class CancelledError(BaseException):
    """The job is to end; what it had begun is taken back on the way."""


def perform(order: Order, task: Task) -> JobResult:
    """Do what the order says.

    Raises:
        JobFailedError: it was refused, or did not work.
    """
    signal.signal(signal.SIGTERM, _stop)
    show = _Show(task.reporter)
    try:
        with show:
            return _ACTIONS[order.action](order, task, show)
    except (VcsError, ProjectError) as error:
        raise JobFailedError(error.code, error.message, error.remedy) from error


def _stop(number: int, frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # tidying up is not to be interrupted
    raise CancelledError


class _Show:
    """Progress of the action for people. It is told twice a second and more, also where nothing has moved on."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        self._now = JobProgress(0, 0, "Looking at the project")
        self._told = 0.0
        self._over = threading.Event()

    def __enter__(self) -> _Show:
        threading.Thread(target=self._beat, daemon=True).start()
        return self

    def __exit__(self, *found: object) -> None:
        self._over.set()

    def phase(self, phase: str) -> None:
        if phase in _LABELS:
            self._tell(JobProgress(0, 0, _LABELS[phase]), at_once=True)

    def progress(self, progress: Progress) -> None:
        done, total = int(progress.done), int(progress.total) if progress.total else None
        if progress.unit == "B":
            found = msgspec.structs.replace(self._now, bytes_done=done, bytes_total=total)
        else:
            found = msgspec.structs.replace(self._now, done=done, total=total or 0)
        self._tell(found)

    def rows(self, rows: int) -> None:
        self._tell(JobProgress(rows, 0, f"{_LABELS['compare']}: {rows:,} rows"))

    def _tell(self, progress: JobProgress, at_once: bool = False) -> None:
        self._now = progress
        if at_once or time.monotonic() - self._told > _PAUSE:
            self._told = time.monotonic()
            self._reporter.send({"progress": progress})

    def _beat(self) -> None:
        while not self._over.wait(_BEAT):
            self._tell(self._now)


# -- the actions ------------------------------------------------------------------------------------------------------


def _add(order: Order, task: Task, show: _Show) -> JobResult:
    request = msgspec.json.decode(order.request, type=DataAddRequest)
    paths = RequestPaths(Path(order.root))
    places = [paths.place(path) for path in request.paths]
    limit = THRESHOLD if request.threshold is None else request.threshold
    with opened(
        paths.folder(places[0].parent), paths.root, request.initialise, limit, order.python, show.progress
    ) as workspace:
        workspace.on_phase = show.phase
        choices = {paths.inward(workspace, path): to for path, to in request.choices.items()}
        wishes = Wishes(choices, request.initialise, push=request.push, remote=request.remote)
        inside = [paths.inward(workspace, path) for path in request.paths]
        return _told(paths, workspace, add(workspace, inside, request.message, None, wishes))


def _commit(order: Order, task: Task, show: _Show) -> JobResult:
    request = msgspec.json.decode(order.request, type=CommitRequest)

    def act(paths: RequestPaths, workspace: Workspace) -> Any:
        choices = {paths.inward(workspace, path): to for path, to in request.choices.items()}
        wishes = Wishes(choices, (), True, request.whole, request.push, request.remote)
        inside = [paths.inward(workspace, path) for path in request.paths]
        return commit(workspace, inside, request.message, wishes=wishes)

    return _in_project(order, show, request.paths[0], act, request.threshold)


def _restore(order: Order, task: Task, show: _Show) -> JobResult:
    request = msgspec.json.decode(order.request, type=DataRestoreRequest)
    return _in_project(
        order,
        show,
        request.path,
        lambda paths, workspace: restore(workspace, paths.inward(workspace, request.path), request.rev),
    )


def _push(order: Order, task: Task, show: _Show) -> JobResult:
    request = msgspec.json.decode(order.request, type=DataMoveRequest)

    def act(paths: RequestPaths, workspace: Workspace) -> Any:
        inside = [paths.inward(workspace, path) for path in request.paths]
        return push(workspace, inside, request.remote, request.git)

    return _in_project(order, show, request.path, act)


def _pull(order: Order, task: Task, show: _Show) -> JobResult:
    request = msgspec.json.decode(order.request, type=DataMoveRequest)

    def act(paths: RequestPaths, workspace: Workspace) -> Any:
        return pull(workspace, [paths.inward(workspace, path) for path in request.paths], request.remote)

    return _in_project(order, show, request.path, act)


def _compare(order: Order, task: Task, show: _Show) -> JobResult:
    request = msgspec.json.decode(order.request, type=DataCompareRequest)

    def act(paths: RequestPaths, workspace: Workspace) -> Any:
        path = paths.inward(workspace, request.path)
        show.phase("compare")
        return compare_tables(workspace, path, request.before, request.after, task.scratch, show.rows)

    return _in_project(order, show, request.path, act)


def _in_project(
    order: Order,
    show: _Show,
    path: str,
    act: Callable[[RequestPaths, Workspace], Any],
    threshold: int | None = None,
) -> JobResult:
    paths = RequestPaths(Path(order.root))
    folder = paths.folder(paths.place(path))
    limit = THRESHOLD if threshold is None else threshold
    workspace = Workspace(folder, limit, order.python, show.progress, show.phase)
    try:
        return _told(paths, workspace, act(paths, workspace))
    finally:
        workspace.close()


def _told(paths: RequestPaths, workspace: Workspace, answer: Any) -> JobResult:
    found: JobResult = paths.outward(workspace.root, answer)
    return found


_ACTIONS: dict[str, Callable[[Order, Task, _Show], JobResult]] = {
    "add": _add,
    "commit": _commit,
    "restore": _restore,
    "push": _push,
    "pull": _pull,
    "compare": _compare,
}
