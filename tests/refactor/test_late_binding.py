"""Code that runs after the call, or runs code of the notebook."""

from __future__ import annotations

import pytest

from tests.refactor.asking import ask, planned, refused


@pytest.mark.parametrize(
    ("before", "cell", "after", "refused_too"),
    [
        ("k = 1", "f = lambda x: x * k", "k = 2\nf(1)", True),
        ("k = 1", "def f(x): return x * k", "k = 2\nf(1)", True),
        ("k = 1", "f = lambda x: x * k", "f(1)", False),
        ("k = 1", "b = sorted([k], key=lambda x: x * k)", "k = 2\nprint(b)", False),
        # calls whose value runs the function later, and such that run it at once
        ("k = 2", "g = map(lambda v: v * k, range(3))", "k = 3\nprint(list(g))", True),
        ("k = 2", "g = filter(lambda v: v > k, range(3))", "k = 3\nprint(list(g))", True),
        ("k = 2", "g = enumerate(v * k for v in range(3))", "k = 3\nprint(list(g))", True),
        ("k = 2", "d = dict(f=lambda: k)", "k = 3\nprint(d['f']())", True),
        ("k = 2", "g = list(map(lambda v: v * k, range(3)))", "k = 3\nprint(g)", False),
        ("k = 2", "t = 0\nfor v in map(lambda v: v * k, range(3)): t += v", "k = 3\nprint(t)", False),
        ("k = 2", "t = [v for v in filter(lambda v: v > k, range(3))]", "k = 3\nprint(t)", False),
        # code of the notebook that would not see what is bound here
        ("f = lambda: k\nk = 1", "k = 2\nb = f()", "print(b)", True),
        ("f = lambda: k\nk = 1", "b = f()", "print(b)", False),
        # a function that its decorator wraps
        ("k = 1", "def d(f):\n    return lambda: k\n@d\ndef g(): pass", "k = 2\ng()", True),
        ("k = 1", "def d(f):\n    return lambda: k\n@d\ndef g(): pass\nb = g()", "k = 2\nprint(b)", False),
        # a function that calls itself, and one that calls it
        ("k = 1", "def h(v): return h(v)\ndef f(): return h(k)", "h = len\nf()", True),
        # a lambda that calls it, and a list that a function fills
        ("k = 1\ndef g(): return k\nf = lambda: g()", "k = 2\nb = f()", "print(b)", True),
        ("k = 1\nfs = []\ndef add(f): fs.append(f)\nadd(lambda: k)", "k = 2\nb = fs[0]()", "print(b)", True),
        ("k = 1\nfs = []\ndef add(f): fs.append(f)\nadd(lambda: 3)", "k = 2\nb = fs[0]()", "print(b)", False),
        # code of the notebook that binds what is read here
        ("k = 1\ndef t():\n    global k\n    k = 2", "t()\nb = k", "print(b)", True),
        ("k = 1\ndef t():\n    global k\n    return k", "t()\nb = k", "print(b)", False),
        ("k = 1\ndef t():\n    global k\n    k = 2", "b = k + 1", "print(b)", False),
        ("k = 1\nt = lambda: globals().update(k=2)", "t()\nb = k", "print(b)", True),
        ("k = 1\ndef t():\n    get_ipython().user_ns['k'] = 2", "t()\nb = k", "print(b)", True),
        ("k = 1\ndef t(): return globals()['k']", "b = k + t()", "print(b)", False),
        ("from a import on, run\nk = 1\n@on\ndef t():\n    global k\n    k = 2", "run()\nb = k", "print(b)", True),
        ("from a import on, run\nk = 1\n@on\ndef t():\n    global k\n    k = 2", "b = len([k])", "print(b)", False),
        ("k = 1\ndef t():\n    global k\n    k = 2", "f = lambda: k", "t()\nf()", True),
    ],
)
def test_late_binding(before: str, cell: str, after: str, refused_too: bool) -> None:
    answer = ask([before, cell, after])
    if refused_too:
        assert refused(answer).code == "late_binding"
    else:
        planned(answer)


def test_a_class_body_that_reads_and_binds_a_name() -> None:
    refusal = refused(ask(["x = 1", "class A:\n    y = x\n    x = 3\nz = A.y", "print(z)"]))
    assert (refusal.code, refusal.line) == ("class_body_name", 2)
