"""Code that cannot stand in a function of a module."""

from __future__ import annotations

import pytest

from tests.refactor.asking import ask, planned, refused


def test_refusals_speak_of_the_cell_they_lie_in() -> None:
    refusal = refused(ask(["a = 1", "b = a", "c = b\nd = Out[1]", "d"], [1, 2]))
    assert (refusal.cell_id, refusal.line) == ("c2", 2)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("b = a\nfrom os import *", "star_import"),
        ("def f():\n    global a\n    a = 2\nf()", "global_statement"),
        ("b = eval('a')", "dynamic_namespace"),
        ("b = _ + a", "ipython_history"),
        ("b = __name__", "module_dunder"),
        ("b = sys._getframe()", "frame_access"),
        ("b: int = a\nc = __annotations__", "module_dunder"),
    ],
)
def test_refused(cell: str, code: str) -> None:
    assert refused(ask(["import sys\na = 1", cell, "print(b)"])).code == code


@pytest.mark.parametrize("cell", ["eval = len\nb = eval([a])", "b = [_ for _ in range(a)]", "b: int = a"])
def test_not_refused(cell: str) -> None:
    planned(ask(["a = 1", cell, "print(b)"]))


def test_annotations_that_another_cell_reads() -> None:
    refusal = refused(ask(["a = 1", "c = a\nif c:\n    b: int = a", "print(b, __annotations__)"]))
    assert (refusal.code, refusal.cell_id, refusal.line) == ("module_dunder", "c1", 3)
