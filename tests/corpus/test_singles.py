"""What raises in the original is refused, or does the same: a difference is never excused by an error."""

from __future__ import annotations

from typing import Any

import pytest

from corpus import singles
from corpus.manifest import Entry
from jupyterlab_prodify.api.export import Cell
from tests.proof.session import CellRun, Variant

ENTRY = Entry("x", "p==1", "a.ipynb", (), (), (), 1)


class Runs:
    """Stands for a worker: the first cell raises; an exported one shows ``says``."""

    def __init__(self, says: str) -> None:
        self.says = says

    def run(self, cells: list[dict[str, str]], variants: list[Variant], *_more: object) -> dict[str | None, Any]:
        exported = {variant.key: [self.cell(c["id"], self.says) for c in variant.cells] for variant in variants}
        return {None: [self.cell(cell["id"], "") for cell in cells], **exported}

    def cell(self, name: str, text: str) -> CellRun:
        error = ["ZeroDivisionError", ""] if name == "x" else None
        return CellRun(name, [{"stream": "stdout", "text": text}], error, [], {}, [], [])


@pytest.mark.parametrize(("error", "state"), [("ZeroDivisionError", "refused"), (None, "exported")])
def test_a_cell_whose_names_are_read_later(error: str | None, state: str) -> None:
    cells = [Cell(id="x", source="a = 1\n1 / 0", error=error), Cell(id="y", source="print(a)")]
    (result,) = singles.measure(ENTRY, cells, Runs(""), [0])
    assert (result.state, result.code) == (state, "cell_failed" if error else "")


def test_a_difference_is_broken_although_the_cell_raises() -> None:
    cells = [Cell(id="x", source="print(1 / 0)", error="ZeroDivisionError"), Cell(id="y", source="print(2)")]
    (result,) = singles.measure(ENTRY, cells, Runs("else"), [0])
    assert result.state == "broken"
