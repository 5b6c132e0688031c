"""The worked cases once more, with the types that a kernel tells when the notebook has run: the outputs stay the same."""

from __future__ import annotations

import ast
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from jupyterlab_prodify.api.export import Cell, LiveType, Plan
from scripts.kernel_code import question
from tests.proof.case_file import read_case
from tests.proof.exported import code_cells
from tests.proof.prove import Export, planned, prove_each, worker_for

CASES = sorted(Path(__file__).parents[1].joinpath("cases", "export").glob("*.py"))
#: ``PRODIFY_ALL_ANNOTATED=1`` takes all of them, which needs some minutes.
CHOSEN = CASES if os.environ.get("PRODIFY_ALL_ANNOTATED") else CASES[::8]


def types_after(cells: Sequence[Cell], names: Sequence[str]) -> dict[str, LiveType]:
    """What the kernel of the notebook tells once all cells have run."""
    probe = {"id": "probe", "source": question(names)}
    run = worker_for(cells).run([*code_cells(cells), probe], [], {})[None]
    shown = run[-1].outputs[-1]["data"]["text/plain"] if run and run[-1].outputs else "'{}'"
    return msgspec.json.decode(ast.literal_eval(shown), type=dict[str, LiveType])


@pytest.mark.parametrize("path", CHOSEN, ids=lambda path: path.stem)
def test_annotated(path: Path) -> None:
    case = read_case(path)
    cells = [msgspec.structs.replace(cell, execution_count=place + 1) for place, cell in enumerate(case.cells)]
    bare = planned(cells, Export(tuple(case.export), case.lines))
    if not isinstance(bare, Plan) or not bare.function.params:
        return
    types = types_after(cells, [param.source for param in bare.function.params])
    proof = prove_each(cells, [Export(tuple(case.export), case.lines, types=types)], worker_for(cells), exact=True)[0]
    assert proof.plan is not None, str(proof)
    assert [param.source for param in proof.plan.function.params] == [param.source for param in bare.function.params]
    assert proof.same is not False, f"{proof}\n{proof.describe()}"
    again = planned(cells, Export(tuple(case.export), case.lines))
    assert again == bare
