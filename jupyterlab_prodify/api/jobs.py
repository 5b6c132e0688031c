"""Wire types of long work: what a job does, how far it is, and how it ended."""

from __future__ import annotations

from typing import Literal

from jupyterlab_prodify.api.data import DataAdded, DataMoved, DataRestored, PathsCommitted
from jupyterlab_prodify.api.data_table import TableComparison
from jupyterlab_prodify.api.files import ErrorAnswer
from jupyterlab_prodify.api.pipeline import PipelineRan
from jupyterlab_prodify.api.verify import VerifyResult
from jupyterlab_prodify.api.wire import WireType

JobKind = Literal["verify", "data", "pipeline"]
"""What kind of work a job does."""

JobState = Literal["queued", "running", "done", "failed", "cancelled", "lost"]
"""``done`` has a result; ``failed`` has an error; ``lost`` is a job whose process ended with the server."""


JobResult = VerifyResult | DataAdded | DataRestored | DataMoved | PathsCommitted | TableComparison | PipelineRan
"""What the work of a job gives; ``kind`` tells which."""


class JobProgress(WireType, frozen=True):
    """How far a running job is: ``done`` of ``total`` steps or files (0 when it is not known how many); ``label`` says
    what is being done now. Where bytes are counted, ``bytes_total`` is None when it is not known how many."""

    done: int
    total: int
    label: str
    bytes_done: int | None = None
    bytes_total: int | None = None


class Job(WireType, frozen=True):
    """One piece of long work. ``created``, ``started`` and ``ended`` are seconds since the epoch."""

    id: str
    kind: JobKind
    title: str
    """What the job does, for people: "Verify the export of clean_co2"."""
    state: JobState
    created: float
    started: float | None = None
    ended: float | None = None
    progress: JobProgress | None = None
    result: JobResult | None = None
    error: ErrorAnswer | None = None


class JobLog(WireType, frozen=True):
    """A part of a job's log. ``next_offset`` is where the next part begins, in bytes."""

    text: str
    next_offset: int
