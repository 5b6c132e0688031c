"""Expressions that decide which way a program surely goes."""

from __future__ import annotations

import ast

import pytest

from jupyterlab_prodify.notebook.evaluation import constant_truth, irrefutable, may_suppress, surely_not_empty


def _expression(source: str) -> ast.expr:
    return ast.parse(source, mode="eval").body


@pytest.mark.parametrize(
    ("source", "expected"),
    [("True", True), ("1", True), ("'a'", True), ("False", False), ("0", False), ("None", False), ("x", None), ("not 1", None)],
)  # fmt: skip
def test_constant_truth(source: str, expected: bool | None) -> None:
    assert constant_truth(_expression(source)) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[1]", True),
        ("(x, y)", True),
        ("{x}", True),
        ("[*xs, 1]", True),
        ("[*xs]", False),
        ("[]", False),
        ("'ab'", True),
        ("b''", False),
        ("range(3)", True),
        ("range(0)", False),
        ("range(2, 2)", False),
        ("range(2, 5)", True),
        ("range(n)", False),
        ("range(0, 3, 1)", False),
        ("range(*x)", False),
        ("range()", False),
        ("range(1.5)", False),
        ("xs", False),
        ("f()", False),
        ("{1: 2}", False),
        ("1", False),
    ],
)
def test_surely_not_empty(source: str, expected: bool) -> None:
    assert surely_not_empty(_expression(source)) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("suppress(E)", True),
        ("contextlib.suppress(E)", True),
        ("pytest.raises(E)", True),
        ("open('x')", False),
        ("lock", False),
        ("a[0]()", False),
    ],
)
def test_may_suppress(source: str, expected: bool) -> None:
    assert may_suppress(_expression(source)) is expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("_", True),
        ("x", True),
        ("(x)", True),
        ("_ as x", True),
        ("1 | _", True),
        ("1 | 2", False),
        ("[x]", False),
        ("[*_]", False),
        ("{}", False),
        ("P()", False),
        ("P() as x", False),
    ],
)
def test_irrefutable(pattern: str, expected: bool) -> None:
    (node,) = ast.parse(f"match v:\n    case {pattern}: pass").body
    assert isinstance(node, ast.Match)
    assert irrefutable(node.cases[0].pattern) is expected
