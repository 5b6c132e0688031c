from __future__ import annotations

import os
from pathlib import Path

import pytest

from jupyterlab_prodify.jobs.errors import JobFailedError
from jupyterlab_prodify.verify import folder_copy
from jupyterlab_prodify.verify.folder_copy import FolderCopy
from jupyterlab_prodify.verify.order import LaidFile


def silent(label: str) -> None:
    pass


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "home" / "project"
    for path, text in {
        "notebooks/nb.ipynb": "{}",
        "src/pkg/__init__.py": "",
        "data/raw.csv": "a,b",
        ".env": "KEY=1",
        ".git/HEAD": "ref",
        ".venv/pyvenv.cfg": "",
        "my env/pyvenv.cfg": "",
        "my env/lib/x.py": "",
        "node_modules/x/index.js": "",
        "src/pkg/__pycache__/a.pyc": "",
        "notebooks/.ipynb_checkpoints/nb.ipynb": "{}",
        ".dvc/config": "[core]",
        ".dvc/cache/files/md5/ab/cd": "big",
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


@pytest.fixture
def copy(project: Path, tmp_path: Path) -> FolderCopy:
    made = FolderCopy(project, [], tmp_path / "scratch" / "copy")
    made.make(silent)
    return made


def files(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): p.read_text() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_what_is_copied_and_what_is_left_out(copy: FolderCopy, project: Path) -> None:
    root = copy.path(project)
    assert root.name == "project"
    assert list(files(root)) == [
        ".dvc/config",
        ".env",
        "data/raw.csv",
        "notebooks/nb.ipynb",
        "src/pkg/__init__.py",
    ]


def test_no_file_is_shared_with_the_person(copy: FolderCopy, project: Path) -> None:
    path = copy.path(project / "data" / "raw.csv")
    assert not path.is_symlink()
    assert path.stat().st_ino != (project / "data" / "raw.csv").stat().st_ino
    assert path.stat().st_mtime_ns == (project / "data" / "raw.csv").stat().st_mtime_ns
    path.write_text("changed")
    assert (project / "data" / "raw.csv").read_text() == "a,b"


def test_restore_puts_back_what_a_run_has_done(copy: FolderCopy, project: Path) -> None:
    root = copy.path(project)
    before = files(root)
    copy.lay(
        [LaidFile(str(project / "src/pkg/new/steps.py"), "x = 1"), LaidFile(str(project / "src/pkg/__init__.py"), None)]
    )
    assert (root / "src/pkg/new/steps.py").read_text() == "x = 1"
    assert not (root / "src/pkg/__init__.py").exists()
    raw = root / "data" / "raw.csv"
    times = raw.stat()
    raw.write_text("a,c")  # the same length, and the same time
    os.utime(raw, ns=(times.st_atime_ns, times.st_mtime_ns))
    (root / "notebooks" / "nb.ipynb").unlink()
    (root / "notebooks").rmdir()
    (root / "notebooks").write_text("a file where a folder was")
    (root / ".env").unlink()
    (root / ".env").mkdir()
    (root / "out" / "deep").mkdir(parents=True)
    (root / "out" / "deep" / "x").write_text("")
    copy.restore()
    assert files(root) == before
    assert not (root / "out").exists()
    assert not (root / "src/pkg/new").exists()


def test_links(project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "far.csv").write_text("far")
    (project / "inside").symlink_to("data")
    (project / "absolute").symlink_to(project / "data" / "raw.csv")
    (project / "far").symlink_to(elsewhere)
    (project / "far.csv").symlink_to(elsewhere / "far.csv")
    (project / "cached.csv").symlink_to(project / ".dvc/cache/files/md5/ab/cd")
    (project / "circle").symlink_to(project)
    (project / "up").symlink_to(project.parent)
    (project / "dangling").symlink_to(tmp_path / "not there yet")
    made = FolderCopy(project, [], tmp_path / "scratch" / "copy")
    made.make(silent)
    root = made.path(project)
    for name in ("inside/raw.csv", "absolute", "far/far.csv", "far.csv", "cached.csv"):
        path = root / name
        assert path.read_text()
        assert path.resolve().is_relative_to(root), f"writing {name} would reach the person's file"
    assert not os.path.lexists(root / "dangling"), "writing it would make a file of the person's"
    (root / "inside" / "raw.csv").write_text("x")
    assert (project / "data" / "raw.csv").read_text() == "a,b"
    made.restore()
    assert (root / "data" / "raw.csv").read_text() == "a,b"


def test_places_outside_keep_their_place(project: Path, tmp_path: Path) -> None:
    (project.parent / "shared").mkdir()
    (project.parent / "shared" / "x.csv").write_text("x")
    (project.parent / "one.csv").write_text("1")
    places = [project.parent / "shared", project.parent / "one.csv", project.parent / "gone.csv"]
    made = FolderCopy(project, places, tmp_path / "scratch" / "copy")
    made.make(silent)
    folder = made.path(project / "notebooks")
    assert (folder / "../../shared/x.csv").read_text() == "x"
    assert (folder / "../../one.csv").read_text() == "1"
    (folder / "../../one.csv").write_text("2")
    (folder / "../../shared/y.csv").write_text("new")
    made.restore()
    assert (folder / "../../one.csv").read_text() == "1"
    assert not (folder / "../../shared/y.csv").exists()


def test_read_only_files_and_folders(project: Path, tmp_path: Path) -> None:
    (project / "data" / "raw.csv").chmod(0o444)
    (project / "data").chmod(0o555)
    made = FolderCopy(project, [], tmp_path / "scratch" / "copy")
    made.make(silent)
    path = made.path(project / "data" / "raw.csv")
    assert path.stat().st_mode & 0o777 == 0o444
    path.chmod(0o600)
    made.restore()
    assert path.stat().st_mode & 0o777 == 0o444
    (project / "data").chmod(0o755)


def test_other_peoples_data_is_linked(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = project / "data" / "raw.csv"
    monkeypatch.setattr(folder_copy, "_is_foreign", lambda path, status: path == large)
    made = FolderCopy(project, [], tmp_path / "scratch" / "copy")
    made.make(silent)
    assert made.path(large).is_symlink()
    assert made.path(large).resolve() == large
    made.restore()


def test_of_a_home_folder_nothing_hidden(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(project))
    scratch = project / "tmp" / "scratch"
    made = FolderCopy(project, [], scratch / "copy")
    made.make(silent)
    root = made.path(project)
    assert not (root / ".dvc").exists()
    assert (root / ".env").exists()
    assert not (root / "tmp" / "scratch" / "copy").exists()


class TestRoom:
    def test_too_many_files(self, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(folder_copy, "_MOST_FILES", 3)
        with pytest.raises(JobFailedError) as caught:
            FolderCopy(project, [], tmp_path / "copy").make(silent)
        assert caught.value.code == "too_large"

    def test_no_room(self, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(folder_copy, "_SPARE_BYTES", 1 << 62)
        monkeypatch.setattr(FolderCopy, "_clone", lambda self, source, target: False)
        with pytest.raises(JobFailedError) as caught:
            FolderCopy(project, [], tmp_path / "copy").make(silent)
        assert caught.value.code == "no_room"
        assert files(tmp_path / "copy") == {}

    def test_clones_need_none(self, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def clone(self: FolderCopy, source: Path, target: Path) -> bool:
            target.write_bytes(source.read_bytes())
            return True

        monkeypatch.setattr(folder_copy, "_SPARE_BYTES", 1 << 62)
        monkeypatch.setattr(FolderCopy, "_clone", clone)
        made = FolderCopy(project, [], tmp_path / "copy")
        made.make(silent)
        assert (made.path(project) / ".env").read_text() == "KEY=1"


class TestAFolderThatIsNoProject:
    @pytest.fixture
    def home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setattr(folder_copy, "_MOST_UNNAMED_BYTES", 100)
        monkeypatch.setattr(folder_copy, "_MOST_UNNAMED_FILES", 10)
        home = tmp_path / "me"
        for path, size in {
            "nb.ipynb": 2,
            "steps.py": 5,
            "big.csv": 200,
            "film.mp4": 200,
            "raw/a.csv": 90,
            "small/a.csv": 20,
            "middle/a.csv": 60,
            "large/a.csv": 99,
            **{f"many/{number}": 0 for number in range(20)},
        }.items():
            (home / path).parent.mkdir(parents=True, exist_ok=True)
            (home / path).write_bytes(bytes(size))
        return home

    def made(self, home: Path, tmp_path: Path, texts: list[str] | None) -> tuple[FolderCopy, set[str]]:
        copy = FolderCopy(home, [], tmp_path / "copy", texts)
        copy.make(silent)
        return copy, set(files(copy.path(home)))

    def test_of_what_no_cell_names_the_smallest_is_copied(self, home: Path, tmp_path: Path) -> None:
        copy, found = self.made(home, tmp_path, ["pd.read_csv('big.csv')", "Path('raw').glob('*')"])
        assert found == {"nb.ipynb", "steps.py", "big.csv", "raw/a.csv", "small/a.csv", "middle/a.csv"}
        assert set(copy.left_out) == {"film.mp4", "large", "many"}

    def test_a_project_is_copied_whole(self, home: Path, tmp_path: Path) -> None:
        copy, found = self.made(home, tmp_path, None)
        assert len(found) == 28
        assert copy.left_out == []

    def test_it_is_not_looked_at_without_end(self, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(folder_copy, "_MOST_LOOKED_AT", 2)
        copy, found = self.made(home, tmp_path, ["nb.ipynb"])
        assert "nb.ipynb" in found
        assert len(found) <= 3
        assert len(copy.left_out) >= 5

    def test_it_is_put_back_as_it_was(self, home: Path, tmp_path: Path) -> None:
        copy, found = self.made(home, tmp_path, [])
        (copy.path(home) / "film.mp4").write_text("made by the notebook")
        (copy.path(home) / "steps.py").unlink()
        copy.restore()
        assert set(files(copy.path(home))) == found
