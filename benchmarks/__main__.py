"""``python -m benchmarks [--only NAME] [--json FILE]``: print the table, keep the figures in benchmarks/results/."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path

from benchmarks import data, frontend, long_notebook, one_cell, peers, pipeline, server_start
from benchmarks.timing import Row

PARTS = {
    "one_cell": one_cell,
    "long_notebook": long_notebook,
    "server_start": server_start,
    "frontend": frontend,
    "data": data,
    "pipeline": pipeline,
}
#: Runs for an hour or more the first time, and therefore only when it is asked for.
ON_REQUEST = {"peers": peers}
RESULTS = Path(__file__).with_name("results")


def line(row: Row) -> str:
    """One line of the table."""
    figure = "-" if row.median is None else f"{row.median:.2f}"
    p95 = "" if row.p95 is None else f"{row.p95:.2f}"
    verdict = {True: "ok", False: "OVER", None: ""}[row.holds]
    return f"{row.what:<62} {figure:>9} {p95:>9} {row.unit:<3} {row.limit:>8} {verdict:<5} {row.note}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, keep. Exit 0 whatever the figures are: they depend on the machine."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure what has to be fast.")
    parser.add_argument("--only", choices=sorted({*PARTS, *ON_REQUEST}), action="append")
    parser.add_argument("--json", type=Path, help="where the figures go (default: benchmarks/results/)")
    options = parser.parse_args(arguments)
    print(f"{'':<62} {'median':>9} {'p95':>9} {'':<3} {'limit':>8}")
    rows: list[Row] = []
    for name in options.only or PARTS:
        for row in (PARTS | ON_REQUEST)[name].rows():
            print(line(row), flush=True)
            rows.append(row)
    now = datetime.now(timezone.utc)
    target = options.json or RESULTS / f"{now:%Y%m%d-%H%M%S}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    machine = {"python": platform.python_version(), "machine": platform.machine(), "system": platform.system()}
    target.write_text(
        json.dumps(
            {"at": now.isoformat(timespec="seconds"), **machine, "rows": [row.as_json() for row in rows]}, indent=1
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
