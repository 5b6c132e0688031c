"""``jupyter prodify new``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jupyterlab_prodify.cli import main


@pytest.fixture(autouse=True)
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Ada")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "ada@example.org")


def test_a_dry_run_and_the_real_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["new", str(tmp_path / "world"), "--stages", "eda,modelling", "--no-install", "--json"]
    assert main([*arguments, "--dry-run"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert not (tmp_path / "world").exists()
    assert main(arguments) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["files"] == plan["files"]
    assert [stage["name"] for stage in made["stages"]] == ["eda", "modelling"]
    assert made["installed"] is None


@pytest.mark.parametrize("stages", ["my stage", "eda,eda", "class"])
def test_bad_stages_are_wrong_use(tmp_path: Path, stages: str) -> None:
    assert main(["new", str(tmp_path / "world"), "--stages", stages]) == 2
    assert not (tmp_path / "world").exists()


def test_inside_of_a_repository_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(tmp_path / "world"), "--no-install"]) == 0
    capsys.readouterr()
    assert main(["new", str(tmp_path / "world/inner"), "--no-install", "--json"]) == 3
    assert "world" in json.loads(capsys.readouterr().out)["refusal"]["message"]
