"""Kinds of top-level statements."""

from __future__ import annotations

import ast

import pytest

from jupyterlab_prodify.refactor.statements import is_bare_string, only_definitions


@pytest.mark.parametrize(
    ("source", "expected"),
    [("'doc'", True), ("'''a\nb'''", True), ("x", False), ("x = 'a'", False), ("f'{x}'", False), ("('a', 'b')", False)],
)
def test_is_bare_string(source: str, expected: bool) -> None:
    assert is_bare_string(ast.parse(source).body[0]) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(): pass", True),
        ("'doc'\nclass A: pass\nasync def f(): pass", True),
        ("def f(): pass\nx = 1", False),
        ("def f(): pass\nf()", False),
        ("f = lambda: 1", False),
        ("'doc'", False),
        ("", False),
    ],
)
def test_only_definitions(source: str, expected: bool) -> None:
    assert only_definitions(ast.parse(source).body) is expected
