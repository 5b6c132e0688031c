"""The example project: what is made, what is left alone, and that its notebook runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from jupyterlab_prodify.example import ExampleError, FolderExistsError, create_project
from jupyterlab_prodify.example.__main__ import main

FILES = [
    ".gitignore",
    "README.md",
    "data/raw/co2.csv",
    "notebooks/explore.ipynb",
    "pyproject.toml",
    "src/save_the_world/__init__.py",
]
CLOCK = re.compile(r"^(CPU times|Wall time):.*$", re.MULTILINE)


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home folder in which git knows nothing about the person; returns its (missing) global configuration."""
    config = tmp_path / "home" / "gitconfig"
    config.parent.mkdir()
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    return config


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.usefixtures("nobody")
class TestCreation:
    def test_files(self, tmp_path: Path) -> None:
        project = create_project(tmp_path / "save-the-world")
        found = [
            path for path in project.rglob("*") if path.is_file() and ".git" not in path.relative_to(project).parts
        ]
        assert sorted(path.relative_to(project).as_posix() for path in found) == FILES

    def test_parents_are_made_and_nothing_else_is_left(self, tmp_path: Path) -> None:
        create_project(tmp_path / "deep" / "down" / "save-the-world")
        assert os.listdir(tmp_path / "deep" / "down") == ["save-the-world"]

    def test_relative_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        assert create_project(Path("here")) == tmp_path / "here"

    def test_files_are_writable(self, tmp_path: Path) -> None:
        project = create_project(tmp_path / "save-the-world")
        assert all(os.access(path, os.W_OK) for path in project.rglob("*"))

    def test_two_projects_side_by_side(self, tmp_path: Path) -> None:
        first, second = create_project(tmp_path / "one"), create_project(tmp_path / "two")
        assert (first / "pyproject.toml").read_bytes() == (second / "pyproject.toml").read_bytes()


@pytest.mark.usefixtures("nobody")
class TestGit:
    def test_one_commit_and_a_clean_tree(self, tmp_path: Path) -> None:
        project = create_project(tmp_path / "save-the-world")
        assert git(project, "rev-list", "--count", "HEAD") == "1"
        assert git(project, "status", "--porcelain", "--ignored") == ""
        assert git(project, "ls-files").split("\n") == FILES

    def test_neutral_author_where_git_knows_nobody(self, tmp_path: Path, nobody: Path) -> None:
        project = create_project(tmp_path / "save-the-world")
        assert git(project, "log", "-1", "--format=%an <%ae>") == "Example <example@localhost>"
        assert "user" not in git(project, "config", "--local", "--list")
        assert not nobody.exists()

    def test_the_persons_own_name(self, tmp_path: Path, nobody: Path) -> None:
        nobody.write_text("[user]\n\tname = Ada\n\temail = ada@example.org\n")
        project = create_project(tmp_path / "save-the-world")
        assert git(project, "log", "-1", "--format=%an <%ae>") == "Ada <ada@example.org>"

    def test_global_ignore_rules_do_not_matter(self, tmp_path: Path, nobody: Path) -> None:
        (nobody.parent / "ignore").write_text("*.csv\n*.ipynb\n")
        nobody.write_text(f"[core]\n\texcludesFile = {nobody.parent / 'ignore'}\n")
        assert git(create_project(tmp_path / "save-the-world"), "ls-files").split("\n") == FILES

    def test_inside_a_hook_of_another_repository(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        other = create_project(tmp_path / "other")
        with monkeypatch.context() as hook:
            hook.setenv("GIT_DIR", str(other / ".git"))
            hook.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))
            project = create_project(tmp_path / "save-the-world")
        assert git(project, "rev-list", "--count", "HEAD") == git(other, "rev-list", "--count", "HEAD") == "1"

    def test_inside_another_repository(self, tmp_path: Path) -> None:
        other = create_project(tmp_path / "other")
        project = create_project(other / "inner")
        assert Path(git(project, "rev-parse", "--show-toplevel")).resolve() == project.resolve()


