"""Figures count every cell once, and what is broken can be read."""

from __future__ import annotations

import pytest

from corpus.results import CellResult, NotebookResult, WholeResult, failures, line_of, percent, summary, totals

BROKEN = CellResult(
    4, "broken", differences=["cell #5: stdout"], source="x = 1", module="def f(): ...", cell_after="f()"
)
NOTEBOOK = NotebookResult(
    "some-notebook",
    "a.ipynb",
    1.5,
    [CellResult(1, "exported"), CellResult(2, "refused", code="magic_inside"), BROKEN, CellResult(5, "not run")],
    WholeResult("broken", differences=["cell #7: error"]),
)
FINE = NotebookResult("fine", "b.ipynb", 1, [CellResult(1, "exported")], WholeResult("same"))


def test_totals() -> None:
    figures = totals([NOTEBOOK, FINE], 12.34)
    assert figures == {
        "notebooks": 2,
        "notebooks_not_measured": 0,
        "cells_tried": 5,
        "cells_exported": 2,
        "cells_exported_on_offer": 0,
        "cells_refused": {"magic_inside": 1},
        "cells_broken": 1,
        "cells_not_run": 1,
        "exported_percent": 40.0,
        "wholes_tried": 2,
        "wholes_same": 1,
        "wholes_same_percent": 50.0,
        "seconds": 12.3,
    }


def test_the_summary_says_all_of_it() -> None:
    text = summary(totals([NOTEBOOK, FINE], 1))
    for part in ("5 tried, 2 exported (40.0 %), 1 refused, 1 broken", "1 magic_inside", "1 cells", "1 of 2 notebooks"):
        assert part in text


def test_one_line_for_each_notebook() -> None:
    assert line_of(NOTEBOOK).split("some-notebook")[1].strip() == (
        "1/4 exported, 1 refused, 1 broken, 1 not run, whole broken"
    )


def test_failures_show_the_difference_and_both_texts() -> None:
    text = failures([NOTEBOOK, FINE])
    for part in ("some-notebook [4] broken", "cell #5: stdout", "x = 1", "def f(): ...", "whole: broken", "cell #7"):
        assert part in text
    assert "fine" not in text
    assert failures([FINE]) == "Nothing is broken.\n"


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(999, 1000, 99.9), (9996, 10000, 99.9), (1, 1, 100.0), (0, 0, 0.0)]
)
def test_a_percentage_is_never_better_than_the_truth(part: int, whole: int, expected: float) -> None:
    assert percent(part, whole) == expected
