"""Requests to verify become jobs. Used by the server and by the command line."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from jupyterlab_prodify.api.export import Cell, CellEdit, DeleteCell, FileEdit, InsertCell, ReplaceCell
from jupyterlab_prodify.api.jobs import Job
from jupyterlab_prodify.api.verify import VerifyExportRequest, VerifyNotebookRequest
from jupyterlab_prodify.jobs.service import JobService, Work
from jupyterlab_prodify.project.errors import ChangedError, NotFoundError, RequestError
from jupyterlab_prodify.project.kernel import FindSpec
from jupyterlab_prodify.project.layout import find_project, first_party_names
from jupyterlab_prodify.project.paths import confine_module, confine_notebook
from jupyterlab_prodify.project.text_file import current_hash
from jupyterlab_prodify.verify.errors import NoKernelError, NoSavedOutputsError, NotPythonError
from jupyterlab_prodify.verify.order import CodeCell, KernelChoice, LaidFile, Order, SavedCell, Side
from jupyterlab_prodify.verify.outside import places_outside

if TYPE_CHECKING:
    from jupyterlab_prodify.project.notebook_file import NotebookFile

_ARGV = (sys.executable, "-m", "jupyterlab_prodify.verify")
_DEFAULT_KERNEL = "python3"


class VerifyService:
    """Starts jobs that verify notebooks under ``root``. ``find_spec`` gives the kernelspec of a name; ``timeout`` is
    how many seconds a cell may take, None for as long as it likes."""

    def __init__(
        self, root: Path, jobs: JobService, find_spec: FindSpec | None = None, timeout: float | None = None
    ) -> None:
        self.root = root.resolve()
        self.jobs = jobs
        self._find_spec = find_spec or _spec_of
        self._timeout = timeout

    # -- requests -------------------------------------------------------------------------------------------------

    def export(self, request: VerifyExportRequest) -> Job:
        """Start to run the notebook as it is and as the plan makes it; nothing of the person's is written.

        Raises:
            RequestError: the edits do not fit the cells, or the notebook has no Python kernel.
            OutsideRootError, ForbiddenPathError, NotFoundError: a path is outside, or not a module, or not there.
            ChangedError: a module is not as it was when the plan was made.
        """
        notebook = self._notebook(request.notebook)
        kernel = self._kernel(request.kernel_name, _DEFAULT_KERNEL)
        edits = [(edit, confine_module(self.root, edit.path)) for edit in request.file_edits]
        old, new = _laid(edits, request.applied)
        before, after = _code(request.cells), _code(_edited(request.cells, request.cell_edits))
        order = Order(before=self._side(notebook, kernel, before, old), after=self._side(notebook, kernel, after, new))
        return self._start(f"Verify the export of {request.name}", order)

    def notebook(self, request: VerifyNotebookRequest) -> Job:
        """Start to run the notebook in a fresh kernel and to compare with the outputs that it holds on disk.

        Raises:
            RequestError: it has no Python kernel, or holds no outputs.
            OutsideRootError, NotFoundError: the path is outside, or there is no such notebook.
            NotebookFileError: the file is not a notebook.
        """
        return self.saved(self._notebook(request.notebook), request.kernel_name)

    def saved(self, path: Path, kernel_name: str | None = None, timeout: float | None = None) -> Job:
        """The same for a notebook anywhere."""
        # Reading notebooks is not needed before somebody verifies; the server starts without it.
        from jupyterlab_prodify.project.notebook_file import read_notebook

        file = read_notebook(path)
        kernel = self._kernel_of(file, kernel_name)
        saved = _saved_cells(file)
        if not saved:
            raise NoSavedOutputsError(
                f"`{path.name}` holds no outputs, so there is nothing to compare with.",
                str(path),
                "Run the notebook and save it, or give a second notebook.",
            )
        side = self._side(path, kernel, _code(file.cells))
        day = dt.date.fromtimestamp(path.stat().st_mtime).isoformat()
        return self._start(f"Verify {path.name}", Order(after=side, saved=saved, saved_day=day, timeout=timeout))

    def pair(
        self,
        before: Path,
        after: Path,
        kernel_name: str | None = None,
        timeout: float | None = None,
        folder: Path | None = None,
    ) -> Job:
        """Start to run two notebooks and to compare them; each in its own folder, or both in ``folder``.

        Raises:
            RequestError: one of them has no Python kernel.
            NotFoundError, NotebookFileError: one of them is not there, or not a notebook.
        """
        from jupyterlab_prodify.project.notebook_file import read_notebook
        from jupyterlab_prodify.verify.cell_groups import with_common_ids

        files = [read_notebook(path) for path in (before, after)]
        old = _code(files[0].cells)
        new = with_common_ids(old, _code(files[1].cells))
        sides = [
            self._side((folder or path.parent) / path.name, self._kernel_of(file, kernel_name), cells)
            for path, file, cells in zip((before, after), files, (old, new), strict=True)
        ]
        order = Order(before=sides[0], after=sides[1], timeout=timeout)
        return self._start(f"Verify {after.name} against {before.name}", order)

    def _start(self, title: str, order: Order) -> Job:
        if order.timeout is None and self._timeout is not None:
            order = msgspec.structs.replace(order, timeout=self._timeout)
        work = Work("verify", title, _ARGV, msgspec.json.encode(order), near=Path(order.after.project))
        return self.jobs.start(work)

    # -- what they need -------------------------------------------------------------------------------------------

    def _notebook(self, given: str) -> Path:
        path = confine_notebook(self.root, given)
        if not path.parent.is_dir():
            raise NotFoundError(f"There is no folder for `{given}`.", given, "Save the notebook first.")
        return path

    def _side(
        self, notebook: Path, kernel: KernelChoice, cells: Sequence[CodeCell], files: Sequence[LaidFile] = ()
    ) -> Side:
        folder = notebook.parent.resolve()
        project = find_project(folder / notebook.name, self.root)
        outside = places_outside([cell.source for cell in cells], folder, project.root, self.root)
        outside += _places_of(files, project.root)
        return Side(
            project=str(project.root),
            folder=str(folder),
            kernel=kernel,
            cells=list(cells),
            files=list(files),
            outside=[str(place) for place in outside],
            bounded=project.kind == "folder" and not (project.root / "pyproject.toml").is_file(),
            modules=sorted(first_party_names(project, folder / notebook.name)),
        )

    def _kernel_of(self, file: NotebookFile, kernel_name: str | None) -> KernelChoice:
        if file.language is not None and not file.language.lower().startswith(("python", "ipython")):
            raise NotPythonError(
                f"`{file.path.name}` is a notebook of the language {file.language}.",
                str(file.path),
                "Only Python notebooks can be verified.",
            )
        return self._kernel(kernel_name, file.kernel_name or _DEFAULT_KERNEL)

    def _kernel(self, kernel_name: str | None, otherwise: str) -> KernelChoice:
        name = kernel_name or otherwise
        try:
            spec = self._find_spec(name)
        except Exception as error:  # every manager has its own error for an unknown name
            raise NoKernelError(
                f"There is no kernel `{name}`.", None, "Install it, or choose one that `jupyter kernelspec list` names."
            ) from error
        if not str(spec.language or "python").lower().startswith("python"):
            raise NotPythonError(
                f"The kernel `{name}` is for the language {spec.language}.", None, "Choose a Python kernel."
            )
        return _choice(name, spec)


def _places_of(files: Sequence[LaidFile], project: Path) -> list[Path]:
    """What must be copied so that a module outside of the project works: its folder, unless that holds the project."""
    paths = [Path(file.path) for file in files]
    return [
        path if project.is_relative_to(path.parent) else path.parent
        for path in paths
        if not path.is_relative_to(project)
    ]


def _choice(name: str, spec: Any) -> KernelChoice:
    return KernelChoice(
        name=name,
        display_name=str(spec.display_name),
        argv=[str(part) for part in spec.argv],
        env={str(key): str(value) for key, value in (spec.env or {}).items()},
        metadata=dict(spec.metadata or {}),
        interrupt_mode=str(spec.interrupt_mode or "signal"),
    )


def _spec_of(name: str) -> Any:
    from jupyter_client.kernelspec import KernelSpecManager

    return KernelSpecManager().get_kernel_spec(name)


# -- cells --------------------------------------------------------------------------------------------------------


def _code(cells: Sequence[Cell]) -> list[CodeCell]:
    """The cells that a kernel is sent."""
    return [
        CodeCell(cell.id, cell.source, index)
        for index, cell in enumerate(cells)
        if cell.cell_type == "code" and cell.source.strip()
    ]


def _edited(cells: Sequence[Cell], edits: Sequence[CellEdit]) -> list[Cell]:
    """The cells after the edits.

    Raises:
        RequestError: an edit speaks of a cell that is not there or reads otherwise.
    """
    rows = list(cells)
    for edit in edits:
        if isinstance(edit, InsertCell):
            place = len(rows) if edit.before is None else _place(rows, edit.before)
            rows.insert(place, Cell(id=edit.cell_id, source=edit.source))
            continue
        place = _place(rows, edit.cell_id)
        if rows[place].source != edit.source_before:
            raise RequestError(f"Cell {edit.cell_id} reads otherwise than in the plan.", None, "Plan again.")
        if isinstance(edit, DeleteCell):
            del rows[place]
        elif isinstance(edit, ReplaceCell):
            rows[place] = msgspec.structs.replace(rows[place], source=edit.source_after)
    return rows


def _place(rows: Sequence[Cell], cell_id: str) -> int:
    place = next((place for place, cell in enumerate(rows) if cell.id == cell_id), None)
    if place is None:
        raise RequestError(f"The plan speaks of a cell {cell_id} that is not there.", None, "Plan again.")
    return place


def _saved_cells(file: NotebookFile) -> list[SavedCell]:
    """The code cells that were run before the notebook was saved."""
    raw = file.data["cells"]
    found = []
    for cell in _code(file.cells):
        outputs = raw[cell.index].get("outputs") or []
        if outputs or raw[cell.index].get("execution_count") is not None:
            found.append(SavedCell(cell, outputs))
    return found


# -- files --------------------------------------------------------------------------------------------------------


def _laid(edits: Sequence[tuple[FileEdit, Path]], applied: bool) -> tuple[list[LaidFile], list[LaidFile]]:
    """Files to lay before either run; what is on disk is one of the two.

    Raises:
        ChangedError: a file on disk is not what the plan was made from.
    """
    if applied:
        return [LaidFile(str(path), edit.text_before, edit.encoding) for edit, path in edits], []
    for edit, path in edits:
        if current_hash(path) != edit.hash_before:
            raise ChangedError(f"`{edit.path}` has changed since the plan was made.", edit.path, "Plan again.")
    return [], [LaidFile(str(path), edit.text_after, edit.encoding) for edit, path in edits]
