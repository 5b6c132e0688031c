"""Warnings: what the person should know although the export keeps the notebook's results."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jupyterlab_prodify.api.export import PlanWarning
from jupyterlab_prodify.notebook.dataflow import sources_of
from jupyterlab_prodify.notebook.mutation import find_mutations
from jupyterlab_prodify.refactor.region import Region
from jupyterlab_prodify.refactor.roles import Roles

#: More results than this make a tuple that nobody can read.
MANY_RESULTS = 8

_GLOBAL_STATE = {
    ("random", "seed"): (
        "global_seed",
        "sets the global random state, on which later cells depend",
    ),
    ("os", "chdir"): (
        "changes_directory",
        "changes the working directory of the whole process",
    ),
    ("warnings", "filterwarnings"): (
        "global_setting",
        "changes the warnings of the whole process",
    ),
    ("warnings", "simplefilter"): (
        "global_setting",
        "changes the warnings of the whole process",
    ),
    ("pd", "set_option"): ("global_setting", "changes pandas for the whole process"),
    ("np", "set_printoptions"): (
        "global_setting",
        "changes NumPy for the whole process",
    ),
    ("plt", "rcParams"): ("global_setting", "changes plotting for the whole process"),
    ("plt", "rc"): ("global_setting", "changes plotting for the whole process"),
    ("os", "environ"): (
        "global_setting",
        "changes or reads variables of the whole process",
    ),
}


def find_cautions(region: Region, roles: Roles) -> list[PlanWarning]:
    """Warnings about effects, forms and sizes; those about single names are in ``roles.warnings``."""
    return [*_mutations(region, roles), *_global_state(region), *_forms(region, roles)]


def _warning(region: Region, code: str, message: str, line: int | None) -> PlanWarning:
    cell_id, real_line = region.place(line) if line is not None else (region.cells[0].cell.id, None)
    return PlanWarning(code=code, message=message, cell_id=cell_id, line=real_line)


def _mutations(region: Region, roles: Roles) -> Iterator[PlanWarning]:
    seen: set[str] = set()
    for mutation in find_mutations(region.statements):
        name = mutation.name
        if name not in roles.params or name in seen or _is_number(name, region):
            continue
        seen.add(name)
        yield _warning(
            region,
            "mutates_argument",
            f"`{name}` is changed in place ({mutation.how}). The caller's `{name}` changes too.",
            mutation.line,
        )


def _is_number(name: str, region: Region) -> bool:
    sources = sources_of(name, region.before)
    return bool(sources) and all(name in source.piece.facts.scalars for source in sources)


def _global_state(region: Region) -> Iterator[PlanWarning]:
    seen: set[str] = set()
    for statement in region.statements:
        for node in ast.walk(statement):
            if not isinstance(node, ast.Attribute):
                continue
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            found = _GLOBAL_STATE.get((owner, node.attr))
            if found and found[0] not in seen:
                seen.add(found[0])
                yield _warning(region, found[0], f"`{owner}.{node.attr}` {found[1]}.", node.lineno)


def _pyplot_names(region: Region) -> set[str]:
    return {
        name
        for piece in region.before
        for name, bindings in piece.facts.flow.bindings.items()
        for binding in bindings
        if binding.target is not None
        and (binding.target.module == "matplotlib.pyplot" or binding.target.attribute == "pyplot")
    }


def _figures(region: Region) -> Iterator[PlanWarning]:
    names = _pyplot_names(region)
    for statement in region.statements:
        for node in ast.walk(statement):
            if (
                isinstance(node, ast.Attribute)
                and getattr(node.value, "id", "") in names
                and node.attr not in ("show", "rcParams")
            ):
                message = f"`{ast.unparse(node)}` works on pyplot's current figure, which all cells share."
                yield _warning(region, "pyplot_state", message, node.lineno)
                return


def _forms(region: Region, roles: Roles) -> Iterator[PlanWarning]:
    yield from _figures(region)
    yield from _kept_lines(region, roles)
    if roles.flow.uses_await:
        yield _warning(
            region,
            "async_function",
            "The code awaits, so the function is an `async def`.",
            None,
        )
    for name in (name for name in roles.lifted if name in roles.returns or roles.only_definitions):
        message = f"`{name}` is defined here and used by other cells; it goes to the top level of the module."
        yield _warning(region, "definition_lifted", message, roles.flow.bindings[name][0].line)
    for name in roles.returns:
        if name not in roles.lifted and any(b.kind in ("def", "class") for b in roles.flow.bindings.get(name, ())):
            message = f"`{name}` is made anew by each call and cannot be pickled."
            yield _warning(region, "returns_function", message, roles.flow.bindings[name][0].line)
    if len(roles.returns) > MANY_RESULTS:
        message = f"The function returns {len(roles.returns)} values; consider dropping some or exporting fewer lines."
        yield _warning(region, "many_results", message, None)
    for name in roles.deleted:
        yield _warning(
            region,
            "deletes_name",
            f"`{name}` is deleted here; the notebook deletes it after the call.",
            None,
        )
    if region.widened:
        yield _warning(
            region,
            "selection_widened",
            "The selection was widened to whole statements.",
            None,
        )


def _kept_lines(region: Region, roles: Roles) -> Iterator[PlanWarning]:
    for cell in region.cells:
        if cell.masked.cell_magic is not None:
            message = f"`%%{cell.masked.cell_magic}` stays in the notebook, above the call."
            yield PlanWarning(
                code="magic_kept",
                message=message,
                cell_id=cell.cell.id,
                line=cell.masked.cell_magic_line,
            )
        for magic in cell.masked.magics:
            outside = magic.first < cell.first or magic.first > cell.last or magic in cell.moved_up
            if outside and magic.first != cell.masked.cell_magic_line:
                message = f"`{magic.text.strip()}` stays in the notebook."
                yield PlanWarning(
                    code="magic_kept",
                    message=message,
                    cell_id=cell.cell.id,
                    line=magic.first,
                )
        lead = cell.piece_before().facts.flow.bindings
        if not region.is_part and any(binding.target is not None for bindings in lead.values() for binding in bindings):
            message = "The imports stay in the notebook and go to the module too."
            yield PlanWarning(code="import_kept", message=message, cell_id=cell.cell.id, line=1)
    if roles.hoisted:
        message = "The imports stay in the notebook and go to the top of the module too."
        yield _warning(region, "import_kept", message, roles.hoisted[0].lineno)
