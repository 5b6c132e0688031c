"""Which stage is next. What comes before and after a command is DVC's matter, where it runs is the executor's."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import msgspec

from jupyterlab_prodify.api.pipeline import StageOutcome, StageRun
from jupyterlab_prodify.pipeline.executor import Completed, Executor, StageCommand
from jupyterlab_prodify.pipeline.reading import error_of
from jupyterlab_prodify.pipeline.records import Records, StageRecord, State
from jupyterlab_prodify.vcs.errors import VcsError, WorkerEndedError

_LOOK_SECONDS = 0.1
_LOCKED_SECONDS = 0.5
_END_SECONDS = 15.0
_GOOD: tuple[StageOutcome, ...] = ("ran", "restored", "unchanged", "verified")


class Step(msgspec.Struct):
    """A stage of the plan. ``command`` is False for data, which has none."""

    name: str
    command: bool
    notebook: str | None
    upstream: list[str]


class Dvc(Protocol):
    """The operations of the worker."""

    def dvc(self, op: str, **given: Any) -> Any: ...


@dataclass
class _Going:
    """A stage whose command runs. ``read`` goes back to DVC at the end."""

    read: dict[str, str]
    began: float


class Scheduler:
    """One run. ``environment`` gives that of a stage's command; ``tell`` is called when something has changed."""

    def __init__(
        self,
        plan: list[Step],
        project: Dvc,
        kept: Path,
        records: Records,
        state: State,
        environment: Callable[[str], dict[str, str]],
        tell: Callable[[str], None],
        jobs: int,
        force: bool,
    ) -> None:
        self._plan = plan
        self._project = project
        self._kept = str(kept)
        self._records = records
        self._state = state
        self._environment = environment
        self._tell = tell
        self._jobs = jobs
        self._force = force
        self._guard = threading.Lock()
        self._going: dict[str, _Going] = {}
        self._later: dict[str, float] = {}
        self._ended: dict[str, StageRun] = {}
        self._stop = threading.Event()
        self._names = {step.name for step in plan}
        assert state.run is not None
        self._run_id = state.run.id
        for step in plan:
            old = state.stages.get(step.name)
            new = StageRecord(self._run_id, duration=old.duration if old else None)
            if old is not None:
                new.started, new.reads = old.started, old.reads
            state.stages[step.name] = new

    def stop(self) -> None:
        """End the run as soon as possible; may be called from anywhere, also from a signal."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        return self._stop.is_set()

    def placed(self, name: str, where: str) -> None:
        """The executor tells where a stage runs; from any thread."""
        with self._guard:
            self._state.stages[name].where = where
            self._records.save(self._state)

    def run(self, executor: Executor) -> list[StageRun]:
        """Run all; what has become of each stage, in the order of the plan."""
        while not self.stopped and len(self._ended) < len(self._plan):
            self._start_ready(executor)
            if self.stopped or len(self._ended) == len(self._plan):
                break
            for one in executor.completed(_LOOK_SECONDS):
                self._complete(one)
                self._start_ready(executor)  # before the others are taken care of
        if self.stopped:
            self._give_up(executor)
        return [self._ended[step.name] for step in self._plan]

    # -- starting -----------------------------------------------------------------------------------------------------

    def _start_ready(self, executor: Executor) -> None:
        for step in self._plan:
            if self.stopped or len(self._going) >= self._jobs:
                return
            if step.name in self._ended or step.name in self._going or self._later.get(step.name, 0) > time.monotonic():
                continue
            needed = [self._ended.get(name) for name in step.upstream if name in self._names]
            if all(one is not None and one.outcome in _GOOD for one in needed):
                self._start(step, executor)

    def _start(self, step: Step, executor: Executor) -> None:
        began = time.time()
        try:
            found = self._again(lambda: self._begin(step.name))
        except VcsError as error:
            if error.code == "dvc_locked":  # another DVC is at work on it
                self._later[step.name] = time.monotonic() + _LOCKED_SECONDS
                return
            self._fail(step.name, began, error.message)
            return
        if found["outcome"] != "run":
            self._end(StageRun(step.name, found["outcome"], time.time() - began, changed=found.get("changed", [])))
            return
        try:
            environment = {**self._environment(step.name), **found["environment"]}
        except VcsError as error:
            self._abandon(step.name, over=True)
            self._fail(step.name, began, error.message)
            return
        self._launch(step.name, began, found, environment, executor)

    def _launch(
        self, name: str, began: float, found: dict[str, Any], environment: dict[str, str], executor: Executor
    ) -> None:
        log = self._records.log_file(name)
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_bytes(b"")
        with self._guard:
            record = self._state.stages[name]
            record.state, record.started, record.reads, record.error = "running", began, found["reads"], None
            self._records.save(self._state)
        self._going[name] = _Going(found["read"], began)
        self._tell(f"{name}: running")
        executor.submit(StageCommand(name, found["commands"], Path(found["folder"]), log, environment))

    def _begin(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = self._project.dvc("stage_begin", name=name, force=self._force, kept=self._kept)
        return found

    # -- ending -------------------------------------------------------------------------------------------------------

    def _complete(self, one: Completed) -> None:
        going = self._going.pop(one.name)
        if not one.ok:
            self._abandon(one.name, over=False)
            why = one.message or error_of(self._records.last_lines(one.name), one.code or 0)
            self._fail(one.name, going.began, why)
            return
        try:
            found = self._again(lambda: self._finish(one.name, going.read))
        except VcsError as error:
            self._abandon(one.name, over=False)
            self._fail(one.name, going.began, error.message)
            return
        self._end(StageRun(one.name, "ran", time.time() - going.began, changed=found["changed"]))

    def _finish(self, name: str, read: dict[str, str]) -> dict[str, Any]:
        """Waits for another DVC that works on what the stage wrote."""
        while True:
            try:
                found: dict[str, Any] = self._project.dvc("stage_finish", name=name, read=read, kept=self._kept)
                return found
            except VcsError as error:
                if error.code != "dvc_locked" or self.stopped:
                    raise
            time.sleep(_LOCKED_SECONDS)

    def _again(self, act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """Once more where the process of DVC was ended from outside."""
        try:
            return act()
        except WorkerEndedError:
            return act()

    def _abandon(self, name: str, over: bool) -> None:
        """What was put aside comes back. What cannot be brought back now is brought back by the next run."""
        try:
            self._again(lambda: self._project.dvc("stage_abandon", name=name, over=over, kept=self._kept) or {})
        except VcsError as error:
            self._tell(f"{name}: its outputs are not back yet: {error.message}")

    def _fail(self, name: str, began: float, why: str) -> None:
        with self._guard:
            record = self._state.stages[name]
            if record.state == "queued":
                record.reads = self._reads_now(name)
        self._end(StageRun(name, "failed", time.time() - began, why))
        for step in self._plan:
            if step.name not in self._ended and self._needs_failed(step):
                self._end(StageRun(step.name, "blocked", 0.0))

    def _needs_failed(self, step: Step) -> bool:
        needed = [self._ended[name] for name in step.upstream if name in self._ended]
        return any(one.outcome in ("failed", "blocked") for one in needed)

    def _reads_now(self, name: str) -> str | None:
        try:
            stages = self._project.dvc("stage_status")["stages"]
        except VcsError:
            return None
        return next((str(stage["reads"]) for stage in stages if stage["name"] == name), None)

    def _give_up(self, executor: Executor) -> None:
        for name in self._going:
            executor.cancel(name)
        deadline = time.monotonic() + _END_SECONDS
        while self._going and time.monotonic() < deadline:
            for one in executor.completed(_LOOK_SECONDS):
                going = self._going.pop(one.name)
                self._abandon(one.name, over=True)
                self._end(StageRun(one.name, "stopped", time.time() - going.began))
        for step in self._plan:
            if step.name not in self._ended:
                self._end(StageRun(step.name, "stopped", 0.0))

    def _end(self, one: StageRun) -> None:
        self._ended[one.name] = one
        with self._guard:
            record = self._state.stages[one.name]
            record.state, record.outcome, record.error, record.where = "ended", one.outcome, one.error, None
            record.ended = time.time()
            if one.outcome == "ran":
                record.duration = one.seconds
            self._records.save(self._state)
        said = f": {one.error}" if one.error else ""
        self._tell(f"{one.name}: {one.outcome}{said}")
