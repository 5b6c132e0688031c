"""What ``jupyter prodify export`` says: one JSON object for programs, or text for people."""

from __future__ import annotations

import argparse
import difflib
import json
import sys
from collections.abc import Iterator, Sequence

import msgspec

from jupyterlab_prodify.api.export import Cell, CellEdit, DeleteCell, InsertCell, Plan, Refusal


def plan(plan: Plan, cells: Sequence[Cell], arguments: argparse.Namespace) -> None:
    """The plan as JSON; for people the diff of a dry run, the warnings, and what has happened."""
    if arguments.json:
        print(json.dumps({"plan": msgspec.to_builtins(plan)}))
        return
    if arguments.dry_run:
        print("\n".join(_diff_of(plan, cells, arguments.notebook)))
    for warning in plan.warnings:
        where = _where(cells, warning.cell_id, warning.line)
        print(f"warning{where}: {warning.message}")
    verb = "would be" if arguments.dry_run else "is now"
    callers = _callers(plan, cells)
    print(f"{plan.function.name} {verb} in {plan.module}{callers}.")
    if arguments.dry_run:
        print("Nothing was written (--dry-run).")


def refusal(refusal: Refusal, cells: Sequence[Cell], as_json: bool) -> None:
    """The refusal as JSON on stdout, or as text on stderr: where, why, what to do."""
    if as_json:
        print(json.dumps({"refusal": msgspec.to_builtins(refusal)}))
        return
    print(f"Refused{_where(cells, refusal.cell_id, refusal.line)}: {refusal.message}", file=sys.stderr)
    line = _quoted(cells, refusal.cell_id, refusal.line)
    if line:
        print(f"    {line}", file=sys.stderr)
    print(f"{refusal.remedy}\nNothing was written.", file=sys.stderr)


def _where(cells: Sequence[Cell], cell_id: str | None, line: int | None) -> str:
    """`` (cell 7, line 3)``, with the index that ``--cell`` takes."""
    ids = [cell.id for cell in cells]
    parts = [f"cell {ids.index(cell_id)}"] if cell_id in ids else []
    parts += [f"line {line}"] if line and parts else []
    return f" ({', '.join(parts)})" if parts else ""


def _quoted(cells: Sequence[Cell], cell_id: str | None, line: int | None) -> str | None:
    source = next((cell.source for cell in cells if cell.id == cell_id), "")
    lines = source.split("\n")
    return lines[line - 1].strip() if line and line <= len(lines) else None


def _callers(plan: Plan, cells: Sequence[Cell]) -> str:
    ids = [cell.id for cell in cells]
    name = f"{plan.function.name}("
    found = [
        str(ids.index(edit.cell_id))
        for edit in plan.cell_edits
        if not isinstance(edit, InsertCell | DeleteCell) and name in edit.source_after
    ]
    return f" (cell {found[0]} calls it)" if found else ""


def _diff_of(plan: Plan, cells: Sequence[Cell], notebook: str) -> Iterator[str]:
    for edit in plan.file_edits:
        yield from _diff(edit.path, edit.text_before, edit.text_after)
    ids = [cell.id for cell in cells]
    for cell_edit in plan.cell_edits:
        name = f"{notebook} [{_cell_name(cell_edit, ids)}]"
        yield from _diff(name, *_before_and_after(cell_edit))


def _cell_name(edit: CellEdit, ids: Sequence[str]) -> str:
    if isinstance(edit, InsertCell):
        return f"new cell before {ids.index(edit.before)}" if edit.before in ids else "new cell at the end"
    return f"cell {ids.index(edit.cell_id)}"


def _before_and_after(edit: CellEdit) -> tuple[str | None, str | None]:
    if isinstance(edit, InsertCell):
        return None, edit.source
    return edit.source_before, None if isinstance(edit, DeleteCell) else edit.source_after


def _diff(name: str, before: str | None, after: str | None) -> Iterator[str]:
    old = "/dev/null" if before is None else f"a/{name}"
    new = "/dev/null" if after is None else f"b/{name}"
    if not before and not after:
        yield from (f"--- {old}", f"+++ {new}")
    yield from difflib.unified_diff((before or "").splitlines(), (after or "").splitlines(), old, new, lineterm="")
