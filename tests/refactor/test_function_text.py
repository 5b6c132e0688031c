"""The text of the new function: signature, docstring, body byte for byte, results."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from jupyterlab_prodify.api.export import Param, ParamChoice, ReturnChoice
from jupyterlab_prodify.refactor.function_text import indent, signature
from tests.refactor.asking import ask, module_after, planned


def _function(cell: str, before: str = "a = 1", after: str = "", **options: Any) -> str:
    later = [after] if after else []
    return planned(ask([before, cell, *later], name="work", **options)).function.source


# -- the signature ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("params", "is_async", "expected"),
    [
        ([], False, "def work():"),
        ([], True, "async def work():"),
        ([Param("a", "a"), Param("b", "b")], False, "def work(a, b):"),
        ([Param("a", "a", "1"), Param("b", "b", " None ")], False, "def work(a=1, b=None):"),
        ([Param("a", "a", None, " int "), Param("b", "b", "2", "int")], False, "def work(a: int, b: int = 2):"),
        (
            [Param("a" * 40, "a"), Param("b" * 40, "b", "1")],
            False,
            "def work(\n    " + "a" * 40 + ",\n    " + "b" * 40 + "=1,\n):",
        ),
    ],
)
def test_signature(params: list[Param], is_async: bool, expected: str) -> None:
    assert signature("work", params, is_async) == expected


def test_a_signature_of_88_columns_stays_on_one_line() -> None:
    name = "x" * (88 - len("def work():"))
    assert "\n" not in signature("work", [Param(name, name)], False)
    assert "\n" in signature("work", [Param(name + "x", name)], False)


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ([], "def work(a, b, c):"),
        ([ParamChoice(source="c"), ParamChoice(source="a")], "def work(c, a, b):"),
        ([ParamChoice(source="c", default="3")], None),
        ([ParamChoice(source="a"), ParamChoice(source="b"), ParamChoice(source="c", default="3")], "def work(a, b, c=3):"),
        ([ParamChoice(source="b", annotation="list[int]")], "def work(b: list[int], a, c):"),
        ([ParamChoice(source="gone"), ParamChoice(source="b")], "def work(b, a, c):"),
        ([ParamChoice(source="a", name="first"), ParamChoice(source="b", name="second")], "def work(first, second, c):"),
        ([ParamChoice(source="a", name="b"), ParamChoice(source="b", name="a")], "def work(b, a, c):"),
    ],
)  # fmt: skip
def test_chosen_parameters(choices: list[ParamChoice], expected: str | None) -> None:
    answer = ask(["a, b, c = 1, 2, 3", "d = a - b * c", "d"], name="work", params=choices)
    if expected is None:
        assert getattr(answer, "code", None) == "default_order"
        return
    function = planned(answer).function
    assert function.source.split("\n")[0] == expected
    assert _runs(function.source, {"a": 1, "b": 2, "c": 3}, [param.source for param in function.params]) == -5


def _runs(source: str, values: dict[str, int], order: list[str]) -> object:
    namespace: dict[str, Any] = {}
    exec(source, namespace)
    return namespace["work"](*(values[name] for name in order))


def test_names_of_annotations_and_defaults_come_with_the_function() -> None:
    choices = [ParamChoice(source="a", annotation="pd.DataFrame", default="np.nan")]
    sources = ["import numpy as np\nimport pandas as pd\na = 1", "b = a", "b"]
    text = module_after(planned(ask(sources, name="work", params=choices)))
    assert "\nimport numpy as np\n\nif TYPE_CHECKING:\n    import pandas as pd\n" in text
    assert "def work(a: pd.DataFrame = np.nan):" in text


# -- the docstring ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "docstring",
    [
        "Monthly means.",
        'Says "hello".',
        'Ends with "quotes"',
        '"""Triple""" and """',
        "A \\ backslash, \\n and \\",
        "It's 'single'.",
        "Ümläut 日本",
        '"',
        '\\"',
        'ends with backslash quote \\"',
    ],
)
def test_docstring_reads_as_written(docstring: str) -> None:
    (node,) = ast.parse(_function("b = a", docstring=docstring)).body
    assert isinstance(node, ast.FunctionDef)
    assert ast.get_docstring(node, clean=False) == docstring


def test_docstring_of_several_lines() -> None:
    (node,) = ast.parse(_function("b = a", docstring="One.\n\nTwo.\n  Three.")).body
    assert isinstance(node, ast.FunctionDef)
    assert ast.get_docstring(node) == "One.\n\nTwo.\n  Three."


@pytest.mark.parametrize("docstring", [None, "", "  \n "])
def test_no_docstring(docstring: str | None) -> None:
    assert _function("b = a", docstring=docstring) == "def work(a):\n    b = a\n    return b"


