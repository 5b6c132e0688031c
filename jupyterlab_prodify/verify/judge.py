"""Two runs of a notebook in, a verdict out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from jupyterlab_prodify.api.verify import CellDifference, OutputKind, ShownOutput, VerifyResult
from jupyterlab_prodify.notebook.outputs import Channel, Shown, differing, differing_but, joined, side_by_side
from jupyterlab_prodify.verify.cell_groups import Group, groups
from jupyterlab_prodify.verify.order import CodeCell

MOST_DIFFERENCES = 20
_MOST_IMAGE_CHARACTERS = 4_000_000
_NOTHING = Shown()

Wavering = Mapping[str, Collection[Channel]]
"""By cell where it shows something else when the original runs a second time."""


@dataclass(frozen=True)
class Shows:
    """What the cells of one run show, by id, and why the run stopped, if it did."""

    cells: Mapping[str, Shown]
    stopped: str | None = None


@dataclass
class Comparison:
    """All that differs between two runs: cells that do not count are those that differ by themselves."""

    total: int = 0
    differences: list[CellDifference] = field(default_factory=list)
    different: set[str] = field(default_factory=set)
    unsteady: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    errors: int = 0


def compare(
    before_cells: Sequence[CodeCell],
    after_cells: Sequence[CodeCell],
    before: Shows,
    after: Shows,
    unsteady: Wavering | None = None,
) -> Comparison:
    """Compare group by group. What ``unsteady`` names counts for nothing: nothing else of such a cell is excused, and
    nothing of the cells that became one with it."""
    found = Comparison()
    places = {cell.id: cell.index for cell in before_cells}
    for group in groups(before_cells, after_cells):
        _Judge(found, places, before, after, unsteady or {}).group(group)
    _drop_many_images(found)
    return found


@dataclass(frozen=True)
class _Judge:
    found: Comparison
    places: Mapping[str, int]
    before: Shows
    after: Shows
    unsteady: Wavering

    def group(self, group: Group) -> None:
        """Cell by cell where that goes, else all cells of the group as one."""
        self.found.total += len(group.before)
        pairs = [(cell_id, self._old(cell_id), self._new(cell_id)) for cell_id in group.before]
        self.found.errors += sum(bool(old.error) for _, old, _ in pairs)
        missing = [cell_id for cell_id in group.after if cell_id not in self.after.cells]
        if missing:
            self._missing(group, missing[0])
            return
        old, new = joined([old for _, old, _ in pairs]), joined([self._new(cell_id) for cell_id in group.after])
        if group.before == group.after and differing(old, new):
            for cell_id, one, two in pairs:
                self._compare(cell_id, {cell_id: one}, two)
        else:
            apart = [cell_id for cell_id, one, two in pairs if differing(one, two)]
            apart.sort(key=lambda cell_id: cell_id in self.unsteady)
            self._compare([*apart, *group.before, *group.after][0], {cell_id: one for cell_id, one, _ in pairs}, new)

    def _compare(self, cell_id: str, cells: Mapping[str, Shown], new: Shown) -> None:
        """``cells`` are those before that are compared as one, ``cell_id`` the one to name."""
        old = joined(list(cells.values()))
        channels = differing(old, new)
        if channels:
            channels = differing_but(list(cells.values()), [self.unsteady.get(one, ()) for one in cells], new)
            if channels:
                left, right = side_by_side(old, new, channels)
                self._add(cell_id, list(cells), channels[0], left, right)
            else:
                self.found.unsteady += [
                    one for one in cells if set(self.unsteady.get(one, ())) & set(differing(old, new))
                ]
        elif old.warnings != new.warnings:
            self.found.warnings.append(cell_id)

    def _old(self, cell_id: str) -> Shown:
        return self.before.cells.get(cell_id, _NOTHING)

    def _new(self, cell_id: str) -> Shown:
        return self.after.cells.get(cell_id, _NOTHING)

    def _missing(self, group: Group, cell_id: str) -> None:
        why = self.after.stopped or "The cell did not run."
        left, _ = side_by_side(self._old(cell_id), _NOTHING)
        self._add(cell_id, group.before, "missing", left, [ShownOutput(kind="missing", text=why)])

    def _add(
        self,
        cell_id: str,
        cells: Sequence[str],
        kind: OutputKind,
        left: list[ShownOutput],
        right: list[ShownOutput],
    ) -> None:
        new_only = cell_id not in self.places
        self.found.total += new_only and not cells  # a new cell that shows something counts as one more
        self.found.different.update(cells or [cell_id])
        index = self.places.get(cell_id)
        self.found.differences.append(CellDifference(cell_id, index, kind, left, right))


def _drop_many_images(found: Comparison) -> None:
    """Pictures of the first differences only: an answer must not grow to hundreds of megabytes."""
    found.differences = found.differences[:MOST_DIFFERENCES]
    room = _MOST_IMAGE_CHARACTERS
    for place, one in enumerate(found.differences):
        room -= sum(len(output.image or "") for output in (*one.before, *one.after))
        if room < 0:
            left, right = [_without_image(o) for o in one.before], [_without_image(o) for o in one.after]
            found.differences[place] = CellDifference(one.cell_id, one.index, one.kind, left, right)


def _without_image(output: ShownOutput) -> ShownOutput:
    if output.image is None:
        return output
    return ShownOutput(kind=output.kind, text=output.text or "an image, too large to be shown here")


# -- the verdict --------------------------------------------------------------------------------------------------


def verdict(found: Comparison, seconds: float, kernel: str) -> VerifyResult:
    """What was found, for people."""
    same = found.total - len(found.different) - len(found.unsteady)
    return VerifyResult(
        verdict="differs" if found.differences else "same",
        summary=_summary(found, same),
        same=same,
        total=found.total,
        nondeterministic=found.unsteady,
        differences=found.differences,
        warnings_differ=found.warnings,
        seconds=round(seconds, 2),
        kernel=kernel,
    )


def not_run(why: str, total: int, seconds: float, kernel: str) -> VerifyResult:
    """Nothing can be said: the original does not come to its end."""
    return VerifyResult(
        verdict="not_run",
        summary=why,
        same=0,
        total=total,
        nondeterministic=[],
        differences=[],
        seconds=round(seconds, 2),
        kernel=kernel,
    )


def _summary(found: Comparison, same: int) -> str:
    parts = [f"Same outputs in {same} of {found.total} {'cell' if found.total == 1 else 'cells'}"]
    if found.different:
        count = len(found.different)
        parts.append(f"{count} {'differs' if count == 1 else 'differ'}")
    if found.unsteady:
        count = len(found.unsteady)
        verb = "differs" if count == 1 else "differ"
        parts.append(f"{count} {verb} from run to run by {'itself' if count == 1 else 'themselves'}")
    if found.errors:
        count = found.errors
        parts.append(f"{count} {'ends' if count == 1 else 'end'} with an error in the original")
    return "; ".join(parts)
