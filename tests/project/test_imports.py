from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from jupyterlab_prodify.project.imports import Finding, ImportChecker
from jupyterlab_prodify.project.kernel import Kernel
from jupyterlab_prodify.project.module_place import ModulePlace


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "src" / "pkg").mkdir(parents=True)
    (tmp_path / "src" / "pkg" / "__init__.py").write_text("raise RuntimeError('the check runs no code of the project')")
    return tmp_path / "notebooks" / "nb.ipynb"


def with_path(*folders: Path) -> Kernel:
    return Kernel((sys.executable,), {"PYTHONPATH": os.pathsep.join(map(str, folders))})


def place(name: str, folder: Path) -> ModulePlace:
    return ModulePlace(name, folder, False)


def check(kernel: Kernel, notebook: Path, name: str, folder: Path) -> Finding:
    return ImportChecker().check(kernel, notebook, place(name, folder))


def test_a_package_that_is_not_on_the_path(notebook: Path, tmp_path: Path) -> None:
    assert check(Kernel(), notebook, "pkg.steps", tmp_path / "src") == Finding(False, None)


def test_a_package_on_the_path_also_for_modules_that_do_not_exist_yet(notebook: Path, tmp_path: Path) -> None:
    assert check(with_path(tmp_path / "src"), notebook, "pkg.steps", tmp_path / "src").importable
    assert check(with_path(tmp_path / "src"), notebook, "alone", tmp_path / "src") == Finding(True, None)


def test_nothing_beside_the_notebook_is_run(notebook: Path) -> None:
    for name in ("json", "importlib", "os"):
        (notebook.parent / f"{name}.py").write_text(f"open({str(notebook.parent / 'ran')!r}, 'w')\n")
    assert check(Kernel(), notebook, "steps", notebook.parent).importable
    assert not (notebook.parent / "ran").exists()


def test_what_stands_beside_the_notebook_is_found(notebook: Path) -> None:
    (notebook.parent / "steps.py").touch()
    assert check(Kernel(), notebook, "steps", notebook.parent).importable


def test_another_package_of_the_same_name_comes_first(notebook: Path, tmp_path: Path) -> None:
    (tmp_path / "other" / "pkg").mkdir(parents=True)
    (tmp_path / "other" / "pkg" / "__init__.py").touch()
    finding = check(with_path(tmp_path / "other", tmp_path / "src"), notebook, "pkg.steps", tmp_path / "src")
    assert finding == Finding(False, str(tmp_path / "other" / "pkg"))


def test_a_link_to_the_package_is_the_package(notebook: Path, tmp_path: Path) -> None:
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "pkg").symlink_to(tmp_path / "src" / "pkg")
    assert check(with_path(tmp_path / "links"), notebook, "pkg.steps", tmp_path / "src").importable


@pytest.mark.parametrize("command", [("/no/such/python",), (sys.executable, "-c", "print('other output')", "--")])
def test_a_python_that_does_not_answer(notebook: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    assert check(Kernel(command), notebook, "pkg.steps", tmp_path / "src") == Finding(False, None)


def test_answers_are_kept_until_forgotten(notebook: Path, tmp_path: Path) -> None:
    checker = ImportChecker()
    where = place("steps", notebook.parent)
    (notebook.parent / "steps.py").mkdir()
    kernel = with_path(tmp_path)
    first = checker.check(kernel, notebook, where)
    (notebook.parent / "steps.py").rmdir()
    began = time.monotonic()
    assert checker.check(kernel, notebook, where) is first
    assert time.monotonic() - began < 0.01
    checker.forget()
    assert checker.check(kernel, notebook, where) is not first


def test_a_slow_answer_is_known_the_next_time(notebook: Path, tmp_path: Path) -> None:
    (tmp_path / "slow").mkdir()
    (tmp_path / "slow" / "sitecustomize.py").write_text("import time; time.sleep(1.5)")
    kernel = with_path(tmp_path / "slow", tmp_path / "src")
    checker = ImportChecker()
    where = place("pkg.steps", tmp_path / "src")
    assert checker.check_within(0.05, kernel, notebook, where) is None
    deadline = time.monotonic() + 20
    while checker.check_within(0.05, kernel, notebook, where) is None:
        assert time.monotonic() < deadline
    assert checker.check_within(0.05, kernel, notebook, where) == Finding(True, str(tmp_path / "src" / "pkg"))
