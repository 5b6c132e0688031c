"""Names in expressions: comprehensions, conditions, strings, ``await``."""

from __future__ import annotations

import ast

import pytest

from jupyterlab_prodify.notebook.bindings import Flow
from jupyterlab_prodify.notebook.flow import analyse_statements


def _flow(source: str) -> Flow:
    return analyse_statements(ast.parse(source).body)


@pytest.mark.parametrize(
    ("source", "exposed"),
    [
        ("(a := 1) and (b := 2)\na, b", "b"),
        ("x < (b := 2) < (c := 3)\nb, c", "c x"),
        ("y = 1 if c else (w := 2)\nw", "c w"),
        ("y = (w := 1) if c else (w := 2)\nw", "c"),
        ("assert (n := 3)\nn", ""),
        ("[x for x in xs]", "xs"),
        ("[x for x in x]", "x"),
        ("[x for x in xs for y in x if y for z in y]", "xs"),
        ("[k for x in xs if (k := x)]\nk", "k xs"),
        ("{k: v for k, v in d.items()}", "d"),
        ("[x for d[0] in xs]", "d x xs"),
    ],
)
def test_exposed(source: str, exposed: str) -> None:
    """Names that the piece may read before it has bound them."""
    assert sorted(_flow(source).exposed) == sorted(exposed.split())


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("df.query('a > @limit')", {"limit": 1}),
        ("limit = 1\ndf.query('a > @limit')", {}),
        ("def f(limit):\n    return df.query('a > @limit')", {}),
        ("if c:\n    limit = 1\ndf.query('a > @limit')", {"limit": 3}),
    ],
)
def test_names_in_strings(source: str, names: dict[str, int]) -> None:
    assert _flow(source).in_strings == names


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("await f()", True),
        ("[x async for x in y]", True),
        ("async with a: pass", True),
        ("async for a in b: pass", True),
        ("async def f():\n    await g()\n    async with a: pass", False),
        ("[await x for x in y]", True),
        ("f()", False),
    ],
)
def test_uses_await(source: str, expected: bool) -> None:
    assert _flow(source).uses_await is expected
