"""A project with notebooks, and Verify on it with real kernels."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from jupyterlab_prodify.api.export import Cell, CellEdit, FileEdit, ReplaceCell
from jupyterlab_prodify.api.jobs import Job
from jupyterlab_prodify.api.verify import VerifyExportRequest, VerifyResult
from jupyterlab_prodify.jobs.service import JobService
from jupyterlab_prodify.verify.service import VerifyService

LONG = 180.0
Export = Callable[..., VerifyResult]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a package below ``src`` and a folder for notebooks."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "user"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    root = tmp_path / "project"
    (root / "notebooks").mkdir(parents=True)
    (root / "src" / "pkg").mkdir(parents=True)
    (root / "src" / "pkg" / "__init__.py").touch()
    (root / "data").mkdir()
    (root / "data" / "raw.csv").write_text("a,b\n1,2\n")
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    return root


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[JobService]:
    service = JobService(tmp_path / "state")
    yield service
    service.close()


@pytest.fixture
def verify(project: Path, jobs: JobService) -> VerifyService:
    return VerifyService(project, jobs)


def cells_of(*sources: str) -> list[Cell]:
    return [Cell(id=f"c{index}", source=source) for index, source in enumerate(sources)]


def replace(cells: Sequence[Cell], index: int, source: str) -> ReplaceCell:
    return ReplaceCell(cell_id=cells[index].id, source_before=cells[index].source, source_after=source)


def new_file(path: str, text: str, before: str | None = None) -> FileEdit:
    hashed = None if before is None else "sha256:" + hashlib.sha256(before.encode()).hexdigest()
    return FileEdit(path=path, hash_before=hashed, text_before=before, text_after=text)


def request(cells: Sequence[Cell], edits: Sequence[CellEdit], *files: FileEdit, **more: Any) -> VerifyExportRequest:
    return VerifyExportRequest(
        notebook="notebooks/nb.ipynb",
        cells=list(cells),
        cell_edits=list(edits),
        file_edits=list(files),
        name="f",
        **more,
    )


def result_of(jobs: JobService, job: Job) -> VerifyResult:
    ended = jobs.wait(job.id, LONG)
    assert ended.state == "done", (ended.error, jobs.log(job.id).text)
    assert ended.result is not None
    return ended.result


@pytest.fixture
def export(verify: VerifyService, jobs: JobService) -> Export:
    """Verify an export to its end."""

    def run(*arguments: Any, **more: Any) -> VerifyResult:
        return result_of(jobs, verify.export(request(*arguments, **more)))

    return run


def write_notebook(path: Path, cells: Sequence[tuple[str, list[dict[str, Any]] | None]], **metadata: Any) -> Path:
    """Sources with their saved outputs; None for a cell that was not run."""
    rows = [
        {
            "cell_type": "code",
            "id": f"c{index}",
            "metadata": {},
            "source": source,
            "outputs": outputs or [],
            "execution_count": None if outputs is None else index + 1,
        }
        for index, (source, outputs) in enumerate(cells)
    ]
    path.write_text(json.dumps({"cells": rows, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}))
    return path


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """All files with their content and time."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
