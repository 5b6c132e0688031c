"""``jupyter prodify export``: a cell, several cells or lines of a cell become a function in a module."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyterlab_prodify.cli.interrupts import ending_children, uninterrupted
from jupyterlab_prodify.cli.outcome import DONE, REFUSED, UsageError

if TYPE_CHECKING:
    from jupyterlab_prodify.api.export import Cell, ExportRequest, LineRange, Plan, Refusal
    from jupyterlab_prodify.project.errors import ProjectError
    from jupyterlab_prodify.project.export_service import ExportService
    from jupyterlab_prodify.project.notebook_file import NotebookFile

_DESCRIPTION = """\
Move code of a notebook to a function in a module; the notebook imports and calls it.

The function takes everything as parameters and uses no globals of the notebook. Running the notebook again gives the
same outputs; where that cannot be promised, the export is refused with the line and the reason, and nothing is
written. Module and notebook are written together or not at all. Only the cells that change are touched in the file;
their outputs are kept. If the notebook is open in JupyterLab, save it before and reload it after.
"""

_EXAMPLES = """\
examples:
  see what would change:   jupyter prodify export explore.ipynb --cell 7 --to processing.py --dry-run
  do it:                   jupyter prodify export explore.ipynb --cell 7 --to processing.py --name clean
  three cells as one:      jupyter prodify export explore.ipynb --cell 4 --cell 5 --cell 6 --to src/pkg/features.py
  lines 3 to 9 of a cell:  jupyter prodify export explore.ipynb --cell 7 --lines 3:9 --to processing.py
  for another program:     jupyter prodify export explore.ipynb --cell 3f2a91bc --dry-run --json

--json prints exactly one object: {"plan": {...}}, {"refusal": {"code", "message", "cell_id", "line", "remedy", ...}}
or {"error": {"code", "message"}}. Paths in it are relative to the project: the Git repository of the notebook, else the
nearest folder above it with a pyproject.toml, else its own folder. The module must lie in the project.

