from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jupyterlab_prodify.vcs import errors
from jupyterlab_prodify.vcs.commit import commit_paths, recover_commit
from jupyterlab_prodify.vcs.errors import VcsError
from jupyterlab_prodify.vcs.git import Repository, open_repository
from tests.vcs.conftest import Person


def own_files(repository: Repository) -> list[str]:
    folder = repository.git_dir / "prodify"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


class TestOneCommit:
    def test_holds_the_chosen_paths_alone(self, person: Person, repository: Repository) -> None:
        person.write("a.py", "x = 2\n")
        person.write("b.py", "x = 2\n")
        before = person.git("rev-parse", "HEAD").strip()
        made = commit_paths(repository, ["a.py"], "Two\n\nWhy: because # not a comment\n# kept")
        assert person.git("rev-parse", "HEAD").strip() == made.commit
        assert person.git("rev-parse", "HEAD^").strip() == before
        assert person.files_of() == ["a.py"] == list(made.paths)
        assert person.git("log", "-1", "--format=%B").strip() == "Two\n\nWhy: because # not a comment\n# kept"
        assert person.status() == [" M b.py"]
        assert own_files(repository) == []

    def test_what_is_staged_stays_staged(self, person: Person, repository: Repository) -> None:
        person.write("b.py", "x = 2\n")
        person.git("add", "b.py")
        person.write("b.py", "x = 3\n")
        person.write("new.py", "")
        person.git("add", "-N", "new.py")
        person.git("rm", "-q", "--cached", "deep/c.py")
        before = person.status()
        person.write("a.py", "x = 2\n")
        commit_paths(repository, ["a.py"], "Two")
        assert person.status() == before
        assert person.git("show", ":b.py") == "x = 2\n"

    def test_new_and_removed_files_and_folders(self, person: Person, repository: Repository) -> None:
        person.write("new/one.py", "1")
        person.write("new/two.txt", "2")
        person.write("new/.gitignore", "*.log\n")
        person.write("new/three.log", "3")
        (person.root / "deep/c.py").unlink()
        commit_paths(repository, ["new", "deep/c.py"], "Folders")
        assert person.files_of() == ["deep/c.py", "new/.gitignore", "new/one.py", "new/two.txt"]
        assert person.status() == []

    def test_a_file_that_became_a_folder(self, person: Person, repository: Repository) -> None:
        (person.root / "a.py").unlink()
        person.write("a.py/inner.py", "1")
        commit_paths(repository, ["a.py"], "Folder")
        assert person.files_of() == ["a.py", "a.py/inner.py"]
        assert person.status() == []

    def test_the_first_commit(self, tmp_path: Path) -> None:
        person = Person(tmp_path / "new")
        person.root.mkdir()
        person.git("init", "-q")
        person.write("a.py", "1")
        person.write("b.py", "1")
        person.git("add", "b.py")
        commit_paths(open_repository(person.root), ["a.py"], "First")
        assert person.git("rev-list", "--count", "HEAD").strip() == "1"
        assert person.files_of() == ["a.py"]
        assert person.status() == ["A  b.py"]

    def test_a_fully_staged_file(self, person: Person, repository: Repository) -> None:
        person.write("a.py", "x = 2\n")
        person.git("add", "a.py")
        commit_paths(repository, ["a.py"], "Two")
        assert person.status() == []

    def test_a_worktree(self, person: Person, tmp_path: Path) -> None:
        person.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "tree"))
        other = Person(tmp_path / "tree")
        other.write("a.py", "x = 5\n")
        commit_paths(open_repository(other.root), ["a.py"], "Side")
        assert other.status() == []
        assert person.git("log", "-1", "--format=%s", "side").strip() == "Side"
        assert person.status() == []

    def test_inside_a_submodule(self, person: Person, tmp_path: Path) -> None:
        outer = Person(tmp_path / "outer")
        outer.root.mkdir()
        outer.git("init", "-q")
        outer.git("submodule", "--quiet", "add", str(person.root), "sub")
        outer.commit("sub", ".gitmodules")
        inner = Person(outer.root / "sub")
        inner.write("a.py", "x = 7\n")
        commit_paths(open_repository(inner.root), ["a.py"], "Inner")
        assert inner.status() == []
        with pytest.raises(errors.NestedRepositoryError):
            commit_paths(open_repository(outer.root), ["sub/a.py"], "No")
        commit_paths(open_repository(outer.root), ["sub"], "Bump")
        assert outer.files_of() == ["sub"]
        assert outer.status() == []

    @pytest.mark.parametrize(
        "name",
        [
            "with space.txt",
            "'single' and \"double\".txt",
            "new\nline.txt",
            "-rf",
            "--amend",
            ":(glob)*.txt",
            "*.txt",
            "[ab].txt",
            "back\\slash.txt",
            "tab\there.txt",
            "snow☃ and 🙂.txt",
            os.fsdecode(b"latin-\xe9.txt"),
            "#hash !bang $dollar `tick`.txt",
        ],
    )
    def test_names(self, person: Person, repository: Repository, name: str) -> None:
        person.write("a.txt", "not chosen")
        (person.root / name).write_text("1")
        commit_paths(repository, [name], "Odd name")
        assert person.files_of() == [name]
        (person.root / name).write_text("2")
        commit_paths(repository, [name], "Odd name, again")
        (person.root / name).unlink()
        commit_paths(repository, [name], "Odd name, gone")
        assert person.files_of() == [name]
        assert person.status() == ["?? a.txt"]

    def test_a_hook_that_rewrites_a_chosen_file(self, person: Person, repository: Repository) -> None:
        person.hook("pre-commit", "echo 'x = 20' > a.py && git add a.py && echo said by the hook")
        person.write("a.py", "x = 2\n")
        commit_paths(repository, ["a.py"], "Two")
        assert person.git("show", "HEAD:a.py") == "x = 20\n"
        assert person.status() == []

    def test_changes_of_the_same_size_in_the_same_moment(self, person: Person, repository: Repository) -> None:
        for number in range(10, 25):
            person.write("a.py", f"{number}")
            commit_paths(repository, ["a.py"], "Quick")
            assert person.git("show", "HEAD:a.py") == f"{number}"

    def test_many_paths(self, person: Person, repository: Repository) -> None:
        names = [f"many/{number:05}-{'x' * 60}.txt" for number in range(3000)]
        for name in names:
            person.write(name, "1")
        made = commit_paths(repository, names, "Many")
        assert list(made.paths) == names
        assert person.status() == []


