"""What is known where several paths meet."""

from __future__ import annotations

import pytest

from jupyterlab_prodify.notebook.bindings import BOUND, DELETED, UNTOUCHED
from jupyterlab_prodify.notebook.paths import State, join


@pytest.mark.parametrize(
    ("states", "joined"),
    [
        ([], None),
        ([None, None], None),
        ([{"x": BOUND}, None], {"x": BOUND}),
        ([{"x": BOUND}, {"x": BOUND}], {"x": BOUND}),
        ([{"x": BOUND}, {}], {"x": BOUND | UNTOUCHED}),
        ([{}, {"x": BOUND}], {"x": BOUND | UNTOUCHED}),
        ([{"x": BOUND}, {"x": DELETED}, {}], {"x": BOUND | DELETED | UNTOUCHED}),
    ],
)
def test_join(states: list[State | None], joined: State | None) -> None:
    assert join(*states) == joined


def test_the_answer_is_a_state_of_its_own() -> None:
    state: State = {"x": BOUND}
    joined = join(state, None)
    assert joined is not None
    joined["x"] = DELETED
    assert state == {"x": BOUND}
