from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jupyterlab_prodify.cli import export
from tests.cli.conftest import MakeNotebook, Program


def run(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "jupyterlab_prodify", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["export", "--help"]])
def test_help_is_good_enough_to_work_from(program: Program, arguments: list[str]) -> None:
    outcome = program(*arguments)
    assert outcome.code == 0
    for word in ("jupyter prodify export explore.ipynb --cell 7", "exit codes", "refused"):
        assert word in outcome.out


def test_every_option_is_explained(program: Program) -> None:
    out = program("export", "--help").out
    for option in ("--cell", "--lines", "--to", "--name", "--docstring", "--make-importable", "--dry-run", "--json"):
        assert out.count(option) >= 2


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["no-such-verb"],
        ["export"],
        ["export", "explore.ipynb"],
        ["export", "--cell", "1"],
        ["export", "explore.ipynb", "--cell", "1", "--surprise"],
        ["export", "explore.ipynb", "--cell", "1", "--make-importable", "perhaps"],
    ],
)
def test_wrong_use(program: Program, make_notebook: MakeNotebook, arguments: list[str]) -> None:
    make_notebook()
    outcome = program(*arguments)
    assert outcome.code == 2
    assert outcome.out == ""
    assert "--help" in outcome.err
    as_json = program(*arguments, "--json")
    assert as_json.code == 2
    assert as_json.json["error"]["code"] == "wrong_use"
    assert as_json.err == ""


def test_a_fault_of_ours(program: Program, make_notebook: MakeNotebook, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(arguments: object) -> None:
        raise ZeroDivisionError("sorry")

    monkeypatch.setattr(export, "_open", fail)
    outcome = program("export", make_notebook(), "--cell", "2", "--json")
    assert outcome.code == 1
    assert outcome.json["error"]["code"] == "our_fault"
    assert "sorry" in outcome.json["error"]["message"]
    assert "Traceback" in outcome.err


def test_the_program_as_a_program(make_notebook: MakeNotebook, folder: Path, state: Path) -> None:
    make_notebook(["a = 'ü'", "b = a + '€'", "print(b)"])
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = run("export", "explore.ipynb", "--cell", "1", "--to", "größe.py", "--json", cwd=folder, env=environment)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["plan"]["module"] == "größe.py"
    assert (folder / "größe.py").is_file()
    shown = run("export", "explore.ipynb", "--cell", "0", "--to", "größe.py", "--dry-run", cwd=folder, env=environment)
    assert shown.returncode in (0, 3), shown.stderr
    assert run("export", "explore.ipynb", "--cell", "99", cwd=folder).returncode == 2


def test_the_reader_of_the_output_may_stop_reading(make_notebook: MakeNotebook, folder: Path, state: Path) -> None:
    make_notebook(["a = 1", "\n".join(f"x{number} = a + {number}" for number in range(3000)), "print(x2999)"])
    command = f"{sys.executable} -m jupyterlab_prodify export explore.ipynb --cell 1 --to b.py --dry-run | head -n 1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.returncode == 0
