"""Which Python a stage's command finds first."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from jupyterlab_prodify.pipeline.environment import Environments
from jupyterlab_prodify.pipeline.errors import NoInterpreterError


def python_at(folder: Path) -> Path:
    """Something that is called like an interpreter, in an environment."""
    (folder / "bin").mkdir(parents=True)
    (folder / "pyvenv.cfg").write_text("")
    place = folder / "bin" / "python"
    place.write_text("#!/bin/sh\n")
    place.chmod(0o755)
    return place


def notebook(path: Path, kernel: str) -> None:
    path.write_text(json.dumps({"metadata": {"kernelspec": {"name": kernel}}}))


def first(environment: dict[str, str]) -> str:
    return environment["PATH"].split(os.pathsep)[0]


def find(places: dict[str, Path]) -> Any:
    def spec(name: str) -> Any:
        argv = [str(places[name]), "-m", "ipykernel_launcher"]
        return SimpleNamespace(argv=argv, language="python", env={"OWN": "1"})

    return spec


def test_the_kernel_of_the_notebook(tmp_path: Path) -> None:
    places = {name: python_at(tmp_path / name) for name in ("one", "two")}
    notebook(tmp_path / "a.ipynb", "one")
    notebook(tmp_path / "b.ipynb", "two")
    found = Environments(tmp_path, {"a": "a.ipynb", "b": "b.ipynb", "c": None}, find(places))
    assert first(found.of("a")) == str(tmp_path / "one/bin")
    assert first(found.of("b")) == str(tmp_path / "two/bin")
    assert first(found.of("c")) == str(tmp_path / "one/bin"), "another stage's"
    assert (found.of("a")["VIRTUAL_ENV"], found.of("a")["OWN"]) == (str(tmp_path / "one"), "1")


def test_the_settings_come_first(tmp_path: Path) -> None:
    python_at(tmp_path / "set")
    notebook(tmp_path / "a.ipynb", "one")
    (tmp_path / "pyproject.toml").write_text('[tool.prodify]\npython = "set/bin/python"\n')
    found = Environments(tmp_path, {"a": "a.ipynb"}, find({"one": python_at(tmp_path / "one")}))
    assert first(found.of("a")) == str(tmp_path / "set/bin")


def test_the_environment_in_the_project(tmp_path: Path) -> None:
    python_at(tmp_path / ".venv")
    assert first(Environments(tmp_path, {"a": None}).of("a")) == str(tmp_path / ".venv/bin")


def test_our_own_at_last(tmp_path: Path) -> None:
    assert first(Environments(tmp_path, {"a": None}).of("a")) == os.path.dirname(sys.executable)


def test_what_is_named_and_not_there(tmp_path: Path) -> None:
    notebook(tmp_path / "a.ipynb", "gone")
    with pytest.raises(NoInterpreterError, match="`gone`"):
        Environments(tmp_path, {"a": "a.ipynb"}, find({})).of("a")
    (tmp_path / "pyproject.toml").write_text('[tool.prodify]\npython = "nowhere/python"\n')
    with pytest.raises(NoInterpreterError, match="nowhere/python"):
        Environments(tmp_path, {"a": None}).of("a")
