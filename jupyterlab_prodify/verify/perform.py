"""The order of work inside a job of Verify: copy, run, run, compare, and where something differs run once more."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from jupyterlab_prodify.api.verify import VerifyResult
from jupyterlab_prodify.jobs.child import Reporter, Task
from jupyterlab_prodify.notebook.normalise import Surroundings
from jupyterlab_prodify.notebook.outputs import differing, shown
from jupyterlab_prodify.verify.folder_copy import FolderCopy
from jupyterlab_prodify.verify.judge import Comparison, Shows, Wavering, compare, not_run, verdict
from jupyterlab_prodify.verify.kernel_run import Run, run_cells
from jupyterlab_prodify.verify.order import CodeCell, Order, Side
from jupyterlab_prodify.verify.preamble import preamble

_SEED = 0
_MOST_NAMED = 5


@dataclass
class _Steps:
    """Progress over all runs: one step per cell."""

    reporter: Reporter
    total: int
    done: int = 0

    def say(self, label: str) -> None:
        self.reporter.progress(self.done, self.total, label)

    def cell(self, name: str, place: int, count: int) -> None:
        label = f"{name}: cell {place + 1} of {count}"
        self.reporter.log(label)
        self.say(label)
        self.done += 1


@dataclass
class _Work:
    """One order. ``seed`` is None where the notebook is to run as in any fresh kernel."""

    order: Order
    scratch: Path
    steps: _Steps
    seed: int | None
    copies: dict[str, FolderCopy] = field(default_factory=dict)
    started: float = field(default_factory=time.monotonic)
    first_day: dt.date = field(default_factory=dt.date.today)

    def seconds(self) -> float:
        return time.monotonic() - self.started

    # -- running --------------------------------------------------------------------------------------------------

    def run(self, side: Side, name: str, hash_seed: int = 0) -> Run:
        copy = self._copy(side)
        copy.lay(side.files)
        places = [(str(place), str(copy.path(place))) for place in copy.places]
        count = len(side.cells)
        self.steps.reporter.log(f"{name}: {count} cells in {copy.path(Path(side.folder))}")
        return run_cells(
            side.cells,
            side.kernel,
            copy.path(Path(side.folder)),
            preamble(places, side.modules, self.seed),
            {"PYTHONHASHSEED": str(hash_seed)},
            self.order.timeout,
            capture_descriptors=self.seed is None,
            connection=self.scratch / f"kernel-{name.lower()}.json",
            on_cell=lambda place: self.steps.cell(name, place, count),
        )

    def _copy(self, side: Side) -> FolderCopy:
        """The side's copy, as it was before any run."""
        known = self.copies.get(side.project)
        if known is not None:
            known.restore()
            return known
        self.steps.say("Copying the project")
        outside = sorted({Path(place) for one in self._sides(side.project) for place in one.outside})
        target = self.scratch / f"copy{len(self.copies) or ''}"
        copy = FolderCopy(Path(side.project), outside, target, self._texts(side))
        copy.make(self.steps.say)
        for name in copy.left_out:
            self.steps.reporter.log(f"Not copied, large and not named in any cell: {Path(side.project) / name}")
        self.copies[side.project] = copy
        return copy

    def _texts(self, side: Side) -> list[str] | None:
        """What the cells and the plan say, where that decides what is copied."""
        if not side.bounded:
            return None
        sides = self._sides(side.project)
        texts = [cell.source for one in sides for cell in one.cells]
        return texts + [text for one in sides for file in one.files for text in (file.path, file.text or "")]

    def told(self, result: VerifyResult) -> VerifyResult:
        """The result, which says what the runs did not have."""
        names = [f"`{name}`" for copy in self.copies.values() for name in copy.left_out]
        if not names:
            return result
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        left = f"not copied, since large and not named in any cell: {', '.join(names[:_MOST_NAMED])}{more}"
        return msgspec.structs.replace(result, summary=f"{result.summary}; {left}")

    def _sides(self, project: str) -> list[Side]:
        sides = [self.order.after, *([self.order.before] if self.order.before else [])]
        return [side for side in sides if side.project == project]

    # -- reading --------------------------------------------------------------------------------------------------

    def shows(self, run: Run) -> Shows:
        around = self.around([self.first_day, dt.date.today()])
        why = run.stop.message if run.stop else None
        return Shows({cell_id: shown(outputs, around) for cell_id, outputs in run.outputs.items()}, why)

    def around(self, days: Sequence[dt.date]) -> Surroundings:
        """The person's folders and their copies are one and the same."""
        folders = [name for copy in self.copies.values() for place in copy.places for name in (place, copy.path(place))]
        return Surroundings([str(folder) for folder in folders], days)


