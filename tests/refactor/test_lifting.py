"""Functions and classes of the exported code."""

from __future__ import annotations

import pytest

from tests.refactor.asking import ask, module_after, planned, refused


def test_a_definition_used_later_goes_to_the_top_of_the_module() -> None:
    plan = planned(ask(["a = 1", "b = a\ndef f(x):\n    return x\nc = f(b)", "f(c)"], name="work"))
    assert plan.moved == ["f"]
    assert "\n\n\ndef f(x):\n    return x\n\n\ndef work(a):\n    b = a\n    c = f(b)\n" in module_after(plan)
    assert plan.function.returns == ["f", "c"]


def test_a_closure_over_the_notebooks_data_is_returned() -> None:
    plan = planned(ask(["k = 1", "def f(x):\n    return x * k", "f(2)"]))
    assert [param.name for param in plan.function.params] == ["k"]
    assert plan.function.returns == ["f"]


@pytest.mark.parametrize(
    ("cell", "moved"),
    [
        ("class A:\n    pass\nb = A is None", ["A"]),
        ("def f(x): return x\nb = f(a)", ["f"]),
        ("def f(x): return x + a\nb = f(1)", []),
        ("def f(x): return g(x)\ndef g(x): return x\nb = f(a)", ["f", "g"]),
        ("import os\ndef f(): return os.sep\nb = f() * a", ["f"]),
        ("if a:\n    def f(): return 1\nelse:\n    def f(): return 2\nb = f()", []),
        ("def f(): return 1\nb = f()\ndel f", []),
        ("b = len([a])\ndef len(x): return 3\nb = b, len(1)", []),
        ("def f(x): return x\nf = f(a)\nb = f", []),
        ("@print\ndef f(x): return x\nb = a", ["f"]),
        ("def f(x=print(1)): return x\nb = f(a)", []),
        ("P = namedtuple('P', 'x y')\nb = P(a, 2).x", ["P"]),
        ("x = 1; P = namedtuple('P', 'x y')\nb = P(a, 2).x", []),
    ],
)
def test_what_goes_to_the_top_level(cell: str, moved: list[str]) -> None:
    assert planned(ask(["from collections import namedtuple\na = 1", cell, "print(b)"])).moved == moved


def test_a_function_gives_way_to_another_of_the_module() -> None:
    module = "def f(x):\n    return 3\n"
    plan = planned(ask(["a = 1", "def f(x):\n    return x\nb = f(a)", "print(b)"], module=module))
    assert plan.moved == []
    assert "    def f(x):\n        return x\n" in module_after(plan)


def test_a_class_does_not_give_way() -> None:
    cells = ["a = 1", "class A:\n    x = 2\nb = A().x + a", "print(b)"]
    assert refused(ask(cells, module="A = 3\n")).code == "name_taken"


def test_the_same_export_again_finds_everything_in_the_module() -> None:
    cells = ["a = 1", "P = namedtuple('P', 'x')\ndef f(p):\n    return p.x\nb = f(P(a))", "print(b)"]
    cells[0] += "\nfrom collections import namedtuple"
    first = planned(ask(cells))
    assert planned(ask(cells, module=module_after(first))).file_edits == []
