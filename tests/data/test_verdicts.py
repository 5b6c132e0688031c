"""DVC is asked again when something has changed, and only then."""

from __future__ import annotations

import shutil
import time
from typing import Any

import pytest

from jupyterlab_prodify.data.add import add
from jupyterlab_prodify.data.versions import status
from jupyterlab_prodify.data.workspace import Workspace
from tests.data.conftest import Person

PAUSE = 0.1
"""Longer than the step in which a file system notes times."""


@pytest.fixture
def asked(workspace: Workspace, dvc_person: Person, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The ``.dvc`` files that DVC was asked about."""
    for number in range(5):
        dvc_person.write(f"folder/{number}.txt", "1")
    dvc_person.write("raw.csv", "1")
    add(workspace, ["folder", "raw.csv"], "Data")
    time.sleep(PAUSE)
    asked: list[list[str]] = []
    real = workspace.dvc

    def dvc(op: str, **given: Any) -> Any:
        if op == "changed":
            asked.append(given["files"])
        return real(op, **given)

    monkeypatch.setattr(workspace, "dvc", dvc)
    assert states(workspace) == {"folder": "unchanged", "raw.csv": "unchanged"}
    assert asked == [["folder.dvc", "raw.csv.dvc"]]
    asked.clear()
    return asked


def states(workspace: Workspace) -> dict[str, str]:
    return {one.path: one.state for one in status(workspace).paths}


def test_nothing_has_changed(workspace: Workspace, asked: list[list[str]]) -> None:
    assert set(states(workspace).values()) == {"unchanged"}
    assert asked == []


def test_the_same_size(workspace: Workspace, dvc_person: Person, asked: list[list[str]]) -> None:
    place = dvc_person.root / "folder/3.txt"
    place.write_text("2")
    assert states(workspace)["folder"] == "changed"
    assert asked == [["folder.dvc"]]
    time.sleep(PAUSE)
    states(workspace)
    asked.clear()
    assert states(workspace)["folder"] == "changed"  # known, also that it has changed
    assert asked == []


@pytest.mark.parametrize("change", ["new", "gone", "renamed"])
def test_files_of_a_folder(workspace: Workspace, dvc_person: Person, asked: list[list[str]], change: str) -> None:
    place = dvc_person.root / "folder/3.txt"
    if change == "new":
        place.with_name("new.txt").write_text("")
    elif change == "gone":
        place.unlink()
    else:
        place.rename(place.with_name("other.txt"))
    assert states(workspace) == {"folder": "changed", "raw.csv": "unchanged"}
    assert asked == [["folder.dvc"]]


def test_another_version_is_named(workspace: Workspace, dvc_person: Person, asked: list[list[str]]) -> None:
    text = (dvc_person.root / "raw.csv.dvc").read_text()
    dvc_person.write("raw.csv.dvc", text.replace("md5: c", "md5: d"))
    assert states(workspace)["raw.csv"] == "changed"
    assert asked == [["raw.csv.dvc"]]


def test_what_dvc_ignores(workspace: Workspace, dvc_person: Person, asked: list[list[str]]) -> None:
    dvc_person.write("folder/x.tmp", "1")
    assert states(workspace)["folder"] == "changed"
    dvc_person.write(".dvcignore", "*.tmp\n")
    assert states(workspace)["folder"] == "unchanged"


def test_the_cache_no_longer_knows_the_folder(workspace: Workspace, dvc_person: Person, asked: list[list[str]]) -> None:
    shutil.rmtree(dvc_person.root / ".dvc/cache/files/md5")
    states(workspace)
    assert asked == [["folder.dvc"]]


def test_a_change_in_the_moment_of_asking_is_not_remembered(
    workspace: Workspace, dvc_person: Person, asked: list[list[str]]
) -> None:
    dvc_person.write("raw.csv", "2")
    states(workspace)
    asked.clear()
    dvc_person.write("raw.csv", "1")
    assert states(workspace)["raw.csv"] == "unchanged"
    assert asked == [["raw.csv.dvc"]]


def test_the_commit_of_the_last_version_follows(workspace: Workspace, dvc_person: Person) -> None:
    dvc_person.write("raw.csv", "1")
    first = add(workspace, ["raw.csv"], "One").commit
    assert status(workspace).paths[0].rev == first
    dvc_person.write("raw.csv", "2")
    second = add(workspace, ["raw.csv"], "Two").commit
    assert status(workspace).paths[0].rev == second
