"""Code that runs after the call, or runs code of the notebook: it must not see another value than in the notebook."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jupyterlab_prodify.notebook.dataflow import rebinders_of
from jupyterlab_prodify.refactor.closures import escaping_owners
from jupyterlab_prodify.refactor.global_writes import is_written, writing_line, written_by
from jupyterlab_prodify.refactor.held_code import Held, readers_held
from jupyterlab_prodify.refactor.moved_definitions import BUILTINS
from jupyterlab_prodify.refactor.refusals import RefusalError
from jupyterlab_prodify.refactor.roles import Draft


def check_late_binding(draft: Draft) -> None:
    """Warn of closures.

    Raises:
        RefusalError: a function, an object or a class body would find another value by a name.
    """
    _check_closures(draft)
    _check_held_code(draft)
    _check_written_names(draft)
    _check_class_bodies(draft)


def _check_closures(draft: Draft) -> None:
    roles = draft.roles
    locals_ = {name for name in roles.flow.bindings if name not in roles.lifted} | set(roles.params)
    captured = {name: reads for name, reads in roles.flow.captured.items() if name in locals_}
    if not captured:
        return
    escaping = escaping_owners(draft.body, roles.returns)
    for name, reads in captured.items():
        live = [read for read in reads if read.owner in escaping and read.owner not in (name, *roles.lifted)]
        if not live:
            continue
        rebound = next(rebinders_of(name, draft.region.after), None)
        owner = "a lambda" if live[0].owner.startswith("<") else f"`{live[0].owner}`"
        if rebound is not None or is_written(name, draft.region.others):
            binds = "a later cell" if rebound is not None else "a function of the notebook"
            raise draft.region.refuse(
                "late_binding",
                f"{owner} reads `{name}` when it is called, and {binds} binds `{name}` again; "
                "in a module it would keep the old value.",
                f"Make `{name}` a parameter of the function first.",
                live[0].line,
            )
        draft.warn("closure", f"{owner} keeps the `{name}` of this call.", live[0].line)


def _check_held_code(draft: Draft) -> None:
    """Code of the notebook that is called from here sees the notebook's names, not those bound here."""
    held = readers_held(draft.roles.flow.bindings, draft.region.before)
    for holder, names, line in _used(draft, held):
        raise draft.region.refuse(
            "late_binding",
            f"`{holder}` runs code of the notebook that reads `{names[0]}`, and `{names[0]}` is bound here; "
            "in a module that code would still see the old value.",
            f"Make `{names[0]}` a parameter of the function that reads it, or bind it in a cell before.",
            line,
        )


def _used(draft: Draft, held: Held) -> Iterator[tuple[str, list[str], int | None]]:
    """Holders that the code is given, the names that they touch, and the line."""
    flow = draft.roles.flow
    for holder in flow.text_order(set(held.holders) & {*flow.exposed, *draft.roles.params}):
        if holder not in draft.roles.moved or holder in held.filled:
            read = flow.exposed.get(holder)
            yield holder, flow.text_order(held.holders[holder]), read.line if read else None


def _check_written_names(draft: Draft) -> None:
    """Code of the notebook that runs in here may bind the notebook's names, not the names of the function."""
    flow, region = draft.roles.flow, draft.region
    wanted = {*flow.exposed, *flow.bindings, *draft.roles.params, *flow.in_strings}
    held = written_by(wanted, region.before)
    for holder, names, line in _used(draft, held):
        raise _written(draft, f"`{holder}` runs code of the notebook that", names[0], line)
    calls = any(_calls_unknown(node) for statement in draft.body for node in ast.walk(statement))
    hidden = (held.hidden if calls else set()) | held.running | (held.scheduled if flow.uses_await else set())
    for name in flow.text_order(hidden):
        raise _written(
            draft, "Code of the notebook that may run meanwhile", name, flow.first_seen.get(name, (None, 0))[0]
        )


def _calls_unknown(node: ast.AST) -> bool:
    """Is this a call of something that may call functions which it was given before?"""
    if isinstance(node, ast.Await | ast.With | ast.AsyncWith):
        return True
    return isinstance(node, ast.Call) and not (isinstance(node.func, ast.Name) and node.func.id in BUILTINS)


def _written(draft: Draft, what: str, name: str, line: int | None) -> RefusalError:
    return draft.region.refuse(
        "late_binding",
        f"{what} binds `{name}` ({_where_written(draft, name)}), and `{name}` is used here too; "
        f"in a module this code would not see the new `{name}`.",
        f"Let that code return the new `{name}`, or use `{name}` in another cell.",
        line,
    )


def _where_written(draft: Draft, name: str) -> str:
    found = writing_line(name, draft.region.before)
    if found is None:
        return "through the namespace of the notebook"
    piece, line = found
    return f"`global {name}` in `{piece.source.splitlines()[line - 1].strip()}`"


def _check_class_bodies(draft: Draft) -> None:
    for name, line in draft.roles.flow.class_shadowed.items():
        if name in draft.roles.params or draft.binds(name):
            raise draft.region.refuse(
                "class_body_name",
                f"The class body reads `{name}` and binds a name of its own `{name}`; inside a function Python "
                "does not find the outer one.",
                f"Give the class's own `{name}` another name.",
                line,
            )
