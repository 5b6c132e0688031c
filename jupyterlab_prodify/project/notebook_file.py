"""A notebook on disk, edited so that nothing but the planned cells changes.

The file's own style is kept: indentation, order of keys, escapes, sources as one string or as lines, the final line
end, the format version. A notebook without cell ids gets none; its cells are called ``#0``, ``#1`` ...
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from jupyterlab_prodify.api.export import Cell, CellEdit, DeleteCell, InsertCell, ReplaceCell
from jupyterlab_prodify.project.errors import NotebookFileError, NotFoundError
from jupyterlab_prodify.project.text_file import hash_of

_STYLES: list[dict[str, Any]] = [
    {"indent": indent, "ensure_ascii": escapes, "separators": separators}
    for indent in (1, 2, 4, "\t", None)
    for escapes in (False, True)
    for separators in ((",", ": "), (", ", ": "), (",", ":"))
]


@dataclass(frozen=True)
class NotebookFile:
    """A notebook as it stands on disk."""

    path: Path
    data: dict[str, Any]
    hash: str
    style: dict[str, Any]
    ending: str

    @property
    def language(self) -> str | None:
        """Language of the notebook, None when it names none."""
        metadata = self.data.get("metadata", {})
        named = metadata.get("kernelspec", {}).get("language") or metadata.get("language_info", {}).get("name")
        return str(named) if named else None

    @property
    def kernel_name(self) -> str | None:
        name = self.data.get("metadata", {}).get("kernelspec", {}).get("name")
        return str(name) if name else None

    @property
    def cells(self) -> list[Cell]:
        return [_cell(index, raw) for index, raw in enumerate(self.data["cells"])]

    def edited(self, edits: Sequence[CellEdit]) -> bytes:
        """The file's new content."""
        data = {**self.data, "cells": self._edited_cells(edits)}
        return (json.dumps(data, **self.style) + self.ending).encode("utf-8")

    def _edited_cells(self, edits: Sequence[CellEdit]) -> list[dict[str, Any]]:
        ids = [cell.id for cell in self.cells]
        raw = dict(zip(ids, self.data["cells"], strict=True))
        order = list(ids)
        for edit in edits:
            if isinstance(edit, ReplaceCell):
                raw[edit.cell_id] = {**raw[edit.cell_id], "source": _like(raw[edit.cell_id], edit.source_after)}
            elif isinstance(edit, DeleteCell):
                order.remove(edit.cell_id)
            else:
                raw[edit.cell_id] = self._new_cell(edit)
                order.insert(order.index(edit.before) if edit.before is not None else len(order), edit.cell_id)
        return [raw[cell_id] for cell_id in order]

    def _new_cell(self, edit: InsertCell) -> dict[str, Any]:
        cell: dict[str, Any] = {"cell_type": "code", "execution_count": None}
        if (self.data["nbformat"], self.data.get("nbformat_minor", 0)) >= (4, 5):
            cell["id"] = edit.cell_id
        like = self.data["cells"][0] if self.data["cells"] else {"source": []}
        return {**cell, "metadata": {}, "outputs": [], "source": _like(like, edit.source)}


def read_notebook(path: Path) -> NotebookFile:
    """Read a notebook.

    Raises:
        NotFoundError: there is no such file.
        NotebookFileError: it is not JSON, not a notebook, or of a format before 4.
    """
    try:
        content = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise NotFoundError(f"There is no notebook `{path.name}`.", str(path), "Check the path.") from error
    try:
        text = content.decode("utf-8")
        data = json.loads(text)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise NotebookFileError(
            f"`{path.name}` is not valid JSON: {error}.", str(path), "Restore the file, for example from Git."
        ) from error
    _check(data, path)
    ending = text[len(text.rstrip()) :]
    return NotebookFile(path, data, hash_of(content), _style(text, data, ending), ending)


def _check(data: object, path: Path) -> None:
    if not isinstance(data, dict) or "nbformat" not in data:
        raise NotebookFileError(f"`{path.name}` is not a notebook.", str(path), "Give a file that Jupyter wrote.")
    if data["nbformat"] != 4:
        raise NotebookFileError(
            f"`{path.name}` has the notebook format {data['nbformat']}; only format 4 can be edited.",
            str(path),
            "Convert it first: `jupyter nbconvert --to notebook --nbformat 4 --inplace`, or save it in JupyterLab.",
        )
    cells = data.get("cells")
    if not isinstance(cells, list) or not all(isinstance(c, dict) and _has_source(c) for c in cells):
        raise NotebookFileError(f"`{path.name}` has no list of cells.", str(path), "Restore the file.")


def _has_source(cell: dict[str, Any]) -> bool:
    source = cell.get("source")
    return isinstance(source, str) or (isinstance(source, list) and all(isinstance(line, str) for line in source))


def _style(text: str, data: dict[str, Any], ending: str) -> dict[str, Any]:
    """The way of writing JSON that gives this very text; nbformat's own where none does."""
    body = text[: len(text) - len(ending)]
    head = body[:400]
    for style in _STYLES:
        if json.dumps(data, **style)[:400] == head and json.dumps(data, **style) == body:
            return style
    return {"indent": 1, "ensure_ascii": False, "separators": (",", ": ")}


def _cell(index: int, raw: dict[str, Any]) -> Cell:
    source = raw["source"]
    kind: Literal["code", "markdown", "raw"] = "raw"
    if raw.get("cell_type") == "code":
        kind = "code"
    elif raw.get("cell_type") == "markdown":
        kind = "markdown"
    text = source if isinstance(source, str) else "".join(source)
    count = raw.get("execution_count")
    identity = raw.get("id") if isinstance(raw.get("id"), str) else f"#{index}"
    return Cell(
        id=str(identity), source=text, cell_type=kind, execution_count=count if isinstance(count, int) else None
    )


def _like(cell: dict[str, Any], source: str) -> str | list[str]:
    if isinstance(cell["source"], str):
        return source
    lines = source.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
