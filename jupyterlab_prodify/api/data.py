"""Wire types of versioned data: what is tracked, its versions, and what an action has done.

Paths are relative to the project. ``rev`` is the whole name of a commit.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from jupyterlab_prodify.api.wire import WireType

DataKind = Literal["dvc", "git"]
"""Which of the two holds the content."""

DataState = Literal["unchanged", "changed", "missing", "not_pushed"]
"""``changed`` differs from the last version; ``not_pushed`` was looked for in the remote and is not all there."""

AdviceTarget = Literal["dvc", "git", "ignore", "impossible"]
"""Where a path belongs."""


class DataAdvice(WireType, frozen=True):
    """Where a path belongs, and why. ``large`` is a file that Git holds although it is over the threshold."""

    path: str
    to: AdviceTarget
    reason: str
    size: int
    files: int
    tracked: DataKind | None = None
    large: bool = False
    options: list[DataKind] = msgspec.field(default_factory=list)
    """Where it can go; none when it is not possible."""
    chosen: DataKind | None = None
    """Where it will go: the person's choice, else where it belongs; None when it is left out."""


class TrackedData(WireType, frozen=True):
    """One versioned path. ``rev`` and ``date`` are of its last version, None before the first commit of it."""

    path: str
    kind: DataKind
    state: DataState
    size: int | None
    files: int | None
    rev: str | None
    date: str | None
    pushed: bool | None = None
    """The remote holds all of it; None when it was not asked since the last version."""


class DataStatus(WireType, frozen=True):
    """All that is versioned by DVC. ``notes`` tell of an interrupted action and what will become of it."""

    paths: list[TrackedData]
    notes: list[str]


class DataPanel(WireType, frozen=True):
    """The last status that is known; it is answered at once. While ``refreshing``, a newer one is on its way: ask
    again. ``project`` is None outside of a repository; ``dvc`` tells whether there is a DVC project."""

    project: str | None
    dvc: bool
    known: bool
    """False before the first status; ``paths`` is empty then."""
    refreshing: bool
    checked: float | None
    """Seconds since the epoch when the files were looked at."""
    remote_checked: float | None
    """When the remote was asked; None when it was not, and ``pushed`` is not known."""
    paths: list[TrackedData]
    notes: list[str]
    problem: str | None
    """Why the last refresh did not succeed; ``paths`` are of the one before."""


class AddedData(WireType, frozen=True):
    """A path that was versioned; ``file`` is what Git holds for it."""

    path: str
    kind: DataKind
    file: str
    size: int
    files: int


class DataAdded(WireType, frozen=True, tag_field="kind", tag="added"):
    """``commit`` is None when all was versioned already. ``committed`` are the files in the commit."""

    commit: str | None
    paths: list[AddedData]
    committed: list[str]
    notes: list[str]


class DataVersion(WireType, frozen=True):
    """One version of a path. ``date`` is ISO 8601; ``size`` and ``files`` are None where they were not recorded."""

    rev: str
    date: str
    author: str
    message: str
    size: int | None
    files: int | None


class DataHistory(WireType, frozen=True):
    """Versions of a path, the newest first."""

    versions: list[DataVersion]


class DataDiff(WireType, frozen=True):
    """What differs from ``before`` to ``after`` (None: the files as they are now)."""

    path: str
    before: str
    after: str | None
    added: list[str]
    removed: list[str]
    changed: list[str]


class DataRestored(WireType, frozen=True, tag_field="kind", tag="restored"):
    """``backup`` is the ref that holds the state from before: restore it to go back."""

    path: str
    rev: str
    backup: str
    notes: list[str]


class DataMoved(WireType, frozen=True, tag_field="kind", tag="moved"):
    """A push or pull: ``objects`` moved; what is there now was verified. ``branch`` was pushed by Git as well."""

    paths: list[str]
    objects: int
    branch: str | None = None
    notes: list[str] = msgspec.field(default_factory=list)


class PathsCommitted(WireType, frozen=True, tag_field="kind", tag="committed"):
    """One commit of exactly these files."""

    commit: str
    paths: list[str]
    notes: list[str]
