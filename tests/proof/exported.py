"""The notebook that a plan makes: its cells, its files, and where it begins to differ."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from jupyterlab_prodify.api.export import Cell, DeleteCell, InsertCell, Plan, ReplaceCell

Source = dict[str, str]


class BrokenPlan(AssertionError):
    """The plan's edits do not fit the notebook it was made from."""


@dataclass
class Exported:
    """``cells`` are the code cells after the export; ``made`` maps each of them to the cells it stands for."""

    cells: list[Source]
    edited: list[str]
    inserted: list[str]
    files: dict[str, str]


def code_cells(cells: Sequence[Cell]) -> list[Source]:
    """What a kernel is sent."""
    return [{"id": cell.id, "source": cell.source} for cell in cells if cell.cell_type == "code"]


def apply(cells: Sequence[Cell], plan: Plan) -> Exported:
    """The cells after the edits, checked as the frontend checks them.

    Raises BrokenPlan where an edit speaks of a cell that is not there or reads otherwise.
    """
    rows = [{"id": cell.id, "source": cell.source, "type": cell.cell_type} for cell in cells]
    edited, inserted = [], []
    for edit in plan.cell_edits:
        if isinstance(edit, InsertCell):
            place = len(rows) if edit.before is None else _find(rows, edit.before)
            rows.insert(place, {"id": edit.cell_id, "source": edit.source, "type": "code"})
            inserted.append(edit.cell_id)
            continue
        place = _find(rows, edit.cell_id)
        if rows[place]["source"] != edit.source_before:
            raise BrokenPlan(f"cell {edit.cell_id} does not read as the edit says")
        edited.append(edit.cell_id)
        if isinstance(edit, ReplaceCell):
            rows[place]["source"] = edit.source_after
        elif isinstance(edit, DeleteCell):
            del rows[place]
    code = [{"id": row["id"], "source": row["source"]} for row in rows if row["type"] == "code"]
    files = {edit.path: edit.text_after for edit in plan.file_edits if edit.text_after is not None}
    return Exported(code, edited, inserted, files)


def _find(rows: list[Source], cell_id: str) -> int:
    for place, row in enumerate(rows):
        if row["id"] == cell_id:
            return place
    raise BrokenPlan(f"no cell {cell_id}")


def added_lines(before: str, after: str) -> str | None:
    """The lines that an edit adds, None where it also takes some away or changes them."""
    old, new = before.splitlines(), after.splitlines()
    added = []
    for tag, first, last, start, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag in ("delete", "replace") and any(line.strip() for line in old[first:last]):
            return None
        if tag in ("insert", "replace"):
            added += new[start:end]
    return "\n".join(added)
