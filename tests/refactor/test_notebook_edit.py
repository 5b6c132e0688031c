"""The notebook's cells after the export: the import, the call, and what has moved away."""

from __future__ import annotations

import pytest

from jupyterlab_prodify.api.export import DeleteCell, InsertCell, ParamChoice, ReplaceCell, ReturnChoice
from tests.refactor.asking import ask, notebook_after, planned

RELOAD = "%reload_ext autoreload\n%autoreload 2\n"
G = "def g():\n    return 1\n"


def _after(
    sources: list[str],
    selected: tuple[int, ...] = (1,),
    *,
    module: str | None = None,
    path_line: str | None = None,
    name: str = "work",
    lines: tuple[int, int] | None = None,
) -> list[str]:
    answer = ask(sources, selected, module=module, path_line=path_line, name=name, lines=lines)
    return notebook_after(sources, planned(answer))


# -- where the import goes ----------------------------------------------------------------------------------------


def test_a_new_first_cell_where_nothing_is_imported_before() -> None:
    after = _after(["a = 1", "b = a", "import os\nb"])
    assert after == [f"{RELOAD}from steps import work", "a = 1", "b = work(a)", "import os\nb"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("import os\na = 1", f"import os\n{RELOAD}from steps import work\na = 1"),
        ("# setup\nimport os  # files\n\nimport sys\n\na = 1", f"# setup\nimport os  # files\n\nimport sys\n{RELOAD}from steps import work\n\na = 1"),
        ("import os; a = 1", f"import os; a = 1\n{RELOAD}from steps import work"),
        ("import os\na = 1\nimport sys", f"import os\na = 1\nimport sys\n{RELOAD}from steps import work"),
        ("from a import (\n    b,\n)\na = 1", f"from a import (\n    b,\n)\n{RELOAD}from steps import work\na = 1"),
        ("import os\n%load_ext autoreload\n%autoreload 2\na = 1", "import os\nfrom steps import work\n%load_ext autoreload\n%autoreload 2\na = 1"),
        ("%pylab\nimport os\na = 1", f"%pylab\nimport os\n{RELOAD}from steps import work\na = 1"),
    ],
)  # fmt: skip
def test_after_the_imports_of_the_first_cell_that_has_some(cell: str, expected: str) -> None:
    assert _after([cell, "b = a", "b"])[0] == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("from steps import g\na = 1", "from steps import g, work\na = 1"),
        ("from steps import g  # keep\na = 1", "from steps import g, work  # keep\na = 1"),
        ("from steps import (g)\na = 1", "from steps import g, work\na = 1"),
        ("from steps import (\n    g,  # why\n    h,\n)\na = 1", "from steps import (\n    g,  # why\n    h,\n    work,\n)\na = 1"),
        ("from steps import g, \\\n    h\na = 1", "from steps import g, \\\n    h, work\na = 1"),
        ("from steps import work\na = 1", "from steps import work\na = 1"),
        ("from steps import g as work_2\na = 1", "from steps import g as work_2, work\na = 1"),
    ],
)  # fmt: skip
def test_an_import_of_the_module_is_extended(cell: str, expected: str) -> None:
    module = f"{G}\n\ndef h():\n    return 2\n"
    after = _after([f"%autoreload 2\n{cell}", "b = a", "b"], module=module)
    assert after[0] == f"%autoreload 2\n{expected}"


@pytest.mark.parametrize(
    "cell", ["import os; from steps import g\na = 1", "if 1:\n    from steps import g\nimport os\na = 1"]
)
def test_an_import_that_shares_its_line_or_branch_is_left_alone(cell: str) -> None:
    after = _after([cell, "b = a", "b"], module=G)
    assert "\nfrom steps import work\n" in after[0]
    assert all(line in after[0].split("\n") for line in cell.split("\n"))


def test_imports_in_a_try_are_no_import_cell() -> None:
    after = _after(["try:\n    import fast\nexcept ImportError:\n    fast = None\na = 1", "b = a", "b"])
    assert after[0] == f"{RELOAD}from steps import work"


def test_imports_below_a_cell_magic_are_no_import_cell() -> None:
    after = _after(["%%time\nimport os\na = 1", "b = a", "b"])
    assert after[0] == f"{RELOAD}from steps import work"


def test_the_imports_at_the_top_of_the_exported_cell_will_do() -> None:
    after = _after(["a = 1", "import os\nb = os.sep * a", "b"])
    assert after == ["a = 1", f"import os\n{RELOAD}from steps import work\nb = work(a)", "b"]


