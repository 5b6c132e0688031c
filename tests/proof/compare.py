"""Two runs of a notebook: what differs that a person would see or a later cell would read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jupyterlab_prodify.notebook.outputs import fits
from tests.proof.normalise import bundle, overwritten, plain
from tests.proof.session import CellRun

SHOWN = 400
#: How often the original runs again where an export differs.
MOST_TURNS = 5

Wavering = Mapping[str, Collection[str]]
"""By cell where it shows something else when the same notebook runs again."""


def differences(
    before: Sequence[CellRun],
    after: Sequence[CellRun],
    group: Collection[str],
    watched: Collection[str] = (),
    unsteady: Wavering | None = None,
) -> list[str]:
    """What differs, in words; empty when the runs are the same.

    The cells of ``group`` were exported together: their outputs are compared as one. Cells that are new must show
    nothing unless they belong to the group (they stand between its cells). What ``unsteady`` names differs by itself
    and is left out; what else these cells show counts. ``watched`` are the names whose values count.
    """
    loose = unsteady or {}
    found: list[str] = []
    known = {cell.id for cell in before}
    by_id = {cell.id: cell for cell in after}
    inside = [cell.id for cell in before if cell.id in group]
    new = _between(after, known, group)
    parts, whole = [c for c in before if c.id in group], [c for c in after if c.id in group or c.id in new]
    found += _outputs_differ(" + ".join(inside), parts, whole, loose)
    found += _values_differ(before, after, group, watched)
    found += [
        f"new cell {c.id} shows something: {_short(c.outputs)}"
        for c in after
        if c.id not in known and c.id not in new and (c.outputs or c.error)
    ]
    for cell in before:
        if cell.id not in group:
            twin = by_id.get(cell.id)
            found += _outputs_differ(cell.id, [cell], [twin] if twin else [], loose)
    return found


def _between(after: Sequence[CellRun], known: Collection[str], group: Collection[str]) -> set[str]:
    """New cells directly before, between or after the group's cells."""
    places = [place for place, cell in enumerate(after) if cell.id in group]
    if not places:
        return set()
    first, last = places[0], places[-1]
    while first > 0 and after[first - 1].id not in known:
        first -= 1
    while last + 1 < len(after) and after[last + 1].id not in known:
        last += 1
    return {cell.id for cell in after[first : last + 1] if cell.id not in known}


def _outputs_differ(where: str, before: Sequence[CellRun], after: Sequence[CellRun], unsteady: Wavering) -> list[str]:
    found = []
    left, right = _shown(before), _shown(after)
    for channel in left:
        if left[channel] != right[channel] and not _is_excused(channel, before, right[channel], unsteady):
            one, two = _around_difference(repr(left[channel]), repr(right[channel]))
            found.append(f"cell {where}: {channel}\n  before {one}\n  after  {two}")
    return found


def _is_excused(channel: str, before: Sequence[CellRun], whole: Any, unsteady: Wavering) -> bool:
    """Does it differ only in what wavers by itself? What the other cells of a group show must be there, in order."""
    wavering = [channel in unsteady.get(cell.id, ()) for cell in before]
    if channel == "open figures":  # those of the last cell
        return bool(wavering) and wavering[-1]
    parts = [None if loose else _shown([cell])[channel] for cell, loose in zip(before, wavering, strict=True)]
    return any(wavering) and fits(parts, whole)


def _shown(cells: Sequence[CellRun]) -> dict[str, Any]:
    outputs = [output for cell in cells for output in cell.outputs]
    streams = {
        name: plain(overwritten("".join(output["text"] for output in outputs if output.get("stream") == name)))
        for name in ("stdout", "stderr")
    }
    errors = [[cell.error[0], plain(cell.error[1])] for cell in cells if cell.error]
    displays = [bundle(output["data"]) for output in outputs if "data" in output]
    figures = cells[-1].figures if cells else []
    return {"error": errors, **streams, "displays": displays, "open figures": figures}


def _values_differ(
    before: Sequence[CellRun], after: Sequence[CellRun], group: Collection[str], watched: Collection[str]
) -> list[str]:
    last = [cell for cell in before if cell.id in group][-1:]
    places = [place for place, cell in enumerate(after) if cell.id in group]
    twins = [cell for cell in after[: places[-1] + 1] if cell.values or cell.id in group][-1:] if places else []
    pairs = [("after the call", one, two) for one, two in zip(last, twins, strict=False)]
    if before and after and before[-1].id == after[-1].id:
        pairs.append(("at the end", before[-1], after[-1]))
    found = []
    for when, one, two in pairs:
        for name in sorted(set(watched) & set(one.values)):
            if one.values[name] != two.values.get(name):
                found.append(f"{name} {when}\n  before {one.values[name]}\n  after  {two.values.get(name)}")
        shared = set(watched) & set(one.values) & set(two.values)
        if _kept(one.aliases, shared) != _kept(two.aliases, shared):
            found.append(f"which names are one object, {when}\n  before {one.aliases}\n  after  {two.aliases}")
    return found


def _kept(groups: list[list[str]], names: Collection[str]) -> list[list[str]]:
    kept = [[name for name in group if name in names] for group in groups]
    return sorted(group for group in kept if len(group) > 1)


def warnings_differ(before: Sequence[CellRun], after: Sequence[CellRun]) -> bool:
    """Python shows warnings by place, so that moving code may change them: told apart, not counted."""
    return sorted(w for cell in before for w in cell.warnings) != sorted(w for cell in after for w in cell.warnings)


@dataclass
class Unsteady:
    """What differs between runs of the same notebook: by cell where it shows something else, and the watched names
    that have another value. Two runs show it; that it can have the same few outcomes is why more are asked for."""

    cells: dict[str, set[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def learn(self, first: Sequence[CellRun], second: Sequence[CellRun]) -> bool:
        """Add what differs between two runs of the original; False when that is nothing new."""
        known = (sum(map(len, self.cells.values())), len(self.names))
        for one, two in zip(first, second, strict=False):
            left, right = _shown([one]), _shown([two])
            differing = {channel for channel in left if left[channel] != right[channel]}
            if differing:
                self.cells.setdefault(one.id, set()).update(differing)
            self.names |= {name for name in one.values if one.values[name] != two.values.get(name)}
        return known != (sum(map(len, self.cells.values())), len(self.names))


def _around_difference(one: str, two: str) -> tuple[str, str]:
    """Both texts, of long ones the part where they begin to differ."""
    if max(len(one), len(two)) <= SHOWN:
        return one, two
    same = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    start = max(0, same - SHOWN // 4)
    return f"...{one[start : start + SHOWN]}", f"...{two[start : start + SHOWN]}"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= SHOWN else text[:SHOWN] + "..."
