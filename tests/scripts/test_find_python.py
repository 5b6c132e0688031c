"""The Python that a clone is set up with is recent enough, or the message says what to do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from scripts.places import ROOT


def find(path: Path, python: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(ROOT / "scripts" / "find_python.sh")],
        env={"PATH": str(path), "PYTHON": python},
        capture_output=True,
        text=True,
        check=False,
    )


def pretend(path: Path, name: str, exits: int) -> None:
    command = path / name
    command.write_text(f"#!/bin/sh\nexit {exits}\n", encoding="utf-8")
    command.chmod(0o755)


def test_an_old_python3_is_passed_over(tmp_path: Path) -> None:
    pretend(tmp_path, "python3", 1)
    pretend(tmp_path, "python3.12", 0)
    assert find(tmp_path).stdout == "python3.12\n"


def test_the_named_one_is_the_only_one(tmp_path: Path) -> None:
    pretend(tmp_path, "python3", 0)
    pretend(tmp_path, "mine", 1)
    assert find(tmp_path, "mine").returncode == 1
    assert find(tmp_path, sys.executable).stdout == f"{sys.executable}\n"


def test_none_at_all_says_how_to_get_one(tmp_path: Path) -> None:
    (tmp_path / "cat").symlink_to("/bin/cat")
    answer = find(tmp_path)
    assert answer.returncode == 1
    assert "3.10" in answer.stderr
    assert "python3-venv" in answer.stderr
