from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from jupyterlab_prodify.project.layout import (
    existing_modules,
    find_project,
    first_party_names,
    module_name,
    suggested_module,
)


def make(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return root


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = make(tmp_path / "save-the-world", "notebooks/10_processing.ipynb")
    git(root, "init", "-q")
    return root


def test_the_project_is_the_git_repository(repository: Path, tmp_path: Path) -> None:
    project = find_project(repository / "notebooks/10_processing.ipynb", tmp_path)
    assert (project.root, project.kind, project.name) == (repository.resolve(), "git", "save-the-world")


def test_a_worktree_and_a_submodule_are_projects_of_their_own(repository: Path, tmp_path: Path) -> None:
    git(repository, "add", "notebooks")
    git(repository, "commit", "-q", "-m", "one")
    git(repository, "worktree", "add", "-q", str(tmp_path / "tree"))
    assert find_project(tmp_path / "tree/notebooks/10_processing.ipynb", tmp_path).root == tmp_path / "tree"
    outer = make(tmp_path / "outer", "a.txt")
    git(outer, "init", "-q")
    git(outer, "submodule", "add", "-q", str(repository), "inner")
    assert find_project(outer / "inner/notebooks/10_processing.ipynb", tmp_path).root == outer / "inner"


def test_a_folder_called_git_is_not_a_repository(tmp_path: Path) -> None:
    make(tmp_path, "work/nb.ipynb", ".git/notes.txt")
    assert find_project(tmp_path / "work/nb.ipynb", tmp_path).kind == "folder"


def test_nothing_above_the_ceiling_is_looked_at(repository: Path) -> None:
    project = find_project(repository / "notebooks/10_processing.ipynb", repository / "notebooks")
    assert (project.root, project.kind) == (repository / "notebooks", "folder")


def test_without_git_the_folder_of_pyproject(tmp_path: Path) -> None:
    make(tmp_path, "work/pyproject.toml", "work/deep/nb.ipynb", "other/nb.ipynb")
    assert find_project(tmp_path / "work/deep/nb.ipynb", tmp_path).root == tmp_path / "work"
    assert find_project(tmp_path / "other/nb.ipynb", tmp_path).root == tmp_path / "other"


PACKAGES = [
    ([], None, None, None),
    (["src/pkg/__init__.py"], None, "pkg", "src/pkg"),
    (["pkg/__init__.py", "tests/__init__.py"], None, "pkg", "pkg"),
    (["src/other/__init__.py", "src/save_the_world/__init__.py"], None, "save_the_world", "src/save_the_world"),
    (["src/a/__init__.py", "src/b/__init__.py"], '[project]\nname = "B"', "b", "src/b"),
    (["src/b/__init__.py", "src/a/__init__.py"], None, "a", "src/a"),
    (["src/__init__.py", "src/features/__init__.py"], None, "src", "src"),
    (["tests/__init__.py", "notebooks/__init__.py", "not-a-name/__init__.py"], None, None, None),
    (["src/pkg/__init__.py", "other/__init__.py"], '[tool.prodify]\npackage = "other"', "other", "other"),
    (["src/x.txt"], '[tool.prodify]\npackage = "new.inner"', "new.inner", "src/new/inner"),
    ([], '[tool.prodify]\npackage = "new"', "new", "new"),
    (["src/pkg/__init__.py"], '[tool.prodify]\npackage = "../x"', "pkg", "src/pkg"),
    (["src/pkg/__init__.py"], "[tool]\nprodify = 3", "pkg", "src/pkg"),
    (["src/pkg/__init__.py"], "this is not TOML", "pkg", "src/pkg"),
]


@pytest.mark.parametrize(("files", "pyproject", "package", "folder"), PACKAGES)
def test_the_package(
    repository: Path, files: list[str], pyproject: str | None, package: str | None, folder: str | None
) -> None:
    make(repository, *files)
    if pyproject is not None:
        (repository / "pyproject.toml").write_text(pyproject)
    project = find_project(repository / "notebooks/10_processing.ipynb", repository)
    assert project.package == package
    assert project.package_folder == (repository / folder if folder else None)


@pytest.mark.parametrize(
    ("pyproject", "installable"), [(None, False), ("[tool.ruff]", False), ("[project]\nname = 'a'", True)]
)
def test_what_an_editable_install_needs(repository: Path, pyproject: str | None, installable: bool) -> None:
    if pyproject is not None:
        (repository / "pyproject.toml").write_text(pyproject)
    assert find_project(repository / "nb.ipynb", repository).installable is installable


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("10_processing", "processing"),
        ("2024-05-01 Data Cleaning (final)", "data_cleaning_final"),
        ("Untitled", "untitled"),
        ("Größe", "grosse"),
        ("データ", "steps"),
        ("03", "steps"),
        ("class", "class_steps"),
        ("None", "none"),
    ],
)
def test_the_name_of_a_module(stem: str, name: str) -> None:
    assert module_name(stem) == name


