"""The same proof in a real kernel: slow, for a few cases, to show that the shell of the workers tells the truth."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from tests.proof.compare import differences
from tests.proof.exported import Exported, Source
from tests.proof.session import ENVIRONMENT, CellRun


class _ThisPython(AsyncKernelManager):
    """Starts kernels under the Python that runs the tests, whatever kernelspecs are installed."""

    def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
        arguments = ["-f", self.connection_file, "--HistoryManager.enabled=False"]
        return [sys.executable, "-m", "ipykernel_launcher", *arguments, *(extra_arguments or [])]


def run_in_kernel(cells: Sequence[Source], folder: Path, environment: dict[str, str]) -> list[CellRun]:
    """Each cell's outputs in a fresh kernel that is started in ``folder``."""
    notebook = nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]
    notebook.cells = [nbformat.v4.new_code_cell(cell["source"]) for cell in cells]  # type: ignore[no-untyped-call]
    manager = _ThisPython(kernel_name="python3")
    client = NotebookClient(
        notebook,
        km=manager,
        allow_errors=True,
        timeout=120,
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute(env={**environment, **ENVIRONMENT})
    return [_cell_run(cell["id"], ran.outputs) for cell, ran in zip(cells, notebook.cells, strict=True)]


def _cell_run(cell_id: str, outputs: Sequence[Any]) -> CellRun:
    shown: list[dict[str, Any]] = []
    error = None
    for output in outputs:
        if output.output_type == "stream":
            shown.append({"stream": output.name, "text": output.text})
        elif output.output_type == "error":
            error = [output.ename, output.evalue]
        else:
            shown.append({"data": {mime: _text(value) for mime, value in output.data.items()}})
    return CellRun(cell_id, shown, error, [], {}, [], [])


def _text(value: Any) -> str:
    return value if isinstance(value, str) else repr(value)


def prove_in_kernel(
    cells: Sequence[Source], exported: Exported, selected: Sequence[str], folder: Path, environment: dict[str, str]
) -> list[str]:
    """What differs between the original and the exported notebook, each run in a kernel of its own."""
    before = run_in_kernel(cells, folder, environment)
    for name, text in exported.files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    after = run_in_kernel(exported.cells, folder, environment)
    return differences(before, after, selected)
