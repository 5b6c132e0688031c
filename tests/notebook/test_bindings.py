"""What import statements bind, and the states of names."""

from __future__ import annotations

import ast

import pytest

from jupyterlab_prodify.notebook.bindings import BOUND, DELETED, UNTOUCHED, Flow, ImportTarget, import_target


def _target(statement: str) -> ImportTarget:
    (node,) = ast.parse(statement).body
    assert isinstance(node, ast.Import | ast.ImportFrom)
    return import_target(node, node.names[0])


@pytest.mark.parametrize(
    ("statement", "target"),
    [
        ("import os", ImportTarget("os", None, "os")),
        ("import os.path", ImportTarget("os.path", None, "os")),
        ("import os.path as p", ImportTarget("os.path", None, "p", 0, True)),
        ("import os as os", ImportTarget("os", None, "os", 0, True)),
        ("from a.b import c", ImportTarget("a.b", "c", "c")),
        ("from a import c as d", ImportTarget("a", "c", "d", 0, True)),
        ("from . import c", ImportTarget("", "c", "c", 1)),
        ("from ..a import c", ImportTarget("a", "c", "c", 2)),
        ("from ...a.b import c as d", ImportTarget("a.b", "c", "d", 3, True)),
    ],
)
def test_import_target_and_back(statement: str, target: ImportTarget) -> None:
    assert _target(statement) == target
    assert target.statement() == statement


def test_an_alias_of_the_same_name_is_none() -> None:
    assert _target("from a import b as b") == _target("from a import b")


@pytest.mark.parametrize(
    ("bits", "surely_bound", "maybe_bound", "surely_deleted"),
    [
        (UNTOUCHED, False, False, False),
        (BOUND, True, False, False),
        (DELETED, False, False, True),
        (BOUND | UNTOUCHED, False, True, False),
        (BOUND | DELETED, False, True, False),
        (DELETED | UNTOUCHED, False, False, False),
        (BOUND | DELETED | UNTOUCHED, False, True, False),
    ],
)
def test_states(bits: int, surely_bound: bool, maybe_bound: bool, surely_deleted: bool) -> None:
    flow = Flow(final={"x": bits})
    assert flow.surely_bound("x") is surely_bound
    assert flow.maybe_bound("x") is maybe_bound
    assert flow.surely_deleted("x") is surely_deleted


def test_a_name_that_was_never_met() -> None:
    flow = Flow()
    assert not (flow.surely_bound("x"))
    assert not (flow.maybe_bound("x"))
    assert not (flow.surely_deleted("x"))


def test_names_without_a_place_come_last_and_in_order() -> None:
    flow = Flow(first_seen={"b": (1, 4), "a": (2, 0), "c": (1, 0)})
    assert flow.text_order(["z", "a", "b", "y", "c"]) == ["c", "b", "a", "y", "z"]
