"""What the preamble does to a Python that is not even a kernel."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from jupyterlab_prodify.verify.preamble import preamble

#: What setuptools leaves for an editable install that is no plain folder on the path.
FINDER = """
import importlib.util, sys
class Finder:
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name == "pkg":
            return importlib.util.spec_from_file_location(name, {file!r}, submodule_search_locations=[{folder!r}])
sys.meta_path.append(Finder)
"""


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    original, copy = tmp_path / "original", tmp_path / "copy"
    for root in (original, copy):
        (root / "src" / "pkg").mkdir(parents=True)
        (root / "src" / "pkg" / "__init__.py").write_text(f"where = {root.name!r}\n")
    return original, copy


def run(places: tuple[Path, Path], before: str, after: str, seed: int | None = None, cwd: Path | None = None) -> str:
    code = preamble([(str(places[0]), str(places[1]))], ["pkg", "other"], seed)
    done = subprocess.run(
        [sys.executable, "-c", f"{before}\nexec({code!r})\n{after}"],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
    )
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


def test_an_editable_install_by_path(places: tuple[Path, Path]) -> None:
    before = f"import sys; sys.path.append({str(places[0] / 'src')!r})"
    assert run(places, before, "import pkg; print(pkg.where)") == "copy"


def test_an_editable_install_by_finder(places: tuple[Path, Path]) -> None:
    folder = places[0] / "src" / "pkg"
    before = FINDER.format(file=str(folder / "__init__.py"), folder=str(folder))
    assert run(places, before, "import pkg; print(pkg.where)") == "copy"


def test_programs_that_it_starts_find_the_copy_too(places: tuple[Path, Path]) -> None:
    before = f"import sys; sys.path.append({str(places[0] / 'src')!r})"
    after = "import subprocess; subprocess.run([sys.executable, '-c', 'import pkg; print(pkg.where)'])"
    assert run(places, before, after) == "copy"


def test_what_cannot_be_imported_there_cannot_be_imported_here(places: tuple[Path, Path]) -> None:
    assert run(places, "", "import pkg") == "ModuleNotFoundError: No module named 'pkg'"


def test_an_environment_inside_the_project_is_not_moved(places: tuple[Path, Path]) -> None:
    site = places[0] / ".venv" / "site-packages"
    site.mkdir(parents=True)
    (site / "library.py").write_text("where = 'there'\n")
    before = f"import sys; sys.path.append({str(site)!r})"
    assert run(places, before, "import library; print(library.where)") == "there"


@pytest.mark.parametrize(
    "write",
    [
        "open({0!r}, 'w')",
        "open({0!r}, 'r+b')",
        "import os; os.open({0!r}, os.O_WRONLY)",
        "import os; os.replace({0!r}, {0!r} + '2')",
        "import pathlib; pathlib.Path({0!r}).unlink()",
        "import shutil; shutil.copy(__import__('sys').executable, {0!r})",
        "import os; os.chdir(os.path.dirname({0!r})); open('__init__.py', 'a')",
        "import os, shutil; shutil.rmtree(os.path.dirname({0!r}))",
        "import os; f = os.open(os.path.dirname({0!r}), os.O_RDONLY); os.unlink('__init__.py', dir_fd=f)",
        "import os; f = os.open(os.path.dirname({0!r}), os.O_RDONLY); os.rename('__init__.py', 'x', src_dir_fd=f, dst_dir_fd=f)",
        "import sqlite3; sqlite3.connect({0!r} + '.db').execute('create table t (a)')",
        "import sqlite3; sqlite3.connect('file:' + {0!r} + '.db?mode=rwc', uri=True).execute('create table t (a)')",
        "import os; os.utime({0!r}, (1, 1))",
        "import os; os.chown({0!r}, 0, 0)",
    ],
)
def test_the_project_is_not_written(places: tuple[Path, Path], write: str) -> None:
    path = places[0] / "src" / "pkg" / "__init__.py"
    before = path.read_bytes()
    files = sorted(one.name for one in path.parent.iterdir())
    assert run(places, "", write.format(str(path))).startswith("PermissionError")
    assert path.read_bytes() == before
    assert sorted(one.name for one in path.parent.iterdir() if one.name != "__pycache__") == files


def test_a_folder_of_the_copy_can_be_removed_and_databases_used(places: tuple[Path, Path]) -> None:
    here = places[1] / "temporary" / "inner"
    here.mkdir(parents=True)
    (here / "x").touch()
    code = (
        f"import os, shutil, sqlite3; shutil.rmtree({str(here.parent)!r})\n"
        f"sqlite3.connect({str(places[1] / 'own.db')!r}).execute('create table t (a)'); sqlite3.connect(':memory:')\n"
        "print('done')"
    )
    assert run(places, "", code) == "done"
    assert not here.parent.exists()


def test_the_copy_and_other_places_are(places: tuple[Path, Path], tmp_path: Path) -> None:
    code = f"open({str(places[1] / 'x')!r}, 'w'); open('y', 'w'); print(len(open({str(places[0] / 'src/pkg/__init__.py')!r}).read()))"
    assert run(places, "", code, cwd=tmp_path) == "19"
    assert (tmp_path / "y").exists()


def test_a_copy_inside_the_project_can_be_written(tmp_path: Path) -> None:
    copy = tmp_path / "state" / "copy"
    copy.mkdir(parents=True)
    assert run((tmp_path, copy), "", f"open({str(copy / 'x')!r}, 'w'); print('written')") == "written"


def test_seeds(places: tuple[Path, Path]) -> None:
    show = "import random; print(random.random())"
    assert run(places, "", show, seed=0) == run(places, "", show, seed=0)
    assert run(places, "", show) != run(places, "", show)


def test_no_name_is_left(places: tuple[Path, Path]) -> None:
    assert run(places, "before = set(globals())", "print(set(globals()) - before - {'before'})") == "set()"
