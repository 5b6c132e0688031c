"""Running and looking at pipelines, beside ``dvc`` itself in the same minute on the same machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from benchmarks.timing import Row
from jupyterlab_prodify.pipeline.panel import Panel
from jupyterlab_prodify.pipeline.project import PipelineProject

_DVC = [sys.executable, "-m", "dvc"]
_RUN = [sys.executable, "-m", "jupyterlab_prodify", "run", "--jobs", "3"]
_BRANCHES, _LENGTH, _SECONDS = 3, 4, 1.0
_STAGES = 200
_SEEN = 50
_TIMES = 5


def rows() -> Iterator[Row]:
    """Twelve stages in three branches; the status of 200 stages; how soon a changed file is seen among 50."""
    with tempfile.TemporaryDirectory(prefix="prodify-bench-") as folder:
        yield from _run_rows(Path(folder))
        yield from _status_rows(Path(folder))
        yield _seen_row(Path(folder))


# -- running ----------------------------------------------------------------------------------------------------------


def _run_rows(folder: Path) -> Iterator[Row]:
    critical = _LENGTH * _SECONDS
    ours = _seconds(_RUN, _project(folder / "ours", _branches()))
    yield _ratio("run 12 stages of 1 s, 3 jobs / critical path", ours / critical, 1.4, f"{ours:.1f} s")
    theirs = _seconds([*_DVC, "repro", "-q"], _project(folder / "theirs", _branches()))
    note = f"{theirs:.1f} s, for comparison"
    yield Row("dvc repro of the same / critical path", round(theirs / critical, 2), unit="x", note=note)
    same = (folder / "ours/dvc.lock").read_bytes() == (folder / "theirs/dvc.lock").read_bytes()
    yield Row("dvc.lock of both is the same", 1.0 if same else 0.0, unit="", limit="1", holds=same)


def _branches() -> str:
    text = "stages:\n"
    for branch in "abc"[:_BRANCHES]:
        for place in range(_LENGTH):
            before = f"{branch}{place - 1}.txt" if place else "raw.csv"
            text += f"  {branch}{place}:\n    cmd: sleep {_SECONDS:g}; echo {branch}{place} > {branch}{place}.txt\n"
            text += f"    deps: [{before}]\n    outs: [{branch}{place}.txt]\n"
    return text


def _seconds(argv: list[str], folder: Path) -> float:
    began = time.perf_counter()
    subprocess.run(argv, cwd=folder, env=_environment(), check=True, capture_output=True)
    return time.perf_counter() - began


# -- status -----------------------------------------------------------------------------------------------------------


def _status_rows(folder: Path) -> Iterator[Row]:
    root = _many(folder / "many", _STAGES)
    theirs = min(_cpu_of_command([*_DVC, "status", "-q"], root) for _ in range(2))
    yield Row(f"dvc status of {_STAGES} stages, CPU", round(theirs * 1000), note="for comparison")
    project = PipelineProject(root)
    panel = Panel(project)
    try:
        first = _cpu_of_worker(project, panel.now)
        yield Row(f"status of {_STAGES} stages, the first one, CPU", round(first * 1000))
        warm = sorted(_cpu_of_worker(project, panel.now) for _ in range(_TIMES))[_TIMES // 2]
        yield _ratio(
            f"status of {_STAGES} stages, warm / dvc status, CPU", warm / theirs, 1 / 8, f"{warm * 1000:.0f} ms"
        )
        (root / "params.yaml").write_text(_params(_STAGES, 7))
        changed = _cpu_of_worker(project, panel.now)
        note = f"{changed * 1000:.0f} ms"
        yield _ratio(f"status of {_STAGES} stages, new params / dvc status, CPU", changed / theirs, None, note)
    finally:
        project.close()


def _seen_row(folder: Path) -> Row:
    root = _many(folder / "seen", _SEEN)
    project = PipelineProject(root)
    panel = Panel(project, repairs=True)
    figures = []
    try:
        panel.now()
        for number in range(_TIMES):
            (root / "raw-3.csv").write_text(f"changed {number}\n")
            began = time.perf_counter()
            panel.get(refresh=True)
            while panel.get().refreshing:
                time.sleep(0.005)
            figures.append((time.perf_counter() - began) * 1000)
            stage = next(stage for stage in panel.get().stages if stage.name == "s3")
            if stage.state == "up_to_date":
                return Row(f"a changed file is seen among {_SEEN} stages", None, note="it was not seen")
    finally:
        project.close()
    median, most = sorted(figures)[_TIMES // 2], max(figures)
    name = f"a changed file is seen among {_SEEN} stages"
    return Row(name, round(median, 1), round(most, 1), limit="1000", holds=most <= 1000)


def _many(folder: Path, count: int) -> Path:
    text = "stages:\n"
    files = {"params.yaml": _params(count, 1)}
    for number in range(count):
        files[f"raw-{number}.csv"] = f"{number}\n"
        text += f"  s{number}:\n    cmd: cp raw-{number}.csv out-{number}.csv\n    deps: [raw-{number}.csv]\n"
        text += f"    params: [group.p{number}, common]\n    outs: [out-{number}.csv]\n"
    root = _project(folder, text, files)
    for number in range(count):
        shutil.copy(root / f"raw-{number}.csv", root / f"out-{number}.csv")
    subprocess.run([*_DVC, "commit", "-q", "--force"], cwd=root, env=_environment(), check=True, capture_output=True)
    return root


def _params(count: int, value: int) -> str:
    return "common: 1\ngroup:\n" + "".join(f"  p{number}: {value}\n" for number in range(count))


# -- measuring --------------------------------------------------------------------------------------------------------


def _project(root: Path, pipeline: str, files: dict[str, str] | None = None) -> Path:
    root.mkdir()
    for argv in (["git", "init", "-q"], [*_DVC, "init", "-q"]):
        subprocess.run(argv, cwd=root, env=_environment(), check=True, capture_output=True)
    for name, text in {"dvc.yaml": pipeline, "raw.csv": "1\n", **(files or {})}.items():
        (root / name).write_text(text)
    return root


def _environment() -> dict[str, str]:
    return {**os.environ, "DVC_NO_ANALYTICS": "1"}


def _cpu_of_command(argv: list[str], folder: Path) -> float:
    before = os.times()
    subprocess.run(argv, cwd=folder, env=_environment(), check=False, capture_output=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def _cpu_of_worker(project: PipelineProject, act: Callable[[], object]) -> float:
    """Of the worker, and of us."""

    def now() -> float:
        pid = project.worker.pid
        times = psutil.Process(pid).cpu_times() if pid is not None else None
        return time.process_time() + (times.user + times.system if times is not None else 0.0)

    before = now()
    act()
    return now() - before


def _ratio(what: str, figure: float, limit: float | None, note: str) -> Row:
    holds = None if limit is None else figure <= limit
    return Row(what, round(figure, 3), unit="x", limit="" if limit is None else f"{limit:g}", holds=holds, note=note)
