"""A random notebook, written cell by cell while it runs, and what is exported of it."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from random import Random

from tests.fuzz.runner import Notebook, TooSlow, running
from tests.fuzz.scope import live_scope
from tests.fuzz.writer import FIRST, Writer

FEWEST, MOST = 3, 12
MOST_TRIES = 6


#: A cell that raises on purpose, which notebooks have to show an error. It binds nothing.
ON_PURPOSE = ("print('before')\nraise ValueError('on purpose')", "1 / 0", "{}['missing']", "not_bound_anywhere")


@dataclass(frozen=True)
class Example:
    """Cells, the positions of those to export, and lines where only a part of one cell is exported.

    ``pass_globals``: functions of the notebook may get its data as parameters.
    """

    cells: tuple[str, ...]
    export: tuple[int, ...]
    lines: tuple[int, int] | None = None
    pass_globals: bool = False


@dataclass(frozen=True)
class _Cell:
    """A text, and the names that it surely binds (and those bound before it)."""

    text: str
    sure: frozenset[str]


def write_examples(seed: str, count: int = 1) -> list[Example]:
    """Different exports of the notebook of a seed: always the same ones."""
    rng = Random(seed)
    cells = [cell.text for cell in _write_cells(rng)]
    failed = {index for index, text in enumerate(cells) if text in ON_PURPOSE}
    found: dict[Example, None] = {}
    for _ in range(3 * count):
        export, lines = _choose(rng, cells, failed)
        found[Example(tuple(cells), export, lines, rng.random() < 0.9)] = None
    return list(found)[:count]


def _write_cells(rng: Random) -> list[_Cell]:
    """The cells.

    One that raises by accident is left out, or another that does so on purpose takes its place: the analysis takes it
    that cells run to their ends.
    """
    cells: list[_Cell] = []
    for _ in range(MOST_TRIES):
        wrong = _extend(rng, cells, rng.randint(FEWEST, MOST))
        if wrong is None:
            break
        before = cells[wrong - 1].sure if wrong else frozenset()
        cells[wrong:] = [_Cell(rng.choice(ON_PURPOSE), before)] if wrong and rng.random() < 0.2 else []
    return cells


def _extend(rng: Random, cells: list[_Cell], count: int) -> int | None:
    """Run the cells and write more of them; the position of one that raises by accident."""
    try:
        with running({}, 2.0) as notebook:
            for index in range(max(count, len(cells))):
                if index == len(cells):
                    sure = cells[-1].sure if cells else frozenset()
                    cells.append(_next_cell(rng, notebook, sure, index, last=index == count - 1))
                if notebook.run(cells[index].text).error and cells[index].text not in ON_PURPOSE:
                    return index
    except TooSlow:
        return len(cells) - 1
    return None


def _next_cell(rng: Random, notebook: Notebook, sure: frozenset[str], index: int, last: bool) -> _Cell:
    if index == 0:
        text = rng.choice(FIRST)
        return _Cell(text, frozenset(re.findall(r"\w+", text)))
    scope = live_scope(notebook.names)
    # A name that is there only because a branch was taken is used now and then.
    unsure = {name for name in scope.known if name not in sure and rng.random() > 0.05}
    scope.known = {name: kind for name, kind in scope.known.items() if name not in unsure}
    writer = Writer(rng, scope)
    text = _last_cell(rng, writer) if last and rng.random() < 0.6 else writer.cell()
    return _Cell(text, sure | frozenset(writer.scope.known))


def _last_cell(rng: Random, writer: Writer) -> str:
    """A cell that looks at what there is."""
    looks = [writer.tell, writer.tell, writer.call]
    lines = [line for _ in range(rng.randint(1, 3)) for line in rng.choice(looks)(0)]
    names = [name for name in writer.scope.known if writer.may_be_shown(name)]
    told = rng.sample(names, min(len(names), rng.randint(1, 4)))
    return "\n".join([*lines, f"print({', '.join(told)})"])


def _choose(rng: Random, cells: list[str], failed: set[int]) -> tuple[tuple[int, ...], tuple[int, int] | None]:
    """Mostly one cell that runs without an error; sometimes neighbours, sometimes some of its lines."""
    good = [index for index in range(1, len(cells)) if index not in failed] or list(range(len(cells)))
    first = rng.choice(good[:-1] or good)
    form = rng.random()
    if form < 0.15 and first + 1 in good:
        count = 3 if first + 2 in good and rng.random() < 0.4 else 2
        return tuple(range(first, first + count)), None
    if form < 0.3:
        return (first,), _some_lines(rng, cells[first])
    return (first,), None


def _some_lines(rng: Random, text: str) -> tuple[int, int] | None:
    """Lines of one or more whole statements, but not of all of them."""
    body = ast.parse(text).body
    if len(body) < 2:
        return None
    first = rng.randrange(len(body))
    last = rng.randrange(first, len(body))
    decorators: list[ast.expr] = getattr(body[first], "decorator_list", [])
    begin = min([body[first].lineno, *(one.lineno for one in decorators)])
    return begin, body[last].end_lineno or begin
