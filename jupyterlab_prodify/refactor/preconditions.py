"""What is refused before anything is planned: other languages, cells that are exported already, cells that failed."""

from __future__ import annotations

import ast
import re

from jupyterlab_prodify.api.export import ExportRequest
from jupyterlab_prodify.notebook.dataflow import imports_of, readers_of, sources_of
from jupyterlab_prodify.refactor.display import is_look
from jupyterlab_prodify.refactor.refusals import RefusalError
from jupyterlab_prodify.refactor.region import Region
from jupyterlab_prodify.refactor.roles import Roles
from jupyterlab_prodify.refactor.statements import is_bare_string
from jupyterlab_prodify.refactor.target import Target

_DISPLAY_MODE = re.compile(r"ast_node_interactivity\W{1,6}(\w+)")


def check_language(request: ExportRequest) -> None:
    """Refuse a notebook that is not in Python."""
    language = (request.language or "python").lower()
    if language not in ("python", "python3", "ipython"):
        raise RefusalError(
            "not_python",
            f"This is a notebook in {request.language}; only Python can be exported.",
            "Switch the notebook to a Python kernel if its code is Python.",
        )


def check_display_mode(request: ExportRequest) -> None:
    """Refuse a notebook that changes which values its cells show."""
    for cell in request.cells:
        found = _DISPLAY_MODE.search(cell.source) if cell.cell_type == "code" else None
        if found is not None and found[1] != "last_expr":
            raise RefusalError(
                "display_mode",
                f"The notebook sets `ast_node_interactivity` to `{found[1]}`, so that cells show more, or less, than "
                "the value of their last line; a call in their place would show something else.",
                "Take the setting out, and show what you want to see with `display(...)`.",
                cell_id=cell.id,
                line=cell.source.count("\n", 0, found.start()) + 1,
            )


def check_not_exported(region: Region, target: Target) -> None:
    """A cell that only calls a function of the module holds nothing more to export."""
    work = [statement for statement in region.statements if not is_bare_string(statement)]
    if len(work) > 1 and isinstance(work[-1], ast.Expr) and is_look(work[-1].value):
        work.pop()
    calls = {_plain_call(statement) for statement in work}
    if len(calls) != 1 or None in calls:
        return
    name = str(calls.pop())
    targets = imports_of(name, [source.piece for source in sources_of(name, region.before)])
    if targets and all(one.module == target.import_name for one in targets):
        raise region.refuse(
            "already_exported",
            f"The cell only calls `{name}` of {target.path}.",
            f"Open {target.path} to change `{name}`, or select a cell with code of its own.",
            region.statements[0].lineno,
        )


def check_not_failed(region: Region, roles: Roles) -> None:
    """A function that stops with an error returns nothing; a cell that stops leaves what it had bound by then."""
    failed = next((chosen.cell for chosen in region.cells if chosen.cell.error), None)
    read = [name for name in roles.returns if any(True for _ in readers_of(name, region.others))]
    if failed is None or not read or region.is_part:
        return
    listed = ", ".join(f"`{name}`" for name in read)
    line = failed.error_line
    # The cell may have been edited since it ran.
    known = line is not None and line <= failed.source.count("\n") + 1
    raise RefusalError(
        "cell_failed",
        f"The cell stopped with {failed.error} when it last ran. What it had bound by then ({listed}) is used by "
        "other cells, and a function that stops returns nothing.",
        "Correct the cell and run it again, or select the lines before the one that fails.",
        cell_id=failed.id,
        line=line if known else None,
    )


def _plain_call(statement: ast.stmt) -> str | None:
    """The function of ``results = function(names...)``, None for anything that does more."""
    value = getattr(statement, "value", None) if isinstance(statement, ast.Assign | ast.Expr) else None
    call = value.value if isinstance(value, ast.Await) else value
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.keywords:
        return None
    return call.func.id if all(isinstance(argument, ast.Name) for argument in call.args) else None
