"""Read a worked case: cells in the percent format, then what is expected of the export.

    # %%                       a code cell
    # %% [markdown]            a markdown cell
    # %% [export]              a code cell that is exported
    # %% [export 2:3]          ... only its lines 2 to 3
    # %% [export crlf]         ... with Windows line ends (``cr``: old Macintosh ones)

Blank lines at the end of a cell do not count. At the end of the file:

    # expect: params=a, b           parameters in order; without the line any will do
    # expect: returns=c             returned names in order
    # expect: warning=code          a warning of this code (``any``: at least one; ``none``: none at all)
    # moved: h                      notebook functions and classes that move along
    # display: keep | return | none where the shown last expression goes
    # is_async                      the function is an ``async def`` (``# is_async: no``: it is not)
    # refused: code                 the export is refused (``any``: with whatever code)
    # refused or proved             both will do, a wrong notebook will not
    # minimal                       without any one parameter or returned name the notebook breaks
    # why: one line
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from jupyterlab_prodify.api.export import Cell

_MARK = re.compile(r"# %%(?: \[([^\]]*)\])?$")
_FOOTER = re.compile(
    r"# (expect: \w+|moved|display|is_async|refused or proved|refused|minimal|why)\b(?:\s*[=:]\s*(.*))?$"
)
_LINE_ENDS = {"crlf": "\r\n", "cr": "\r"}


@dataclass
class Case:
    """One case. Expectations that are None are left to the proof."""

    name: str
    cells: list[Cell] = field(default_factory=list)
    export: list[int] = field(default_factory=list)
    lines: tuple[int, int] | None = None
    params: list[str] | None = None
    returns: list[str] | None = None
    moved: list[str] | None = None
    warnings: list[str] = field(default_factory=list)
    display: str | None = None
    is_async: bool | None = None
    refused: str | None = None
    may_be_refused: bool = False
    minimal: bool = False
    why: str = ""


class BadCase(ValueError):
    """The file is not a case."""


def read_case(path: Path) -> Case:
    """The case in a file. Raises BadCase where a line of the footer is not understood or nothing is exported."""
    lines = path.read_bytes().decode("utf-8").split("\n")
    case = Case(path.stem)
    footer = _footer_start(lines)
    for options, text in _cells(lines[:footer]):
        _add_cell(case, options, text)
    for line in lines[footer:]:
        if line.strip():
            _expect(case, line)
    if not case.export:
        raise BadCase(f"{path}: no cell is marked [export]")
    return case


def _footer_start(lines: list[str]) -> int:
    start = len(lines)
    while start > 0 and (not lines[start - 1].strip() or _FOOTER.match(lines[start - 1])):
        start -= 1
    return start


def _cells(lines: list[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        mark = _MARK.match(line)
        if mark:
            found.append((mark[1] or "", []))
        elif found:
            found[-1][1].append(line)
        elif line.strip():
            raise BadCase(f"text before the first cell: {line}")
    return [(options, "\n".join(texts).rstrip("\n")) for options, texts in found]


def _add_cell(case: Case, options: str, text: str) -> None:
    words = options.split()
    for word in words:
        if word in _LINE_ENDS:
            text = text.replace("\n", _LINE_ENDS[word])
        elif ":" in word:
            first, last = word.split(":")
            case.lines = (int(first), int(last))
        elif word not in ("export", "markdown", "raw"):
            raise BadCase(f"{case.name}: unknown option {word}")
    kind = next((word for word in words if word in ("markdown", "raw")), "code")
    if "export" in words:
        case.export.append(len(case.cells))
    case.cells.append(Cell(id=f"c{len(case.cells)}", source=text, cell_type=kind))  # type: ignore[arg-type]


def _expect(case: Case, line: str) -> None:
    match = _FOOTER.match(line)
    if not match:
        raise BadCase(f"{case.name}: {line}")
    key, value = match[1], (match[2] or "").strip()
    names = [name.strip() for name in value.split(",") if name.strip()]
    if key == "expect: params":
        case.params = names
    elif key == "expect: returns":
        case.returns = names
    elif key == "expect: warning":
        case.warnings += names
    elif key == "moved":
        case.moved = names
    elif key == "display":
        case.display = value
    elif key == "is_async":
        case.is_async = value != "no"
    elif key == "refused":
        case.refused = value
    elif key == "refused or proved":
        case.may_be_refused = True
    elif key == "minimal":
        case.minimal = True
    elif key == "why":
        case.why = value
    else:
        raise BadCase(f"{case.name}: {line}")
