"""Wire types of "commit everything": what has changed, by kind, and one commit of what was chosen."""

from __future__ import annotations

from typing import Literal

import msgspec

from jupyterlab_prodify.api.data import AdviceTarget
from jupyterlab_prodify.api.data_plan import DataChoice, DataProblem
from jupyterlab_prodify.api.wire import WireType

ChangeKind = Literal["code", "notebook", "data", "params", "metrics", "other"]

ChangeState = Literal["new", "changed", "removed", "conflicted"]


class ChangedPath(WireType, frozen=True):
    """One path that can be chosen. For data of DVC it is the data, not its ``.dvc`` file."""

    path: str
    kind: ChangeKind
    state: ChangeState
    to: AdviceTarget
    """Where it goes: ``ignore`` and ``impossible`` should not be chosen."""
    staged: Literal["no", "partly", "whole"]
    """What the person's index holds of the change already."""
    size: int | None
    reason: str | None = None
    """Why it is ``impossible``."""


class DataChanges(WireType, frozen=True):
    """All that is not as in the last commit, in the order of kinds and paths. ``problems`` stand in the way of any
    commit now. ``more`` counts the new files that were left out because there are too many."""

    project: str
    branch: str | None
    paths: list[ChangedPath]
    more: int
    problems: list[DataProblem]
    notes: list[str]


class CommitRequest(WireType, frozen=True):
    """One commit of exactly these paths; data is versioned by DVC on the way. ``whole`` takes all of a file of which
    only a part is staged."""

    paths: list[str]
    message: str
    choices: dict[str, DataChoice] = msgspec.field(default_factory=dict)
    whole: bool = False
    threshold: int | None = None
    push: bool = False
    remote: str | None = None