def test_the_suggested_module_is_the_stage_in_the_package(repository: Path) -> None:
    make(repository, "src/pkg/__init__.py")
    notebook = repository / "notebooks/10_processing.ipynb"
    assert suggested_module(notebook, find_project(notebook, repository)) == repository / "src/pkg/processing.py"


@pytest.mark.parametrize(
    ("notebook", "files", "taken", "module"),
    [
        ("explore.ipynb", [], [], "explore.py"),
        ("explore.ipynb", [], ["explore"], "explore_steps.py"),
        ("explore.ipynb", ["explore.py"], ["explore"], "explore.py"),
        ("explore.ipynb", ["explore_steps.py"], ["explore", "explore_steps"], "explore_steps.py"),
        ("explore.ipynb", ["explore/__init__.py"], [], "explore_steps.py"),
        ("random.ipynb", [], [], "random_steps.py"),
        ("random.ipynb", ["random.py"], [], "random.py"),
        ("02 msgspec.ipynb", [], [], "msgspec_steps.py"),
    ],
)
def test_a_suggested_module_beside_the_notebook_hides_nothing(
    tmp_path: Path, notebook: str, files: list[str], taken: list[str], module: str
) -> None:
    make(tmp_path, notebook, *files)
    path = tmp_path / notebook
    assert suggested_module(path, find_project(path, tmp_path), taken) == tmp_path / module


def test_existing_modules(repository: Path) -> None:
    make(
        repository,
        "src/pkg/__init__.py",
        "src/pkg/a.py",
        "src/pkg/sub/b.py",
        "src/pkg/__pycache__/c.py",
        "src/pkg/.hidden/d.py",
        "src/pkg/__main__.py",
        "notebooks/e.py",
        "notebooks/conftest.py",
        "setup.py",
    )
    notebook = repository / "notebooks/10_processing.ipynb"
    found = existing_modules(find_project(notebook, repository), notebook)
    assert [path.relative_to(repository).as_posix() for path in found] == [
        "notebooks/e.py",
        "src/pkg/a.py",
        "src/pkg/sub/b.py",
    ]


def test_existing_modules_without_a_package(tmp_path: Path) -> None:
    make(tmp_path, "nb.ipynb", "a.py", "sub/b.py", "sub/not a name/c.py", ".venv/d.py", "many/e.py")
    make(tmp_path, *(f"a_data/{number}.csv" for number in range(2_100)))
    found = existing_modules(find_project(tmp_path / "nb.ipynb", tmp_path), tmp_path / "nb.ipynb")
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["a.py"]
    for path in (tmp_path / "a_data").iterdir():
        path.unlink()
    found = existing_modules(find_project(tmp_path / "nb.ipynb", tmp_path), tmp_path / "nb.ipynb")
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["a.py", "many/e.py", "sub/b.py"]


def test_first_party_names(repository: Path) -> None:
    make(repository, "src/pkg/__init__.py", "src/other/__init__.py", "notebooks/e.py")
    notebook = repository / "notebooks/10_processing.ipynb"
    assert first_party_names(find_project(notebook, repository), notebook) == {"pkg", "other", "e"}
