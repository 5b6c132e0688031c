"""Decides what every name of the exported code becomes.

Map of the parts, in the order in which they decide:

- ``unfit_code``    what cannot be exported at all
- ``display``       where the shown expression goes
- ``reads``         imports, definitions that move along, parameters
- ``results``       return values, and what the notebook deletes
- ``lifting``       functions and classes of the code that go to the module
- ``main_module``   what is looked for in ``__main__``
- ``late_binding``  code that runs later, or runs code of the notebook
"""

from __future__ import annotations

from collections.abc import Callable

from jupyterlab_prodify.notebook.bindings import BOUND, DELETED, UNTOUCHED
from jupyterlab_prodify.notebook.flow import analyse_statements
from jupyterlab_prodify.notebook.import_signs import is_standard
from jupyterlab_prodify.refactor.display import Display, place_display
from jupyterlab_prodify.refactor.function_text import shows_between
from jupyterlab_prodify.refactor.late_binding import check_late_binding
from jupyterlab_prodify.refactor.lifting import Clashes
from jupyterlab_prodify.refactor.main_module import check_main
from jupyterlab_prodify.refactor.reads import decide_reads
from jupyterlab_prodify.refactor.region import Region
from jupyterlab_prodify.refactor.results import check_inputs, decide_results
from jupyterlab_prodify.refactor.roles import Draft, Roles
from jupyterlab_prodify.refactor.statements import only_definitions
from jupyterlab_prodify.refactor.unfit_code import (
    check_annotations,
    check_deleted_builtins,
    check_hazards,
    check_statements,
)


def decide_roles(
    region: Region,
    target_import: str,
    target_names: frozenset[str],
    clashes: Clashes = lambda name, source: False,
    is_installed: Callable[[str], bool] = is_standard,
) -> Roles:
    """Decide what every name of the region becomes.

    ``target_import`` is the dotted name of the module that the code goes to and ``target_names`` what it binds already;
    ``clashes`` knows whether a name stands for something other than a given definition there, ``is_installed`` which
    modules can be imported whatever the notebook does.

    Raises:
        RefusalError: a name cannot be given a role that keeps the notebook's meaning.
    """
    draft = Draft(region, target_import, target_names, is_installed)
    check_statements(draft)
    check_hazards(draft)
    check_annotations(draft)
    check_deleted_builtins(draft)
    _place_display(draft)
    decide_reads(draft)
    decide_results(draft)
    check_inputs(draft)
    _lift_definitions(draft, clashes)
    check_late_binding(draft)
    roles, order = draft.roles, draft.roles.flow.text_order
    check_main(draft)
    draft.lifting.check([*roles.returns, *roles.params])
    _order_moved(draft)
    roles.params, roles.returns = order(roles.params), order(roles.returns)
    return roles


def _place_display(draft: Draft) -> None:
    if draft.shown is None:
        return
    rest = draft.body[:-1]
    rest_flow = analyse_statements(rest)
    inside = {name for name in rest_flow.bindings if rest_flow.final.get(name, 0) & BOUND}
    available = {name for name in inside if draft.is_read_elsewhere(name)}
    display = place_display(draft.shown, rest, inside, available)
    unsure = [name for name in display.flow.reads & inside if not rest_flow.surely_bound(name)]
    gone = [name for name in display.flow.reads if rest_flow.final.get(name, UNTOUCHED) & DELETED]
    if display.place == "keep" and (unsure or gone):
        display = Display(display.statement, "return", display.flow)
    draft.roles.display = display
    if display.place == "keep":
        draft.body = rest
        draft.roles.flow = rest_flow
        for name, place in display.flow.first_seen.items():
            rest_flow.first_seen.setdefault(name, place)


def _lift_definitions(draft: Draft, clashes: Clashes) -> None:
    """Functions and classes of the code stand better at the top of the module."""
    roles, lifting = draft.roles, draft.lifting
    kept = [*roles.returns, *roles.params]
    lifting.lift(roles.params, clashes, kept)
    roles.lifted = lifting.lifted
    roles.moved.update(lifting.along.moved)
    for target in lifting.along.imports:
        draft.add_import([target], 1)
    shown_inside = roles.display is not None and roles.display.place == "return"
    inside = set(lifting.definitions)
    shows = shown_inside or shows_between(draft.region)
    roles.only_definitions = only_definitions(draft.body) and inside <= set(roles.lifted) and not shows


def _order_moved(draft: Draft) -> None:
    """In the module as in the notebook: a base class stands before the class that needs it."""
    order = {piece: index for index, piece in enumerate(draft.lifting.pieces)}
    moved = sorted(draft.roles.moved.values(), key=lambda one: (order[one.piece], one.definition.first))
    draft.roles.moved = {one.name: one for one in moved}
