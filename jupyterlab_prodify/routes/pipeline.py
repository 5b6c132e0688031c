"""The pipeline: status answers at once with what is known; a run answers 202 with a job."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from jupyterlab_prodify.api.pipeline import PipelineRunRequest
from jupyterlab_prodify.project.errors import RequestError
from jupyterlab_prodify.routes.base import ProdifyHandler, errors_to_status
from jupyterlab_prodify.routes.late import Late

if TYPE_CHECKING:
    from jupyterlab_prodify.pipeline.service import PipelineService


class PipelineBase(ProdifyHandler):
    """Whoever may read files may see the state of stages."""

    @property
    def pipeline(self) -> PipelineService:
        late: Late[PipelineService] = self.settings["prodify_pipeline_service"]
        return late()

    def given(self, name: str) -> str:
        """A part of the query, as it was written."""
        return str(self.get_query_argument(name, strip=False))


class PipelineHandler(PipelineBase):
    """``GET prodify/pipeline?path=PATH&refresh=1``"""

    @authenticated
    @authorized
    @errors_to_status
    async def get(self) -> None:
        path, refresh = self.given("path"), self.get_query_argument("refresh", "0") in ("1", "true")
        self.answer(await asyncio.to_thread(self.pipeline.status, path, refresh))


class PipelineRunHandler(PipelineBase):
    """``POST prodify/pipeline/run``: commands of stages are code, so it asks for the right to run kernels."""

    auth_resource = "kernels"

    @authenticated
    @authorized
    @errors_to_status
    async def post(self) -> None:
        request = self.decode(PipelineRunRequest)
        self.answer(await asyncio.to_thread(self.pipeline.run, request), 202)


class PipelineLogHandler(PipelineBase):
    """``GET prodify/pipeline/log?path=PATH&stage=NAME&offset=N``; it holds what the code has shown."""

    auth_resource = "kernels"

    @authenticated
    @authorized
    @errors_to_status
    async def get(self) -> None:
        given = self.get_query_argument("offset", "0")
        if not (given.isascii() and given.isdecimal() and len(given) < 19):
            raise RequestError(f"`offset` is a number of bytes, not `{given}`.")
        path, stage = self.given("path"), self.given("stage")
        self.answer(await asyncio.to_thread(self.pipeline.log, path, stage, int(given)))


PIPELINE_HANDLERS = [
    (r"prodify/pipeline", PipelineHandler),
    (r"prodify/pipeline/run", PipelineRunHandler),
    (r"prodify/pipeline/log", PipelineLogHandler),
]
