"""The corpus through rope and through jedi, on the criterion of ``make corpus``, beside ours.

Their functions come without imports; the module is given all imports of the notebook up to the cell, and nothing else
of it. What was run once is remembered by content; the figures are also written to ``.make/corpus/peers.json``.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.peer_tools import MODULE, Extraction, Flat, Jedi, Rope
from benchmarks.timing import Row, milliseconds, row
from corpus import environment, singles
from corpus.candidates import candidates
from corpus.fetch import fetch
from corpus.gate import Kernel, Workers
from corpus.manifest import HOME, Entry, entries
from corpus.original import patience, with_errors
from corpus.results import percent
from jupyterlab_prodify.api.export import Cell
from tests.proof.compare import Unsteady, differences
from tests.proof.exported import Source, code_cells
from tests.proof.notebook_file import read_cells
from tests.proof.prove import watched
from tests.proof.session import CellRun, Runner, Variant

REPORT = HOME / "peers.json"
OURS, TOOLS = "ours", (Rope, Jedi)
PROCESSES = 2


@dataclass
class Outcome:
    """What became of the cells of one notebook: ``same``, ``broken`` or ``refused`` by position, and how long each
    extraction took."""

    states: dict[int, str] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)


#: By the name of the tool.
Outcomes = dict[str, Outcome]


def rows() -> Iterator[Row]:
    """Latency of each tool and, in the note, how many cells it exports with the same outputs."""
    chosen = entries()
    fetch(chosen)
    environment.prepare(chosen)
    with closing(Workers(Kernel(environment.PYTHON, environment.identity()))) as workers:
        found = measure_all(chosen, workers)
    write(found)
    for name in (OURS, *(tool.name for tool in TOOLS)):
        times = [figure for outcomes in found.values() for figure in outcomes[name].times]
        yield row(f"corpus, one cell, {name}", times, note=quality([outcomes[name] for outcomes in found.values()]))


def quality(outcomes: Sequence[Outcome]) -> str:
    """The figures of one tool in words."""
    states = [state for outcome in outcomes for state in outcome.states.values()]
    same, broken = states.count("same"), states.count("broken")
    return (
        f"same outputs: {same} of {len(states)} cells ({percent(same, len(states))} %), "
        f"{broken} broken, {states.count('refused')} refused"
    )


def write(found: dict[str, Outcomes]) -> None:
    """All outcomes, for machines."""
    content = {key: {name: asdict(outcome) for name, outcome in outcomes.items()} for key, outcomes in found.items()}
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(content, indent=1), encoding="utf-8")


def measure_all(chosen: Sequence[Entry], workers: Workers) -> dict[str, Outcomes]:
    """The outcomes by notebook; prints a line for each."""
    found: dict[str, Outcomes] = {}
    with ThreadPoolExecutor(PROCESSES) as pool:
        order = sorted(chosen, key=lambda entry: entry.seconds)
        jobs = {pool.submit(measure, entry, workers): entry for entry in order}
        for place, job in enumerate(as_completed(jobs), 1):
            entry = jobs[job]
            found[entry.id] = job.result()
            told = "; ".join(f"{name}: {quality([outcome])}" for name, outcome in found[entry.id].items())
            print(f"{place:3}/{len(chosen)} {entry.id:<58} {told}", flush=True)
    return {entry.id: found[entry.id] for entry in chosen}


def measure(entry: Entry, workers: Workers) -> Outcomes:
    """One notebook through every tool."""
    cells = read_cells(entry.path)
    places = candidates(cells)
    with tempfile.TemporaryDirectory() as folder:
        outcomes = {OURS: ours(entry, cells, workers)}
        for tool in TOOLS:
            made, outcome = extract_each(tool, cells, places, Path(folder))
            outcome.states.update(Trial(entry, cells, workers.of(entry)).judge(made))
            outcomes[tool.name] = Outcome(dict(sorted(outcome.states.items())), outcome.times)
    return outcomes


def ours(entry: Entry, cells: Sequence[Cell], workers: Workers) -> Outcome:
    """What ``make corpus`` says of these cells, and the time of each plan."""
    words = {"exported": "same", "broken": "broken", "not run": "broken", "refused": "refused"}
    runner = workers.of(entry)
    cells = with_errors(entry, cells, runner)
    results = singles.measure(entry, cells, runner)
    times = [milliseconds(lambda place=result.cell: singles.best_export(cells, place)) for result in results]
    return Outcome({result.cell: words[result.state] for result in results}, times)


def extract_each(
    kind: type[Rope] | type[Jedi], cells: Sequence[Cell], places: Sequence[int], folder: Path
) -> tuple[dict[int, Extraction], Outcome]:
    """Every cell through one tool: the extractions that it makes, and the cells that it refuses."""
    flat = Flat(cells)
    made: dict[int, Extraction] = {}
    outcome = Outcome()
    with closing(kind(flat, folder)) as tool:
        for place in places:
            began = time.perf_counter()
            try:
                part = flat.part(place)
                text = tool.text(part)
                outcome.times.append((time.perf_counter() - began) * 1000)
                made[place] = flat.result(place, part, text)
            except Exception:  # whatever a tool raises, it has not extracted the cell
                outcome.states[place] = "refused"
    return made, outcome


class Trial:
    """Runs extractions of one notebook: first the extracted cell alone, and where that is the same, all cells."""

    def __init__(self, entry: Entry, cells: Sequence[Cell], worker: Runner) -> None:
        self.entry = entry
        self.worker = worker
        self.cells = cells
        self.originals = code_cells(cells)
        self.order = [cell["id"] for cell in self.originals]

    def judge(self, made: dict[int, Extraction]) -> dict[int, str]:
        """The state of each extraction by its place."""
        again = self._run({}, 0).get(None) or []
        states = dict.fromkeys(made, "broken")
        alone = self._same(made, 1, again)
        states.update(dict.fromkeys(self._same({place: made[place] for place in alone}, None, again), "same"))
        return states

    def _same(self, made: dict[int, Extraction], length: int | None, again: list[CellRun]) -> list[int]:
        """The extractions after which so many cells (None: all) are as in the original."""
        runs = self._run(made, length) if made else {}
        before = runs.get(None) or []
        unsteady = Unsteady()
        unsteady.learn(before, again)
        return [place for place in made if self._is_same(place, before, runs.get(str(place)), unsteady)]

    def _is_same(self, place: int, before: list[CellRun], after: list[CellRun] | None, unsteady: Unsteady) -> bool:
        if not before or not after:
            return False
        start = self.order.index(self.cells[place].id)
        twins = before[start : start + len(after)]
        group = [self.cells[place].id]
        names = watched(self.originals, group)
        if not differences(twins, after, group, names):
            return True
        return not differences(twins, after, group, sorted(set(names) - unsteady.names), unsteady.cells)

    def _run(self, made: dict[int, Extraction], length: int | None) -> dict[str | None, list[CellRun] | None]:
        variants = [self._variant(place, extraction, length) for place, extraction in made.items()]
        watch: dict[str, list[str]] = {}
        for place in made:
            cell_id = self.cells[place].id
            watch[cell_id] = watched(self.originals, [cell_id])
        seconds = patience(self.entry)
        folder = str(self.entry.folder)
        return self.worker.run(self.originals, variants, watch, folder, seconds, singles.TOTAL_SECONDS)

    def _variant(self, place: int, extraction: Extraction, length: int | None) -> Variant:
        cell_id = self.cells[place].id
        start = self.order.index(cell_id)
        cells = [Source(id=cell_id, source=extraction.cell), *self.originals[start + 1 :]][:length]
        watch = {cell_id: watched(self.originals, [cell_id])}
        return Variant(str(place), start, cells, {f"{MODULE}.py": extraction.module}, watch)
