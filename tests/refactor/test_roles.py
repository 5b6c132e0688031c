"""The rule table of the export: what each name becomes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.refactor.asking import ask, module_after, planned, refused


def _roles(sources: Sequence[str], selected: Sequence[int] = (1,)) -> tuple[str, str]:
    """Parameters and results, each as words in order."""
    function = planned(ask(sources, selected)).function
    return " ".join(param.name for param in function.params), " ".join(function.returns)


@pytest.mark.parametrize(
    ("before", "cell", "after", "params", "returns"),
    [
        # reads
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
        # maybe bound
        ("a, b = 1, 2", "if a:\n    b = 1", "b", "a b", "b"),
        ("a = 1", "if a:\n    b = 1", "b", "a", "b"),
        ("a, b = 1, 2", "if a:\n    b = 1", "a", "a", ""),
        ("xs = [1]\nx = 0", "for x in xs:\n    pass", "x", "x xs", "x"),
        ("a, b = 1, 2", "try:\n    b = a\nexcept ValueError:\n    pass", "b", "b a", "b"),
        ("a, b = 1, 2", "with open(a) as f:\n    b = f.read()", "b", "a", "b"),
        # results
        ("a = 1", "b = a\nc = b", "c", "a", "c"),
        ("a = 1", "b = a\nc = b", "c, b", "a", "b c"),
        ("a = 1", "b = a", "!echo {b}", "a", "b"),
        ("a = 1", "b = a", "df.query('x > @b')", "a", "b"),
        ("a = 1", "b = a", "def f(): return b", "a", "b"),
        ("a = 1", "b = a", "b = 2\nprint(b)", "a", "b"),
        ("a = 1", "b = a\nc = 1", "b = 2\nprint(b, c)", "a", "c"),
        ("a = 1", "b = a", "exec('b')", "a", "b"),
        ("a = 1", "b = a", "%who", "a", "b"),
        ("a = 1", "(b, *c), d['k'] = a", "b, c", "d a", "b c"),
        ("a = 1", "import os as b\nc = a", "c", "a", "c"),
        ("a = 1", "for i in range(3):\n    b = i", "b, i", "", "i b"),
        ("a = 1", "print(a)", "a", "a", ""),
        ("a = 1", "b = a\n_tmp = b", "", "a", "b"),
        ("a = 1", "b = a\nfor i in [1]: pass", "", "a", "b"),
        ("a = 1", "b = a\nb.append(1)", "a", "a", "b"),
        # cells before read it too: the notebook may be run again
        ("a = 1\ndef f(): return b", "b = a", "f()", "a", "b"),
        ("a = 1\nprint(b)", "b = a", "a", "a", "b"),
        # errors
        ("a = 1", "try:\n    a()\nexcept TypeError as e:\n    b = e", "b", "a", "b"),
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
    assert _roles(sources) == (params, returns)


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


def test_an_import_in_a_branch_stays_in_the_code() -> None:
    plan = planned(ask(["x = 1", "if x:\n    import os\n    b = os.sep\nelse:\n    b = ''", "b"]))
    assert module_after(plan).count("import os") == 1
    assert "        import os\n" in plan.function.source


def test_a_name_imported_in_the_cell_and_used_later_stays_in_the_notebook() -> None:
    plan = planned(ask(["x = 1", "b = x\nimport os", "os.sep, b"]))
    assert plan.function.returns == ["b"]
    assert any("import os" in getattr(edit, "source_after", "").split("\n") for edit in plan.cell_edits)


def test_a_rebound_import_is_data() -> None:
    assert _roles(["import m", "m = m.load()\nb = m", "b, m"]) == ("m", "m b")


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


@pytest.mark.parametrize(
    ("cell", "later", "returned"),
    [
        ("b = a\nimport os", "", ["b"]),
        ("for i in [1]:\n    b = i", "", ["b"]),
        ("def f(): return 1\nb = f()", "", ["b"]),
        ("(b := a)\nc = 2", "", ["c"]),
        ("print(a)", "", []),
        ("b = a\na = 2", "", ["b", "a"]),
    ],
)
def test_what_is_returned_when_nothing_is_read_later(cell: str, later: str, returned: list[str]) -> None:
    assert planned(ask(["a = 1", cell])).function.returns == returned


def test_timeit_returns_nothing() -> None:
    plan = planned(ask(["a = 1", "%%timeit\nb = a", "b = 2\nb"]))
    assert plan.function.returns == []


@pytest.mark.parametrize(
    ("cell", "deleted"),
    [("b = a\ndel a", True), ("c = a\ndel c\nb = 1", False), ("b = a\nif b:\n    del a", False)],
)
def test_names_that_the_notebook_deletes(cell: str, deleted: bool) -> None:
    plan = planned(ask(["a = 1", cell, "b"]))
    assert any("\ndel a" in getattr(edit, "source_after", "") for edit in plan.cell_edits) is deleted


def test_a_definition_used_later_goes_to_the_top_of_the_module() -> None:
    plan = planned(ask(["a = 1", "b = a\ndef f(x):\n    return x\nc = f(b)", "f(c)"], name="work"))
    assert plan.moved == ["f"]
    assert "\n\n\ndef f(x):\n    return x\n\n\ndef work(a):\n    b = a\n    c = f(b)\n" in module_after(plan)
    assert plan.function.returns == ["f", "c"]


def test_a_closure_over_the_notebooks_data_is_returned() -> None:
    plan = planned(ask(["k = 1", "def f(x):\n    return x * k", "f(2)"]))
    assert [param.name for param in plan.function.params] == ["k"]
    assert plan.function.returns == ["f"]


def test_multi_cell_results_are_those_read_outside() -> None:
    assert _roles(["xs = [1]", "t = [x for x in xs]", "s = sum(t)", "print(s)"], [1, 2]) == ("xs", "s")


def test_order_of_cells_and_not_of_the_selection() -> None:
    assert _roles(["xs = [1]", "t = [x for x in xs]", "s = sum(t)", "print(s)"], [2, 1]) == ("xs", "s")


def test_undefined_names_in_functions_only_warn() -> None:
    plan = planned(ask(["a = 1", "b = a\nf = lambda: nowhere", "f(), b"]))
    assert [warning.code for warning in plan.warnings if warning.code == "undefined_name"] == ["undefined_name"]


def test_builtins_that_only_some_pythons_have_are_known() -> None:
    assert _roles(["a = 1", "b = ascii(a), breakpoint, __import__('os')", "b"]) == ("a", "b")


def test_captured_output_is_data() -> None:
    assert _roles(["%%capture out\nprint(1)", "b = out.stdout", "b"]) == ("out", "b")


def test_output_of_a_shell_line_is_data() -> None:
    assert _roles(["files = !ls", "b = files[0]", "b"]) == ("files", "b")


def test_a_cell_that_cannot_be_read_may_read_everything() -> None:
    assert _roles(["a = 1", "b = a\nc = 2", "b = = c"]) == ("a", "b c")


def test_refusals_speak_of_the_cell_they_lie_in() -> None:
    refusal = refused(ask(["a = 1", "b = a", "c = b\nd = Out[1]", "d"], [1, 2]))
    assert (refusal.cell_id, refusal.line) == ("c2", 2)