# -- the body -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "body"),
    [
        ("b = a  # note", "    b = a  # note"),
        ("# note\nb = a\n# end", "    # note\n    b = a\n    # end"),
        ("\n\nb = a\n\n\nc = b\n\n", "    b = a\n\n\n    c = b"),
        ("b = ( a +\n  1 )", "    b = ( a +\n      1 )"),
        ("if a :\n  b = 1\nelse:\n\tb = 2", "    if a :\n      b = 1\n    else:\n    \tb = 2"),
        ("b = a ; c = b", "    b = a ; c = b"),
        ("b = '''\n  x\n{}\n'''.format(a)", "    b = '''\n  x\n{}\n'''.format(a)"),
        ("b = f'''\n{a}\n  x'''", "    b = f'''\n{a}\n  x'''"),
        ("b = 'x\\\n  y' + str(a)", "    b = 'x\\\n  y' + str(a)"),
        ("b = a + \\\n  1", "    b = a + \\\n      1"),
        ("b = a\n'''text\n  text\n'''\nc = 1", "    b = a\n    '''text\n  text\n'''\n    c = 1"),
        ("b = [a,\n     '''\nx''',\n\n  # in\n  2]", "    b = [a,\n         '''\nx''',\n\n      # in\n      2]"),
        ("b = a\n   \nc = b", "    b = a\n   \n    c = b"),
        ("b = 'ä\U0001f600'; c = a", "    b = 'ä\U0001f600'; c = a"),
        ("b = a\x0c\nc = b", "    b = a\x0c\n    c = b"),
    ],
)  # fmt: skip
def test_body_keeps_its_text(cell: str, body: str) -> None:
    lines = _function(cell).split("\n")
    assert lines[0] == "def work(a):" or lines[0] == "def work():"
    assert "\n".join(lines[1:-1]) == body
    assert lines[-1].startswith("    return ")


@pytest.mark.parametrize(
    ("cell", "after", "expected"),
    [
        ("b = a", "b", "def work(a):\n    b = a\n    return b"),
        ("print(a)", "a", "def work(a):\n    print(a)"),
        ("b = a\nc = b", "c, b", "def work(a):\n    b = a\n    c = b\n    return b, c"),
        ("b = a\nb", "b", "def work(a):\n    b = a\n    return b"),
        ("a.mean()", "a", "def work(a):\n    return a.mean()"),
        ("b = a\nb.pop()", "b", "def work(a):\n    b = a\n    shown = b.pop()\n    return b, shown"),
        ("print(a); a.pop()  # why", "a", "def work(a):\n    print(a); return a.pop()  # why"),
        ("(a\n .pop())", "a", "def work(a):\n    return (a\n     .pop())"),
        ("a\\\n.pop()", "a", "def work(a):\n    return a\\\n    .pop()"),
        ("if a:\n    b = 1", "b", "def work(a):\n    b = None\n    if a:\n        b = 1\n    return b"),
        ("import os; b = a", "b", "def work(a):\n    b = a\n    return b"),
        ("b = a; import os; c = os.sep", "b, c", "def work(a):\n    b = a; c = os.sep\n    return b, c"),
        ("b = a; import os", "b", "def work(a):\n    b = a\n    return b"),
        ("b = a\nimport os  # files\nc = os", "b, c", "def work(a):\n    b = a\n    c = os\n    return b, c"),
        ("b = a\nfrom os import (\n    sep,\n)\nc = sep", "b, c", "def work(a):\n    b = a\n    c = sep\n    return b, c"),
        ("if a:\n    import os\nb = os.sep", "b", None),
        ("b = a\n%matplotlib inline\nc = b", "b, c", "def work(a):\n    b = a\n    c = b\n    return b, c"),
        ("b = await a", "b", "async def work(a):\n    b = await a\n    return b"),
        ("del a", "b = 1", "def work(a):\n    del a"),
        ("b = a\nb;", "b", "def work(a):\n    b = a\n    b;\n    return b"),
    ],
)  # fmt: skip
def test_whole_function(cell: str, after: str, expected: str | None) -> None:
    if expected is not None:
        assert _function(cell, after=after) == expected
    else:
        assert "    if a:\n        import os\n" in _function(cell, after=after)


def test_dropped_results() -> None:
    source = _function("b = a\nc = b", after="b, c", returns=[])
    assert source == "def work(a):\n    b = a\n    c = b"


def test_results_in_the_order_of_the_choice() -> None:
    choices = [ReturnChoice(source="c"), ReturnChoice(source="b", name="first"), ReturnChoice(source="gone")]
    source = _function("b = a\nc = b", after="b, c", returns=choices)
    assert source == "def work(a):\n    first = a\n    c = first\n    return c, first"


def test_many_results_are_wrapped() -> None:
    names = [f"a_result_with_a_long_name_{index}" for index in range(4)]
    source = _function("\n".join(f"{name} = a" for name in names), after=", ".join(names))
    assert source.endswith("    return (\n" + "".join(f"        {name},\n" for name in names) + "    )")


def test_an_import_that_clashes_stands_inside() -> None:
    source = _function("b = json.dumps(a)", "import json\na = 1", "b", module="json = 3\n")
    assert source == "def work(a):\n    import json\n    b = json.dumps(a)\n    return b"


def test_several_cells_show_what_they_showed() -> None:
    sources = ["a = [1]", "b = a\nb", "c = b\nc.pop()", "d = [c]\nlen(d)", "c, d"]
    source = planned(ask(sources, (1, 2, 3), name="work")).function.source
    assert source == (
        "def work(a):\n    b = a\n    shown = b\n    if shown is not None:\n        display(shown)\n\n"
        "    c = b\n    shown = c.pop()\n    if shown is not None:\n        display(shown)\n\n"
        "    d = [c]\n    return c, d"
    )


def test_a_cell_that_draws_ends_its_figure() -> None:
    sources = ["import matplotlib.pyplot as plt", "plt.plot([1])", "b = 1", "b"]
    source = planned(ask(sources, (1, 2), name="work")).function.source
    assert source.index("plt.plot([1])") < source.index("plt.show()") < source.index("b = 1")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\n  b", "    a\n\n      b"),
        ("a = '''\nb\n'''\nc", "    a = '''\nb\n'''\n    c"),
        ("a = (\n'''\n''')", "    a = (\n    '''\n''')"),
        ("", ""),
    ],
)
def test_indent(text: str, expected: str) -> None:
    assert indent(text) == expected
