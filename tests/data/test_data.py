"""Add, status, history, diff and restore on real repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from jupyterlab_prodify.data import errors
from jupyterlab_prodify.data.add import add, commit
from jupyterlab_prodify.data.advice import advise
from jupyterlab_prodify.data.recovery import Journal
from jupyterlab_prodify.data.restore import restore
from jupyterlab_prodify.data.versions import diff, history, status
from jupyterlab_prodify.data.workspace import Workspace
from jupyterlab_prodify.project.errors import OutsideRootError
from jupyterlab_prodify.vcs.errors import (
    DataMissingError,
    DetachedHeadError,
    DvcError,
    HookError,
    InProgressError,
    NoSuchRevisionError,
    NotADvcProjectError,
    VcsError,
)
from tests.data.conftest import Person, add_remote, make_dvc_project, tree


class TestAdd:
    def test_one_commit_and_the_index_is_the_persons(self, workspace: Workspace, dvc_person: Person) -> None:
        person = dvc_person
        person.write("b.py", "staged\n")
        person.git("add", "b.py")
        person.write("b.py", "not staged\n")
        person.write("data/raw.csv", "x\n1\n")
        for number in range(3):
            person.write(f"data/images/{number}.png", os.urandom(100))
        person.write("notes.md", "# Notes")
        before = person.git("rev-parse", "HEAD").strip()
        done = add(workspace, ["data/raw.csv", "data/images", "notes.md"], "Raw data")
        assert person.git("rev-parse", "HEAD^").strip() == before
        assert person.files_of() == ["data/.gitignore", "data/images.dvc", "data/raw.csv.dvc", "notes.md"]
        assert sorted(done.committed) == person.files_of()
        assert [(one.path, one.kind, one.size, one.files) for one in done.paths] == [
            ("data/raw.csv", "dvc", 4, 1),
            ("data/images", "dvc", 300, 3),
            ("notes.md", "git", 7, 1),
        ]
        assert person.status() == ["MM b.py"]
        assert person.git("show", ":b.py") == "staged\n"

    def test_nothing_new(self, workspace: Workspace, dvc_person: Person) -> None:
        dvc_person.write("raw.csv", "1")
        first = add(workspace, ["raw.csv"], "One")
        assert add(workspace, ["raw.csv"], "Again").commit is None
        assert dvc_person.git("rev-parse", "HEAD").strip() == first.commit

    def test_a_file_inside_a_versioned_folder(self, workspace: Workspace, dvc_person: Person) -> None:
        dvc_person.write("folder/a.txt", "1")
        add(workspace, ["folder"], "One")
        dvc_person.write("folder/b.txt", "2")
        done = add(workspace, ["folder/b.txt"], "Two")
        assert done.paths[0].file == "folder.dvc"
        assert dvc_person.files_of() == ["folder.dvc"]
        assert history(workspace, "folder").versions[0].files == 2

    def test_after_a_dvc_add_by_hand(self, workspace: Workspace, dvc_person: Person) -> None:
        dvc_person.write("raw.csv", "1")
        workspace.dvc("add", paths=["raw.csv"])
        add(workspace, ["raw.csv"], "One")
        assert dvc_person.files_of() == [".gitignore", "raw.csv.dvc"]

    def test_names(self, workspace: Workspace, dvc_person: Person) -> None:
        names = ["with space.bin", 'it\'s "odd".bin', "-rf.bin", "ü 🙂.bin", "#a!b*[c].bin", " lead", "back\\slash.bin"]
        revs = []
        for text in ("one", "two!"):
            for name in names:
                dvc_person.write(name, text)
            revs.append(str(add(workspace, names, text).commit))
        for name in names:
            restore(workspace, name, revs[0])
            assert (dvc_person.root / name).read_text() == "one"
            assert [version.size for version in history(workspace, name).versions] == [4, 3]

    @pytest.mark.parametrize("name", ["new\nline.bin", os.fsdecode(b"latin-\xe9.bin")])
    def test_names_that_dvc_cannot_hold(self, workspace: Workspace, dvc_person: Person, name: str) -> None:
        (dvc_person.root / name).write_text("1")
        before = tree(dvc_person.root)
        with pytest.raises(errors.AdviceError, match="cannot hold the name"):
            add(workspace, [name], "No")
        assert tree(dvc_person.root) == before
        assert add(workspace, [name], "In Git", "git").commit

    def test_a_refused_commit_leaves_things_as_before(self, workspace: Workspace, dvc_person: Person) -> None:
        dvc_person.write("data/.gitignore", "*.log\n")
        dvc_person.commit("data/.gitignore")
        dvc_person.write("data/raw.csv", "1")
        dvc_person.hook("pre-commit", "echo no >&2; exit 1")
        before = tree(dvc_person.root), dvc_person.index()
        with pytest.raises(HookError):
            add(workspace, ["data/raw.csv"], "No")
        assert (tree(dvc_person.root), dvc_person.index()) == before

    def test_ctrl_c_leaves_things_as_before(self, dvc_person: Person) -> None:
        def stop(_: object) -> None:
            raise KeyboardInterrupt

        dvc_person.write("raw.bin", b"x" * 30_000_000)
        before = tree(dvc_person.root), dvc_person.index()
        workspace = Workspace(dvc_person.root, on_progress=stop)
        with pytest.raises(KeyboardInterrupt):
            add(workspace, ["raw.bin"], "No")
        workspace.close()
        assert (tree(dvc_person.root), dvc_person.index()) == before

    def test_refused_before_anything_is_hashed(self, workspace: Workspace, dvc_person: Person) -> None:
        dvc_person.write("raw.csv", "1")
        (dvc_person.root / ".git/MERGE_HEAD").write_text(dvc_person.git("rev-parse", "HEAD"))
        with pytest.raises(InProgressError):
            add(workspace, ["raw.csv"], "No")
        (dvc_person.root / ".git/MERGE_HEAD").unlink()
        dvc_person.git("checkout", "-q", "--detach")
        with pytest.raises(DetachedHeadError):
            add(workspace, ["raw.csv"], "No")
        assert not (dvc_person.root / "raw.csv.dvc").exists()

    def test_changes_of_the_persons_own_in_a_gitignore(self, workspace: Workspace, dvc_person: Person) -> None:
        dvc_person.write(".gitignore", "mine\n")
        dvc_person.write("raw.csv", "1")
        with pytest.raises(errors.UnsavedRulesError):
            add(workspace, ["raw.csv"], "No")
        dvc_person.commit(".gitignore")
        assert add(workspace, ["raw.csv"], "Yes").commit

    def test_an_ignored_folder(self, workspace: Workspace, dvc_person: Person) -> None:
        dvc_person.write(".gitignore", "data/\n")
        dvc_person.commit(".gitignore")
        dvc_person.write("data/raw.csv", "1")
        with pytest.raises(errors.AdviceError, match="would be ignored"):
            add(workspace, ["data/raw.csv"], "No")

    def test_no_dvc_project(self, person: Person) -> None:
        person.write("raw.csv", "1")
        workspace = Workspace(person.root)
        with pytest.raises(NotADvcProjectError):
            add(workspace, ["raw.csv"], "No")
        assert status(workspace).paths == []

    def test_a_dvc_project_below_the_repository(self, person: Person) -> None:
        for name in (".dvc/config", ".dvcignore", "raw.csv"):
            person.write(f"sub/{name}", "")
        person.write("sub/.dvc/.gitignore", "/tmp\n/cache\n")
        person.write("sub/raw.csv", "1")
        workspace = Workspace(person.root / "sub")
        done = add(workspace, ["sub/raw.csv"], "Sub")
        assert sorted(done.committed) == ["sub/.gitignore", "sub/raw.csv.dvc"]
        assert [one.path for one in status(workspace).paths] == ["sub/raw.csv"]
        workspace.close()


EXPECTED = {
    "small.csv": "dvc",
    "code.py": "git",
    "long.py": "dvc",
    "binary.md": "dvc",
    "pkg/__pycache__": "ignore",
    "pkg/__pycache__/x.pyc": "ignore",
    "src": "git",
    "images": "dvc",
    "a.py": "git",
    "inner/x.csv": "impossible",
    "inner": "impossible",
    "link": "impossible",
    "absent": "impossible",
    ".": "impossible",
    ".git": "impossible",
}


class TestAtOnce:
    def test_two_actions(self, dvc_person: Person) -> None:
        """Each waits for the other, and both are done."""
        for name in ("one.bin", "two.bin"):
            dvc_person.write(name, name)
        code = (
            "import sys; from pathlib import Path; from jupyterlab_prodify.data.add import add\n"
            "from jupyterlab_prodify.data.workspace import Workspace\n"
            "add(Workspace(Path(sys.argv[1])), [sys.argv[2]], sys.argv[2])"
        )
        started = [
            subprocess.Popen([sys.executable, "-c", code, str(dvc_person.root), name])
            for name in ("one.bin", "two.bin")
        ]
        assert [process.wait() for process in started] == [0, 0]
        assert sorted(dvc_person.git("log", "-2", "--format=%s").split()) == ["one.bin", "two.bin"]
        assert dvc_person.status() == []

    def test_a_worktree(self, dvc_person: Person, tmp_path: Path) -> None:
        dvc_person.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "tree"))
        other = Person(tmp_path / "tree")
        other.write("raw.csv", "1")
        workspace = Workspace(other.root)
        first = add(workspace, ["raw.csv"], "One")
        other.write("raw.csv", "2")
        restore(workspace, "raw.csv", str(first.commit))
        workspace.close()
        assert (other.root / "raw.csv").read_text() == "1"
        assert other.status() == dvc_person.status() == []

    def test_a_submodule(self, dvc_person: Person, tmp_path: Path) -> None:
        outer = Person(tmp_path / "outer")
        outer.root.mkdir()
        outer.git("init", "-q")
        outer.git("submodule", "--quiet", "add", str(dvc_person.root), "sub")
        inner = Person(outer.root / "sub")
        inner.write("raw.csv", "1")
        workspace = Workspace(inner.root)
        assert add(workspace, ["raw.csv"], "One").commit
        workspace.close()
        assert inner.files_of() == [".gitignore", "raw.csv.dvc"]
        assert inner.status() == []


class TestAdvice:
    def test_each_kind(self, dvc_person: Person) -> None:
        person = dvc_person
        workspace = Workspace(person.root, threshold=1000)
        person.write("small.csv", "1")
        person.write("code.py", "1")
        person.write("long.py", "#" * 1001)
        person.write("binary.md", b"a\0b")
        person.write("pkg/__pycache__/x.pyc", "1")
        person.write("src/a.py", "1")
        person.write("src/deep/b.md", "1")
        person.write("images/a.png", "1")
        person.write("a.py", "#" * 2000)
        person.write("inner/x.csv", "1")
        Person(person.root / "inner").git("init", "-q")
        (person.root / "link").symlink_to("small.csv")
        found = {path: advise(workspace, path) for path in EXPECTED}
        assert {path: one.to for path, one in found.items()} == EXPECTED
        assert all(one.reason for one in found.values())
        assert (found["a.py"].tracked, found["a.py"].large) == ("git", True)

    def test_what_should_not_be_versioned(self, workspace: Workspace, dvc_person: Person) -> None:
        dvc_person.write("x.pyc", "1")
        with pytest.raises(errors.AdviceError, match="programs make it again"):
            add(workspace, ["x.pyc"], "No")
        with pytest.raises(errors.AdviceError, match="does not exist"):
            add(workspace, ["absent"], "No")
        dvc_person.write("x.csv", "1")
        add(workspace, ["x.csv"], "Yes")
        with pytest.raises(errors.AdviceError, match="DVC holds"):
            add(workspace, ["x.csv"], "No", "git")

    def test_paths_that_lead_out(self, workspace: Workspace, dvc_person: Person, tmp_path: Path) -> None:
        (tmp_path / "outside").mkdir()
        (dvc_person.root / "way").symlink_to(tmp_path / "outside")
        for place in (dvc_person.root / "../outside/x", tmp_path / "outside", dvc_person.root / "way/x"):
            with pytest.raises(OutsideRootError):
                workspace.path_of(place)


class TestStatus:
    def test_each_state(self, workspace: Workspace, dvc_person: Person, tmp_path: Path) -> None:
        person = dvc_person
        add_remote(person, tmp_path / "remote")
        for name in ("same", "other", "gone", "again"):
            person.write(f"{name}.bin", name)
        person.write("folder/a.txt", "1")
        names = ["same.bin", "other.bin", "gone.bin", "again.bin", "folder"]
        done = add(workspace, names, "All")
        workspace.dvc("push", files=["other.bin.dvc", "again.bin.dvc", "gone.bin.dvc", "folder.dvc"])
        person.write("other.bin", "changed")
        (person.root / "gone.bin").unlink()
        person.write("again.bin", "again and again")
        workspace.dvc("add", paths=["again.bin"])
        person.write("folder/b.txt", "2")
        found = {one.path: one for one in status(workspace, in_remote=True).paths}
        assert {path: one.state for path, one in found.items()} == {
            "again.bin": "changed",
            "folder": "changed",
            "gone.bin": "missing",
            "other.bin": "changed",
            "same.bin": "not_pushed",
        }
        assert {one.rev for one in found.values()} == {done.commit}
        assert found["same.bin"].size == 4
        assert [one.path for one in status(workspace, ["folder/b.txt"]).paths] == ["folder"]
        assert {one.path: one.state for one in status(workspace).paths}["same.bin"] == "unchanged"


class TestHistory:
    def test_newest_first_without_commits_that_change_nothing(self, workspace: Workspace, dvc_person: Person) -> None:
        person = dvc_person
        revs = []
        for text in ("1", "22", "333"):
            person.write("raw.csv", text)
            revs.append(add(workspace, ["raw.csv"], f"Version {text}\n\nWhy").commit)
        (person.root / "raw.csv.dvc").write_text((person.root / "raw.csv.dvc").read_text() + "desc: words\n")
        person.commit("raw.csv.dvc")
        found = history(workspace, "raw.csv").versions
        assert [(one.rev, one.size, one.files) for one in found] == [(revs[2], 3, 1), (revs[1], 2, 1), (revs[0], 1, 1)]
        assert found[0].author == "Ada"
        assert found[0].message == "Version 333\n\nWhy"
        assert history(workspace, "raw.csv.dvc") == history(workspace, "raw.csv")

    def test_of_what_git_holds_and_of_what_is_gone(self, workspace: Workspace, dvc_person: Person) -> None:
        person = dvc_person
        person.write("deep/c.py", "longer\n")
        commit(workspace, ["deep/c.py"], "Longer")
        assert [one.size for one in history(workspace, "deep/c.py").versions] == [7, 6]
        assert [one.files for one in history(workspace, "deep").versions] == [1, 1]
        (person.root / "deep/c.py").unlink()
        commit(workspace, ["deep/c.py"], "Gone")
        assert [one.size for one in history(workspace, "deep/c.py").versions] == [7, 6]

    def test_of_nothing(self, workspace: Workspace) -> None:
        with pytest.raises(errors.NotVersionedError):
            history(workspace, "absent")


def test_differences(workspace: Workspace, dvc_person: Person) -> None:
    person = dvc_person
    for name in ("same", "other", "gone"):
        person.write(f"folder/{name}.txt", name)
    first = add(workspace, ["folder"], "One")
    person.write("folder/other.txt", "new text")
    person.write("folder/in/new.txt", "new")
    (person.root / "folder/gone.txt").unlink()
    on_disk = diff(workspace, "folder", str(first.commit))
    second = add(workspace, ["folder"], "Two")
    found = diff(workspace, "folder", str(first.commit), str(second.commit))
    for one in (on_disk, found):
        assert one.added == ["folder/in/new.txt"]
        assert one.removed == ["folder/gone.txt"]
        assert one.changed == ["folder/other.txt"]
    assert (on_disk.after, found.after) == (None, second.commit)
    same = diff(workspace, "folder", "HEAD")
    assert (same.added, same.removed, same.changed) == ([], [], [])
    person.write("a.py", "x = 9\n")
    assert diff(workspace, "a.py", "HEAD").changed == ["a.py"]


class TestRestore:
    @pytest.fixture
    def versions(self, workspace: Workspace, dvc_person: Person) -> list[str]:
        """Two versions of a file and of a folder."""
        found = []
        for number in ("one", "two"):
            dvc_person.write("raw.csv", number)
            dvc_person.write("folder/a.txt", number)
            dvc_person.write(f"folder/{number}.txt", number)
            found.append(str(add(workspace, ["raw.csv", "folder"], number).commit))
        return found

    @pytest.mark.parametrize("path", ["raw.csv", "folder", "raw.csv.dvc"])
    def test_there_and_back(self, workspace: Workspace, dvc_person: Person, versions: list[str], path: str) -> None:
        person = dvc_person
        committed = person.git("rev-parse", "HEAD"), person.index()
        person.write("raw.csv", "never versioned")
        person.write("folder/unsaved.txt", "never versioned")
        before = tree(person.root)
        done = restore(workspace, path, versions[0])
        assert done.backup.startswith("refs/prodify/backup/")
        assert done.rev == versions[0]
        if path == "folder":
            assert sorted(os.listdir(person.root / "folder")) == ["a.txt", "one.txt"]
            assert (person.root / "folder/a.txt").read_text() == "one"
            assert (person.root / "raw.csv").read_text() == "never versioned"
        else:
            assert (person.root / "raw.csv").read_text() == "one"
        assert (person.git("rev-parse", "HEAD"), person.index()) == committed
        restore(workspace, path, done.backup)
        now = tree(person.root)
        for file in ("raw.csv.dvc", "folder.dvc"):  # they name what was never versioned: that is the difference
            now.pop(file)
            before.pop(file)
        assert now == before

    def test_what_was_deleted(self, workspace: Workspace, dvc_person: Person, versions: list[str]) -> None:
        (dvc_person.root / "raw.csv").unlink()
        (dvc_person.root / "raw.csv.dvc").unlink()
        restore(workspace, "raw.csv", versions[0])
        assert (dvc_person.root / "raw.csv").read_text() == "one"
        shutil.rmtree(dvc_person.root / "folder")
        restore(workspace, "folder", "HEAD")
        assert sorted(os.listdir(dvc_person.root / "folder")) == ["a.txt", "one.txt", "two.txt"]

    def test_files_that_git_holds(self, workspace: Workspace, dvc_person: Person) -> None:
        first = dvc_person.git("rev-parse", "HEAD").strip()
        dvc_person.write("deep/c.py", "second\n")
        dvc_person.commit("deep/c.py")
        dvc_person.write("deep/c.py", "unsaved\n")
        done = restore(workspace, "deep", first)
        assert (dvc_person.root / "deep/c.py").read_text() == "x = 1\n"
        assert dvc_person.git("show", f"{done.backup}:deep/c.py") == "unsaved\n"

    def test_ignored_files_are_kept_too(self, workspace: Workspace, dvc_person: Person) -> None:
        """The old version has in Git what DVC holds today, ignored and with changes of its own."""
        dvc_person.write("deep/raw.csv", "in Git\n")
        old = dvc_person.commit("deep/raw.csv")
        dvc_person.git("rm", "-q", "--cached", "deep/raw.csv")
        dvc_person.git("commit", "-q", "-m", "No longer")
        add(workspace, ["deep/raw.csv"], "In DVC")
        dvc_person.write("deep/raw.csv", "never versioned\n")
        done = restore(workspace, "deep", old)
        assert (dvc_person.root / "deep/raw.csv").read_text() == "in Git\n"
        assert dvc_person.git("show", f"{done.backup}:deep/raw.csv") == "never versioned\n"

    def test_a_folder_in_the_way_of_a_file(self, workspace: Workspace, dvc_person: Person) -> None:
        (dvc_person.root / "deep/c.py").unlink()
        dvc_person.write("deep/c.py/mine.txt", "1")
        with pytest.raises(errors.DataError, match="a folder in the other"):
            restore(workspace, "deep", "HEAD")
        shutil.rmtree(dvc_person.root / "deep")
        dvc_person.write("deep", "mine")
        with pytest.raises(errors.DataError, match="a folder in the other"):
            restore(workspace, "deep", "HEAD")
        assert (dvc_person.root / "deep").read_text() == "mine"

    def test_an_interrupted_restore_that_cannot_be_finished(
        self, workspace: Workspace, dvc_person: Person, versions: list[str]
    ) -> None:
        """It is told, and stands in nobody's way."""
        backup = restore(workspace, "raw.csv", versions[0]).backup
        Journal.of("restore", {}, "raw.csv", versions[0], backup).save(workspace.repository)
        assert backup in status(workspace).notes[0]
        dvc_person.write("a.py", "x = 2\n")
        for path in (dvc_person.root / ".dvc/cache/files/md5").rglob("*"):
            if path.is_file():
                path.unlink()
        done = commit(workspace, ["a.py"], "Two")
        assert backup in done.notes[0]
        assert "could not be finished" in done.notes[0]
        assert status(workspace).notes == []

    def test_data_that_dvc_links_to_its_cache(self, workspace: Workspace, dvc_person: Person) -> None:
        dvc_person.write(".dvc/config", "[cache]\n    type = symlink\n")
        dvc_person.write("raw.csv", "one")
        first = str(add(workspace, ["raw.csv"], "One").commit)
        (dvc_person.root / "raw.csv").unlink()
        dvc_person.write("raw.csv", "two")
        add(workspace, ["raw.csv"], "Two")
        restore(workspace, "raw.csv", first)
        assert (dvc_person.root / "raw.csv").is_symlink()
        assert (dvc_person.root / "raw.csv").read_text() == "one"
        add(workspace, ["raw.csv"], "One again")
        restore(workspace, "raw.csv", "HEAD~1")
        assert (dvc_person.root / "raw.csv").read_text() == "two"

    def test_data_that_is_nowhere(self, workspace: Workspace, dvc_person: Person, versions: list[str]) -> None:
        shutil.rmtree(dvc_person.root / ".dvc/cache/files/md5")
        before = tree(dvc_person.root)
        with pytest.raises(DataMissingError):
            restore(workspace, "raw.csv", versions[0])
        assert tree(dvc_person.root) == before
        assert dvc_person.git("for-each-ref", "refs/prodify") == ""

    def test_data_that_only_the_remote_has(
        self, workspace: Workspace, dvc_person: Person, versions: list[str], tmp_path: Path
    ) -> None:
        add_remote(dvc_person, tmp_path / "remote")
        restore(workspace, "folder", versions[0])
        workspace.dvc("push", files=["folder.dvc"])
        restore(workspace, "folder", "HEAD")
        shutil.rmtree(dvc_person.root / ".dvc/cache/files/md5")
        restore(workspace, "folder", versions[0])
        assert (dvc_person.root / "folder/a.txt").read_text() == "one"

    def test_no_such_version(self, workspace: Workspace, dvc_person: Person, versions: list[str]) -> None:
        for rev, kind in (("absent", NoSuchRevisionError), ("HEAD~3", errors.NoSuchVersionError)):
            with pytest.raises(kind):
                restore(workspace, "raw.csv", rev)
        with pytest.raises(errors.DataError, match="as a whole"):
            restore(workspace, "folder/a.txt", "HEAD")
        assert (dvc_person.root / "raw.csv").read_text() == "two"

    def test_a_file_that_cannot_be_written(self, workspace: Workspace, dvc_person: Person, tmp_path: Path) -> None:
        """The worker may not write files above 2 MB: the checkout fails, and data and `.dvc` file are as before."""
        dvc_person.write("raw.csv", "x" * 3_000_000)
        large = str(add(workspace, ["raw.csv"], "Large").commit)
        dvc_person.write("raw.csv", "small")
        add(workspace, ["raw.csv"], "Small")
        dvc_person.write("raw.csv", "not versioned")
        before = tree(dvc_person.root)
        other = Workspace(dvc_person.root, python=limited_python(tmp_path))
        with pytest.raises(VcsError) as caught:
            restore(other, "raw.csv", large)
        other.close()
        assert "refs/prodify/backup/" in caught.value.message
        assert tree(dvc_person.root) == before
        assert status(workspace).notes == []


