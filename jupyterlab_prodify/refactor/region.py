"""The code to export: selected cells or lines, and the text around it that stays in the notebook.

In each selected cell the lines fall into three parts: the *lead* (a cell magic, then magics and imports at the top)
and the *tail* (magics at the end) stay where they are; the *body* between them is exported.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field

from jupyterlab_prodify.api.export import Cell, ExportRequest
from jupyterlab_prodify.notebook.dataflow import Piece
from jupyterlab_prodify.notebook.facts import LARGEST_CELL, facts_of
from jupyterlab_prodify.notebook.magics import Magic, Masked, mask, normalise_newlines
from jupyterlab_prodify.refactor.refusals import RefusalError

#: Lines of the n-th selected cell are numbered from n * LINE_BASE, so that one number names cell and line.
LINE_BASE = 10_000_000


@dataclass
class RegionCell:
    """One selected cell. ``first`` and ``last`` are the 1-based lines of the body; ``moved_up`` are configuring magics
    of the body that go above the call."""

    cell: Cell
    text: str
    lines: list[str]
    masked: Masked
    statements: list[ast.stmt]
    first: int
    last: int
    moved_up: list[Magic] = field(default_factory=list)
    shows_last: bool = False

    @property
    def body_lines(self) -> list[str]:
        """The body's lines, with the configuring magics blanked out."""
        hidden = {line for magic in self.moved_up for line in range(magic.first, magic.last + 1)}
        return ["" if number in hidden else self.lines[number - 1] for number in range(self.first, self.last + 1)]

    def piece_before(self) -> Piece:
        return Piece(self.cell.id, "\n".join(self.lines[: self.first - 1]))

    def piece_after(self) -> Piece:
        return Piece(self.cell.id, "\n".join(self.lines[self.last :]), self.last)


@dataclass
class Region:
    """What is exported, with the pieces of the notebook before and after it."""

    cells: list[RegionCell]
    before: list[Piece]
    after: list[Piece]
    widened: bool = False
    is_part: bool = False
    """Only lines of a cell are exported."""

    @property
    def statements(self) -> list[ast.stmt]:
        """All statements of the bodies, their lines numbered by cell (see ``LINE_BASE``)."""
        return [statement for cell in self.cells for statement in cell.statements]

    @property
    def others(self) -> list[Piece]:
        return [*self.before, *self.after]

    def place(self, line: int) -> tuple[str, int]:
        """Cell id and 1-based line of a line number of ``statements``."""
        index, line = divmod(line, LINE_BASE)
        return self.cells[min(index, len(self.cells) - 1)].cell.id, line

    def refuse(self, code: str, message: str, remedy: str, line: int | None = None) -> RefusalError:
        """A refusal at a line of ``statements``."""
        cell_id, real_line = self.place(line) if line is not None else (self.cells[0].cell.id, None)
        return RefusalError(code, message, remedy, cell_id=cell_id, line=real_line)


def find_region(request: ExportRequest) -> Region:
    """The region that the request selects.

    Raises:
        RefusalError: nothing (exportable) is selected, a selected cell is not Python, or the order would change.
    """
    indices = _selected_indices(request)
    chosen = [_region_cell(request, request.cells[index], ordinal) for ordinal, index in enumerate(indices)]
    widened = False
    if request.lines is not None:
        widened = _narrow(chosen, request.lines.first, request.lines.last)
    for region_cell in chosen:
        _split_lead_and_tail(region_cell)
    _check_inner_parts(chosen)
    region = _with_surroundings(request, indices, chosen)
    region.widened = widened
    region.is_part = request.lines is not None
    _check_not_empty(region)
    for ordinal, region_cell in enumerate(chosen):
        for statement in region_cell.statements:
            ast.increment_lineno(statement, ordinal * LINE_BASE)
    return region


def _selected_indices(request: ExportRequest) -> list[int]:
    places = {cell.id: index for index, cell in enumerate(request.cells)}
    missing = [cell_id for cell_id in request.selected if cell_id not in places]
    if missing or not request.selected:
        raise RefusalError(
            "no_such_cell",
            f"The notebook has no cell `{missing[0]}`." if missing else "No cell is selected.",
            "Select a code cell and try again.",
            field="selected",
        )
    indices = sorted({places[cell_id] for cell_id in request.selected})
    code = [index for index in indices if request.cells[index].cell_type == "code"]
    if not code:
        raise RefusalError(
            "not_code",
            "The selected cell is not a code cell.",
            "Select a code cell.",
            cell_id=request.cells[indices[0]].id,
            field="selected",
        )
    filled = [index for index in code if request.cells[index].source.strip()]
    return filled or code[:1]


