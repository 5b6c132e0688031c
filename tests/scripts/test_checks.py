"""The exit code and the last line of the checks agree with what happened."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import checks
from scripts.checks import Phase
from scripts.running import Outcome
from scripts.totals import Totals


def phase(name: str, ok: bool, totals: Totals | None = None) -> Phase:
    if totals is None:
        return Phase(name, lambda: Outcome(ok))
    return Phase(name, lambda: Outcome(ok), Path("/nowhere/report"), lambda _: totals)


@pytest.mark.parametrize(
    ("phases", "expected"),
    [
        pytest.param([phase("a", True), phase("b", True, Totals(3))], (0, "3 passed, 0 failed"), id="all well"),
        pytest.param([phase("a", False), phase("b", True, Totals(3))], (1, "3 passed, 1 failed"), id="a check fails"),
        pytest.param([phase("b", False, Totals(3, 2))], (1, "3 passed, 2 failed"), id="tests fail"),
        pytest.param([phase("b", True, Totals(3, 2))], (1, "3 passed, 2 failed"), id="the report knows better"),
        pytest.param([phase("b", False, Totals(3))], (1, "3 passed, 1 failed"), id="a runner breaks after its tests"),
        pytest.param([phase("b", True, Totals())], (1, "0 passed, 1 failed"), id="no test ran at all"),
        pytest.param([phase("b", True, Totals(2, 0, 1))], (0, "2 passed, 0 failed, 1 skipped"), id="skipped"),
    ],
)
def test_exit_code_and_last_line(
    phases: list[Phase],
    expected: tuple[int, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(checks, "GROUPS", {"test": phases})
    code = checks.main(["test"])
    assert (code, capsys.readouterr().out.strip().splitlines()[-1]) == expected


def test_the_fast_checks_come_first() -> None:
    names = [phase.name for group in ("lint", "types", "test") for phase in checks.GROUPS[group]]
    assert names[0] == "ruff"
    assert names[-3:] == ["pytest", "corpus", "browser tests"]
