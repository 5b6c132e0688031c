"""The files of a project of stages."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import nbformat
import pytest
from ruamel.yaml import YAML

from jupyterlab_prodify.project.errors import RequestError
from jupyterlab_prodify.project.layout import find_project
from jupyterlab_prodify.project.scaffold import Scaffold, plan_scaffold, stage_names


def scaffold(root: Path, *stages: str) -> Scaffold:
    root.mkdir(exist_ok=True)
    return plan_scaffold(root, find_project(root / "pyproject.toml", root), stages)


def write(root: Path, found: Scaffold) -> None:
    for path, text in found.files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def test_an_empty_folder_gets_a_project(tmp_path: Path) -> None:
    root = tmp_path / "save-the-world"
    found = scaffold(root, "eda", "processing")
    assert sorted(found.files) == [
        ".gitignore",
        "README.md",
        "data/raw/.gitkeep",
        "dvc.yaml",
        "notebooks/00_eda.ipynb",
        "notebooks/10_processing.ipynb",
        "params.yaml",
        "pyproject.toml",
        "src/save_the_world/__init__.py",
        "src/save_the_world/eda.py",
        "src/save_the_world/processing.py",
        "tests/.gitkeep",
    ]
    write(root, found)
    project = find_project(root / "notebooks/00_eda.ipynb", root)
    assert (project.package, project.installable) == ("save_the_world", True)
    ast.parse(found.files["src/save_the_world/eda.py"])
    notebook = nbformat.reads(found.files["notebooks/00_eda.ipynb"], as_version=4)
    nbformat.validate(notebook)


def test_the_pipeline_names_command_module_and_notebook(tmp_path: Path) -> None:
    found = scaffold(tmp_path / "world", "eda")
    stage = YAML(typ="safe").load(found.files["dvc.yaml"])["stages"]["eda"]
    assert stage == {
        "cmd": "python -m world.eda",
        "deps": ["src/world/eda.py"],
        "meta": {"prodify": {"notebook": "notebooks/00_eda.ipynb", "module": "src/world/eda.py"}},
    }


def test_what_is_there_stays(tmp_path: Path) -> None:
    root = tmp_path / "world"
    write(root, scaffold(root, "eda"))
    (root / "README.md").write_text("mine")
    again = scaffold(root, "eda")
    assert again.files == {}
    assert "README.md" in again.present


def test_a_further_stage_comes_after_the_others(tmp_path: Path) -> None:
    root = tmp_path / "world"
    write(root, scaffold(root, "eda", "processing"))
    found = scaffold(root, "modelling")
    assert sorted(found.files) == ["notebooks/20_modelling.ipynb", "src/world/modelling.py"]
    assert "dvc.yaml" in found.present


def test_a_notebook_of_that_name_is_the_stages(tmp_path: Path) -> None:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks/03-Eda.ipynb").write_text(json.dumps({}))
    found = scaffold(tmp_path, "eda")
    assert [stage.notebook for stage in found.stages] == ["notebooks/03-Eda.ipynb"]
    assert "notebooks/03-Eda.ipynb" in found.present


def test_an_existing_package_is_used(tmp_path: Path) -> None:
    (tmp_path / "climate").mkdir()
    (tmp_path / "climate/__init__.py").touch()
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'climate'\n")
    found = scaffold(tmp_path, "eda")
    assert "climate/eda.py" in found.files
    assert "pyproject.toml" not in found.files
    assert "python -m climate.eda" in found.files["dvc.yaml"]


@pytest.mark.parametrize("given", ["", "eda,", "1st", "my stage", "class", "eda,eda", "params", "Eda", "a.b"])
def test_names_that_cannot_be_stages(given: str) -> None:
    with pytest.raises(RequestError):
        stage_names(given)


def test_names_of_stages() -> None:
    assert stage_names("eda, processing") == ["eda", "processing"]
