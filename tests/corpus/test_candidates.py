"""A cell holds logic when something is left of it without imports, magics, comments and definitions."""

from __future__ import annotations

import pytest

from corpus.candidates import candidates, holds_logic
from jupyterlab_prodify.api.export import Cell

NONE = [
    "",
    "# only a comment",
    "import numpy as np\nfrom os import path",
    "%matplotlib inline\n!ls",
    "files = !ls",
    "%%bash\nls | wc -l",
    "def f(x):\n    return x + 1\n\n\nclass A:\n    pass",
    '"""Only a text."""',
    "import os\n%time\nasync def g(): ...",
]
LOGIC = [
    "x = 1",
    "import os\nos.getcwd()",
    "%matplotlib inline\nplt.plot([1])",
    "%%time\nx = 1",
    "def f(): ...\nf()",
    "if ready:\n    import os",
    "42",
    "await something()",
    "for x in range(3) print(x)",
]


@pytest.mark.parametrize("source", NONE)
def test_holds_none(source: str) -> None:
    assert not holds_logic(source)


@pytest.mark.parametrize("source", LOGIC)
def test_holds_logic(source: str) -> None:
    assert holds_logic(source)


def test_positions_count_all_cells() -> None:
    cells = [
        Cell(id="a", source="x = 1", cell_type="markdown"),
        Cell(id="b", source="import os"),
        Cell(id="c", source="x = 1"),
        Cell(id="d", source="x", cell_type="raw"),
        Cell(id="e", source="x"),
    ]
    assert candidates(cells) == [2, 4]
