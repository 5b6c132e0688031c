"""Stop, kill -9 and what comes after, through the job service as the server uses it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from jupyterlab_prodify.api.jobs import Job
from jupyterlab_prodify.api.pipeline import PipelineRan, PipelineRunRequest
from jupyterlab_prodify.jobs.service import JobService
from jupyterlab_prodify.pipeline.errors import RunInProgressError
from jupyterlab_prodify.pipeline.service import PipelineService
from tests.pipeline.conftest import DVC, PIPELINE, Pipeline

#: The left stage writes half of its output, starts a child that writes on and on, and does not end.
HANGING = PIPELINE.replace(
    "cat prepared.csv > left.txt",
    "echo half > left.txt; touch began; (while true; do date +%N >> writes; sleep 0.05; done) & sleep 600",
)


@pytest.fixture
def hanging(ran: Pipeline) -> Pipeline:
    """The stage ran well before; now it never ends, once its ``began`` is there."""
    ran.write(HANGING)
    return ran


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[JobService]:
    jobs = JobService(tmp_path / "jobs")
    yield jobs
    jobs.close()


@pytest.fixture
def service(hanging: Pipeline, jobs: JobService) -> Iterator[PipelineService]:
    service = PipelineService(hanging.root, jobs)
    yield service
    service.close()


def wait_until(condition: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def starts(pipeline: Pipeline) -> None:
    wait_until(lambda: (pipeline.root / "began").exists() and (pipeline.root / "writes").exists())
    wait_until(lambda: pipeline.states()["left"] == "running")


def still_writes(pipeline: Pipeline) -> bool:
    before = (pipeline.root / "writes").stat().st_size
    time.sleep(0.4)
    return (pipeline.root / "writes").stat().st_size != before


def request(*stages: str) -> PipelineRunRequest:
    return PipelineRunRequest("", list(stages), jobs=2)


def is_as_before(pipeline: Pipeline) -> bool:
    return (pipeline.root / "left.txt").read_text() == "1\n2\n"


def test_stop(hanging: Pipeline, jobs: JobService, service: PipelineService) -> None:
    job = service.run(request())
    starts(hanging)
    status = hanging.status()
    assert status.run is not None
    assert (status.run.state, status.run.job) == ("running", job.id)
    assert {stage.name: stage.state for stage in status.stages}["report"] == "queued"
    assert jobs.cancel(job.id).state == "cancelled"
    assert not still_writes(hanging)
    assert is_as_before(hanging)
    assert hanging.states() == {"prepare": "up_to_date", "left": "stale", "right": "up_to_date", "report": "stale"}
    status = hanging.status()
    assert status.run is not None
    assert status.run.state == "stopped"
    assert [reason.kind for reason in hanging.stage("left").reasons] == ["cmd"]


def test_two_runs(hanging: Pipeline, jobs: JobService, service: PipelineService) -> None:
    """The same one is the same job, held once; another one is refused, from here and from anywhere."""
    job = service.run(request("left"))
    assert service.run(request("left")).id == job.id
    with pytest.raises(RunInProgressError):
        service.run(request("right"))
    starts(hanging)
    with pytest.raises(RunInProgressError):
        PipelineService(hanging.root, JobService(hanging.root / ".dvc/tmp/other")).run(request())
    assert jobs.cancel(job.id).state == "cancelled"


def test_dvc_meanwhile(hanging: Pipeline, jobs: JobService, service: PipelineService) -> None:
    """Other commands work; a ``dvc repro`` of the stage that runs is told that it is busy."""
    job = service.run(request("left"))
    starts(hanging)
    assert "left" in hanging.dvc("status")
    hanging.person.write("new.csv", "1\n")
    hanging.dvc("add", "new.csv", "-q")
    hanging.dvc("repro", "--single-item", "right", "-q")
    done = subprocess.run([*DVC, "repro", "left"], cwd=hanging.root, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "jupyter prodify run: left" in done.stdout + done.stderr
    jobs.cancel(job.id)


def test_a_dvc_repro_is_waited_for(hanging: Pipeline, jobs: JobService, service: PipelineService) -> None:
    """No stage is run twice at the same time; what the other one has made counts."""
    hanging.write(
        PIPELINE.replace("cat prepared.csv > left.txt", "echo x >> times; sleep 3; cat prepared.csv > left.txt")
    )
    other = subprocess.Popen([*DVC, "repro", "left", "-q"], cwd=hanging.root)
    wait_until(lambda: (hanging.root / "times").exists())
    job = jobs.wait(service.run(request()).id, 120)
    assert other.wait() == 0
    assert isinstance(job.result, PipelineRan), job
    assert {one.name: one.outcome for one in job.result.stages}["left"] == "unchanged"
    assert (hanging.root / "times").read_text() == "x\n"


SERVER = """
import sys, time
from pathlib import Path
from jupyterlab_prodify.api.pipeline import PipelineRunRequest
from jupyterlab_prodify.jobs.service import JobService
from jupyterlab_prodify.pipeline.service import PipelineService
jobs = JobService(Path(sys.argv[2]))
job = PipelineService(Path(sys.argv[1]), jobs).run(PipelineRunRequest("", jobs=2))
while jobs.get(job.id).state in ("queued", "running"):
    time.sleep(0.1)
