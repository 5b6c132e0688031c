"""Each way to become stale, and what is said about it."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from tests.pipeline.conftest import PIPELINE, Pipeline


def edit(old: str, new: str, name: str = "dvc.yaml") -> Callable[[Pipeline], None]:
    def act(ran: Pipeline) -> None:
        text = (ran.root / name).read_text()
        assert old in text
        ran.person.write(name, text.replace(old, new))

    return act


def remove(name: str) -> Callable[[Pipeline], None]:
    return lambda ran: (ran.root / name).unlink()


def write(name: str, text: str) -> Callable[[Pipeline], None]:
    return lambda ran: [ran.person.write(name, text)].clear()


def lose_cache(ran: Pipeline) -> None:
    shutil.rmtree(ran.root / ".dvc/cache/files")


def freeze(name: str) -> Callable[[Pipeline], None]:
    def act(ran: Pipeline) -> None:
        edit(f"  {name}:\n", f"  {name}:\n    frozen: true\n")(ran)
        ran.person.write("raw.csv", "3\n")

    return act


def rename(ran: Pipeline) -> None:
    edit("  left:", "  west:")(ran)


REASONS = [
    ("a file", write("prepare.py", "# new\n"), "prepare", "stale", [("deps", "`prepare.py` changed")]),
    ("data", write("raw.csv", "3\n"), "prepare", "stale", [("deps", "`raw.csv` changed")]),
    ("a parameter", edit("rate: 0.1", "rate: 0.2", "params.yaml"), "left", "stale", [("params", "params `model.rate` 0.1 -> 0.2")]),
    ("of another file", write("settings.json", '{"depth": "x"}'), "left", "stale", [("params", "params `settings.json:depth` 3 -> x")]),
    ("one that is gone", edit("window: 12\n", "", "params.yaml"), "prepare", "stale", [("params", "params `window` is gone; it was 12")]),
    ("one that is new", edit("[window]", "[window, model.rate]"), "prepare", "stale", [("params", "params `model.rate` is new: 0.1")]),
    ("the file of them", remove("settings.json"), "left", "stale", [("missing", "`settings.json` is missing")]),
    ("the command", edit("cmd: cat raw.csv >", "cmd: sort raw.csv >"), "prepare", "stale", [("cmd", "the command changed: `cat raw.csv > prepared.csv` -> `sort raw.csv > prepared.csv`")]),
    ("a missing file", remove("raw.csv"), "prepare", "stale", [("missing", "`raw.csv` is missing")]),
    ("one more to read", edit("[raw.csv, prepare.py]", "[raw.csv, prepare.py, a.py]"), "prepare", "stale", [("deps", "`a.py` was added to what it reads")]),
    ("one more to write", edit("    - right.txt", "    - right.txt\n    - b.py"), "right", "stale", [("outs", "output `b.py` was added to what it writes")]),
    ("an output that was edited", write("right.txt", "mine"), "right", "stale", [("outs", "output `right.txt` is not as the stage wrote it")]),
    ("an output that is gone", remove("right.txt"), "right", "stale", [("outs", "output `right.txt` is missing")]),
    ("a metric that was edited", write("metrics.json", "{}"), "report", "stale", [("outs", "output `metrics.json` is not as the stage wrote it")]),
    ("the cache is gone", lose_cache, "prepare", "stale", [("outs", "output `prepared.csv` is not in the cache")]),
    ("what is before it", write("raw.csv", "3\n"), "left", "stale", [("upstream", "waits for `prepare`")]),
    ("what is before that", write("raw.csv", "3\n"), "report", "stale", [("upstream", "waits for `left`"), ("upstream", "waits for `right`")]),
    ("what is missing and made", remove("prepared.csv"), "left", "stale", [("missing", "`prepared.csv` is missing; `prepare` makes it"), ("upstream", "waits for `prepare`")]),
    ("another name", rename, "west", "never_run", [("never_run", "never run")]),
    ("always", edit("  right:\n", "  right:\n    always_changed: true\n"), "right", "stale", [("always_changed", "runs every time")]),
    ("always, before it", edit("  right:\n", "  right:\n    always_changed: true\n"), "report", "up_to_date", []),
    ("frozen: what it reads", freeze("prepare"), "prepare", "up_to_date", []),
    ("frozen: what is before", freeze("left"), "left", "up_to_date", []),
    ("a file written as it was", write("raw.csv", "1\n2\n"), "prepare", "up_to_date", []),
    ("a parameter of others", edit("rate: 0.1", "rate: 0.1\n  other: 1", "params.yaml"), "left", "up_to_date", []),
    ("a comment", edit("stages:", "# all\nstages:"), "prepare", "up_to_date", []),
    ("a file of nobody", write("new.csv", ""), "report", "up_to_date", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "name", "state", "reasons"), [case[1:] for case in REASONS], ids=[case[0] for case in REASONS]
)
def test_reason(
    ran: Pipeline, change: Callable[[Pipeline], None], name: str, state: str, reasons: list[tuple[str, str]]
) -> None:
    assert set(ran.states().values()) == {"up_to_date"}
    change(ran)
    stage = ran.stage(name)
    assert (stage.state, [(reason.kind, reason.text) for reason in stage.reasons]) == (state, reasons)


def test_before_and_after(ran: Pipeline) -> None:
    edit("rate: 0.1", "rate: 0.2", "params.yaml")(ran)
    reason = ran.stage("left").reasons[0]
    assert (reason.file, reason.key, reason.before, reason.after) == ("params.yaml", "model.rate", "0.1", "0.2")


def test_never_run(pipeline: Pipeline) -> None:
    assert set(pipeline.states().values()) == {"never_run"}
    assert pipeline.reasons("prepare") == ["never run"]
    assert pipeline.reasons("left") == [
        "never run",
        "`prepared.csv` is missing; `prepare` makes it",
        "waits for `prepare`",
    ]


def test_says_what_dvc_says(ran: Pipeline) -> None:
    """Whatever is changed, the same stages are stale by themselves as ``dvc status`` lists."""
    for change in (write("prepare.py", "# x\n"), edit("0.1", "0.3", "params.yaml"), remove("right.txt")):
        change(ran)
        ours = {
            stage.name for stage in ran.status().stages if any(reason.kind != "upstream" for reason in stage.reasons)
        }
        theirs = {line[:-1] for line in ran.dvc("status").splitlines() if line.endswith(":") and line[0] not in " \t"}
        assert ours == theirs


def test_what_a_stage_is(ran: Pipeline) -> None:
    ran.write(
        PIPELINE
        + "    desc: Both together\n    meta:\n      prodify:\n        notebook: nb/r.ipynb\n        module: r.py\n"
    )
    status = ran.status()
    stage = next(stage for stage in status.stages if stage.name == "report")
    assert (stage.file, stage.line, stage.wdir) == ("dvc.yaml", 17, ".")
    assert (stage.outs, stage.metrics, stage.plots) == (["report.txt"], ["metrics.json"], ["plot.json"])
    assert (stage.notebook, stage.module, stage.description) == ("nb/r.ipynb", "r.py", "Both together")
    assert [(edge.before, edge.after, edge.paths) for edge in status.edges] == [
        ("prepare", "left", ["prepared.csv"]),
        ("prepare", "right", ["prepared.csv"]),
        ("left", "report", ["left.txt"]),
        ("right", "report", ["right.txt"]),
    ]
    assert [one.name for one in status.stages] == ["prepare", "left", "right", "report"]
    assert status.without_notebook == ["prepare", "left", "right"]


def test_notebooks_without_a_stage(ran: Pipeline) -> None:
    for name in ("nb/r.ipynb", "other.ipynb", ".ipynb_checkpoints/other-checkpoint.ipynb"):
        ran.person.write(name, "{}")
    ran.write(PIPELINE + "    meta:\n      prodify:\n        notebook: nb/r.ipynb\n")
    assert ran.status().notebooks == ["other.ipynb"]