def _region_cell(request: ExportRequest, cell: Cell, ordinal: int) -> RegionCell:
    if len(cell.source) > LARGEST_CELL:
        raise RefusalError(
            "cell_too_large",
            f"The cell holds {len(cell.source) / 1e6:.1f} MB of text; cells over 1 MB are not analysed.",
            "Move the data in the cell to a file and read it.",
            cell_id=cell.id,
        )
    text = normalise_newlines(cell.source)
    masked = mask(text)
    if not masked.is_python:
        raise RefusalError(
            "cell_magic",
            f"The cell is run by `%%{masked.cell_magic}`, not as Python of this notebook.",
            "Only Python code can go to a module; leave this cell in the notebook.",
            cell_id=cell.id,
            line=masked.cell_magic_line,
        )
    lines = text.split("\n")
    return RegionCell(
        cell,
        text,
        lines,
        masked,
        _parse(cell, masked),
        masked.cell_magic_line + 1,
        len(lines),
    )


def _parse(cell: Cell, masked: Masked) -> list[ast.stmt]:
    try:
        tree = ast.parse(masked.text)
        _compile(tree)
        return tree.body
    except SyntaxError as error:
        raise RefusalError(
            "syntax_error",
            f"The cell is not valid Python: {error.msg}.",
            "Correct the line, run the cell and try again.",
            cell_id=cell.id,
            line=error.lineno,
        ) from error
    except ValueError as error:
        raise RefusalError(
            "syntax_error",
            f"The cell cannot be parsed: {error}.",
            "Remove the character that Python does not accept.",
            cell_id=cell.id,
            line=masked.text.split("\0")[0].count("\n") + 1,
        ) from error
    except MemoryError:
        # The parser's own limit of nesting.
        raise RecursionError from None


def _compile(tree: ast.Module) -> None:
    """The compiler knows errors that the parser does not, such as ``return`` outside a function."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        compile(tree, "<cell>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)


def start_line(statement: ast.stmt) -> int:
    """First line of a statement, its decorators included."""
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(decorator.lineno for decorator in decorators)])


def end_line(statement: ast.stmt) -> int:
    """Last line of a statement."""
    return statement.end_lineno or statement.lineno


def _narrow(chosen: list[RegionCell], first: int, last: int) -> bool:
    """Keep only whole statements that the lines touch; True when that is more than what was selected."""
    cell = chosen[0]
    if len(chosen) > 1 or first > last or first < 1 or first > len(cell.lines):
        raise RefusalError(
            "bad_lines",
            f"Lines {first} to {last} do not lie in one cell of {len(cell.lines)} lines.",
            "Select lines of one cell.",
            cell_id=cell.cell.id,
            field="selected",
        )
    last = min(last, len(cell.lines))
    spans = [(start_line(statement), end_line(statement)) for statement in cell.statements]
    spans += [(magic.first, magic.last) for magic in cell.masked.magics if magic.first > cell.masked.cell_magic_line]
    low, high = _grow(first, last, spans)
    low = max(low, cell.masked.cell_magic_line + 1)
    cell.first, cell.last = low, high
    cell.statements = [s for s in cell.statements if low <= start_line(s) and end_line(s) <= high]
    return (low, high) != (first, last) and bool(cell.statements)


def _grow(first: int, last: int, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    changed = True
    while changed:
        changed = False
        for low, high in spans:
            touches = low <= last and high >= first
            if touches and (low < first or high > last):
                first, last, changed = min(first, low), max(last, high), True
    return first, last


def _split_lead_and_tail(cell: RegionCell) -> None:
    last_statement = _last_statement_line(cell)
    _take_lead(cell)
    _take_tail(cell)
    cell.statements = [s for s in cell.statements if cell.first <= start_line(s) and end_line(s) <= cell.last]
    inner = [magic for magic in cell.masked.magics if cell.first <= magic.first <= cell.last]
    for magic in inner:
        if magic.indented or not magic.configures:
            raise _magic_refusal(cell, magic)
    cell.moved_up = inner
    masked_lines = {magic.first for magic in cell.masked.magics}
    cell.statements = [s for s in cell.statements if not (isinstance(s, ast.Pass) and s.lineno in masked_lines)]
    cell.shows_last = _shows_last(cell, last_statement)


def _last_statement_line(cell: RegionCell) -> int:
    everything = [end_line(s) for s in ast.parse(cell.masked.text).body]
    return max([0, *everything, *(magic.last for magic in cell.masked.magics)])


def _items(cell: RegionCell) -> list[tuple[int, int, bool]]:
    """(first line, last line, stays in the notebook) of each statement and magic of the body, in order."""
    magics = {magic.first: magic for magic in cell.masked.magics if cell.first <= magic.first <= cell.last}
    items = [(magic.first, magic.last, not magic.indented and magic.kind != "assign") for magic in magics.values()]
    counts: dict[int, int] = {}
    for statement in cell.statements:
        for line in {start_line(statement), end_line(statement)}:
            counts[line] = counts.get(line, 0) + 1
    for statement in cell.statements:
        first, last = start_line(statement), end_line(statement)
        if first in magics:
            continue
        alone = counts[first] == 1 and counts[last] == 1
        items.append((first, last, alone and isinstance(statement, ast.Import | ast.ImportFrom)))
    return sorted(items)


def _take_lead(cell: RegionCell) -> None:
    for _, last, stays in _items(cell):
        if not stays:
            break
        cell.first = last + 1


def _take_tail(cell: RegionCell) -> None:
    magics = {magic.first for magic in cell.masked.magics}
    for first, _, stays in reversed(_items(cell)):
        if first < cell.first or not stays or first not in magics:
            break
        cell.last = first - 1


def _shows_last(cell: RegionCell, last_of_cell: int) -> bool:
    """Does IPython show the value of the body's last statement?"""
    if not cell.statements or cell.masked.cell_magic == "timeit":
        return False
    statement = cell.statements[-1]
    if not isinstance(statement, ast.Expr) or end_line(statement) != last_of_cell:
        return False
    line = cell.masked.text.split("\n")[last_of_cell - 1]
    rest = line.encode()[statement.end_col_offset or 0 :].decode()
    after = "\n".join([rest, *cell.masked.text.split("\n")[last_of_cell:]])
    return not after.strip().startswith(";")