def limited_python(folder: Path) -> str:
    """A Python that may not write files above 2 MB: as on a full disk, but for large files alone."""
    limited = folder / "python"
    limited.write_text(f'#!/bin/bash\nulimit -f 2000\nexec {sys.executable} "$@"\n')
    limited.chmod(0o755)
    return str(limited)


class TestFullDisk:
    def test_what_the_cache_could_not_keep_is_never_committed(self, dvc_person: Person, tmp_path: Path) -> None:
        """DVC logs such a failure and goes on; then only the file in the workspace would hold the data."""
        dvc_person.write("folder/small.bin", b"1")
        dvc_person.write("folder/large.bin", b"x" * 3_000_000)
        before = tree(dvc_person.root), dvc_person.index()
        workspace = Workspace(dvc_person.root, python=limited_python(tmp_path))
        with pytest.raises(DvcError, match="could not copy 1 files"):
            add(workspace, ["folder"], "No")
        workspace.close()
        assert (tree(dvc_person.root), dvc_person.index()) == before

    def test_what_the_cache_could_not_keep_is_never_overwritten(
        self, workspace: Workspace, dvc_person: Person, tmp_path: Path
    ) -> None:
        dvc_person.write("raw.bin", b"small")
        first = str(add(workspace, ["raw.bin"], "One").commit)
        dvc_person.write("raw.bin", b"x" * 3_000_000)
        before = tree(dvc_person.root)
        other = Workspace(dvc_person.root, python=limited_python(tmp_path))
        with pytest.raises(DvcError, match="could not copy"):
            restore(other, "raw.bin", first)
        other.close()
        assert tree(dvc_person.root) == before

    @pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounts a file system in memory")
    def test_a_small_file_system(self, tmp_path: Path) -> None:
        place = tmp_path / "small"
        place.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", place], capture_output=True)
        if mounted.returncode:
            pytest.skip("no file system can be mounted here")
        try:
            self.check_small(Person(place))
        finally:
            subprocess.run(["umount", "-l", place], check=True)

    def check_small(self, person: Person) -> None:
        person.git("init", "-q")
        make_dvc_project(person)
        person.write("raw.bin", os.urandom(4_000_000))
        workspace = Workspace(person.root)
        first = str(add(workspace, ["raw.bin"], "One").commit)
        person.write("raw.bin", os.urandom(6_000_000))
        before = tree(person.root), person.index()
        for action in (lambda: add(workspace, ["raw.bin"], "No"), lambda: restore(workspace, "raw.bin", first)):
            with pytest.raises(VcsError) as caught:
                action()
            assert caught.value.code == "disk_full"
            assert (tree(person.root), person.index()) == before
        workspace.close()
