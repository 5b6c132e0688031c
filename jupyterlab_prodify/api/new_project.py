"""Wire types of a new project of stages."""

from __future__ import annotations

from jupyterlab_prodify.api.wire import WireType


class NewStage(WireType, frozen=True):
    """Where a stage stands, relative to the project."""

    name: str
    notebook: str
    module: str


class NewProjectPlan(WireType, frozen=True):
    """What would be made. ``present`` are files that are there already; they stay as they are."""

    project: str
    """The project's folder, absolute."""
    stages: list[NewStage]
    steps: list[str]
    """In the order in which they happen, for people."""
    files: list[str]
    present: list[str]


class NewProject(WireType, frozen=True):
    """What was made. ``commit`` is None when nothing was missing. ``installed`` is None when that was not asked for;
    where it is False, ``install_log`` tells why."""

    project: str
    stages: list[NewStage]
    files: list[str]
    present: list[str]
    commit: str | None
    installed: bool | None
    install_log: str | None
    notes: list[str]
