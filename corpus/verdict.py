"""Whether the gate is passed: what is demanded of all notebooks together, and what is expected of single ones.

``expected.json`` holds, for the notebooks of the sample, how many cells were tried and exported when it was last
written (``python -m corpus 5 --expect``): a drop is a fault, as a broken cell is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from corpus.results import NotebookResult, percent

EXPECTED = Path(__file__).with_name("expected.json")
#: Of all notebooks together, in percent.
LEAST_EXPORTED, LEAST_WHOLES = 98.0, 97.0

Counts = Mapping[str, int | str]


def faults(results: Sequence[NotebookResult], expected: Mapping[str, Counts], complete: bool) -> list[str]:
    """Why the gate is not passed, one line each; empty when it is.

    ``complete``: all notebooks and all their cells were measured, so that the percentages count. Of fewer notebooks
    every one that differs as a whole is a fault.
    """
    found = [f"{result.id}: {result.problem}" for result in results if result.problem]
    for state in ("broken", "not run"):
        count = sum(result.count(state) for result in results)
        found += [f"cells {state}: {count}"] if count else []
    found += _too_few(results) if complete else _wholes_that_differ(results)
    for result in results:
        if result.id in expected and not result.problem:
            found += dropped(counts_of(result), expected[result.id], result.id)
    return found


def _too_few(results: Sequence[NotebookResult]) -> list[str]:
    cells = [cell for result in results for cell in result.cells]
    wholes = [result.whole for result in results if result.whole]
    exported = percent(sum(cell.state == "exported" for cell in cells), len(cells))
    same = percent(sum(whole.state == "same" for whole in wholes), len(wholes))
    found = []
    if cells and exported < LEAST_EXPORTED:
        found.append(f"exported {exported} % of the cells, less than {LEAST_EXPORTED} %")
    if wholes and same < LEAST_WHOLES:
        found.append(f"{same} % of the whole notebooks the same, less than {LEAST_WHOLES} %")
    return found


def _wholes_that_differ(results: Sequence[NotebookResult]) -> list[str]:
    return [f"{one.id}: the whole is {one.whole.state}" for one in results if one.whole and one.whole.state != "same"]


def dropped(counts: Counts, expected: Counts, name: str) -> list[str]:
    """Where a notebook is worse than it was. What was not measured now is not compared."""
    found = []
    for key, least in expected.items():
        now = counts.get(key)
        worse = now < least if isinstance(now, int) and isinstance(least, int) else now != least
        if now is not None and worse:
            found.append(f"{name}: {key} {now}, expected {least}")
    return found


def better(results: Sequence[NotebookResult], expected: Mapping[str, Counts]) -> list[str]:
    """The notebooks of which more is exported than expected."""
    known = [result for result in results if result.id in expected]
    return [one.id for one in known if dropped(expected[one.id], counts_of(one), "")]


def counts_of(result: NotebookResult) -> dict[str, int | str]:
    """What is expected of a notebook the next time."""
    counts: dict[str, int | str] = {}
    if result.cells:
        counts = {"tried": len(result.cells), "exported": result.count("exported")}
    if result.whole:
        counts |= {"exported in the whole": len(result.whole.exported), "whole": result.whole.state}
    return counts


def read() -> dict[str, dict[str, int | str]]:
    """What is expected, by the id of the notebook."""
    found: dict[str, dict[str, int | str]] = json.loads(EXPECTED.read_text(encoding="utf-8"))
    return found


def write(results: Sequence[NotebookResult]) -> None:
    """Expect of these notebooks what they have reached now."""
    content = {result.id: counts_of(result) for result in results}
    EXPECTED.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
