"""Every refusal of the engine: its code, the cell and line it speaks of, and what to do instead."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from jupyterlab_prodify import refactor
from jupyterlab_prodify.api.export import ParamChoice, ReturnChoice
from jupyterlab_prodify.refactor.refusals import RefusalError
from jupyterlab_prodify.refactor.self_check import check_module
from tests.refactor.asking import ask, planned, refused

Options = dict[str, Any]
Case = tuple[str, list[str], Options, tuple[str | None, int | None, str | None]]

#: Refusals of faults of ours: no cell leads to them (see ``test_self_check``).
OUR_FAULTS = {"self_check"}

#: code, cells, options of ``ask``, (cell, line, field of the dialog)
CASES: list[Case] = [
    ("no_such_cell", ["a = 1"], {"selected": [7]}, (None, None, "selected")),
    ("no_such_cell", ["a = 1"], {"selected": []}, (None, None, "selected")),
    ("not_code", ["a = 1", "# Title"], {"markdown": [1]}, ("c1", None, "selected")),
    ("not_python", ["a <- 1", "b <- a"], {"language": "R"}, (None, None, None)),
    ("not_python", ["a = 1", "b = a"], {"language": "julia"}, (None, None, None)),
    ("cell_too_large", ["a = 1", "b = '" + "x" * 1_000_000 + "'"], {}, ("c1", None, None)),
    ("cell_magic", ["a = 1", "\n%%bash\nls"], {}, ("c1", 2, None)),
    ("cell_magic", ["a = 1", "%%writefile x.py\nb = 1"], {}, ("c1", 1, None)),
    ("syntax_error", ["a = 1", "b = 1\nc = = 2"], {}, ("c1", 2, None)),
    ("syntax_error", ["a = 1", "b = 1\nc = (\n"], {}, ("c1", 2, None)),
    ("syntax_error", ["a = 1", "def f():\nreturn 1"], {}, ("c1", 2, None)),
    ("too_complex", ["a = 1", "b = " + "+".join(["a"] * 5_000)], {}, ("c1", None, None)),
    ("too_complex", ["a = 1", "b = " + "-" * 20_000 + "1"], {}, ("c1", None, None)),
    ("bad_lines", ["a = 1", "b = 1\nc = 2"], {"lines": (2, 1)}, ("c1", None, "selected")),
    ("bad_lines", ["a = 1", "b = 1\nc = 2"], {"lines": (0, 1)}, ("c1", None, "selected")),
    ("bad_lines", ["a = 1", "b = 1\nc = 2"], {"lines": (3, 4)}, ("c1", None, "selected")),
    ("bad_lines", ["a = 1", "b = 1", "c = 2"], {"selected": [1, 2], "lines": (1, 1)}, ("c1", None, "selected")),
    ("cell_failed", ["a = {}", "b = 1\nc = a['x']", "print(b)"], {"failed": [1]}, ("c1", None, None)),
    ("cell_failed", ["a = {}", "b = 1\nc = a['x']", "print(b)"], {"failed": {1: 2}}, ("c1", 2, None)),
    ("cell_failed", ["a = {}", "b = 1\nc = a['x']", "print(b)"], {"failed": {1: 7}}, ("c1", None, None)),
    ("cell_failed", ["a = {}", "b = 1", "c = a['x']", "print(b)"], {"failed": [2], "selected": [1, 2]}, ("c2", None, None)),
    ("maybe_unbound_before", ["if len('a') > 1:\n    t = 1", "b = 1\nif b > 1:\n    b = t", "print(b)"], {}, ("c1", 3, None)),
    (
        "local_definition",
        ["from dataclasses import dataclass\nn = 3",
         "@dataclass\nclass Point:\n    x: int = n\np = Point(1)\nprint(p)", "print(p)"],
        {}, ("c1", 2, None),
    ),
    ("local_definition", ["n = 3", "b = n\ndef f(x):\n    return x + n\nprint(f)", "print(b)"], {}, ("c1", 2, None)),
    ("local_definition", ["n = 3", "b = n\nf = lambda x: x", "print(f, b)"], {}, ("c1", None, None)),
    ("module_shown", ["n = 3", "b = n\nclass A:\n    pass\na = A()", "print(a)"], {}, ("c1", 2, None)),
    ("module_shown", ["n = 3", "def f(x):\n    return x", "f"], {}, ("c1", 1, None)),
    ("magic_inside", ["a = 1", "b = a\n!ls\nc = b"], {}, ("c1", 2, None)),
    ("magic_inside", ["a = 1", "b = a\nfiles = !ls\nc = files"], {}, ("c1", 2, None)),
    ("magic_inside", ["a = 1", "files = !ls\nc = files"], {}, ("c1", 1, None)),
    ("magic_inside", ["a = 1", "if a:\n    %time b = 1\nc = 1"], {}, ("c1", 2, None)),
    ("magic_inside", ["a = 1", "b = a\n\nb?\nc = b"], {}, ("c1", 3, None)),
    ("magic_inside", ["a = 1", "b = a\n!ls", "c = b"], {"selected": [1, 2]}, ("c1", 2, None)),
    ("magic_inside", ["a = 1", "b = a", "!ls\nc = b"], {"selected": [1, 2]}, ("c2", 1, None)),
    ("not_adjacent", ["a = 1", "b = a", "print(b)", "c = b"], {"selected": [1, 3]}, ("c2", 1, "selected")),
    ("not_adjacent", ["a = 1", "b = a", "!ls", "c = b"], {"selected": [1, 3]}, ("c2", 1, "selected")),
    ("nothing_to_export", ["a = 1", " \n "], {}, ("c1", None, "selected")),
    ("nothing_to_export", ["a = 1", "# note\nimport os\n%time\n"], {}, ("c1", 1, "selected")),
    ("already_exported", ["from steps import f\na = 1", "b = f(a)", "b"], {"module": "def f(a):\n    return a\n"}, ("c1", 1, None)),
    ("star_import", ["a = 1", "from os import *\nb = a", "b"], {}, ("c1", 1, None)),
    ("star_import", ["a = 1", "b = a\nfrom os import *\nc = 1", "b"], {}, ("c1", 2, None)),
    ("star_import", ["from os import *", "a = 1\nb = getcwd()", "b"], {}, ("c1", 2, None)),
    ("global_statement", ["a = 1", "b = 2\ndef f():\n    global a\n    a = 2\nf()", "a"], {}, ("c1", 2, None)),
    ("dynamic_namespace", ["a = 1", "b = 1\nexec('a = 2')", "a"], {}, ("c1", 2, None)),
    ("dynamic_namespace", ["a = 1", "b = {'a': 1}.get('a', locals())", "b"], {}, ("c1", 1, None)),
    ("ipython_history", ["a = 1", "b = 1\nc = Out[3]", "c"], {}, ("c1", 2, None)),
    ("ipython_history", ["a = 1", "b = _ + 1", "b"], {}, ("c1", 1, None)),
    ("module_dunder", ["a = 1", "b = a\nc = __name__", "c"], {}, ("c1", 2, None)),
    ("module_dunder", ["a = 1", "b = a\nc: int = b", "c, __annotations__"], {}, ("c1", 2, None)),
    ("module_dunder", ["a = 1", "b: int = a\nc = __annotations__", "b, c"], {}, ("c1", 2, None)),
    ("frame_access", ["import inspect", "a = 1\nb = inspect.stack()", "b"], {}, ("c1", 2, None)),
    ("frame_access", ["a = 1", "try:\n    b = 1 / 0\nexcept OSError as e:\n    b = e.__traceback__.tb_lineno", "b"], {}, ("c1", 4, None)),
    ("display_mode", ["x = 1\nInteractiveShell.ast_node_interactivity = 'all'", "b = 1\nb", "b"], {}, ("c0", 2, None)),
    ("display_mode", ["%config InteractiveShell.ast_node_interactivity = 'last_expr_or_assign'", "b = 1", "b"], {}, ("c0", 1, None)),
    ("frame_access", ["import sys", "a = 1\nb = sys._getframe(1)", "b"], {}, ("c1", 2, None)),
    ("undefined_name", ["a = 1", "b = a\nc = nowhere", "c"], {}, ("c1", 2, None)),
    ("undefined_name", ["a = 1", "b = a\nnowhere", "b"], {}, ("c1", 2, None)),
    ("helper_reads_data", ["K = 3", "def h(x):\n    return x * K", "b = h(1)", "b"], {"selected": [2]}, ("c1", 2, None)),
    (
        "helper_reads_data",
        ["K = 3", "z = 0\n\ndef g(x):\n    return x * K", "def h(x):\n    return g(x)", "b = h(1)", "b"],
        {"selected": [3]},
        ("c1", 4, None),
    ),
    (
        "maybe_deleted",
        ["a = 1\nif a: x = 1", "y = a\nif a:\n    x = 2\nelse:\n    del x", "x"],
        {},
        ("c1", 3, None),
    ),
    ("maybe_deleted", ["x, y = 1, 2", "if y > 1:\n    del x", "print(x)"], {}, ("c1", 2, None)),
    ("maybe_deleted", ["e = 5", "try:\n    z = 1 / e\nexcept OSError as e:\n    z = 2", "print(e, z)"], {}, ("c1", 3, None)),
    ("late_binding", ["k = 1", "b = 0\nf = lambda x: x * k", "k = 2", "f(1)"], {}, ("c1", 2, None)),
    ("class_body_name", ["x = 1", "class A:\n    y = x\n    x = 3\nz = A()", "A.y, z"], {}, ("c1", 2, None)),
    ("bad_name", ["a = 1", "b = a", "b"], {"name": "for"}, (None, None, "name")),
    ("bad_name", ["a = 1", "b = a", "b"], {"name": "print"}, (None, None, "name")),
    ("bad_name", ["a = 1", "b = a", "b"], {"name": "two words"}, (None, None, "name")),
    ("bad_name", ["a = 1", "b = a", "b"], {"name": ""}, (None, None, "name")),
    ("bad_name", ["a = 1", "b = a", "b"], {"params": [ParamChoice(source="a", name="1a")]}, (None, None, "params")),
    ("bad_name", ["a, q = 1, 2", "b = a + q", "b"], {"params": [ParamChoice(source="a", name="q")]},
     (None, None, "params")),
    ("bad_name", ["a = 1", "b = a", "b"], {"returns": [ReturnChoice(source="b", name="x y")]}, (None, None, "returns")),
    ("bad_name", ["a = 1", "b = a\nc = b", "b, c"],
     {"returns": [ReturnChoice(source="b", name="z"), ReturnChoice(source="c", name="z")]}, (None, None, "returns")),
    ("name_taken", ["a = 1", "b = a", "b"], {"name": "a"}, (None, None, "name")),
    ("name_taken", ["a = 1", "b = a", "b"], {"name": "f", "module": "def f(a):\n    return 1\n"}, (None, None, "name")),
    ("name_taken", ["a = 1", "b = a", "b"], {"name": "f", "module": "f = 3\n"}, (None, None, "name")),
    ("name_taken", ["a = 1", "b = len([a])", "b"], {"params": [ParamChoice(source="a", name="len")]},
     (None, None, "params")),
    ("name_taken", ["a = 1", "b = a\nc = b", "b, c"],
     {"returns": [ReturnChoice(source="b", name="c"), ReturnChoice(source="c")]}, (None, None, "returns")),
    ("default_order", ["a, q = 1, 2", "b = a + q", "b"], {"params": [ParamChoice(source="a", default="1")]},
     (None, None, "params")),
    ("bad_expression", ["a = 1", "b = a", "b"], {"params": [ParamChoice(source="a", default="1 +")]},
     (None, None, "params")),
    ("bad_expression", ["a = 1", "b = a", "b"], {"params": [ParamChoice(source="a", annotation="int)")]},
     (None, None, "params")),
    ("bad_expression", ["a = 1", "b = a", "b"], {"params": [ParamChoice(source="a", annotation="int, extra")]},
     (None, None, "params")),
    ("bad_expression", ["a = 1", "b = a", "b"], {"params": [ParamChoice(source="a", default="1, 2")]},
     (None, None, "params")),
    ("bad_expression", ["a = 1", "b = a", "b"], {"params": [ParamChoice(source="a", default="1 # one")]},
     (None, None, "params")),
    ("bad_expression", ["a = 1\nK = 3", "b = a", "b"], {"params": [ParamChoice(source="a", default="K")]},
     (None, None, "params")),
    ("module_syntax_error", ["a = 1", "b = a", "b"], {"module": "x = 1\ndef (\n"}, (None, 2, "module")),
    ("module_hides_builtin", ["a = 1", "b = sum([a])", "b"], {"module": "from numpy import *\n"}, (None, 1, "module")),
    ("module_hides_builtin", ["a = 1", "b = len([a])", "b"], {"module": "def len(x):\n    return 3\n"},
     (None, None, "module")),
    ("dynamic_namespace", ["import builtins\na = 1", "b = builtins.eval('a + 1')", "b"], {}, ("c1", 1, None)),
    ("dynamic_namespace", ["import sys\na = 1", "b = getattr(sys.modules['__main__'], 'a')", "b"], {}, ("c1", 1, None)),
    ("dynamic_namespace", ["import cProfile\na = 1", "b = a\ncProfile.run('print(a)')", "b"], {}, ("c1", 2, None)),
    (
        "dynamic_namespace",
        ["from unittest import mock\ndef h(): return 1\ndef g(): return h()", "b = g()", "with mock.patch('__main__.h'):\n    b = g()"],
        {},
        ("c1", None, None),
    ),
    (
        "dynamic_namespace",
        ["import typing\nclass A: pass", "class N:\n    a: 'A'\nb = 1", "b, typing.get_type_hints(N)"],
        {},
        ("c1", None, None),
    ),
    (
        "module_shown",
        ["import doctest", "def h():\n    return 1\nb = h()", "b, h, doctest.testmod()"],
        {},
        ("c1", None, None),
    ),
    (
        "dynamic_namespace",
        ["import pandas as pd\na = 1\ndf = pd.DataFrame({'x': [1]})", "b = [df.query(e) for e in ['x > @a']]", "b"],
        {},
        ("c1", 1, None),
    ),
    (
        "import_too_late",
        ["from steps import g", "!echo 'Q = 4' > gen.py", "import gen", "def h():\n    return gen.Q", "b = h()", "b"],
        {"selected": [4], "module": "def g():\n    return 1\n"},
        ("c4", None, None),
    ),
    (
        "import_conflict",
        ["import json", "def h(x):\n    return json.dumps(x)", "b = h(1)", "b"],
        {"selected": [2], "module": "json = 3\n"},
        (None, None, "module"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "cells", "options", "place"), CASES, ids=[f"{case[0]}-{number}" for number, case in enumerate(CASES)]
)
def test_refusal(
    code: str, cells: list[str], options: Options, place: tuple[str | None, int | None, str | None]
) -> None:
    refusal = refused(ask(cells, **options))
    assert refusal.code == code, refusal
    assert (refusal.cell_id, refusal.line, refusal.field) == place
    assert len(refusal.message) > 10
    assert len(refusal.remedy) > 10
    assert refusal.message.endswith(".")
    assert refusal.remedy.endswith(".")


@pytest.mark.parametrize(
    ("cells", "options"),
    [
        (["a = {}", "b = a['x']", "print(1)"], {"failed": [1]}),
        (["a = {}", "b = 1\nc = a['x']", "print(b)"], {"failed": [1], "lines": (1, 1)}),
        (["a = {}", "b = 1", "c = a['x']", "print(b)"], {"failed": [2]}),
    ],
)
def test_a_cell_that_stopped_is_no_reason_where_nothing_is_lost(cells: list[str], options: Options) -> None:
    planned(ask(cells, **options))


def test_every_code_of_the_sources_is_in_the_table() -> None:
    assert _codes_in_the_sources() - OUR_FAULTS == {case[0] for case in CASES}


def _codes_in_the_sources() -> set[str]:
    """First arguments of everything that makes a refusal; a code may also come from a hazard."""
    makers = r"(?:RefusalError|\brefuse|_bad|_bad_name|Refusal)\(\s*(?:code=)?\"(\w+)\""
    sources = Path(refactor.__path__[0])
    texts = [path.read_text("utf-8") for path in sources.glob("*.py")]
    hazards = (sources.parent / "notebook" / "hazards.py").read_text("utf-8")
    codes = {code for text in texts for code in re.findall(makers, text)}
    return codes | set(re.findall(r"Hazard\(\"(\w+)\"", hazards))


def test_our_own_faults_are_refusals_too() -> None:
    with pytest.raises(RefusalError) as caught:
        check_module("x = 1\n", "y = 1\n")
    assert caught.value.refusal.code in OUR_FAULTS
    assert caught.value.refusal.remedy


def test_the_error_carries_the_refusal() -> None:
    error = RefusalError("code", "What.", "Do this.", cell_id="c1", line=3, field="name")
    assert str(error) == "What."
    assert (error.refusal.cell_id, error.refusal.line, error.refusal.field) == ("c1", 3, "name")
