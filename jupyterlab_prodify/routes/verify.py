"""``POST prodify/verify/export`` and ``POST prodify/verify/notebook``: 202 with a job."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from jupyterlab_prodify.api.verify import VerifyExportRequest, VerifyNotebookRequest
from jupyterlab_prodify.routes.base import ProdifyHandler, errors_to_status
from jupyterlab_prodify.routes.late import Late

if TYPE_CHECKING:
    from jupyterlab_prodify.verify.service import VerifyService


class VerifyBase(ProdifyHandler):
    """Whoever may run kernels may verify."""

    auth_resource = "kernels"

    @property
    def verify(self) -> VerifyService:
        late: Late[VerifyService] = self.settings["prodify_verify_service"]
        return late()


class VerifyExportHandler(VerifyBase):
    """The notebook as it is and as a plan makes it."""

    @authenticated
    @authorized
    @errors_to_status
    async def post(self) -> None:
        request = self.decode(VerifyExportRequest)
        self.answer(await asyncio.to_thread(self.verify.export, request), 202)


class VerifyNotebookHandler(VerifyBase):
    """A fresh run and the saved outputs."""

    @authenticated
    @authorized
    @errors_to_status
    async def post(self) -> None:
        request = self.decode(VerifyNotebookRequest)
        self.answer(await asyncio.to_thread(self.verify.notebook, request), 202)
