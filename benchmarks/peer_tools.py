"""Extraction by rope and by jedi, with the notebook as one file: what the cell becomes and what the module holds."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyterlab_prodify.api.export import Cell
from jupyterlab_prodify.notebook.magics import mask, normalise_newlines

FUNCTION, MODULE = "extracted_function", "peer_module"
_MARK = "# ----- cell {}"
_IMPORTED = f"from {MODULE} import {FUNCTION}"


@dataclass(frozen=True)
class Extraction:
    """The cell after the extraction and the module with the function."""

    cell: str
    module: str


class CannotExtract(Exception):
    """The tool gives up, or what it made cannot be used."""


@dataclass(frozen=True)
class Part:
    """The lines of a cell that are extracted, 1-based in the whole file, and the texts of the cell around them."""

    first: int
    last: int
    before: str
    after: str


class Flat:
    """A notebook's code cells in one file. Magics are left out, and so are cells that are not Python."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.lines: list[str] = []
        self.starts: dict[int, int] = {}
        self.texts: dict[int, str] = {}
        for index, cell in enumerate(cells):
            if cell.cell_type == "code":
                self._add(index, normalise_newlines(cell.source))
        self.text = "\n".join(self.lines) + "\n"

    def _add(self, index: int, source: str) -> None:
        masked = mask(source)
        usable = masked.is_python and _parsed(masked.text) is not None
        self.lines.append(_MARK.format(index))
        self.starts[index] = len(self.lines)
        self.texts[index] = source
        self.lines += masked.text.split("\n") if usable else ["pass"]

    def part(self, index: int) -> Part:
        """The cell without the magics and comments before its first statement, and without its shown last expression
        when there is something else: neither tool returns that from a function. Raises CannotExtract."""
        source = self.texts[index]
        masked = mask(source)
        tree = _parsed(masked.text)
        magic = {line for found in masked.magics for line in range(found.first, found.last + 1)}
        body = [node for node in tree.body if node.lineno not in magic] if tree else []
        if not masked.is_python or not body:
            raise CannotExtract("not Python")
        if len(body) > 1 and isinstance(body[-1], ast.Expr) and not source.rstrip().endswith(";"):
            body = body[:-1]
        lines = source.split("\n")
        first, last = body[0].lineno, max(node.end_lineno or 0 for node in body)
        start = self.starts[index]
        return Part(start + first, start + last, "\n".join(lines[: first - 1]), "\n".join(lines[last:]))

    def result(self, index: int, part: Part, text: str) -> Extraction:
        """What a tool's new text of the file means for the notebook. Raises CannotExtract."""
        tree = _parsed(text)
        made = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == FUNCTION] if tree else []
        if len(made) != 1:
            raise CannotExtract("no function at the top of the file")
        lines = text.split("\n")
        first, last = made[0].lineno - 1, made[0].end_lineno or 0
        function = "\n".join(lines[first:last])
        cell = _cell_of(lines[:first] + lines[last:], index, self.texts[index], part)
        return Extraction(cell, f"{self._imports(index)}\n\n\n{function}\n")

    def _imports(self, index: int) -> str:
        """All imports of the notebook up to the cell: without them hardly any function could run in a module."""
        found: dict[str, None] = {}
        for place, source in self.texts.items():
            tree = _parsed(mask(source).text) if place <= index else None
            nodes = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))] if tree else []
            found.update(dict.fromkeys(ast.unparse(node) for node in nodes))
        return "\n".join(sorted(found, key=lambda line: not line.startswith("from __future__")))


def _cell_of(lines: list[str], index: int, source: str, part: Part) -> str:
    """The cell's new lines: its own first and last lines with their magics, and what stands between them now."""
    marks = [place for place, line in enumerate(lines) if line.startswith(_MARK.format(""))]
    here = next((place for place in marks if lines[place] == _MARK.format(index)), None)
    if here is None:
        raise CannotExtract("the cells cannot be told apart any more")
    end = next((place for place in marks if place > here), len(lines))
    new = lines[here + 1 : end]
    head, tail = part.before.count("\n") + bool(part.before), len(part.after.split("\n")) if part.after else 0
    middle = new[head : len(new) - tail] if tail else new[head:]
    return "\n".join([*([part.before] if head else []), _IMPORTED, *middle, *([part.after] if tail else [])])


def _parsed(text: str) -> ast.Module | None:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


class Rope:
    """rope's extract-method, asked for a global function."""

    name = "rope"

    def __init__(self, flat: Flat, folder: Path) -> None:
        from rope.base.libutils import path_to_resource
        from rope.base.project import Project

        self.flat = flat
        path = folder / "notebook_of_rope.py"
        path.write_text(flat.text, encoding="utf-8")
        self.project: Any = Project(str(folder), ropefolder=None)
        self.resource = path_to_resource(self.project, str(path))

    def text(self, part: Part) -> str:
        """The file after the extraction."""
        from rope.refactor.extract import ExtractMethod

        lines = self.flat.text.split("\n")
        start = sum(len(line) + 1 for line in lines[: part.first - 1])
        end = sum(len(line) + 1 for line in lines[: part.last]) - 1
        self.project.validate()
        changes = ExtractMethod(self.project, self.resource, start, end).get_changes(FUNCTION, global_=True)
        return str(changes.changes[0].new_contents)

    def close(self) -> None:
        """Forget the project."""
        self.project.close()


class Jedi:
    """jedi's extract-function."""

    name = "jedi"

    def __init__(self, flat: Flat, folder: Path) -> None:
        self.flat = flat
        self.path = folder / "notebook_of_jedi.py"
        self.path.write_text(flat.text, encoding="utf-8")

    def text(self, part: Part) -> str:
        """The file after the extraction."""
        import jedi

        script = jedi.Script(self.flat.text, path=self.path)
        found = script.extract_function(part.first, 0, new_name=FUNCTION, until_line=part.last + 1, until_column=0)
        return str(found.get_changed_files()[self.path].get_new_code())

    def close(self) -> None:
        """Nothing is held."""
