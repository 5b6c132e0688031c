"""Requests on the pipeline: status is answered at once from a warm project; a run becomes a job."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import msgspec

from jupyterlab_prodify.api.jobs import Job, JobLog
from jupyterlab_prodify.api.pipeline import PipelineRun, PipelineRunRequest, PipelineStatus
from jupyterlab_prodify.jobs.errors import NoSuchJobError
from jupyterlab_prodify.jobs.service import JobService, Work
from jupyterlab_prodify.pipeline.errors import RunInProgressError
from jupyterlab_prodify.pipeline.order import Order
from jupyterlab_prodify.pipeline.panel import Panel
from jupyterlab_prodify.pipeline.project import PipelineProject, find_pipeline
from jupyterlab_prodify.pipeline.records import Records
from jupyterlab_prodify.project.errors import NotFoundError, RequestError
from jupyterlab_prodify.project.paths import confine
from jupyterlab_prodify.vcs.errors import NotADvcProjectError

_ARGV = (sys.executable, "-m", "jupyterlab_prodify.pipeline")
_PATIENCE = 30.0
_END_SECONDS = 5.0
_NO_PROJECT = PipelineStatus(None, True, False, None, [], [], [], [], [], None, [], None)


class PipelineService:
    """Pipelines in the projects around ``root``. ``python`` runs DVC: that of the server when it is None."""

    def __init__(self, root: Path, jobs: JobService, python: str | None = None) -> None:
        self.root = root.resolve()
        self.jobs = jobs
        self._python = python or sys.executable
        self._guard = threading.Lock()
        self._projects: dict[Path, tuple[PipelineProject, Panel]] = {}
        self._runs: dict[Path, tuple[bytes, str]] = {}

    def close(self) -> None:
        """The server stops, and the processes of DVC with it."""
        with self._guard:
            projects, self._projects = list(self._projects.values()), {}
        for project, panel in projects:
            project.close()
            panel.wait(_END_SECONDS)
            project.close()

    def status(self, path: str, refresh: bool = False) -> PipelineStatus:
        """The last known status of the project that holds ``path``; nobody waits for a newer one.

        Raises:
            RequestError, OutsideRootError: the path is none, or leads out.
        """
        try:
            project, panel = self._project(self._folder(path))
        except NotADvcProjectError:
            return _NO_PROJECT
        found = panel.get(refresh)
        return msgspec.structs.replace(found, project=self._outward(project.root), run=self._own(found.run))

    def run(self, request: PipelineRunRequest) -> Job:
        """Start to run stages; the same request while it runs is the same job.

        Raises:
            RequestError, OutsideRootError, NotADvcProjectError: the request makes no sense.
            RunInProgressError: another run goes on.
        """
        if request.jobs is not None and request.jobs < 1:
            raise RequestError("`jobs` is a number of stages, 1 or more.", None, "Leave it out for one per core.")
        root = find_pipeline(self._folder(request.path))
        order = Order(
            str(root),
            self._python,
            request.stages,
            request.downstream,
            request.force,
            request.jobs or os.cpu_count() or 1,
        )
        data = msgspec.json.encode(order)
        title = f"Run {', '.join(request.stages)}" if request.stages else "Run all stages"
        with self._guard:
            going = self._going(root)
            if going is not None:
                if going[0] == data:
                    return going[1]
                raise RunInProgressError
            if Records(root / ".dvc" / "tmp" / "prodify").is_running():
                raise RunInProgressError
            job = self.jobs.start(
                Work("pipeline", title, (*_ARGV, str(root), self._python), data, near=root, patience=_PATIENCE)
            )
            self._runs[root] = (data, job.id)
            return job

    def log(self, path: str, stage: str, offset: int) -> JobLog:
        """A part of the log of a stage's last run.

        Raises:
            RequestError, OutsideRootError, NotADvcProjectError: the path is none, leads out, or is in no project.
            NotFoundError: the stage has not run here.
        """
        records = Records(find_pipeline(self._folder(path)) / ".dvc" / "tmp" / "prodify")
        if stage not in records.load().stages:
            raise NotFoundError(f"`{stage}` has not run here.", None, "Run it first.")
        return records.log(stage, offset)

    def _going(self, root: Path) -> tuple[bytes, Job] | None:
        """The run of this project that was started from here and has not ended."""
        data, job_id = self._runs.get(root, (b"", ""))
        try:
            job = self.jobs.get(job_id)
        except NoSuchJobError:
            return None
        return (data, job) if job.state in ("queued", "running") else None

    def _own(self, run: PipelineRun | None) -> PipelineRun | None:
        """With its job only where it is one of ours, which can be cancelled."""
        if run is None or run.job is None:
            return run
        try:
            self.jobs.get(run.job)
        except NoSuchJobError:
            return msgspec.structs.replace(run, job=None)
        return run

    def _folder(self, path: str) -> Path:
        """The nearest folder that exists around a path of a request."""
        place = confine(self.root, path.strip("/"))
        while not place.is_dir():
            place = place.parent
        return place

    def _outward(self, root: Path) -> str:
        found = os.path.relpath(root, self.root).replace(os.sep, "/")
        return "" if found == "." else found

    def _project(self, folder: Path) -> tuple[PipelineProject, Panel]:
        root = find_pipeline(folder)
        with self._guard:
            if root not in self._projects:
                project = PipelineProject(root, self._python)
                self._projects[root] = (project, Panel(project))
            return self._projects[root]
