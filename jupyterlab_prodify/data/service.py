"""Requests on data: what is read is answered at once from a warm project; what changes something becomes a job.

The actions are imported when they are asked for first, so that the server starts without them.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from jupyterlab_prodify.api.changes import CommitRequest, DataChanges
from jupyterlab_prodify.api.data import DataDiff, DataHistory, DataPanel
from jupyterlab_prodify.api.data_plan import DataAddRequest, DataPlan, DataPlanRequest, DataRestoreRequest
from jupyterlab_prodify.api.data_share import DataMoveRequest, DataRemotes, RemoteAddRequest, RemoteDefaultRequest
from jupyterlab_prodify.api.data_table import DataCompareRequest
from jupyterlab_prodify.api.jobs import Job
from jupyterlab_prodify.data.order import Action, Order
from jupyterlab_prodify.data.request_paths import RequestPaths
from jupyterlab_prodify.jobs.service import JobService, Work
from jupyterlab_prodify.project.errors import RequestError
from jupyterlab_prodify.vcs.errors import NotARepositoryError, VcsError

if TYPE_CHECKING:
    from jupyterlab_prodify.data.panel import Panel
    from jupyterlab_prodify.data.workspace import Workspace

_ARGV = (sys.executable, "-m", "jupyterlab_prodify.data")
_PATIENCE = 20.0
_END_SECONDS = 5.0
_NO_PATH = "No path is named."

T = TypeVar("T")


class DataService:
    """Data in the projects around ``root``. ``python`` runs DVC: that of the server when it is None."""

    def __init__(self, root: Path, jobs: JobService, python: str | None = None) -> None:
        self.paths = RequestPaths(root)
        self.jobs = jobs
        self._python = python or sys.executable
        self._guard = threading.Lock()
        self._projects: dict[tuple[Path, Path | None], tuple[Workspace, Panel]] = {}

    def close(self) -> None:
        """The server stops, and the processes of DVC with it."""
        with self._guard:
            projects, self._projects = list(self._projects.values()), {}
        for workspace, panel in projects:
            workspace.cancel()
            panel.wait(_END_SECONDS)
            workspace.close()

    # -- reading --------------------------------------------------------------------------------------------------

    def panel(self, path: str, refresh: bool = False, remote: bool = False) -> DataPanel:
        """The last known status of the project that holds ``path``; nobody waits for a newer one.

        Raises:
            RequestError, OutsideRootError: the path is none, or leads out.
        """
        try:
            workspace, panel = self._project(path)
        except NotARepositoryError:
            return DataPanel(None, False, True, False, None, None, [], [], None)
        found = panel.get(refresh, remote)
        inside = [one for one in found.paths if self.paths.is_inside(workspace.root, one.path)]
        answer: DataPanel = self.paths.outward(workspace.root, msgspec.structs.replace(found, paths=inside))
        return answer

    def plan(self, request: DataPlanRequest) -> DataPlan:
        """What an add would do. Nothing is hashed, nothing is written.

        Raises:
            RequestError, OutsideRootError: a path is none, or leads out of the root or of the project.
        """
        from jupyterlab_prodify.data.plan import plan
        from jupyterlab_prodify.data.workspace import Workspace

        threshold = _threshold(request.threshold)
        folder = self.paths.folder(self.paths.place(_first(request.paths)).parent)
        try:
            workspace = Workspace(folder, threshold, self._python)
        except NotARepositoryError:
            return self._plan_without_repository(request, folder, threshold)
        with self._told(workspace):
            inside = [self.paths.inward(workspace, path) for path in request.paths]
            choices = {self.paths.inward(workspace, path): to for path, to in request.choices.items()}
            found = plan(workspace, inside, choices, request.push)
        answer: DataPlan = self.paths.outward(workspace.root, found)
        return answer

    def _plan_without_repository(self, request: DataPlanRequest, folder: Path, threshold: int) -> DataPlan:
        from jupyterlab_prodify.data.initialise import folder_for_new
        from jupyterlab_prodify.data.plan import plan_without_repository

        root = folder_for_new(folder, self.paths.root)

        def inside(path: str) -> str:
            place = self.paths.place(path)
            if not place.is_relative_to(root):
                raise RequestError(f"`{path}` is in another folder than the first path.", path, "Take one at a time.")
            return place.relative_to(root).as_posix()

        choices = {inside(path): to for path, to in request.choices.items()}
        found = plan_without_repository(
            root, [inside(path) for path in request.paths], threshold, choices, request.push
        )
        answer: DataPlan = self.paths.outward(root, found)
        return answer

    def history(self, path: str) -> DataHistory:
        """
        Raises:
            NotVersionedError: it has no versions.
        """
        from jupyterlab_prodify.data.versions import history

        return self._read(path, lambda workspace, inside: history(workspace, inside))

    def diff(self, path: str, before: str, after: str | None) -> DataDiff:
        """
        Raises:
            VcsError: see ``versions.diff``.
        """
        from jupyterlab_prodify.data.versions import diff

        return self._read(path, lambda workspace, inside: diff(workspace, inside, before, after))

    def changes(self, path: str) -> DataChanges:
        """All that can be committed, below the root."""
        from jupyterlab_prodify.data.changes import changes

        workspace, _ = self._project(path)
        with self._told(workspace):
            found = changes(workspace)
        inside = [one for one in found.paths if self.paths.is_inside(workspace.root, one.path)]
        answer: DataChanges = self.paths.outward(workspace.root, msgspec.structs.replace(found, paths=inside))
        return answer

    def remotes(self, path: str) -> DataRemotes:
        """
        Raises:
            NotADvcProjectError: there is none.
        """
        from jupyterlab_prodify.data.remotes import remotes

        return self._read(path, lambda workspace, inside: remotes(workspace))

    def add_remote(self, request: RemoteAddRequest) -> DataRemotes:
        """
        Raises:
            CredentialsError: a secret is never stored.
            RemoteSettingError, RemoteError: it cannot be added.
        """
        from jupyterlab_prodify.data.remotes import add_remote

        return self._read(
            request.path,
            lambda workspace, inside: add_remote(
                workspace, request.name, request.url, request.options, request.default
            ),
        )

    def set_default_remote(self, request: RemoteDefaultRequest) -> DataRemotes:
        """
        Raises:
            RemoteError: there is no such remote.
        """
        from jupyterlab_prodify.data.remotes import set_default

        return self._read(request.path, lambda workspace, inside: set_default(workspace, request.name))

    # -- jobs -----------------------------------------------------------------------------------------------------

    def add(self, request: DataAddRequest) -> Job:
        """
        Raises:
            RequestError, OutsideRootError: the request makes no sense; all else is told by the job.
        """
        _check_message(request.message)
        _threshold(request.threshold)
        return self._start("add", f"Version {_named(request.paths)}", [*request.paths, *request.choices], request)

    def commit(self, request: CommitRequest) -> Job:
        """
        Raises:
            RequestError, OutsideRootError: the request makes no sense; all else is told by the job.
        """
        _check_message(request.message)
        _threshold(request.threshold)
        return self._start("commit", f"Commit {_named(request.paths)}", [*request.paths, *request.choices], request)

    def restore(self, request: DataRestoreRequest) -> Job:
        """
        Raises:
            RequestError, OutsideRootError: the request makes no sense; all else is told by the job.
        """
        return self._start("restore", f"Restore {request.path}", [request.path], request)

    def push(self, request: DataMoveRequest) -> Job:
        """
        Raises:
            RequestError, OutsideRootError: the request makes no sense; all else is told by the job.
        """
        what = _named(request.paths) if request.paths else "all data"
        return self._start("push", f"Push {what}", [request.path, *request.paths], request)

    def pull(self, request: DataMoveRequest) -> Job:
        """
        Raises:
            RequestError, OutsideRootError: the request makes no sense; all else is told by the job.
        """
        what = _named(request.paths) if request.paths else "all data"
        return self._start("pull", f"Pull {what}", [request.path, *request.paths], request)

    def compare(self, request: DataCompareRequest) -> Job:
        """
        Raises:
            RequestError, OutsideRootError: the request makes no sense; all else is told by the job.
        """
        return self._start("compare", f"Compare {request.path}", [request.path], request)

    def _start(self, action: Action, title: str, paths: Sequence[str], request: msgspec.Struct) -> Job:
        _first(paths)
        for path in paths:
            self.paths.place(path)
        raw = msgspec.Raw(msgspec.json.encode(request))
        order = Order(action, str(self.paths.root), self._python, raw)
        return self.jobs.start(Work("data", title, _ARGV, msgspec.json.encode(order), patience=_PATIENCE))

    # -- projects -------------------------------------------------------------------------------------------------

    def _project(self, path: str) -> tuple[Workspace, Panel]:
        """The warm project that holds a path."""
        from jupyterlab_prodify.data.panel import Panel
        from jupyterlab_prodify.data.workspace import THRESHOLD, Workspace

        fresh = Workspace(self.paths.folder(self.paths.place(path)), THRESHOLD, self._python)
        key = (fresh.root, fresh.dvc_root if fresh.has_dvc else None)
        with self._guard:
            if key not in self._projects:
                self._projects[key] = (fresh, Panel(fresh))
            return self._projects[key]

    def _read(self, path: str, act: Callable[[Workspace, str], T]) -> T:
        workspace, _ = self._project(path)
        with self._told(workspace):
            inside = self.paths.inward(workspace, path)
            found = act(workspace, inside)
        answer: T = self.paths.outward(workspace.root, found)
        return answer

    @contextmanager
    def _told(self, workspace: Workspace) -> Iterator[None]:
        """Paths of errors, too, are those of requests."""
        try:
            yield
        except VcsError as error:
            error.paths = tuple(self.paths.path_outward(workspace.root, path) for path in error.paths)
            raise


def _first(paths: Sequence[Any]) -> Any:
    if not paths:
        raise RequestError(_NO_PATH, None, "Name one.")
    return paths[0]


def _check_message(message: str) -> None:
    if not message.strip():
        raise RequestError("The commit has no message.", None, "Give one.")


def _threshold(given: int | None) -> int:
    if given is not None and given < 0:
        raise RequestError("`threshold` is a number of bytes.", None, "Give one that is not negative.")
    if given is not None:
        return given
    from jupyterlab_prodify.data.workspace import THRESHOLD

    return THRESHOLD


def _named(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return f"{paths[0]}{more}" if paths else ""
