from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from jupyterlab_prodify.api.jobs import Job
from jupyterlab_prodify.jobs.errors import NoSuchJobError
from jupyterlab_prodify.jobs.processes import marked
from jupyterlab_prodify.jobs.records import Owner
from jupyterlab_prodify.jobs.service import JobService, Work
from tests.jobs.conftest import child, work

LONG = 60.0


def until(is_so: Callable[[], object], seconds: float = LONG) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.02)


def running(jobs: JobService, work: Work) -> Job:
    """The job once its work has said something."""
    job = jobs.start(work)
    until(lambda: jobs.get(job.id).progress is not None or jobs.get(job.id).state not in ("queued", "running"))
    return jobs.get(job.id)


SLEEP = "task.reporter.progress(1, 5, 'sleeping')\ntime.sleep(100)\nreturn result('late')"


STUBBORN = (
    "import signal\n"
    "task.reporter.progress(1, 5, 'sleeping')\n"
    "def asked(*_):\n"
    "    print('asked to end', flush=True)\n"
    "    time.sleep(3)\n"
    "    sys.exit(0)\n"
    "signal.signal(signal.SIGTERM, asked)\n"
    "time.sleep(100)\n"
    "return result('late')"
)


class TestWork:
    def test_done_with_a_result(self, jobs: JobService, changes: list[str], tmp_path: Path) -> None:
        body = "task.reporter.progress(1, 2, 'half')\nreturn result(json.loads(task.request)['say'])"
        job = jobs.start(work(body, "Say it", request=b'{"say": "hello"}'))
        assert (job.kind, job.title, job.state) == ("verify", "Say it", "queued")
        ended = jobs.wait(job.id, LONG)
        assert ended.state == "done"
        assert ended.result is not None
        assert ended.result.summary == "hello"
        assert ended.progress is not None
        assert (ended.progress.done, ended.progress.total, ended.progress.label) == (1, 2, "half")
        assert ended.started is not None
        assert ended.ended is not None
        assert ended.created <= ended.started <= ended.ended
        assert set(changes) == {job.id}
        assert len(changes) >= 3
        assert jobs.jobs() == [ended]

    def test_what_it_prints_is_the_log(self, jobs: JobService) -> None:
        body = "print('one')\nos.system('echo two')\ntask.reporter.log('three é')\nreturn result('')"
        job = jobs.wait(jobs.start(work(body)).id, LONG)
        log = jobs.log(job.id)
        assert sorted(log.text.split()) == ["one", "three", "two", "é"]
        assert jobs.log(job.id, log.next_offset).text == ""
        assert jobs.log(job.id, log.next_offset + 5).text == ""
        rest = jobs.log(job.id, 4)
        assert log.text.encode()[4:].decode() == rest.text

    def test_a_part_of_the_log_never_ends_inside_a_character(
        self, jobs: JobService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("jupyterlab_prodify.jobs.service._LOG_PART", 4)
        job = jobs.wait(jobs.start(work("task.reporter.log('aé𝄞漢b')\nreturn result('')")).id, LONG)
        text, offset = "", 0
        while part := jobs.log(job.id, offset).text:
            text, offset = text + part, jobs.log(job.id, offset).next_offset
        assert text == "aé𝄞漢b\n"

    def test_a_refusal_of_the_work(self, jobs: JobService) -> None:
        job = jobs.wait(jobs.start(work("raise JobFailedError('no_room', 'Full.', 'Make room.')")).id, LONG)
        assert job.state == "failed"
        assert job.error is not None
        assert (job.error.code, job.error.message, job.error.remedy) == ("no_room", "Full.", "Make room.")

    def test_a_fault_of_the_work(self, jobs: JobService) -> None:
        job = jobs.wait(jobs.start(work("1 / 0")).id, LONG)
        assert job.error is not None
        assert job.error.code == "our_fault"
        assert "ZeroDivisionError" in jobs.log(job.id).text

    def test_a_program_that_is_not_there(self, jobs: JobService) -> None:
        job = jobs.wait(jobs.start(Work("verify", "Nothing", ["/no/such/program"])).id, LONG)
        assert job.state == "failed"
        assert job.error is not None
        assert job.error.code == "not_started"

    def test_a_program_that_knows_nothing_of_jobs(self, jobs: JobService) -> None:
        job = jobs.wait(jobs.start(Work("verify", "Plain", [sys.executable, "-c", "print('hi')"])).id, LONG)
        assert job.error is not None
        assert job.error.code == "no_result"
        assert jobs.log(job.id).text == "hi\n"

    def test_the_scratch_folder_goes_with_the_job(self, jobs: JobService, tmp_path: Path) -> None:
        body = """
inner = task.scratch / 'locked'
inner.mkdir()
(inner / 'file').write_text('x')
inner.chmod(0o500)
return result(str(task.scratch))
"""
        job = jobs.wait(jobs.start(work(body, near=tmp_path)).id, LONG)
        assert job.result is not None
        scratch = Path(job.result.summary)
        assert scratch.is_relative_to(tmp_path), "on the file system of the project"
        assert not scratch.exists()


class TestEqualRequests:
    def test_they_are_one_job_while_it_runs(self, jobs: JobService) -> None:
        first = running(jobs, work(SLEEP, request=b"1"))
        assert jobs.start(work(SLEEP, request=b"1")).id == first.id
        other = jobs.start(work(SLEEP, request=b"2"))
        assert other.id != first.id
        jobs.cancel(first.id)
        jobs.cancel(first.id)
        jobs.cancel(other.id)
        assert jobs.start(work(SLEEP, request=b"1")).id != first.id

    def test_who_cancels_leaves_the_job_to_the_others(self, jobs: JobService) -> None:
        job = running(jobs, work(SLEEP))
        for _ in range(2):
            jobs.start(work(SLEEP))
        assert [jobs.cancel(job.id).state for _ in range(3)] == ["running", "running", "cancelled"]
        assert marked(job.id) == []
        assert jobs.cancel(job.id).state == "cancelled"

    def test_a_server_that_stops_asks_nobody(self, tmp_path: Path) -> None:
        jobs = JobService(tmp_path / "state")
        job = running(jobs, work(SLEEP))
        jobs.start(work(SLEEP))
        jobs.close()
        assert jobs.get(job.id).state == "lost"

    def test_not_with_one_that_is_being_cancelled(self, jobs: JobService) -> None:
        patient = work(STUBBORN, patience=LONG)
        job = running(jobs, patient)
        ending = threading.Thread(target=jobs.cancel, args=(job.id,))
        ending.start()
        until(lambda: "asked to end" in jobs.log(job.id).text)
        again = jobs.start(patient)
        assert again.id != job.id
        ending.join(LONG)
        assert jobs.get(job.id).state == "cancelled"
        jobs.cancel(again.id)

    def test_also_from_many_threads_at_once(self, jobs: JobService) -> None:
        found: list[str] = []
        threads = [threading.Thread(target=lambda: found.append(jobs.start(work(SLEEP)).id)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(set(found)) == 1


#: Starts processes that have nothing of the job in their environment, and writes their ids.
ESCAPE = """
named = Path(task.request.decode().strip('"'))
for place, command in enumerate(COMMANDS):
    inner = f"echo $$ > {named}/{place}.new; mv {named}/{place}.new {named}/{place}; exec sleep 100"
    subprocess.Popen([word.replace('INNER', inner) for word in command], cwd=task.scratch)
while len(list(named.glob('?'))) < len(COMMANDS):
    time.sleep(0.02)
"""
INSIDE = [
    ["env", "-i", "/bin/sh", "-c", "INNER"],
    ["env", "-i", "setsid", "/bin/sh", "-c", "INNER"],
    ["env", "-i", "/bin/sh", "-c", "/bin/sh -c 'INNER' & exit"],
    ["env", "-i", "setsid", "/bin/sh", "-c", "/bin/sh -c 'INNER' & exit"],
]
ORPHAN = ["env", "-i", "/bin/sh", "-c", "cd /; setsid /bin/sh -c 'INNER' & exit"]


@pytest.mark.skipif(sys.platform != "linux", reason="needs setsid and orphans that are adopted")
class TestProcessesThatHide:
    def escaped(self, folder: Path) -> list[int]:
        found = [int(file.read_text()) for file in folder.iterdir()]
        return [pid for pid in found if psutil.pid_exists(pid) and psutil.Process(pid).status() != "zombie"]

    def body(self, commands: list[list[str]], end: str) -> str:
        return f"COMMANDS = {commands!r}{ESCAPE}{end}"

    def test_cancel_finds_them(self, jobs: JobService, tmp_path: Path) -> None:
        folder = tmp_path / "ids"
        folder.mkdir()
        commands = [*INSIDE, ORPHAN]
        job = running(jobs, work(self.body(commands, SLEEP), request=json.dumps(str(folder)).encode()))
        assert len(self.escaped(folder)) == len(commands)
        assert jobs.cancel(job.id).state == "cancelled"
        assert self.escaped(folder) == []

    def test_nothing_outlives_the_work(self, jobs: JobService, tmp_path: Path) -> None:
        folder = tmp_path / "ids"
        folder.mkdir()
        text = self.body([*INSIDE, ORPHAN], "return result('done')")
        job = jobs.start(work(text, request=json.dumps(str(folder)).encode()))
        assert jobs.wait(job.id, LONG).state == "done", jobs.log(job.id).text
        assert self.escaped(folder) == []

    def test_a_child_that_is_killed_leaves_what_stayed_in_its_folder(self, jobs: JobService, tmp_path: Path) -> None:
        folder = tmp_path / "ids"
        folder.mkdir()
        job = running(jobs, work(self.body(INSIDE, SLEEP), request=json.dumps(str(folder)).encode()))
        next(one for one in marked(job.id) if one.ppid() == os.getpid()).kill()
        assert jobs.wait(job.id, LONG).state == "failed"
        assert self.escaped(folder) == []


def test_a_fault_of_our_own_is_told(jobs: JobService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jupyterlab_prodify.jobs.service.Conversation.send", lambda *_: 1 / 0)
    job = jobs.wait(jobs.start(work(SLEEP)).id, LONG)
    assert job.state == "failed"
    assert job.error is not None
    assert job.error.code == "our_fault"
    assert marked(job.id) == []


def test_a_list_of_jobs_holds_no_results(jobs: JobService) -> None:
    job = jobs.wait(jobs.start(work("return result('long')")).id, LONG)
    assert job.result is not None
    (listed,) = jobs.overview()
    assert (listed.id, listed.state, listed.result) == (job.id, "done", None)


class TestCancel:
    def test_everything_that_it_has_started_ends(self, jobs: JobService, tmp_path: Path) -> None:
        body = """
inner = [sys.executable, '-c', 'import time; time.sleep(100)']
subprocess.Popen(inner)
subprocess.Popen(inner, start_new_session=True)
task.reporter.progress(0, 1, str(task.scratch))
time.sleep(100)
"""
        job = running(jobs, work(body))
        assert len(marked(job.id)) == 3
        ended = jobs.cancel(job.id)
        assert ended.state == "cancelled"
        assert (ended.error, ended.result) == (None, None)
        assert marked(job.id) == []
        assert job.progress is not None
        assert not Path(job.progress.label).exists()
        assert jobs.cancel(job.id) == ended

    def test_a_patient_cancel_lets_it_tidy_up(self, jobs: JobService, tmp_path: Path) -> None:
        body = f"""
import signal
signal.signal(signal.SIGTERM, lambda *_: (Path({str(tmp_path / "tidy")!r}).touch(), sys.exit(0)))
task.reporter.progress(0, 1, 'ready')
time.sleep(100)
"""
        job = running(jobs, work(body, patience=30.0))
        assert jobs.cancel(job.id).state == "cancelled"
        assert (tmp_path / "tidy").exists()

    def test_a_job_that_waits_for_its_turn(self, tmp_path: Path) -> None:
        jobs = JobService(tmp_path / "state", at_once=1)
        first = running(jobs, work(SLEEP, request=b"1"))
        second = jobs.start(work(SLEEP, request=b"2"))
        assert jobs.get(second.id).state == "queued"
        assert jobs.cancel(second.id).state == "cancelled"
        third = jobs.start(work("return result('my turn')"))
        jobs.cancel(first.id)
        assert jobs.wait(third.id, LONG).state == "done"
        jobs.close()

    def test_a_job_that_has_ended_stays_as_it_is(self, jobs: JobService) -> None:
        job = jobs.wait(jobs.start(work("return result('x')")).id, LONG)
        assert jobs.cancel(job.id) == job

    def test_no_such_job(self, jobs: JobService) -> None:
        for ask in (jobs.get, jobs.log, jobs.cancel, jobs.wait):
            with pytest.raises(NoSuchJobError):
                ask("0" * 16)


def test_a_child_that_is_killed(jobs: JobService) -> None:
    body = f"""
subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(100)'], start_new_session=True)
{SLEEP}
"""
    job = running(jobs, work(body))
    (process,) = [one for one in marked(job.id) if one.ppid() == os.getpid()]
    process.send_signal(signal.SIGKILL)
    ended = jobs.wait(job.id, LONG)
    assert ended.state == "failed"
    assert ended.error is not None
    assert ended.error.code == "killed"
    assert "SIGKILL" in ended.error.message
    assert marked(job.id) == []


class TestRestart:
    SERVER = """
import sys, time
from pathlib import Path
from jupyterlab_prodify.jobs.service import JobService, Work
jobs = JobService(Path(sys.argv[1]))
done = jobs.wait(jobs.start(Work("verify", "First", eval(sys.argv[2]))).id)
job = jobs.start(Work("verify", "Second", eval(sys.argv[3])))
while jobs.get(job.id).state == "queued":
    time.sleep(0.02)
print(done.id, job.id, flush=True)
time.sleep(100)
"""

    def killed(self, state: Path, second: list[str]) -> tuple[str, str]:
        """Ids of a job that is done and of one that ran when its server was killed."""
        arguments = [sys.executable, "-c", self.SERVER, str(state), repr(child("return result('fine')")), repr(second)]
        server = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
        assert server.stdout is not None
        done, job = server.stdout.readline().split()
        server.kill()
        server.wait()
        server.stdout.close()
        return done, job

    def test_what_ran_is_lost_and_its_processes_end(self, tmp_path: Path) -> None:
        state = tmp_path / "state"
        done, job = self.killed(state, [sys.executable, "-c", "import time; time.sleep(100)"])
        assert len(marked(job)) == 1, "a program that does not look at its input outlives the server"
        jobs = JobService(state)
        assert [lost.id for lost in jobs.recover()] == [job]
        assert marked(job) == []
        lost = jobs.get(job)
        assert (lost.state, lost.error and lost.error.code) == ("lost", "lost")
        assert jobs.get(done).state == "done"
        assert jobs.get(done).result is not None
        assert jobs.recover() == []
        jobs.close()
        again = JobService(state)
        assert again.recover() == []
        assert again.get(job).state == "lost", "it stays known"
        again.close()

    def test_a_child_notices_that_the_server_is_gone(self, tmp_path: Path) -> None:
        body = f"Path({str(tmp_path / 'scratch')!r}).write_text(str(task.scratch))\n{SLEEP}"
        _, job = self.killed(tmp_path / "state", child(body))
        until(lambda: not marked(job))
        written = tmp_path / "scratch"
        assert not written.exists() or not Path(written.read_text()).exists()

    def test_the_jobs_of_a_server_that_lives_are_left_alone(self, jobs: JobService, tmp_path: Path) -> None:
        job = running(jobs, work(SLEEP))
        other = JobService(tmp_path / "state")
        assert other.recover() == []
        assert other.jobs() == []
        other.close()
        assert jobs.get(job.id).state == "running"

    def test_a_server_that_stops_ends_its_jobs(self, tmp_path: Path) -> None:
        jobs = JobService(tmp_path / "state")
        job = running(jobs, work(SLEEP))
        jobs.close()
        assert jobs.get(job.id).state == "lost"
        assert marked(job.id) == []

    def test_a_record_of_another_version_is_put_away(self, tmp_path: Path) -> None:
        state = tmp_path / "state"
        _, job = self.killed(state, [sys.executable, "-c", "import time; time.sleep(100)"])
        (record,) = state.glob(f"*/{job}/job.json")
        scratch = json.loads(record.read_text())["scratch"]
        assert Path(scratch).is_dir()
        record.write_text(json.dumps({"new": "format", "scratch": scratch}))
        jobs = JobService(state)
        assert jobs.recover() == []
        assert marked(job) == []
        with pytest.raises(NoSuchJobError):
            jobs.get(job)
        assert not Path(scratch).exists()
        jobs.close()


def test_only_the_last_jobs_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jupyterlab_prodify.jobs.service.KEPT", 2)
    jobs = JobService(tmp_path / "state")
    ids = [jobs.wait(jobs.start(Work("verify", str(n), ["/no/such/program"])).id, LONG).id for n in range(4)]
    until(lambda: len(jobs.jobs()) == 2)
    assert [job.id for job in jobs.jobs()] == ids[:1:-1]
    assert len(list((tmp_path / "state").glob("*/*/"))) == 2
    jobs.close()


def test_a_folder_without_jobs_goes_although_a_file_is_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.glob
    # Before Python 3.11 a pattern that ends in a slash matches files too.
    monkeypatch.setattr(Path, "glob", lambda self, pattern: real(self, pattern.rstrip("/")))
    owner = Owner(tmp_path / "state")
    owner.close()
    assert not owner.folder.exists()


def test_a_service_without_jobs_leaves_nothing(tmp_path: Path) -> None:
    jobs = JobService(tmp_path / "state")
    assert jobs.recover() == []
    assert jobs.jobs() == []
    jobs.close()
    assert list(tmp_path.iterdir()) == []


def test_this_process_is_never_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    assert psutil.Process().pid not in [process.pid for process in marked("anything")]
