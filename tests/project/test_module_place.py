from __future__ import annotations

from pathlib import Path

import pytest

from jupyterlab_prodify.project.errors import ModuleNameError
from jupyterlab_prodify.project.layout import find_project
from jupyterlab_prodify.project.module_place import missing_package_files, path_line, place_of


def make(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return root


NB = "notebooks/nb.ipynb"
PKG = "src/pkg/__init__.py"
PLACES = [
    # notebook, other files, module -> name, folder on sys.path
    (NB, [], "notebooks/steps.py", "steps", "notebooks"),
    (NB, [PKG], "src/pkg/steps.py", "pkg.steps", "src"),
    (NB, [PKG], "src/pkg/deep/er/steps.py", "pkg.deep.er.steps", "src"),
    (NB, [PKG], "src/pkg/__init__.py", "pkg", "src"),
    (NB, [PKG], "src/other/steps.py", "other.steps", "src"),
    (NB, [PKG], "src/alone.py", "alone", "src"),
    (NB, ["pkg/__init__.py"], "pkg/steps.py", "pkg.steps", "."),
    (NB, [], "notebooks/sub/steps.py", "sub.steps", "notebooks"),
    (NB, [], "lib/steps.py", "lib.steps", "."),
    (NB, ["lib/a/__init__.py"], "lib/a/steps.py", "a.steps", "lib"),
    (NB, [], "my-lib/steps.py", "steps", "my-lib"),
    (NB, ["src/__init__.py", "src/a/__init__.py"], "src/a/steps.py", "src.a.steps", "."),
    ("nb.ipynb", [], "steps.py", "steps", "."),
    ("nb.ipynb", [PKG], "src/pkg/steps.py", "pkg.steps", "src"),
    ("nb.ipynb", [], "src/new/steps.py", "new.steps", "src"),
    ("nb.ipynb", [], "src/steps.py", "src.steps", "."),
    ("nb.ipynb", ["pkg/__init__.py"], "pkg/steps.py", "pkg.steps", "."),
    ("src/pkg/nb.ipynb", [PKG], "src/pkg/steps.py", "pkg.steps", "src"),
]


@pytest.mark.parametrize(("notebook", "files", "module", "name", "folder"), PLACES)
def test_the_name_and_the_folder(
    tmp_path: Path, notebook: str, files: list[str], module: str, name: str, folder: str
) -> None:
    root = make(tmp_path / "root", notebook, ".git/HEAD", *files)
    project = find_project(root / notebook, root)
    place = place_of(root / module, root / notebook, project)
    assert (place.import_name, place.folder) == (name, (root / folder).resolve())
    assert place.beside is (place.folder == (root / notebook).parent)


@pytest.mark.parametrize(
    "module",
    [
        "10_steps.py",
        "class.py",
        "my-steps.py",
        "a b.py",
        "__main__.py",
        "__init__.py",
        "json.py",
        "msgspec.py",
        "twin.py",
        "sub/class.py",
    ],
)
def test_names_that_cannot_be_imported_or_hide_others(tmp_path: Path, module: str) -> None:
    make(tmp_path, "nb.ipynb", "twin/__init__.py")
    with pytest.raises(ModuleNameError):
        place_of(tmp_path / module, tmp_path / "nb.ipynb", find_project(tmp_path / "nb.ipynb", tmp_path))


def test_an_existing_module_may_have_any_name(tmp_path: Path) -> None:
    make(tmp_path, "nb.ipynb", "json.py")
    place = place_of(tmp_path / "json.py", tmp_path / "nb.ipynb", find_project(tmp_path / "nb.ipynb", tmp_path))
    assert place.import_name == "json"


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("src/pkg/a.py", 'import sys; sys.path.insert(0, "../src")'),
        ("lib/a.py", 'import sys; sys.path.insert(0, "..")'),
        ('odd "name"/a.py', 'import sys; sys.path.insert(0, "../odd \\"name\\"")'),
        ("Größe-1/a.py", 'import sys; sys.path.insert(0, "../Größe-1")'),
    ],
)
def test_the_line_that_makes_it_importable(tmp_path: Path, module: str, line: str) -> None:
    make(tmp_path, ".git/HEAD", NB)
    place = place_of(tmp_path / module, tmp_path / NB, find_project(tmp_path / NB, tmp_path))
    assert path_line(place, tmp_path / NB) == line
    compile(line, "line", "exec")


@pytest.mark.parametrize(
    ("files", "module", "missing"),
    [
        ([], "src/pkg/a.py", ["src/pkg/__init__.py"]),
        ([], "src/pkg/deep/a.py", ["src/pkg/__init__.py", "src/pkg/deep/__init__.py"]),
        ([PKG], "src/pkg/deep/a.py", ["src/pkg/deep/__init__.py"]),
        ([], "src/pkg/__init__.py", []),
        ([PKG], "src/pkg/a.py", []),
        (["lib/a.txt"], "lib/a.py", []),
        ([], "notebooks/a.py", []),
    ],
)
def test_new_package_folders_get_their_file(tmp_path: Path, files: list[str], module: str, missing: list[str]) -> None:
    make(tmp_path, ".git/HEAD", NB, *files)
    place = place_of(tmp_path / module, tmp_path / NB, find_project(tmp_path / NB, tmp_path))
    found = missing_package_files(tmp_path / module, place)
    assert [path.relative_to(tmp_path).as_posix() for path in found] == missing
