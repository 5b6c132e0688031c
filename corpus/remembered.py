"""Runs remembered by content: what would run in the same way is not run again.

What is kept is what the cells showed, not a verdict: a change in how runs are compared costs no run.
"""

from __future__ import annotations

import ast
import gzip
import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any

from corpus.manifest import HOME, Entry
from tests.proof import session
from tests.proof.session import CellRun, Variant, Worker

FOLDER = HOME / "runs"
#: The parts of the harness that decide what a run records.
RECORDERS = ("worker", "fingerprint")
#: Dates as libraries print them into their tables.
DATES = ("%Y-%m-%d", "%a, %d %b %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%d/%m/%Y", "%m/%d/%Y")

#: The id of the cell that runs right before a variant.
PRELUDE = "prelude"

Run = list[CellRun]


class RememberedWorker:
    """Has the interface of a worker for one notebook. A worker is asked only for runs that are not known.

    Of the original there are several runs: the one beside the variants, and, when it is asked for alone, others that
    tell what differs by itself. A variant that died is run once more from the first cell on: libraries that have
    started threads do not survive a fork. Runs that died again or took too long are not remembered.
    """

    def __init__(self, entry: Entry, environment: str, worker: Callable[[], Worker]) -> None:
        self._entry = entry
        self._environment = environment
        self._worker = worker

    def run(
        self,
        cells: Sequence[dict[str, str]],
        variants: Sequence[Variant],
        watch: dict[str, list[str]],
        folder: str | None = None,
        seconds: float = 60,
        total_seconds: float = 3600,
        turn: int = 0,
    ) -> dict[str | None, Run | None]:
        """The run of the original under None and of each variant under its key; None for a run that died. Of the
        original alone there is one run for each ``turn``."""
        keys: dict[str | None, str] = {
            variant.key: self._key(cells, {**asdict(variant), "key": ""}) for variant in variants
        }
        keys[None] = self._key(cells, ["beside" if variants else "alone", watch, *([turn] if turn else [])])
        runs: dict[str | None, Run | None] = {
            name: known for name, key in keys.items() if (known := recall(key)) is not None
        }
        missing = [variant for variant in variants if variant.key not in runs]
        if missing or None not in runs:
            made = self._run(cells, missing, watch, folder, seconds, total_seconds)
            for name in keys.keys() - runs.keys():
                runs[name] = ran = _without_date(made.get(name))
                if ran is not None:
                    keep(keys[name], ran)
        return runs

    def original(self, cells: Sequence[dict[str, str]], folder: str, seconds: float) -> Run | None:
        """A run of the original, whichever is known; None where it died."""
        known = recall(self._key(cells, ["beside", {}]))
        return known if known is not None else self.run(cells, [], {}, folder, seconds).get(None)

    def _run(
        self,
        cells: Sequence[dict[str, str]],
        variants: Sequence[Variant],
        watch: dict[str, list[str]],
        *place_and_time: Any,
    ) -> dict[str | None, Run | None]:
        runs = self._worker().run(cells, variants, watch, *place_and_time)
        died = [variant for variant in variants if runs.get(variant.key) is None]
        if died:
            longer = [from_the_first_cell(cells, variant) for variant in died]
            again = self._worker().run(cells, longer, watch, *place_and_time)
            runs.update({variant.key: part_of(again.get(variant.key), variant) for variant in died})
        return runs

    def _key(self, cells: Sequence[dict[str, str]], content: object) -> str:
        entry = self._entry
        files = sorted((file.path, file.sha256) for file in entry.files)
        return key_of([harness(), self._environment, entry.notebook, files, list(cells), content])


def from_the_first_cell(cells: Sequence[dict[str, str]], variant: Variant) -> Variant:
    """The same variant with all cells before it."""
    prelude = [{"id": PRELUDE, "source": variant.prelude}] if variant.prelude else []
    return replace(variant, start=0, cells=[*cells[: variant.start], *prelude, *variant.cells], prelude=None)


def part_of(run: Run | None, variant: Variant) -> Run | None:
    """What a worker would have said of the variant itself."""
    if run is None:
        return None
    rest = run[variant.start :]
    if not variant.prelude:
        return rest
    return rest[:1] if rest[0].error else rest[1:]


def key_of(facts: object) -> str:
    """One key for each content."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


@cache
def harness() -> str:
    """Changes when runs are recorded in another way; comments and blank lines do not count."""
    texts = [ast.dump(ast.parse(session.WORKER.with_name(f"{name}.py").read_text("utf-8"))) for name in RECORDERS]
    return key_of([texts, session.ENVIRONMENT, session.PRELOAD])


def recall(key: str) -> Run | None:
    """The run that was kept under the key."""
    try:
        rows = json.loads(gzip.decompress((FOLDER / key[:2] / key).read_bytes()))
    except (OSError, ValueError, EOFError):
        return None
    return [CellRun(**row) for row in rows]


def keep(key: str, run: Run) -> None:
    """Remember a run."""
    place = FOLDER / key[:2] / key
    place.parent.mkdir(parents=True, exist_ok=True)
    partial = place.with_suffix(".partial")
    partial.write_bytes(gzip.compress(json.dumps([asdict(cell) for cell in run]).encode(), 3))
    partial.replace(place)


def _without_date(run: Run | None) -> Run | None:
    """A run of today can be compared with one of tomorrow."""
    if run is None:
        return None
    today = _today(datetime.now(timezone.utc).date().isoformat())
    return [
        CellRun(**{**asdict(cell), "outputs": [_dateless(output, today) for output in cell.outputs]}) for cell in run
    ]


def _dateless(output: dict[str, Any], today: re.Pattern[str]) -> dict[str, Any]:
    if "text" in output:
        return {**output, "text": today.sub("<today>", output["text"])}
    shown = output["data"].items()
    return {**output, "data": {mime: today.sub("<today>", text) for mime, text in shown}}


@cache
def _today(day: str) -> re.Pattern[str]:
    """Today's date and, around midnight, its neighbours."""
    days = [datetime.fromisoformat(day) + timedelta(days=shift) for shift in (-1, 0, 1)]
    texts = {day.strftime(form) for day in days for form in DATES}
    return re.compile("|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True)))