class TestRefused:
    @pytest.fixture(autouse=True)
    def changed(self, person: Person) -> None:
        person.write("a.py", "x = 2\n")

    def refuse(self, person: Person, kind: type[VcsError], *paths: str, message: str = "No") -> VcsError:
        """Nothing changes: neither branch nor index nor files."""
        state = person.index(), person.git("rev-parse", "HEAD"), (person.root / "a.py").read_bytes()
        repository = open_repository(person.root)
        with pytest.raises(kind) as caught:
            commit_paths(repository, paths or ["a.py"], message)
        assert type(caught.value) is kind
        assert caught.value.message
        assert caught.value.remedy
        assert state == (person.index(), person.git("rev-parse", "HEAD"), (person.root / "a.py").read_bytes())
        assert own_files(repository) == []
        return caught.value

    def test_partly_staged(self, person: Person, repository: Repository) -> None:
        person.git("add", "a.py")
        person.write("a.py", "x = 3\n")
        assert self.refuse(person, errors.PartlyStagedError).paths == ("a.py",)
        commit_paths(repository, ["a.py"], "Whole", take_partly_staged=True)
        assert person.git("show", "HEAD:a.py") == "x = 3\n"

    def test_merge(self, person: Person) -> None:
        person.git("switch", "-q", "-c", "side", "HEAD")
        person.write("b.py", "side\n")
        person.commit("b.py")
        person.git("switch", "-q", "main")
        person.write("b.py", "main\n")
        person.commit("b.py")
        person.git("merge", "side", code=1)
        assert "git merge --abort" in self.refuse(person, errors.InProgressError).remedy

    @pytest.mark.parametrize("command", ["rebase", "cherry-pick"])
    def test_other_work(self, person: Person, command: str) -> None:
        person.git("switch", "-q", "-c", "side")
        person.write("b.py", "side\n")
        person.commit("b.py")
        person.git("switch", "-q", "main")
        person.write("b.py", "main\n")
        person.commit("b.py")
        person.git("checkout", "-q", "--", "a.py")
        person.git(command, "side", code=1)
        person.write("a.py", "x = 2\n")
        assert command in self.refuse(person, errors.InProgressError).message

    def test_bisect(self, person: Person) -> None:
        person.git("bisect", "start")
        assert "git bisect reset" in self.refuse(person, errors.InProgressError).remedy

    def test_detached(self, person: Person) -> None:
        person.git("checkout", "-q", "--detach")
        assert "git switch -c" in self.refuse(person, errors.DetachedHeadError).remedy

    def test_index_locked(self, person: Person) -> None:
        (person.root / ".git/index.lock").touch()
        self.refuse(person, errors.IndexLockedError)
        assert (person.root / ".git/index.lock").exists()

    def test_nobody(self, person: Person, tmp_path: Path) -> None:
        (tmp_path / "gitconfig").write_text("")
        self.refuse(person, errors.NoIdentityError)

    def test_hook(self, person: Person) -> None:
        person.hook("pre-commit", "echo too long a line >&2; exit 1")
        assert "too long a line" in self.refuse(person, errors.HookError).message

    def test_message_hook(self, person: Person) -> None:
        person.hook("commit-msg", "grep -q JIRA $1 || { echo no ticket >&2; exit 1; }")
        assert "no ticket" in self.refuse(person, errors.HookError).message

    @pytest.mark.parametrize("first", [False, True])
    def test_a_hook_that_adds_other_files(self, person: Person, first: bool, repository: Repository) -> None:
        if first:
            person.git("update-ref", "-d", "HEAD")
            person.git("rm", "-q", "-r", "-f", "--cached", ".")
        person.hook("pre-commit", "echo 1 > made.txt && git add made.txt")
        if not first:
            assert self.refuse(person, errors.HookError).paths == ("made.txt",)
            return
        with pytest.raises(errors.HookError):
            commit_paths(repository, ["a.py"], "No")
        assert repository.head().commit is None

    def test_signing_without_a_terminal(self, person: Person) -> None:
        person.git("config", "commit.gpgsign", "true")
        person.git("config", "gpg.program", "false")
        self.refuse(person, errors.SigningError)

    def test_nothing(self, person: Person) -> None:
        self.refuse(person, errors.NothingToCommitError, "b.py")
        os.utime(person.root / "b.py", (1, 1))
        self.refuse(person, errors.NothingToCommitError, "b.py")

    def test_paths(self, person: Person) -> None:
        person.write(".gitignore", "*.log\n")
        person.write("x.log", "1")
        self.refuse(person, errors.IgnoredPathError, "x.log")
        self.refuse(person, errors.PathError, "absent.py")
        (person.root / "link").symlink_to("deep")
        self.refuse(person, errors.PathError, "link/c.py")
        person.write("nested/file.py", "1")
        Person(person.root / "nested").git("init", "-q")
        self.refuse(person, errors.NestedRepositoryError, "nested/file.py")
        self.refuse(person, errors.NestedRepositoryError, "nested")
        self.refuse(person, errors.PathError, message=" \n")

    def test_conflicts_of_an_earlier_merge(self, person: Person) -> None:
        blob = person.git("hash-object", "-w", "a.py").strip()
        entries = "".join(f"100644 {blob} {stage}\ta.py\n" for stage in (1, 2, 3))
        subprocess.run(["git", "update-index", "--index-info"], cwd=person.root, input=entries, text=True, check=True)
        self.refuse(person, errors.ConflictedError)


