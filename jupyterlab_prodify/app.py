"""The server extension: the one place where services are built and routes registered."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_server.extension.application import ExtensionApp
from traitlets import Float, Unicode

from jupyterlab_prodify.jobs.service import JobService
from jupyterlab_prodify.project.export_service import ExportService
from jupyterlab_prodify.project.journal import state_folder
from jupyterlab_prodify.routes import handlers
from jupyterlab_prodify.routes.late import Late

if TYPE_CHECKING:
    from jupyterlab_prodify.data.service import DataService
    from jupyterlab_prodify.pipeline.service import PipelineService
    from jupyterlab_prodify.verify.service import VerifyService

JOB_EVENT = "https://events.jupyter.org/jupyterlab_prodify/job/v1"
_JOB_SCHEMA = Path(__file__).parent / "jobs" / "job-v1.yaml"


class ProdifyApp(ExtensionApp):
    """``jupyter server`` extension ``jupyterlab_prodify``; its routes start with ``prodify/``."""

    name = "jupyterlab_prodify"
    extension_url = "/lab"
    load_other_extensions = True

    root = Unicode("", help="Folder that exports may write to; the server's root folder when empty.").tag(config=True)

    patience = Float(
        0.2,
        help="Seconds that a plan waits to learn what the kernel's Python can import, before it takes the safe way "
        "and adds a line to the notebook.",
    ).tag(config=True)

    cell_timeout = Float(
        0,
        help="Seconds that one cell may take when a notebook is verified; 0 for as long as it likes.",
    ).tag(config=True)

    dvc_python = Unicode(
        "",
        help="The Python that runs DVC, such as that of an environment with the packages for its remotes; that of the "
        "server when empty. It needs `dvc`, and nothing of ours.",
    ).tag(config=True)

    def initialize_settings(self) -> None:
        """Build the services, and finish what a killed server may have left."""
        app: Any = self.serverapp
        app.event_logger.register_event_schema(_JOB_SCHEMA)
        root = Path(self.root or self._server_root())
        service = ExportService(root, self._find_spec, self.patience)
        self._recover(service)
        jobs = self._job_service(root)
        self.settings["prodify_export_service"] = service
        self.settings["prodify_jobs"] = jobs
        self.settings["prodify_data_service"] = Late(lambda: self._data_service(root, jobs))
        self.settings["prodify_pipeline_service"] = Late(lambda: self._pipeline_service(root, jobs))
        self.settings["prodify_verify_service"] = Late(lambda: self._verify_service(root, jobs))

    def _data_service(self, root: Path, jobs: JobService) -> DataService:
        from jupyterlab_prodify.data.service import DataService

        return DataService(root, jobs, self.dvc_python or None)

    def _pipeline_service(self, root: Path, jobs: JobService) -> PipelineService:
        from jupyterlab_prodify.pipeline.service import PipelineService

        return PipelineService(root, jobs, self.dvc_python or None)

    def _verify_service(self, root: Path, jobs: JobService) -> VerifyService:
        from jupyterlab_prodify.verify.service import VerifyService

        return VerifyService(root, jobs, self._find_spec, self.cell_timeout or None)

    def _job_service(self, root: Path) -> JobService:
        """Jobs of this root; those of a killed server are ended, and are ``lost``."""
        try:
            jobs = JobService(_job_folder(root), self._tell)
            lost = jobs.recover()
        except OSError as error:
            self.log.warning("Jobs of an earlier server could not be looked for: %s", error)
            return JobService(Path(tempfile.mkdtemp(prefix="prodify-jobs-")), self._tell, temporary=True)
        if lost:
            self.log.warning("Jobs ended with the server: %s", ", ".join(job.title for job in lost))
        return jobs

    def _tell(self, job_id: str) -> None:
        """Say to whoever listens that a job has changed. Comes from any thread."""
        app: Any = self.serverapp
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody listens any more
            app.io_loop.add_callback(app.event_logger.emit, schema_id=JOB_EVENT, data={"id": job_id})

    def _recover(self, service: ExportService) -> None:
        try:
            left = service.recover()
        except OSError as error:
            self.log.warning("Interrupted exports could not be looked for: %s", error)
            return
        if left:
            self.log.warning("An interrupted export could not be finished; changed since: %s", ", ".join(left))

    def _find_spec(self, name: str) -> Any:
        app: Any = self.serverapp
        return app.kernel_spec_manager.get_kernel_spec(name)

    def initialize_handlers(self) -> None:
        """Register the routes."""
        self.handlers.extend(handlers)

    async def _start_jupyter_server_extension(self, serverapp: Any) -> None:
        """The server answers already: load what the first plan needs, so that nobody waits for it."""
        service: ExportService = self.settings["prodify_export_service"]
        await asyncio.to_thread(service.warm_up)

    async def stop_extension(self) -> None:
        """The server stops, and its jobs with it."""
        jobs: JobService = self.settings["prodify_jobs"]
        data: DataService | None = self.settings["prodify_data_service"].made
        pipeline: PipelineService | None = self.settings["prodify_pipeline_service"].made
        if data is not None:
            await asyncio.to_thread(data.close)
        await asyncio.to_thread(jobs.close)
        if pipeline is not None:
            await asyncio.to_thread(pipeline.close)

    def _server_root(self) -> str:
        app: Any = self.serverapp
        return os.path.expanduser(app.root_dir) if app is not None else os.getcwd()


def _job_folder(root: Path) -> Path:
    """One folder for each root, so that a server finds the jobs of the one before it."""
    name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:12]
    return state_folder() / "jobs" / name
