"""Where the shown last expression goes."""

from __future__ import annotations

import ast

import pytest

from jupyterlab_prodify.refactor.display import is_look, is_none_valued, is_surely_a_value, shown_expression
from tests.refactor.asking import ask, planned


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("print(x)", True),
        ("display(x)", True),
        ("None", True),
        ("plt.show()", True),
        ("plt.close(fig)", True),
        ("fig.savefig('x')", True),
        ("plt.tight_layout()", True),
        ("plt.plot(x)", False),
        ("ax.grid()", False),
        ("obj.show()", False),
        ("printer(x)", False),
        ("x", False),
        ("1", False),
    ],
)
def test_is_none_valued(source: str, expected: bool) -> None:
    assert is_none_valued(ast.parse(source, mode="eval").body) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("df", True),
        ("df.head()", True),
        ("df.head(n=3).T", True),
        ("df[df.a > 0]['b'].mean()", True),
        ("len(xs), type(x)", True),
        ("f'{x}'", True),
        ("[x for x in xs]", True),
        ("df.fit()", False),
        ("xs.pop()", False),
        ("f(x)", False),
        ("df.head(f(x))", False),
        ("len(f(x))", False),
        ("(y := 1)", False),
        ("lambda: 1", False),
        ("await x", False),
        ("xs[0]()", False),
        ("[f(x) for x in xs]", False),
    ],
)
def test_is_look(source: str, expected: bool) -> None:
    assert is_look(ast.parse(source, mode="eval").body) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [("1", True), ("None", False), ("[x]", True), ("(x,)", True), ("f'{x}'", True), ("x > 1", True), ("x", False), ("f()", False)],
)  # fmt: skip
def test_is_surely_a_value(source: str, expected: bool) -> None:
    assert is_surely_a_value(ast.parse(source, mode="eval").body) is expected


@pytest.mark.parametrize(
    ("source", "shows", "found"),
    [("x = 1\nx", True, True), ("x = 1\nx", False, False), ("x = 1", True, False), ("print(x)", True, False), ("", True, False)],
)  # fmt: skip
def test_shown_expression(source: str, shows: bool, found: bool) -> None:
    assert (shown_expression(ast.parse(source).body, shows) is not None) is found


@pytest.mark.parametrize(
    ("cell", "later", "place"),
    [
        ("b = a\nb", "b", "keep"),
        ("b = a\nb.head()", "", "keep"),
        ("b = a\nb.head()", "b", "keep"),
        ("b = a\nf(b)", "b", "keep"),
        ("b = a\nc = b\nc.pop()", "b", "return"),
        ("b = a\nc = b\nc.head()", "b", "keep"),
        ("a", "", "return"),
        ("a.pop()", "a", "return"),
        ("b = a\n(c := b)", "b, c", "return"),
        ("b = a\nawait b", "b", "return"),
        ("b = a\nprint(b)", "b", None),
        ("b = a\nb;", "b", None),
        ("b = a", "b", None),
        ("if a:\n    b = 1\nb", "b", "return"),
        ("b = a\ndel a\nb", "b", "keep"),
        ("b = a\nc = [b]\ndel c[0]\nc", "b", "keep"),
    ],
)
def test_place(cell: str, later: str, place: str | None) -> None:
    sources = ["a = [1]\ndef f(x): return x", cell, *([later] if later else [])]
    assert planned(ask(sources)).function.display == place


def test_a_name_that_is_deleted_before_it_is_shown() -> None:
    plan = planned(ask(["a = 1", "b = a\nc = b\ndel b\nc, a", "c"]))
    assert plan.function.display == "keep"


def test_a_kept_name_is_returned_although_no_other_cell_reads_it() -> None:
    plan = planned(ask(["a = 1", "b = a\nc = b\nc.head()"]))
    assert (plan.function.display, plan.function.returns) == ("keep", ["c"])
