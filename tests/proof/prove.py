"""Prove exports by execution.

``prove(cells, export)`` plans the export and runs the notebook before and after it. ``prove_each`` does so for many
exports of one notebook, which runs once: each export costs only the cells from its first difference on.
"""

from __future__ import annotations

import atexit
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from jupyterlab_prodify.api.export import Cell, ExportRequest, LineRange, LiveType, Plan, Refusal
from jupyterlab_prodify.refactor.export import plan_export
from jupyterlab_prodify.refactor.target import Target
from tests.proof.compare import MOST_TURNS, Unsteady, Wavering, differences, warnings_differ
from tests.proof.exported import BrokenPlan, Exported, added_lines, apply, code_cells
from tests.proof.reads import later_reads
from tests.proof.session import PRELOAD, CellRun, Runner, Variant, Worker
from tests.proof.weaken import without_param, without_return

MODULE = "proved_module"
LANGUAGE = "python"
#: Said of a run that died or took too long: the original's, and that of the exported notebook.
NOT_RUN, ENDLESS = "the original could not be run", "the exported notebook did not come to its end"
_BIG = re.compile(r"\b(?:numpy|pandas|matplotlib|sklearn|statsmodels|seaborn|plt)\b")


@dataclass(frozen=True)
class Weakening:
    """The export without one parameter or one returned name; ``same`` when it was not needed."""

    name: str
    same: bool


@dataclass
class Proof:
    """``same`` is True when the exported notebook does what the original does; None when there is nothing to compare
    because the export was refused or the original could not be run."""

    selected: list[str]
    same: bool | None
    differences: list[str] = field(default_factory=list)
    plan: Plan | None = None
    refusal: Refusal | None = None
    exported: Exported | None = None
    warnings_differ: bool = False
    weakenings: list[Weakening] = field(default_factory=list)

    def describe(self) -> str:
        """The module and the cells after the export."""
        if not self.exported or not self.plan:
            return str(self)
        cells = "\n\n".join(f"# %% {cell['id']}\n{cell['source']}" for cell in self.exported.cells)
        return f"{self.exported.files.get(self.plan.module, '')}\n{cells}"

    def __str__(self) -> str:
        if self.refusal:
            return f"refused: {self.refusal.code} (line {self.refusal.line}): {self.refusal.message}"
        return "same" if self.same else "\n".join(self.differences)


@dataclass(frozen=True)
class Export:
    """What to export: positions among all cells, and lines when it is a part of one cell. ``types`` are what a kernel
    tells of its values. With ``pass_globals`` helpers may get the notebook's data as parameters."""

    cells: tuple[int, ...]
    lines: tuple[int, int] | None = None
    name: str | None = None
    types: dict[str, LiveType] | None = field(default=None, hash=False)
    pass_globals: bool = False


def as_cells(cells: Sequence[Cell | str]) -> list[Cell]:
    """Texts become code cells with made-up ids."""
    return [cell if isinstance(cell, Cell) else Cell(id=f"c{i}", source=cell) for i, cell in enumerate(cells)]


def planned(cells: Sequence[Cell], export: Export) -> Plan | Refusal:
    """Ask the engine for the export into a new module."""
    request = ExportRequest(
        notebook="proof.ipynb",
        cells=list(cells),
        selected=[cells[index].id for index in export.cells],
        lines=LineRange(*export.lines) if export.lines else None,
        language=LANGUAGE,
        module=f"{MODULE}.py",
        name=export.name,
        types=export.types,
        pass_globals=export.pass_globals,
    )
    return plan_export(request, Target(path=f"{MODULE}.py", import_name=MODULE))


def prove(
    cells: Sequence[Cell | str],
    export: Sequence[int],
    lines: tuple[int, int] | None = None,
    name: str | None = None,
    worker: Worker | None = None,
) -> Proof:
    """Export and run both notebooks from the start."""
    wanted = Export(tuple(export), lines, name)
    real = as_cells(cells)
    return prove_each(real, [wanted], worker or worker_for(real), exact=True)[0]


def worker_for(cells: Sequence[Cell]) -> Worker:
    """A shared worker that has the big libraries loaded if the notebook uses them."""
    return shared_worker(any(_BIG.search(cell.source) for cell in cells))


