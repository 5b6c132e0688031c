"""What surrounds a notebook: its project, what its kernel can import, and installing the project for it."""

from __future__ import annotations

import asyncio
import threading

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from jupyterlab_prodify.api.project import ImportCheckRequest, InstallRequest
from jupyterlab_prodify.routes.base import ProdifyHandler, errors_to_status


class ProjectHandler(ProdifyHandler):
    """``GET prodify/project?notebook=PATH``"""

    @authenticated
    @authorized
    @errors_to_status
    async def get(self) -> None:
        notebook = self.get_query_argument("notebook")
        self.answer(await asyncio.to_thread(self.service.project_info, notebook))


class ImportCheckHandler(ProdifyHandler):
    """``POST prodify/import/check``"""

    @authenticated
    @authorized
    @errors_to_status
    async def post(self) -> None:
        request = self.decode(ImportCheckRequest)
        self.answer(await asyncio.to_thread(self.service.check_import, request))


class InstallHandler(ProdifyHandler):
    """``POST prodify/import/install``; closing the connection stops the installation."""

    auth_resource = "terminals"

    def initialize(self, **kwargs: object) -> None:
        super().initialize(**kwargs)
        self._closed = threading.Event()

    def on_connection_close(self) -> None:
        self._closed.set()

    @authenticated
    @authorized
    @errors_to_status
    async def post(self) -> None:
        request = self.decode(InstallRequest)
        result = await asyncio.to_thread(self.service.install, request, self._closed.is_set)
        if not self._closed.is_set():
            self.answer(result)
