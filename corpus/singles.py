"""Each cell that holds logic, exported by itself into a new module, and the notebook run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.candidates import candidates
from corpus.manifest import Entry
from corpus.original import patience
from corpus.results import CellResult
from jupyterlab_prodify.api.export import Cell, Refusal
from tests.proof.prove import Export, Proof, planned, prove_each
from tests.proof.session import Runner

#: For all exports of one notebook.
TOTAL_SECONDS = 7200


def measure(
    entry: Entry, cells: Sequence[Cell], worker: Runner, only_cells: Sequence[int] | None = None
) -> list[CellResult]:
    """The result of each candidate. ``cells`` know which of them raise (see ``corpus.original``)."""
    places = [place for place in candidates(cells) if only_cells is None or place in only_cells]
    exports = [best_export(cells, place) for place in places]
    proofs = prove_each(
        cells,
        exports,
        worker,
        str(entry.folder),
        seconds=patience(entry),
        total_seconds=TOTAL_SECONDS,
        raising=True,
    )
    return [_result(cells, place, export, proof) for place, export, proof in zip(places, exports, proofs, strict=True)]


def best_export(cells: Sequence[Cell], place: int) -> Export:
    """The export of a cell; an offer to pass data to its helpers is taken when that is what it takes."""
    export = Export((place,))
    answer = planned(cells, export)
    if isinstance(answer, Refusal) and answer.offer is not None:
        willing = replace(export, pass_globals=True)
        return export if isinstance(planned(cells, willing), Refusal) else willing
    return export


def _result(cells: Sequence[Cell], place: int, export: Export, proof: Proof) -> CellResult:
    result = CellResult(place, _state(proof), pass_globals=export.pass_globals)
    if proof.refusal:
        result.code, result.message, result.line = proof.refusal.code, proof.refusal.message, proof.refusal.line
    if proof.plan:
        function = proof.plan.function
        result.params, result.returns = [param.name for param in function.params], function.returns
        result.warnings = sorted({warning.code for warning in proof.plan.warnings})
        result.differences, result.warnings_differ = proof.differences, proof.warnings_differ
    if result.state != "exported":
        result.source = cells[place].source
    if proof.plan and proof.exported and result.state != "exported":
        by_id = {cell["id"]: cell["source"] for cell in proof.exported.cells}
        result.module = proof.exported.files.get(proof.plan.module, "")
        result.cell_after = by_id.get(cells[place].id, "")
    return result


def _state(proof: Proof) -> str:
    if proof.refusal:
        return "refused"
    return {True: "exported", False: "broken", None: "not run"}[proof.same]