class TestAtOnce:
    def test_a_commit_of_somebody_else_between(self, person: Person, repository: Repository) -> None:
        """The hook stands for a colleague who commits once, while our commit is being made."""
        person.write("a.py", "x = 2\n")
        person.write("b.py", "x = 9\n")
        person.hook(
            "prepare-commit-msg",
            "[ -e .git/once ] || { touch .git/once; unset GIT_INDEX_FILE; git add b.py; git commit -q -m other; }",
        )
        commit_paths(repository, ["a.py"], "Ours")
        assert person.git("log", "--format=%s").split("\n")[:2] == ["Ours", "other"]
        assert person.files_of("HEAD") == ["a.py"]
        assert person.files_of("HEAD^") == ["b.py"]
        assert person.status() == []

    def test_the_index_is_locked_after_the_commit(
        self, person: Person, repository: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("jupyterlab_prodify.vcs.commit._INDEX_TRIES", 1)
        person.write("a.py", "x = 2\n")
        person.hook("post-commit", "touch .git/index.lock")
        made = commit_paths(repository, ["a.py"], "Two")
        assert not made.index_follows
        (person.root / ".git/index.lock").unlink()
        assert recover_commit(repository) == ["a.py"]
        assert person.status() == []


KILLED = """
import sys
from pathlib import Path
from jupyterlab_prodify.vcs.commit import commit_paths
from jupyterlab_prodify.vcs.git import open_repository
commit_paths(open_repository(Path(sys.argv[1])), ["a.py", "new.py"], "Killed")
"""


@pytest.mark.parametrize(
    "hook", ["pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "reference-transaction"]
)
@pytest.mark.parametrize("victims", ["us", "git", "both"])
def test_kill(person: Person, repository: Repository, hook: str, victims: str) -> None:
    """At every step that Git lets one wait in: afterwards the person's staged work is there and the next commit works."""
    person.write("b.py", "staged\n")
    person.git("add", "b.py")
    person.write("b.py", "and not staged\n")
    person.write("a.py", "x = 2\n")
    person.write("new.py", "new\n")
    marker = person.root / ".git" / "reached"
    condition = '[ "$1" = prepared ] || exit 0;' if hook == "reference-transaction" else ""
    person.hook(hook, f"{condition} echo $PPID > {marker}.tmp; mv {marker}.tmp {marker}; exec sleep 60")
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(person.root)], stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 20
    while not marker.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    git = int(marker.read_text())
    group = os.getpgid(git)
    if victims in ("us", "both"):
        process.kill()
        process.wait()
    os.killpg(group, signal.SIGKILL)
    process.wait()
    (person.root / ".git/hooks" / hook).unlink()
    for lock in (person.root / ".git").rglob("*.lock"):  # what Git itself left; the message said to remove it
        if "prodify" not in lock.parts:
            lock.unlink()
    assert (person.root / "a.py").read_text() == "x = 2\n"
    assert person.git("show", ":b.py") == "staged\n"
    recover_commit(repository)
    assert [line for line in person.status() if line.endswith(" b.py")] == ["MM b.py"]
    person.write("a.py", "x = 3\n")
    commit_paths(repository, ["a.py", "new.py"], "Again")
    assert person.status() == ["MM b.py"]
    assert person.git("show", ":b.py") == "staged\n"
    assert person.git("show", "HEAD:new.py") == "new\n"
    assert own_files(repository) == []


def test_only_what_the_commit_left_behind_is_repaired(person: Person, repository: Repository) -> None:
    """The person stages a file again after the crash: that stays."""
    person.write("a.py", "x = 2\n")
    person.write("deep/c.py", "x = 2\n")
    person.hook("post-commit", "kill -9 $(ps -o ppid= -p $PPID)")
    killed = KILLED.replace('"new.py"', '"deep/c.py"')
    subprocess.run([sys.executable, "-c", killed, str(person.root)], check=False)
    assert own_files(repository)
    person.write("a.py", "x = 3\n")
    person.git("add", "a.py")
    assert recover_commit(repository) == ["deep/c.py"]
    assert person.status() == ["M  a.py"]