def perform(order: Order, task: Task) -> VerifyResult:
    """Do what the order says.

    Raises:
        JobFailedError: the project cannot be copied.
    """
    if order.before is None:
        work = _Work(order, task.scratch, _Steps(task.reporter, len(order.after.cells)), None)
        return work.told(_against_saved(work))
    total = len(order.before.cells) + len(order.after.cells)
    work = _Work(order, task.scratch, _Steps(task.reporter, total), _SEED)
    return work.told(_against_each_other(work, order.before))


def _against_each_other(work: _Work, original: Side) -> VerifyResult:
    changed, kernel = work.order.after, original.kernel.name
    first = work.run(original, "Before")
    if first.stop is not None:
        return not_run(_why(first, original.cells), len(original.cells), work.seconds(), kernel)
    second = work.run(changed, "After")
    before, after = work.shows(first), work.shows(second)
    found = compare(original.cells, changed.cells, before, after)
    if found.differences:
        again = _again(work, original, found, hash_seed=0)
        if again.stop is not None:
            return not_run(_why_again(again, original.cells), len(original.cells), work.seconds(), kernel)
        unsteady = _wavering(before, work.shows(again))
        found = compare(original.cells, changed.cells, before, after, unsteady)
    return verdict(found, work.seconds(), kernel)


def _against_saved(work: _Work) -> VerifyResult:
    side, kernel = work.order.after, work.order.after.kernel.name
    first = work.run(side, "Fresh")
    cells = [saved.cell for saved in work.order.saved]
    if first.stop is not None:
        return not_run(_why(first, side.cells), len(cells), work.seconds(), kernel)
    day = dt.date.fromisoformat(work.order.saved_day) if work.order.saved_day else work.first_day
    around = work.around([day])
    before = Shows({saved.cell.id: shown(saved.outputs, around) for saved in work.order.saved})
    after = work.shows(first)
    ran = [cell for cell in side.cells if cell.id in before.cells]
    found = compare(cells, ran, before, after)
    if found.differences:
        again = _again(work, side, found, hash_seed=1)
        if again.stop is not None:
            return not_run(_why_again(again, side.cells), len(cells), work.seconds(), kernel)
        found = compare(cells, ran, before, after, _wavering(after, work.shows(again)))
    return verdict(found, work.seconds(), kernel)


def _again(work: _Work, side: Side, found: Comparison, hash_seed: int) -> Run:
    """The same notebook once more, up to the last cell that is in question."""
    places = [place for place, cell in enumerate(side.cells) if cell.id in found.different]
    cells = side.cells[: max(places, default=-1) + 1]
    work.steps.total += len(cells)
    return work.run(msgspec.structs.replace(side, cells=cells), "Again", hash_seed)


def _wavering(first: Shows, second: Shows) -> Wavering:
    """Where cells show something else when the same notebook runs again."""
    both = [(cell_id, one, second.cells[cell_id]) for cell_id, one in first.cells.items() if cell_id in second.cells]
    return {cell_id: channels for cell_id, one, two in both if (channels := differing(one, two))}


def _why_again(run: Run, cells: Sequence[CodeCell]) -> str:
    return f"The same notebook does not come to its end when it runs a second time. {_why(run, cells)}"


def _why(run: Run, cells: Sequence[CodeCell]) -> str:
    assert run.stop is not None
    place = next((cell.index for cell in cells if cell.id == run.stop.cell_id), None)
    return run.stop.message if place is None else f"Cell {place + 1}: {run.stop.message}"
