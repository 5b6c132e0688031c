"""What rope and jedi make of a cell becomes a cell and a module that sees nothing of the notebook."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.peer_tools import CannotExtract, Flat, Jedi, Rope
from jupyterlab_prodify.api.export import Cell

SOURCES = [
    "import math\nr = 2",
    "%matplotlib inline\n# the area\narea = math.pi * r ** 2\nother = area + 1\nother",
    "print(area, other)",
    "%%bash\nls",
    "not Python at all",
]
CELLS = [Cell(id=f"c{index}", source=source) for index, source in enumerate(SOURCES)]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # from within rope
@pytest.mark.parametrize("tool", [Rope, Jedi])
def test_an_extraction(tool: type[Rope] | type[Jedi], tmp_path: Path) -> None:
    flat = Flat(CELLS)
    part = flat.part(1)
    made = flat.result(1, part, tool(flat, tmp_path).text(part))
    assert made.cell.startswith("%matplotlib inline\n# the area\nfrom peer_module import extracted_function\n")
    assert made.cell.rstrip().endswith("\nother")
    assert "math.pi" not in made.cell
    assert made.module.startswith("import math\n")
    assert "area = math.pi * r ** 2" in made.module
    assert "r = 2" not in made.module


@pytest.mark.parametrize("index", [3, 4])
def test_what_is_not_python_cannot_be_extracted(index: int) -> None:
    with pytest.raises(CannotExtract):
        Flat(CELLS).part(index)


def test_a_text_without_the_function_is_no_result() -> None:
    flat = Flat(CELLS)
    for text in ("x = (", flat.text):
        with pytest.raises(CannotExtract):
            flat.result(1, flat.part(1), text)
