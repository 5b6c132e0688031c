"""Totals are those of the reports, and a report that is missing never counts as success."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts.totals import Totals, corpus_totals, jest_totals, playwright_totals, pytest_totals, read


def test_totals_add_up_and_read_well() -> None:
    assert str(Totals(3) + Totals(2, 1)) == "5 passed, 1 failed"
    assert str(Totals(3, 0, 2)) == "3 passed, 0 failed, 2 skipped"


def test_pytest_errors_count_as_failed(tmp_path: Path) -> None:
    report = tmp_path / "pytest.xml"
    report.write_text(
        '<testsuites><testsuite tests="10" failures="2" errors="1" skipped="3"/></testsuites>', encoding="utf-8"
    )
    assert pytest_totals(report) == Totals(4, 3, 3)


def test_a_jest_file_that_does_not_load_counts_as_failed(tmp_path: Path) -> None:
    report = tmp_path / "jest.json"
    data = {
        "numPassedTests": 7,
        "numFailedTests": 1,
        "numRuntimeErrorTestSuites": 1,
        "numPendingTests": 1,
        "numTodoTests": 0,
    }
    report.write_text(json.dumps(data), encoding="utf-8")
    assert jest_totals(report) == Totals(7, 2, 1)


def test_a_browser_test_that_passed_on_a_second_try_counts_as_failed(tmp_path: Path) -> None:
    report = tmp_path / "results.json"
    stats = {"expected": 5, "unexpected": 1, "flaky": 1, "skipped": 0}
    report.write_text(json.dumps({"stats": stats, "errors": []}), encoding="utf-8")
    assert playwright_totals(report) == Totals(5, 2)


FIGURES = {
    "cells_exported": 20,
    "cells_refused": {"magic_inside": 2, "star_import": 1},
    "cells_broken": 1,
    "cells_not_run": 1,
    "notebooks_not_measured": 1,
    "wholes_tried": 5,
    "wholes_same": 4,
}
FINE = {**FIGURES, "cells_broken": 0, "cells_not_run": 0, "notebooks_not_measured": 0, "wholes_same": 5}


@pytest.mark.parametrize(
    ("figures", "faults", "expected"),
    [
        (FIGURES, ["cells broken: 1"], Totals(24, 4, 3)),
        (FINE, [], Totals(25, 0, 3)),
        (FINE, ["a: exported 19, expected 20", "b: tried 1, expected 2"], Totals(25, 2, 3)),
    ],
)
def test_a_cell_that_is_refused_counts_as_skipped_and_one_that_is_less_than_expected_as_failed(
    figures: dict[str, object], faults: list[str], expected: Totals, tmp_path: Path
) -> None:
    report = tmp_path / "report.json"
    report.write_text(json.dumps({"figures": figures, "faults": faults}), encoding="utf-8")
    assert corpus_totals(report) == expected


def test_a_corpus_that_did_not_come_to_its_end_counts_nothing(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text(json.dumps({"figures": FINE, "faults": None}), encoding="utf-8")
    assert read(corpus_totals, report) == Totals()


@pytest.mark.parametrize("text", [None, "", "{", "{}"])
def test_a_report_that_is_missing_or_broken_counts_nothing(tmp_path: Path, text: str | None) -> None:
    report = tmp_path / "report"
    if text is not None:
        report.write_text(text, encoding="utf-8")
    for reader in (pytest_totals, jest_totals, playwright_totals, corpus_totals):
        assert read(reader, report) == Totals()
