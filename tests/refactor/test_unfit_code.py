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


@pytest.mark.parametrize(
    ("cell", "again"),
    [
        ("del id\nb = id(a)", True),
        ("if a:\n    del id\nb = id", True),
        ("b = id\ndel id", False),
        ("del id\nid = 3\nb = id", False),
        ("del a\nb = 1", False),
    ],
)
def test_a_builtin_after_its_name_is_deleted(cell: str, again: bool) -> None:
    answer = ask(["a = 1\nid = 2", cell, "print(b)"])
    assert (getattr(answer, "code", "") == "maybe_deleted") is again


def test_annotations_that_another_cell_reads() -> None:
    refusal = refused(ask(["a = 1", "c = a\nif c:\n    b: int = a", "print(b, __annotations__)"]))
    assert (refusal.code, refusal.cell_id, refusal.line) == ("module_dunder", "c1", 3)
