"""``POST prodify/files/apply``: write the files of a plan, all or none."""

from __future__ import annotations

import asyncio

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from jupyterlab_prodify.api.files import ApplyRequest
from jupyterlab_prodify.routes.base import ProdifyHandler, errors_to_status


class ApplyFilesHandler(ProdifyHandler):
    """409 when a file is not as the plan saw it, 403 when it may not be written."""

    @authenticated
    @authorized
    @errors_to_status
    async def post(self) -> None:
        request = self.decode(ApplyRequest)
        self.answer(await asyncio.to_thread(self.service.apply, request.edits))
