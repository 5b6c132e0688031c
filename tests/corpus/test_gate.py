"""Notebooks are measured side by side and reported in the order in which they were asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus import gate
from corpus.__main__ import choose
from corpus.manifest import entries
from corpus.results import CellResult, NotebookResult

ENTRY = entries()[0]


def test_each_notebook_is_measured_once_and_reported_in_order() -> None:
    chosen = entries()[:6]
    results = list(gate.measure_all(chosen, lambda entry: NotebookResult(entry.id, "", entry.seconds), 2))
    assert [result.id for result in gate.in_order(results, chosen)] == [entry.id for entry in chosen]


@pytest.mark.parametrize(
    ("result", "code"),
    [
        (NotebookResult(ENTRY.id, "", 0, [CellResult(1, "exported"), CellResult(2, "refused", code="c")]), 0),
        (NotebookResult(ENTRY.id, "", 0, [CellResult(1, "broken", differences=["d"])]), 1),
        (NotebookResult(ENTRY.id, "", 0, [CellResult(1, "not run")]), 1),
        (NotebookResult(ENTRY.id, "", 0, problem="WorkerDied"), 1),
    ],
)
def test_what_is_broken_or_was_not_run_fails(
    result: NotebookResult, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "measure_all", lambda *_: [result])
    report = tmp_path / "report-5.json"
    assert gate.run([ENTRY], gate.Kernel(Path("python"), "env"), 1, report) == code
    content = json.loads(report.read_text(encoding="utf-8"))
    assert content["figures"]["notebooks"] == 1
    assert bool(content["faults"]) == bool(code)
    assert (tmp_path / "failures-5.md").exists()


@pytest.mark.parametrize(("exported", "code", "word"), [(2, 0, "passed"), (1, 1, "exported 1, expected 2")])
def test_less_than_expected_fails(
    exported: int,
    code: int,
    word: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    cells = [CellResult(n, "exported" if n < exported else "refused") for n in range(2)]
    monkeypatch.setattr(gate, "measure_all", lambda *_: [NotebookResult(ENTRY.id, "", 0, cells)])
    kernel, expected = gate.Kernel(Path("python"), "env"), {ENTRY.id: {"tried": 2, "exported": 2}}
    assert gate.run([ENTRY], kernel, 1, tmp_path / "report.json", expected=expected) == code
    assert word in capsys.readouterr().out
    assert gate.run([ENTRY], kernel, 1, tmp_path / "report.json", expected=expected, only_cells=[1]) == 0


def test_the_report_of_all_is_not_overwritten_by_that_of_a_few() -> None:
    reports = {choose(size, parts)[1].name for size, parts in ((None, None), (5, None), (None, ["seaborn"]))}
    assert len(reports) == 3


def test_part_of_an_id_names_notebooks() -> None:
    chosen, _ = choose(None, ["seaborn", "jupytext"])
    assert {entry.package.split("==")[0] for entry in chosen} == {"seaborn", "jupytext"}
    assert not choose(None, ["no such notebook"])[0]
