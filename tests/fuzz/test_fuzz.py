"""Short runs of what ``make fuzz`` does at length."""

from __future__ import annotations

from random import Random

import pytest

from tests.fuzz import __main__ as command
from tests.fuzz.campaign import campaign
from tests.fuzz.example import Example, write_examples
from tests.fuzz.judge import judge
from tests.fuzz.library import library_files, try_files
from tests.fuzz.shrink import shrink

#: Python's tests hold some files that are very long; they are for ``make fuzz``.
LARGEST = 60_000


def test_random_notebooks() -> None:
    """150 examples, the same each time; another choice than that of ``make fuzz``."""
    tally = campaign("short", 150, 1)
    assert tally.count >= 150
    assert not tally.broken, tally.broken[0]
    assert tally.refusal_rate < 0.2


@pytest.mark.slow
def test_more_random_notebooks() -> None:
    tally = campaign("longer", 500, 1)
    assert not tally.broken, tally.broken[0]
    assert tally.refusal_rate < 1.5 * command.MOST_REFUSED


def test_texts_that_are_no_notebooks() -> None:
    files = [path for path in library_files() if path.stat().st_size <= LARGEST]
    tally = try_files(Random(7).sample(files, 25))
    assert not tally.wrong, tally.report()
    assert tally.texts > 200
    assert tally.answers["planned"] > 50


def test_a_seed_always_gives_the_same_notebook() -> None:
    assert write_examples("seed", 3) == write_examples("seed", 3)
    assert write_examples("seed", 1) != write_examples("other", 1)


def test_a_wrong_export_is_noticed_and_made_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """The judge itself, and the way from a counterexample to a small one."""
    monkeypatch.setattr("tests.fuzz.judge.planned", _forgetful)
    example = Example(("a = 1", "b = a + 1\nprint(b)", "c = 3", "print(b, c)"), (1,))
    assert judge(example).state == "broken"
    small = shrink(example, lambda one: judge(one).state == "broken")
    assert sum(map(len, small.cells)) < sum(map(len, example.cells))


def _forgetful(cells, export):  # type: ignore[no-untyped-def]
    """The plan of a function that returns nothing."""
    import msgspec

    from jupyterlab_prodify.api.export import Plan
    from tests.proof.prove import planned

    plan = planned(cells, export)
    if not isinstance(plan, Plan):
        return plan
    files = [
        msgspec.structs.replace(edit, text_after=(edit.text_after or "").replace("return b", "return 0"))
        for edit in plan.file_edits
    ]
    return msgspec.structs.replace(plan, file_edits=files)
