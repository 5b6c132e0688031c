"""A plan that was made for other texts of the cells than the person has, brought back to the person's texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from jupyterlab_prodify.api.export import Cell, CellEdit, DeleteCell, InsertCell, Plan, ReplaceCell

Restore = Callable[[str, str], str]
"""Gives the text of a cell, by its id, back what the view had put in its place."""


def with_sources(cells: Sequence[Cell], sources: Mapping[str, str]) -> list[Cell]:
    """The cells, those named in ``sources`` with another text."""
    return [msgspec.structs.replace(cell, source=sources.get(cell.id, cell.source)) for cell in cells]


def rebase(plan: Plan, cells: Sequence[Cell], viewed: Sequence[Cell], restore: Restore) -> Plan:
    """The plan for ``cells``, which was made for ``viewed``: the same cells with other texts.

    A cell that the plan leaves alone gets an edit of its own where its viewed text, after ``restore``, is another one
    than the person's.
    """
    before = {cell.id: cell.source for cell in cells}
    edits = [_rebased(edit, before, restore) for edit in plan.cell_edits]
    edited = {edit.cell_id for edit in edits}
    for cell in viewed:
        text = restore(cell.id, cell.source)
        if cell.id not in edited and text != before[cell.id]:
            edits.append(ReplaceCell(cell_id=cell.id, source_before=before[cell.id], source_after=text))
    order = {cell.id: place for place, cell in enumerate(cells)}
    return msgspec.structs.replace(plan, cell_edits=sorted(edits, key=lambda edit: _place(edit, order)))


def _rebased(edit: CellEdit, before: Mapping[str, str], restore: Restore) -> CellEdit:
    if isinstance(edit, InsertCell):
        return edit
    if isinstance(edit, DeleteCell):
        return DeleteCell(cell_id=edit.cell_id, source_before=before[edit.cell_id])
    return ReplaceCell(
        cell_id=edit.cell_id,
        source_before=before[edit.cell_id],
        source_after=restore(edit.cell_id, edit.source_after),
    )


def _place(edit: CellEdit, order: Mapping[str, int]) -> float:
    if isinstance(edit, InsertCell):
        return order.get(edit.before or "", len(order)) - 0.5
    return order.get(edit.cell_id, len(order))
