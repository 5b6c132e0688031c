"""What is bound on every way through branches and loops, and what on some."""

from __future__ import annotations

import ast
import sys

import pytest

from jupyterlab_prodify.notebook.bindings import BOUND, DELETED, UNTOUCHED, Flow
from jupyterlab_prodify.notebook.flow import analyse_statements


def _flow(source: str) -> Flow:
    return analyse_statements(ast.parse(source).body)


@pytest.mark.parametrize(
    ("source", "exposed"),
    [
        ("if c:\n    x = 1\nprint(x)", "c print x"),
        ("if c:\n    x = 1\nelse:\n    x = 2\nx", "c"),
        ("if c:\n    x = 1\nelse:\n    raise E\nx", "E c"),
        ("if True:\n    x = 1\nx", ""),
        ("for i in xs:\n    y = i\ny", "xs y"),
        ("for i in [1]:\n    y = i\ny", ""),
        ("for i in range(3):\n    y = i\ny", "range"),
        ("for i in range(3):\n    if i: continue\n    y = 1\ny", "range y"),
        ("for i in range(3):\n    if i: break\n    y = 1\ny", "range y"),
        ("for i in xs:\n    pass\nelse:\n    y = 1\ny", "xs"),
        ("for i in xs:\n    if i: break\nelse:\n    y = 1\ny", "xs y"),
        ("while c:\n    y = 1\ny", "c y"),
        ("while True:\n    y = 1\n    if y: break\ny", ""),
        ("while True:\n    try:\n        v = g()\n        break\n    except E:\n        pass\nv", "E g"),
        ("try:\n    a = g()\nexcept E:\n    pass\na", "E a g"),
        ("try:\n    a = g()\nexcept E:\n    a = 0\na", "E g"),
        ("try:\n    a = g()\nexcept E:\n    raise\na", "E g"),
        ("try:\n    a = g()\nexcept E:\n    print(a)", "E a g print"),
        ("try:\n    a = g()\nexcept E:\n    pass\nelse:\n    b = a", "E g"),
        ("try:\n    a = g()\nfinally:\n    b = 1\na, b", "g"),
        ("try:\n    a = g()\nfinally:\n    print(a)", "a g print"),
        ("try:\n    g()\nexcept E as e:\n    pass\ne", "E e g"),
        ("with suppress(E):\n    a = g()\na", "E a g suppress"),
        ("with contextlib.suppress(E):\n    a = g()\na", "E a contextlib g"),
        ("with open(f) as h:\n    a = h.read()\na", "f open"),
        ("match p:\n    case 1:\n        x = 1\n    case _:\n        x = 2\nx", "p"),
        ("match p:\n    case 1:\n        x = 1\nx", "p x"),
        ("match p:\n    case {'k': a, **rest}: a, rest\n    case [b, *c] if b: c\n    case P(z=0) | None: pass", "P p"),
        ("match p:\n    case Color.RED: pass", "Color p"),
    ],
)
def test_exposed(source: str, exposed: str) -> None:
    """Names that the piece may read before it has bound them."""
    assert sorted(_flow(source).exposed) == sorted(exposed.split())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = 1", {"x": BOUND}),
        ("if c:\n    x = 1", {"x": BOUND | UNTOUCHED}),
        ("x = 1\ndel x", {"x": DELETED}),
        ("x = 1\nif c:\n    del x", {"x": BOUND | DELETED}),
        ("for i in xs:\n    pass", {"i": BOUND | UNTOUCHED}),
        ("e = 1\ntry:\n    g()\nexcept E as e:\n    pass", {"e": BOUND | DELETED}),
        ("try:\n    a = 1\nexcept E:\n    b = 2", {"a": BOUND | UNTOUCHED, "b": BOUND | UNTOUCHED}),
        ("[(w := x) for x in xs]", {"w": BOUND | UNTOUCHED}),
        ("def f():\n    y = 1", {"f": BOUND}),
        ("class A:\n    y = 1", {"A": BOUND}),
        ("x: int", {}),
        ("import a.b, c as d", {"a": BOUND, "d": BOUND}),
    ],
)
def test_final_state(source: str, expected: dict[str, int]) -> None:
    assert _flow(source).final == expected


@pytest.mark.skipif(sys.version_info < (3, 11), reason="needs the grammar of Python 3.11")
def test_exception_groups() -> None:
    assert sorted(_flow("try:\n    g()\nexcept* E as eg:\n    h(eg)").exposed) == ["E", "g", "h"]


def test_nothing_after_a_raise_is_bound() -> None:
    assert _flow("x = 1\nraise E\ny = 2").final == {}
