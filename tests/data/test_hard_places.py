"""Many files, a cache that cannot be written, a `dvc` in a terminal at the same time, hooks, and a worktree."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jupyterlab_prodify.data.add import add, commit
from jupyterlab_prodify.data.restore import restore
from jupyterlab_prodify.data.versions import history, status
from jupyterlab_prodify.data.workspace import Workspace
from jupyterlab_prodify.vcs.errors import InProgressError, NoIdentityError, SigningError, VcsError
from tests.data.conftest import Person, tree


@pytest.mark.parametrize("files", [2_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_many_small_files(workspace: Workspace, dvc_person: Person, files: int) -> None:
    if files > 10_000 and not os.environ.get("PRODIFY_MANY_FILES"):
        pytest.skip("takes minutes: set PRODIFY_MANY_FILES=1")
    for number in range(files):
        dvc_person.write(f"many/{number // 1000}/{number}.txt", str(number))
    done = add(workspace, ["many"], "Many")
    assert (done.paths[0].files, done.committed) == (files, [".gitignore", "many.dvc"])
    assert history(workspace, "many").versions[0].files == files
    dvc_person.write("many/0/0.txt", "changed")
    assert status(workspace).paths[0].state == "changed"
    restore(workspace, "many", "HEAD")
    assert (dvc_person.root / "many/0/0.txt").read_text() == "0"
    assert dvc_person.status() == []


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounts a file system that is read-only")
class TestReadOnlyCache:
    @pytest.fixture
    def sealed(self, workspace: Workspace, dvc_person: Person) -> Iterator[Path]:
        dvc_person.write("raw.csv", "one")
        add(workspace, ["raw.csv"], "One")
        cache = dvc_person.root / ".dvc/cache"
        words = ["mount", "--bind", str(cache), str(cache)]
        if subprocess.run(words, capture_output=True, check=False).returncode:
            pytest.skip("nothing can be mounted here")
        try:
            done = subprocess.run(["mount", "-o", "remount,ro,bind", str(cache)], capture_output=True, check=False)
            if done.returncode:
                pytest.skip("nothing can be mounted read-only here")
            yield cache
        finally:
            subprocess.run(["umount", "-l", str(cache)], check=True)

    def test_add_and_restore(self, workspace: Workspace, dvc_person: Person, sealed: Path) -> None:
        dvc_person.write("raw.csv", "two")
        before = tree(dvc_person.root), dvc_person.index()
        for action in (lambda: add(workspace, ["raw.csv"], "Two"), lambda: restore(workspace, "raw.csv", "HEAD")):
            with pytest.raises(VcsError) as caught:
                action()
            assert caught.value.code == "read_only"
            assert (tree(dvc_person.root), dvc_person.index()) == before


class TestTerminal:
    def test_a_dvc_that_runs_at_the_same_time(self, workspace: Workspace, dvc_person: Person) -> None:
        """Both come to their end, or one is told that the other is at work; nothing is lost."""
        for number in range(300):
            dvc_person.write(f"ours/{number}.bin", f"{number}".encode() * 5_000)
            dvc_person.write(f"theirs/{number}.bin", f"x{number}".encode() * 5_000)
        by_hand = subprocess.Popen(
            [sys.executable, "-m", "dvc", "add", "-q", "theirs"], cwd=dvc_person.root, stderr=subprocess.PIPE
        )
        refused = None
        try:
            add(workspace, ["ours"], "Ours")
        except VcsError as error:
            refused = error.code
        _, said = by_hand.communicate()
        assert refused in (None, "dvc_locked", "changed_gitignore")
        assert by_hand.returncode == 0 or b"lock" in said
        if refused is not None:
            dvc_person.git("add", ".gitignore")
            dvc_person.git("commit", "-qm", "by hand")
            add(workspace, ["ours"], "Ours")
        add(workspace, ["theirs"], "Theirs")
        assert {one.path: one.state for one in status(workspace).paths} == {"ours": "unchanged", "theirs": "unchanged"}
        assert dvc_person.status() == []

    def test_a_git_commit_at_the_same_time(self, workspace: Workspace, dvc_person: Person) -> None:
        dvc_person.write("raw.csv", "1")
        stop = threading.Event()

        def work() -> None:
            number = 0
            while not stop.is_set():
                number += 1
                dvc_person.write("a.py", f"x = {number}\n")
                words = ["git", "commit", "-qm", str(number), "--", "a.py"]
                subprocess.run(words, cwd=dvc_person.root, capture_output=True, check=False)
                time.sleep(0.2)

        thread = threading.Thread(target=work)
        thread.start()
        refused = ""
        try:
            done = add(workspace, ["raw.csv"], "Data")
        except VcsError as error:
            refused = error.code
        finally:
            stop.set()
            thread.join()
        assert refused in ("", "index_locked", "branch_moved")
        if refused:
            done = add(workspace, ["raw.csv"], "Data")
        assert dvc_person.files_of(str(done.commit)) == [".gitignore", "raw.csv.dvc"]


class TestRefused:
    """Nothing is hashed where no commit can be made, and nothing has changed afterwards."""

    @pytest.fixture
    def before(self, dvc_person: Person) -> tuple[dict[str, bytes], str]:
        dvc_person.write("raw.csv", "1")
        return tree(dvc_person.root), dvc_person.index()

    def check(self, workspace: Workspace, person: Person, kind: type[VcsError]) -> None:
        kept, index = tree(person.root), person.index()
        with pytest.raises(kind) as caught:
            add(workspace, ["raw.csv"], "No")
        assert caught.value.remedy
        assert (tree(person.root), person.index()) == (kept, index)

    def test_merge(self, workspace: Workspace, dvc_person: Person, before: object) -> None:
        dvc_person.git("checkout", "-qb", "other")
        dvc_person.write("a.py", "other\n")
        dvc_person.commit("a.py")
        dvc_person.git("checkout", "-q", "main")
        dvc_person.write("a.py", "main\n")
        dvc_person.commit("a.py")
        dvc_person.git("merge", "-q", "other", code=1)
        self.check(workspace, dvc_person, InProgressError)

    def test_nobody(self, workspace: Workspace, dvc_person: Person, before: object, tmp_path: Path) -> None:
        (tmp_path / "gitconfig").write_text("")
        self.check(workspace, dvc_person, NoIdentityError)

    def test_signing(self, workspace: Workspace, dvc_person: Person, before: object) -> None:
        dvc_person.git("config", "commit.gpgsign", "true")
        dvc_person.git("config", "gpg.program", "false")
        self.check(workspace, dvc_person, SigningError)


def test_a_hook_that_rewrites_what_is_committed(workspace: Workspace, dvc_person: Person) -> None:
    """As formatters do: what the hook makes of a chosen file is in the commit."""
    dvc_person.write("a.py", "x=2\n")
    dvc_person.write("raw.csv", "1")
    add(workspace, ["raw.csv"], "One")
    dvc_person.write("raw.csv", "2")
    dvc_person.hook("pre-commit", 'echo "x = 2" > a.py && git add a.py')
    commit(workspace, ["a.py", "raw.csv"], "Both")
    assert dvc_person.git("show", "HEAD:a.py") == "x = 2\n"
    assert dvc_person.files_of() == ["a.py", "raw.csv.dvc"]
    assert dvc_person.status() == []
