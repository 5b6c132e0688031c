"""Imports in the exported code."""

from __future__ import annotations

import ast

import pytest

from jupyterlab_prodify.refactor.hoisting import hoistable, hoists
from tests.refactor.asking import ask, module_after, planned


def test_an_import_in_a_branch_stays_in_the_code() -> None:
    plan = planned(ask(["x = 1", "if x:\n    import os\n    b = os.sep\nelse:\n    b = ''", "b"]))
    assert module_after(plan).count("import os") == 1
    assert "        import os\n" in plan.function.source


def test_a_name_imported_in_the_cell_and_used_later_stays_in_the_notebook() -> None:
    plan = planned(ask(["x = 1", "b = x\nimport os", "os.sep, b"]))
    assert plan.function.returns == ["b"]
    assert any("import os" in getattr(edit, "source_after", "").split("\n") for edit in plan.cell_edits)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("import os\nx = 1", [1]),
        ("x = 1\nfrom os import sep", [2]),
        ("import a.b\nimport a.c", [1, 2]),
        ("import json\nimport ujson as json", []),
        ("import os\nos = 1", []),
        ("import os\ndel os", []),
        ("import os\nif x:\n    import os", []),
        ("if x:\n    import os", []),
        ("from os import *", []),
        ("sys.path.insert(0, 'x')\nimport a\nimport json", [3]),
        ("print(1)\nimport a\nimport json", [3]),
        ("x = f(1)\nimport a", [2]),
    ],
)
def test_what_goes_to_the_module(source: str, lines: list[int]) -> None:
    assert [node.lineno for node in hoistable(ast.parse(source).body)] == lines


def test_an_import_that_cannot_fail_goes_to_the_module() -> None:
    found = hoistable(ast.parse("print(1)\nimport pandas").body, lambda module: module == "pandas")
    assert [node.lineno for node in found] == [2]


def test_whose_name_it_is() -> None:
    found = hoistable(ast.parse("import a.b\nfrom c import d as e").body)
    assert [name for name in "abcde" if hoists(found, name)] == ["a", "e"]
