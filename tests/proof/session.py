"""Talk to one worker: send a notebook with its variants, get the run of each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

WORKER = Path(__file__).with_name("worker.py")
PRELOAD = ("numpy", "pandas", "matplotlib.pyplot")
#: One thread per library, the same hashes in each run, figures shown after each cell, plain text without colours.
ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMBA_NUM_THREADS": "1",
    "LOKY_MAX_CPU_COUNT": "1",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "COLUMNS": "80",
    "LINES": "24",
    "PIP_NO_INDEX": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}


@dataclass
class CellRun:
    """What one cell showed and left behind."""

    id: str
    outputs: list[dict[str, Any]]
    error: list[str] | None
    warnings: list[str]
    values: dict[str, str]
    aliases: list[list[str]]
    figures: list[int]


@dataclass
class Variant:
    """The notebook from position ``start`` on as it is to be run. ``prelude`` runs right before."""

    key: str
    start: int
    cells: list[dict[str, str]]
    files: dict[str, str]
    watch: dict[str, list[str]] = field(default_factory=dict)
    prelude: str | None = None


class Runner(Protocol):
    """What runs a notebook and its variants: a worker, or something that remembers what a worker said."""

    def run(
        self,
        cells: Sequence[dict[str, str]],
        variants: Sequence[Variant],
        watch: dict[str, list[str]],
        folder: str | None = None,
        seconds: float = 60,
        total_seconds: float = 3600,
        turn: int = 0,
    ) -> dict[str | None, list[CellRun] | None]:
        """The run of the original under None and of each variant under its key; None for a run that died. ``turn``
        tells runs apart for what remembers them: another one is another run."""


class WorkerDied(RuntimeError):
    """The worker ended while it was asked something."""


class Worker:
    """One worker process. ``python`` is the interpreter of the notebook's kernel, ``memory`` how many bytes it may use.
    Use it as a context manager."""

    def __init__(self, python: str | None = None, preload: Sequence[str] = PRELOAD, memory: int | None = None) -> None:
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            [python or sys.executable, str(WORKER), *preload],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get("PROOF_STDERR") else subprocess.DEVNULL,
            env={**os.environ, **ENVIRONMENT, "PROOF_MEMORY": str(memory or "")},
            text=True,
            encoding="utf-8",
            errors="surrogatepass",
        )

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_what: object) -> None:
        self.close()

    def close(self) -> None:
        """End the worker."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def run(
        self,
        cells: Sequence[dict[str, str]],
        variants: Sequence[Variant],
        watch: dict[str, list[str]],
        folder: str | None = None,
        seconds: float = 60,
        total_seconds: float = 3600,
        turn: int = 0,
    ) -> dict[str | None, list[CellRun] | None]:
        """The run of the original under None and of each variant under its key; None for a run that died."""
        request = {
            "cells": list(cells),
            "variants": [vars(variant) for variant in variants],
            "watch": watch,
            "folder": folder,
            "seconds": seconds,
            "total_seconds": total_seconds,
        }
        runs: dict[str | None, list[CellRun] | None] = {}
        with self._lock:
            for answer in self._ask(request):
                found = answer["cells"]
                runs[answer["key"]] = None if found is None else [CellRun(**cell) for cell in found]
        return runs

    def _ask(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answers = []
        for line in self._process.stdout:
            answer = json.loads(line)
            if "done" in answer:
                return answers
            answers.append(answer)
        raise WorkerDied(f"the worker ended with {self._process.wait()}")
