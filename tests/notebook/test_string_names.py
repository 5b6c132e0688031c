"""Names in strings that a library looks up in the caller's frame."""

from __future__ import annotations

import ast

import pytest

from jupyterlab_prodify.notebook.string_names import names_in_strings


@pytest.mark.parametrize(
    ("call", "names"),
    [
        ("df.query('a > @limit and b < @other.x')", ["limit", "other"]),
        ("df.query(f'a > @limit')", ["limit"]),
        ("df.query(expr='a > @ limit')", ["limit"]),
        ("df.query('a > limit')", []),
        ("df.eval('c = a + @shift')", ["shift"]),
        ("pd.eval('left + right')", ["left", "right"]),
        ("pandas.eval('left.size')", ["left"]),
        ("model.eval('left + right')", []),
        ("numexpr.evaluate('2 * left')", ["left"]),
        ("smf.ols('y ~ log(x) + C(group)', data=df)", ["y", "log", "x", "C", "group"]),
        ("ols(formula='y ~ x')", ["y", "x"]),
        ("f('~/data')", []),
        ("f('see ~ about')", ["see", "about"]),
        ("print('mail@example.org')", []),
        ("df.query(cond)", []),
        ("f()", []),
        ("fs[0]('y ~ x')", ["y", "x"]),
        ("outer(df.query('a > @limit'))", []),
    ],
)
def test_names_in_strings(call: str, names: list[str]) -> None:
    node = ast.parse(call, mode="eval").body
    assert isinstance(node, ast.Call)
    assert names_in_strings(node) == names
