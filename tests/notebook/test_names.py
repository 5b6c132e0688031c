"""Single reads and bindings: where they stand, whose they are, of what kind."""

from __future__ import annotations

import ast

import pytest

from jupyterlab_prodify.notebook.bindings import Flow
from jupyterlab_prodify.notebook.flow import analyse_statements


def _flow(source: str) -> Flow:
    return analyse_statements(ast.parse(source).body)


@pytest.mark.parametrize(
    ("source", "name", "line", "deferred", "conditional"),
    [
        ("x = 1\ny = a", "a", 2, False, False),
        ("if c:\n    b\na", "b", 2, False, True),
        ("if c:\n    a\na", "a", 3, False, False),
        ("def f():\n    return a", "a", 2, True, True),
        ("f = lambda: a", "a", 1, True, True),
        ("g = (a for x in xs)", "a", 1, True, True),
        ("g = (x for x in a)", "a", 1, False, False),
        ("[a for x in xs]", "a", 1, False, True),
    ],
)
def test_first_read(source: str, name: str, line: int, deferred: bool, conditional: bool) -> None:
    read = _flow(source).exposed[name]
    assert (read.line, read.deferred, read.conditional) == (line, deferred, conditional)


@pytest.mark.parametrize(
    ("source", "name", "owners"),
    [
        ("def f():\n    def g():\n        return a\n    return a", "a", ["f", "f"]),
        ("x = lambda: a", "a", ["<lambda>:1:4"]),
        ("def f():\n    return lambda: a", "a", ["f"]),
        ("class A:\n    def m(self):\n        return a", "a", ["A"]),
        ("x = (a for i in y)", "a", ["<genexp>:1:4"]),
        ("[a for i in y]", "a", None),
    ],
)
def test_captured_reads_know_their_owner(source: str, name: str, owners: list[str] | None) -> None:
    captured = _flow(source).captured.get(name)
    assert ([read.owner for read in captured] if captured is not None else None) == owners


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("x = 1\ndel x\nx", {"x": 3}),
        ("del x\nx = 1\nx", {}),
        ("if c:\n    del x\nx", {"x": 3}),
        ("del x\ndef f(): return x\nf()", {"x": 2}),
        ("try:\n    f()\nexcept E as x:\n    pass\nx", {"x": 5}),
    ],
)
def test_reads_of_deleted_names(source: str, lines: dict[str, int]) -> None:
    assert _flow(source).deleted_reads == lines


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("x = 1\nx += 1\nx: int = 2", ["assign", "augmented", "annotated"]),
        ("for x in y: pass\nwith y as x: pass\n(x := 1)", ["for", "with", "walrus"]),
        ("match y:\n    case [x]: pass\ntry: pass\nexcept E as x: pass\nimport x", ["match", "except", "import"]),
        ("def x(): pass\nclass x: pass", ["def", "class"]),
    ],
)
def test_kinds_of_bindings(source: str, kinds: list[str]) -> None:
    assert [binding.kind for binding in _flow(source).bindings["x"]] == kinds


@pytest.mark.parametrize(
    ("source", "toplevel"),
    [
        ("x = 1", True),
        ("if c:\n    x = 1", False),
        ("for i in [1]:\n    x = i", False),
        ("try:\n    x = 1\nexcept E:\n    pass", False),
        ("with f() as g:\n    x = 1", True),
        ("c and (x := 1)", False),
    ],
)
def test_toplevel_bindings(source: str, toplevel: bool) -> None:
    (binding,) = _flow(source).bindings["x"]
    assert binding.toplevel is toplevel


def test_a_class_body_that_reads_and_binds_one_name() -> None:
    assert _flow("class A:\n    y = x\n    x = 3").class_shadowed == {"x": 2}
