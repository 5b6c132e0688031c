"""Edits by the lines and columns of ``ast``."""

from __future__ import annotations

import ast

import pytest

from jupyterlab_prodify.refactor.text_edits import TextEdits


def _node(source: str, name: str) -> ast.Name:
    return next(node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name) and node.id == name)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = target", "x = NEW"),
        ("x = 'äöü' + target", "x = 'äöü' + NEW"),
        ("x = '日本語\U0001f600', target, 1", "x = '日本語\U0001f600', NEW, 1"),
        ("y = 1\nx = (\n    target\n)", "y = 1\nx = (\n    NEW\n)"),
        ("\tif_ = 1; x = target".strip(), "if_ = 1; x = NEW"),
    ],
)
def test_replace_a_node(source: str, expected: str) -> None:
    edits = TextEdits(source.split("\n"))
    node = _node(source, "target")
    edits.replace(edits.start(node), edits.end(node), "NEW")
    assert edits.result() == expected


def test_edits_do_not_disturb_each_other() -> None:
    edits = TextEdits(["a + b", "c"])
    edits.replace(0, 1, "long_name")
    edits.replace(6, 7, "z")
    edits.replace(4, 5, "")
    assert edits.result() == "long_name + \nz"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [(11, 11, "b\nc"), (12, 12, "a\nc"), (13, 13, "a\nb\n"), (11, 13, ""), (12, 13, "a\n")],
)
def test_cut_lines(first: int, last: int, expected: str) -> None:
    edits = TextEdits(["a", "b", "c"], first=11)
    edits.cut_lines(first, last)
    assert edits.result() == expected


def test_lines_are_counted_from_the_first() -> None:
    edits = TextEdits(["ä = 1", "b = 2"], first=5)
    assert (edits.line_start(5), edits.line_start(6)) == (0, 6)
    assert edits.offset(5, 3) == 2
    assert edits.text == "ä = 1\nb = 2"
