"""A notebook on disk, edited so that nothing but the planned cells changes.

The text of the file is kept except for the places that change, and those follow the file's own style: indentation,
escapes, sources as one string or as lines, the format version. A notebook without cell ids gets none; its cells are
called ``#0``, ``#1`` ...
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from jupyterlab_prodify.api.export import Cell, CellEdit, DeleteCell, InsertCell, ReplaceCell
from jupyterlab_prodify.project.errors import ChangedError, NotebookFileError, NotFoundError
from jupyterlab_prodify.project.notebook_json import Span, elements, members
from jupyterlab_prodify.project.text_file import hash_of

_BOM = "\ufeff"
_ESCAPED = re.compile(r"\\u(?!00[0-7])[0-9a-fA-F]{4}")
#: The first frame of a traceback, which is the cell: as IPython writes it now, and as it did before version 8.
_CELL_LINE = re.compile(r"Cell In ?\[\d+\], line (\d+)|^-+> (\d+) ", re.MULTILINE)
_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_NEW_CELL = ("cell_type", "execution_count", "id", "metadata", "outputs", "source")


@dataclass(frozen=True)
class NotebookFile:
    """A notebook as it stands on disk."""

    path: Path
    text: str
    hash: str
    data: dict[str, Any]
    spans: list[Span]
    """Where each cell stands in the text."""
    bom: str = ""
    style: _Style = field(default_factory=lambda: _Style())

    @property
    def language(self) -> str | None:
        """Language of the notebook, None when it names none."""
        named = _text(self.data, "metadata", "kernelspec", "language")
        return named or _text(self.data, "metadata", "language_info", "name")

    @property
    def kernel_name(self) -> str | None:
        return _text(self.data, "metadata", "kernelspec", "name")

    @property
    def cells(self) -> list[Cell]:
        counts = Counter(str(raw.get("id")) for raw in self.data["cells"])
        return [_cell(index, raw, counts) for index, raw in enumerate(self.data["cells"])]

    def edited(self, edits: Sequence[CellEdit]) -> bytes:
        """The file's new content.

        Raises:
            ChangedError: an edit speaks of a cell that is not there or reads otherwise.
        """
        text = _Edition(self, edits).text()
        return (self.bom + text).encode("utf-8", "surrogatepass")


@dataclass(frozen=True)
class _Style:
    """How this file writes JSON. ``indent`` is None where a cell stands on one line."""

    indent: str | None = " "
    newline: str = "\n"
    ascii: bool = False
    separators: tuple[str, str] = (", ", ": ")
    keys: tuple[str, ...] = _NEW_CELL

    def render(self, value: Any, column: str) -> str:
        """``value`` as text; lines after the first begin with ``column``."""
        if self.indent is None:
            return json.dumps(value, ensure_ascii=self._escapes(value), separators=self.separators)
        text = json.dumps(value, ensure_ascii=self._escapes(value), indent=self.indent)
        return text.replace("\n", self.newline + column)

    def _escapes(self, value: Any) -> bool:
        # Half of a surrogate pair can only be written as an escape.
        return self.ascii or re.search("[\ud800-\udfff]", json.dumps(value, ensure_ascii=False)) is not None


class _Edition:
    """The text with its edits."""

    def __init__(self, notebook: NotebookFile, edits: Sequence[CellEdit]) -> None:
        self._notebook = notebook
        self._ids = [cell.id for cell in notebook.cells]
        self._sources = [cell.source for cell in notebook.cells]
        self._cells: dict[int, str] = {}
        self._inserted: dict[int, list[str]] = {}
        self._deleted: set[int] = set()
        for edit in edits:
            self._add(edit)

    def _add(self, edit: CellEdit) -> None:
        if isinstance(edit, InsertCell):
            before = len(self._ids) if edit.before is None else self._index(edit.before)
            self._inserted.setdefault(before, []).append(self._new_cell(edit))
            return
        index = self._index(edit.cell_id)
        if self._sources[index] != edit.source_before:
            raise ChangedError(f"Cell {edit.cell_id} reads otherwise than in the plan.", None, "Plan again.")
        if isinstance(edit, ReplaceCell):
            self._cells[index] = self._with_source(index, edit.source_after)
        elif isinstance(edit, DeleteCell):
            self._deleted.add(index)

    def _index(self, cell_id: str) -> int:
        if cell_id not in self._ids:
            raise ChangedError(f"There is no cell {cell_id}.", None, "Plan again.")
        return self._ids.index(cell_id)

    def _with_source(self, index: int, source: str) -> str:
        notebook = self._notebook
        cell = notebook.spans[index]
        place = members(notebook.text, cell.start)["source"]
        value = _like(notebook.data["cells"][index]["source"], source)
        column = _column(notebook.text, place.start)
        rendered = notebook.style.render(value, column)
        return notebook.text[cell.start : place.start] + rendered + notebook.text[place.end : cell.end]

    def _new_cell(self, edit: InsertCell) -> str:
        notebook = self._notebook
        version = (notebook.data["nbformat"], notebook.data.get("nbformat_minor", 0))
        like: str | list[str] = next((cell["source"] for cell in notebook.data["cells"] if cell["source"]), [])
        values: dict[str, Any] = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
        values["source"] = _like(like, edit.source)
        if version >= (4, 5):
            values["id"] = edit.cell_id
        ordered = {key: values[key] for key in notebook.style.keys if key in values}
        return notebook.style.render(ordered, self._cell_column())

    def _cell_column(self) -> str:
        notebook = self._notebook
        if notebook.spans:
            return _column(notebook.text, notebook.spans[0].start)
        return 2 * (notebook.style.indent or "")

    def text(self) -> str:
        notebook = self._notebook
        array = members(notebook.text, _start(notebook.text))["cells"]
        text = notebook.text[: array.start] + self._array(array) + notebook.text[array.end :]
        self._check(json.loads(text))
        return text

    def _check(self, data: dict[str, Any]) -> None:
        """Every cell that no edit speaks of is the same as before, and so is all the rest."""
        old = {index: raw for index, raw in enumerate(self._notebook.data["cells"]) if index not in self._deleted}
        new = iter(data["cells"])
        for index in range(len(self._ids) + 1):
            for _ in self._inserted.get(index, []):
                next(new)
            if index in old:
                found = next(new)
                kept = found if index not in self._cells else {**found, "source": old[index]["source"]}
                assert kept == old[index], f"cell {index} would be changed"
        assert {**data, "cells": None} == {**self._notebook.data, "cells": None}

    def _array(self, array: Span) -> str:
        text, spans = self._notebook.text, self._notebook.spans
        pieces: list[str] = []
        for index, span in enumerate(spans):
            pieces += self._inserted.get(index, [])
            if index not in self._deleted:
                pieces.append(self._cells.get(index, span.of(text)))
        pieces += self._inserted.get(len(spans), [])
        head, between, tail = self._frame(array)
        return head + between.join(pieces) + tail if pieces else "[]"

    def _frame(self, array: Span) -> tuple[str, str, str]:
        """What stands before the first cell, between two, and after the last one."""
        text, spans, style = self._notebook.text, self._notebook.spans, self._notebook.style
        if spans:
            head, tail = text[array.start : spans[0].start], text[spans[-1].end : array.end]
            between = text[spans[0].end : spans[1].start] if len(spans) > 1 else "," + head[1:]
            return head, between, tail
        if style.indent is None:
            return "[", style.separators[0], "]"
        line = style.newline + 2 * style.indent
        return "[" + line, "," + line, style.newline + style.indent + "]"


# -- reading ------------------------------------------------------------------------------------------------------


def read_notebook(path: Path) -> NotebookFile:
    """Read a notebook.

    Raises:
        NotFoundError: there is no such file.
        NotebookFileError: it is not JSON, not a notebook, or of a format before 4.
    """
    content = _read(path)
    try:
        text = content.decode("utf-8")
        bom, text = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
        data = json.loads(text)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise NotebookFileError(
            f"`{path.name}` is not valid JSON: {error}.", str(path), "Restore the file, for example from Git."
        ) from error
    _check(data, path)
    array = members(text, _start(text))["cells"]
    spans = elements(text, array.start)
    return NotebookFile(path, text, hash_of(content), data, spans, bom, _style(text, data, spans))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise NotFoundError(f"There is no notebook `{path}`.", str(path), "Check the path.") from error
    except OSError as error:
        raise NotebookFileError(
            f"`{path.name}` cannot be read: {error.strerror}.", str(path), "Check the rights of the file."
        ) from error


def _check(data: object, path: Path) -> None:
    if not isinstance(data, dict) or not isinstance(data.get("nbformat"), int):
        raise NotebookFileError(f"`{path.name}` is not a notebook.", str(path), "Give a file that Jupyter wrote.")
    if data["nbformat"] != 4:
        raise NotebookFileError(
            f"`{path.name}` has the notebook format {data['nbformat']}; only format 4 can be edited.",
            str(path),
            "Convert it first: `jupyter nbconvert --to notebook --nbformat 4 --inplace`, or save it in JupyterLab.",
        )
    cells = data.get("cells")
    if not isinstance(cells, list) or not all(isinstance(cell, dict) and _has_source(cell) for cell in cells):
        raise NotebookFileError(
            f"`{path.name}` has no list of cells.", str(path), "Restore the file, for example from Git."
        )


def _has_source(cell: dict[str, Any]) -> bool:
    source = cell.get("source")
    return isinstance(source, str) or (isinstance(source, list) and all(isinstance(line, str) for line in source))


def _style(text: str, data: dict[str, Any], spans: Sequence[Span]) -> _Style:
    first = next((raw for raw in data["cells"] if raw.get("cell_type") == "code"), None)
    keys = tuple(key for key in first if key in _NEW_CELL) if first else _NEW_CELL
    return _Style(
        indent=_indent(text, spans),
        newline="\r\n" if "\r\n" in text else "\n",
        ascii=text.isascii() and _ESCAPED.search(text) is not None,
        separators=_separators(text, spans),
        keys=(*keys, *(key for key in _NEW_CELL if key not in keys)),
    )


def _indent(text: str, spans: Sequence[Span]) -> str | None:
    """What one level of a cell is indented by."""
    if spans:
        cell = spans[0]
        inner = next(iter(members(text, cell.start).values()), cell)
        outer, deeper = _column(text, cell.start), _column(text, inner.start)
        return deeper.removeprefix(outer) or " " if "\n" in cell.of(text) else None
    found = re.match(r"\{\r?\n([ \t]+)", text[_start(text) :])
    return found.group(1) if found else None


def _separators(text: str, spans: Sequence[Span]) -> tuple[str, str]:
    """How a cell on one line is written."""
    body = spans[0].of(text) if spans else text
    return (", " if re.search(r'(?:"|\]|\}|l|\d), "', body) else ",", ": " if '": ' in body else ":")


def _start(text: str) -> int:
    return len(text) - len(text.lstrip(" \t\r\n"))


def _column(text: str, at: int) -> str:
    """The indentation of the line in which ``at`` stands."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return line[: len(line) - len(line.lstrip(" \t"))]


