"""Real cells, and notebooks of any length made from them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from jupyterlab_prodify.api.export import Cell, ExportRequest, Plan, Planned, Refusal, Refused
from jupyterlab_prodify.refactor.export import plan_export
from jupyterlab_prodify.refactor.target import Target

TARGET = Target(path="bench_module.py", import_name="bench_module")
FOLDER = Path(__file__).with_name("notebooks")
_MARK = re.compile(r"^# %%$", re.M)
_WORD = re.compile(
    r"\b(df|houses|river|letters|trace|orders|raw|hourly|daily|X|y|fig|ax|totals|baskets|results|frame)\b"
)
_IMPORTS = re.compile(r"\s*(?:(?:%|import |from )[^\n]*(?:\n|$)|\n)+")


def notebooks() -> dict[str, list[str]]:
    """The cells of each notebook by its name."""
    return {path.stem: _cells(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.txt"))}


def _cells(text: str) -> list[str]:
    return [part.strip("\n") for part in _MARK.split(text)[1:]]


def long_notebook(count: int) -> list[Cell]:
    """``count`` code cells: the real notebooks one after the other, again and again, each time with other names for
    their main data so that no two rounds are equal text."""
    cells: list[Cell] = []
    turn = 0
    while len(cells) < count:
        for texts in notebooks().values():
            for text in texts:
                source = text if turn == 0 else _WORD.sub(rf"\1_{turn}", text)
                cells.append(Cell(id=f"c{len(cells)}", source=f"{source}\n# round {turn}"))
        turn += 1
    return cells[:count]


def as_cells(texts: Sequence[str]) -> list[Cell]:
    return [Cell(id=f"c{index}", source=text) for index, text in enumerate(texts)]


def does_something(source: str) -> bool:
    """Is there more than imports and magics?"""
    return bool(_IMPORTS.sub("", source, count=1).strip()) and not source.startswith("import ")


def plan(cells: Sequence[Cell], index: int) -> Plan | Refusal:
    """The plan of exporting one cell into a new module."""
    return plan_export(_request(cells, index), TARGET)


def _request(cells: Sequence[Cell], index: int) -> ExportRequest:
    return ExportRequest(
        notebook="bench.ipynb", cells=list(cells), selected=[cells[index].id], language="python", module=TARGET.path
    )


def body(cells: Sequence[Cell], index: int) -> bytes:
    """The request as the frontend sends it."""
    return msgspec.json.encode(_request(cells, index))


def answer(request: bytes) -> bytes:
    """What the server makes of it: decoded, planned, encoded."""
    found = plan_export(msgspec.json.decode(request, type=ExportRequest), TARGET)
    return msgspec.json.encode(Planned(found) if isinstance(found, Plan) else Refused(found))


def edited(cells: Sequence[Cell], index: int, turn: int) -> list[Cell]:
    """The notebook after one more keystroke in one cell: nothing about that cell is known yet."""
    changed = list(cells)
    changed[index] = Cell(id=cells[index].id, source=f"{cells[index].source}\n# edit {turn}")
    return changed
