"""The original as a person has it before them: run, with the errors below the cells that raise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

from corpus.manifest import Entry
from jupyterlab_prodify.api.export import Cell
from tests.proof.exported import code_cells
from tests.proof.prove import NOT_RUN
from tests.proof.session import CellRun, WorkerDied


class Originals(Protocol):
    """What runs the original, or remembers how it ran."""

    def original(self, cells: Sequence[dict[str, str]], folder: str, seconds: float) -> list[CellRun] | None:
        """The run, None where it died."""


def patience(entry: Entry) -> float:
    """Seconds for one run of the notebook: far more than it needs on a machine that has other work too."""
    return 300 + 20 * entry.seconds


def with_errors(entry: Entry, cells: Sequence[Cell], worker: Originals) -> list[Cell]:
    """The cells, each with the name of the exception with which its output ends, as the frontend sends them.

    Raises WorkerDied where the original cannot be run.
    """
    run = worker.original(code_cells(cells), str(entry.folder), patience(entry))
    if run is None:
        raise WorkerDied(NOT_RUN)
    errors = {cell.id: cell.error[0] for cell in run if cell.error}
    return [msgspec.structs.replace(cell, error=errors.get(cell.id)) for cell in cells]
