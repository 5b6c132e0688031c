"""Exports follow each other in one notebook and one module."""

from __future__ import annotations

from corpus.wholes import export_all
from jupyterlab_prodify.api.export import Cell


def test_each_export_starts_from_what_the_one_before_left() -> None:
    sources = ["import math", "a = 2\nb = math.sqrt(a)", "exec(str(a))", "c = a + b\nprint(c)"]
    chain = export_all([Cell(id=f"c{index}", source=source) for index, source in enumerate(sources)])
    assert chain.exported == [1, 3]
    assert list(chain.refused) == ["2"]
    assert chain.module is not None
    assert chain.module.count("def ") == 2
    texts = {cell.id: cell.source for cell in chain.cells}
    assert texts["c2"] == sources[2]
    assert "math.sqrt" not in texts["c1"]
    assert not chain.problem


def test_without_logic_nothing_is_made() -> None:
    chain = export_all([Cell(id="a", source="import os"), Cell(id="b", source="text", cell_type="markdown")])
    assert (chain.module, chain.exported, chain.refused) == (None, [], {})
