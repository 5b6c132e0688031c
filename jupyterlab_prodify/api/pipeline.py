"""Wire types of the pipeline: the stages of ``dvc.yaml``, how fresh each is and why, and running them.

A stage is named as DVC addresses it: ``train``, ``train@large`` (foreach and matrix), ``reports/dvc.yaml:train``.
Paths are relative to the project.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from jupyterlab_prodify.api.wire import WireType

StageState = Literal["up_to_date", "stale", "never_run", "queued", "running", "failed", "blocked"]
"""``blocked`` waits for a stage that failed; ``failed`` holds until what the stage reads changes, or it runs again."""

ReasonKind = Literal["params", "deps", "outs", "cmd", "never_run", "always_changed", "upstream", "missing"]

RunState = Literal["running", "done", "failed", "stopped", "lost"]
"""``failed`` has a stage that failed; ``lost`` was killed, or its server ended."""

StageOutcome = Literal["ran", "restored", "unchanged", "verified", "failed", "blocked", "stopped"]
"""``restored`` came from the run cache; ``verified`` has no command to run: data, or a frozen stage."""


class StageReason(WireType, frozen=True):
    """Why a stage is not up to date. ``text`` says it to people; ``before`` and ``after`` are values as text."""

    kind: ReasonKind
    text: str
    file: str | None = None
    key: str | None = None
    before: str | None = None
    after: str | None = None
    stage: str | None = None
    """The stage that is waited for, or that should make the missing file."""


class StageParams(WireType, frozen=True):
    """Parameters that a stage reads: ``keys`` of a file, all of it when there are none."""

    file: str
    keys: list[str]


class Stage(WireType, frozen=True):
    """One stage and its state. Times are seconds since the epoch, ``duration`` is in seconds."""

    name: str
    file: str
    """The ``dvc.yaml`` that it stands in."""
    line: int | None
    state: StageState
    reasons: list[StageReason]
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
    started: float | None = None
    """When it was last run from here; None when that is not known."""
    duration: float | None = None
    """Of the last run from here that ended."""
    log_line: str | None = None
    """The last line of its log."""
    error: str | None = None
    """What a failed one ended with: the error's last line and, where it is known, its place."""
    blocked_by: list[str] = msgspec.field(default_factory=list)


class StageEdge(WireType, frozen=True):
    """``after`` reads ``paths``, which ``before`` writes."""

    before: str
    after: str
    paths: list[str]


class PipelineProblem(WireType, frozen=True):
    """What is wrong with a file of the pipeline. Stages of it that were read before stay as they were then."""

    file: str
    line: int | None
    message: str
    stages: list[str] = msgspec.field(default_factory=list)


class PipelineRun(WireType, frozen=True):
    """The run that goes on, else the last one. ``job`` is the job to cancel; None when it is one of another program,
    such as a terminal's."""

    id: str
    state: RunState
    job: str | None
    started: float
    ended: float | None
    done: int
    total: int


class PipelineStatus(WireType, frozen=True):
    """The last status that is known; it is answered at once. While ``refreshing``, a newer one is on its way: ask
    again. ``project`` is the folder of the DVC project relative to the server's root folder, None where there is
    none."""

    project: str | None
    known: bool
    """False before the first status; there are no stages then."""
    refreshing: bool
    checked: float | None
    """Seconds since the epoch when the files were looked at."""
    stages: list[Stage]
    edges: list[StageEdge]
    problems: list[PipelineProblem]
    notebooks: list[str]
    """Notebooks that belong to no stage."""
    without_notebook: list[str]
    """Stages that name no notebook."""
    run: PipelineRun | None
    notes: list[str]
    """What a killed run had left, and what was done about it."""
    problem: str | None
    """Why the last refresh did not succeed; the rest is of the one before."""


class PipelineRunRequest(WireType, frozen=True):
    """Run what is not up to date of ``stages`` and of all they need; of everything when none is named. ``path`` is the
    project, or any folder or file in it."""

    path: str
    stages: list[str] = msgspec.field(default_factory=list)
    downstream: bool = False
    """Everything that needs one of them as well."""
    force: bool = False
    """Run them also where nothing has changed."""
    jobs: int | None = None
    """How many stages may run at once; the number of cores when left out."""


class StageRun(WireType, frozen=True):
    """What has become of one stage in a run. ``changed`` are files that it reads and that changed meanwhile: it is
    stale again."""

    name: str
    outcome: StageOutcome
    seconds: float
    error: str | None = None
    changed: list[str] = msgspec.field(default_factory=list)


class PipelineRan(WireType, frozen=True, tag_field="kind", tag="ran"):
    """A run that came to its end; ``ok`` is False when a stage failed."""

    ok: bool
    stages: list[StageRun]
    seconds: float
    notes: list[str]