@pytest.mark.usefixtures("nobody")
class TestNothingIsOverwritten:
    @pytest.mark.parametrize("kind", ["folder with a file", "empty folder", "file", "broken link"])
    def test_what_stands_there_stays(self, tmp_path: Path, kind: str) -> None:
        target = tmp_path / "save-the-world"
        if kind == "file":
            target.write_text("mine")
        elif kind == "broken link":
            target.symlink_to(tmp_path / "nowhere")
        else:
            target.mkdir()
        if kind == "folder with a file":
            (target / "README.md").write_text("mine")
        before = sorted(tmp_path.rglob("*"))
        with pytest.raises(FolderExistsError, match="exists already"):
            create_project(target)
        assert sorted(tmp_path.rglob("*")) == before
        if kind == "folder with a file":
            assert (target / "README.md").read_text() == "mine"

    def test_without_git_nothing_is_made(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(tmp_path / "no-programs"))
        before = sorted(tmp_path.rglob("*"))
        with pytest.raises(ExampleError, match="needs git"):
            create_project(tmp_path / "save-the-world")
        assert sorted(tmp_path.rglob("*")) == before

    def test_a_failing_commit_leaves_nothing(self, tmp_path: Path, nobody: Path) -> None:
        hooks = nobody.parent / "hooks"
        hooks.mkdir()
        (hooks / "pre-commit").write_text("#!/bin/sh\necho not today >&2\nexit 1\n")
        (hooks / "pre-commit").chmod(0o755)
        nobody.write_text(f"[core]\n\thooksPath = {hooks}\n")
        with pytest.raises(ExampleError, match="not today"):
            create_project(tmp_path / "save-the-world")
        assert os.listdir(tmp_path) == ["home"]

    def test_a_parent_that_is_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("mine")
        with pytest.raises(ExampleError, match="cannot be written"):
            create_project(tmp_path / "file" / "save-the-world")


@pytest.mark.usefixtures("nobody")
class TestProgram:
    def test_exit_codes(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main([str(tmp_path / "new")]) == 0
        assert str(tmp_path / "new") in capsys.readouterr().out
        assert main([str(tmp_path / "new")]) == 3
        assert "exists already" in capsys.readouterr().err

    def test_failure_is_one(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        assert main([str(tmp_path / "new")]) == 1

    def test_wrong_use_is_two(self) -> None:
        with pytest.raises(SystemExit, match="2"):
            main([])

    def test_as_a_module(self, tmp_path: Path) -> None:
        command = [sys.executable, "-m", "jupyterlab_prodify.example", str(tmp_path / "new")]
        assert subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.usefixtures("nobody")
class TestData:
    def test_the_record_is_that_of_statsmodels(self, tmp_path: Path) -> None:
        pd = pytest.importorskip("pandas")
        co2 = pytest.importorskip("statsmodels.datasets.co2")
        raw = pd.read_csv(create_project(tmp_path / "save-the-world") / "data/raw/co2.csv")
        raw.index = pd.to_datetime(raw["date"].astype(str), format="%Y%m%d")
        reference = co2.load_pandas().data
        pd.testing.assert_frame_equal(raw[["co2"]], reference, check_names=False, check_freq=False)
        assert co2.COPYRIGHT == "This is public domain."


@pytest.mark.usefixtures("nobody")
class TestNotebook:
    def test_is_valid_without_outputs(self, tmp_path: Path) -> None:
        notebook = read_notebook(create_project(tmp_path / "save-the-world"))
        nbformat.validate(notebook)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert len(code) >= 30
        assert all(cell.outputs == [] and cell.execution_count is None for cell in code)

    @pytest.mark.slow
    def test_runs_twice_with_the_same_outputs(self, tmp_path: Path) -> None:
        project = create_project(tmp_path / "save-the-world")
        first, second = outputs(project), outputs(project)
        assert first == second
        assert git(project, "status", "--porcelain") == ""
        assert (project / "reports" / "scores.csv").is_file()
        assert not any("Warning" in output.get("text", "") for output in first)


def read_notebook(project: Path) -> nbformat.NotebookNode:
    return nbformat.read(project / "notebooks" / "explore.ipynb", as_version=4)


def outputs(project: Path) -> list[nbformat.NotebookNode]:
    """All outputs of a run from top to bottom in a fresh kernel, without clock times."""
    nbclient = pytest.importorskip("nbclient")
    notebook = read_notebook(project)
    context = {"metadata": {"path": str(project / "notebooks")}}
    nbclient.NotebookClient(notebook, timeout=120, resources=context).execute()
    found = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    for output in found:
        if output.output_type == "stream":
            output.text = CLOCK.sub("", output.text)
    return found
