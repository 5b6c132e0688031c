"""``jupyter prodify status`` and ``run``."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.vcs.conftest import Person, dvc_person, own_settings, person

__all__ = ["dvc_person", "own_settings", "person"]

PIPELINE = """\
stages:
  first:
    cmd: cat raw.csv > first.txt
    deps: [raw.csv]
    params: [rate]
    outs: [first.txt]
  second:
    cmd: cat first.txt > second.txt
    deps: [first.txt]
    outs: [second.txt]
"""


@pytest.fixture
def here(dvc_person: Person, monkeypatch: pytest.MonkeyPatch) -> Person:
    for name, text in {"dvc.yaml": PIPELINE, "raw.csv": "1\n", "params.yaml": "rate: 0.1\n"}.items():
        dvc_person.write(name, text)
    monkeypatch.chdir(dvc_person.root)
    return dvc_person


def test_from_never_run_to_up_to_date(here: Person, program: Program) -> None:
    outcome = program("status")
    assert outcome.code == 4, outcome.err
    assert outcome.out.splitlines() == [
        "○ first  never run",
        "○ second  never run",
        "    `first.txt` is missing; `first` makes it",
        "    waits for `first`",
    ]
    outcome = program("run")
    assert outcome.code == 0, outcome.err
    assert outcome.out.splitlines()[-1].startswith("2 of 2 stages ran, in ")
    assert outcome.err == "", "progress is for terminals"
    outcome = program("status", "--json")
    assert outcome.code == 0
    assert [(stage["name"], stage["state"], stage["reasons"]) for stage in outcome.json["stages"]] == [
        ("first", "up_to_date", []),
        ("second", "up_to_date", []),
    ]
    here.write("params.yaml", "rate: 0.2\n")
    (here.root / "deep").mkdir(exist_ok=True)
    os.chdir(here.root / "deep")
    outcome = program("status", "--json")
    assert outcome.code == 4
    assert outcome.json["stages"][0]["reasons"] == [
        {
            "kind": "params",
            "text": "params `rate` 0.1 -> 0.2",
            "file": "params.yaml",
            "key": "rate",
            "before": "0.1",
            "after": "0.2",
            "stage": None,
        }
    ]
    outcome = program("run", "first", "--jobs", "1", "--downstream", "--json")
    assert outcome.code == 0
    assert [(one["name"], one["outcome"]) for one in outcome.json["run"]["stages"]] == [
        ("first", "ran"),
        ("second", "unchanged"),
    ]
    assert program("run", "--force", "--json").json["run"]["stages"][1]["outcome"] == "ran"


def test_a_stage_that_fails(here: Person, program: Program) -> None:
    here.write("dvc.yaml", PIPELINE.replace("cat raw.csv > first.txt", "echo No; exit 1"))
    outcome = program("run")
    assert outcome.code == 4
    assert "first  failed: No" in outcome.out
    assert program("status").out.splitlines()[0] == "✗ first  failed: No"


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (["run", "nothing"], 2, "There is no stage `nothing`"),
        (["run", "--jobs", "0"], 2, "1 or more"),
        (["run", "--downstream"], 2, "--downstream"),
        (["status", "first"], 2, "first"),
    ],
)
def test_wrong_use(here: Person, program: Program, arguments: list[str], code: int, word: str) -> None:
    outcome = program(*arguments)
    assert (outcome.code, outcome.out) == (code, "")
    assert word in outcome.err


@pytest.mark.parametrize("verb", ["run", "status"])
def test_refused(here: Person, program: Program, verb: str, tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    os.chdir(tmp_path / "plain")
    outcome = program(verb, "--json")
    assert (outcome.code, outcome.json["refusal"]["code"]) == (3, "not_a_dvc_project")


def test_a_broken_file(here: Person, program: Program) -> None:
    here.write("dvc.yaml", "stages:\n  a: [\n")
    outcome = program("status")
    assert outcome.code == 4
    assert "! dvc.yaml:" in outcome.out
    outcome = program("run", "--json")
    assert (outcome.code, outcome.json["refusal"]["code"]) == (3, "pipeline_broken")


def test_ctrl_c(here: Person, program: Program, state: Path) -> None:
    assert program("run").code == 0
    here.write(
        "dvc.yaml", PIPELINE.replace("cat raw.csv", "touch began; echo half > first.txt; sleep 600; cat raw.csv")
    )
    argv = [sys.executable, "-m", "jupyterlab_prodify", "run", "--json"]
    process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    deadline = time.monotonic() + 60
    while not (here.root / "began").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert json.loads(out)["error"]["code"] == "interrupted"
    assert (here.root / "first.txt").read_text() == "1\n"
    assert program("status", "--json").json["run"]["state"] == "stopped"