@pytest.mark.parametrize("there", ["%load_ext autoreload\n%autoreload 2", "%autoreload 1\n%aimport steps"])
@pytest.mark.parametrize("place", [0, 3])
def test_autoreload_is_switched_on_once(there: str, place: int) -> None:
    sources = ["import os\na = 1", "b = a", "b"]
    sources.insert(place, there)
    after = _after(sources, (2,) if place == 0 else (1,))
    assert "\n".join(after).count("load_ext autoreload") == there.count("load_ext autoreload")


def test_path_line_stands_before_the_import() -> None:
    line = 'import sys; sys.path.insert(0, "../src")'
    assert _after(["import os\na = 1", "b = a", "b"], path_line=line)[0] == (
        f"import os\n{RELOAD}{line}\nfrom steps import work\na = 1"
    )


def test_path_line_is_written_once() -> None:
    line = 'import sys; sys.path.insert(0, "../src")'
    first = ["a = 1", "b = a", "c = b", "c"]
    once = _after(first, path_line=line, module=G)
    again = _after(once, (3,), path_line=line, module=G, name="again")
    assert "\n".join(again).count(line) == 1
    assert again[0] == f"{RELOAD}{line}\nfrom steps import again, work"


def test_path_line_stands_before_an_import_that_is_extended() -> None:
    line = 'import sys; sys.path.insert(0, "../src")'
    after = _after(["from steps import g\na = 1", "b = a", "b"], path_line=line, module=G)
    assert after[0].index(line) < after[0].index("from steps import")


def test_after_the_lines_that_change_the_path() -> None:
    sources = ["import os", "import sys\nsys.path.append('x')", "import special\na = 1", "b = special.f(a)", "b"]
    after = _after(sources, (3,))
    assert after[2] == f"import special\n{RELOAD}from steps import work\na = 1"


WRITES = "with open('gen.py', 'w') as f:\n    f.write('Q = 4')"
ONE = "%reload_ext autoreload\n%autoreload 1\n%aimport steps\n"


def test_above_the_call_when_the_import_is_in_a_block() -> None:
    after = _after(
        ["import math", WRITES, "try:\n    import gen\nexcept ImportError:\n    raise", "b = gen.Q", "b"], (3,)
    )
    assert after[3] == f"{ONE}from steps import work\nb = work()"


def test_above_the_call_when_cells_are_counted() -> None:
    assert _after(["a = 1", "b = a", "b, Out[1]"]) == [
        "a = 1",
        f"{RELOAD}from steps import work\nb = work(a)",
        "b, Out[1]",
    ]


def test_an_import_that_is_not_possible_yet_stands_in_the_function() -> None:
    plan = planned(ask([f"from steps import g\n{WRITES}", "import gen", "b = gen.Q", "b"], (2,), module=G))
    assert plan.function.source.split("\n")[1] == "    import gen"


def test_only_the_module_is_reloaded_where_modules_are_written() -> None:
    assert _after(["import math", "b = 1", WRITES, "b"])[0] == f"import math\n{ONE}from steps import work"


def test_no_reload_where_it_would_bind_a_name_of_the_notebook() -> None:
    after = _after(["import math", "b = 1", f"steps = 3\n{WRITES}", "b, steps"])
    assert after[0] == "import math\nfrom steps import work"


def test_ids_of_new_cells_are_free() -> None:
    plan = planned(ask(["a = 1", "b = a", "b"]))
    (insert, _) = plan.cell_edits
    assert isinstance(insert, InsertCell)
    assert insert.before == "c0"
    assert insert.cell_id not in ("c0", "c1", "c2")


