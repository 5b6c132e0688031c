"""Each cell that holds logic, exported by itself into a new module, and the notebook run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict

from corpus import cache
from corpus.candidates import candidates
from corpus.manifest import Entry
from corpus.results import ENDLESS, CellResult
from jupyterlab_prodify.api.export import Cell, Refusal
from tests.proof.exported import BrokenPlan, apply
from tests.proof.prove import Export, Proof, planned, prove_each
from tests.proof.session import Worker

#: For all exports of one notebook.
TOTAL_SECONDS = 7200


def measure(
    entry: Entry,
    cells: Sequence[Cell],
    worker: Callable[[], Worker],
    environment: str,
    chosen: Sequence[int] | None = None,
) -> list[CellResult]:
    """The result of each candidate; what is remembered is not run."""
    places = [place for place in candidates(cells) if chosen is None or place in chosen]
    results: dict[int, CellResult] = {}
    keys: dict[int, str] = {}
    for place in places:
        known = _without_running(entry, cells, place, environment)
        if isinstance(known, CellResult):
            results[place] = known
        else:
            keys[place] = known
    proofs = _prove(entry, cells, list(keys), worker)
    for place, proof in proofs.items():
        results[place] = _result(place, cells, proof)
        if results[place].state != "not run" and ENDLESS not in results[place].differences:
            cache.keep(keys[place], asdict(results[place]))
    return [results[place] for place in places]


def patience(entry: Entry) -> float:
    """Seconds for one run of the notebook: far more than it needs on a machine that has other work too."""
    return 300 + 20 * entry.seconds


def _without_running(entry: Entry, cells: Sequence[Cell], place: int, environment: str) -> CellResult | str:
    """The result where it is refused or remembered; else the key under which to remember it."""
    answer = planned(cells, Export((place,)))
    if isinstance(answer, Refusal):
        return _refused(place, cells, answer)
    try:
        exported = apply(cells, answer)
    except BrokenPlan as error:
        return CellResult(place, "broken", source=cells[place].source, differences=[f"the plan is broken: {error}"])
    key = cache.key_of(entry, environment, [place, exported.cells, exported.files, [cell.source for cell in cells]])
    known = cache.recall(key)
    return CellResult(**known) if known else key


def _prove(
    entry: Entry, cells: Sequence[Cell], places: Sequence[int], worker: Callable[[], Worker]
) -> dict[int, Proof]:
    if not places:
        return {}
    proofs = prove_each(
        cells,
        [Export((place,)) for place in places],
        worker(),
        str(entry.folder),
        seconds=patience(entry),
        total_seconds=TOTAL_SECONDS,
        known_unsteady={cells[place].id for place in entry.nondeterministic_cells},
        raising=True,
    )
    return dict(zip(places, proofs, strict=True))


def _refused(place: int, cells: Sequence[Cell], refusal: Refusal) -> CellResult:
    return CellResult(
        place,
        "refused",
        source=cells[place].source,
        code=refusal.code,
        message=refusal.message,
        line=refusal.line,
    )


def _result(place: int, cells: Sequence[Cell], proof: Proof) -> CellResult:
    assert proof.plan
    assert proof.exported
    state = {True: "exported", False: "broken", None: "not run"}[proof.same]
    function = proof.plan.function
    result = CellResult(
        place,
        state,
        params=[param.name for param in function.params],
        returns=function.returns,
        warnings=sorted({warning.code for warning in proof.plan.warnings}),
        differences=proof.differences,
        warnings_differ=proof.warnings_differ,
    )
    if state != "exported":
        by_id = {cell["id"]: cell["source"] for cell in proof.exported.cells}
        result.source = cells[place].source
        result.module = proof.exported.files.get(proof.plan.module, "")
        result.cell_after = by_id.get(cells[place].id, "")
    return result
