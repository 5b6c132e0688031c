"""kill -9 at the steps of push and pull, of the program alone or with the worker; and of a server in the middle of a job.

No data file is lost or half-written, neither here nor in the remote; the index is the person's; the same action, done
again, goes to its end.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jupyterlab_prodify.data.add import add
from jupyterlab_prodify.data.share import pull, push
from jupyterlab_prodify.data.versions import status
from jupyterlab_prodify.data.workspace import Workspace
from jupyterlab_prodify.jobs.processes import marked
from tests.data.conftest import Person, add_remote
from tests.data.test_kill import wait_for_end

ACTION = """
import sys, time
from pathlib import Path
from jupyterlab_prodify.data.share import pull, push
from jupyterlab_prodify.data.workspace import Workspace
root, action, stop = sys.argv[1:]

def at(point):
    if point == stop:
        Path(root, ".git", "reached").write_text(str(workspace.worker_pid or 0))
        time.sleep(60)

seen = []
def progress(one):
    if seen and one.done:
        at(f"during {seen[-1]}")

workspace = Workspace(Path(root), on_progress=progress)
real = workspace.dvc
def told(op, **given):
    at(f"before {op}")
    seen.append(op)
    found = real(op, **given)
    at(f"after {op}")
    return found
workspace.dvc = told
{"push": push, "pull": pull}[action](workspace)
"""

POINTS = [
    ("push", "before push", "program"),
    ("push", "during push", "program"),
    ("push", "during push", "both"),
    ("push", "after push", "program"),
    ("push", "after unpushed", "program"),
    ("pull", "before pull", "program"),
    ("pull", "during pull", "program"),
    ("pull", "during pull", "both"),
    ("pull", "after pull", "program"),
]


def data(person: Person) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (person.root / "folder").iterdir()}


@pytest.fixture
def shared(dvc_person: Person, tmp_path: Path) -> Person:
    """Data that is committed and not pushed; the person has something of a file staged, and something more not."""
    add_remote(dvc_person, tmp_path / "remote")
    for number in range(200):
        dvc_person.write(f"folder/{number}.bin", f"{number} ".encode() * 20_000)
    workspace = Workspace(dvc_person.root)
    add(workspace, ["folder"], "Data")
    workspace.close()
    dvc_person.write("b.py", "staged\n")
    dvc_person.git("add", "b.py")
    dvc_person.write("b.py", "not staged\n")
    return dvc_person


def kill_at(person: Person, action: str, point: str, victim: str) -> None:
    marker = person.root / ".git/reached"
    process = subprocess.Popen(
        [sys.executable, "-c", ACTION, str(person.root), action, point],
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not (marker.exists() and marker.read_text()) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    assert process.poll() is None, "the point was not reached"
    worker = int(marker.read_text())
    if victim == "both":
        os.killpg(worker, signal.SIGKILL)
    process.kill()
    process.wait()
    wait_for_end(worker)
    marker.unlink()


def check_objects(folder: Path) -> None:
    """Everything in a cache or remote is what its name says."""
    for path in folder.glob("files/md5/??/*"):
        if len(path.name) == 30 and "." not in path.name:
            assert hashlib.md5(path.read_bytes()).hexdigest() == path.parent.name + path.name


@pytest.mark.parametrize(("action", "point", "victim"), POINTS)
def test_kill(shared: Person, tmp_path: Path, action: str, point: str, victim: str) -> None:
    person = shared
    whole = data(person)
    workspace = Workspace(person.root)
    if action == "pull":
        push(workspace)
        shutil.rmtree(person.root / ".dvc/cache/files/md5")
        shutil.rmtree(person.root / "folder")
    kill_at(person, action, point, victim)
    check_objects(tmp_path / "remote")
    check_objects(person.root / ".dvc/cache")
    if action == "push":
        assert data(person) == whole
    elif (person.root / "folder").exists():
        assert all(whole[name] == content for name, content in data(person).items() if name in whole)
    assert [line for line in person.status() if line.endswith("b.py")] == ["MM b.py"]
    assert person.git("show", ":b.py") == "staged\n"

    {"push": push, "pull": pull}[action](workspace)
    assert {name: content for name, content in data(person).items() if name in whole} == whole
    assert status(workspace, in_remote=True).paths[0].pushed is True
    assert status(workspace).notes == []
    assert [line for line in person.status() if line.endswith("b.py")] == ["MM b.py"]
    workspace.close()


SERVER = """
import sys, time
from pathlib import Path
from jupyterlab_prodify.api.data_plan import DataAddRequest
from jupyterlab_prodify.data.service import DataService
from jupyterlab_prodify.jobs.service import JobService
root, jobs = sys.argv[1:]
service = DataService(Path(root), JobService(Path(jobs)))
job = service.add(DataAddRequest(paths=["many"], message="Many"))
while True:
    now = service.jobs.get(job.id)
    if now.progress is not None and now.progress.done > 0 and now.progress.total > 1:
        print(job.id, flush=True)
        break
    assert now.error is None, now.error
    time.sleep(0.01)
time.sleep(60)
"""


def test_kill_of_the_server(dvc_person: Person, tmp_path: Path) -> None:
    person = dvc_person
    for number in range(2000):
        person.write(f"many/{number}.bin", f"{number} ".encode() * 10_000)
    person.write("b.py", "staged\n")
    person.git("add", "b.py")
    before = {path.name: path.stat().st_mtime_ns for path in (person.root / "many").iterdir()}
    index = person.index()
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(person.root), str(tmp_path / "jobs")], stdout=subprocess.PIPE
    )
    assert server.stdout is not None
    job = server.stdout.readline().decode().strip()
    server.kill()
    server.wait()
    server.stdout.close()
    deadline = time.monotonic() + 20
    while marked(job) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert job
    assert marked(job) == []
    assert {path.name: path.stat().st_mtime_ns for path in (person.root / "many").iterdir()} == before
    assert person.index() == index

    workspace = Workspace(person.root)
    assert any("interrupted" in note for note in status(workspace).notes)
    done = add(workspace, ["many"], "Again")
    assert any("interrupted" in note for note in done.notes)
    assert status(workspace).notes == []
    assert list((person.root / ".dvc/cache").glob("files/md5/??/.*.tmp")) == []
    assert person.status() == ["M  b.py"]
    check_objects(person.root / ".dvc/cache")
    workspace.close()


def test_kill_of_git_during_its_push(shared: Person, tmp_path: Path) -> None:
    """The data is there; the branch can be pushed again."""
    person = shared
    person.git("init", "-q", "--bare", str(tmp_path / "origin.git"))
    person.git("remote", "add", "origin", str(tmp_path / "origin.git"))
    person.hook("pre-push", 'kill -9 "$PPID"')
    workspace = Workspace(person.root)
    with pytest.raises(Exception, match="The data is pushed, the commit is not"):
        push(workspace, with_git=True)
    assert status(workspace, in_remote=True).paths[0].pushed is True
    person.hook("pre-push", "exit 0")
    done = push(workspace, with_git=True)
    assert (done.branch, done.objects) == ("main", 0)
    assert person.git("rev-parse", "origin/main") == person.git("rev-parse", "HEAD")
    assert push(workspace, with_git=True).branch == "main"
    workspace.close()