# -- the call -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "later", "expected"),
    [
        ("b = a", "b", "b = work(a)"),
        ("print(a)", "a", "work(a)"),
        ("b = a\nb", "b", "b = work(a)\nb"),
        ("b = a\nb.head()  # look", "b", "b = work(a)\nb.head()  # look"),
        ("b = a\nb;", "b", "b = work(a)"),
        ("b = a; b", "b", "b = work(a)\nb"),
        ("b = a\n(\n    b,\n    a,\n)", "b", "b = work(a)\n(\n    b,\n    a,\n)"),
        ("%%time\nb = a", "b", "%%time\nb = work(a)"),
        ("b = a\n!ls", "b", "b = work(a)\n!ls"),
        ("%pip list\nb = a", "b", "%pip list\nb = work(a)"),
        ("# note\n\nb = a\n\n# end", "b", "b = work(a)"),
        ("b = a\ndel a", "b", "b = work(a)\ndel a"),
        ("b = a\nc = b", "c, b", "b, c = work(a)"),
        ("b, = a", "b", "b = work(a)"),
        ("import os\nb = a", "b", "import os\n%reload_ext autoreload\n%autoreload 2\nfrom steps import work\nb = work(a)"),
        ("b = a\nimport os\nc = os.sep", "b, c", "import os\nb, c = work(a)"),
        ("b = a\nimport os  # files\nc = os.sep", "b, c", "import os  # files\nb, c = work(a)"),
        ("b = a; import os; c = os.sep", "b, c", "import os\nb, c = work(a)"),
    ],
)  # fmt: skip
def test_call(cell: str, later: str, expected: str) -> None:
    assert _after(["a = [1]", cell, later])[-2:] == [expected, later]


def test_an_asynchronous_function_is_awaited() -> None:
    assert _after(["import asyncio\na = 1", "b = await asyncio.sleep(0, a)", "b"])[1] == "b = await work(a)"


def test_the_shown_value_comes_back_when_it_cannot_stay() -> None:
    sources = ["a = [1]", "b = a\nc = 1\nb.pop(c)", "b"]
    after = _after(sources)
    assert after[-2] == "b, shown = work(a)\nshown"


def test_the_name_of_the_shown_value_is_free() -> None:
    sources = ["shown = [1]", "b = shown\nc = 1\nb.pop(c)", "b"]
    assert _after(sources)[-2] == "b, shown_2 = work(shown)\nshown_2"


def _long(prefix: str, number: int) -> list[str]:
    return [f"{prefix}_with_a_rather_long_name_{index}" for index in range(number)]


def test_a_long_call_is_wrapped() -> None:
    names = _long("input", 4)
    after = _after([" = ".join(names) + " = 1", f"out = {' + '.join(names)}", "out"])
    assert after[-2] == "out = work(\n" + "".join(f"    {name},\n" for name in names) + ")"


def test_a_call_of_88_columns_is_not_wrapped() -> None:
    names = ["a" * 40, "b" * 34]
    call = f"out = work({names[0]}, {names[1]})"
    assert len(call) == 88
    assert _after([" = ".join(names) + " = 1", f"out = {' + '.join(names)}", "out"])[-2] == call


@pytest.mark.parametrize("number", [2, 3, 6])
def test_many_results_are_wrapped(number: int) -> None:
    names = _long("output", number)
    sources = ["a = 1", "\n".join(f"{name} = a" for name in names), ", ".join(names)]
    call = _after(sources)[-2]
    namespace: dict[str, object] = {"work": lambda a: tuple(range(number)), "a": 1}
    exec(call, namespace)
    assert [namespace[name] for name in names] == list(range(number))
    assert max(map(len, call.split("\n"))) <= 88


def test_choices_change_the_call_as_they_change_the_signature() -> None:
    sources = ["a, k, n = 1, 2, 3", "b = a\nc = k\nd = n", "b, c, d"]
    plan = planned(
        ask(
            sources,
            name="work",
            params=[ParamChoice(source="n", name="count"), ParamChoice(source="a")],
            returns=[ReturnChoice(source="d", name="total"), ReturnChoice(source="b")],
        )
    )
    assert notebook_after(sources, plan)[-2] == "d, b = work(n, a, k)"
    assert plan.function.source == (
        "def work(count, a, k):\n    b = a\n    c = k\n    total = count\n    return total, b"
    )
    assert plan.function.returns == ["d", "b"]


# -- selections ---------------------------------------------------------------------------------------------------


def test_several_cells_become_one() -> None:
    sources = ["xs = [1]", "# first\nt = [x for x in xs]", "import os\ns = sum(t)\n%time s", "print(s)"]
    plan = planned(ask(sources, (1, 2), name="work"))
    assert notebook_after(sources, plan) == [
        f"{RELOAD}from steps import work",
        "xs = [1]",
        "import os\ns = work(xs)\n%time s",
        "print(s)",
    ]
    kinds = [type(edit) for edit in plan.cell_edits]
    assert kinds == [InsertCell, ReplaceCell, DeleteCell]


