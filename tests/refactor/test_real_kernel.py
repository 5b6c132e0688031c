"""A few worked cases in real kernels, the module beside the notebook as a person has it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.proof.case_file import read_case
from tests.proof.exported import apply, code_cells
from tests.proof.kernels import prove_in_kernel
from tests.proof.prove import Export, planned

CASES = Path(__file__).parents[1] / "cases" / "export"
CHOSEN = (
    "show_figure_axes",
    "magic_time_shown",
    "async_for_and_gather",
    "dataframe_shown_as_html",
    "later_reads_in_magic",
)


@pytest.mark.slow
@pytest.mark.parametrize("name", CHOSEN)
def test_case_in_a_kernel(name: str, tmp_path: Path) -> None:
    case = read_case(CASES / f"{name}.py")
    plan = planned(case.cells, Export(tuple(case.export), case.lines))
    exported = apply(case.cells, plan)
    selected = [case.cells[index].id for index in case.export]
    environment = {**os.environ, "IPYTHONDIR": str(tmp_path / "ipython")}
    assert prove_in_kernel(code_cells(case.cells), exported, selected, tmp_path, environment) == []