"""


@contextlib.contextmanager
def server(pipeline: Pipeline, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(pipeline.root), str(folder)], stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def child_of(process: subprocess.Popen[bytes], words: str) -> psutil.Process:
    found = [p for p in psutil.Process(process.pid).children(recursive=True) if words in " ".join(p.cmdline())]
    return found[0]


def test_kill_of_the_server(hanging: Pipeline, tmp_path: Path) -> None:
    with server(hanging, tmp_path / "jobs") as process:
        starts(hanging)
        process.kill()
        process.wait()
        wait_until(lambda: not hanging.panel._records.is_running())
    wait_until(lambda: not still_writes(hanging))
    status = hanging.status()
    assert status.run is not None
    assert status.run.state == "lost"
    assert status.notes[0] == "The last run was ended from outside."
    assert "`left.txt`" in status.notes[-1]
    assert is_as_before(hanging)
    assert hanging.states()["left"] == "stale"


def test_kill_of_server_and_run(hanging: Pipeline, tmp_path: Path) -> None:
    """The command goes on alone; the next run ends it first, so that there is one writer."""
    with server(hanging, tmp_path / "jobs") as process:
        starts(hanging)
        run, worker = child_of(process, "jupyterlab_prodify.pipeline"), child_of(process, "dvc_worker")
        process.kill()
        run.kill()
        worker.kill()
        process.wait()
        wait_until(lambda: not hanging.panel._records.is_running())
    assert still_writes(hanging), "nobody has ended it"
    hanging.write(PIPELINE)
    result = hanging.run()
    assert not still_writes(hanging)
    assert "The command of `left` still ran, and was ended." in result.notes
    assert {one.name: one.outcome for one in result.stages} == dict.fromkeys(
        ("prepare", "left", "right", "report"), "unchanged"
    )
    assert is_as_before(hanging)


def test_kill_of_the_worker(ran: Pipeline, jobs: JobService) -> None:
    """The command is not lost: another process of DVC takes up its result."""
    ran.write(
        PIPELINE.replace(
            "cat prepared.csv > left.txt",
            "touch began; while ! test -e go; do sleep 0.05; done; cat prepared.csv > left.txt",
        )
    )
    service = PipelineService(ran.root, jobs)
    job = service.run(request())
    wait_until(lambda: (ran.root / "began").exists())
    workers = [
        process
        for process in psutil.process_iter(["cmdline", "cwd", "environ"])
        if "dvc_worker" in " ".join(process.info["cmdline"] or [])
        and (process.info["environ"] or {}).get("PRODIFY_JOB") == job.id
    ]
    assert len(workers) == 1
    os.kill(workers[0].pid, signal.SIGKILL)
    (ran.root / "go").touch()
    ended: Job = jobs.wait(job.id, 120)
    assert isinstance(ended.result, PipelineRan), ended
    assert ended.result.ok, ended.result
    assert set(ran.states().values()) == {"up_to_date"}
    assert ran.is_clean()
    service.close()
