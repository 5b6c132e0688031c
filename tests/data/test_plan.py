"""The plan tells what the add then does; a large file of Git's moves to DVC; a folder becomes a project."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from jupyterlab_prodify.data.add import Wishes, add
from jupyterlab_prodify.data.advice import advise
from jupyterlab_prodify.data.changes import changes
from jupyterlab_prodify.data.initialise import folder_for_new, opened
from jupyterlab_prodify.data.plan import plan, plan_without_repository
from jupyterlab_prodify.data.versions import history
from jupyterlab_prodify.data.workspace import Workspace
from jupyterlab_prodify.vcs.errors import HookError, NotARepositoryError, PartlyStagedError
from tests.data.conftest import Person, tree


class TestPlan:
    def test_what_is_told_is_what_happens(self, workspace: Workspace, dvc_person: Person) -> None:
        dvc_person.write("raw [1]*.csv", "1")
        dvc_person.write("folder/a.bin", b"\0")
        dvc_person.write("notes.md", "x")
        paths = ["raw [1]*.csv", "folder", "notes.md"]
        before = tree(dvc_person.root)
        found = plan(workspace, paths)
        assert tree(dvc_person.root) == before
        assert [one.chosen for one in found.advice] == ["dvc", "dvc", "git"]
        done = add(workspace, paths, found.message)
        assert sorted(done.committed) == sorted(found.committed)
        lines = [step.text.split("`")[1] for step in found.steps if step.op == "ignore"]
        assert (dvc_person.root / ".gitignore").read_text().splitlines() == lines
        assert plan(workspace, paths).message == "Update raw [1]*.csv, folder and notes.md"

    def test_nothing_is_hashed(self, workspace: Workspace, dvc_person: Person) -> None:
        with open(dvc_person.root / "huge.bin", "wb") as sparse:
            sparse.truncate(50_000_000_000)
        started = time.monotonic()
        found = plan(workspace, ["huge.bin"])
        assert time.monotonic() - started < 5
        assert found.advice[0].size == 50_000_000_000
        assert workspace._worker is None

    def test_why_it_would_be_refused(self, workspace: Workspace, dvc_person: Person) -> None:
        dvc_person.write("x.pyc", "1")
        dvc_person.write(".gitignore", "mine\n")
        dvc_person.write("raw.csv", "1")
        dvc_person.git("checkout", "-q", "--detach")
        found = plan(workspace, ["x.pyc", "absent", "raw.csv"])
        assert [one.code for one in found.problems] == ["not_versionable", "not_versionable", "detached_head"]
        dvc_person.git("checkout", "-q", "main")
        assert [one.code for one in plan(workspace, ["raw.csv"]).problems] == ["changed_gitignore"]


class TestOutOfGit:
    @pytest.fixture
    def large(self, dvc_person: Person) -> bytes:
        content = bytes(range(256)) * 100
        dvc_person.write("model.bin", content)
        dvc_person.commit("model.bin")
        return content

    def test_dvc_holds_it_from_now_on(self, dvc_person: Person, large: bytes) -> None:
        workspace = Workspace(dvc_person.root, threshold=1000)
        before = dvc_person.git("rev-parse", "HEAD").strip()
        dvc_person.write("b.py", "staged\n")
        dvc_person.git("add", "b.py")
        advice = plan(workspace, ["model.bin"]).advice[0]
        assert (advice.large, advice.chosen, advice.options) == (True, "git", ["dvc", "git"])
        found = plan(workspace, ["model.bin"], {"model.bin": "dvc"})
        assert [step.op for step in found.steps] == ["hash", "write", "ignore", "untrack", "commit"]
        done = add(workspace, ["model.bin"], found.message, "dvc")
        assert sorted(done.committed) == sorted(found.committed) == [".gitignore", "model.bin", "model.bin.dvc"]
        assert dvc_person.status() == ["M  b.py"]
        assert (dvc_person.root / "model.bin").read_bytes() == large
        assert "model.bin" not in dvc_person.git("ls-files").split()
        assert dvc_person.git("show", "--stat", f"{before}:model.bin")
        assert [one.rev for one in history(workspace, "model.bin").versions] == [done.commit]
        workspace.close()

    def test_a_folder_of_which_git_holds_a_part(self, dvc_person: Person, large: bytes) -> None:
        workspace = Workspace(dvc_person.root, threshold=1000)
        dvc_person.write("many/a.bin", b"\0" * 2000)
        dvc_person.write("many/b.bin", b"\0" * 2001)
        dvc_person.commit("many/a.bin")
        add(workspace, ["many"], "All", "dvc")
        assert dvc_person.git("ls-files", "many").split() == []
        assert sorted(path.name for path in (dvc_person.root / "many").iterdir()) == ["a.bin", "b.bin"]
        assert dvc_person.status() == []
        workspace.close()

    def test_a_refused_commit_leaves_it_in_git(self, dvc_person: Person, large: bytes) -> None:
        workspace = Workspace(dvc_person.root)
        dvc_person.hook("pre-commit", "exit 1")
        index = dvc_person.index()
        with pytest.raises(HookError):
            add(workspace, ["model.bin"], "No", "dvc")
        assert dvc_person.index() == index
        assert dvc_person.status() == []
        workspace.close()

    def test_partly_staged(self, dvc_person: Person, large: bytes) -> None:
        workspace = Workspace(dvc_person.root)
        dvc_person.write("model.bin", b"staged")
        dvc_person.git("add", "model.bin")
        dvc_person.write("model.bin", b"later")
        with pytest.raises(PartlyStagedError):
            add(workspace, ["model.bin"], "No", "dvc")
        assert dvc_person.git("show", ":model.bin") == "staged"
        assert not (dvc_person.root / "model.bin.dvc").exists()
        workspace.close()


class TestInitialise:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        folder = tmp_path / "work" / "project"
        (folder / "data").mkdir(parents=True)
        (folder / "data/raw.csv").write_text("1")
        return folder

    def test_from_nothing_to_one_commit(self, folder: Path, tmp_path: Path) -> None:
        found = plan_without_repository(folder, ["data/raw.csv"], 1000)
        assert (found.initialise, found.problems) == (["git", "dvc"], [])
        with opened(folder / "data", folder, ["git", "dvc"], 1000) as workspace:
            done = add(workspace, ["data/raw.csv"], "First", wishes=Wishes(initialise=["dvc"]))
        assert sorted(done.committed) == sorted(found.committed)
        person = Person(folder)
        assert person.status() == []
        assert person.git("rev-list", "--count", "HEAD").strip() == "1"
        assert (folder / ".dvc/.gitignore").read_text() == "/config.local\n/tmp\n/cache\n"

    def test_what_fails_leaves_nothing(self, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        before = tree(folder)
        with pytest.raises(NotARepositoryError), opened(folder, folder, [], 1000):
            pass
        (tmp_path / "nobody").write_text("[user]\n useConfigOnly = true\n")
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "nobody"))
        with pytest.raises(Exception, match="does not know"):  # noqa: SIM117
            with opened(folder, folder, ["git"], 1000) as workspace:
                add(workspace, ["data/raw.csv"], "First", wishes=Wishes(initialise=["dvc"]))
        assert tree(folder) == before
        assert not (folder / ".git").exists()

    def test_dvc_alone(self, person: Person) -> None:
        workspace = Workspace(person.root)
        person.write("raw.csv", "1")
        person.hook("pre-commit", "exit 1")
        with pytest.raises(HookError):
            add(workspace, ["raw.csv"], "First", wishes=Wishes(initialise=["dvc"]))
        assert sorted(path.name for path in person.root.iterdir()) == [".git", "a.py", "b.py", "deep", "raw.csv"]
        assert person.status() == ["?? raw.csv"]
        person.hook("pre-commit", "exit 0")
        done = add(workspace, ["raw.csv"], "First", wishes=Wishes(initialise=["dvc"]))
        assert done.committed == [".dvc/.gitignore", ".dvc/config", ".dvcignore", ".gitignore", "raw.csv.dvc"]
        assert person.status() == []
        workspace.close()

    def test_where_a_repository_is_made(self, tmp_path: Path) -> None:
        deep = tmp_path / "home/project/data/raw"
        deep.mkdir(parents=True)
        assert folder_for_new(deep, tmp_path / "home") == tmp_path / "home/project"
        (tmp_path / "home/project/data/params.yaml").write_text("")
        assert folder_for_new(deep, tmp_path / "home") == tmp_path / "home/project/data"
        assert folder_for_new(tmp_path / "home", tmp_path / "home") == tmp_path / "home"


def test_changes_by_kind(workspace: Workspace, dvc_person: Person) -> None:
    person = dvc_person
    person.write("raw.csv", "1")
    person.write("gone.csv", "1")
    add(workspace, ["raw.csv", "gone.csv"], "Data")
    person.write("raw.csv", "2")
    person.write("new.csv", "1")
    person.write("a.py", "x = 2\n")
    person.git("add", "a.py")
    person.write("a.py", "x = 3\n")
    (person.root / "b.py").unlink()
    person.write("nb.ipynb", "{}")
    person.write("params.yaml", "a: 1")
    person.write("conf/lr.json", "{}")
    person.write("scores.json", "{}")
    person.write(
        "dvc.yaml",
        "stages:\n  a:\n    cmd: x\n    params: [conf/lr.json: [a]]\n    metrics: [scores.json: {cache: false}]\n",
    )
    person.write("x.pyc", "1")
    (person.root / "way").symlink_to("raw.csv")
    found = changes(workspace)
    assert [(one.path, one.kind, one.state, one.to, one.staged) for one in found.paths] == [
        ("a.py", "code", "changed", "git", "partly"),
        ("b.py", "code", "removed", "git", "no"),
        ("dvc.yaml", "code", "new", "git", "no"),
        ("nb.ipynb", "notebook", "new", "git", "no"),
        ("new.csv", "data", "new", "dvc", "no"),
        ("raw.csv", "data", "changed", "dvc", "no"),
        ("conf/lr.json", "params", "new", "git", "no"),
        ("params.yaml", "params", "new", "git", "no"),
        ("scores.json", "metrics", "new", "git", "no"),
        ("way", "other", "new", "impossible", "no"),
        ("x.pyc", "other", "new", "ignore", "no"),
    ]
    assert [one.reason for one in found.paths if one.reason] == ["it is a symbolic link: version what it leads to"]
    assert (found.branch, found.more, found.problems) == ("main", 0, [])


def test_the_threshold_is_told_as_people_write_it(workspace: Workspace, dvc_person: Person) -> None:
    with open(dvc_person.root / "long.py", "wb") as file:
        file.truncate(workspace.threshold + 1)
    assert advise(workspace, "long.py").reason == "it is over the threshold of 10.0 MB"
