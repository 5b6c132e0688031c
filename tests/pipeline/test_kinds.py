"""Stages of any kind: shown right, and after our run everything is as after ``dvc repro``, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pipeline.conftest import PIPELINE, Pipeline

FOREACH = """\
stages:
  train:
    foreach:
      small: {rows: 1}
      large: {rows: 2}
    do:
      cmd: head -n ${item.rows} raw.csv > model-${key}.txt
      deps: [raw.csv]
      outs: ["model-${key}.txt"]
  best:
    cmd: cat model-small.txt model-large.txt > best.txt
    deps: [model-small.txt, model-large.txt]
    outs: [best.txt]
"""
MATRIX = """\
vars:
- settings.json
- names: [a, b]
stages:
  score:
    matrix:
      name: ${names}
      depth: [1, 2]
    cmd: echo ${item.name} ${item.depth} ${depth} > s-${item.name}-${item.depth}.txt
    params: [window]
    outs:
    - s-${item.name}-${item.depth}.txt
"""
SHELL = """\
stages:
  r:
    cmd: |
      echo "x <- 1" > r.txt
      test -n "$DVC_ROOT" && echo $DVC_STAGE >> r.txt
    outs: [r.txt]
  listed:
    cmd:
    - mkdir -p out/deep
    - cp r.txt out/deep/a.txt
    - touch out/empty
    deps: [r.txt]
    outs: [out]
  inside:
    cmd: cat out/deep/a.txt > inside.txt
    deps: [out/deep/a.txt]
    outs: [inside.txt]
  kept:
    cmd: echo more >> kept.txt
    deps: [raw.csv]
    outs:
    - kept.txt:
        persist: true
  uncached:
    cmd: cp raw.csv uncached.csv
    deps: [raw.csv]
    outs:
    - uncached.csv:
        cache: false
  nothing:
    cmd: echo hello
  always:
    cmd: cp raw.csv always.csv
    deps: [raw.csv]
    outs: [always.csv]
    always_changed: true
  frozen:
    cmd: "false"
    deps: [raw.csv]
    outs: [frozen.txt]
    frozen: true
"""
WDIR = """\
stages:
  low:
    wdir: sub
    cmd: cp ../raw.csv low.csv && echo '{"a":1}' > m.json
    deps: [../raw.csv]
    params:
    - ../params.yaml:
      - window
    outs: [low.csv]
    metrics: [m.json]
"""
OTHER = """\
stages:
  table:
    cmd: cat ../sub/low.csv > table.csv; echo '[{"a":1}]' > p.json
    deps: [../sub/low.csv]
    outs: [table.csv]
    plots:
    - p.json
"""
CASES = {
    "branches": PIPELINE,
    "foreach": FOREACH,
    "matrix and vars": MATRIX,
    "shell": SHELL,
    "wdir and several files": WDIR,
}


@pytest.mark.parametrize("name", CASES)
def test_as_dvc_repro(empty: Pipeline, tmp_path: Path, name: str) -> None:
    empty.write()
    empty.write(CASES[name])
    empty.person.write("frozen.txt", "by hand")
    empty.person.write("sub/.keep", "")
    if name.startswith("wdir"):
        empty.person.write("reports/dvc.yaml", OTHER)
    empty.dvc("add", "raw.csv", "-q")
    other = empty.copy(tmp_path / "other")
    result = empty.run(jobs=4)
    assert result.ok, result
    other.dvc("repro", "--all-pipelines")
    locks = sorted(str(path.relative_to(other.root)) for path in other.root.rglob("dvc.lock"))
    assert locks
    for lock in locks:
        assert empty.lock(lock) == other.lock(lock)
    for path in other.root.rglob("*"):
        inside = path.relative_to(other.root)
        if path.is_file() and not {"tmp", ".git"} & {*inside.parts}:
            if path.name == ".gitignore":  # in the order in which stages end
                assert sorted((empty.root / inside).read_text().split()) == sorted(path.read_text().split())
            elif "runs" not in inside.parts:
                assert (empty.root / inside).read_bytes() == path.read_bytes(), inside
            else:
                assert (empty.root / inside).is_file(), inside
    assert empty.dvc("status") == other.dvc("status")


def test_foreach(empty: Pipeline) -> None:
    empty.write()
    empty.write(FOREACH)
    assert empty.outcomes("train") == {"train@small": "ran", "train@large": "ran"}
    assert empty.states() == {"train@small": "up_to_date", "train@large": "up_to_date", "best": "never_run"}
    assert empty.stage("train@large").cmd == ["head -n 2 raw.csv > model-large.txt"]
    assert empty.stage("train@large").line == 2
    empty.write(FOREACH.replace("rows: 2", "rows: 3"))
    assert empty.states() == {"train@small": "up_to_date", "train@large": "stale", "best": "never_run"}


def test_shell(empty: Pipeline) -> None:
    empty.write()
    empty.write(SHELL)
    empty.person.write("frozen.txt", "by hand")
    assert empty.run().ok
    stages = {stage.name: stage for stage in empty.status().stages}
    assert {name for name, stage in stages.items() if stage.state != "up_to_date"} == {"always", "nothing"}
    assert stages["nothing"].reasons[0].kind == stages["always"].reasons[0].kind == "always_changed"
    assert (stages["frozen"].frozen, stages["always"].always_changed) == (True, True)
    assert (empty.root / "r.txt").read_text() == "x <- 1\nr\n"
    assert empty.outcomes() == {
        **dict.fromkeys(("r", "listed", "inside", "kept", "uncached", "frozen"), "unchanged"),
        "nothing": "ran",
        "always": "ran",
    }
    assert (empty.root / "kept.txt").read_text() == "more\n"
    empty.person.write("raw.csv", "5\n")
    assert empty.outcomes("kept") == {"kept": "ran"}
    assert (empty.root / "kept.txt").read_text() == "more\nmore\n"


def test_several_files(empty: Pipeline) -> None:
    empty.write()
    empty.write(WDIR)
    empty.person.write("sub/.keep", "")
    empty.person.write("reports/dvc.yaml", OTHER)
    stage = empty.stage("reports/dvc.yaml:table")
    assert (stage.file, stage.wdir, stage.outs) == ("reports/dvc.yaml", "reports", ["reports/table.csv"])
    assert empty.stage("low").params[0].file == "params.yaml"
    assert [(edge.before, edge.after) for edge in empty.status().edges] == [("low", "reports/dvc.yaml:table")]
    assert empty.outcomes("reports/dvc.yaml") == {"low": "ran", "reports/dvc.yaml:table": "ran"}
    assert empty.is_clean()
    assert set(empty.states().values()) == {"up_to_date"}