def _text(data: Any, *names: str) -> str | None:
    for name in names:
        data = data.get(name) if isinstance(data, dict) else None
    return data if isinstance(data, str) and data else None


def _cell(index: int, raw: dict[str, Any], counts: Counter[str]) -> Cell:
    source, kind, count = raw["source"], raw.get("cell_type"), raw.get("execution_count")
    known: Literal["code", "markdown", "raw"] = (
        "code" if kind == "code" else "markdown" if kind == "markdown" else "raw"
    )
    own = raw.get("id")
    return Cell(
        id=own if isinstance(own, str) and counts[own] == 1 else f"#{index}",
        source=source if isinstance(source, str) else "".join(source),
        cell_type=known,
        execution_count=count if isinstance(count, int) else None,
        error=_shown_error(raw.get("outputs")),
        error_line=_error_line(raw.get("outputs")),
    )


def _shown_error(outputs: object) -> str | None:
    """The exception with which the saved output ends; None when it ends otherwise."""
    last = _last_error(outputs)
    return None if last is None else str(last.get("ename") or "an error")


def _error_line(outputs: object) -> int | None:
    """The line of the cell that its traceback names: that of the first frame."""
    last = _last_error(outputs)
    traceback = last.get("traceback") if last is not None else None
    if not isinstance(traceback, list):
        return None
    found = _CELL_LINE.search(_COLOUR.sub("", "\n".join(map(str, traceback))))
    return int(found[1] or found[2]) if found else None


def _last_error(outputs: object) -> dict[str, Any] | None:
    last = outputs[-1] if isinstance(outputs, list) and outputs else None
    return last if isinstance(last, dict) and last.get("output_type") in ("error", "pyerr") else None


def _like(form: str | list[str], source: str) -> str | list[str]:
    """The source in the form of another one: one string, or a list of lines."""
    if isinstance(form, str):
        return source
    lines = source.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
