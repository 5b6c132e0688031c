from __future__ import annotations

from pathlib import Path

import pytest

from jupyterlab_prodify.project.errors import ForbiddenPathError, OutsideRootError, RequestError
from jupyterlab_prodify.project.paths import confine, confine_module, confine_notebook, relative_to


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    (root / "src").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.py").write_text("")
    (root / "to_folder").symlink_to(tmp_path / "outside")
    (root / "to_file.py").symlink_to(tmp_path / "outside" / "a.py")
    (root / "src" / "real.py").write_text("")
    (root / "inside.py").symlink_to(root / "src" / "real.py")
    (root / "circle.py").symlink_to(root / "circle.py")
    (root / "harmless.py").symlink_to(root / "text.txt")
    return root


@pytest.mark.parametrize(
    "path",
    [
        "../a.py",
        "src/../../outside/a.py",
        "src/../src/real.py",
        "..\\a.py",
        "/etc/a.py",
        "\\a.py",
        "\\\\server\\share\\a.py",
        "C:/a.py",
        "c:a.py",
        "~/a.py",
        "to_folder/a.py",
        "to_folder/new.py",
        "to_file.py",
    ],
)
def test_outside(root: Path, path: str) -> None:
    with pytest.raises(OutsideRootError) as caught:
        confine_module(root, path)
    assert caught.value.code == "outside_root"
    assert caught.value.remedy


@pytest.mark.parametrize("path", ["a\0.py", "\ud800.py", "x" * 300 + ".py", "circle.py"])
def test_no_path_at_all(root: Path, path: str) -> None:
    with pytest.raises(RequestError):
        confine_module(root, path)


@pytest.mark.parametrize(
    "path", [".git/hooks/a.py", "src/.hidden.py", ".py", "notes.txt", "src", "a.PY", "a.pyc", "", "harmless.py"]
)
def test_not_a_module_that_we_write(root: Path, path: str) -> None:
    with pytest.raises(ForbiddenPathError):
        confine_module(root, path)


@pytest.mark.parametrize("path", ["a.py", "src/real.py", "new/folder/a.py", "Größe/मान.py", "./a.py", "a b.py"])
def test_inside(root: Path, path: str) -> None:
    assert confine_module(root, path) == root.resolve() / path


def test_a_link_inside_the_root_leads_to_its_target(root: Path) -> None:
    assert confine_module(root, "inside.py") == root.resolve() / "src" / "real.py"


def test_the_root_may_itself_be_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "alias").symlink_to(root)
    assert confine(tmp_path / "alias", "src") == root.resolve() / "src"
    assert relative_to(tmp_path / "alias", root.resolve() / "src" / "real.py") == "src/real.py"


def test_the_folder_of_a_notebook_is_confined_and_the_file_may_be_a_link(root: Path, tmp_path: Path) -> None:
    (root / "nb.ipynb").symlink_to(tmp_path / "outside" / "nb.ipynb")
    assert confine_notebook(root, "nb.ipynb") == root.resolve() / "nb.ipynb"
    with pytest.raises(OutsideRootError):
        confine_notebook(root, "to_folder/nb.ipynb")
    with pytest.raises(RequestError):
        confine_notebook(root, "")
