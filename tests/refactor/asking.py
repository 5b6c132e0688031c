"""Ask the engine for a plan in one line, and read what the plan would leave behind."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import msgspec

from jupyterlab_prodify.api.export import (
    Cell,
    DeleteCell,
    ExportRequest,
    InsertCell,
    LineRange,
    ParamChoice,
    Plan,
    Refusal,
    ReturnChoice,
)
from jupyterlab_prodify.refactor.export import plan_export
from jupyterlab_prodify.refactor.star_imports import StarNames
from jupyterlab_prodify.refactor.target import Target

MODULE = "src/steps.py"


def cells_of(sources: Sequence[str], markdown: Collection[int] = ()) -> list[Cell]:
    """Cells with the ids ``c0``, ``c1``, ..."""
    return [
        Cell(id=f"c{index}", source=source, cell_type="markdown" if index in markdown else "code")
        for index, source in enumerate(sources)
    ]


def target_of(module: str | None, path_line: str | None = None) -> Target:
    """``src/steps.py`` with this text, imported as ``steps``."""
    digest = None if module is None else "sha256:0"
    return Target(path=MODULE, import_name="steps", source=module, hash=digest, path_line=path_line)


def ask(
    sources: Sequence[str],
    selected: Sequence[int] = (1,),
    *,
    lines: tuple[int, int] | None = None,
    markdown: Collection[int] = (),
    module: str | None = None,
    path_line: str | None = None,
    name: str | None = None,
    params: list[ParamChoice] | None = None,
    returns: list[ReturnChoice] | None = None,
    docstring: str | None = None,
    language: str | None = "python",
    pass_globals: bool = False,
    failed: Collection[int] | Mapping[int, int] = (),
    stars: StarNames | None = None,
) -> Plan | Refusal:
    """The engine's answer for these cells; by default the second one is exported.

    ``failed`` are cells that stopped with an error, perhaps with the line that their tracebacks name.
    """
    request = ExportRequest(
        notebook="work/explore.ipynb",
        cells=[
            msgspec.structs.replace(
                cell,
                error="KeyError" if place in failed else None,
                error_line=failed.get(place) if isinstance(failed, Mapping) else None,
            )
            for place, cell in enumerate(cells_of(sources, markdown))
        ],
        selected=[f"c{index}" for index in selected],
        lines=LineRange(first=lines[0], last=lines[1]) if lines else None,
        language=language,
        name=name,
        params=params,
        returns=returns,
        docstring=docstring,
        pass_globals=pass_globals,
    )
    return plan_export(request, target_of(module, path_line), stars)


def request_for(sources: Sequence[str], selected: Sequence[int] = (1,)) -> ExportRequest:
    """A plain request for some of the cells."""
    return ExportRequest(notebook="n.ipynb", cells=cells_of(sources), selected=[f"c{index}" for index in selected])


def roles_of(sources: Sequence[str], selected: Sequence[int] = (1,)) -> tuple[str, str]:
    """Parameters and results of the plan, each as words in order."""
    function = planned(ask(sources, selected)).function
    return " ".join(param.name for param in function.params), " ".join(function.returns)


def planned(answer: Plan | Refusal) -> Plan:
    """The plan; a refusal fails the test."""
    assert isinstance(answer, Plan), answer
    return answer


def refused(answer: Plan | Refusal) -> Refusal:
    """The refusal; a plan fails the test."""
    assert isinstance(answer, Refusal), answer.function.source
    return answer


def notebook_after(sources: Sequence[str], plan: Plan) -> list[str]:
    """The sources of the cells once the plan is applied."""
    after = {f"c{index}": source for index, source in enumerate(sources)}
    order = list(after)
    for edit in plan.cell_edits:
        if isinstance(edit, InsertCell):
            after[edit.cell_id] = edit.source
            order.insert(order.index(edit.before) if edit.before else len(order), edit.cell_id)
            continue
        assert after[edit.cell_id] == edit.source_before
        if isinstance(edit, DeleteCell):
            order.remove(edit.cell_id)
        else:
            after[edit.cell_id] = edit.source_after
    return [after[cell_id] for cell_id in order]


def module_after(plan: Plan) -> str:
    """The text of the module once the plan is applied."""
    (edit,) = [edit for edit in plan.file_edits if edit.path == MODULE]
    assert edit.text_after is not None
    return edit.text_after
