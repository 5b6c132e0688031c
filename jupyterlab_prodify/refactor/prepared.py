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
        RefusalError: ``plan`` refuses. Where a helper reads data of the notebook the refusal says whether
            ``pass_globals`` would help.
    """
    view = write_out(request.cells, stars, request.selected)
    cells = view.cells
    passed: list[Passed] = []
    while True:
        try:
            found = plan(msgspec.structs.replace(request, cells=cells))
            break
        except RefusalError as error:
            if error.reads is None:
                raise
            step = _step(cells, error.reads, passed)
            if isinstance(step, Obstacle):
                raise _explained(error, error.reads, step) from error
            if not request.pass_globals:
                error.refusal = msgspec.structs.replace(error.refusal, offer=error.reads)
                raise
            passed.append(step)
            cells = step.cells
    if not view.written and not passed:
        return found
    based = rebase(found, request.cells, cells, view.restore)
    return msgspec.structs.replace(based, warnings=[*based.warnings, *map(_warning, passed)])


def _step(cells: list[Cell], reads: PassGlobal, passed: list[Passed]) -> Passed | Obstacle:
    again = any((one.helper, one.name) == (reads.helper, reads.name) for one in passed)
    if again or len(passed) >= MOST_PASSED:
        return Obstacle(f"`{reads.helper}` reads `{reads.name}` in a way that a parameter does not replace", "", 1)
    return pass_global(cells, reads.helper, reads.name)


def _explained(error: RefusalError, reads: PassGlobal, obstacle: Obstacle) -> RefusalError:
    """The refusal, with why the way out must be taken by hand."""
    refusal = error.refusal
    where = {"cell_id": obstacle.cell_id, "line": obstacle.line} if obstacle.cell_id else {}
    remedy = f"{refusal.remedy} It has to be done by hand: {obstacle.reason}."
    error.refusal = msgspec.structs.replace(refusal, remedy=remedy, **where)
    return error


def _warning(passed: Passed) -> PlanWarning:
    calls = "1 call passes" if passed.calls == 1 else f"{passed.calls} calls pass"
    message = f"`{passed.helper}` takes `{passed.name}` as a parameter; {calls} it."
    return PlanWarning(code="global_passed", message=message, cell_id=passed.cell_id, line=passed.line)
