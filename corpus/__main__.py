"""``python -m corpus [N] [--notebook TEXT] [--cell N]``: the gate on all notebooks, on a sample of N, or on some."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from corpus import gate
from corpus.environment import PYTHON, identity
from corpus.manifest import HOME, entries


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; the answer is the exit code."""
    parser = argparse.ArgumentParser(prog="python -m corpus")
    parser.add_argument("--notebook", action="append", help="part of a notebook's id; may be given again")
    parser.add_argument("--cell", type=int, action="append", help="only this cell, counted from 0 among all cells")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args(arguments)
    chosen = [entry for entry in entries() if entry.path.exists()]
    report = gate.REPORT
    if options.notebook:
        chosen = [entry for entry in chosen if any(part in entry.id for part in options.notebook)]
        report = HOME / "some" / "report.json"
    kernel = gate.Kernel(PYTHON, identity())
    return gate.run(chosen, kernel, options.processes, options.cell, report)


if __name__ == "__main__":
    sys.exit(main())
