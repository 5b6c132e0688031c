"""All logic cells of a notebook exported one after the other into one module, and the notebook run once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.candidates import candidates
from corpus.manifest import Entry
from corpus.original import patience
from corpus.results import WholeResult
from jupyterlab_prodify.api.export import Cell, ExportRequest, Plan, Refusal
from jupyterlab_prodify.refactor.export import plan_export
from jupyterlab_prodify.refactor.target import Target
from tests.proof.compare import MOST_TURNS, Unsteady, differences
from tests.proof.exported import BrokenPlan, Exported, Source, apply, code_cells
from tests.proof.prove import ENDLESS, LANGUAGE, NOT_RUN, first_difference
from tests.proof.session import Runner, Variant

MODULE = "whole_module"


@dataclass
class Chain:
    """The notebook as all exports left it. ``refused`` maps positions to codes; ``problem`` ends the chain."""

    cells: list[Cell]
    module: str | None = None
    exported: list[int] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    problem: str = ""


def export_all(cells: Sequence[Cell]) -> Chain:
    """Export each logic cell from the notebook that the exports before it left; refused cells stay."""
    chain = Chain([cell for cell in cells if cell.cell_type == "code"])
    errors = {cell.id: cell.error for cell in chain.cells}
    for place in candidates(cells):
        answer = _plan(chain, cells[place].id)
        if isinstance(answer, Refusal):
            chain.refused[str(place)] = answer.code
            continue
        try:
            exported = apply(chain.cells, answer)
        except BrokenPlan as error:
            chain.problem = f"cell {place}: the plan is broken: {error}"
            return chain
        chain.cells = [Cell(cell["id"], cell["source"], error=errors.get(cell["id"])) for cell in exported.cells]
        chain.module = exported.files.get(answer.module, chain.module)
        chain.exported.append(place)
    return chain


def _plan(chain: Chain, cell_id: str) -> Plan | Refusal:
    """The plan, with data passed to helpers where that is offered."""
    answer = plan_export(_request(chain, cell_id, False), _target(chain))
    if isinstance(answer, Refusal) and answer.offer is not None:
        willing = plan_export(_request(chain, cell_id, True), _target(chain))
        return answer if isinstance(willing, Refusal) else willing
    return answer


def _request(chain: Chain, cell_id: str, pass_globals: bool) -> ExportRequest:
    return ExportRequest(
        notebook="whole.ipynb",
        cells=chain.cells,
        selected=[cell_id],
        language=LANGUAGE,
        module=f"{MODULE}.py",
        pass_globals=pass_globals,
    )


def _target(chain: Chain) -> Target:
    text = chain.module
    known = None if text is None else "sha256:" + hashlib.sha256(text.encode()).hexdigest()
    return Target(path=f"{MODULE}.py", import_name=MODULE, source=text, hash=known)


def measure(entry: Entry, cells: Sequence[Cell], worker: Runner) -> WholeResult:
    """Does the notebook that is left show what the original shows? ``cells`` know which of them raise (see
    ``corpus.original``)."""
    chain = export_all(cells)
    result = WholeResult("same", chain.exported, chain.refused)
    result.differences = [chain.problem] if chain.problem else _differences(entry, cells, chain, worker)
    if result.differences:
        result.state = "not run" if NOT_RUN in result.differences else "broken"
        result.module, result.cells = chain.module or "", [cell.source for cell in chain.cells]
    return result


def _differences(entry: Entry, cells: Sequence[Cell], chain: Chain, worker: Runner) -> list[str]:
    originals = code_cells(cells)
    after = [Source(id=cell.id, source=cell.source) for cell in chain.cells]
    files = {} if chain.module is None else {f"{MODULE}.py": chain.module}
    start = first_difference({cell["id"]: cell["source"] for cell in originals}, Exported(after, [], [], files))
    whole = Variant("whole", start, after[start:], files)
    runs = worker.run(originals, [whole], {}, str(entry.folder), patience(entry))
    before, ran = runs.get(None), runs.get("whole")
    if before is None or ran is None:
        return [ENDLESS if before else NOT_RUN]
    found = differences(before[start:], ran, ())
    unsteady = Unsteady()
    for turn in range(MOST_TURNS):
        if not found:
            break
        again = worker.run(originals, [], {}, str(entry.folder), patience(entry), turn=turn).get(None)
        if again is None:
            break
        if unsteady.learn(before, again):
            found = differences(before[start:], ran, (), unsteady=unsteady.cells)
    return found
