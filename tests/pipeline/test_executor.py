"""The interface: the scheduler works with any executor; the local one ends what it has started."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

from jupyterlab_prodify.jobs.child import Reporter
from jupyterlab_prodify.pipeline.executor import Completed, OnPlace, StageCommand
from jupyterlab_prodify.pipeline.local_executor import LocalExecutor
from jupyterlab_prodify.pipeline.perform import perform
from tests.pipeline.conftest import Pipeline


class Elsewhere:
    """Runs a stage when it is asked what has ended, one at a time, the last one first."""

    def __init__(self, on_place: OnPlace) -> None:
        self.on_place = on_place
        self.waiting: list[StageCommand] = []

    def submit(self, command: StageCommand) -> None:
        self.waiting.append(command)
        self.on_place(command.name, f"elsewhere {command.name}")

    def cancel(self, name: str) -> None:
        raise AssertionError

    def completed(self, seconds: float) -> list[Completed]:
        if not self.waiting:
            return []
        command = self.waiting.pop()
        code = 0
        for argv in command.commands:
            code = code or subprocess.run(argv, cwd=command.folder, env=command.environment, check=False).returncode
        return [Completed(command.name, code)]

    def end_left(self, where: str) -> bool:
        return False

    def close(self) -> None:
        assert self.waiting == []


def test_another_executor(pipeline: Pipeline) -> None:
    sink = os.open(os.devnull, os.O_WRONLY)
    result = perform(pipeline.order(jobs=4), Reporter(sink, lambda: None), None, Elsewhere)
    os.close(sink)
    assert result.ok
    assert pipeline.is_clean()
    assert set(pipeline.states().values()) == {"up_to_date"}


def command(folder: Path, *scripts: str) -> StageCommand:
    argvs = [["sh", "-c", script] for script in scripts]
    return StageCommand("stage", argvs, folder, folder / "logs/log.txt", dict(os.environ))


def ended(executor: LocalExecutor) -> Completed:
    found = executor.completed(30)
    assert len(found) == 1
    return found[0]


def test_one_after_the_other_until_one_fails(tmp_path: Path) -> None:
    executor = LocalExecutor()
    executor.submit(command(tmp_path, "echo one", "echo two >&2; exit 3", "echo three"))
    assert ended(executor) == Completed("stage", 3)
    assert (tmp_path / "logs/log.txt").read_text() == "one\ntwo\n"


def test_what_does_not_start(tmp_path: Path) -> None:
    executor = LocalExecutor()
    executor.submit(StageCommand("stage", [["no-such-program"]], tmp_path, tmp_path / "log.txt", dict(os.environ)))
    done = ended(executor)
    assert (done.code, done.ok) == (None, False)
    assert "no-such-program" in (done.message or "")


def test_cancel_ends_all_that_was_started(tmp_path: Path) -> None:
    """Also what does not listen, and what has made a group of its own."""
    places: list[str] = []
    executor = LocalExecutor(lambda name, where: places.append(where))
    write = "while true; do date >> {}; sleep 0.05; done"
    executor.submit(
        command(
            tmp_path, f"trap '' TERM; ({write.format('a')}) & setsid sh -c '{write.format('b')}' & {write.format('c')}"
        )
    )
    while not all((tmp_path / name).exists() for name in "abc"):
        time.sleep(0.02)
    executor.cancel("stage")
    done = ended(executor)
    assert (done.cancelled, done.ok) == (True, False)
    time.sleep(0.2)
    before = [(tmp_path / name).stat().st_size for name in "abc"]
    time.sleep(0.4)
    assert [(tmp_path / name).stat().st_size for name in "abc"] == before
    assert len(places) == 1
    assert not executor.end_left(places[0]), "nothing is left"


def test_what_was_left_is_ended_only_when_it_is_the_same(tmp_path: Path) -> None:
    process = subprocess.Popen(["sleep", "600"], start_new_session=True)
    executor = LocalExecutor()
    assert not executor.end_left(f"{process.pid} 1000.0"), "the number of another process"
    assert process.poll() is None
    import psutil

    assert executor.end_left(f"{process.pid} {psutil.Process(process.pid).create_time()}")
    assert process.wait() == -9
