"""Real pipelines: a Git and DVC repository, looked at and run from here, and by ``dvc`` in a terminal."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from jupyterlab_prodify.api.pipeline import PipelineRan, PipelineStatus, Stage
from jupyterlab_prodify.jobs.child import Reporter
from jupyterlab_prodify.pipeline.order import Order
from jupyterlab_prodify.pipeline.panel import Panel
from jupyterlab_prodify.pipeline.perform import perform
from jupyterlab_prodify.pipeline.project import PipelineProject
from tests.vcs.conftest import DVC, Person, dvc_person, own_settings, person

__all__ = ["Person", "dvc_person", "own_settings", "person"]

#: Two branches that meet, with parameters, a metric and a plot.
PIPELINE = """\
stages:
  prepare:
    cmd: cat raw.csv > prepared.csv
    deps: [raw.csv, prepare.py]
    params: [window]
    outs: [prepared.csv]
  left:
    cmd: cat prepared.csv > left.txt
    deps: [prepared.csv]
    params: [model.rate, {settings.json: [depth]}]
    outs: [left.txt]
  right:
    cmd: cat prepared.csv > right.txt
    deps: [prepared.csv]
    outs:
    - right.txt
  report:
    cmd:
    - cat left.txt right.txt > report.txt
    - 'echo ''{"rows": 2}'' > metrics.json; echo ''[{"x": 1}]'' > plot.json'
    deps: [left.txt, right.txt]
    outs: [report.txt]
    metrics:
    - metrics.json:
        cache: false
    plots:
    - plot.json:
        x: x
"""
FILES = {
    "raw.csv": "1\n2\n",
    "prepare.py": "# code\n",
    "params.yaml": "window: 12\nmodel:\n  rate: 0.1\n",
    "settings.json": '{"depth": 3}',
}


class Pipeline:
    """A person's project with a pipeline."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.root = person.root
        self.project = PipelineProject(self.root)
        self.panel = Panel(self.project)

    def write(self, pipeline: str = PIPELINE, **files: str) -> None:
        for name, text in {"dvc.yaml": pipeline, **(FILES if pipeline is PIPELINE else {}), **files}.items():
            self.person.write(name, text)

    def dvc(self, *words: str, code: int = 0) -> str:
        done = subprocess.run([*DVC, *words], cwd=self.root, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def status(self) -> PipelineStatus:
        return self.panel.now()

    def stage(self, name: str) -> Stage:
        return next(stage for stage in self.status().stages if stage.name == name)

    def states(self) -> dict[str, str]:
        return {stage.name: stage.state for stage in self.status().stages}

    def reasons(self, name: str) -> list[str]:
        return [reason.text for reason in self.stage(name).reasons]

    def order(self, *stages: str, downstream: bool = False, force: bool = False, jobs: int = 2) -> Order:
        return Order(str(self.root), DVC[0], list(stages), downstream, force, jobs)

    def run(self, *stages: str, downstream: bool = False, force: bool = False, jobs: int = 2) -> PipelineRan:
        """A run in this process."""
        before = signal.getsignal(signal.SIGTERM)
        sink = os.open(os.devnull, os.O_WRONLY)
        try:
            return perform(
                self.order(*stages, downstream=downstream, force=force, jobs=jobs), Reporter(sink, lambda: None)
            )
        finally:
            signal.signal(signal.SIGTERM, before)
            os.close(sink)

    def outcomes(self, *stages: str, force: bool = False, downstream: bool = False) -> dict[str, str]:
        return {one.name: one.outcome for one in self.run(*stages, force=force, downstream=downstream).stages}

    def lock(self, path: str = "dvc.lock") -> str:
        return (self.root / path).read_text()

    def copy(self, folder: Path) -> Pipeline:
        shutil.copytree(self.root, folder, symlinks=True)
        return Pipeline(Person(folder))

    def is_clean(self) -> bool:
        return "up to date" in self.dvc("status")


@pytest.fixture
def empty(dvc_person: Person) -> Iterator[Pipeline]:
    """No stage yet."""
    made = Pipeline(dvc_person)
    yield made
    made.project.close()


@pytest.fixture
def pipeline(empty: Pipeline) -> Pipeline:
    """That has not run yet."""
    empty.write()
    empty.person.commit(*FILES, "dvc.yaml")
    return empty


@pytest.fixture
def ran(pipeline: Pipeline) -> Pipeline:
    """That is up to date."""
    assert pipeline.run().ok
    return pipeline
