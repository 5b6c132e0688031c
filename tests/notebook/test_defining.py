"""Statements that define a function or a class."""

from __future__ import annotations

import ast

import pytest

from jupyterlab_prodify.notebook.defining import defined_name, made_name
from jupyterlab_prodify.notebook.facts import facts_of


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("def f(): pass", "f"),
        ("async def f(): pass", "f"),
        ("class A: pass", "A"),
        ("P = namedtuple('P', 'x y')", "P"),
        ("P = collections.namedtuple('P', ['x'])", "P"),
        ("P = typing.NamedTuple('P', [('x', int)])", "P"),
        ("Color = Enum('Color', names='RED GREEN')", "Color"),
        ("T = TypeVar('T')", "T"),
        ("A = type('A', (), {})", "A"),
        ("P = namedtuple('Q', 'x y')", None),
        ("P = namedtuple(name, 'x y')", None),
        ("RED = Color('RED')", None),
        ("RED = Enum('RED')", None),
        ("A = type('A')", None),
        ("P = Q = namedtuple('P', 'x')", None),
        ("P.x = namedtuple('P', 'x')", None),
        ("f = lambda: 1", None),
        ("x = 1", None),
    ],
)
def test_defined_name(statement: str, name: str | None) -> None:
    (node,) = ast.parse(statement).body
    assert defined_name(node) == name
    assert made_name(node) == (name if isinstance(node, ast.Assign) else None)


def test_a_made_class_that_shares_its_line_stays_where_it_is() -> None:
    assert set(facts_of("x = 1; P = namedtuple('P', 'x')").definitions) == set()
    definition = facts_of("# about P\nP = namedtuple(\n    'P', 'x')").definitions["P"]
    assert (definition.kind, definition.first, definition.last) == ("made", 1, 3)
