"""The notebook's cells after the export: the call, the import, and definitions that have moved away."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jupyterlab_prodify.api.export import (
    Cell,
    CellEdit,
    DeleteCell,
    InsertCell,
    Param,
    ReplaceCell,
    ReturnValue,
)
from jupyterlab_prodify.notebook.bindings import ImportTarget
from jupyterlab_prodify.notebook.dataflow import Piece
from jupyterlab_prodify.notebook.facts import ImportLines, facts_of
from jupyterlab_prodify.notebook.import_signs import is_standard
from jupyterlab_prodify.notebook.magics import mask, normalise_newlines
from jupyterlab_prodify.refactor.function_text import INDENT, LINE_LENGTH, FunctionText
from jupyterlab_prodify.refactor.module_edit import merge_from_import, wrap_from_import
from jupyterlab_prodify.refactor.moved_definitions import Moved
from jupyterlab_prodify.refactor.refusals import RefusalError
from jupyterlab_prodify.refactor.region import Region
from jupyterlab_prodify.refactor.target import Target

NEW_CELL_ID = "prodify-imports"
_AUTORELOAD = ("%reload_ext autoreload", "%autoreload 2")
_AUTORELOAD_ONE = ("%reload_ext autoreload", "%autoreload 1")
_NUMBERED = re.compile(r"In|Out|_\d+|_i\d+|_ih|_oh")


@dataclass
class CellLines:
    """Line edits of one cell: (first, last, new lines); an insertion has ``last == first - 1``."""

    cell: Cell
    edits: list[tuple[int, int, list[str]]] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        return normalise_newlines(self.cell.source).split("\n")

    def result(self) -> str:
        lines = self.lines
        # Of two edits at one line the insertion comes first in the text.
        for first, last, new in sorted(self.edits, key=lambda edit: (edit[0], edit[1]), reverse=True):
            lines[first - 1 : last] = new
        return "\n".join(lines)


def _last_statement(text: str) -> ast.stmt | None:
    try:
        body = ast.parse(mask(text).text).body
    except (SyntaxError, ValueError):
        return None
    return body[-1] if body else None


@dataclass(frozen=True)
class Anchor:
    """Where the import goes: after ``line`` of a cell; ``statement`` are the lines of an import to extend."""

    cell_id: str | None
    line: int = 0
    statement: tuple[int, int] | None = None


class NotebookEdit:
    """Collects the edits of all cells; ``edits()`` gives them in the order of the notebook."""

    def __init__(self, cells: Sequence[Cell], region: Region, target: Target) -> None:
        self._cells = cells
        self._region = region
        self._target = target
        self._texts = {cell.id: CellLines(cell) for cell in cells}
        self._new_first_cell: list[str] | None = None
        self._moved_from: tuple[str, int] | None = None

    # -- the selected cells ---------------------------------------------------------------------------------------

    def replace_body(self, new_lines: list[str]) -> None:
        """The body of the first selected cell becomes ``new_lines``; the other selected cells go."""
        first, *rest = self._region.cells
        lines = new_lines
        for cell in rest:
            lead = [line for line in cell.lines[: cell.first - 1] if line.strip()]
            lines = [*lead, *lines]
        tail = rest[-1].lines[rest[-1].last :] if rest else []
        self._texts[first.cell.id].edits.append((first.first, first.last, [*lines, *tail]))

    def remove_definitions(self, moved: Sequence[Moved], module_path: str) -> None:
        """Cut definitions that have moved to the module out of their cells."""
        for one in moved:
            text = self._texts[one.piece.cell_id]
            first, last = (
                one.piece.offset + one.definition.first,
                one.piece.offset + one.definition.last,
            )
            lines = text.lines
            while last < len(lines) and not lines[last].strip():
                last += 1
            text.edits.append((first, last, []))
        order = {cell.id: index for index, cell in enumerate(self._cells)}
        places = sorted((order[o.piece.cell_id], o.piece.offset + o.definition.first - 1) for o in moved)
        self._moved_from = (self._cells[places[0][0]].id, places[0][1]) if places else None
        for cell_id in {one.piece.cell_id for one in moved}:
            text = self._texts[cell_id]
            self._hide_new_last_value(text)
            if not text.result().strip():
                names = ", ".join(f"`{one.name}`" for one in moved if one.piece.cell_id == cell_id)
                verb = "is" if names.count("`") == 2 else "are"
                text.edits = [
                    (
                        1,
                        len(text.lines),
                        [f"# {names} {verb} in {module_path.rsplit('/', 1)[-1]}"],
                    )
                ]

    def keep_last_value_hidden(self, cell_id: str) -> None:
        """Where only comments have taken the place of the cell's last statements, the one before must not be shown."""
        text = self._texts[cell_id]
        before = _last_statement("\n".join(text.lines))
        if isinstance(_last_statement(text.result()), ast.Expr) and not isinstance(before, ast.Expr):
            first, last, lines = text.edits[-1]
            text.edits[-1] = (first, last, [*lines, "pass"])

    def _hide_new_last_value(self, text: CellLines) -> None:
        """Removing a definition at the end of a cell must not show the value of the statement before it."""
        before = _last_statement("\n".join(text.lines))
        if isinstance(_last_statement(text.result()), ast.Expr) and not isinstance(before, ast.Expr):
            first, last, _ = text.edits[-1]
            text.edits[-1] = (first, last, ["pass"])

    # -- the import -----------------------------------------------------------------------------------------------

    def add_import(self, names: Sequence[str], needed: Iterable[ImportTarget]) -> str:
        """Import ``names`` from the module, which itself imports ``needed``; returns the statement as it stands in the
        notebook.

        Raises:
            RefusalError: it is needed above what makes these imports possible.
        """
        wanted = self._anchor(list(needed))
        anchor = self._early_anchor(wanted, set(names))
        if anchor != wanted and self._late_anchor(anchor, list(needed)):
            raise too_late(names[-1], self._target.path, self._region)
        head = f"from {self._target.import_name} import"
        if anchor.statement is not None and anchor.cell_id is not None:
            return self._extend(anchor, names)
        statement = wrap_from_import(head, names)
        lines = [*self._setup_lines(), *statement.split("\n")]
        if anchor.cell_id is None:
            self._new_first_cell = lines
        else:
            self._texts[anchor.cell_id].edits.append((anchor.line + 1, anchor.line, lines))
        return statement

    def _extend(self, anchor: Anchor, names: Sequence[str]) -> str:
        assert anchor.statement is not None
        assert anchor.cell_id is not None
        first, last = anchor.statement
        text = self._texts[anchor.cell_id]
        merged = merge_from_import("\n".join(text.lines[first - 1 : last]), names)
        setup = self._setup_lines()
        text.edits.append((first, last, [*setup, *merged.split("\n")]))
        return merged

    def _setup_lines(self) -> list[str]:
        path_line = self._target.path_line
        known = not path_line or any(path_line in cell.source for cell in self._cells)
        path = [path_line] if path_line and not known else []
        if any(piece.facts.autoreload for piece in self._region.others):
            return path
        if not writes_modules(self._region):
            return [*_AUTORELOAD, *path]
        # Modules that the notebook writes again must stay as they were imported.
        name = self._target.import_name.split(".")[0]
        free = not any(name in {**p.facts.flow.bindings, **p.facts.flow.exposed} for p in self._region.others)
        return [*_AUTORELOAD_ONE, *path, f"%aimport {self._target.import_name}"] if free else path

    def _standing(self) -> list[Piece]:
        """Pieces before the region whose cells stay; those of further selected cells go."""
        gone = {cell.cell.id for cell in self._region.cells[1:]}
        return [piece for piece in self._region.before if piece.cell_id not in gone]

    def _anchor(self, needed: list[ImportTarget]) -> Anchor:
        existing = self._existing_import()
        first = existing or self._import_cell()
        late = self._late_anchor(first, needed)
        if late is None and first is None and self._counts_cells():
            return self._exported_cell()
        return late or first or Anchor(None)

    def _exported_cell(self) -> Anchor:
        """Above the call."""
        first = self._region.cells[0]
        return Anchor(first.cell.id, first.first - 1)

    def _counts_cells(self) -> bool:
        """Does a cell speak of others by their numbers, which a new first cell would change?"""
        return any(_NUMBERED.fullmatch(hazard.name) for piece in self._region.others for hazard in piece.facts.hazards)

    def too_late(self, needed: Iterable[ImportTarget]) -> list[ImportTarget]:
        """Imports that are possible only below the place where the notebook imports the module already."""
        existing = self._existing_import()
        return [target for target in needed if existing and self._late_anchor(existing, [target])]

    def _early_anchor(self, anchor: Anchor, names: set[str]) -> Anchor:
        """Where the definitions that have moved stood, if cells above the import use them."""
        if anchor.cell_id is None or self._moved_from is None or not self._is_used_above(anchor, names):
            return anchor
        return Anchor(*self._moved_from)

    def _is_used_above(self, anchor: Anchor, names: set[str]) -> bool:
        for cell in self._cells:
            text = self._texts[cell.id]
            if cell.id == anchor.cell_id:
                above = CellLines(text.cell, [edit for edit in text.edits if edit[0] <= anchor.line])
                kept = len(above.result().split("\n")) - (len(text.lines) - anchor.line)
                source = "\n".join(above.result().split("\n")[: max(0, kept)])
                return bool(facts_of(source).flow.reads & names)
            if cell.cell_type == "code" and facts_of(text.result()).flow.reads & names:
                return True
        return False

    def _existing_import(self) -> Anchor | None:
        for piece in self._standing():
            for found in _imports(piece):
                if found.module == self._target.import_name and found.alone and not found.starred:
                    first, last = piece.offset + found.first, piece.offset + found.last
                    return Anchor(piece.cell_id, last, (first, last))
        return None

    def _import_cell(self) -> Anchor | None:
        """After the last import of the first cell that imports something."""
        for piece in self._standing():
            anchor = _after_imports(piece)
            if anchor is not None:
                return anchor
        return None

    def _late_anchor(self, first: Anchor | None, needed: list[ImportTarget]) -> Anchor | None:
        """Where an import that the module needs depends on what cells do before it, we come after it."""
        wanted = {target.name: target for target in needed if not is_standard(target.module)}
        passed, changed, late = first is None, False, None
        attributes: set[str] = set()
        for piece in self._standing():
            signs = piece.facts.import_signs
            here = first is not None and piece.cell_id == first.cell_id and piece.offset < first.line
            changed = changed or ((passed or here) and bool(signs.lines))
            attributes |= {name.rsplit(".", 1)[-1] for name in signs.changed} if passed or here else set()
            for name, found in piece.facts.flow.bindings.items() if passed else ():
                target = wanted.get(name) if any(b.kind == "import" for b in found) else None
                if target and (changed or target.attribute in attributes or self._is_ours(target)):
                    late = _after_imports(piece) or self._exported_cell()
            passed = passed or here
        own = {alias.asname or alias.name.split(".")[0] for node in self._hoisted() for alias in node.names}
        if any(name in own and (changed or self._is_ours(target)) for name, target in wanted.items()):
            late = self._exported_cell()
        return late

    def _is_ours(self, target: ImportTarget) -> bool:
        """A module of the project may show something when it is imported, or read what the notebook has set."""
        return target.module.split(".")[0] in self._target.first_party

    def _hoisted(self) -> list[ast.Import | ast.ImportFrom]:
        return [node for node in self._region.statements if isinstance(node, ast.Import | ast.ImportFrom)]

    # -- the answer -----------------------------------------------------------------------------------------------

    def edits(self) -> list[CellEdit]:
        """All edits, in the order of the notebook."""
        deleted = {cell.cell.id for cell in self._region.cells[1:]}
        answer: list[CellEdit] = []
        if self._new_first_cell is not None:
            before = self._cells[0].id if self._cells else None
            answer.append(
                InsertCell(
                    cell_id=self._free_id(),
                    source="\n".join(self._new_first_cell),
                    before=before,
                )
            )
        for cell in self._cells:
            text = self._texts[cell.id]
            if cell.id in deleted:
                answer.append(DeleteCell(cell_id=cell.id, source_before=cell.source))
            elif text.edits:
                after = text.result()
                answer.append(ReplaceCell(cell_id=cell.id, source_before=cell.source, source_after=after))
        return answer

    def _free_id(self) -> str:
        taken = {cell.id for cell in self._cells}
        number, candidate = 2, NEW_CELL_ID
        while candidate in taken:
            candidate = f"{NEW_CELL_ID}-{number}"
            number += 1
        return candidate


