"""Runs: several at once, the run cache, failures, and what changes meanwhile."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from jupyterlab_prodify.jobs.errors import JobFailedError
from tests.pipeline.conftest import FILES, PIPELINE, Pipeline

BRANCHES = "stages:\n" + "".join(
    f"""\
  {branch}{place}:
    cmd: sleep 0.3; echo {branch}{place} > {branch}{place}.txt
    deps: [{"raw.csv" if place == 0 else f"{branch}{place - 1}.txt"}]
    outs: [{branch}{place}.txt]
"""
    for place in range(3)
    for branch in "cab"
)


def test_branches_in_parallel_give_the_lock_of_dvc_repro(empty: Pipeline, tmp_path: Path) -> None:
    empty.write(BRANCHES, **{"raw.csv": "1\n"})
    other = empty.copy(tmp_path / "other")
    result = empty.run(jobs=3)
    assert result.ok
    other.dvc("repro", "-q")
    assert empty.lock() == other.lock()
    assert empty.is_clean()
    assert set(empty.outcomes().values()) == {"unchanged"}


def test_the_run_cache(ran: Pipeline) -> None:
    before = ran.lock()
    ran.person.write("raw.csv", "9\n")
    assert ran.outcomes() == dict.fromkeys(("prepare", "left", "right", "report"), "ran")
    ran.person.write("raw.csv", FILES["raw.csv"])
    assert ran.outcomes() == {"prepare": "restored", "left": "restored", "right": "restored", "report": "restored"}
    assert ran.lock() == before
    assert ran.is_clean()


def test_only_what_is_named_and_what_it_needs(pipeline: Pipeline) -> None:
    assert pipeline.outcomes("left") == {"prepare": "ran", "left": "ran"}
    assert pipeline.outcomes("left", downstream=True) == {
        "prepare": "unchanged",
        "left": "unchanged",
        "right": "ran",
        "report": "ran",
    }
    assert pipeline.outcomes("left", force=True) == {"prepare": "ran", "left": "ran"}


def test_no_such_stage(pipeline: Pipeline) -> None:
    with pytest.raises(JobFailedError, match="There is no stage `other`") as found:
        pipeline.run("other")
    assert found.value.code == "no_such_stage"


def test_a_failure_holds_up_only_what_needs_it(pipeline: Pipeline) -> None:
    pipeline.write(PIPELINE.replace("cat prepared.csv > left.txt", "cat prepared.csv > left.txt; echo Oh; exit 3"))
    result = pipeline.run()
    assert not result.ok
    assert {one.name: (one.outcome, one.error) for one in result.stages} == {
        "prepare": ("ran", None),
        "left": ("failed", "Oh"),
        "right": ("ran", None),
        "report": ("blocked", None),
    }
    status = pipeline.status()
    assert {stage.name: stage.state for stage in status.stages} == {
        "prepare": "up_to_date",
        "left": "failed",
        "right": "up_to_date",
        "report": "blocked",
    }
    assert status.stages[-1].blocked_by == ["left"]
    assert status.run is not None
    assert (status.run.state, status.run.done, status.run.total) == ("failed", 4, 4)
    pipeline.person.write("params.yaml", "window: 12\nmodel:\n  rate: 0.7\n")
    assert pipeline.states()["left"] == "never_run", "what it reads has changed since"


def test_the_error_of_a_traceback_with_its_place(pipeline: Pipeline) -> None:
    pipeline.person.write("step.py", "def work():\n    return {}['co2']\n\nwork()\n")
    pipeline.write(PIPELINE.replace("cat raw.csv > prepared.csv", "python step.py"))
    pipeline.run()
    assert pipeline.stage("prepare").error == "KeyError: 'co2' (step.py:2)"


def test_outputs_that_are_not_made(pipeline: Pipeline) -> None:
    pipeline.write(PIPELINE.replace("cat prepared.csv > right.txt", "echo"))
    result = {one.name: one for one in pipeline.run().stages}
    assert result["right"].outcome == "failed"
    assert "right.txt" in (result["right"].error or "")


def test_a_failure_brings_back_what_it_has_not_written(ran: Pipeline) -> None:
    """Also what no cache holds."""
    ran.person.write("report.txt", "edited by hand")
    ran.write(PIPELINE.replace("cat left.txt right.txt > report.txt", "echo half > plot.json; false"))
    assert not ran.run("report").ok
    assert (ran.root / "report.txt").read_text() == "edited by hand"
    assert (ran.root / "metrics.json").read_text() == '{"rows": 2}\n'
    assert (ran.root / "plot.json").read_text() == "half\n"
    assert not (ran.root / ".dvc/tmp/prodify/kept").exists() or not os.listdir(ran.root / ".dvc/tmp/prodify/kept")


def test_a_file_that_changes_while_its_stage_runs(ran: Pipeline) -> None:
    """The result is that of the old content, so the stage is stale again, and the run cache does not hold it."""
    ran.write(PIPELINE.replace("cat raw.csv >", "grep -q ran prepare.py || echo '# ran' > prepare.py; cat raw.csv >"))
    result = ran.run("prepare").stages[0]
    assert (result.outcome, result.changed) == ("ran", ["prepare.py"])
    assert ran.reasons("prepare") == ["`prepare.py` changed"]
    assert ran.outcomes("prepare") == {"prepare": "ran"}
    assert ran.states()["prepare"] == "up_to_date"
    assert ran.is_clean()


def test_the_pipeline_changes_while_a_stage_runs(ran: Pipeline) -> None:
    ran.person.write("next.yaml", PIPELINE.replace("cat prepared.csv > left.txt", "sort prepared.csv > left.txt"))
    ran.write(PIPELINE.replace("cat prepared.csv > left.txt", "cat prepared.csv > left.txt; cp next.yaml dvc.yaml"))
    assert ran.outcomes("left")["left"] == "ran"
    assert ran.stage("left").state == "stale"
    assert ran.stage("left").reasons[0].kind == "cmd"


def test_logs_durations_and_last_lines(pipeline: Pipeline) -> None:
    pipeline.write(PIPELINE.replace("cat raw.csv >", "printf '10%%\\r20%%\\r'; echo done; sleep 0.2; cat raw.csv >"))
    pipeline.run("prepare")
    stage = pipeline.stage("prepare")
    assert stage.log_line == "done"
    assert stage.duration is not None
    assert 0.2 <= stage.duration < 30
    assert stage.started is not None
    assert abs(time.time() - stage.started) < 60
    pipeline.run("prepare")
    assert pipeline.stage("prepare").duration == stage.duration, "it did not run again"
