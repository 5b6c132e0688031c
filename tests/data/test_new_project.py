"""A project of stages, from nothing and in a repository that is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from jupyterlab_prodify.data.new_project import new_project, plan_project
from jupyterlab_prodify.project.errors import RequestError
from jupyterlab_prodify.vcs.errors import VcsError


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


def dvc(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "dvc", *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout


def test_a_project_from_nothing_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "deep" / "save-the-world"
    made = new_project(root, ["eda", "processing"], "Stages")
    assert git(root, "log", "--format=%s").split("\n")[0] == "Stages"
    assert git(root, "status", "--porcelain") == ""
    assert sorted(git(root, "ls-files").split()) == sorted(
        [*made.files, ".dvc/.gitignore", ".dvc/config", ".dvcignore"]
    )
    monkeypatch.setenv("PYTHONPATH", str(root / "src"))
    assert dvc(root, "repro", "--quiet") == ""
    assert "up to date" in dvc(root, "status")


def test_the_plan_tells_the_same_and_writes_nothing(tmp_path: Path) -> None:
    root = tmp_path / "world"
    plan = plan_project(root, ["eda"])
    assert not root.exists()
    assert plan.steps[:2] == ["`git init` in world", "`dvc init`"]
    assert new_project(root, ["eda"], "Stages").files == plan.files
    assert plan_project(root, ["eda"]).steps == []


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "world").mkdir()
    git(tmp_path / "world", "init", "--quiet")
    return tmp_path / "world"


def test_a_repository_gets_what_it_lacks(repository: Path) -> None:
    (repository / "README.md").write_text("mine")
    (repository / "staged.py").write_text("x = 1\n")
    git(repository, "add", "--", "staged.py")
    made = new_project(repository, ["eda"], "Stages")
    assert made.present == ["README.md"]
    assert (repository / "README.md").read_text() == "mine"
    assert git(repository, "status", "--porcelain").splitlines() == ["A  staged.py", "?? README.md"]
    again = new_project(repository, ["eda"], "Stages")
    assert (again.commit, again.files) == (None, [])


def test_a_folder_of_a_repository_is_refused(repository: Path) -> None:
    with pytest.raises(RequestError):
        new_project(repository / "inner", ["eda"], "Stages")
    assert not (repository / "inner").exists()


def test_nothing_is_left_when_the_commit_fails(repository: Path) -> None:
    hook = repository / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(VcsError):
        new_project(repository, ["eda"], "Stages")
    assert [path.name for path in repository.iterdir()] == [".git"]


def test_with_the_example(tmp_path: Path) -> None:
    made = new_project(tmp_path / "world", ["eda"], "Stages", example=True)
    assert {"data/raw/co2.csv", "notebooks/explore.ipynb"} <= set(made.files)
