"""Installed modules, told from folders."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from jupyterlab_prodify.project.installed import installed_names
from jupyterlab_prodify.project.kernel import Kernel


@pytest.mark.parametrize("layout", ["lib/python3.11/site-packages", "Lib/site-packages"])
def test_what_lies_in_site_packages(tmp_path: Path, layout: str) -> None:
    folder = tmp_path / layout
    (folder / "package").mkdir(parents=True)
    (folder / "single.py").touch()
    (folder / "fast.cpython-311.so").touch()
    kernel = Kernel((str(tmp_path / "bin" / "python"),))
    assert installed_names(kernel, ["package", "single", "fast", "other"]) == {"package", "single", "fast"}


def test_our_own_python() -> None:
    assert installed_names(Kernel((sys.executable,)), ["pytest", "no_such_module"]) == {"pytest"}
