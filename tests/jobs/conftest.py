"""Jobs whose work is a few lines of Python, without kernels."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jupyterlab_prodify.jobs.service import JobService, Work

HEAD = """
import json, os, subprocess, sys, time
from pathlib import Path
from jupyterlab_prodify.api.verify import VerifyResult
from jupyterlab_prodify.jobs.child import serve
from jupyterlab_prodify.jobs.errors import JobFailedError

def result(text):
    return VerifyResult(verdict="same", summary=text, same=0, total=0, nondeterministic=[], differences=[])

def work(task):
"""
TAIL = "\nsys.exit(serve(work))\n"
MakeWork = Callable[..., Work]


def child(body: str) -> list[str]:
    """The argv of a child whose work is ``body``, which knows ``task`` and ``result(text)``."""
    lines = "".join(f"    {line}\n" for line in body.strip().split("\n"))
    return [sys.executable, "-c", HEAD + lines + TAIL]


def work(body: str, title: str = "A job", **more: object) -> Work:
    return Work("verify", title, child(body), **more)  # type: ignore[arg-type]


@pytest.fixture
def changes() -> list[str]:
    return []


@pytest.fixture
def jobs(tmp_path: Path, changes: list[str]) -> Iterator[JobService]:
    service = JobService(tmp_path / "state", changes.append)
    yield service
    service.close()