def writes_modules(region: Region) -> bool:
    """Does the notebook write files of Python?"""
    here = [facts_of(cell.text) for cell in region.cells]
    return any(facts.import_signs.writes for facts in [*here, *(piece.facts for piece in region.others)])


def too_late(name: str, path: str, region: Region) -> RefusalError:
    """The notebook needs a definition of the module before the module's imports are possible."""
    return region.refuse(
        "import_too_late",
        f"`{name}` is needed above the place where the imports of {path} become possible: cells before it write a "
        "module, or change where modules are found.",
        "Choose another module, or move the cell that changes what can be imported to the top.",
    )


def _imports(piece: Piece) -> tuple[ImportLines, ...]:
    """Import statements that others can stand beside; a cell magic may run its cell more than once, or elsewhere."""
    facts = piece.facts
    return () if facts.masked.cell_magic is not None else facts.imports


def _after_imports(piece: Piece) -> Anchor | None:
    found = _imports(piece)
    return Anchor(piece.cell_id, piece.offset + max(one.last for one in found)) if found else None


# -- the call -----------------------------------------------------------------------------------------------------


def call_lines(name: str, function: FunctionText, deleted: Sequence[str], moved_up: Sequence[str]) -> list[str]:
    """The lines that replace the exported code: magics, imports, the call, what is shown."""
    call = _call(name, function.params, function.returns, function.is_async, function.shown_name)
    lines = [*moved_up, *function.kept_imports, *call.split("\n")]
    if deleted:
        lines.append(f"del {', '.join(deleted)}")
    if function.shown_name:
        lines.append(function.shown_name)
    if function.kept_display:
        lines += function.kept_display.split("\n")
    return lines


def _call(
    name: str,
    params: Sequence[Param],
    returns: Sequence[ReturnValue],
    is_async: bool,
    shown: str | None,
) -> str:
    head = f"{'await ' if is_async else ''}{name}"
    arguments = [param.source for param in params]
    targets = [value.source for value in returns] + ([shown] if shown else [])
    left = f"{', '.join(targets)} = " if targets else ""
    line = f"{left}{head}({', '.join(arguments)})"
    if len(line) <= LINE_LENGTH:
        return line
    if len(left) > LINE_LENGTH:
        left = "\n".join(["(", *(f"{INDENT}{target}," for target in targets), ") = "])
    if len(f"{left.splitlines()[-1] if left else ''}{head}({', '.join(arguments)})") <= LINE_LENGTH or not arguments:
        return f"{left}{head}({', '.join(arguments)})"
    return "\n".join([f"{left}{head}(", *(f"{INDENT}{argument}," for argument in arguments), ")"])
