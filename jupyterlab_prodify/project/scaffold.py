"""The files of a project of stages: one module and one notebook for each, and what Python, Git and DVC need.

Only what is missing is planned; a file that is there already stays as it is and is named.
"""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jupyterlab_prodify.project.errors import RequestError
from jupyterlab_prodify.project.layout import Project, module_name

_STEP = 10
_NUMBER = re.compile(r"(\d+)_")
_FOLDERS = ("data/raw", "notebooks", "tests")


@dataclass(frozen=True)
class StageFiles:
    """Where the notebook and the module of a stage stand, relative to the project."""

    name: str
    notebook: str
    module: str
    import_name: str


@dataclass(frozen=True)
class Scaffold:
    """Files to write, by their paths relative to the project, and those that are there already."""

    stages: tuple[StageFiles, ...]
    files: dict[str, str]
    present: tuple[str, ...]


def stage_names(given: str | Sequence[str]) -> list[str]:
    """``"eda, processing"`` -> ``["eda", "processing"]``.

    Raises:
        RequestError: a name is none for a module, or is given twice.
    """
    names = [name.strip() for name in (given.split(",") if isinstance(given, str) else given)]
    for name in names:
        if not name.isidentifier() or keyword.iskeyword(name) or name != module_name(name):
            hint = f" Use `{module_name(name)}`." if module_name(name) != "steps" else ""
            raise RequestError(f"`{name}` cannot be a stage: its module is imported by this name.{hint}", None)
        if name in ("params", "__init__"):
            raise RequestError(f"`{name}` cannot be a stage: the project uses the name itself.", None)
        if names.count(name) > 1:
            raise RequestError(f"The stage `{name}` is named twice.", None)
    return names


def plan_scaffold(root: Path, project: Project, stages: Sequence[str]) -> Scaffold:
    """What the project at ``root`` lacks. ``project`` describes what is there."""
    package = project.package or module_name(root.name)
    folder = project.package_folder or root / "src" / package.replace(".", "/")
    source = folder.relative_to(root).as_posix()
    placed = _place(root, source, package, stages)
    wanted = _project_files(root, package, source, project)
    wanted.update({f"{name}/.gitkeep": "" for name in _FOLDERS if not (root / name).is_dir()})
    for number, stage in enumerate(placed):
        wanted[stage.module] = _module(stage)
        wanted[stage.notebook] = _notebook(stage, package, number == 0)
    wanted.pop("notebooks/.gitkeep", None)
    if placed and not (root / "dvc.yaml").exists():
        wanted["dvc.yaml"] = _pipeline(placed)
    present = [path for path in [*wanted, "dvc.yaml"] if (root / path).exists()]
    files = {path: text for path, text in wanted.items() if path not in present}
    return Scaffold(tuple(placed), dict(sorted(files.items())), tuple(sorted(set(present))))


def _place(root: Path, source: str, package: str, stages: Sequence[str]) -> list[StageFiles]:
    """Notebooks are numbered in tens, after those that are there; a stage with a notebook of its name keeps that."""
    there = sorted(path.name for path in (root / "notebooks").glob("*.ipynb"))
    taken = [int(found[1]) for name in there if (found := _NUMBER.match(name))]
    number = (max(taken) // _STEP + 1) * _STEP if taken else 0
    placed = []
    for stage in stages:
        own = next((name for name in there if module_name(Path(name).stem) == stage), None)
        if own is None:
            own, number = f"{number:02}_{stage}.ipynb", number + _STEP
        placed.append(StageFiles(stage, f"notebooks/{own}", f"{source}/{stage}.py", f"{package}.{stage}"))
    return placed


def _project_files(root: Path, package: str, source: str, project: Project) -> dict[str, str]:
    files = {
        f"{source}/__init__.py": f'"""{_title(root.name)}."""\n',
        "params.yaml": "# Configuration of the stages: one key for each stage.\n",
        ".gitignore": _GITIGNORE,
        "README.md": _readme(root.name),
    }
    if not project.installable:
        files["pyproject.toml"] = _PYPROJECT.format(name=_distribution(root.name), package=package)
    return files


def _title(name: str) -> str:
    words = re.sub(r"[-_.]+", " ", name).strip()
    return f"{words[:1].upper()}{words[1:]}" or "Project"


def _distribution(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "project"


def _module(stage: StageFiles) -> str:
    return f'''"""The stage {stage.name}. Run it with ``python -m {stage.import_name}``."""


def main() -> None:
    """Read the outputs of earlier stages, call the functions of this module, write the outputs of this stage."""


if __name__ == "__main__":
    main()
'''


def _notebook(stage: StageFiles, package: str, first: bool) -> str:
    title = f"# {_title(stage.name)}\n\nThe functions of this stage stand in `{stage.module}`."
    setup = f"%load_ext autoreload\n%autoreload 2\nfrom {package} import {stage.name}"
    cells = [
        {"cell_type": "markdown", "id": "title", "metadata": {}, "source": title.splitlines(keepends=True)},
        {
            "cell_type": "code",
            "execution_count": None,
            "id": "imports",
            "metadata": {},
            "outputs": [],
            "source": setup.splitlines(keepends=True),
        },
    ]
    metadata = {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}}
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _pipeline(stages: Sequence[StageFiles]) -> str:
    lines = ["stages:"]
    for stage in stages:
        lines += [
            f"  {stage.name}:",
            f"    cmd: python -m {stage.import_name}",
            "    deps:",
            f"      - {stage.module}",
            "    meta:",
            "      prodify:",
            f"        notebook: {stage.notebook}",
            f"        module: {stage.module}",
        ]
    return "\n".join(lines) + "\n"


def _readme(name: str) -> str:
    return f"""# {_title(name)}

    pip install -e .      # once
    dvc repro             # all stages whose inputs have changed

| where | what |
|---|---|
| `notebooks/` | one notebook for each stage: import, call, look |
| `src/` | one module for each stage: functions, and `main()` |
| `params.yaml` | configuration |
| `dvc.yaml` | the stages: what they read and write |
| `data/raw/` | data as it came, versioned by DVC |
"""


_GITIGNORE = """\
# Python
__pycache__/
*.py[cod]
*.egg-info/
build/
.venv/

# Jupyter
.ipynb_checkpoints/
"""

_PYPROJECT = """\
[build-system]
requires = ["setuptools>=61"]
build-backend = "setuptools.build_meta"

[project]
name = "{name}"
version = "0.1.0"
requires-python = ">=3.10"
dependencies = []

[tool.setuptools.packages.find]
where = ["src"]

[tool.prodify]
package = "{package}"
"""
