"""One run, inside the process of its job. A signal to end stops the stages and brings their outputs back."""

from __future__ import annotations

import os
import secrets
import signal
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import msgspec

from jupyterlab_prodify.api.pipeline import PipelineRan, StageRun
from jupyterlab_prodify.jobs.child import Reporter, Task
from jupyterlab_prodify.jobs.errors import JobFailedError
from jupyterlab_prodify.jobs.processes import MARK
from jupyterlab_prodify.pipeline.environment import Environments
from jupyterlab_prodify.pipeline.executor import Executor, OnPlace
from jupyterlab_prodify.pipeline.local_executor import LocalExecutor
from jupyterlab_prodify.pipeline.order import Order
from jupyterlab_prodify.pipeline.project import PipelineProject
from jupyterlab_prodify.pipeline.records import Records, RunRecord, State
from jupyterlab_prodify.pipeline.recovery import repair
from jupyterlab_prodify.pipeline.scheduler import Scheduler, Step
from jupyterlab_prodify.vcs.dvc import DvcWorker
from jupyterlab_prodify.vcs.errors import VcsError


class StoppedError(Exception):
    """The run was asked to end; what ran has ended, and outputs are back."""


class _Ending:
    """What a signal to end does: at first it ends all at once, then it asks the scheduler."""

    def __init__(self) -> None:
        self.scheduler: Scheduler | None = None
        signal.signal(signal.SIGTERM, self._hear)

    def _hear(self, number: int, frame: FrameType | None) -> None:
        if self.scheduler is None:
            raise StoppedError
        self.scheduler.stop()


def work(task: Task, worker: DvcWorker | None = None) -> PipelineRan:
    """The order that the request of a job holds."""
    try:
        return perform(msgspec.json.decode(task.request, type=Order), task.reporter, worker)
    except StoppedError as error:
        raise JobFailedError("stopped", "The run was stopped.") from error


def perform(
    order: Order,
    reporter: Reporter,
    worker: DvcWorker | None = None,
    make_executor: Callable[[OnPlace], Executor] = LocalExecutor,
) -> PipelineRan:
    """Bring stages up to date. ``worker`` is one of the project that was started already; ``make_executor`` decides
    where stages run.

    Raises:
        JobFailedError: it was refused.
        StoppedError: it was asked to end.
    """
    ending = _Ending()
    project = PipelineProject(Path(order.root), order.python, worker)
    records = Records(project.folder)
    try:
        with records.running():
            return _run(order, project, records, reporter, ending, make_executor)
    except VcsError as error:
        raise JobFailedError(error.code, error.message, error.remedy) from error
    finally:
        project.close()


def _run(
    order: Order,
    project: PipelineProject,
    records: Records,
    reporter: Reporter,
    ending: _Ending,
    make_executor: Callable[[OnPlace], Executor],
) -> PipelineRan:
    began = time.time()
    state = records.load()
    repair(project, records, state, make_executor(lambda name, where: None))
    notes = state.run.notes if state.run is not None and state.run.state == "lost" else []
    reporter.progress(0, 0, "Looking at the project")
    steps = project.dvc("stage_plan", targets=order.stages, downstream=order.downstream)
    plan = msgspec.convert(steps, list[Step])
    shown = [step.name for step in plan if step.command]
    state.run = RunRecord(
        secrets.token_hex(6), os.environ.get(MARK), os.getpid(), began, planned=shown, notes=list(notes)
    )
    environments = Environments(project.root, {step.name: step.notebook for step in plan})
    scheduler = Scheduler(
        plan,
        project,
        project.kept,
        records,
        state,
        environments.of,
        lambda line: _tell(reporter, state, line),
        order.jobs,
        order.force,
    )
    ending.scheduler = scheduler
    records.save(state)
    executor = make_executor(scheduler.placed)
    try:
        found = [one for one in scheduler.run(executor) if one.name in set(shown) or one.outcome != "unchanged"]
    finally:
        executor.close()
    _over(state, found, scheduler.stopped)
    records.save(state)
    if scheduler.stopped:
        raise StoppedError
    ok = not any(one.outcome in ("failed", "blocked") for one in found)
    return PipelineRan(ok, found, time.time() - began, list(notes))


def _over(state: State, found: list[StageRun], stopped: bool) -> None:
    assert state.run is not None
    failed = any(one.outcome == "failed" for one in found)
    state.run.state = "stopped" if stopped else "failed" if failed else "done"
    state.run.ended = time.time()


def _tell(reporter: Reporter, state: State, line: str) -> None:
    """A line for the log, and how far the run is."""
    assert state.run is not None
    records = [state.stages[name] for name in state.run.planned]
    running = [name for name in state.run.planned if state.stages[name].state == "running"]
    done = sum(record.state == "ended" for record in records)
    reporter.log(f"{time.strftime('%H:%M:%S')} {line}")
    reporter.progress(done, len(records), ", ".join(running) or "Looking at what has changed")
