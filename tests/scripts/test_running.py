"""A command that is run ends with its children and says how it ended."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from scripts import running


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "STATE", tmp_path / ".make")
    monkeypatch.setattr(running, "ROOT", tmp_path)


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_success_is_quiet(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    outcome = running.run("greet", python("print('hello')"), cwd=tmp_path)
    assert outcome.ok
    assert outcome.log is not None
    assert outcome.log.read_text(encoding="utf-8") == "hello\n"
    assert capfd.readouterr().out == ""


def test_a_failure_shows_the_end_of_its_output(tmp_path: Path) -> None:
    code = "import sys\nfor n in range(100): print('line', n)\nsys.exit('no disk')"
    outcome = running.run("fail", python(code), cwd=tmp_path)
    tail = running.tail_of(outcome)
    assert not outcome.ok
    assert "line 99\n" in tail
    assert "no disk" in tail
    assert "line 1\n" not in tail
    assert "exit code 1" in tail


def test_the_environment_can_be_extended(tmp_path: Path) -> None:
    code = "import os, sys; sys.exit(os.environ['COLOUR'] != 'green')"
    assert running.run("env", python(code), cwd=tmp_path, extra={"COLOUR": "green"}).ok


def test_a_missing_command_is_a_failure_with_its_name(tmp_path: Path) -> None:
    outcome = running.run("missing", ["no-such-command-here"], cwd=tmp_path)
    assert not outcome.ok
    assert "no-such-command-here" in running.tail_of(outcome)


def test_a_command_that_hangs_is_ended_with_its_children(tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    child = f"import time\nwhile True:\n    open({str(alive)!r}, 'w').close()\n    time.sleep(0.05)"
    code = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {child!r}])"
    outcome = running.run("hang", python(code), cwd=tmp_path, seconds=1.5)
    assert not outcome.ok
    assert "ended after" in outcome.reason
    assert alive.exists()
    alive.unlink()
    time.sleep(0.5)
    assert not alive.exists()
