"""Run the cells of one notebook, in order, in one fresh kernel. Errors in cells are outputs and do not stop the run."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyterlab_prodify.notebook.outputs import Output
from jupyterlab_prodify.verify.order import CodeCell, KernelChoice

if TYPE_CHECKING:
    from nbclient import NotebookClient

_START_SECONDS = 120
_OUTPUT_SECONDS = 60
#: Bytecode beside the sources could outlive a module that is laid anew within the same second.
_ALWAYS = {"PYTHONDONTWRITEBYTECODE": "1"}

OnCell = Callable[[int], None]
"""Called with the place of a cell that begins."""


@dataclass(frozen=True)
class Stop:
    """Why a run came to no end, and at which cell; None where no cell has run."""

    message: str
    cell_id: str | None = None


@dataclass
class Run:
    """Outputs of the cells that came to their end, by id."""

    outputs: dict[str, list[Output]] = field(default_factory=dict)
    stop: Stop | None = None


def run_cells(
    cells: Sequence[CodeCell],
    kernel: KernelChoice,
    folder: Path,
    preamble: str,
    environment: Mapping[str, str],
    timeout: float | None,
    capture_descriptors: bool,
    connection: Path,
    on_cell: OnCell,
) -> Run:
    """Run the cells in a kernel that is started in ``folder`` and ends with the run.

    ``preamble`` runs silently before the first cell; ``timeout`` is for each cell; ``connection`` is the file through
    which client and kernel find each other. Without ``capture_descriptors`` what
    compiled code writes straight to the standard output is not seen: a kernel hangs that on whichever cell runs when it
    is read, so that a notebook can differ from itself.
    """
    client = _client(cells, _manager(kernel, connection), folder, timeout)
    if kernel.is_ipykernel and not capture_descriptors:
        client.extra_arguments = ["--IPKernelApp.capture_fd_output=False"]
    return asyncio.run(_run(client, cells, preamble, {**os.environ, **_ALWAYS, **environment}, on_cell))


def _client(cells: Sequence[CodeCell], manager: Any, folder: Path, timeout: float | None) -> NotebookClient:
    import nbformat
    from nbclient import NotebookClient

    nodes = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": cell.source} for cell in cells]
    notebook = nbformat.from_dict({"cells": nodes, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})  # type: ignore[no-untyped-call]
    return NotebookClient(
        notebook,
        km=manager,
        allow_errors=True,
        timeout=None if timeout is None else max(1, round(timeout)),
        startup_timeout=_START_SECONDS,
        iopub_timeout=_OUTPUT_SECONDS,
        shutdown_kernel="immediate",
        resources={"metadata": {"path": str(folder)}},
    )


def _manager(kernel: KernelChoice, connection: Path) -> Any:
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager

    spec = KernelSpec(
        argv=kernel.argv,
        display_name=kernel.display_name,
        language="python",
        env=kernel.env,
        metadata=kernel.metadata,
        interrupt_mode=kernel.interrupt_mode,
    )

    class OneSpec(KernelSpecManager):
        """Knows the one kernelspec that was found where the request was made."""

        def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
            return spec

    return AsyncKernelManager(kernel_name=kernel.name, kernel_spec_manager=OneSpec(), connection_file=str(connection))


async def _run(
    client: NotebookClient, cells: Sequence[CodeCell], preamble: str, environment: dict[str, str], on_cell: OnCell
) -> Run:
    run = Run()
    try:
        client.reset_execution_trackers()
        async with client.async_setup_kernel(env=environment):
            await _silently(client, preamble)
            await _run_each(client, cells, run, on_cell)
    except Exception as error:  # starting a kernel fails in as many ways as there are kernels
        if run.stop is None:
            run.stop = Stop(f"The kernel does not start: {_first_line(error)}")
    return run


async def _silently(client: NotebookClient, code: str) -> None:
    assert client.kc is not None
    message_id = client.kc.execute(code, silent=True, store_history=False)
    reply = await client.async_wait_for_reply(message_id)
    content = reply["content"] if reply else {"status": "error", "evalue": "no reply"}
    if content["status"] != "ok":
        raise RuntimeError(f"it refuses to be prepared: {content.get('evalue')}")


async def _run_each(client: NotebookClient, cells: Sequence[CodeCell], run: Run, on_cell: OnCell) -> None:
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    nodes = client.nb.cells
    for place, cell in enumerate(cells):
        on_cell(place)
        started = time.monotonic()
        try:
            await client.async_execute_cell(nodes[place], place)
        except CellTimeoutError:
            run.stop = Stop(f"The cell takes longer than {client.timeout} s.", cell.id)
        except DeadKernelError:
            run.stop = Stop("The kernel died in the cell.", cell.id)
        if run.stop is not None:
            print(f"    {run.stop.message}", flush=True)
            break
        print(f"    {time.monotonic() - started:.2f} s", flush=True)
    # An output of an earlier cell can change until the end (display handles), so they are read now.
    ended = cells if run.stop is None else cells[: [cell.id for cell in cells].index(run.stop.cell_id or "")]
    run.outputs = {cell.id: [dict(output) for output in node.outputs] for cell, node in zip(ended, nodes, strict=False)}


def _first_line(error: Exception) -> str:
    text = str(error).strip() or type(error).__name__
    return text.splitlines()[0]
