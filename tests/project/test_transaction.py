from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from jupyterlab_prodify.project.errors import ChangedError, ForbiddenPathError, RequestError
from jupyterlab_prodify.project.recovery import recover
from jupyterlab_prodify.project.text_file import hash_of
from jupyterlab_prodify.project.transaction import Write, write_all

pytestmark = pytest.mark.usefixtures("state")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


def write(path: Path, text: str | None) -> Write:
    before = hash_of(path.read_bytes()) if path.exists() else None
    return Write(path, before, None if text is None else text.encode(), path.name)


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def crash(scenario: dict[str, object], tmp_path: Path) -> str:
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("crash.py")],
        input=json.dumps(scenario),
        env={**os.environ, "JUPYTER_DATA_DIR": str(tmp_path / "user")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


SCENARIOS = {
    "replace two": ({"a.py": "old a", "b.ipynb": "old b"}, {"a.py": "new a", "b.ipynb": "new b"}),
    "create and replace": ({"b.py": "old"}, {"a.py": "new a", "b.py": "new b"}),
    "new package and replace": (
        {"nb/b.py": "old"},
        {"src/pkg/__init__.py": "", "src/pkg/sub/__init__.py": "", "src/pkg/sub/a.py": "a", "nb/b.py": "new"},
    ),
    "remove and replace": ({"a.py": "old a", "b.py": "old b"}, {"a.py": None, "b.py": "new b"}),
}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_killed_between_any_two_changes_all_files_are_old_or_all_are_new(
    scenario: str, folder: Path, tmp_path: Path
) -> None:
    files, after = SCENARIOS[scenario]
    twice = scenario in ("replace two", "new package and replace")
    task = {"folder": str(folder), "files": files, "after": after, "second_deaths": twice}
    answer = json.loads(crash(task, tmp_path))
    assert answer["old"] != answer["new"]
    assert answer["deaths"] > 10
    assert all(outcome in (answer["old"], answer["new"]) for outcome in answer["outcomes"])
    assert answer["old"] in answer["outcomes"]
    assert answer["new"] in answer["outcomes"]
    assert not [name for name in answer["new"] if ".prodify" in name]


@pytest.fixture
def half_done(folder: Path, tmp_path: Path) -> Path:
    """A process died when ``a.py`` was new and ``b.py`` was still old."""
    scenario = {
        "folder": str(folder),
        "files": {"a.py": "old a", "b.py": "old b"},
        "after": {"a.py": "new a", "b.py": "new b"},
        "until": {"a.py": "new a", "b.py": "old b"},
    }
    crash(scenario, tmp_path)
    assert len(names(folder)) > 2
    return folder


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_recovery_finishes_what_was_decided(half_done: Path) -> None:
    assert recover() == []
    assert texts(half_done) == {"a.py": "new a", "b.py": "new b"}


def test_the_next_write_recovers_first(half_done: Path) -> None:
    write_all([Write(half_done / "a.py", hash_of(b"new a"), b"newer a", "a.py")])
    assert texts(half_done) == {"a.py": "newer a", "b.py": "new b"}


def test_an_old_file_that_was_edited_since_is_kept_and_the_others_become_old(half_done: Path) -> None:
    (half_done / "b.py").unlink()
    (half_done / "b.py").write_text("mine")
    assert recover() == [str(half_done / "b.py")]
    assert texts(half_done) == {"a.py": "old a", "b.py": "mine"}


def test_a_new_file_that_was_edited_since_is_kept_and_the_others_become_new(half_done: Path) -> None:
    (half_done / "a.py").write_text("mine")
    assert recover() == [str(half_done / "a.py")]
    assert texts(half_done) == {"a.py": "mine", "b.py": "new b"}


def test_without_its_staged_file_the_transaction_is_taken_back(half_done: Path) -> None:
    for staged in half_done.glob(".prodify-*.new"):
        staged.unlink()
    assert recover() == []
    assert texts(half_done) == {"a.py": "old a", "b.py": "old b"}


def test_recovery_twice_is_recovery_once(half_done: Path) -> None:
    recover()
    (half_done / "a.py").write_text("mine")
    assert recover() == []
    assert texts(half_done) == {"a.py": "mine", "b.py": "new b"}


def test_an_error_in_the_middle_takes_everything_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.py").write_text("old a")
    (folder / "b.py").write_text("old b")
    real = os.replace

    def full(source: str, target: str) -> None:
        if str(target) == str(folder / "b.py") and str(source).endswith(".new"):
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(ForbiddenPathError, match="No space left"):
        write_all([write(folder / "a.py", "new a"), write(folder / "b.py", "new b")])
    assert texts(folder) == {"a.py": "old a", "b.py": "old b"}


def test_a_file_that_appears_in_the_last_moment_is_not_replaced(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.link

    def late(source: str, target: str) -> None:
        if str(target) == str(folder / "b.py"):
            (folder / "b.py").write_text("mine")
        real(source, target)

    monkeypatch.setattr(os, "link", late)
    with pytest.raises(ForbiddenPathError):
        write_all([write(folder / "a.py", "new a"), write(folder / "b.py", "new b")])
    assert texts(folder) == {"b.py": "mine"}


def test_two_at_the_same_moment_one_wins(folder: Path) -> None:
    path = folder / "a.py"
    path.write_text("old")
    attempts = [Write(path, hash_of(b"old"), f"new {number}".encode() * 1000, "a.py") for number in range(8)]

    def attempt(one: Write) -> bool:
        try:
            write_all([one])
        except ChangedError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(attempt, attempts))
    assert won.count(True) == 1
    assert path.read_bytes() == attempts[won.index(True)].data
    assert names(folder) == ["a.py"]


def test_one_changed_file_and_nothing_is_written(folder: Path) -> None:
    (folder / "b.py").write_text("edited")
    with pytest.raises(ChangedError, match="has changed"):
        write_all([write(folder / "a.py", "new"), Write(folder / "b.py", hash_of(b"other"), b"new", "b.py")])
    assert names(folder) == ["b.py"]


def test_a_file_that_must_not_exist(folder: Path) -> None:
    (folder / "a.py").write_text("there")
    with pytest.raises(ChangedError, match="has appeared"):
        write_all([Write(folder / "a.py", None, b"new", "a.py")])


def test_a_file_that_was_removed(folder: Path) -> None:
    with pytest.raises(ChangedError, match="was removed"):
        write_all([Write(folder / "a.py", hash_of(b"old"), b"new", "a.py")])


@pytest.mark.parametrize("mode", [0o444, 0o555])
def test_a_read_only_file_is_not_written(folder: Path, mode: int) -> None:
    path = folder / "a.py"
    path.write_text("old")
    path.chmod(mode)
    with pytest.raises(ForbiddenPathError, match="read-only"):
        write_all([write(path, "new")])
    assert path.read_text() == "old"


def test_a_read_only_folder(folder: Path) -> None:
    folder.chmod(0o555)
    try:
        with pytest.raises(ForbiddenPathError, match="read-only"):
            write_all([write(folder / "a.py", "new")])
    finally:
        folder.chmod(0o755)


def test_a_file_in_place_of_a_folder(folder: Path) -> None:
    (folder / "pkg").write_text("")
    with pytest.raises(ForbiddenPathError, match="not a folder"):
        write_all([write(folder / "pkg" / "a.py", "new")])


def test_a_folder_in_place_of_a_file(folder: Path) -> None:
    (folder / "a.py").mkdir()
    with pytest.raises(ForbiddenPathError, match="is a folder"):
        write_all([Write(folder / "a.py", None, b"new", "a.py")])


def test_a_file_named_twice(folder: Path) -> None:
    with pytest.raises(RequestError, match="twice"):
        write_all([write(folder / "a.py", "one"), write(folder / "a.py", "two")])


def test_mode_is_kept_and_new_files_get_the_usual_one(folder: Path) -> None:
    path = folder / "a.py"
    path.write_text("old")
    path.chmod(0o750)
    os.utime(path, (1, 1))
    write_all([write(path, "new"), write(folder / "b.py", "new")])
    assert stat.S_IMODE(path.stat().st_mode) == 0o750
    assert path.stat().st_mtime > 1, "autoreload looks at the time"
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE((folder / "b.py").stat().st_mode) == 0o666 & ~umask


def test_a_name_of_the_greatest_length(folder: Path) -> None:
    path = folder / ("a" * 252 + ".py")
    write_all([write(path, "new")])
    assert path.read_text() == "new"


def test_undo_of_a_new_package_removes_its_folders(folder: Path) -> None:
    files = {"src/pkg/__init__.py": "", "src/pkg/sub/__init__.py": "", "src/pkg/sub/a.py": "a"}
    write_all([write(folder / name, text) for name, text in files.items()])
    (folder / "src/pkg/sub/__pycache__").mkdir()
    (folder / "src/pkg/sub/__pycache__/a.cpython-311.pyc").write_bytes(b"")
    write_all([write(folder / name, None) for name in files])
    assert names(folder) == []


def test_undo_leaves_folders_that_were_there_or_are_in_use(folder: Path) -> None:
    (folder / "mine").mkdir()
    write_all([write(folder / "mine/a.py", "a"), write(folder / "pkg/__init__.py", "")])
    (folder / "pkg/notes.txt").write_text("mine")
    write_all([write(folder / "mine/a.py", None), write(folder / "pkg/__init__.py", None)])
    assert names(folder) == ["mine", "pkg", "pkg/notes.txt"]


def test_nothing_is_left_in_the_users_folder(folder: Path, state: Path) -> None:
    write_all([write(folder / "a.py", "new"), write(folder / "pkg/b.py", "new")])
    assert list((state / "journal").iterdir()) == []
