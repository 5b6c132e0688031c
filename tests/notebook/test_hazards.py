"""Code that depends on the namespace it stands in is found, and nothing else."""

from __future__ import annotations

import ast

import pytest

from jupyterlab_prodify.notebook.hazards import find_hazards


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("x = 1\nexec('a')", [("dynamic_namespace", "exec", 2)]),
        ("eval(s)", [("dynamic_namespace", "eval", 1)]),
        ("run = eval", [("dynamic_namespace", "eval", 1)]),
        ("globals()['a']", [("dynamic_namespace", "globals", 1)]),
        ("f(**locals())", [("dynamic_namespace", "locals", 1)]),
        ("def f():\n    return locals()", [("dynamic_namespace", "locals", 2)]),
        ("vars()", [("dynamic_namespace", "vars", 1)]),
        ("dir()", [("dynamic_namespace", "dir", 1)]),
        ("show = dir", [("dynamic_namespace", "dir", 1)]),
        ("vars(x), dir(x)", []),
        ("model.eval(), df.eval('a')", []),
        ("f(eval=1)", []),
        ("eval = 3", []),
        ("Out[3]\nIn[2]", [("ipython_history", "Out", 1), ("ipython_history", "In", 2)]),
        ("_ + __ + ___ + _12", [("ipython_history", name, 1) for name in ("_", "__", "___", "_12")]),
        ("_i, _ii, _i7, _dh", [("ipython_history", name, 1) for name in ("_i", "_ii", "_i7", "_dh")]),
        ("_x, _1a, In_, Outer", []),
        ("for _ in xs: pass", []),
        ("a, _ = pair", []),
        ("__name__ == '__main__'", [("module_dunder", "__name__", 1)]),
        ("open(__file__)", [("module_dunder", "__file__", 1)]),
        ("x.__name__, type(x).__doc__", []),
        ("sys._getframe(1)", [("frame_access", "_getframe", 1)]),
        ("inspect.currentframe", [("frame_access", "currentframe", 1)]),
        ("'exec globals() Out'", []),
    ],
)
def test_hazards(code: str, expected: list[tuple[str, str, int]]) -> None:
    found = [(hazard.code, hazard.name, hazard.line) for hazard in find_hazards(ast.parse(code))]
    assert sorted(found) == sorted(expected)


def test_order_is_that_of_the_text() -> None:
    code = "if globals():\n    eval('a')\nOut"
    assert [hazard.line for hazard in find_hazards(ast.parse(code))] == [1, 2, 3]