@functools.cache
def shared_worker(big: bool) -> Worker:
    """One worker of each kind for the whole process."""
    worker = Worker(preload=(*PRELOAD, "sklearn.linear_model", "statsmodels.formula.api") if big else ())
    atexit.register(worker.close)
    return worker


def prove_each(
    cells: Sequence[Cell],
    exports: Sequence[Export],
    worker: Runner,
    folder: str | None = None,
    exact: bool = False,
    seconds: float = 60,
    total_seconds: float = 3600,
    weaken: bool = False,
    raising: bool = False,
) -> list[Proof]:
    """Prove each export of one notebook by itself.

    ``exact`` runs each variant from its first edited cell on; otherwise lines that were only added to earlier cells
    (the import) run right before the exported cell, which is much faster in long notebooks. ``weaken`` also runs each export without any one of its parameters and
    returned names. With ``raising`` a cell that raises in the original has to raise the same when it is exported, and
    what it had bound by then counts; otherwise nothing is said of it.
    """
    proofs = [_plan(cells, export) for export in exports]
    variants = [variant(str(place), cells, proof, exact) for place, proof in enumerate(proofs) if proof.exported]
    originals = code_cells(cells)
    weaker = [weakened(str(place), cells, proof) for place, proof in enumerate(proofs)] if weaken else []
    variants += [less for found in weaker for less in found.values()]
    watch: dict[str, list[str]] = {}
    for proof in proofs:
        for cell_id in (last_of_group(originals, proof.selected), originals[-1]["id"] if originals else ""):
            watch[cell_id] = sorted({*watch.get(cell_id, []), *watched(originals, proof.selected)})
    runs = worker.run(originals, variants, watch, folder, seconds, total_seconds)
    before = runs.get(None)
    for place, proof in enumerate(proofs):
        if proof.exported:
            _judge(proof, before, runs.get(str(place)), watched(originals, proof.selected), raising=raising)
    for proof, found in zip(proofs, weaker, strict=False):
        for name, less in found.items():
            judged = Proof(proof.selected, None, plan=proof.plan, exported=proof.exported)
            _judge(judged, before, runs.get(less.key), watched(originals, proof.selected))
            proof.weakenings.append(Weakening(name, judged.same is not False))
    unsteady = Unsteady()
    for turn in range(MOST_TURNS):
        differing = [(str(n), proof) for n, proof in enumerate(proofs) if proof.same is False and proof.exported]
        if before is None or not any(runs.get(key) for key, _ in differing):
            break
        again = worker.run(originals, [], watch, folder, seconds, total_seconds, turn).get(None)
        if again is None:
            break
        if unsteady.learn(before, again):
            for key, proof in differing:
                names = set(watched(originals, proof.selected)) - unsteady.names
                _judge(proof, before, runs.get(key), sorted(names), unsteady.cells, raising)
    return proofs


def _plan(cells: Sequence[Cell], export: Export) -> Proof:
    selected = [cells[index].id for index in export.cells]
    answer = planned(cells, export)
    if isinstance(answer, Refusal):
        return Proof(selected, None, refusal=answer)
    try:
        return Proof(selected, None, plan=answer, exported=apply(cells, answer))
    except BrokenPlan as error:
        return Proof(selected, False, [f"the plan is broken: {error}"], plan=answer)


def weakened(key: str, cells: Sequence[Cell], proof: Proof) -> dict[str, Variant]:
    """One variant for each parameter and each returned name that is taken away."""
    if not proof.exported or not proof.plan:
        return {}
    plan, function = proof.plan, proof.plan.function
    less = {param.name: without_param(proof.exported, plan, param.name) for param in function.params}
    less.update({name: without_return(proof.exported, plan, name) for name in function.returns if name not in less})
    both = [name for name in function.returns if name in {param.name for param in function.params}]
    less.update({f"{name} (returned)": without_return(proof.exported, plan, name) for name in both})
    return {
        name: variant(f"{key} without {name}", cells, replace(proof, exported=exported), exact=True)
        for name, exported in less.items()
    }


