"""Exports follow each other in one notebook and one module."""

from __future__ import annotations

from typing import Any

from corpus import wholes
from corpus.manifest import Entry
from corpus.original import with_errors
from corpus.wholes import export_all
from jupyterlab_prodify.api.export import Cell
from tests.proof.session import CellRun, Variant

ENTRY = Entry("x", "p==1", "a.ipynb", (), (), (), 1)


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


class Runs:
    """Stands for a worker: the first cell raises, and what it binds before is missed when it was exported."""

    def run(
        self, cells: list[dict[str, str]], variants: list[Variant], *_more: object, **_other: object
    ) -> dict[str | None, Any]:
        return {None: self.of(cells), **{variant.key: self.of(variant.cells) for variant in variants}}

    def original(self, cells: list[dict[str, str]], *_more: object) -> list[CellRun]:
        return self.of(cells)

    def of(self, cells: list[dict[str, str]]) -> list[CellRun]:
        whole = any(cell["source"].startswith("a = 1\n") for cell in cells)
        return [self.cell(cell["id"], whole) for cell in cells]

    def cell(self, name: str, whole: bool) -> CellRun:
        error = ["ZeroDivisionError", ""] if name == "x" else None if whole else ["NameError", "a"]
        return CellRun(name, [], error, [], {}, [], [])


CELLS = [Cell(id="x", source="a = 1\n1 / 0"), Cell(id="y", source="b = a + 1"), Cell(id="z", source="print(b)")]


def test_a_cell_that_raises_is_planned_with_its_error_and_refused() -> None:
    result = wholes.measure(ENTRY, with_errors(ENTRY, CELLS, Runs()), Runs())
    assert (result.refused, result.exported, result.state) == ({"0": "cell_failed"}, [1, 2], "same")


def test_a_difference_is_broken_whatever_the_original_raises() -> None:
    result = wholes.measure(ENTRY, CELLS, Runs())
    assert (result.exported, result.state) == ([0, 1, 2], "broken")


def test_the_error_stays_below_a_cell_that_was_exported() -> None:
    cells = [Cell(id="x", source="print(1)\n1 / 0", error="ZeroDivisionError"), Cell(id="y", source="print(2)")]
    chain = export_all(cells)
    assert chain.exported == [0, 1]
    assert {cell.id: cell.error for cell in chain.cells if cell.error} == {"x": "ZeroDivisionError"}


class Wavers(Runs):
    """Stands for a worker: the last cell shows one of two texts; where it does so as the first time is given."""

    def __init__(self, turns: list[str], other: str = "") -> None:
        self.turns, self.other, self.asked = turns, other, 0

    def run(
        self, cells: list[dict[str, str]], variants: list[Variant], *_more: object, turn: int = 0, **_other: object
    ) -> dict[str | None, Any]:
        if not variants:
            self.asked += 1
            return {None: self.showing(cells, self.turns[turn])}
        return {None: self.showing(cells, "one"), variants[0].key: self.showing(variants[0].cells, "two", self.other)}

    def showing(self, cells: list[dict[str, str]], text: str, other: str = "") -> list[CellRun]:
        said = [*([] if len(cells) < 3 else [None]), other, text]
        return [
            CellRun(cell["id"], [{"stream": "stdout", "text": it}] if it else [], None, [], {}, [], [])
            for cell, it in zip(cells, said, strict=True)
        ]


STEADY = [Cell(id="x", source="print(1)"), Cell(id="y", source="print(2)")]


def test_what_wavers_is_shown_by_two_runs_of_the_original() -> None:
    rare = Wavers(["one", "one", "two", "one", "one"])
    assert (wholes.measure(ENTRY, STEADY, rare).state, rare.asked) == ("same", 3)
    never = Wavers(["one"] * 5)
    assert (wholes.measure(ENTRY, STEADY, never).state, never.asked) == ("broken", 5)


def test_another_cell_is_not_excused_by_it() -> None:
    assert wholes.measure(ENTRY, STEADY, Wavers(["two"] * 5, other="else")).state == "broken"
