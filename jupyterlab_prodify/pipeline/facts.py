"""What the worker tells of the stages; see ``vcs.dvc_worker.stage_facts``."""

from __future__ import annotations

from typing import Literal

import msgspec

from jupyterlab_prodify.api.pipeline import PipelineProblem, StageParams


class Change(msgspec.Struct, frozen=True):
    """One way in which a stage differs from its last run."""

    kind: Literal["params", "deps", "outs", "cmd"]
    how: str
    file: str | None = None
    key: str | None = None
    before: str | None = None
    after: str | None = None


class StageFacts(msgspec.Struct, frozen=True):
    """One stage. ``locked``: it has run; ``reads``: a digest of what it reads now."""

    name: str
    file: str
    line: int | None
    description: str | None
    cmd: list[str]
    wdir: str
    deps: list[str]
    params: list[StageParams]
    outs: list[str]
    metrics: list[str]
    plots: list[str]
    frozen: bool
    always_changed: bool
    notebook: str | None
    module: str | None
    locked: bool
    changes: list[Change]
    reads: str

    @property
    def writes(self) -> list[str]:
        return [*self.outs, *self.metrics, *self.plots]


class PipelineFacts(msgspec.Struct, frozen=True):
    """All stages, and what is wrong with the files."""

    stages: list[StageFacts]
    problems: list[PipelineProblem]
