"""A person with data in a real repository."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from jupyterlab_prodify.data.workspace import Workspace
from tests.vcs.conftest import Person, add_remote, dvc_person, make_dvc_project, own_settings, person

__all__ = ["Person", "add_remote", "dvc_person", "make_dvc_project", "own_settings", "person"]


@pytest.fixture
def workspace(dvc_person: Person) -> Iterator[Workspace]:
    workspace = Workspace(dvc_person.root)
    yield workspace
    workspace.close()


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of the person's, without what Git and DVC keep for themselves."""
    return {
        os.fspath(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not {".git", "tmp", "cache"} & set(path.relative_to(folder).parts)
    }
