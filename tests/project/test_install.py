from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jupyterlab_prodify.project.imports import ImportChecker
from jupyterlab_prodify.project.install import install_editable
from jupyterlab_prodify.project.kernel import Kernel
from jupyterlab_prodify.project.module_place import ModulePlace

#: A build backend without dependencies, so that nothing is downloaded. It makes the wheel of an editable install.
BACKEND = """
import os, pathlib, time, zipfile

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    name = "world-1.0-py3-none-any.whl"
    info = "world-1.0.dist-info"
    here = pathlib.Path.cwd()
    if (here / "slow").exists():
        (here / "pid").write_text(str(os.getpid()))
        time.sleep(600)
    with zipfile.ZipFile(os.path.join(wheel_directory, name), "w") as wheel:
        wheel.writestr("world.pth", str(here / "src"))
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\\nName: world\\nVersion: 1.0\\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(f"{info}/RECORD", "")
    return name
"""
PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "world"
version = "1.0"
"""


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Kernel:
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, capture_output=True)
    return Kernel((str(folder / "bin" / "python"),))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "world project"
    (root / "src" / "world").mkdir(parents=True)
    (root / "src" / "world" / "__init__.py").touch()
    (root / "notebooks").mkdir()
    (root / "pyproject.toml").write_text(PYPROJECT)
    (root / "backend.py").write_text(BACKEND)
    return root


@pytest.mark.slow
def test_afterwards_the_kernel_can_import_the_package(kernel: Kernel, project: Path) -> None:
    place = ModulePlace("world.steps", project / "src", False)
    notebook = project / "notebooks" / "nb.ipynb"
    assert not ImportChecker().check(kernel, notebook, place).importable
    result = install_editable(kernel, project, project / "src")
    assert result.ok, result.log
    assert result.sys_path == [str(project / "src")]
    assert ImportChecker().check(kernel, notebook, place).importable


@pytest.mark.slow
def test_stopping_ends_the_whole_group_of_processes(kernel: Kernel, project: Path) -> None:
    (project / "slow").touch()
    result = install_editable(kernel, project, None, should_stop=(project / "pid").exists)
    assert not result.ok
    assert "stopped" in result.log
    pid = int((project / "pid").read_text())
    deadline = time.monotonic() + 10
    while _is_alive(pid):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


@pytest.mark.slow
def test_a_failing_install_says_why(kernel: Kernel, project: Path) -> None:
    (project / "backend.py").write_text("raise RuntimeError('the backend is broken')")
    result = install_editable(kernel, project, project / "src")
    assert not result.ok
    assert "the backend is broken" in result.log
    assert result.sys_path == []


def test_an_environment_without_pip(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(project))
    result = install_editable(Kernel(("/no/such/python",)), project, None)
    assert not result.ok
    assert "no pip" in result.log
