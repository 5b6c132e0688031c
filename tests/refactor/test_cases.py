"""Every file of ``tests/cases/export`` holds: what it expects is planned, and running the result proves it."""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyterlab_prodify.api.export import Plan
from tests.proof.case_file import Case, read_case
from tests.proof.prove import Export, as_cells, prove_each, worker_for

CASES = sorted(Path(__file__).parents[1].joinpath("cases", "export").glob("*.py"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = read_case(path)
    export = Export(tuple(case.export), case.lines)
    proof = prove_each(case.cells, [export], worker_for(case.cells), exact=True, weaken=case.minimal)[0]
    if case.refused or (case.may_be_refused and proof.refusal):
        assert proof.refusal, f"not refused, but planned:\n{proof.describe()}"
        assert case.refused in (None, "any", proof.refusal.code)
        assert proof.refusal.code != "self_check"
        assert proof.refusal.message
        assert proof.refusal.remedy
        return
    assert not proof.refusal, str(proof)
    assert proof.plan
    assert_expected(case, proof.plan)
    if case.may_be_refused and proof.same is None:
        return  # the original itself fails there
    assert proof.same, f"{proof}\n{proof.describe()}"
    unneeded = [weakening.name for weakening in proof.weakenings if weakening.same]
    assert not unneeded, f"not needed: {unneeded}\n{proof.describe()}"


def assert_expected(case: Case, plan: Plan) -> None:
    """What the case says of the plan, and nothing that it leaves open."""
    function = plan.function
    if case.params is not None:
        assert [param.name for param in function.params] == case.params, function.source
    if case.returns is not None:
        assert function.returns == case.returns, function.source
    if case.moved is not None:
        assert plan.moved == case.moved
    if case.display is not None:
        assert (function.display or "none") == case.display, function.source
    if case.is_async is not None:
        assert function.is_async == case.is_async
    codes = [warning.code for warning in plan.warnings]
    for code in case.warnings:
        if code == "none":
            assert not codes
        else:
            assert codes if code == "any" else code in codes, codes


def test_cases_are_found() -> None:
    assert len(CASES) >= 150


def test_a_wrong_export_is_noticed() -> None:
    """The proof itself: a function that forgets what it should return is not the same."""
    cells = as_cells(["xs = [1, 2]", "s = sum(xs)\nm = max(xs)", "print(s, m)"])
    proof = prove_each(cells, [Export((1,))], worker_for(cells), exact=True, weaken=True)[0]
    assert proof.same
    assert {weakening.name: weakening.same for weakening in proof.weakenings} == {"xs": False, "s": False, "m": False}
