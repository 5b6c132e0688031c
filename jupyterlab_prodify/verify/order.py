"""What a job of Verify is to run, as data that goes to its process."""

from __future__ import annotations

from typing import Any

import msgspec


class KernelChoice(msgspec.Struct, frozen=True):
    """A kernelspec, found where the request was made: the job's process needs not know where kernelspecs are."""

    name: str
    display_name: str
    argv: list[str]
    env: dict[str, str]
    metadata: dict[str, Any] = {}
    interrupt_mode: str = "signal"

    @property
    def is_ipykernel(self) -> bool:
        return any("ipykernel" in part for part in self.argv)


class CodeCell(msgspec.Struct, frozen=True):
    """A code cell; ``index`` counts all cells of its notebook from 0."""

    id: str
    source: str
    index: int


class LaidFile(msgspec.Struct, frozen=True):
    """A file that is put into the copy before the run; None takes it away."""

    path: str
    """Absolute, in the person's project."""
    text: str | None
    encoding: str = "utf-8"


class Side(msgspec.Struct, frozen=True):
    """One notebook to run."""

    project: str
    """Absolute path of the folder that is copied."""
    folder: str
    """Absolute path of the folder in which the kernel starts; in the project."""
    kernel: KernelChoice
    cells: list[CodeCell]
    files: list[LaidFile] = []
    outside: list[str] = []
    """Absolute paths beside or above the project that are copied too."""
    bounded: bool = False
    """The folder that is copied is no project: of what the cells do not name only a part is copied."""
    modules: list[str] = []
    """Names of packages and modules of the project, which may be installed editable."""


class SavedCell(msgspec.Struct, frozen=True):
    """A cell as the notebook on disk holds it, with its outputs in the notebook format."""

    cell: CodeCell
    outputs: list[dict[str, Any]]


class Order(msgspec.Struct, frozen=True):
    """Run ``before`` and ``after`` and compare; or run ``after`` and compare with ``saved``."""

    after: Side
    before: Side | None = None
    saved: list[SavedCell] = []
    saved_day: str | None = None
    """When the saved outputs were written, as an ISO date."""
    timeout: float | None = None
    """Seconds that a cell may take."""