exit codes: 0 done (or planned with --dry-run), 1 our fault, 2 wrong use, 3 refused, 130 stopped with Ctrl C
"""


def add_parser(verbs: Any) -> None:
    """Add the verb to the program's parser."""
    parser = verbs.add_parser(
        "export",
        help="move cells to a function in a module",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("notebook", metavar="NOTEBOOK", help="the .ipynb file")
    parser.add_argument(
        "--cell",
        action="append",
        required=True,
        metavar="ID_OR_INDEX",
        help="cell to export: its id, or its index counting all cells from 0; repeat it for several cells",
    )
    parser.add_argument("--lines", metavar="A:B", help="only lines A to B of the cell (from 1, both included)")
    parser.add_argument(
        "--to", metavar="MODULE", help="target .py file, new or not, relative to here (suggested when left out)"
    )
    parser.add_argument("--name", metavar="F", help="name of the function (suggested when left out)")
    parser.add_argument("--docstring", metavar="TEXT", help="docstring of the function")
    parser.add_argument(
        "--make-importable",
        choices=("auto", "path", "none"),
        default="auto",
        help="add a sys.path line to the notebook when the module lies elsewhere: if the kernel does not find it "
        "otherwise (auto, the default), always (path), never (none)",
    )
    parser.add_argument(
        "--pass-globals",
        action="store_true",
        help="functions that move along and read data of the notebook take it as a parameter; their calls pass it",
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would change, write nothing")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Plan the export and, unless it is a dry run, apply it."""
    from jupyterlab_prodify.api.export import Refused
    from jupyterlab_prodify.cli import export_report as report
    from jupyterlab_prodify.project.errors import NotFoundError, ProjectError

    cells: Sequence[Cell] = ()
    try:
        service, notebook = _open(arguments)
        cells = notebook.cells
        with ending_children():
            answer = service.plan(_request(arguments, notebook, service))
        if isinstance(answer, Refused):
            report.refusal(_with_command(answer.refusal, arguments), cells, arguments.json)
            return REFUSED
        _write(answer.plan, notebook, service, arguments.dry_run)
    except NotFoundError as error:
        raise UsageError(error.message) from error
    except ProjectError as error:
        report.refusal(_as_refusal(error), cells, arguments.json)
        return REFUSED
    report.plan(answer.plan, cells, arguments)
    return DONE


# -- the request --------------------------------------------------------------------------------------------------


def _open(arguments: argparse.Namespace) -> tuple[ExportService, NotebookFile]:
    from jupyterlab_prodify.project.export_service import ExportService
    from jupyterlab_prodify.project.layout import find_project
    from jupyterlab_prodify.project.notebook_file import read_notebook

    path = Path(arguments.notebook)
    service = ExportService(find_project(path, Path(path.parent.resolve().anchor)).root)
    for changed in service.recover():
        print(f"An interrupted export could not be finished: {changed} has changed since.", file=sys.stderr)
    return service, read_notebook(path)


def _request(arguments: argparse.Namespace, notebook: NotebookFile, service: ExportService) -> ExportRequest:
    from jupyterlab_prodify.api.export import ExportRequest
    from jupyterlab_prodify.project.paths import relative_to

    ids = [cell.id for cell in notebook.cells]
    if arguments.lines is not None and len(arguments.cell) > 1:
        raise UsageError("--lines goes with a single --cell")
    return ExportRequest(
        # The folder in which the notebook was named counts, also where the file itself is a link.
        notebook=relative_to(service.root, notebook.path.parent.resolve() / notebook.path.name),
        cells=notebook.cells,
        selected=list(dict.fromkeys(_cell_id(name, ids) for name in arguments.cell)),
        lines=_lines(arguments.lines),
        language=notebook.language,
        kernel_name=notebook.kernel_name,
        module=_module(arguments.to, service.root),
        name=arguments.name,
        docstring=arguments.docstring,
        make_importable=arguments.make_importable,
        pass_globals=arguments.pass_globals,
    )


def _cell_id(name: str, ids: Sequence[str]) -> str:
    if name in ids:
        return name
    if not name.isdecimal():
        raise UsageError(f"the notebook has no cell with the id `{name}`")
    if int(name) >= len(ids):
        raise UsageError(f"the notebook has {len(ids)} cells, counted from 0; there is no cell {name}")
    return ids[int(name)]


def _lines(text: str | None) -> LineRange | None:
    from jupyterlab_prodify.api.export import LineRange

    if text is None:
        return None
    first, colon, last = text.partition(":")
    try:
        lines = LineRange(first=int(first), last=int(last) if colon else int(first))
    except ValueError:
        raise UsageError(f"--lines takes A:B, two line numbers, not `{text}`") from None
    if not 1 <= lines.first <= lines.last:
        raise UsageError(f"--lines counts from 1 and upwards, not `{text}`")
    return lines


def _module(text: str | None, root: Path) -> str | None:
    """The module relative to the project's root. Links are followed later, where the path is confined.

    Raises:
        OutsideRootError: it lies elsewhere.
    """
    from jupyterlab_prodify.project.errors import OutsideRootError

    if text is None:
        return None
    absolute = Path(os.path.normpath(Path.cwd().resolve() / text))
    if not absolute.is_relative_to(root):
        absolute = Path(os.path.realpath(absolute.parent)) / absolute.name
    if not absolute.is_relative_to(root):
        raise OutsideRootError(
            f"`{text}` lies outside of the notebook's project, `{root}`.",
            text,
            "Give a path inside the project: the Git repository of the notebook, else the nearest folder above it with "
            "a pyproject.toml, else its own folder.",
        )
    return os.path.relpath(absolute, root).replace(os.sep, "/")


# -- writing ------------------------------------------------------------------------------------------------------


def _write(plan: Plan, notebook: NotebookFile, service: ExportService, dry_run: bool) -> None:
    """Module and notebook, all or nothing; a dry run stops after everything that can be checked without writing."""
    from jupyterlab_prodify.project.transaction import Write, check_writable

    label = notebook.path.name
    write = Write(notebook.path.resolve(), notebook.hash, notebook.edited(plan.cell_edits), label)
    check_writable(write.path, label)
    if not dry_run:
        with uninterrupted():
            service.apply(plan.file_edits, [write])


# -- refusals -----------------------------------------------------------------------------------------------------


def _with_command(refusal: Refusal, arguments: argparse.Namespace) -> Refusal:
    """A refusal that offers a way out names the command that takes it."""
    import msgspec

    if refusal.offer is None:
        return refusal
    remedy = (
        f"Let `{refusal.offer.helper}` take `{refusal.offer.name}` as a parameter in the same export, with "
        f"--pass-globals:\n\n    {_command_of(arguments)} --pass-globals\n\n"
        f"Or change the notebook by hand. {refusal.remedy}"
    )
    return msgspec.structs.replace(refusal, remedy=remedy)


def _command_of(arguments: argparse.Namespace) -> str:
    """The command as it was given, ready to be pasted."""
    words = ["jupyter", "prodify", "export", arguments.notebook]
    words += [word for cell in arguments.cell for word in ("--cell", cell)]
    for option in ("lines", "to", "name", "docstring"):
        value = getattr(arguments, option)
        words += [f"--{option}", value] if value is not None else []
    words += ["--make-importable", arguments.make_importable] if arguments.make_importable != "auto" else []
    words += ["--dry-run"] if arguments.dry_run else []
    words += ["--json"] if arguments.json else []
    return shlex.join(words)


def _as_refusal(error: ProjectError) -> Refusal:
    from jupyterlab_prodify.api.export import Refusal

    return Refusal(code=error.code, message=error.message, remedy=error.remedy or "Check the path.")
