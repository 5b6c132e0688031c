"""All notebooks on two cores: each in a process of its own, one line when it is done."""

from __future__ import annotations

import json
import platform
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict
from pathlib import Path

from corpus import singles, wholes
from corpus.manifest import HOME, Entry
from corpus.results import NotebookResult, failures, line_of, summary, totals
from tests.proof.notebook_file import read_cells
from tests.proof.session import PRELOAD, Worker, WorkerDied

REPORT, FAILURES = HOME / "report.json", HOME / "failures.md"
#: Bytes that one notebook may use.
MEMORY = 8 << 30


class Kernel:
    """The Python of the kernels, and what identifies its packages."""

    def __init__(self, python: Path, identity: str) -> None:
        self.python = python
        self.identity = identity


def run(
    chosen: Sequence[Entry], kernel: Kernel, processes: int, cells: Sequence[int] | None, report: Path = REPORT
) -> int:
    """Measure the notebooks, print and keep the figures; 1 when something is broken."""
    began = time.monotonic()
    results = measure_all(chosen, lambda entry: measure(entry, kernel, cells), processes)
    figures = totals(results, time.monotonic() - began)
    print(summary(figures), flush=True)
    write(report, kernel, figures, results)
    bad = any(result.problem or result.count("broken") for result in results)
    if bad:
        print(f"what is broken: {report.with_name('failures.md')}")
    return int(bad)


def measure_all(
    chosen: Sequence[Entry], work: Callable[[Entry], NotebookResult], processes: int
) -> list[NotebookResult]:
    """The results in the order of ``chosen``; the shortest notebooks come first."""
    done: dict[str, NotebookResult] = {}
    with ThreadPoolExecutor(processes) as pool:
        order = sorted(chosen, key=lambda entry: entry.seconds)
        for place, future in enumerate(as_completed([pool.submit(work, entry) for entry in order]), 1):
            result = future.result()
            done[result.id] = result
            print(f"{place:3}/{len(chosen)} {line_of(result)}", flush=True)
    return [done[entry.id] for entry in chosen]


def measure(entry: Entry, kernel: Kernel, chosen: Sequence[int] | None) -> NotebookResult:
    """One notebook, in a worker process that serves it alone."""
    began = time.monotonic()
    result = NotebookResult(entry.id, str(entry.path), 0)
    try:
        with Worker(str(kernel.python), PRELOAD, MEMORY) as worker:
            cells = read_cells(entry.path)
            result.cells = singles.measure(entry, cells, worker, kernel.identity, chosen)
            if chosen is None:
                result.whole = wholes.measure(entry, cells, worker, kernel.identity)
    except (WorkerDied, OSError, ValueError) as error:
        result.problem = f"{type(error).__name__}: {error}"
    result.seconds = round(time.monotonic() - began, 1)
    return result


def write(report: Path, kernel: Kernel, figures: dict[str, object], results: Sequence[NotebookResult]) -> None:
    """The report for machines, and what is broken for people."""
    content = {"python": platform.python_version(), "kernel": kernel.identity, "figures": figures}
    report.parent.mkdir(parents=True, exist_ok=True)
    rows = [asdict(result) for result in results]
    report.write_text(json.dumps({**content, "notebooks": rows}, indent=1), encoding="utf-8")
    report.with_name("failures.md").write_text(failures(results), encoding="utf-8", errors="replace")
