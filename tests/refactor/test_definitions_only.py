"""Cells that only define: the definitions move as they are."""

from __future__ import annotations

import pytest

from tests.refactor.asking import ask, module_after, notebook_after, planned

H = 'def h(x: int, /, y=2, *, z: str = \'a\'):\n    """Doc."""\n    return x'


def test_a_function_moves_as_it_is() -> None:
    sources = ["a = 1", f"# about h\n{H}  # end", "print(h(a))"]
    plan = planned(ask(sources))
    assert module_after(plan).endswith(f"\n\n\n# about h\n{H}  # end\n")
    after = notebook_after(sources, plan)
    assert after[-2:] == ["# `h`: see steps.py", "print(h(a))"]
    assert after[0].endswith("from steps import h")


def test_the_plan_describes_its_signature() -> None:
    function = planned(ask(["a = 1", H, "h(a)"])).function
    assert [(param.name, param.default, param.annotation) for param in function.params] == [
        ("x", None, "int"),
        ("y", "2", None),
        ("z", "'a'", "str"),
    ]
    assert (function.name, function.docstring, function.returns, function.is_async) == ("h", "Doc.", [], False)


@pytest.mark.parametrize(
    ("cell", "moved"),
    [
        ("def g(x):\n    return x\n\n\ndef h(x):\n    return g(x)", ["g", "h"]),
        ("class A:\n    def __repr__(self):\n        return 'A'\n\nclass B(A):\n    pass", ["A", "B"]),
        ("'text'\nasync def h(x):\n    return x", ["h"]),
        ("import os\n\ndef h(x):\n    return os.sep", ["h"]),
    ],
)
def test_all_definitions_of_the_cell_move(cell: str, moved: list[str]) -> None:
    sources = ["a = 1", cell, "h(a) if a else B()"]
    plan = planned(ask(sources))
    assert plan.moved == moved
    assert plan.import_line == f"from steps import {', '.join(moved)}"
    assert "def " not in notebook_after(sources, plan)[-2]


def test_imports_stay_and_go_along() -> None:
    sources = ["a = 1", "import os\n\ndef h(x):\n    return os.sep\n", "h(a), os"]
    plan = planned(ask(sources))
    assert module_after(plan).startswith('"""Functions of explore.ipynb."""\n\nimport os\n\n\ndef h(x):')
    assert notebook_after(sources, plan)[-2].startswith("import os\n")


def test_a_function_that_reads_data_gets_a_maker() -> None:
    plan = planned(ask(["k = 1", "def h(x):\n    return x * k", "h(2)"], name="make_h"))
    assert plan.function.source == "def make_h(k):\n    def h(x):\n        return x * k\n    return h"


def test_the_same_definition_again_changes_nothing_in_the_module() -> None:
    module = f"{H}\n"
    plan = planned(ask(["a = 1", H, "h(a)"], module=module))
    assert plan.file_edits == []


def test_another_name_is_not_taken() -> None:
    plan = planned(ask(["a = 1", H, "h(a)"], name="other"))
    assert plan.function.name == "h"
    assert "keeps_name" in [warning.code for warning in plan.warnings]


def test_a_shown_value_after_the_definitions_stays() -> None:
    sources = ["a = 1", "def h(x):\n    return x\nh(3)", "h(a)"]
    plan = planned(ask(sources, name="work"))
    assert notebook_after(sources, plan)[-2].split("\n")[-1] in ("h(3)", "shown")
