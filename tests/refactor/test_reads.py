"""What the exported code reads: parameters, imports, builtins."""

from __future__ import annotations

import pytest

from tests.refactor.asking import ask, module_after, planned, roles_of


@pytest.mark.parametrize(
    ("before", "cell", "after", "params", "returns"),
    [
        ("a, b = 1, 2", "c = a + b", "c", "a b", "c"),
        ("a, b = 1, 2", "c = b + a", "c", "b a", "c"),
        ("a = 1", "a = a + 1", "a", "a", "a"),
        ("a = 1", "a += 1", "a", "a", "a"),
        ("a = [1]", "a[0] = 2", "a", "a", ""),
        ("d = {}", "c = dict(a=1, **d)", "c", "d", "c"),
        ("a = 1", "c = [a for a in range(a)]", "c", "a", "c"),
        ("n = 1", "def f(n): return n\nc = f(2)", "c", "", "c"),
        ("n = 1", "def f(x=n): return x\nc = f()", "c", "n", "c"),
        ("n = 1", "class A:\n    x = n\nc = A.x", "c", "n", "c"),
        ("deco = load()", "@deco\ndef f(): pass\nc = f()", "c", "deco", "c"),
        ("f = load()", "c = f(1)", "c", "f", "c"),
        ("f = lambda x: x", "c = f(1)", "c", "f", "c"),
        ("x: int = 3", "y: int\ny = x", "y", "x", "y"),
        ("a = 1", "c = f'{a!r}'", "c", "a", "c"),
        ("a = 1", "del a", "b = 1", "a", ""),
        # builtins
        ("xs = [1]", "c = len(xs)", "c", "xs", "c"),
        ("sum = 0\nxs = [1]", "for x in xs:\n    sum += x", "sum", "xs sum", "sum"),
        ("len = len", "c = len([1])", "c", "len", "c"),
        ("x = 1", "max = max(x, 2)", "max", "max x", "max"),
        # strings
        ("df, t = 1, 2", "c = df.query('x > @t')", "c", "df t", "c"),
        ("df, t = 1, 2", "t = 3\nc = df.query('x > @t')", "c", "df", "c"),
        ("from smf import ols\ndf = 1\ndef log(x): return x", "c = ols('y ~ log(x)', data=df)", "c", "df", "c"),
    ],
)  # fmt: skip
def test_parameters_and_results(before: str, cell: str, after: str, params: str, returns: str) -> None:
    sources = [before, cell, after] if after else [before, cell]
    if "d['k']" in cell:
        sources[0] += "\nd = {}"
    assert roles_of(sources) == (params, returns)


@pytest.mark.parametrize(
    ("before", "cell", "imports"),
    [
        ("import os", "b = os.sep", ["import os"]),
        ("import os.path", "b = os.path.sep", ["import os.path"]),
        ("import numpy as np", "b = np.pi", ["import numpy as np"]),
        ("from math import pi as PI", "b = PI", ["from math import pi as PI"]),
        ("import a.b\nimport a.c", "b = a.b.x + a.c.x", ["import a.b", "import a.c"]),
        ("import a.b\nimport a.c", "b = a.b.x", ["import a.b", "import a.c"]),
        ("x = 1", "import os\nb = os.sep", ["import os"]),
        ("x = 1", "b = x\nimport os\nc = os.sep", ["import os"]),
        ("def h():\n    return os.sep\nimport os", "b = h()", ["import os"]),
        ("import os", "b = 1", []),
        ("import os", "b = [os for os in (1, 2)]", []),
        ("x = 1", "import os\nb = 1", []),
        ("x = 1", "display(x)", ["from IPython.display import display"]),
        ("display = print", "display(1)", []),
        ("x = 1", "b = get_ipython().user_ns", ["from IPython import get_ipython"]),
        ("from __future__ import annotations\nx = 1", "b = x", ["from __future__ import annotations"]),
        ("try:\n    import fast as m\nexcept ImportError:\n    m = None", "b = m.x", []),
    ],
)
def test_imports_of_the_module(before: str, cell: str, imports: list[str]) -> None:
    lines = module_after(planned(ask([before, cell, "b"]))).split("\n")
    assert [line for line in lines if line.startswith(("import ", "from "))] == imports


def test_a_rebound_import_is_data() -> None:
    assert roles_of(["import m", "m = m.load()\nb = m", "b, m"]) == ("m", "m b")


def test_two_meanings_of_an_import() -> None:
    sources = ["import json", "x = json.dumps(1)", "import ujson as json", "b = json.dumps(2)", "x, b"]
    assert "import json\n" in module_after(planned(ask(sources, [1])))
    assert "import ujson as json\n" in module_after(planned(ask(sources, [3])))


def test_the_function_of_the_same_module_is_no_import_there() -> None:
    module = "def g(x):\n    return x\n"
    plan = planned(ask(["from steps import g", "b = g(1)", "b"], module=module))
    assert module_after(plan).startswith(module)
    assert "import" not in module_after(plan)
    assert plan.function.params == []


def test_a_name_of_the_same_module_under_another_name_comes_as_a_parameter() -> None:
    module = "def g(x):\n    return x\n"
    plan = planned(ask(["from steps import g as h", "b = h(1)", "b"], module=module))
    assert [param.source for param in plan.function.params] == ["h"]


def test_undefined_names_in_functions_only_warn() -> None:
    plan = planned(ask(["a = 1", "b = a\nf = lambda: nowhere", "f(), b"]))
    assert [warning.code for warning in plan.warnings if warning.code == "undefined_name"] == ["undefined_name"]


def test_builtins_that_only_some_pythons_have_are_known() -> None:
    assert roles_of(["a = 1", "b = ascii(a), breakpoint, __import__('os')", "b"]) == ("a", "b")


def test_captured_output_is_data() -> None:
    assert roles_of(["%%capture out\nprint(1)", "b = out.stdout", "b"]) == ("out", "b")


def test_output_of_a_shell_line_is_data() -> None:
    assert roles_of(["files = !ls", "b = files[0]", "b"]) == ("files", "b")
