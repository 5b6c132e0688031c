"""Wire types of "Verify": does a notebook show the same before and after, each run in a fresh kernel?"""

from __future__ import annotations

from typing import Literal

import msgspec

from jupyterlab_prodify.api.export import Cell, CellEdit, FileEdit
from jupyterlab_prodify.api.wire import WireType

OutputKind = Literal["stdout", "stderr", "display", "error", "missing"]
"""Which output differs; ``missing`` is a cell that did not come to run in one of the notebooks."""


class VerifyExportRequest(WireType, frozen=True):
    """Run the notebook as it is and as a plan makes it, and compare. Nothing of the person's is written."""

    notebook: str
    """Path of the notebook, relative to the server's root, with forward slashes."""
    cells: list[Cell]
    """The cells before the plan, in order."""
    cell_edits: list[CellEdit]
    file_edits: list[FileEdit]
    name: str
    """The function of the plan, for the job's title."""
    kernel_name: str | None = None
    applied: bool = False
    """Whether the plan was applied already: then ``cells`` are those before it and the files on disk those after."""


class VerifyNotebookRequest(WireType, frozen=True):
    """Run the notebook in a fresh kernel and compare with the outputs that it holds on disk."""

    notebook: str
    kernel_name: str | None = None


class ShownOutput(WireType, frozen=True):
    """One output as it is shown side by side: ``text`` for text and html, ``image`` a data URL for a picture."""

    kind: OutputKind
    text: str = ""
    image: str | None = None


class CellDifference(WireType, frozen=True):
    """The outputs of one cell that are not the same, after normalisation. ``index`` counts all cells from 0 in the
    notebook before; None for a cell that only the notebook after has."""

    cell_id: str
    index: int | None
    kind: OutputKind
    before: list[ShownOutput]
    after: list[ShownOutput]


class VerifyResult(WireType, frozen=True, tag_field="kind", tag="verify"):
    """How two runs compare.

    ``same`` counts the code cells whose outputs agree and ``total`` all that were compared; cells that differ between
    two runs of the original are in ``nondeterministic`` and are no failure.
    """

    verdict: Literal["same", "differs", "not_run"]
    """``not_run``: the original itself stops with an error of the kernel (not of a cell), so nothing can be said."""
    summary: str
    """One line for people: "Same outputs in 41 of 41 cells"."""
    same: int
    total: int
    nondeterministic: list[str]
    """Ids of cells."""
    differences: list[CellDifference]
    """The first ones, in the order of the notebook; at most 20."""
    warnings_differ: list[str] = msgspec.field(default_factory=list)
    """Cells whose Python warnings differ, which moving code to a module may change by design."""
    seconds: float = 0.0
    kernel: str = ""
    """Name of the kernel that ran the notebooks."""
