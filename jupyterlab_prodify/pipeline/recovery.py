"""What a killed run has left: commands that still write, outputs that were put aside, a record that says running."""

from __future__ import annotations

import contextlib
import os
import time

from jupyterlab_prodify.jobs.processes import MARK, end_marked, marked
from jupyterlab_prodify.pipeline.errors import RunInProgressError
from jupyterlab_prodify.pipeline.executor import Executor
from jupyterlab_prodify.pipeline.local_executor import LocalExecutor
from jupyterlab_prodify.pipeline.project import PipelineProject
from jupyterlab_prodify.pipeline.records import Records, State
from jupyterlab_prodify.vcs.kept_outputs import bring_back_left


def recover(project: PipelineProject, records: Records) -> None:
    """Repair what a killed run has left; nothing happens while a run goes on."""
    if not _is_interrupted(records):
        return
    with contextlib.suppress(RunInProgressError), records.running():
        repair(project, records, records.load())


def repair(project: PipelineProject, records: Records, state: State, executor: Executor | None = None) -> None:
    """End what still writes, and bring back what was put aside. Expects to be the one who runs."""
    run = state.run
    notes: list[str] = []
    if run is not None and run.state == "running":
        notes += _end_commands(state, executor or LocalExecutor())
    for stage, paths in bring_back_left(project.kept).items():
        names = ", ".join(f"`{os.path.relpath(path, project.root)}`" for path in paths)
        notes.append(f"The outputs of `{stage}` from before the run are back: {names}.")
    if run is not None and run.state == "running":
        run.state, run.ended = "lost", time.time()
        run.notes = ["The last run was ended from outside.", *notes]
        for one in state.stages.values():
            if one.state != "ended":
                one.state, one.outcome, one.where = "ended", "stopped", None
        records.save(state)


def what_is_left(project: PipelineProject, records: Records) -> list[str]:
    """The same, only told."""
    if not _is_interrupted(records):
        return []
    return ["The last run was ended from outside; the next run repairs what it has left."]


def _is_interrupted(records: Records) -> bool:
    run = records.load().run
    return run is not None and run.state == "running" and not records.is_running()


def _end_commands(state: State, executor: Executor) -> list[str]:
    notes = []
    for name, one in state.stages.items():
        if one.state == "running" and one.where is not None and executor.end_left(one.where):
            notes.append(f"The command of `{name}` still ran, and was ended.")
    job = state.run.job if state.run else None
    if job is not None and os.environ.get(MARK) != job and marked(job):
        end_marked(job)
    return notes
