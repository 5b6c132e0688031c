"""What is missing is installed, pinned where the pins can be had."""

from __future__ import annotations

import pytest

from corpus import environment


@pytest.mark.parametrize(
    ("have", "pinned", "missing"),
    [
        ({}, True, ["A.b==1", "c==2"]),
        ({"a-b": "1", "c": "2"}, True, []),
        ({"a-b": "1", "c": "3"}, True, ["c==2"]),
        ({"c": "3"}, False, ["A.b"]),
    ],
)
def test_missing(have: dict[str, str], pinned: bool, missing: list[str]) -> None:
    assert environment.missing_of(["A.b==1", "c==2"], have, pinned) == missing


def test_all_that_is_always_needed_is_among_the_constraints() -> None:
    lines = environment.CONSTRAINTS.read_text(encoding="utf-8").splitlines()
    assert set(environment.ALWAYS) <= set(lines)


def test_a_python_that_does_not_run_has_no_version() -> None:
    assert environment.version_of("no-such-python") is None
