"""``jupyter prodify export``: a cell, several cells or lines of a cell become a function in a module."""

from __future__ import annotations

import argparse
import difflib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyterlab_prodify.cli.outcome import DONE, REFUSED, UsageError

if TYPE_CHECKING:
    from jupyterlab_prodify.api.export import ExportRequest, LineRange, Plan, Refusal
    from jupyterlab_prodify.project.export_service import ExportService
    from jupyterlab_prodify.project.notebook_file import NotebookFile

_DESCRIPTION = """\
Move code of a notebook to a function in a module; the notebook imports and calls it.

The function takes everything as parameters and uses no globals. Running the notebook again gives the same outputs;
where that cannot be promised, the export is refused with the line and the reason, and nothing is written.
"""

_EXAMPLES = """\
examples:
  see what would change:   jupyter prodify export explore.ipynb --cell 7 --to processing.py --dry-run
  three cells:             jupyter prodify export explore.ipynb --cell 4 --cell 5 --cell 6 --to src/pkg/features.py
  lines 3 to 9 of a cell:  jupyter prodify export explore.ipynb --cell 7 --lines 3:9 --to processing.py --name clean

exit codes: 0 done (or planned with --dry-run), 1 our fault, 2 wrong use, 3 refused
"""


def add_parser(verbs: Any) -> None:
    """Add the verb to the program's parser."""
    parser = verbs.add_parser(
        "export",
        help="move cells to a function in a module",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("notebook", metavar="NOTEBOOK", help="the .ipynb file")
    parser.add_argument(
        "--cell",
        action="append",
        required=True,
        metavar="ID_OR_INDEX",
        help="cell to export: its id, or its index counting all cells from 0; repeat for several cells",
    )
    parser.add_argument("--lines", metavar="A:B", help="only lines A to B of the cell (from 1, both included)")
    parser.add_argument("--to", metavar="MODULE", help="target .py file, relative to here (suggested when left out)")
    parser.add_argument("--name", metavar="F", help="name of the function (suggested when left out)")
    parser.add_argument("--docstring", metavar="TEXT", help="docstring of the function")
    parser.add_argument(
        "--make-importable",
        choices=("auto", "path", "none"),
        default="auto",
        help="add a sys.path line to the notebook: when it is needed (auto), always (path), never (none)",
    )
    parser.add_argument("--dry-run", action="store_true", help="print the plan, write nothing")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Plan the export and, unless it is a dry run, apply it."""
    from jupyterlab_prodify.api.export import Refused
    from jupyterlab_prodify.project.errors import NotFoundError, ProjectError

    try:
        notebook, service = _open(arguments)
        answer = service.plan(_request(arguments, notebook, service))
        if isinstance(answer, Refused):
            return _refuse(answer.refusal, arguments.json)
        if not arguments.dry_run:
            _apply(answer.plan, notebook, service)
    except NotFoundError as error:
        raise UsageError(error.message) from error
    except ProjectError as error:
        return _refuse(_as_refusal(error), arguments.json)
    _print_plan(answer.plan, arguments, service)
    return DONE


# -- the request --------------------------------------------------------------------------------------------------


def _open(arguments: argparse.Namespace) -> tuple[NotebookFile, ExportService]:
    from jupyterlab_prodify.project.export_service import ExportService
    from jupyterlab_prodify.project.layout import find_project
    from jupyterlab_prodify.project.notebook_file import read_notebook

    path = Path(arguments.notebook)
    project = find_project(path, Path(path.resolve().anchor))
    service = ExportService(project.root)
    if path.resolve().is_file():
        service.recover()
    return read_notebook(path), service


def _request(arguments: argparse.Namespace, notebook: NotebookFile, service: ExportService) -> ExportRequest:
    from jupyterlab_prodify.api.export import ExportRequest
    from jupyterlab_prodify.project.paths import relative_to

    cells = notebook.cells
    return ExportRequest(
        notebook=relative_to(service.root, notebook.path.resolve()),
        cells=cells,
        selected=[_cell_id(name, [cell.id for cell in cells]) for name in arguments.cell],
        lines=_lines(arguments.lines),
        language=notebook.language,
        kernel_name=notebook.kernel_name,
        module=_module(arguments.to, service.root),
        name=arguments.name,
        docstring=arguments.docstring,
        make_importable=arguments.make_importable,
    )


def _cell_id(name: str, ids: list[str]) -> str:
    if name in ids:
        return name
    try:
        index = int(name)
    except ValueError:
        raise UsageError(f"the notebook has no cell `{name}`") from None
    if not 0 <= index < len(ids):
        raise UsageError(f"the notebook has {len(ids)} cells, numbered from 0; there is no cell {index}")
    return ids[index]


def _lines(text: str | None) -> LineRange | None:
    from jupyterlab_prodify.api.export import LineRange

    if text is None:
        return None
    first, colon, last = text.partition(":")
    try:
        return LineRange(first=int(first), last=int(last) if colon else int(first))
    except ValueError:
        raise UsageError(f"--lines takes A:B, two line numbers, not `{text}`") from None


def _module(text: str | None, root: Path) -> str | None:
    """The module relative to the project's root. Links are followed later, where the path is confined."""
    if text is None:
        return None
    absolute = Path(os.path.normpath(Path.cwd().resolve() / text))
    if not absolute.is_relative_to(root):
        absolute = Path(os.path.realpath(absolute.parent)) / absolute.name
    return os.path.relpath(absolute, root).replace(os.sep, "/")


# -- the outcome --------------------------------------------------------------------------------------------------


def _apply(plan: Plan, notebook: NotebookFile, service: ExportService) -> None:
    from jupyterlab_prodify.project.transaction import Write

    write = Write(notebook.path.resolve(), notebook.hash, notebook.edited(plan.cell_edits), str(notebook.path))
    service.apply(plan.file_edits, [write])


def _as_refusal(error: Any) -> Refusal:
    from jupyterlab_prodify.api.export import Refusal

    return Refusal(code=error.code, message=error.message, remedy=error.remedy or "Check the path.")


def _refuse(refusal: Refusal, as_json: bool) -> int:
    import msgspec

    if as_json:
        print(json.dumps({"refusal": msgspec.to_builtins(refusal)}, ensure_ascii=False))
        return REFUSED
    where = f" (cell {refusal.cell_id}, line {refusal.line})" if refusal.line and refusal.cell_id else ""
    print(f"Refused{where}: {refusal.message}\n{refusal.remedy}\nNothing was written.", file=sys.stderr)
    return REFUSED


def _print_plan(plan: Plan, arguments: argparse.Namespace, service: ExportService) -> None:
    import msgspec

    if arguments.json:
        print(json.dumps({"plan": msgspec.to_builtins(plan)}, ensure_ascii=False))
        return
    if arguments.dry_run:
        print("\n".join(_diffs(plan, arguments.notebook)))
    for warning in plan.warnings:
        line = f" line {warning.line}" if warning.line else ""
        print(f"warning{line}: {warning.message}")
    verb = "would be" if arguments.dry_run else "is now"
    print(f"{plan.function.name} {verb} in {service.root / plan.module}; {arguments.notebook} calls it.")


def _diffs(plan: Plan, notebook: str) -> list[str]:
    from jupyterlab_prodify.api.export import DeleteCell, InsertCell

    lines: list[str] = []
    for edit in plan.file_edits:
        lines += _diff(edit.path, edit.text_before or "", edit.text_after or "")
    for cell in plan.cell_edits:
        before = "" if isinstance(cell, InsertCell) else cell.source_before
        after = (
            "" if isinstance(cell, DeleteCell) else cell.source if isinstance(cell, InsertCell) else cell.source_after
        )
        lines += _diff(f"{notebook} cell {cell.cell_id}", before, after)
    return lines


def _diff(name: str, before: str, after: str) -> list[str]:
    return list(difflib.unified_diff(before.splitlines(), after.splitlines(), f"a/{name}", f"b/{name}", lineterm=""))
