"""Functions that live on after the call are told from those that are used at once."""

from __future__ import annotations

import ast

import pytest

from jupyterlab_prodify.refactor.closures import escaping_owners
from tests.refactor.asking import ask


@pytest.mark.parametrize(
    ("code", "returned", "owners"),
    [
        ("def f(): pass\nf()", "", set()),
        ("def f(): pass", "f", {"f"}),
        ("def f(): pass\ng = f", "g", {"f", "g"}),
        ("df.apply(lambda r: r)", "", set()),
        ("b = df.apply(lambda r: r)", "b", {"b"}),
        ("b = sorted(xs, key=lambda x: x)", "b", {"b"}),
        ("b = lambda x: x", "b", {"b", "<lambda>:1:4"}),
        ("b = lambda x: x", "", set()),
        ("b = [lambda x: x]", "b", {"b", "<lambda>:1:5"}),
        ("obj.callback = lambda x: x", "", {"<lambda>:1:15"}),
        ("d['k'] = lambda x: x", "", {"<lambda>:1:9"}),
        ("button.on_click(lambda x: x)", "", {"<lambda>:1:16"}),
        ("b = (x for x in xs)", "b", {"b", "<genexp>:1:4"}),
        ("b = sum(x for x in xs)", "b", {"b"}),
    ],
)
def test_escaping_owners(code: str, returned: str, owners: set[str]) -> None:
    found = escaping_owners(ast.parse(code).body, returned.split())
    made = {owner for owner in found if owner.startswith("<")} | (found & {"f", "b", "g"})
    assert made == owners


@pytest.mark.parametrize(
    ("cell", "later", "code"),
    [
        ("f = lambda x: x * k", "k = 2\nf(1)", "late_binding"),
        ("def f(x): return x * k", "k = 2\nf(1)", "late_binding"),
        ("f = lambda x: x * k", "f(1)", "closure"),
        ("obj.cb = lambda: k", "k = 2\nobj.cb()", "late_binding"),
        ("g = (x * k for x in [1])", "k = 2\nlist(g)", "late_binding"),
        ("b = [x * k for x in [1]]", "k = 2\nb", None),
        ("b = sorted([1], key=lambda x: x * k)", "k = 2\nb", None),
        ("b = list(map(lambda x: x * k, [1]))", "k = 2\nb", None),
        ("f = lambda x, k=k: x * k", "k = 2\nf(1)", None),
        ("def f(x):\n    return x * k\nb = f(1)", "k = 2\nb", None),
        ("f = lambda x: x * 2", "k = 2\nf(1)", None),
    ],
)
def test_what_a_later_binding_does(cell: str, later: str, code: str | None) -> None:
    answer = ask(["k = 1\nobj = load()", cell, later])
    if code == "late_binding":
        assert getattr(answer, "code", None) == code
        return
    codes = [warning.code for warning in getattr(answer, "warnings", [])]
    assert ("closure" in codes) is (code == "closure"), answer
