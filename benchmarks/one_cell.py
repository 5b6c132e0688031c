"""Analysis of one cell, warm: the rest of its notebook is known, the cell itself was just edited."""

from __future__ import annotations

import ast
import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.notebook_source import as_cells, does_something, edited, notebooks, plan
from benchmarks.timing import Row, milliseconds, row
from jupyterlab_prodify.notebook.facts import facts_of
from jupyterlab_prodify.notebook.magics import mask

ROUNDS = 5


def rows() -> Iterator[Row]:
    """Ours, the floor, and rope on the same cells."""
    floors, facts, plans = [], [], []
    for texts in notebooks().values():
        cells = as_cells(texts)
        for index, turn in itertools.product(range(len(cells)), range(ROUNDS)):
            if not does_something(cells[index].source):
                continue
            now = edited(cells, index, turn)
            masked = mask(now[index].source).text
            if turn == 0:
                plan(cells, index)  # the neighbours are known from here on
            floors.append(milliseconds(lambda text=masked: ast.parse(text)))
            facts.append(milliseconds(lambda text=now[index].source + " ": facts_of(text)))
            plans.append(milliseconds(lambda now=now, index=index: plan(now, index)))
    yield row("one cell, ast.parse (the floor)", floors)
    yield row("one cell, names read and bound", facts)
    yield row("one cell, whole plan in its own notebook", plans, 5, 25)
    yield rope_row()


def rope_row() -> Row:
    """rope's extract_method on the same cells, each in one file with the cells before it."""
    try:
        from rope.base.project import Project
    except ImportError:
        return row("one cell, rope extract_method", [], note="rope is not installed")
    figures: list[float] = []
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        project = Project(folder, ropefolder=None)
        for texts in notebooks().values():
            for index, text in enumerate(texts):
                if does_something(text):
                    took = _rope(project, Path(folder), texts, index)
                    figures += took
                    failed += not took
        project.close()
    return row("one cell, rope extract_method", figures, note=f"{failed} of the cells cannot be extracted by rope")


def _rope(project: object, folder: Path, texts: list[str], index: int) -> list[float]:
    from rope.base.exceptions import RopeError
    from rope.base.libutils import path_to_resource
    from rope.refactor.extract import ExtractMethod

    before = "\n".join(mask(text).text for text in texts[:index]) + "\n"
    cell = mask(texts[index]).text
    path = folder / f"cell_{index}.py"
    figures = []
    for turn in range(ROUNDS):
        path.write_text(f"{before}{cell}\n# edit {turn}\n", encoding="utf-8")
        project.validate()  # type: ignore[attr-defined]
        resource = path_to_resource(project, str(path))

        def extract(resource: object = resource) -> None:
            ExtractMethod(project, resource, len(before), len(before) + len(cell)).get_changes("extracted")

        try:
            figures.append(milliseconds(extract))
        except (RopeError, SyntaxError, AttributeError, IndexError, KeyError, TypeError, ValueError):
            return []
    return figures
