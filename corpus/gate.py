"""All notebooks on two cores: each in a process of its own, one line when it is done."""

from __future__ import annotations

import json
import platform
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus import singles, verdict, wholes
from corpus.manifest import Entry, entries
from corpus.original import with_errors
from corpus.remembered import RememberedWorker
from corpus.results import NotebookResult, failures, line_of, summary, totals
from tests.proof.notebook_file import read_cells
from tests.proof.session import PRELOAD, Worker, WorkerDied

#: Bytes that one notebook may use.
MEMORY = 8 << 30
PARTS = WHOLES, SINGLES = "wholes", "singles"


@dataclass(frozen=True)
class Kernel:
    """The Python of the kernels, and what identifies its packages."""

    python: Path
    identity: str


class Workers:
    """A worker for each thread, started when it is first asked for: where all is remembered there is nothing to run.

    It serves one notebook after the other, each in processes that are forked from it.
    """

    def __init__(self, kernel: Kernel) -> None:
        self.identity = kernel.identity
        self._python = kernel.python
        self._of_thread = threading.local()
        self._started: list[Worker] = []

    def __call__(self) -> Worker:
        worker: Worker | None = getattr(self._of_thread, "worker", None)
        if worker is None:
            worker = self._of_thread.worker = Worker(str(self._python), PRELOAD, MEMORY)
            self._started.append(worker)
        return worker

    def of(self, entry: Entry) -> RememberedWorker:
        """A worker for one notebook that remembers."""
        return RememberedWorker(entry, self.identity, self)

    def replace(self) -> None:
        """The worker of this thread has died: the next notebook gets another one."""
        self._of_thread.worker = None

    def close(self) -> None:
        """End all workers."""
        for worker in self._started:
            worker.close()


def run(
    chosen: Sequence[Entry],
    kernel: Kernel,
    processes: int,
    report: Path,
    expected: Mapping[str, verdict.Counts] | None = None,
    expect: bool = False,
    **limits: Any,
) -> int:
    """Measure the notebooks, print and keep the figures and the verdict; 1 when the gate is not passed.

    ``expected`` is what the notebooks reached before; with ``expect`` what they reach now is expected from now on.
    ``limits`` are for ``measure``.
    """
    began = time.monotonic()
    results: list[NotebookResult] = []
    with closing(Workers(kernel)) as workers:
        for result in measure_all(chosen, lambda entry: measure(entry, workers, **limits), processes):
            results.append(result)
            print(f"{len(results):3}/{len(chosen)} {line_of(result)}", flush=True)
            figures = totals(results, time.monotonic() - began)
            write(report, kernel, figures, in_order(results, chosen), None)
    results = in_order(results, chosen)
    all_cells = not limits.get("only_cells")
    found = verdict.faults(
        results, (expected or {}) if all_cells and not expect else {}, all_cells and len(chosen) == len(entries())
    )
    write(report, kernel, figures, results, found)
    print(summary(figures), flush=True)
    print(told(found, verdict.better(results, expected or {}) if all_cells else [], report), flush=True)
    if expect and not found:
        verdict.write(results)
    return int(bool(found))


def told(found: Sequence[str], better: Sequence[str], report: Path) -> str:
    """The verdict for people."""
    if not found:
        more = f"; more than expected of {', '.join(better)}: run with --expect to expect it" if better else ""
        return f"verdict     passed{more}"
    lines = [f"verdict     NOT PASSED; see {failures_of(report)}", *(f"            - {line}" for line in found)]
    return "\n".join(lines)


def measure_all(
    chosen: Sequence[Entry], work: Callable[[Entry], NotebookResult], processes: int
) -> Iterator[NotebookResult]:
    """The results as they come; the shortest notebooks come first."""
    with ThreadPoolExecutor(processes) as pool:
        order = sorted(chosen, key=lambda entry: entry.seconds)
        for future in as_completed([pool.submit(work, entry) for entry in order]):
            yield future.result()


def in_order(results: Sequence[NotebookResult], chosen: Sequence[Entry]) -> list[NotebookResult]:
    """The results in the order of the corpus."""
    ranks = {entry.id: rank for rank, entry in enumerate(chosen)}
    return sorted(results, key=lambda result: ranks[result.id])


def measure(
    entry: Entry, workers: Workers, only_cells: Sequence[int] | None = None, parts: Sequence[str] = PARTS
) -> NotebookResult:
    """One notebook; ``only_cells`` are those to export singly."""
    began = time.monotonic()
    result = NotebookResult(entry.id, str(entry.path), 0)
    try:
        runner = workers.of(entry)
        cells = with_errors(entry, read_cells(entry.path), runner)
        if WHOLES in parts:
            result.whole = wholes.measure(entry, cells, runner)
        if SINGLES in parts:
            result.cells = singles.measure(entry, cells, runner, only_cells)
    except (WorkerDied, OSError, ValueError) as error:
        workers.replace()
        result.problem = f"{type(error).__name__}: {error}"
    result.seconds = round(time.monotonic() - began, 1)
    return result


def failures_of(report: Path) -> Path:
    """Where people read what is broken: beside the report."""
    return report.with_name(report.stem.replace("report", "failures") + ".md")


def write(
    report: Path,
    kernel: Kernel,
    figures: dict[str, object],
    results: Sequence[NotebookResult],
    found: Sequence[str] | None,
) -> None:
    """The report for machines, and what is broken for people. ``found`` are the faults, None while it runs."""
    content = {"python": platform.python_version(), "kernel": kernel.identity, "figures": figures, "faults": found}
    report.parent.mkdir(parents=True, exist_ok=True)
    rows = [asdict(result) for result in results]
    report.write_text(json.dumps({**content, "notebooks": rows}, indent=1), encoding="utf-8")
    failures_of(report).write_text(failures(results), encoding="utf-8", errors="replace")
