from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from jupyterlab_prodify.vcs import errors
from jupyterlab_prodify.vcs.git import FileStatus, Repository, open_repository
from jupyterlab_prodify.vcs.processes import run
from jupyterlab_prodify.vcs.snapshot import keep
from tests.vcs.conftest import Person


class TestOpen:
    def test_from_a_folder_inside(self, person: Person) -> None:
        repository = open_repository(person.root / "deep")
        assert (repository.root, repository.git_dir) == (person.root, person.root / ".git")

    def test_a_folder_with_a_newline(self, tmp_path: Path) -> None:
        person = Person(tmp_path / "new\nline")
        person.root.mkdir()
        person.git("init", "-q")
        assert open_repository(person.root).git_dir == person.root / ".git"

    def test_none(self, tmp_path: Path) -> None:
        for folder in (tmp_path, tmp_path / "absent"):
            with pytest.raises(errors.NotARepositoryError):
                open_repository(folder)

    def test_bare(self, tmp_path: Path) -> None:
        Person(tmp_path).git("init", "-q", "--bare", "bare.git")
        with pytest.raises(errors.NotARepositoryError):
            open_repository(tmp_path / "bare.git")

    def test_what_an_outer_git_has_set_does_not_count(self, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GIT_DIR", "/nowhere")
        monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
        assert open_repository(person.root).status() == []


class TestRead:
    def test_status(self, person: Person, repository: Repository) -> None:
        person.write("a.py", "x = 2\n")
        person.git("add", "a.py")
        person.write("a.py", "x = 3\n")
        (person.root / "b.py").unlink()
        person.write("new dir/ü.txt", "")
        assert repository.status() == [
            FileStatus("a.py", "M", "M"),
            FileStatus("b.py", ".", "D"),
            FileStatus("new dir/ü.txt", "?", "?"),
        ]
        assert repository.status(["b.py"]) == [FileStatus("b.py", ".", "D")]

    def test_resolve(self, person: Person, repository: Repository) -> None:
        head = person.git("rev-parse", "HEAD").strip()
        assert repository.resolve("main") == repository.resolve(head[:8]) == head
        for name in ("absent", "--all", "-h", "HEAD:a.py", "", "--show-toplevel", "a b"):
            with pytest.raises(errors.NoSuchRevisionError):
                repository.resolve(name)

    def test_log_and_content(self, person: Person, repository: Repository) -> None:
        first = person.git("rev-parse", "HEAD").strip()
        person.write("a.py", "x = 2\n")
        second = person.commit("a.py")
        found = repository.log(["a.py"])
        assert [entry.commit for entry in found] == [second, first]
        assert (found[0].author, found[0].message) == ("Ada", "by the person")
        assert [entry.commit for entry in repository.log(["b.py"])] == [first]
        assert repository.file_at(first, "a.py") == b"x = 1\n"
        assert repository.file_at(first, "absent.py") is None

    def test_ignored(self, person: Person, repository: Repository) -> None:
        odd = os.fsdecode(b"odd\n\xff.log")
        person.write(".gitignore", "*.log\n")
        assert repository.ignored([odd, "a.py", "-x.log"]) == {odd, "-x.log"}

    def test_reading_writes_nothing(self, person: Person, repository: Repository) -> None:
        os.utime(person.root / "a.py", (5, 5))
        before = (person.root / ".git/index").read_bytes()
        assert repository.status() == []
        assert (person.root / ".git/index").read_bytes() == before


def test_a_process_that_takes_too_long_ends_with_what_it_started(tmp_path: Path) -> None:
    script = f"sleep 30 & echo $! > {tmp_path}/child; wait"
    started = time.monotonic()
    with pytest.raises(errors.TookTooLongError):
        run(["sh", "-c", script], tmp_path, seconds=0.5)
    assert time.monotonic() - started < 10
    child = int((tmp_path / "child").read_text())
    stat = Path(f"/proc/{child}/stat")
    assert not stat.exists() or stat.read_text().split()[2] == "Z" or sys.platform != "linux"


def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(errors.ProgramMissingError):
        run(["no-such-program-anywhere"], tmp_path)


class TestSnapshot:
    def test_keeps_files_and_contents(self, person: Person, repository: Repository) -> None:
        person.write("b.py", "staged\n")
        person.git("add", "b.py")
        person.write("a.py", "unsaved\n")
        before = person.status(), person.git("rev-parse", "HEAD")
        ref = keep(repository, ["a.py"], {"data.csv.dvc": b"outs: []\n"}, "Before")
        assert (person.status(), person.git("rev-parse", "HEAD")) == before
        assert ref.startswith("refs/prodify/backup/")
        assert person.git("show", f"{ref}:a.py") == "unsaved\n"
        assert person.git("show", f"{ref}:data.csv.dvc") == "outs: []\n"
        assert person.git("show", f"{ref}:b.py") == "x = 1\n"

    def test_needs_neither_a_name_nor_a_commit(self, tmp_path: Path) -> None:
        (tmp_path / "gitconfig").write_text("")
        person = Person(tmp_path / "new")
        person.root.mkdir()
        person.git("init", "-q")
        person.write("a.py", "1")
        ref = keep(open_repository(person.root), ["a.py"], {}, "Before")
        assert person.git("show", f"{ref}:a.py") == "1"
