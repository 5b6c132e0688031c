"""A notebook in a folder, and the program run on it inside this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from jupyterlab_prodify.cli import main


@dataclass
class Outcome:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Program = Callable[..., Outcome]
MakeNotebook = Callable[..., Path]

SOURCES = ["import math", "# Title", "a = 3\nb = 4", "c = math.hypot(a, b)\nprint('c', c)", "c * 2"]


@pytest.fixture
def program(state: Path, capsys: pytest.CaptureFixture[str]) -> Program:
    def run(*arguments: str | Path) -> Outcome:
        capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = int(ended.code or 0)
        out, err = capsys.readouterr()
        return Outcome(code, out, err)

    return run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "plain folder"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def notebook_of(sources: list[str], metadata: dict[str, Any] | None = None, minor: int = 5, ids: bool = True) -> str:
    cells = []
    for index, source in enumerate(sources):
        kind = "markdown" if source.startswith("# ") else "code"
        cell: dict[str, Any] = {"cell_type": kind, "metadata": {}, "source": source.splitlines(keepends=True)}
        if kind == "code":
            cell |= {"execution_count": index, "outputs": []}
        if ids and minor >= 5:
            cell["id"] = f"cell-{index}"
        cells.append(cell)
    notebook = {"cells": cells, "metadata": metadata or {}, "nbformat": 4, "nbformat_minor": minor}
    return json.dumps(notebook, indent=1, sort_keys=True) + "\n"


@pytest.fixture
def make_notebook(folder: Path) -> MakeNotebook:
    def make(sources: list[str] | None = None, name: str = "explore.ipynb", **more: Any) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(notebook_of(sources or SOURCES, **more))
        return path

    return make


def sources_of(path: Path) -> list[str]:
    return ["".join(cell["source"]) for cell in json.loads(path.read_text("utf-8"))["cells"]]