def test_what_the_selected_cells_keep_stays_in_order() -> None:
    sources = ["a = 1", "%matplotlib inline\nb = a", "%config x = 1\nc = b", "c"]
    after = _after(sources, (1, 2))
    assert after[-2] == "%matplotlib inline\n%config x = 1\nc = work(a)"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((2, 2), "x = a\ny = work(x)\nw = y\nw"),
        ((1, 2), "x, y = work(a)\nw = y\nw"),
        ((3, 3), "x = a\ny = x\nw = work(y)\nw"),
        ((3, 4), "x = a\ny = x\nw = work(y)\nw"),
        ((1, 4), "x, y, w = work(a)\nw"),
        ((1, 9), "x, y, w = work(a)\nw"),
    ],
)
def test_lines_of_a_cell(lines: tuple[int, int], expected: str) -> None:
    assert _after(["a = 1", "x = a\ny = x\nw = y\nw", "w, x, y"], lines=lines)[-2] == expected


def test_untouched_cells_are_not_edited() -> None:
    sources = ["import os\na = 1", "b = a", "b", "print(a)"]
    assert [edit.cell_id for edit in planned(ask(sources)).cell_edits] == ["c0", "c1"]


def test_line_ends_of_windows_do_not_shift_lines() -> None:
    sources = ["import os\r\na = 1\r\n", "x = a\r\nb = x\r\n", "b"]
    after = _after(sources)
    assert after[1] == "b = work(a)"
    assert after[0].split("\n")[:4] == [
        "import os",
        "%reload_ext autoreload",
        "%autoreload 2",
        "from steps import work",
    ]


# -- definitions that have moved ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("def h(x):\n    return x\n\n\nz = 1", "z = 1"),
        ("z = 1\n\n# about h\n# more\n@staticmethod\ndef h(x):\n    return x\n\ny = 2", "z = 1\n\ny = 2"),
        ("# far away\n\ndef h(x): return x\nz = 1", "# far away\n\nz = 1"),
        ("def h(x):\n    return x", "# `h` is in steps.py"),
        ("\n# about h\ndef h(x):\n    return x\n", "# `h` is in steps.py"),
        ("def g(x):\n    return x\n\n\ndef h(x):\n    return g(x)", "# `g`, `h` are in steps.py"),
        ("z = 1\ndef h(x):\n    return x", "z = 1"),
        ("z = 1\nz\ndef h(x):\n    return x", "z = 1\nz\npass"),
        ("z = 1\nz\ndef h(x):\n    return x\n\n# end", "z = 1\nz\npass\n# end"),
        ("z = 1\nprint(z); z\ndef h(x):\n    return x\nw = 2", "z = 1\nprint(z); z\nw = 2"),
        ("z = 1\nz\nclass g:\n    pass\ndef h(x):\n    return bool(g())", "z = 1\nz\npass"),
        ("z = 1\nz\ndef g(x):\n    return x\ny = 2\ndef h(x):\n    return g(x)", "z = 1\nz\ny = 2"),
    ],
)
def test_a_moved_definition_leaves_its_cell(cell: str, expected: str) -> None:
    after = _after([cell, "b = h(1)", "print(b)"])
    lines = [line for line in after[1].split("\n") if line.strip()]
    assert lines == [line for line in expected.split("\n") if line.strip()]


@pytest.mark.parametrize(
    ("sources", "names"),
    [
        (["def h(x):\n    return x", "b = h(1)", "print(h(b))"], "h, work"),
        (["def h(x):\n    return x", "b = h(1)\nh(b)", "b"], "h, work"),
        (["def h(x):\n    return x\nz = h(3)", "b = h(1)", "print(b)"], "h, work"),
        (["def g(x):\n    return x\ndef h(x):\n    return g(x)", "b = h(1)", "print(g(b))"], "g, work"),
        (["def h(x):\n    return x", "b = h(1)", "%timeit h(1)\nprint(b)"], "h, work"),
        (["def h(x):\n    return x", "b = h(1)", "print(b, 'h')"], "work"),
        (["def h(x):\n    return h(x - 1)", "b = h(1)", "print(b)"], "work"),
    ],
)
def test_a_moved_definition_that_is_still_used_is_imported(sources: list[str], names: str) -> None:
    assert f"{RELOAD}from steps import {names}" in _after(sources)


def test_a_helper_between_two_selected_cells_moves_along() -> None:
    sources = ["a = 1", "b = a", "def h(x):\n    return x", "c = h(b)", "c, b"]
    after = _after(sources, (1, 3))
    assert after[1:] == ["a = 1", "b, c = work(a)", "# `h` is in steps.py", "c, b"]
