"""DVC under another Python, which has DVC and nothing of ours."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from jupyterlab_prodify.data.add import add
from jupyterlab_prodify.data.versions import status
from jupyterlab_prodify.data.workspace import Workspace
from jupyterlab_prodify.vcs.errors import DvcError
from tests.vcs.conftest import Person

_WITHOUT = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        top = name.split(".")[0]
        if top in ("yaml", "msgspec", "jupyter_server", "tornado") or name == "jupyterlab_prodify":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None

sys.meta_path.insert(0, Absent())
"""


def other_python(folder: Path) -> str:
    (folder / "sitecustomize.py").write_text(_WITHOUT)
    python = folder / "python"
    python.write_text(f'#!/bin/sh\nPYTHONPATH="{folder}" exec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    return str(python)


def test_nothing_of_ours_is_needed(dvc_person: Person, tmp_path: Path) -> None:
    workspace = Workspace(dvc_person.root, python=other_python(tmp_path))
    dvc_person.write("raw.csv", "1")
    dvc_person.write("folder/a.csv", "1")
    add(workspace, ["raw.csv", "folder"], "Data")
    dvc_person.write("raw.csv", "2")
    assert {one.path: one.state for one in status(workspace).paths} == {"folder": "unchanged", "raw.csv": "changed"}
    workspace.close()


@pytest.mark.parametrize("python", ["/absent/python", "/bin/true"])
def test_a_python_that_is_none(dvc_person: Person, python: str) -> None:
    workspace = Workspace(dvc_person.root, python=python)
    with pytest.raises(DvcError) as caught:
        workspace.dvc("cache_dir")
    assert python in f"{caught.value.message} {caught.value.remedy}"
    workspace.close()
