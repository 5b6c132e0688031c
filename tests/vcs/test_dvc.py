"""The worker against the installed DVC: the contract that ``dvc_worker/library.py`` relies on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jupyterlab_prodify.vcs import errors
from jupyterlab_prodify.vcs.dvc import DvcWorker, Progress
from jupyterlab_prodify.vcs.dvc_file import listing, missing_objects, object_path, outputs_of
from jupyterlab_prodify.vcs.dvc_worker.failure import redacted
from jupyterlab_prodify.vcs.dvc_worker.library import TESTED
from tests.vcs.conftest import DVC, Person, add_remote


@pytest.fixture(params=["library", "command_line"])
def worker(request: pytest.FixtureRequest, dvc_person: Person) -> Iterator[DvcWorker]:
    worker = DvcWorker(dvc_person.root, command_line=request.param == "command_line")
    yield worker
    worker.close()


@pytest.fixture
def warm(dvc_person: Person) -> Iterator[DvcWorker]:
    worker = DvcWorker(dvc_person.root)
    yield worker
    worker.close()


def test_the_installed_dvc_is_one_that_was_tried(warm: DvcWorker) -> None:
    warm.call("cache_dir")
    assert warm.ready["by"] == "library"
    assert warm.ready["dvc"].rsplit(".", 1)[0] in TESTED


def test_add_change_keep_checkout_push_fetch(worker: DvcWorker, dvc_person: Person, tmp_path: Path) -> None:
    """The whole life of data, the same through the library and through the command line."""
    person = dvc_person
    person.write("data/file.bin", b"one" * 1000)
    for number in range(5):
        person.write(f"data/folder/{number}.txt", str(number))
    files = ["data/file.bin.dvc", "data/folder.dvc"]
    added = worker.call("add", paths=["data/file.bin", "data/folder"])
    assert added == [["data/file.bin", files[0]], ["data/folder", files[1]]]
    assert (person.root / "data/.gitignore").read_text().split() == ["/file.bin", "/folder"]
    assert "A" not in "".join(person.git("status", "--porcelain").split())  # nothing was staged
    first = person.commit("data/.gitignore", *files)
    assert worker.call("changed", files=files) == {"changed": [], "missing": []}

    person.write("data/folder/3.txt", "new")
    (person.root / "data/file.bin").unlink()
    assert worker.call("changed", files=files) == {"changed": ["data/folder"], "missing": ["data/file.bin"]}
    with pytest.raises(errors.DvcError) as caught:
        worker.call("checkout", files=[files[1]])
    assert caught.value.code == "unsaved_data"
    assert (person.root / "data/folder/3.txt").read_text() == "new"

    before = person.status()
    kept = worker.call("keep", file=files[1])
    assert person.status() == before
    cache = Path(worker.call("cache_dir"))
    assert list(missing_objects(cache, outputs_of(kept.encode())[0])) == []
    worker.call("checkout", files=files)
    assert (person.root / "data/folder/3.txt").read_text() == "3"
    assert (person.root / "data/file.bin").read_bytes() == b"one" * 1000

    add_remote(person, tmp_path / "remote")
    assert "data/file.bin" in worker.call("unpushed", files=files)
    worker.call("push", files=files)
    assert worker.call("unpushed", files=files) == []
    for path in sorted(cache.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    output = outputs_of((person.root / files[0]).read_bytes())[0]
    assert list(missing_objects(cache, output)) == [output.hash]
    worker.call("fetch", file=files[0], rev=first)
    assert list(missing_objects(cache, output)) == []


def test_progress_in_files_and_bytes(warm: DvcWorker, dvc_person: Person) -> None:
    for number in range(300):
        dvc_person.write(f"folder/{number}.bin", os.urandom(5000))
    dvc_person.write("large.bin", b"x" * 80_000_000)
    seen: list[Progress] = []
    warm.call("add", seen.append, paths=["folder", "large.bin"])
    assert seen
    assert any(one.total and one.unit == "file" for one in seen)
    assert all(one.total is None or one.done <= one.total for one in seen)


def test_the_persons_autostage_does_not_count(warm: DvcWorker, dvc_person: Person) -> None:
    dvc_person.write(".dvc/config", "[core]\n    autostage = true\n")
    dvc_person.write("a.bin", b"1")
    before = dvc_person.index()
    warm.call("add", paths=["a.bin"])
    assert dvc_person.index() == before


class TestProcess:
    def test_a_warm_worker_is_used_again(self, warm: DvcWorker) -> None:
        warm.call("cache_dir")
        first = warm.pid
        warm.call("cache_dir")
        assert warm.pid == first is not None

    def test_it_ends_when_idle_and_starts_again(self, dvc_person: Person) -> None:
        worker = DvcWorker(dvc_person.root, idle=0.2)
        worker.call("cache_dir")
        deadline = time.monotonic() + 10
        while worker.pid is not None and time.monotonic() < deadline:
            time.sleep(0.02)
        assert worker.pid is None
        assert worker.call("cache_dir")
        worker.close()

    def test_cancel_leaves_things_as_before(self, warm: DvcWorker, dvc_person: Person) -> None:
        dvc_person.write("large.bin", b"x" * 50_000_000)
        before = dvc_person.status()
        started = threading.Event()

        def cancel(_: Progress) -> None:
            if not started.is_set():
                started.set()
                warm.cancel()

        with pytest.raises(errors.WorkerEndedError):
            warm.call("add", cancel, paths=["large.bin"])
        assert dvc_person.status() == before
        assert (dvc_person.root / "large.bin").stat().st_size == 50_000_000
        assert warm.call("add", paths=["large.bin"])

    def test_it_ends_with_the_process_that_asked(self, dvc_person: Person, tmp_path: Path) -> None:
        code = (
            "import sys, os, signal; from pathlib import Path; from jupyterlab_prodify.vcs.dvc import DvcWorker\n"
            f"worker = DvcWorker(Path({str(dvc_person.root)!r})); worker.call('cache_dir')\n"
            "print(worker.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
        )
        done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=False)
        assert done.returncode == -signal.SIGKILL
        deadline = time.monotonic() + 10
        while Path(f"/proc/{done.stdout.strip()}").exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not Path(f"/proc/{done.stdout.strip()}").exists()

    def test_one_that_has_grown_large_makes_room(self, dvc_person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        """It ends after its answer, and the next request is answered by another one."""
        site = dvc_person.root / ".git/site"
        site.mkdir()
        (site / "sitecustomize.py").write_text("held = b'1' * 210_000_000")
        monkeypatch.setenv("PYTHONPATH", str(site))
        large = DvcWorker(dvc_person.root)
        pids = set()
        for _ in range(3):
            assert large.call("cache_dir")
            assert large._process is not None
            pids.add(large._process.pid)
            large._process.wait(20)
        large.close()
        assert len(pids) == 3

    def test_errors_do_not_end_it(self, warm: DvcWorker) -> None:
        warm.call("cache_dir")
        pid = warm.pid
        for op, given in (("checkout", {"files": ["absent.dvc"]}), ("rm", {}), ("add", {"wrong": 1})):
            with pytest.raises(errors.DvcError):
                warm.call(op, **given)
        assert warm.pid == pid

    def test_a_python_without_dvc(self, dvc_person: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        (tmp_path / "dvc.py").write_text("raise ImportError('No module named dvc')")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        with pytest.raises(errors.DvcError, match="does not start"):
            DvcWorker(dvc_person.root).call("cache_dir")

    def test_another_dvc_is_at_work(self, warm: DvcWorker, dvc_person: Person) -> None:
        dvc_person.write("a.bin", b"1")
        code = "from dvc.repo import Repo\nwith Repo('.').lock: print(flush=True); input()"
        other = subprocess.Popen(
            [sys.executable, "-c", code], cwd=dvc_person.root, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        with other:
            assert other.stdout is not None
            other.stdout.readline()
            with pytest.raises(errors.DvcError) as caught:
                warm.call("add", paths=["a.bin"])
            other.communicate(b"\n")
        assert caught.value.code == "dvc_locked"
        assert warm.call("add", paths=["a.bin"])


def test_a_file_that_is_written_to_while_it_is_hashed(warm: DvcWorker, dvc_person: Person) -> None:
    """The cache never holds content that its name does not say."""
    path = dvc_person.write("busy.bin", b"0" * 30_000_000)
    stop = threading.Event()

    def write() -> None:
        with open(path, "r+b") as handle:
            while not stop.is_set():
                handle.seek(20_000_000)
                handle.write(os.urandom(16))
                handle.flush()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with pytest.raises(errors.ChangedWhileHashedError):
            warm.call("add", paths=["busy.bin"])
    finally:
        stop.set()
        writer.join()
    cache = Path(warm.call("cache_dir"))
    for path in cache.rglob("*"):
        if path.is_file():
            done = subprocess.run(["md5sum", path], capture_output=True, text=True, check=True)
            assert done.stdout.split()[0] == path.parent.name + path.name


def test_files_are_read_without_dvc(dvc_person: Person) -> None:
    dvc_person.write("data/folder/ü.txt", "1")
    dvc_person.write("data/folder/in/b.txt", "2")
    subprocess.run([*DVC, "add", "-q", "data/folder"], cwd=dvc_person.root, check=True)
    (output,) = outputs_of((dvc_person.root / "data/folder.dvc").read_bytes())
    cache = dvc_person.root / ".dvc/cache"
    assert (output.path, output.files, output.size, output.is_folder) == ("folder", 2, 2, True)
    known = listing(cache, output)
    assert known is not None
    assert sorted(known) == ["in/b.txt", "ü.txt"]
    object_path(cache, known["ü.txt"]).unlink()
    assert list(missing_objects(cache, output)) == [known["ü.txt"]]


@pytest.mark.parametrize("content", [b"", b"outs: 1", b"[", b"\xff", b"outs:\n- 1\n- path: 3\n", b"a: 1"])
def test_a_file_that_is_none(content: bytes) -> None:
    assert outputs_of(content) == ()


def test_secrets_are_not_told() -> None:
    said = redacted("failed: https://ada:secret@host/x?token=abc and s3://bucket/key?X-Amz-Signature=1")
    assert said == "failed: https://host/x and s3://bucket/key"
