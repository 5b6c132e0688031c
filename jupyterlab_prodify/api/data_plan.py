"""Wire types of versioning data: what would happen, and the order to do it.

In requests and answers over HTTP, paths are relative to the server's root folder, with forward slashes.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from jupyterlab_prodify.api.data import DataAdvice
from jupyterlab_prodify.api.wire import WireType

DataChoice = Literal["dvc", "git"]
"""Where a person wants a path."""

Initialise = Literal["git", "dvc"]
"""What a folder may lack: a Git repository, a DVC project."""

StepOp = Literal["git_init", "dvc_init", "hash", "untrack", "write", "ignore", "push", "commit"]
"""``hash``: the content goes to DVC's cache. ``untrack``: Git forgets it from this commit on. ``write``: a ``.dvc``
file. ``ignore``: a line in a ``.gitignore``."""


class DataPlanRequest(WireType, frozen=True):
    """Tell what ``DataAddRequest`` with the same fields would do. Nothing is hashed and nothing is written.

    ``choices`` are by path; a path without one goes where it belongs. ``threshold`` is in bytes (None: 10 MB).
    """

    paths: list[str]
    choices: dict[str, DataChoice] = msgspec.field(default_factory=dict)
    threshold: int | None = None
    push: bool = False


class DataProblem(WireType, frozen=True):
    """Why it cannot be done now: the refusal that the order would get."""

    code: str
    message: str
    remedy: str
    paths: list[str]


class DataStep(WireType, frozen=True):
    """One thing that will happen; ``text`` says it to people."""

    op: StepOp
    path: str
    text: str


class DataPlan(WireType, frozen=True):
    """What would happen. ``advice`` has one entry for each path of the request, in its order."""

    project: str
    """The folder of the repository, or where it would be made."""
    advice: list[DataAdvice]
    initialise: list[Initialise]
    """What is missing, and must be named in the order for it to be made."""
    steps: list[DataStep]
    """In the order in which they happen."""
    committed: list[str]
    """Files of the one commit."""
    message: str
    """A suggestion."""
    problems: list[DataProblem]


class DataAddRequest(WireType, frozen=True):
    """Version these paths in one commit. ``push`` sends the data to the remote before the commit is made."""

    paths: list[str]
    message: str
    choices: dict[str, DataChoice] = msgspec.field(default_factory=dict)
    initialise: list[Initialise] = msgspec.field(default_factory=list)
    threshold: int | None = None
    push: bool = False
    remote: str | None = None


class DataRestoreRequest(WireType, frozen=True):
    """Bring ``path`` back as it was in ``rev``: a commit, or the ``backup`` of an earlier restore."""

    path: str
    rev: str
