"""The gate is passed only with nothing broken, enough exported, and no less than before."""

from __future__ import annotations

import pytest

from corpus.manifest import entries, sample
from corpus.results import CellResult, NotebookResult, WholeResult
from corpus.verdict import better, counts_of, faults, read


def notebook(name: str = "a", whole: str | None = "same", problem: str = "", **states: int) -> NotebookResult:
    listed = [state.replace("_", " ") for state, count in states.items() for _ in range(count)]
    cells = [CellResult(place, state) for place, state in enumerate(listed)]
    return NotebookResult(name, "", 0, cells, WholeResult(whole) if whole else None, problem)


@pytest.mark.parametrize(
    ("results", "complete", "expected"),
    [
        ([notebook(exported=98, refused=2)], True, []),
        ([notebook(exported=979, refused=21)], True, ["exported 97.9 % of the cells, less than 98.0 %"]),
        ([notebook(exported=1, refused=9)], False, []),
        ([notebook(exported=99, broken=1)], True, ["cells broken: 1"]),
        ([notebook(exported=1, not_run=1)], False, ["cells not run: 1"]),
        ([notebook(problem="WorkerDied: 1")], True, ["a: WorkerDied: 1"]),
        ([notebook(whole="broken", exported=1)], False, ["a: the whole is broken"]),
        ([notebook(whole=None, exported=1)], True, []),
        ([notebook(str(n), "same" if n else "broken") for n in range(34)], True, []),
        (
            [notebook(str(n), "same" if n else "broken") for n in range(33)],
            True,
            ["96.9 % of the whole notebooks the same, less than 97.0 %"],
        ),
        ([], True, []),
    ],
)
def test_what_is_demanded(results: list[NotebookResult], complete: bool, expected: list[str]) -> None:
    assert faults(results, {}, complete) == expected


@pytest.mark.parametrize(
    ("now", "found"),
    [
        (notebook(exported=5, refused=5), []),
        (notebook(exported=6, refused=4), []),
        (notebook(exported=4, refused=6), ["a: exported 4, expected 5"]),
        (notebook(exported=5, refused=4), ["a: tried 9, expected 10"]),
        (notebook(whole=None, exported=5, refused=5), []),
        (notebook("other", exported=1), []),
    ],
)
def test_what_is_expected(now: NotebookResult, found: list[str]) -> None:
    expected = {"a": counts_of(notebook(exported=5, refused=5))}
    assert faults([now], expected, False) == found
    assert better([now], expected) == (["a"] if now.count("exported") == 6 else [])


def test_of_every_notebook_of_the_sample_something_is_expected() -> None:
    assert set(read()) == {entry.id for entry in sample(5)}
    assert set(read()) <= {entry.id for entry in entries()}
    assert all(counts["whole"] == "same" for counts in read().values())
