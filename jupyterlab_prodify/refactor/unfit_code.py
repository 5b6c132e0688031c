"""Code that cannot stand in a function of a module: `*` imports, ``global``, the namespace, the history, the frame."""

from __future__ import annotations

import ast

from jupyterlab_prodify.notebook.dataflow import Piece
from jupyterlab_prodify.notebook.hazards import HazardCode, find_hazards
from jupyterlab_prodify.refactor.moved_definitions import BUILTINS
from jupyterlab_prodify.refactor.refusals import RefusalError
from jupyterlab_prodify.refactor.roles import Draft


def check_statements(draft: Draft) -> None:
    flow = draft.roles.flow
    stars = flow.star_imports or _stars(draft.region.statements)
    lead_stars = [piece for piece in _lead_pieces(draft) if piece.facts.flow.star_imports]
    if stars or lead_stars:
        module, line = stars[0] if stars else lead_stars[0].facts.flow.star_imports[0]
        refusal = draft.region.refuse(
            "star_import",
            f"`from {module} import *` hides which names the code uses; a function cannot hold it.",
            f"Import the names that you use: `from {module} import ...`.",
            line if stars else None,
        )
        raise refusal if stars else _at(refusal, lead_stars[0].cell_id, line)
    for name, line in flow.global_statements:
        raise draft.region.refuse(
            "global_statement",
            f"`global {name}` changes a name of the notebook from inside a function; a module has other globals.",
            f"Return the new value of `{name}` and assign it in the notebook.",
            line,
        )


def _lead_pieces(draft: Draft) -> list[Piece]:
    chosen = {cell.cell.id for cell in draft.region.cells}
    return [piece for piece in draft.region.before if piece.cell_id in chosen]


def check_hazards(draft: Draft) -> None:
    for hazard in find_hazards(ast.Module(draft.body, [])):
        plain = hazard.name.isidentifier() and hazard.name != "__main__"
        exposed = hazard.name in draft.roles.flow.reads or hazard.code == "frame_access" or not plain
        bound = bool(draft.roles.flow.bindings.get(hazard.name)) or bool(draft.sources(hazard.name))
        if exposed and not bound:
            raise draft.region.refuse(hazard.code, *_hazard_text(hazard.code, hazard.name), hazard.line)


def check_deleted_builtins(draft: Draft) -> None:
    """Refuse to read a builtin again once the name that hid it is deleted: a function has no such way back."""
    for name, line in draft.roles.flow.deleted_reads.items():
        if name in BUILTINS:
            raise draft.region.refuse(
                "maybe_deleted",
                f"`{name}` is deleted here and read afterwards: in the notebook that is the builtin `{name}`, in a "
                "function an error.",
                f"Give the variable `{name}` another name.",
                line,
            )


def check_annotations(draft: Draft) -> None:
    """Refuse annotated variables where another cell looks at the notebook's ``__annotations__``."""
    nodes = (node for statement in draft.body for node in ast.walk(statement))
    noted = [node for node in nodes if isinstance(node, ast.AnnAssign) and node.simple]
    if noted and any(piece.facts.is_read("__annotations__") for piece in draft.region.others):
        raise draft.region.refuse(
            "module_dunder",
            "Another cell reads `__annotations__`, in which the annotation of this variable would be missing.",
            "Take the lines out of what depends on `__annotations__`.",
            noted[0].lineno,
        )


def _at(error: RefusalError, cell_id: str, line: int) -> RefusalError:
    refusal = error.refusal
    return RefusalError(refusal.code, refusal.message, refusal.remedy, cell_id=cell_id, line=line)


def _stars(statements: list[ast.stmt]) -> list[tuple[str, int]]:
    return [
        ("." * statement.level + (statement.module or ""), statement.lineno)
        for statement in statements
        if isinstance(statement, ast.ImportFrom) and any(alias.name == "*" for alias in statement.names)
    ]


def _hazard_text(code: HazardCode, name: str) -> tuple[str, str]:
    """Message and remedy."""
    if code == "dynamic_namespace":
        return (
            f"`{name}` works on the notebook's own namespace, which a module does not see.",
            f"Replace `{name}` by the names it stands for.",
        )
    if code == "ipython_history":
        return (
            f"`{name}` is IPython's history of the notebook, which a module does not have.",
            "Give the value a name in the cell that makes it, and use that name.",
        )
    if code == "module_dunder":
        return (
            f"`{name}` has another value in a module than in the notebook.",
            f"Take the lines out of what depends on `{name}`.",
        )
    return (
        f"`{name}` looks at the frame of the caller, which is another one in a module.",
        f"Pass the values that are needed instead of using `{name}`.",
    )
