"""The pipeline for whoever looks at it all the time: the last known status at once, a newer one soon."""

from __future__ import annotations

import threading
import time

import msgspec

from jupyterlab_prodify.api.pipeline import PipelineProblem, PipelineStatus, Stage, StageEdge
from jupyterlab_prodify.pipeline.facts import PipelineFacts
from jupyterlab_prodify.pipeline.notebooks import notebooks_of
from jupyterlab_prodify.pipeline.project import PipelineProject
from jupyterlab_prodify.pipeline.reading import edges_of, read_stages, run_of
from jupyterlab_prodify.pipeline.records import Records
from jupyterlab_prodify.pipeline.recovery import recover, what_is_left
from jupyterlab_prodify.vcs.errors import VcsError

FRESH_SECONDS = 2.0


class Panel:
    """The status of one project. Nobody waits for it: a thread of its own looks at the files; what runs is read anew
    with each answer. With ``repairs`` it brings back what a killed run has left."""

    def __init__(self, project: PipelineProject, repairs: bool = True) -> None:
        self._project = project
        self._records = Records(project.folder)
        self._repairs = repairs
        self._guard = threading.Lock()
        self._facts: PipelineFacts | None = None
        self._notebooks: list[str] = []
        self._notes: list[str] = []
        self._checked: float | None = None
        self._looked = float("-inf")
        self._problem: str | None = None
        self._thread: threading.Thread | None = None
        self._again = False

    def get(self, refresh: bool = False) -> PipelineStatus:
        """The last known status; starts to look again when it is older than a moment, or when that is asked for."""
        with self._guard:
            old = time.monotonic() - self._looked > FRESH_SECONDS
            if self._thread is None and (old or refresh):
                self._thread = threading.Thread(target=self._look, daemon=True, name="prodify pipeline status")
                self._thread.start()
            elif refresh:
                self._again = True  # what goes on may have looked at the file already
            facts, refreshing = self._facts, self._thread is not None
            found = (self._notebooks, list(self._notes), self._checked, self._problem)
        return self._status(facts, refreshing, *found)

    def now(self) -> PipelineStatus:
        """A new status; waits for it.

        Raises:
            VcsError, OSError: there is none.
        """
        self._take_a_look()
        return self._status(self._facts, False, self._notebooks, list(self._notes), self._checked, None)

    def wait(self, seconds: float) -> None:
        """Wait for the look that goes on."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def _look(self) -> None:
        while True:
            try:
                self._take_a_look()
                self._problem = None
            except (VcsError, OSError, msgspec.MsgspecError) as error:
                self._problem = getattr(error, "message", None) or str(error)
            with self._guard:
                if not self._again:
                    self._looked = time.monotonic()
                    self._thread = None
                    return
                self._again = False

    def _take_a_look(self) -> None:
        if self._repairs:
            recover(self._project, self._records)
        notes = [] if self._repairs else what_is_left(self._project, self._records)
        began = time.time()
        facts = msgspec.convert(self._project.dvc("stage_status"), PipelineFacts)
        notebooks = notebooks_of(self._project.root)
        with self._guard:
            self._facts, self._notebooks, self._notes, self._checked = facts, notebooks, notes, began

    def _status(
        self,
        facts: PipelineFacts | None,
        refreshing: bool,
        notebooks: list[str],
        notes: list[str],
        checked: float | None,
        problem: str | None,
    ) -> PipelineStatus:
        state, running = self._records.load(), self._records.is_running()
        stages: list[Stage] = []
        edges: list[StageEdge] = []
        problems: list[PipelineProblem] = []
        if facts is not None:
            stages, edges = read_stages(facts, self._records, state, running), edges_of(facts.stages)
            problems = facts.problems
        taken = {stage.notebook for stage in stages}
        return PipelineStatus(
            project=".",
            known=facts is not None,
            refreshing=refreshing,
            checked=checked,
            stages=stages,
            edges=edges,
            problems=problems,
            notebooks=[path for path in notebooks if path not in taken],
            without_notebook=[stage.name for stage in stages if stage.notebook is None],
            run=run_of(state, running, state.run.job if state.run else None),
            notes=[*(state.run.notes if state.run else []), *notes],
            problem=problem,
        )
