"""The status of a project for whoever looks at it all the time: the last known one at once, a newer one soon."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import msgspec

from jupyterlab_prodify.api.data import DataPanel, DataStatus, TrackedData
from jupyterlab_prodify.data.items import Item, output_at
from jupyterlab_prodify.data.versions import status
from jupyterlab_prodify.data.workspace import Workspace
from jupyterlab_prodify.project.errors import ProjectError
from jupyterlab_prodify.vcs.errors import VcsError

FRESH_SECONDS = 2.0


class Panel:
    """The status of one project. Nobody waits for it: a thread of its own looks."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._guard = threading.Lock()
        self._known: DataStatus | None = None
        self._checked: float | None = None
        self._remote_checked: float | None = None
        self._looked = float("-inf")
        self._pushed: dict[str, tuple[str | None, bool]] = {}
        self._problem: str | None = None
        self._thread: threading.Thread | None = None
        self._wants_remote = False

    def get(self, refresh: bool = False, remote: bool = False) -> DataPanel:
        """The last known status; starts to look again when it is older than a moment, or when that is asked for."""
        with self._guard:
            self._wants_remote |= remote
            old = time.monotonic() - self._looked > FRESH_SECONDS
            if self._thread is None and (old or refresh or self._wants_remote):
                self._thread = threading.Thread(target=self._look, daemon=True, name="prodify data status")
                self._thread.start()
            known = self._known
            return DataPanel(
                ".",
                self._workspace.has_dvc,
                known is not None,
                self._thread is not None,
                self._checked,
                self._remote_checked,
                known.paths if known else [],
                known.notes if known else [],
                self._problem,
            )

    def wait(self, seconds: float) -> None:
        """Wait for the look that goes on."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def _look(self) -> None:
        with self._guard:
            remote, self._wants_remote = self._wants_remote, False
        self._attempt(lambda: self._take(status(self._workspace)))
        if remote and self._problem is None:
            self._attempt(self._ask_remote)
        with self._guard:
            self._looked = time.monotonic()
            self._thread = None

    def _attempt(self, act: Callable[[], None]) -> None:
        try:
            act()
            self._problem = None
        except (VcsError, ProjectError, OSError) as error:
            self._problem = getattr(error, "message", None) or str(error)

    def _ask_remote(self) -> None:
        found = status(self._workspace, in_remote=True)
        for one in found.paths:
            self._pushed[one.path] = (self._version(one), bool(one.pushed))
        self._remote_checked = time.time()
        self._take(found)

    def _take(self, found: DataStatus) -> None:
        paths = [self._with_pushed(one) for one in found.paths]
        with self._guard:
            self._known = DataStatus(paths, found.notes)
            self._checked = time.time()

    def _with_pushed(self, one: TrackedData) -> TrackedData:
        """What the remote said counts as long as the version is the same."""
        known = self._pushed.get(one.path)
        if known is None or known[0] != self._version(one):
            return one if one.state != "not_pushed" else msgspec.structs.replace(one, state="unchanged")
        state = "not_pushed" if one.state == "unchanged" and not known[1] else one.state
        return msgspec.structs.replace(one, pushed=known[1], state=state)

    def _version(self, one: TrackedData) -> str | None:
        output = output_at(self._workspace, Item(one.path, "dvc", one.path + ".dvc"), None)
        return output.hash if output else None
