"""Which code cells of the one notebook stand for which of the other.

A cell is known by its id. Cells that are changed, gone or new form groups with their changed neighbours: when three
cells become one call, the outputs of the three are to be those of the call.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from jupyterlab_prodify.verify.order import CodeCell


@dataclass(frozen=True)
class Group:
    """Ids of cells that are compared together, in the order of their notebooks; either may be empty."""

    before: tuple[str, ...]
    after: tuple[str, ...]


def with_common_ids(before: Sequence[CodeCell], after: Sequence[CodeCell]) -> list[CodeCell]:
    """The cells after, under the ids that the same cells have before.

    Where most ids are shared they are kept. Notebooks of an older format have none, and some programs make new ones:
    then equal text, in order, tells which cells are the same.
    """
    known = {cell.id for cell in before}
    if sum(cell.id in known for cell in after) * 2 >= len(after) and not _made_up(before):
        return list(after)
    ids = _by_text([cell.source for cell in before], [cell.source for cell in after])
    return [
        CodeCell(before[ids[place]].id if place in ids else f"+{cell.id}", cell.source, cell.index)
        for place, cell in enumerate(after)
    ]


def _made_up(cells: Sequence[CodeCell]) -> bool:
    return any(cell.id.startswith("#") for cell in cells)


def _by_text(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    """Places after -> places before."""
    found: dict[int, int] = {}
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal" or (tag == "replace" and last - first == end - start):
            found.update(zip(range(start, end), range(first, last), strict=True))
    return found


def groups(before: Sequence[CodeCell], after: Sequence[CodeCell]) -> list[Group]:
    """All cells of both notebooks in groups, in the order of the notebook before; new cells where they stand."""
    old, new = {cell.id: cell for cell in before}, {cell.id: cell for cell in after}
    changed = {
        cell_id
        for cell_id in [*old, *new]
        if cell_id not in old or cell_id not in new or old[cell_id].source != new[cell_id].source
    }
    leader = {cell_id: cell_id for cell_id in [*old, *new]}
    for order in (list(old), list(new), _merged(list(old), list(new))):
        for one, two in pairwise(order):
            if one in changed and two in changed:
                _unite(leader, one, two)
    return _in_order(list(old), list(new), leader)


def _unite(leader: dict[str, str], one: str, two: str) -> None:
    first, second = _find(leader, one), _find(leader, two)
    if first != second:
        leader[second] = first


def _find(leader: dict[str, str], cell_id: str) -> str:
    while leader[cell_id] != cell_id:
        cell_id = leader[cell_id]
    return cell_id


def _in_order(old: Sequence[str], new: Sequence[str], leader: dict[str, str]) -> list[Group]:
    found: dict[str, Group] = {}
    for cell_id in _merged(old, new):
        found.setdefault(_find(leader, cell_id), Group((), ()))
    for cell_id in old:
        name = _find(leader, cell_id)
        found[name] = replace(found[name], before=(*found[name].before, cell_id))
    for cell_id in new:
        name = _find(leader, cell_id)
        found[name] = replace(found[name], after=(*found[name].after, cell_id))
    return list(found.values())


def _merged(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """All ids: those before in their order, each followed by the new ones that come after it."""
    known = set(old)
    following: dict[str | None, list[str]] = {}
    last: str | None = None
    for cell_id in new:
        if cell_id in known:
            last = cell_id
        else:
            following.setdefault(last, []).append(cell_id)
    merged = list(following.get(None, []))
    for cell_id in old:
        merged += [cell_id, *following.get(cell_id, [])]
    return merged
