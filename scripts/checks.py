"""Every check and every test, the fast ones first: ``python -m scripts.checks [format|lint|types|test]``.

Without a word all of lint, types and test run, also after a failure. Each phase prints one line with its time; the
last line counts tests, and a check that is no test counts as one failure when it fails.
"""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts import browser
from scripts.places import ROOT, STATE, UI_TESTS
from scripts.prepare import build_and_link
from scripts.running import Outcome, run, tail_of
from scripts.totals import Totals, corpus_totals, jest_totals, playwright_totals, pytest_totals, read


@dataclass(frozen=True)
class Phase:
    """One check. ``report`` is what it writes when it consists of tests."""

    name: str
    action: Callable[[], Outcome]
    report: Path | None = None
    reader: Callable[[Path], Totals] | None = None


@dataclass(frozen=True)
class Result:
    """How a phase ended."""

    name: str
    ok: bool
    seconds: float
    totals: Totals | None = None


def quiet(name: str, *command: str, cwd: Path = ROOT) -> Phase:
    """A check whose output is shown only when it fails."""
    return Phase(name, lambda: run(name.replace(" ", "-"), command, cwd=cwd))


def python(name: str, *words: str) -> Phase:
    """A check by a Python module of the environment."""
    return quiet(name, "python", "-m", *words)


def jest() -> Outcome:
    """The frontend's unit tests."""
    return run("jest", ["jlpm", "test", "--maxWorkers=2", "--json", f"--outputFile={JEST_REPORT}"])


def pytest() -> Outcome:
    """The Python tests, on two cores."""
    words = ["-q", "-n", "2", "--dist", "worksteal", f"--junitxml={PYTEST_REPORT}"]
    return run("pytest", ["python", "-m", "pytest", *words], shown=True, seconds=1500)


def stories() -> Outcome:
    """The browser tests, where there is a browser."""
    found = browser.chromium()
    if found is None:
        print(f"\n{browser.MISSING}")
        return Outcome(False)
    own = {"CHROMIUM": found, "PRODIFY_UI_PORT": os.environ.get("PRODIFY_UI_PORT") or str(free_port())}
    return run("browser", ["jlpm", "test"], cwd=UI_TESTS, shown=True, seconds=2400, extra=own)


def corpus() -> Outcome:
    """Exports on a few real notebooks, in the Python environment of their own that they need."""
    return run("corpus", ["python", "-m", "corpus", str(CORPUS_SAMPLE)], shown=True, seconds=1200)


def free_port() -> int:
    """A port that nobody listens on, so that a JupyterLab that is open already is no hindrance."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


PYTEST_REPORT = STATE / "pytest.xml"
JEST_REPORT = STATE / "jest.json"
CORPUS_SAMPLE = 5
CORPUS_REPORT = STATE / "corpus" / f"report-{CORPUS_SAMPLE}.json"
BROWSER_REPORT = UI_TESTS / "test-results" / "results.json"

FORMAT = [
    quiet("ruff fixes", "ruff", "check", "--fix", "--exit-zero", "."),
    quiet("ruff format", "ruff", "format", "."),
    quiet("eslint fixes", "jlpm", "eslint"),
    quiet("stylelint fixes", "jlpm", "stylelint"),
    quiet("prettier", "jlpm", "prettier"),
]
LINT = [
    quiet("ruff", "ruff", "check", "."),
    quiet("ruff format", "ruff", "format", "--check", "."),
    quiet("import-linter", "lint-imports", "--no-logo"),
    quiet("stylelint", "jlpm", "stylelint:check"),
    quiet("prettier", "jlpm", "prettier:check"),
    quiet("eslint", "jlpm", "eslint:check"),
]
TYPES = [
    python("generated types", "scripts.codegen", "--check"),
    quiet("mypy", "mypy"),
    quiet("tsc", "jlpm", "types"),
    quiet("tsc browser tests", "jlpm", "types", cwd=UI_TESTS),
]
TEST = [
    Phase("jest", jest, JEST_REPORT, jest_totals),
    Phase("build", build_and_link),
    python("bundle size", "scripts.bundle_size"),
    Phase("pytest", pytest, PYTEST_REPORT, pytest_totals),
    Phase("corpus", corpus, CORPUS_REPORT, corpus_totals),
    Phase("browser tests", stories, BROWSER_REPORT, playwright_totals),
]
GROUPS = {"format": FORMAT, "lint": LINT, "types": TYPES, "test": TEST}


def go(phase: Phase) -> Result:
    """Run one phase and print its line."""
    if phase.report is not None:
        phase.report.unlink(missing_ok=True)
    started = time.monotonic()
    outcome = phase.action()
    seconds = time.monotonic() - started
    totals = read(phase.reader, phase.report) if phase.reader and phase.report else None
    no_tests = totals is not None and totals.passed + totals.failed == 0
    result = Result(phase.name, outcome.ok and not no_tests and not (totals and totals.failed), seconds, totals)
    print(line_of(result), flush=True)
    if not result.ok:
        print(tail_of(outcome), end="", flush=True)
    return result


def line_of(result: Result) -> str:
    """One phase in one line."""
    counted = f"  {result.totals}" if result.totals else ""
    return f"{'ok    ' if result.ok else 'FAILED'} {result.name:<18}{result.seconds:>7.1f} s{counted}"


def sum_up(results: Sequence[Result]) -> Totals:
    """All tests together; a failed phase without a failed test counts as one failure."""
    total = Totals()
    for result in results:
        total += result.totals or Totals()
        if not result.ok and not (result.totals and result.totals.failed):
            total += Totals(failed=1)
    return total


def main(arguments: list[str]) -> int:
    """Run the phases of the named groups; the answer is the exit code."""
    STATE.mkdir(exist_ok=True)
    groups = arguments or ["lint", "types", "test"]
    try:
        results = [go(phase) for group in groups for phase in GROUPS[group]]
    except KeyboardInterrupt:
        return 130
    total = sum_up(results)
    if len(results) > 1:
        print(f"\n{sum(result.seconds for result in results):.0f} s in all")
        for result in results:
            print(line_of(result))
    print(total)
    return int(total.failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
