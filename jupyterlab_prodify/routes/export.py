"""``POST prodify/export/plan``: what an export would change."""

from __future__ import annotations

import asyncio

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from jupyterlab_prodify.api.export import ExportRequest
from jupyterlab_prodify.routes.base import ProdifyHandler, errors_to_status


class ExportPlanHandler(ProdifyHandler):
    """Plans are made in a thread: parsing must not hold up the server."""

    @authenticated
    @authorized
    @errors_to_status
    async def post(self) -> None:
        request = self.decode(ExportRequest)
        self.answer(await asyncio.to_thread(self.service.plan, request))
