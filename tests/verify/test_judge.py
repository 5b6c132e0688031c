from __future__ import annotations

import pytest

from jupyterlab_prodify.notebook.outputs import Display, Shown
from jupyterlab_prodify.verify.judge import MOST_DIFFERENCES, Comparison, Shows, compare, not_run, verdict
from jupyterlab_prodify.verify.order import CodeCell


def cells(*names: str) -> list[CodeCell]:
    return [CodeCell(name.split(":")[0], name, index) for index, name in enumerate(names)]


def shows(stopped: str | None = None, **cells: str | Shown) -> Shows:
    return Shows({name: Shown(stdout=it) if isinstance(it, str) else it for name, it in cells.items()}, stopped)


def summary(found: Comparison) -> str:
    return verdict(found, 1.0, "python3").summary


def test_outputs_that_move_within_a_group_are_the_same() -> None:
    found = compare(cells("a", "b"), cells("a:1", "b:1"), shows(a="1", b="2"), shows(a="", b="12"))
    assert summary(found) == "Same outputs in 2 of 2 cells"


def test_outputs_that_leave_it_are_not() -> None:
    found = compare(
        cells("a", "b", "c"), cells("a:1", "b:1", "c"), shows(a="1", b="2", c=""), shows(a="1", b="", c="2")
    )
    assert [(d.cell_id, d.kind) for d in found.differences] == [("b", "stdout"), ("c", "stdout")]
    assert summary(found) == "Same outputs in 1 of 3 cells; 2 differ"


def test_a_group_that_differs_counts_with_all_its_cells() -> None:
    found = compare(cells("a", "b", "c"), cells("b:1", "c"), shows(a="1", b="2", c="3"), shows(b="1x", c="3"))
    assert summary(found) == "Same outputs in 1 of 3 cells; 2 differ"
    (difference,) = found.differences
    assert (difference.cell_id, difference.index) == ("a", 0)
    assert (difference.before[0].text, difference.after[0].text) == ("12", "1x")


def test_a_silent_new_cell_counts_for_nothing() -> None:
    found = compare(cells("a"), cells("n", "a"), shows(a="1"), shows(n="", a="1"))
    assert (found.total, found.differences) == (1, [])


def test_cells_that_waver() -> None:
    before, after = shows(a="1", b="2", c="3"), shows(a="x", b="y", c="3")
    found = compare(cells("a", "b", "c"), cells("a", "b", "c"), before, after, {"a": ["stdout"], "c": ["stdout"]})
    assert found.unsteady == ["a"], "only where it made a difference"
    assert summary(found) == "Same outputs in 1 of 3 cells; 1 differs; 1 differs from run to run by itself"
    assert verdict(found, 1, "k").verdict == "differs"
    steady = compare(cells("a", "b", "c"), cells("a", "b", "c"), before, after, {"a": ["stdout"], "b": ["stdout"]})
    assert verdict(steady, 1, "k").verdict == "same"
    assert summary(steady).endswith("2 differ from run to run by themselves")


@pytest.mark.parametrize(
    ("after", "same"),
    [
        ("112:00:013", True),
        ("13", True),
        ("1never3", True),
        ("12:00:01", False),
        ("0112:00:013", False),
        ("1x4", False),
    ],
)
def test_of_cells_that_became_one_only_the_one_that_wavers_is_excused(after: str, same: bool) -> None:
    before = shows(a="1", b="12:00:00", c="3")
    found = compare(cells("a", "b", "c"), cells("a:f"), before, shows(a=after), {"b": ["stdout"]})
    assert bool(found.differences) is not same
    assert found.unsteady == (["b"] if same else [])


def test_a_cell_that_wavers_in_one_place_is_compared_in_the_others() -> None:
    before, after = shows(a=Shown(stdout="1", error=("E: 1",))), shows(a=Shown(stdout="2", error=("E: 2",)))
    found = compare(cells("a"), cells("a"), before, after, {"a": ["stdout"]})
    assert [(one.kind, [o.kind for o in one.after]) for one in found.differences] == [("error", ["error"])]


def test_cells_that_did_not_run() -> None:
    found = compare(cells("a", "b"), cells("a", "b"), shows(a="1", b=""), shows("The kernel died.", a="1"))
    (difference,) = found.differences
    assert (difference.cell_id, difference.kind, difference.after[0].text) == ("b", "missing", "The kernel died.")


def test_not_more_than_a_few_differences_and_pictures() -> None:
    names = [f"c{number}" for number in range(30)]
    one = Display({"image/png": "1"}, "data:" + "x" * 900_000)
    two = Display({"image/png": "2"}, "data:" + "y" * 900_000)
    before, after = (Shows({name: Shown(display=(it,)) for name in names}) for it in (one, two))
    found = compare(cells(*names), cells(*names), before, after)
    assert len(found.differences) == MOST_DIFFERENCES
    assert len(found.different) == 30
    assert summary(found) == "Same outputs in 0 of 30 cells; 30 differ"
    assert found.differences[0].before[0].image
    assert found.differences[-1].before[0].image is None
    assert "too large" in found.differences[-1].before[0].text


def test_one_cell() -> None:
    found = compare(cells("a"), cells("a"), shows(a=Shown(error=("E: m",))), shows(a=Shown(error=("E: m",))))
    assert summary(found) == "Same outputs in 1 of 1 cell; 1 ends with an error in the original"


def test_nothing_to_say() -> None:
    result = not_run("Cell 3: The kernel died.", 7, 1.234, "python3")
    assert (result.verdict, result.summary, result.total, result.seconds) == (
        "not_run",
        "Cell 3: The kernel died.",
        7,
        1.23,
    )
