"""The operations on stages. They use DVC's library whatever its version: ``dvc`` itself runs one stage at a time."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any

from jupyterlab_prodify.vcs.dvc_worker.failure import OperationError
from jupyterlab_prodify.vcs.dvc_worker.stage_facts import StageFacts, notebook_of
from jupyterlab_prodify.vcs.dvc_worker.stage_files import StageFiles
from jupyterlab_prodify.vcs.dvc_worker.stage_work import StagePlan, StageWork

STAGE_OPERATIONS = ("stage_warm", "stage_status", "stage_plan", "stage_begin", "stage_finish", "stage_abandon")


class Stages:
    """One operation at a time, in the current folder, which is the root."""

    def __init__(self) -> None:
        self._files = StageFiles()
        self._facts = StageFacts(self._files)
        self._work = StageWork(self._files)

    @property
    def busy(self) -> bool:
        """Commands of stages run that were begun here."""
        return self._work.busy

    def stage_warm(self) -> None:
        """Load what the other operations need."""
        import dvc.repo.reproduce  # noqa: F401

        self._files.refresh()
        with contextlib.suppress(OperationError):
            self._files.graph  # noqa: B018

    def stage_status(self) -> dict[str, Any]:
        self._files.refresh()
        return {"stages": self._facts.all(), "problems": self._files.problems}

    def stage_plan(self, targets: Sequence[str], downstream: bool = False) -> list[dict[str, Any]]:
        from dvc.repo.reproduce import get_active_graph, plan_repro

        self._files.refresh()
        graph = get_active_graph(self._files.graph)
        stages = self._targets(targets)
        if downstream:
            stages = _with_downstream(graph, stages)
        steps = plan_repro(graph, stages or None)
        self._work.plan = self._plan_of(steps)
        return [
            {
                "name": stage.addressing,
                "command": bool(stage.cmd),
                "notebook": notebook_of(stage),
                "upstream": [needed.addressing for needed in graph.successors(stage)],
            }
            for stage in steps
        ]

    def stage_begin(self, name: str, force: bool, kept: str) -> dict[str, Any]:
        found = self._work.begin(name, force, kept)
        return {**found, "reads": self._facts.reads(self._files.stage(name))} if found["outcome"] == "run" else found

    def stage_finish(self, name: str, read: dict[str, str], kept: str) -> dict[str, Any]:
        return self._work.finish(name, read, kept)

    def stage_abandon(self, name: str, over: bool, kept: str) -> list[str]:
        return self._work.abandon(name, over, kept)

    def _targets(self, targets: Sequence[str]) -> list[Any]:
        """The stages that are meant; none for all of them. Without targets ``dvc repro`` takes the ``dvc.yaml`` of the
        root; where there are others, all of them are meant."""
        broken = self._files.problems
        if not targets:
            if broken:
                raise OperationError("pipeline_broken", broken[0]["message"], [broken[0]["file"]])
            everything = self._files.stages
            with_command = [stage for stage in everything if stage.cmd]
            if not with_command:
                raise OperationError("no_stages", "There is no stage in this project.")
            files = {stage.path for stage in with_command}
            return [stage for stage in with_command if stage.path == self._root_file()] if len(files) == 1 else []
        found = [stage for target in targets for stage in self._named(target)]
        bad = [problem for problem in broken if {*problem["stages"]} & {stage.addressing for stage in found}]
        if bad:
            raise OperationError("pipeline_broken", bad[0]["message"], [bad[0]["file"]])
        return list(dict.fromkeys(found))

    def _root_file(self) -> str:
        return f"{self._files.repo.root_dir}/dvc.yaml"

    def _named(self, target: str) -> list[Any]:
        """A stage, all of a foreach or matrix, or all of a file."""
        known = {stage.addressing: stage for stage in self._files.stages}
        if target in known:
            return [known[target]]
        group = [stage for name, stage in known.items() if name.startswith(f"{target}@")]
        inside = [stage for stage in known.values() if stage.relpath == target]
        if not (group or inside):
            broken = self._files.problems
            if broken:
                raise OperationError("pipeline_broken", broken[0]["message"], [broken[0]["file"]])
            raise OperationError("no_such_stage", f"There is no stage `{target}`.")
        return group or inside

    def _plan_of(self, steps: Sequence[Any]) -> StagePlan:
        plan = StagePlan()
        for stage in steps:
            name = getattr(stage, "name", None)
            if name is not None:
                plan.order.setdefault(stage.path, []).append(name)
                if self._files.lock_entry(stage) is None:
                    plan.new.add((stage.path, name))
        return plan


def _with_downstream(graph: Any, stages: Sequence[Any]) -> list[Any]:
    """The stages and all that need one of them."""
    found, waiting = set(stages), list(stages)
    while waiting:
        more = [one for one in graph.predecessors(waiting.pop()) if one not in found]
        found.update(more)
        waiting += more
    return [stage for stage in graph if stage in found]
