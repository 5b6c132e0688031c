"""Code that runs after the call, or runs code of the notebook: it must not see another value than in the notebook."""

from __future__ import annotations

from jupyterlab_prodify.notebook.dataflow import rebinders_of
from jupyterlab_prodify.refactor.closures import escaping_owners
from jupyterlab_prodify.refactor.held_code import holders_of
from jupyterlab_prodify.refactor.roles import Draft


def check_late_binding(draft: Draft) -> None:
    """Warn of closures.

    Raises:
        RefusalError: a function, an object or a class body would find another value by a name.
    """
    _check_closures(draft)
    _check_held_code(draft)
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
        if rebound is not None:
            raise draft.region.refuse(
                "late_binding",
                f"{owner} reads `{name}` when it is called, and a later cell binds `{name}` again; "
                "in a module it would keep the old value.",
                f"Make `{name}` a parameter of the function first.",
                live[0].line,
            )
        draft.warn("closure", f"{owner} keeps the `{name}` of this call.", live[0].line)


def _check_held_code(draft: Draft) -> None:
    """Code of the notebook that is called from here sees the notebook's names, not those bound here."""
    reads = draft.roles.flow.exposed
    holders = holders_of(draft.roles.flow.bindings, draft.region.before)
    for holder in draft.roles.flow.text_order(set(holders) & (set(reads) | set(draft.roles.params))):
        if holder in draft.roles.moved:
            continue
        name = min(holders[holder])
        raise draft.region.refuse(
            "late_binding",
            f"`{holder}` runs code of the notebook that reads `{name}`, and `{name}` is bound here; "
            "in a module that code would still see the old value.",
            f"Make `{name}` a parameter of the function that reads it, or bind it in a cell before.",
            reads[holder].line if holder in reads else None,
        )


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
