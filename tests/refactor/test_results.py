"""What the exported code leaves behind."""

from __future__ import annotations

import pytest

from tests.refactor.asking import ask, planned, roles_of


@pytest.mark.parametrize(
    ("before", "cell", "after", "params", "returns"),
    [
        # maybe bound
        ("a, b = 1, 2", "if a:\n    b = 1", "b", "a b", "b"),
        ("a = 1", "if a:\n    b = 1", "b", "a", "b"),
        ("a, b = 1, 2", "if a:\n    b = 1", "a", "a", ""),
        ("xs = [1]\nx = 0", "for x in xs:\n    pass", "x", "x xs", "x"),
        ("a, b = 1, 2", "try:\n    b = a\nexcept ValueError:\n    pass", "b", "b a", "b"),
        ("a, b = 1, 2", "with open(a) as f:\n    b = f.read()", "b", "a", "b"),
        # results
        ("a = 1", "b = a\nc = b", "c", "a", "c"),
        ("a = 1", "b = a\nc = b", "c, b", "a", "b c"),
        ("a = 1", "b = a", "!echo {b}", "a", "b"),
        ("a = 1", "b = a", "df.query('x > @b')", "a", "b"),
        ("a = 1", "b = a", "def f(): return b", "a", "b"),
        ("a = 1", "b = a", "b = 2\nprint(b)", "a", "b"),
        ("a = 1", "b = a\nc = 1", "b = 2\nprint(b, c)", "a", "c"),
        ("a = 1", "b = a", "exec('b')", "a", "b"),
        ("a = 1", "b = a", "%who", "a", "b"),
        ("a = 1", "(b, *c), d['k'] = a", "b, c", "d a", "b c"),
        ("a = 1", "import os as b\nc = a", "c", "a", "c"),
        ("a = 1", "for i in range(3):\n    b = i", "b, i", "", "i b"),
        ("a = 1", "print(a)", "a", "a", ""),
        ("a = 1", "b = a\n_tmp = b", "", "a", "b"),
        ("a = 1", "b = a\nfor i in [1]: pass", "", "a", "b"),
        ("a = 1", "b = a\nb.append(1)", "a", "a", "b"),
        # cells before read it too: the notebook may be run again
        ("a = 1\ndef f(): return b", "b = a", "f()", "a", "b"),
        ("a = 1\nprint(b)", "b = a", "a", "a", "b"),
        # errors
        ("a = 1", "try:\n    a()\nexcept TypeError as e:\n    b = e", "b", "a", "b"),
    ],
)  # fmt: skip
def test_parameters_and_results(before: str, cell: str, after: str, params: str, returns: str) -> None:
    sources = [before, cell, after] if after else [before, cell]
    if "d['k']" in cell:
        sources[0] += "\nd = {}"
    assert roles_of(sources) == (params, returns)


@pytest.mark.parametrize(
    ("cell", "later", "returned"),
    [
        ("b = a\nimport os", "", ["b"]),
        ("for i in [1]:\n    b = i", "", ["b"]),
        ("def f(): return 1\nb = f()", "", ["b"]),
        ("(b := a)\nc = 2", "", ["c"]),
        ("print(a)", "", []),
        ("b = a\na = 2", "", ["b", "a"]),
    ],
)
def test_what_is_returned_when_nothing_is_read_later(cell: str, later: str, returned: list[str]) -> None:
    assert planned(ask(["a = 1", cell])).function.returns == returned


def test_timeit_returns_nothing() -> None:
    plan = planned(ask(["a = 1", "%%timeit\nb = a", "b = 2\nb"]))
    assert plan.function.returns == []


@pytest.mark.parametrize(
    ("cell", "deleted"),
    [("b = a\ndel a", True), ("c = a\ndel c\nb = 1", False), ("b = a\nif b:\n    del a", False)],
)
def test_names_that_the_notebook_deletes(cell: str, deleted: bool) -> None:
    plan = planned(ask(["a = 1", cell, "b"]))
    assert any("\ndel a" in getattr(edit, "source_after", "") for edit in plan.cell_edits) is deleted


def test_a_cell_that_cannot_be_read_may_read_everything() -> None:
    assert roles_of(["a = 1", "b = a\nc = 2", "b = = c"]) == ("a", "b c")


def test_multi_cell_results_are_those_read_outside() -> None:
    assert roles_of(["xs = [1]", "t = [x for x in xs]", "s = sum(t)", "print(s)"], [1, 2]) == ("xs", "s")
