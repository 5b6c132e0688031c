"""``from module import *`` is written out for the analysis and stays in the notebook."""

from __future__ import annotations

import math

import pytest

from jupyterlab_prodify.refactor.star_imports import star_modules, write_out
from tests.refactor.asking import ask, cells_of, notebook_after, planned, refused
from tests.refactor.running import module, printed, printed_after

MATH = [name for name in dir(math) if not name.startswith("_")]
STARS = {"math": MATH, "statistics": ["mean", "median"], "shapes": ["sum", "area"], "numpy": ["array", "sum"]}


@pytest.mark.parametrize(
    ("cells", "modules"),
    [
        (["from math import *"], ["math"]),
        (["try:\n    from a.b import *\nexcept ImportError:\n    from c import *"], ["a.b", "c"]),
        (["from . import *"], ["."]),
        (["%pylab inline"], ["pylab", "numpy"]),
        (["%pylab --no-import-all"], []),
        (["from math import sqrt", "a * b", "'from math import *'", "# from math import *", "from x import ("], []),
        (["from math import *\rx = 1"], []),
    ],
)
def test_modules(cells: list[str], modules: list[str]) -> None:
    assert star_modules(cells_of(cells)) == modules


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("from math import *", "from math import pi, sqrt"),
        ("x = 'é'; from math import *  # all of it", "x = 'é'; from math import pi, sqrt  # all of it"),
        ("if True:\n    from math import *\r\n", "if True:\n    from math import pi, sqrt\r\n"),
        ("from statistics import *\nfrom math import *", "import statistics\nfrom math import pi, sqrt"),
        ("from unknown import *", "from unknown import *"),
    ],
)
def test_written_out_and_back(cell: str, written: str) -> None:
    view = write_out(cells_of([cell, "print(sqrt(pi))"]), STARS)
    assert view.cells[0].source == written
    assert view.restore("c0", written) == cell
    assert view.restore("c0", "a = 1\n" + written) == "a = 1\n" + cell


SHAPES = "def area(r): return r * r\ndef sum(xs): return -1\n"
NOTEBOOKS = [
    ["from math import *", "y = sqrt(16)\nz = y + pi", "print(y, z, floor(z))"],
    ["a = 2", "from math import *\ny = sqrt(a)\nprint(y)", "print(ceil(y))"],
    ["from shapes import *", "y = sum([1, 2]) + area(3)", "print(y)"],
    ["pi = 3", "from math import *", "y = pi", "print(y)"],
    ["from math import *\npi = 3", "y = pi", "print(y)"],
]


@pytest.mark.parametrize("cells", NOTEBOOKS, ids=lambda cells: cells[0])
def test_the_notebook_runs_as_before(cells: list[str]) -> None:
    place = 2 if len(cells) == 4 else 1
    plan = planned(ask(cells, [place], stars=STARS))
    with module("shapes", SHAPES):
        assert printed_after(cells, plan) == printed(cells)
    after = "\n".join(notebook_after(cells, plan))
    assert after.count("import *") == "\n".join(cells).count("import *")
    assert "import *" not in (plan.file_edits[-1].text_after or "")


@pytest.mark.parametrize(
    ("cells", "selected"),
    [
        (["from unknown import *", "y = sqrt(4)", "print(y)"], 1),
        (["from unknown import *", "y = sum([4])", "print(y)"], 1),
        (["x = 1", "from unknown import *", "y = x", "print(y)"], 2),
        (["from unknown import *\ny = 1", "print(y)"], 0),
        (["%pylab inline\ny = array([1])", "print(y)"], 0),
    ],
)
def test_refused_when_the_names_are_not_known(cells: list[str], selected: int) -> None:
    stars = {**STARS, "pylab": ["plot"]}
    assert refused(ask(cells, [selected], stars=stars)).code == "star_import"


@pytest.mark.parametrize("line", ["# from math import sqrt", "text = 'from math import sqrt'"])
def test_a_text_that_reads_like_the_written_out_import_is_never_touched(line: str) -> None:
    cells = [f"{line}\nfrom math import *", "y = sqrt(16)", "print(y)"]
    assert write_out(cells_of(cells), STARS).cells[0].source == cells[0]
    assert refused(ask(cells, stars=STARS)).code == "star_import"


def test_a_name_that_is_bound_after_the_import_is_known() -> None:
    cells = ["from unknown import *\nx = 1", "y = x", "print(y)"]
    assert [param.name for param in planned(ask(cells)).function.params] == ["x"]


def test_pylab_in_a_cell_of_its_own() -> None:
    cells = ["%pylab inline", "y = sum(array([1, 2]))\nplot(y)\nplt.show()", "print(y)"]
    plan = planned(ask(cells, stars={**STARS, "pylab": ["plot", "sum", "plt"]}))
    text = plan.file_edits[-1].text_after or ""
    assert "from numpy import array, sum\nfrom pylab import plot\n" in text
    assert "from matplotlib import pyplot as plt" in text
    assert plan.function.params == []
    assert notebook_after(cells, plan)[0].startswith("%pylab inline")
