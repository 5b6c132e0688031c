"""Every warning of the engine: its code, the line it speaks of, and no warning where there is nothing to say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from jupyterlab_prodify import refactor
from jupyterlab_prodify.api.export import ReturnChoice
from tests.refactor.asking import ask, planned

Options = dict[str, Any]
PLT = "import matplotlib.pyplot as plt"

#: code, cells, options of ``ask``, cell, line, a word of the message
CASES: list[tuple[str, list[str], Options, str, int | None, str]] = [
    ("mutates_argument", ["df = {}", "b = 1\ndf['a'] = b", "df"], {}, "c1", 2, "`df`"),
    ("mutates_argument", ["xs = []", "b = 1\nxs.append(b)", "xs"], {}, "c1", 2, "`xs.append(b)`"),
    ("mutates_argument", ["df = load()", "b = 1\ndf.drop('a', inplace=True)", "df"], {}, "c1", 2, "inplace"),
    ("mutates_argument", ["m, X = load()", "m.fit(X)", "m"], {}, "c1", 1, "`m.fit(X)`"),
    ("mutates_argument", ["xs = []", "xs += [1]", "xs"], {}, "c1", 1, "`xs += [1]`"),
    ("mutates_argument", ["xs = []", "ys = xs\nys.append(1)", "xs, ys"], {}, "c1", 2, "`xs`"),
    ("kept_alive", ["import tempfile", "t = tempfile.TemporaryDirectory()\np = t.name", "p"], {}, "c1", 1, "`t`"),
    ("kept_alive", ["a = 1", "f = open('x', 'w')\nb = f.write('a')", "b"], {}, "c1", 1, "`f`"),
    ("global_seed", ["import random", "a = 1\nrandom.seed(a)", "a"], {}, "c1", 2, "random.seed"),
    ("global_seed", ["import numpy as np", "a = 1\nnp.random.seed(a)", "a"], {}, "c1", 2, "random.seed"),
    ("changes_directory", ["import os", "a = 1\nos.chdir('x')", "a"], {}, "c1", 2, "os.chdir"),
    ("global_setting", ["import warnings", "a = 1\nwarnings.filterwarnings('ignore')", "a"], {}, "c1", 2, "warnings"),
    ("global_setting", ["import pandas as pd", "a = 1\npd.set_option('x', a)", "a"], {}, "c1", 2, "pandas"),
    ("pyplot_state", [PLT, "a = 1\nplt.plot([a])\nplt.show()", "a"], {}, "c1", 2, "plt.plot"),
    ("async_function", ["import asyncio", "a = 1\nb = await asyncio.sleep(0, a)", "b"], {}, "c1", None, "async def"),
    ("definition_lifted", ["a = 1", "b = a\ndef f(x):\n    return x\nc = f(b)", "f(c)"], {}, "c1", 2, "`f`"),
    ("returns_function", ["a = 1", "b = a\ndef f(x):\n    return x + b", "f(b)"], {}, "c1", 2, "`f`"),
    ("closure", ["a = 1", "b = a\ndef f(x):\n    return x + b", "f(b)"], {}, "c1", 3, "`f`"),
    ("closure", ["a = 1", "b = 2\nf = lambda x: x + a", "f(b)"], {}, "c1", 2, "a lambda"),
    ("many_results", ["a = 1", "\n".join(f"r{i} = a" for i in range(9)),
                      ", ".join(f"r{i}" for i in range(9))], {}, "c1", None, "9 values"),
    ("deletes_name", ["a = 1", "b = a\ndel a", "b"], {}, "c1", None, "`a`"),
    ("selection_widened", ["a = 1", "b = a\nfor i in range(3):\n    b += i\n    c = b", "b, c"], {"lines": (3, 3)},
     "c1", None, "whole statements"),
    ("path_added", ["a = 1", "b = a", "b"], {"path_line": 'import sys; sys.path.insert(0, "../src")'}, "c1", None, "sys.path"),
    ("magic_kept", ["a = 1", "%%time\nb = a", "b"], {}, "c1", 1, "%%time"),
    ("magic_kept", ["a = 1", "%pip list\nb = a", "b"], {}, "c1", 1, "%pip list"),
    ("magic_kept", ["a = 1", "b = a\n!ls", "b"], {}, "c1", 2, "!ls"),
    ("magic_kept", ["a = 1", "b = a\n%matplotlib inline\nc = b", "c"], {}, "c1", 2, "%matplotlib inline"),
    ("import_kept", ["a = 1", "import os\nb = os.sep", "b"], {}, "c1", 1, "imports stay"),
    ("import_kept", ["a = 1", "b = a\nimport os\nc = os.sep", "c, b"], {}, "c1", 2, "imports stay"),
    ("name_in_string", ["df, t = load()", "b = 1\nout = df.query('a > @t')", "out"], {}, "c1", 2, "`t`"),
    ("module_passed", ["import a as m", "if 1 > 2:\n    from b import c as m", "x = 1\ny = m.f(x)", "y"],
     {"selected": [2]}, "c2", 2, "`m`"),
    ("definition_passed", ["if load():\n    def h(x): return x\n", "b = 1\nc = h(b)", "c"], {}, "c1", 2, "`h`"),
    ("definition_passed", ["@register('x')\ndef h(x): return x", "b = 1\nc = h(b)", "c"], {}, "c1", 2, "bound nowhere"),
    ("definition_passed", ["import app\n@app.route('x')\ndef h(x): return x", "b = 1\nc = h(b)", "c"], {},
     "c1", 2, "decorated"),
    ("definition_passed", ["def h(x): return x", "b = h(1)", "def h(x): return 2 * x\nh(b)"], {},
     "c1", 1, "more than once"),
    ("global_passed", ["K = 3\ndef h(x): return x * K", "b = h(1)", "b"], {"pass_globals": True}, "c0", 2, "`K`"),
    ("builtin_rebound", ["a = 1", "b = a\nmax = max(b, 2)", "max, b"], {}, "c1", 2, "`max`"),
    ("needs_ipython", ["a = 1", "b = a\ndisplay(b)", "b"], {}, "c1", 2, "`display`"),
    ("bound_later", ["a = 1", "b = a\nc = later", "later = 3\nc"], {}, "c1", 2, "`later`"),
    ("undefined_name", ["a = 1", "b = a\nf = lambda: nowhere", "f(), b"], {}, "c1", 2, "`nowhere`"),
    ("maybe_unbound", ["a = 1", "b = a\nif b:\n    c = 1", "b, c"], {}, "c1", 3, "`c`"),
    ("nothing_read_later", ["a = 1", "b = a"], {}, "c1", None, "`b`"),
    ("result_dropped", ["a = 1", "b = a\nc = b", "b, c"], {"returns": [ReturnChoice(source="b")]}, "c1", None, "`c`"),
    ("keeps_name", ["a = 1", "def f(x):\n    return x", "f(a)"], {"name": "g"}, "c1", None, "`f`"),
    ("display_inside", ["a = 1", "b = a\nb", "c = b", "c"], {"selected": [1, 2]}, "c1", None, "display"),
    ("figures_between", [PLT, "b = 1\nplt.plot([b])", "c = b", "c"], {"selected": [1, 2]}, "c1", None, "plt.show()"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "cells", "options", "cell_id", "line", "word"),
    CASES,
    ids=[f"{case[0]}-{number}" for number, case in enumerate(CASES)],
)
def test_warning(code: str, cells: list[str], options: Options, cell_id: str, line: int | None, word: str) -> None:
    plan = planned(ask(cells, **options))
    found = [warning for warning in plan.warnings if warning.code == code]
    assert (cell_id, line) in [(warning.cell_id, warning.line) for warning in found], plan.warnings
    assert any(word in warning.message for warning in found), found


@pytest.mark.parametrize(
    ("code", "cells", "options"),
    [
        ("mutates_argument", ["df = {}", "df = dict(df)\ndf = sorted(df)", "df"], {}),
        ("mutates_argument", ["n = 1", "n += 1", "n"], {}),
        ("mutates_argument", ["a = 1", "xs = []\nxs.append(a)", "xs"], {}),
        ("mutates_argument", ["m, X = load()", "y = m.predict(X)", "y"], {}),
        ("mutates_argument", ["df = load()", "other = df.copy()\nother['a'] = 1", "other"], {}),
        ("pyplot_state", [PLT, "a = 1\nplt.show()", "a"], {}),
        ("global_seed", ["rng = load()", "b = rng.normal()", "b"], {}),
        ("closure", ["a = 1", "xs = [2]\nb = sorted(xs, key=lambda x: x + a)", "b"], {}),
        ("closure", ["a = 1", "f = lambda x: x + 1", "f(a)"], {}),
        ("many_results", ["a = 1", "\n".join(f"r{i} = a" for i in range(8)), ", ".join(f"r{i}" for i in range(8))], {}),
        ("nothing_read_later", ["a = 1", "b = a", "b"], {}),
        ("maybe_unbound", ["a = 1", "if a:\n    c = 1\nelse:\n    c = 2", "c"], {}),
        ("maybe_unbound", ["a, c = 1, 2", "if a:\n    c = 1", "c"], {}),
        ("selection_widened", ["a = 1", "b = a\nc = b", "b, c"], {"lines": (2, 2)}),
        ("builtin_rebound", ["max = 3", "b = max", "b"], {}),
        ("name_in_string", ["df = load()", "out = df.query('a > @t')\n", "out"], {}),
        ("import_kept", ["import os", "b = os.sep", "b"], {}),
    ],
)
def test_no_warning(code: str, cells: list[str], options: Options) -> None:
    assert code not in [warning.code for warning in planned(ask(cells, **options)).warnings]


def test_a_plain_export_has_no_warnings() -> None:
    assert planned(ask(["a, b = 1, 2", "c = a + b", "print(c)"])).warnings == []


def test_one_warning_for_each_name_that_is_changed() -> None:
    plan = planned(ask(["df = {}\nxs = []", "df['a'] = 1\ndf['b'] = 2\nxs.append(1)", "df, xs"]))
    found = [(warning.code, warning.line) for warning in plan.warnings]
    assert found == [("mutates_argument", 1), ("mutates_argument", 3)]


def test_lines_count_within_the_second_selected_cell() -> None:
    cells = ["df = {}", "b = 1", "c = b\ndf['a'] = c", "df, b, c"]
    (warning,) = planned(ask(cells, [1, 2])).warnings
    assert (warning.code, warning.cell_id, warning.line) == ("mutates_argument", "c2", 2)


def test_lines_count_from_the_top_of_the_cell_when_some_are_selected() -> None:
    (warning,) = planned(ask(["df = {}", "b = 1\n\ndf['a'] = b\nb = 2", "df, b"], lines=(3, 3))).warnings
    assert (warning.code, warning.line) == ("mutates_argument", 3)


def test_every_code_of_the_sources_is_in_the_table() -> None:
    makers = r"(?:\.warn|_warning\(\s*region,|PlanWarning)\(?\s*(?:code=)?\"(\w+)\""
    texts = [path.read_text("utf-8") for path in Path(refactor.__path__[0]).glob("*.py")]
    codes = {code for text in texts for code in re.findall(makers, text)}
    state = {"global_seed", "changes_directory", "global_setting"}
    assert codes | state == {case[0] for case in CASES}


def test_imports_above_the_selected_lines_are_not_spoken_of() -> None:
    plan = planned(ask(["s = 1", "from math import pi\nx = pi\nprint(s)", "print(x, pi)"], lines=(3, 3)))
    assert "import_kept" not in [warning.code for warning in plan.warnings]
