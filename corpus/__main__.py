"""``python -m corpus [N] [--notebook TEXT] [--cell N]``: the gate on all notebooks, on a sample of N, or on some."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus import environment, gate, verdict
from corpus.fetch import NotFetched, fetch
from corpus.manifest import HOME, Entry, entries, sample
from scripts.prepare import Stop


def main(arguments: Sequence[str] | None = None) -> int:
    """Fetch and install what is missing, then measure; the answer is the exit code."""
    options = _options(arguments)
    chosen, report = choose(options.size, options.notebook)
    report = report.with_stem("-".join([report.stem, *(options.only or [])]))
    if not chosen:
        print("There is no such notebook in the corpus.", file=sys.stderr)
        return 2
    try:
        fetch(chosen)
        environment.prepare(chosen)
    except (NotFetched, Stop) as stop:
        print(stop, file=sys.stderr)
        return 1
    kernel = gate.Kernel(environment.PYTHON, environment.identity())
    parts = options.only or ([gate.SINGLES] if options.cell else gate.PARTS)
    return gate.run(
        chosen,
        kernel,
        options.processes,
        report,
        expected=verdict.read(),
        expect=options.expect,
        only_cells=options.cell,
        parts=parts,
    )


def choose(size: int | None, parts: Sequence[str] | None) -> tuple[tuple[Entry, ...], Path]:
    """The notebooks, and where the report goes: that of all notebooks is not overwritten by that of a few."""
    if parts:
        return tuple(entry for entry in entries() if any(part in entry.id for part in parts)), HOME / "report-some.json"
    if size is not None and size < len(entries()):
        return sample(size), HOME / f"report-{size}.json"
    return entries(), HOME / "report.json"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m corpus", description="Exports on real notebooks, proved by running."
    )
    parser.add_argument("size", type=int, nargs="?", help="a fixed sample of so many notebooks (default: all)")
    parser.add_argument("--notebook", action="append", help="part of a notebook's id; may be given again")
    parser.add_argument("--cell", type=int, action="append", help="only this cell, counted from 0 among all cells")
    parser.add_argument("--only", choices=gate.PARTS, action="append", help="one of the two measures")
    parser.add_argument("--expect", action="store_true", help="expect from now on what these notebooks reach now")
    parser.add_argument("--processes", type=int, default=2, help="notebooks that run at the same time (default: 2)")
    options = parser.parse_args(arguments)
    if options.expect and (options.cell or options.only):
        parser.error("--expect needs all cells and both measures")
    return options


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        os._exit(130)  # the threads wait for notebooks that are still running
