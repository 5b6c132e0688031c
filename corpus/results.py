"""What is counted, and how it is printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class CellResult:
    """One cell exported by itself: ``exported``, ``refused``, ``broken`` or ``not run`` (the original did not run).
    ``pass_globals`` tells that the export was made with data passed to helpers.

    What a reader needs to see why (the cell, the module, the cell afterwards) is kept unless all went well.
    """

    cell: int
    state: str
    code: str = ""
    message: str = ""
    line: int | None = None
    params: list[str] = field(default_factory=list)
    returns: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    warnings_differ: bool = False
    pass_globals: bool = False
    source: str = ""
    module: str = ""
    cell_after: str = ""


@dataclass
class WholeResult:
    """All logic cells of a notebook exported into one module: ``same``, ``broken`` or ``not run``."""

    state: str
    exported: list[int] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)
    module: str = ""
    cells: list[str] = field(default_factory=list)


@dataclass
class NotebookResult:
    """One notebook. ``problem`` says why it could not be measured."""

    id: str
    path: str
    seconds: float
    cells: list[CellResult] = field(default_factory=list)
    whole: WholeResult | None = None
    problem: str = ""

    def count(self, state: str) -> int:
        """How many of its cells ended so."""
        return sum(cell.state == state for cell in self.cells)


def totals(notebooks: Sequence[NotebookResult], seconds: float) -> dict[str, object]:
    """The figures of the whole run."""
    cells = [cell for notebook in notebooks for cell in notebook.cells]
    refusals = Counter(cell.code for cell in cells if cell.state == "refused")
    wholes = [notebook.whole for notebook in notebooks if notebook.whole]
    tried = len(cells)
    exported = sum(cell.state == "exported" for cell in cells)
    same = sum(whole.state == "same" for whole in wholes)
    return {
        "notebooks": len(notebooks),
        "notebooks_not_measured": sum(bool(notebook.problem) for notebook in notebooks),
        "cells_tried": tried,
        "cells_exported": exported,
        "cells_exported_on_offer": sum(cell.state == "exported" and cell.pass_globals for cell in cells),
        "cells_refused": dict(refusals.most_common()),
        "cells_broken": sum(cell.state == "broken" for cell in cells),
        "cells_not_run": sum(cell.state == "not run" for cell in cells),
        "exported_percent": percent(exported, tried),
        "wholes_tried": len(wholes),
        "wholes_same": same,
        "wholes_same_percent": percent(same, len(wholes)),
        "seconds": round(seconds, 1),
    }


def percent(part: int, whole: int) -> float:
    """To one decimal, rounded down so that 99.96 is not 100."""
    return int(part * 1000 / whole) / 10 if whole else 0.0


def line_of(result: NotebookResult) -> str:
    """One notebook in one line."""
    counted = [f"{result.count('exported')}/{len(result.cells)} exported"]
    counted += [f"{result.count(state)} {state}" for state in ("refused", "broken", "not run") if result.count(state)]
    if result.whole:
        counted.append(f"whole {result.whole.state}")
    if result.problem:
        counted.append(result.problem)
    return f"{result.seconds:7.1f} s  {result.id:<58} {', '.join(counted)}"


def summary(figures: dict[str, object]) -> str:
    """The figures of the whole run in a few lines."""
    refused = figures["cells_refused"]
    assert isinstance(refused, dict)
    by_code = ", ".join(f"{count} {code}" for code, count in refused.items())
    lines = [
        f"notebooks   {figures['notebooks']}",
        f"cells       {figures['cells_tried']} tried, {figures['cells_exported']} exported "
        f"({figures['exported_percent']} %), {sum(refused.values())} refused, {figures['cells_broken']} broken",
        f"refused     {by_code or '-'}",
    ]
    if figures["cells_exported_on_offer"]:
        lines.append(
            f"on offer    {figures['cells_exported_on_offer']} of the exported cells: helpers get their data passed"
        )
    if figures["cells_not_run"] or figures["notebooks_not_measured"]:
        lines.append(
            f"not run     {figures['cells_not_run']} cells, {figures['notebooks_not_measured']} notebooks not measured"
        )
    if figures["wholes_tried"]:
        lines.append(
            f"wholes      {figures['wholes_same']} of {figures['wholes_tried']} notebooks the same with all logic in "
            f"one module ({figures['wholes_same_percent']} %)"
        )
    lines.append(f"time        {figures['seconds']} s")
    return "\n".join(lines)


def failures(notebooks: Sequence[NotebookResult]) -> str:
    """Everything that is broken, to be read: where, the difference, the module and the cell afterwards."""
    parts = []
    for notebook in notebooks:
        if notebook.problem:
            parts.append(f"## {notebook.id}\n\n{notebook.problem}")
        for cell in notebook.cells:
            if cell.state in ("broken", "not run"):
                parts.append(f"## {notebook.id} [{cell.cell}] {cell.state}\n\n" + _told(cell))
        if notebook.whole and notebook.whole.state != "same":
            told = "\n".join(notebook.whole.differences)
            parts.append(f"## {notebook.id} whole: {notebook.whole.state}\n\n{_fenced('', told)}")
    return "\n\n".join(parts) + "\n" if parts else "Nothing is broken.\n"


def _told(cell: CellResult) -> str:
    texts = [("", "\n".join(cell.differences)), ("python", cell.source), ("python", cell.module)]
    return "\n\n".join(_fenced(language, text) for language, text in [*texts, ("python", cell.cell_after)] if text)


def _fenced(language: str, text: str) -> str:
    return f"```{language}\n{text}\n```"