def variant(key: str, cells: Sequence[Cell], proof: Proof, exact: bool) -> Variant:
    """The exported notebook from its first difference on; with the added lines of earlier cells put in front when
    that is allowed and enough."""
    assert proof.exported
    originals = {cell["id"]: cell["source"] for cell in code_cells(cells)}
    order = list(originals)
    first = first_difference(originals, proof.exported)
    prelude = None
    if not exact:
        begin = min((order.index(cell_id) for cell_id in proof.selected if cell_id in originals), default=first)
        prelude = _prelude(originals, order[:begin], proof.exported)
        first = begin if prelude is not None else first
    rest = _from(proof.exported, order[:first], early=prelude is not None, kept=order[first:])
    names = watched(code_cells(cells), proof.selected)
    marked = {*proof.selected, *proof.exported.inserted, order[-1]}
    watch = {cell["id"]: names for cell in rest if cell["id"] in marked}
    return Variant(key, first, rest, proof.exported.files, watch, prelude or None)


def first_difference(originals: dict[str, str], exported: Exported) -> int:
    """How many cells at the beginning are as they were."""
    for place, (cell_id, cell) in enumerate(zip(originals, exported.cells, strict=False)):
        if cell["id"] != cell_id or cell["source"] != originals[cell_id]:
            return place
    return min(len(originals), len(exported.cells))


def _prelude(originals: dict[str, str], early: Sequence[str], exported: Exported) -> str | None:
    """What the export adds to the first cells; None where it does more than add."""
    texts = []
    by_id = {cell["id"]: cell["source"] for cell in exported.cells}
    if any(cell_id not in by_id for cell_id in early):
        return None
    seen = 0
    for cell in exported.cells:
        if cell["id"] in originals:
            if cell["id"] not in early:
                break
            seen += 1
            added = added_lines(originals[cell["id"]], cell["source"])
            if added is None:
                return None
            texts.append(added)
        elif seen < len(early):
            texts.append(cell["source"])
    return "\n".join(text for text in texts if text.strip())


def _from(exported: Exported, before: Sequence[str], early: bool, kept: Sequence[str]) -> list[dict[str, str]]:
    """The exported cells after those of ``before``; new cells among the early ones were run as the prelude."""
    if not early:
        return exported.cells[len(before) :]
    places = [place for place, cell in enumerate(exported.cells) if cell["id"] in before]
    return exported.cells[places[-1] + 1 if places else 0 :]


def last_of_group(cells: Sequence[dict[str, str]], group: Sequence[str]) -> str:
    """The last exported cell."""
    return next((cell["id"] for cell in reversed(cells) if cell["id"] in group), "")


def watched(cells: Sequence[dict[str, str]], group: Sequence[str]) -> list[str]:
    """Names that the cells after the exported ones read."""
    last = last_of_group(cells, group)
    place = [cell["id"] for cell in cells].index(last) if last else len(cells)
    return sorted(later_reads([cell["source"] for cell in cells[place + 1 :]]))


def _judge(
    proof: Proof,
    before: list[CellRun] | None,
    after: list[CellRun] | None,
    names: Sequence[str],
    unsteady: Wavering | None = None,
    raising: bool = False,
) -> None:
    if before is None:
        proof.differences = [NOT_RUN]
        return
    failing = [cell.error[0] for cell in before if cell.error and cell.id in proof.selected]
    if failing and not raising:
        proof.same, proof.differences = None, [f"the exported cell raises {failing[0]} in the original"]
        return
    if after is None:
        proof.same, proof.differences = False, [ENDLESS]
        return
    if after and after[0].id == "prelude":
        proof.same, proof.differences = False, [f"import: {after[0].error}"]
        return
    skipped = [cell for cell in before if cell.id not in {c.id for c in after} and cell.id not in proof.selected]
    proof.differences = differences(
        [cell for cell in before if cell not in skipped or not _before_start(cell, before, after)],
        after,
        proof.selected,
        names,
        unsteady,
    )
    proof.same = not proof.differences
    proof.warnings_differ = warnings_differ(before[-len(after) :], after)


def _before_start(cell: CellRun, before: list[CellRun], after: list[CellRun]) -> bool:
    """Did the variant start after this cell?"""
    order = [known.id for known in before]
    starts = [order.index(run.id) for run in after if run.id in order]
    return not starts or order.index(cell.id) < min(starts)
