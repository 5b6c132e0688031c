"""Long work: all jobs, one job, its log, and its end."""

from __future__ import annotations

import asyncio

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from jupyterlab_prodify.jobs.service import JobService
from jupyterlab_prodify.project.errors import RequestError
from jupyterlab_prodify.routes.base import ProdifyHandler, errors_to_status


class JobsBase(ProdifyHandler):
    """Jobs run code, as kernels do, and their results and logs hold what it has shown."""

    auth_resource = "kernels"

    @property
    def jobs(self) -> JobService:
        jobs = self.settings["prodify_jobs"]
        assert isinstance(jobs, JobService)
        return jobs


class JobsHandler(JobsBase):
    """``GET prodify/jobs``: the newest first, without their results."""

    @authenticated
    @authorized
    @errors_to_status
    async def get(self) -> None:
        self.answer(self.jobs.overview())


class JobHandler(JobsBase):
    """``GET prodify/jobs/<id>``, and ``DELETE`` to cancel; the answer is the job as it is then."""

    @authenticated
    @authorized
    @errors_to_status
    async def get(self, id: str) -> None:
        self.answer(self.jobs.get(id))

    @authenticated
    @authorized
    @errors_to_status
    async def delete(self, id: str) -> None:
        self.answer(await asyncio.to_thread(self.jobs.cancel, id))


class JobLogHandler(JobsBase):
    """``GET prodify/jobs/<id>/log?offset=N``: the log from a byte on."""

    @authenticated
    @authorized
    @errors_to_status
    async def get(self, id: str) -> None:
        given = self.get_query_argument("offset", "0")
        if not (given.isascii() and given.isdecimal() and len(given) < 19):
            raise RequestError(f"`offset` is a number of bytes, not `{given}`.")
        self.answer(await asyncio.to_thread(self.jobs.log, id, int(given)))
