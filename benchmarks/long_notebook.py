"""The whole plan in long notebooks, as the server computes it for one request, and how it grows."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from benchmarks.notebook_source import answer, body, does_something, edited, long_notebook, plan
from benchmarks.timing import Row, forget, milliseconds, row
from jupyterlab_prodify.api.export import Cell
from jupyterlab_prodify.notebook.magics import mask

SIZES = (50, 500, 5_000)
SAMPLES = 60


def rows() -> Iterator[Row]:
    """500 cells with their limits, then the growth."""
    cells = long_notebook(500)
    yield row("500 cells, ast.parse of all cells (the floor of a cold plan)", _floor(cells))
    yield row("500 cells, whole plan, one cell edited", warm(cells), 30, 80)
    yield row("500 cells, first plan, nothing known", cold(cells, 3))
    for size in SIZES:
        grown = long_notebook(size)
        yield per_cell(f"{size} cells, first plan, per cell", cold(grown, 3 if size < 5_000 else 1), size)
        yield row(f"{size} cells, whole plan, one cell edited", warm(grown, 30 if size < 5_000 else 15))


def warm(cells: Sequence[Cell], samples: int = SAMPLES) -> list[float]:
    """Requests for places spread over the notebook, from bytes to bytes; the exported cell was just edited."""
    places = [index for index, cell in enumerate(cells) if does_something(cell.source)]
    chosen = places[:: max(1, len(places) // samples)]
    plan(cells, chosen[0])
    requests = [body(edited(cells, index, index), index) for index in chosen]
    return [milliseconds(lambda request=request: answer(request)) for request in requests]


def cold(cells: Sequence[Cell], times: int) -> list[float]:
    """First plans, with every cache emptied before."""
    places = [index for index, cell in enumerate(cells) if does_something(cell.source)]
    figures = []
    for turn in range(times):
        forget()
        figures.append(milliseconds(lambda turn=turn: plan(cells, places[len(places) // 2 + turn])))
    return figures


def per_cell(what: str, figures: Sequence[float], size: int) -> Row:
    return row(what, [figure / size for figure in figures], note="the same at each size: grows in step with the cells")


def _floor(cells: Sequence[Cell]) -> list[float]:
    texts = [mask(cell.source).text for cell in cells]
    return [milliseconds(lambda: [ast.parse(text) for text in texts]) for _ in range(3)]
