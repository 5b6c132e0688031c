"""All logic cells of a notebook exported one after the other into one module, and the notebook run once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field

from corpus import cache
from corpus.candidates import candidates
from corpus.manifest import Entry
from corpus.results import ENDLESS, NOT_RUN, WholeResult
from corpus.singles import patience
from jupyterlab_prodify.api.export import Cell, ExportRequest, Refusal
from jupyterlab_prodify.refactor.export import plan_export
from jupyterlab_prodify.refactor.target import Target
from tests.proof.compare import differences, unsteady_cells
from tests.proof.exported import BrokenPlan, Exported, Source, apply, code_cells
from tests.proof.prove import LANGUAGE, first_difference
from tests.proof.session import CellRun, Variant, Worker

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
    for place in candidates(cells):
        answer = plan_export(_request(chain, cells[place].id), _target(chain))
        if isinstance(answer, Refusal):
            chain.refused[str(place)] = answer.code
            continue
        try:
            exported = apply(chain.cells, answer)
        except BrokenPlan as error:
            chain.problem = f"cell {place}: the plan is broken: {error}"
            return chain
        chain.cells = [Cell(id=cell["id"], source=cell["source"]) for cell in exported.cells]
        chain.module = exported.files.get(answer.module, chain.module)
        chain.exported.append(place)
    return chain


def _request(chain: Chain, cell_id: str) -> ExportRequest:
    return ExportRequest(
        notebook="whole.ipynb", cells=chain.cells, selected=[cell_id], language=LANGUAGE, module=f"{MODULE}.py"
    )


def _target(chain: Chain) -> Target:
    text = chain.module
    known = None if text is None else "sha256:" + hashlib.sha256(text.encode()).hexdigest()
    return Target(path=f"{MODULE}.py", import_name=MODULE, source=text, hash=known)


def measure(entry: Entry, cells: Sequence[Cell], worker: Callable[[], Worker], environment: str) -> WholeResult:
    """Does the notebook that is left show what the original shows? A remembered answer is not run again."""
    chain = export_all(cells)
    after = [Source(id=cell.id, source=cell.source) for cell in chain.cells]
    key = cache.key_of(entry, environment, ["whole", after, chain.module, [cell.source for cell in cells]])
    known = cache.recall(key)
    if known:
        return WholeResult(**{**known, "exported": chain.exported, "refused": chain.refused})
    result = _run(entry, cells, chain, after, worker)
    if not {NOT_RUN, ENDLESS} & set(result.differences):
        cache.keep(key, asdict(result))
    return result


def _run(
    entry: Entry, cells: Sequence[Cell], chain: Chain, after: list[Source], worker: Callable[[], Worker]
) -> WholeResult:
    result = WholeResult("same", chain.exported, chain.refused)
    result.differences = [chain.problem] if chain.problem else _differences(entry, cells, chain, after, worker)
    if result.differences:
        result.state = "broken"
        result.module, result.cells = chain.module or "", [cell.source for cell in chain.cells]
    return result


def _differences(
    entry: Entry, cells: Sequence[Cell], chain: Chain, after: list[Source], worker: Callable[[], Worker]
) -> list[str]:
    originals = code_cells(cells)
    files = {} if chain.module is None else {f"{MODULE}.py": chain.module}
    start = first_difference({cell["id"]: cell["source"] for cell in originals}, Exported(after, [], [], files))
    whole = Variant("whole", start, after[start:], files)
    runs = worker().run(originals, [whole], {}, str(entry.folder), patience(entry))
    before, ran = runs.get(None), runs.get("whole")
    if before is None or ran is None:
        return [ENDLESS if before else NOT_RUN]
    found = differences(before[start:], ran, ())
    if found:
        again = worker().run(originals, [], {}, str(entry.folder), patience(entry)).get(None)
        found = differences(before[start:], ran, (), unsteady=_unsteady(entry, cells, before, again or []))
    return found


def _unsteady(entry: Entry, cells: Sequence[Cell], first: list[CellRun], second: list[CellRun]) -> set[str]:
    return unsteady_cells(first, second) | {cells[place].id for place in entry.nondeterministic_cells}
