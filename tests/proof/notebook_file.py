"""The cells of an ``.ipynb`` file, of nbformat 3 or 4."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jupyterlab_prodify.api.export import Cell


def read_cells(path: Path) -> list[Cell]:
    """All cells in order; cells without ids are called by their index (``#7``)."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    sheets = notebook.get("worksheets")
    rows = [cell for sheet in sheets for cell in sheet["cells"]] if sheets else notebook["cells"]
    return [_cell(index, row) for index, row in enumerate(rows)]


def _cell(index: int, row: dict[str, Any]) -> Cell:
    source = row.get("source", row.get("input", ""))
    text = source if isinstance(source, str) else "".join(source)
    kind = row["cell_type"] if row["cell_type"] in ("code", "raw") else "markdown"
    return Cell(id=row.get("id") or f"#{index}", source=text, cell_type=kind)
