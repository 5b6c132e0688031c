"""Plans for a notebook that is prepared first: ``*`` imports written out, helpers given the data that they read."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from jupyterlab_prodify.api.export import Cell, ExportRequest, PassGlobal, Plan, PlanWarning
from jupyterlab_prodify.refactor.pass_globals import Obstacle, Passed, pass_global
from jupyterlab_prodify.refactor.refusals import RefusalError
from jupyterlab_prodify.refactor.star_imports import StarNames, write_out
from jupyterlab_prodify.refactor.views import rebase

#: A notebook that needs more than this is better put in order by hand.
MOST_PASSED = 100


def plan_prepared(request: ExportRequest, stars: StarNames, plan: Callable[[ExportRequest], Plan]) -> Plan:
    """The plan of the prepared notebook as a plan for the person's own.

    Raises:
        RefusalError: ``plan`` refuses. Where helpers read data of the notebook and ``pass_globals`` would lead to a
            plan, the refusal offers it.
    """
    view = write_out(request.cells, stars, request.selected)
    cells = view.cells
    passed: list[Passed] = []
    first: RefusalError | None = None
    while True:
        try:
            found = plan(msgspec.structs.replace(request, cells=cells))
            break
        except RefusalError as error:
            # What cannot be helped is said at once: nobody is led from one refusal to the next.
            if error.reads is None:
                raise
            step = _step(cells, error.reads, passed)
            if isinstance(step, Obstacle):
                raise _explained(error, error.reads, step) from error
            first = first or error
            passed.append(step)
            cells = step.cells
    if first is not None and not request.pass_globals:
        raise _offering(first, passed)
    if not view.written and not passed:
        return found
    based = rebase(found, request.cells, cells, view.restore)
    return msgspec.structs.replace(based, warnings=[*based.warnings, *map(_warning, passed)])


def _step(cells: list[Cell], reads: PassGlobal, passed: list[Passed]) -> Passed | Obstacle:
    again = any((one.helper, one.name) == (reads.helper, reads.name) for one in passed)
    if again or len(passed) >= MOST_PASSED:
        return Obstacle(f"`{reads.helper}` reads `{reads.name}` in a way that a parameter does not replace", "", 1)
    return pass_global(cells, reads.helper, reads.name)


def _offering(error: RefusalError, passed: list[Passed]) -> RefusalError:
    """The refusal, with the way out and all that belongs to it."""
    remedy = error.refusal.remedy
    more = [f"`{one.name}` one of `{one.helper}`" for one in passed[1:]]
    if more:
        remedy = f"{remedy.rstrip('.')}; then {', '.join(more)}."
    error.refusal = msgspec.structs.replace(error.refusal, offer=error.reads, remedy=remedy)
    return error


def _explained(error: RefusalError, reads: PassGlobal, obstacle: Obstacle) -> RefusalError:
    """The refusal, at the place for which the way out must be taken by hand."""
    refusal = error.refusal
    if not obstacle.cell_id:
        remedy = f"{refusal.remedy} It has to be done by hand: {obstacle.reason}."
        error.refusal = msgspec.structs.replace(refusal, remedy=remedy)
        return error
    error.refusal = msgspec.structs.replace(
        refusal,
        message=f"`{reads.helper}` reads `{reads.name}`, data of the notebook, so it cannot move to the module "
        f"unchanged; and {obstacle.reason}, so `{reads.name}` cannot become a parameter by itself.",
        remedy=f"Make `{reads.name}` a parameter of `{reads.helper}` by hand, then plan again.",
        cell_id=obstacle.cell_id,
        line=obstacle.line,
    )
    return error


def _warning(passed: Passed) -> PlanWarning:
    calls = "1 call passes" if passed.calls == 1 else f"{passed.calls} calls pass"
    message = f"`{passed.helper}` takes `{passed.name}` as a parameter; {calls} it."
    return PlanWarning(code="global_passed", message=message, cell_id=passed.cell_id, line=passed.line)
