"""kill -9 of the program, alone or with the worker, at the steps of add and restore (those of the commit itself stand in
``tests/vcs/test_commit.py``).

Each case waits until a step is reached, kills, and then looks: no data file is lost or half-written, the person's index
is theirs, and the next action explains and repairs.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jupyterlab_prodify.data.add import add
from jupyterlab_prodify.data.restore import restore
from jupyterlab_prodify.data.versions import status
from jupyterlab_prodify.data.workspace import Workspace
from tests.data.conftest import Person

FILES = 10
SIZE = 100_000

ACTION = """
import sys
from pathlib import Path
from jupyterlab_prodify.data.add import add
from jupyterlab_prodify.data.restore import restore
from jupyterlab_prodify.data.workspace import Workspace
root, action, rev, stop = sys.argv[1:]

# Say which operation of the worker is about to begin, and at which progress it is; stop at one of them.
def at(point):
    if point == stop:
        Path(root, ".git", "reached").write_text(str(workspace._worker.pid if workspace._worker else 0))
        import time; time.sleep(60)

seen = []
def progress(one):
    if seen:
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
if action == "add":
    add(workspace, ["folder", "large.bin"], "Killed")
else:
    restore(workspace, "folder", rev)
"""

POINTS = [
    ("add", "before add", "program"),
    ("add", "during add", "program"),
    ("add", "during add", "both"),
    ("add", "after add", "program"),
    ("restore", "before keep", "program"),
    ("restore", "during keep", "both"),
    ("restore", "after keep", "program"),
    ("restore", "before checkout", "program"),
    ("restore", "during checkout", "program"),
    ("restore", "during checkout", "both"),
    ("restore", "after checkout", "program"),
]


def write_data(person: Person, text: str) -> None:
    for number in range(FILES):
        person.write(f"folder/{number}.bin", f"{text} {number} ".encode() * (SIZE // 10))
    person.write("large.bin", text.encode() * 2_000_000)


def data(person: Person) -> dict[str, bytes]:
    files = [*(person.root / "folder").iterdir(), person.root / "large.bin"]
    return {path.name: path.read_bytes() for path in files}


@pytest.mark.parametrize(("action", "point", "victim"), POINTS)
def test_kill(dvc_person: Person, action: str, point: str, victim: str) -> None:
    person = dvc_person
    workspace = Workspace(person.root)
    write_data(person, "one")
    first = str(add(workspace, ["folder", "large.bin"], "One").commit)
    old = data(person)
    write_data(person, "two")
    present = data(person)
    person.write("b.py", "staged\n")
    person.git("add", "b.py")
    person.write("b.py", "not staged\n")
    kill_at(person, action, first, point, victim)

    now = data(person)
    assert all(content in (old.get(name), present.get(name)) for name, content in now.items() if name in present)
    if action == "add":
        assert now == present
    assert person.git("show", ":b.py") == "staged\n"

    if action == "add":
        done = add(workspace, ["folder", "large.bin"], "Again")
        assert data(person) == present
        assert {one.state for one in status(workspace).paths} == {"unchanged"}
        assert done.commit is not None
        backups = [str(done.commit)]
    else:
        restore(workspace, "folder", first)
        assert {name: content for name, content in data(person).items() if name in old} == {
            **old,
            "large.bin": present["large.bin"],
        }
        backups = person.git("for-each-ref", "--format=%(refname)", "refs/prodify/backup").split()
    assert status(workspace).notes == []
    assert [line for line in person.status() if line.endswith("b.py")] == ["MM b.py"]
    assert person.git("show", ":b.py") == "staged\n"
    if action == "restore":  # the state from before the kill can still be had
        restore(workspace, "folder", backups[0])
        assert data(person) == present
    workspace.close()


def kill_at(person: Person, action: str, rev: str, point: str, victim: str) -> None:
    """Start the action, wait for the point, and kill."""
    marker = person.root / ".git/reached"
    process = subprocess.Popen(
        [sys.executable, "-c", ACTION, str(person.root), action, rev, point],
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + 30
    while not (marker.exists() and marker.read_text()) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    assert process.poll() is None, "the point was not reached"
    worker = int(marker.read_text())
    if victim == "both":
        os.killpg(worker, signal.SIGKILL)
    process.kill()
    process.wait()
    wait_for_end(worker)


def wait_for_end(pid: int) -> None:
    deadline = time.monotonic() + 10
    while pid and Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            if Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
                return
        time.sleep(0.01)
