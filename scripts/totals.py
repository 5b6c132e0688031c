"""How many tests passed and failed, read from the reports that pytest, jest, Playwright and the corpus write."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Totals:
    """Numbers of tests; errors count as failed, and expected failures as skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Totals) -> Totals:
        return Totals(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        rest = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{rest}"


def pytest_totals(report: Path) -> Totals:
    """From a JUnit XML file."""
    suites = list(ET.parse(report).getroot().iter("testsuite"))
    every, failures, errors, skipped = (
        sum(int(suite.get(name, "0")) for suite in suites) for name in ("tests", "failures", "errors", "skipped")
    )
    return Totals(every - failures - errors - skipped, failures + errors, skipped)


def jest_totals(report: Path) -> Totals:
    """From jest's JSON; a file that does not even load counts as one failure."""
    data = json.loads(report.read_text(encoding="utf-8"))
    failed = data["numFailedTests"] + data["numRuntimeErrorTestSuites"]
    return Totals(data["numPassedTests"], failed, data["numPendingTests"] + data["numTodoTests"])


def playwright_totals(report: Path) -> Totals:
    """From Playwright's JSON; a test that passed only on a second try counts as failed."""
    data = json.loads(report.read_text(encoding="utf-8"))
    stats = data["stats"]
    failed = stats["unexpected"] + stats["flaky"] + len(data.get("errors", []))
    return Totals(stats["expected"], failed, stats["skipped"])


def corpus_totals(report: Path) -> Totals:
    """From the JSON of the corpus: exported cells and whole notebooks are tests, refused cells count as skipped. Each
    cell and each whole that is broken or was not run fails, and so does what is less than expected; a report that
    does not know its faults was not finished."""
    content = json.loads(report.read_text(encoding="utf-8"))
    figures, faults = content["figures"], content["faults"]
    if faults is None:
        raise ValueError(f"{report} is not whole")
    failed = figures["cells_broken"] + figures["cells_not_run"] + figures["notebooks_not_measured"]
    failed += figures["wholes_tried"] - figures["wholes_same"]
    passed = figures["cells_exported"] + figures["wholes_same"]
    return Totals(passed, max(failed, len(faults)), sum(figures["cells_refused"].values()))


def read(reader: Callable[[Path], Totals], report: Path) -> Totals:
    """The totals of a report; none when it was not written or is not whole."""
    try:
        return reader(report)
    except (OSError, ValueError, KeyError, ET.ParseError):
        return Totals()