def _magic_refusal(cell: RegionCell, magic: Magic) -> RefusalError:
    if magic.kind == "assign":
        message = f"`{magic.text.strip()}` takes its value from IPython, which a module does not have."
        remedy = "Use `subprocess.run(...)` or the Python function behind the magic, or select the lines after it."
    elif magic.kind == "shell":
        message = f"The shell line `{magic.text.strip()}` stands between the statements."
        remedy = "Move the line to the top of the cell or to a cell of its own, or use `subprocess.run(...)`."
    else:
        message = f"`{magic.text.strip()}` stands between the statements and cannot be moved to a module."
        remedy = "Move the line to the top or the end of the cell, or export the lines before and after it one by one."
    return RefusalError("magic_inside", message, remedy, cell_id=cell.cell.id, line=magic.first)


def _check_inner_parts(chosen: list[RegionCell]) -> None:
    """Between two selected cells nothing can stay in the notebook but imports and configuring magics."""
    for index, cell in enumerate(chosen):
        top = cell.masked.magics if index else ()
        lead = [magic for magic in top if magic.first < cell.first and not magic.configures]
        tail = [magic for magic in cell.masked.magics if magic.first > cell.last] if index < len(chosen) - 1 else []
        if lead or tail:
            raise _magic_refusal(cell, (lead + tail)[0])


def _with_surroundings(request: ExportRequest, indices: list[int], chosen: list[RegionCell]) -> Region:
    selected = dict(zip(indices, chosen, strict=True))
    before: list[Piece] = []
    after: list[Piece] = []
    for index, cell in enumerate(request.cells):
        if cell.cell_type != "code":
            continue
        if index in selected:
            before.append(selected[index].piece_before())
            after.append(selected[index].piece_after())
            continue
        piece = Piece(cell.id, normalise_newlines(cell.source))
        if index < indices[0]:
            before.append(piece)
        elif index > indices[-1]:
            after.append(piece)
        else:
            _check_harmless(piece)
            before.append(piece)
    return Region(chosen, before, _ordered_after(after, chosen))


def _ordered_after(after: list[Piece], chosen: list[RegionCell]) -> list[Piece]:
    return [piece for piece in after if piece.source.strip() or piece.cell_id not in {c.cell.id for c in chosen}]


def _check_harmless(piece: Piece) -> None:
    facts = facts_of(piece.source)
    if facts.problem is None and facts.only_setup and not facts.masked.magics:
        return
    raise RefusalError(
        "not_adjacent",
        "The selected cells are not adjacent: this cell runs between them, and the export would change the order.",
        "Select adjacent cells, select this cell too, or move it.",
        cell_id=piece.cell_id,
        line=1,
        field="selected",
    )


def _check_not_empty(region: Region) -> None:
    if region.statements:
        return
    cell = region.cells[0]
    empty = not any(region_cell.text.strip() for region_cell in region.cells)
    raise RefusalError(
        "nothing_to_export",
        "The cell is empty."
        if empty
        else "There are only imports, magics or comments: nothing that a function could do.",
        "Select a cell with code that computes or shows something.",
        cell_id=cell.cell.id,
        line=None if empty else 1,
        field="selected",
    )
