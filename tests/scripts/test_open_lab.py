"""JupyterLab opens on the project, with its notebook, and with the arguments that the person gave last."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import open_lab


def test_it_opens_on_the_first_notebook_of_the_folder(tmp_path: Path) -> None:
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    (notebooks / "explore.ipynb").touch()
    words = open_lab.command(tmp_path, ["--no-browser", "--port", "9999"])
    assert words[1:4] == [
        "lab",
        f"--ServerApp.root_dir={tmp_path}",
        "--LabApp.default_url=/lab/tree/notebooks/explore.ipynb",
    ]
    assert words[-3:] == ["--no-browser", "--port", "9999"]


@pytest.mark.parametrize(("user", "allowed"), [(0, True), (1000, False)])
def test_root_is_allowed_to_root_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: int, allowed: bool
) -> None:
    monkeypatch.setattr(open_lab.os, "geteuid", lambda: user)
    assert ("--allow-root" in open_lab.command(tmp_path, [])) is allowed


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert open_lab.make_example(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
