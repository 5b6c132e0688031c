"""Versioned data: what is read answers at once; what changes something answers 202 with a job.

Jobs run the hooks of the repository, so they ask for the right to run code, as kernels do.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec
from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from jupyterlab_prodify.api.changes import CommitRequest
from jupyterlab_prodify.api.data_plan import DataAddRequest, DataPlanRequest, DataRestoreRequest
from jupyterlab_prodify.api.data_share import DataMoveRequest, RemoteAddRequest, RemoteDefaultRequest
from jupyterlab_prodify.api.data_table import DataCompareRequest
from jupyterlab_prodify.routes.base import ProdifyHandler, errors_to_status
from jupyterlab_prodify.routes.late import Late

if TYPE_CHECKING:
    from jupyterlab_prodify.data.service import DataService


class DataBase(ProdifyHandler):
    """Reading, and settings in files: the right to do that with files."""

    @property
    def data(self) -> DataService:
        late: Late[DataService] = self.settings["prodify_data_service"]
        return late()

    def given(self, name: str) -> str:
        """A part of the query, as it was written."""
        return str(self.get_query_argument(name, strip=False))

    def flag(self, name: str) -> bool:
        return self.get_query_argument(name, "0") in ("1", "true")


class DataPanelHandler(DataBase):
    """``GET prodify/data/panel?path=PATH&refresh=1&remote=1``: the last known status, at once."""

    @authenticated
    @authorized
    @errors_to_status
    async def get(self) -> None:
        path, refresh, remote = self.given("path"), self.flag("refresh"), self.flag("remote")
        self.answer(await asyncio.to_thread(self.data.panel, path, refresh, remote))


class DataPlanHandler(DataBase):
    """``POST prodify/data/plan``: what an add would do."""

    @authenticated
    @authorized
    @errors_to_status
    async def post(self) -> None:
        request = self.decode(DataPlanRequest)
        self.answer(await asyncio.to_thread(self.data.plan, request))


class DataHistoryHandler(DataBase):
    """``GET prodify/data/history?path=PATH``"""

    @authenticated
    @authorized
    @errors_to_status
    async def get(self) -> None:
        self.answer(await asyncio.to_thread(self.data.history, self.given("path")))


class DataDiffHandler(DataBase):
    """``GET prodify/data/diff?path=PATH&before=REV&after=REV``; without ``after`` to what is on disk."""

    @authenticated
    @authorized
    @errors_to_status
    async def get(self) -> None:
        after = self.get_query_argument("after", None)
        self.answer(await asyncio.to_thread(self.data.diff, self.given("path"), self.given("before"), after))


class RemotesHandler(DataBase):
    """``GET prodify/data/remotes?path=PATH``, and ``POST`` to add one."""

    @authenticated
    @authorized
    @errors_to_status
    async def get(self) -> None:
        self.answer(await asyncio.to_thread(self.data.remotes, self.given("path")))

    @authenticated
    @authorized
    @errors_to_status
    async def post(self) -> None:
        request = self.decode(RemoteAddRequest)
        self.answer(await asyncio.to_thread(self.data.add_remote, request))


class DefaultRemoteHandler(DataBase):
    """``POST prodify/data/remotes/default``"""

    @authenticated
    @authorized
    @errors_to_status
    async def post(self) -> None:
        request = self.decode(RemoteDefaultRequest)
        self.answer(await asyncio.to_thread(self.data.set_default_remote, request))


class ChangesHandler(DataBase):
    """``GET prodify/changes?path=PATH``: all that can be committed, by kind."""

    @authenticated
    @authorized
    @errors_to_status
    async def get(self) -> None:
        self.answer(await asyncio.to_thread(self.data.changes, self.given("path")))


class DataJobHandler(DataBase):
    """``POST`` of one request, which becomes a job of ``action``."""

    auth_resource = "kernels"
    kind: type[msgspec.Struct]
    action: str

    @authenticated
    @authorized
    @errors_to_status
    async def post(self) -> None:
        request = self.decode(self.kind)
        self.answer(await asyncio.to_thread(getattr(self.data, self.action), request), 202)


class DataAddHandler(DataJobHandler):
    """``POST prodify/data/add``: one commit of new versions."""

    kind, action = DataAddRequest, "add"


class DataRestoreHandler(DataJobHandler):
    """``POST prodify/data/restore``: an old version, after the present one was kept."""

    kind, action = DataRestoreRequest, "restore"


class DataPushHandler(DataJobHandler):
    """``POST prodify/data/push``: to the remote, verified; then the branch, where that is asked for."""

    kind, action = DataMoveRequest, "push"


class DataPullHandler(DataJobHandler):
    """``POST prodify/data/pull``: from the remote; changed files are never overwritten."""

    kind, action = DataMoveRequest, "pull"


class DataCompareHandler(DataJobHandler):
    """``POST prodify/data/compare``: two versions of a table side by side."""

    kind, action = DataCompareRequest, "compare"


class CommitHandler(DataJobHandler):
    """``POST prodify/commit``: one commit of exactly the chosen paths, data included."""

    kind, action = CommitRequest, "commit"


DATA_HANDLERS = [
    (r"prodify/data/panel", DataPanelHandler),
    (r"prodify/data/plan", DataPlanHandler),
    (r"prodify/data/add", DataAddHandler),
    (r"prodify/data/history", DataHistoryHandler),
    (r"prodify/data/diff", DataDiffHandler),
    (r"prodify/data/compare", DataCompareHandler),
    (r"prodify/data/restore", DataRestoreHandler),
    (r"prodify/data/remotes", RemotesHandler),
    (r"prodify/data/remotes/default", DefaultRemoteHandler),
    (r"prodify/data/push", DataPushHandler),
    (r"prodify/data/pull", DataPullHandler),
    (r"prodify/changes", ChangesHandler),
    (r"prodify/commit", CommitHandler),
]
