"""Broken files: told with file and line, and all else keeps working."""

from __future__ import annotations

import pytest

from jupyterlab_prodify.jobs.errors import JobFailedError
from tests.pipeline.conftest import PIPELINE, Pipeline

OTHER = "stages:\n  table:\n    cmd: cp ../raw.csv table.csv\n    deps: [../raw.csv]\n    outs: [table.csv]\n"
TWICE = PIPELINE.replace("    - right.txt", "    - left.txt")
CIRCLE = PIPELINE.replace("deps: [raw.csv, prepare.py]", "deps: [raw.csv, report.txt]")
CONFLICT = PIPELINE.replace(
    "    outs: [left.txt]\n", "<<<<<<< HEAD\n    outs: [left.txt]\n=======\n    outs: [l.txt]\n>>>>>>> b\n"
)

PROBLEMS = [
    ("no YAML", PIPELINE.replace("cmd: cat raw.csv", "cmd: cat: raw.csv"), 3, "This is no YAML: mapping values are not allowed"),
    ("a circle", CIRCLE, 2, "The stages form a circle: prepare, "),
    ("an output claimed twice", TWICE, 16, "`left.txt` is the output of several stages: left, right."),
    ("a merge conflict", CONFLICT, 11, "There are markers of an unresolved merge conflict."),
    ("a template without value", PIPELINE.replace("cat raw.csv", "cat ${nowhere.at.all}"), 3, "nowhere.at.all"),
    ("a field that is not known", PIPELINE.replace("    outs: [left.txt]", "    uots: [left.txt]"), 11, "extra keys not allowed"),
    ("vars of a missing file", "vars: [nowhere.yaml]\n" + PIPELINE, None, "nowhere.yaml"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "message"), [case[1:] for case in PROBLEMS], ids=[case[0] for case in PROBLEMS]
)
def test_problem(ran: Pipeline, text: str, line: int | None, message: str) -> None:
    ran.person.write("reports/dvc.yaml", OTHER)
    assert len(ran.status().stages) == 5
    ran.write(text)
    status = ran.status()
    assert len(status.problems) == 1, status.problems
    problem = status.problems[0]
    assert (problem.file, problem.line) == ("dvc.yaml", line), problem
    assert message in problem.message
    states = {stage.name: stage.state for stage in status.stages}
    assert len(states) == 5, "the stages of before stay"
    assert states["reports/dvc.yaml:table"] == "never_run"
    with pytest.raises(JobFailedError) as found:
        ran.run()
    assert found.value.code == "pipeline_broken"
    ran.write()
    status = ran.status()
    assert status.problems == []
    assert {stage.state for stage in status.stages if stage.file == "dvc.yaml"} == {"up_to_date"}


def test_what_is_not_broken_runs(ran: Pipeline) -> None:
    ran.person.write("reports/dvc.yaml", OTHER)
    ran.write(PROBLEMS[0][1])
    assert ran.outcomes("reports/dvc.yaml:table") == {"reports/dvc.yaml:table": "ran"}


def test_a_broken_lock(ran: Pipeline) -> None:
    ran.person.write("dvc.lock", ran.lock().replace("  left:", "<<<<<<< HEAD\n  left:\n=======\n>>>>>>> other\n", 1))
    status = ran.status()
    assert [(one.file, one.line is not None) for one in status.problems] == [("dvc.lock", True)]
    assert len(status.stages) == 4


def test_a_stage_that_is_gone_is_gone(ran: Pipeline) -> None:
    ran.write(PIPELINE.split("  report:")[0])
    assert sorted(ran.states()) == ["left", "prepare", "right"]
    (ran.root / "dvc.yaml").unlink()
    assert ran.status().stages == []


def test_git_checkout(ran: Pipeline) -> None:
    person = ran.person
    person.git("add", "-A")
    person.git("commit", "-qm", "ran")
    person.git("checkout", "-qb", "other")
    ran.write(PIPELINE.replace("cat left.txt right.txt", "cat left.txt"), **{"prepare.py": "# other\n"})
    person.git("commit", "-qam", "other")
    assert ran.run().ok
    person.git("add", "-A")
    person.git("commit", "-qm", "ran there")
    assert set(ran.states().values()) == {"up_to_date"}
    person.git("checkout", "-q", "main")
    assert ran.stage("report").reasons[0].kind in ("outs", "upstream")
    ran.dvc("checkout", "-q")
    assert set(ran.states().values()) == {"up_to_date"}
