"""Size of the frontend's bundle, and the time from the click to the diff as the browser tests measured it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import Row, row
from scripts.bundle_size import at_start, sizes

ROOT = Path(__file__).parents[1]
BUNDLE = ROOT / "jupyterlab_prodify" / "labextension" / "static"
CLICKS = ROOT / "ui-tests" / "outputs" / "click_to_diff.json"
LIMIT_KB = 250


def rows() -> Iterator[Row]:
    """Bundle and click, as far as they are there."""
    yield bundle()
    yield clicks()


def bundle() -> Row:
    """JavaScript that every start loads; what JupyterLab shares is not in it."""
    files = at_start(BUNDLE.parent)
    if not files:
        return Row("frontend bundle", None, unit="kB", limit=str(LIMIT_KB), note="not built (make build)")
    size = sum(files.values()) / 1000
    maps = any(BUNDLE.glob("*.map"))
    note = f"{sum(sizes(BUNDLE.parent).values()) / 1000:.0f} kB with all dialogs, which load on first use" + (
        "; a development build: build for production to compare" if maps else ""
    )
    return Row("frontend bundle", round(size, 1), unit="kB", limit=str(LIMIT_KB), holds=size <= LIMIT_KB, note=note)


def clicks() -> Row:
    """Milliseconds from the click to the diff: a list of figures, or an object that holds one."""
    what = "click to diff in the browser"
    if not CLICKS.exists():
        return row(what, [], note="not measured (make test writes it)")
    found = json.loads(CLICKS.read_text(encoding="utf-8"))
    lists = [found] if isinstance(found, list) else [value for value in found.values() if isinstance(value, list)]
    single = (
        [float(value) for value in found.values() if isinstance(value, int | float)] if isinstance(found, dict) else []
    )
    return row(what, [float(figure) for figure in lists[0]] if lists else single[:1], 300)
