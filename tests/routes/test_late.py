"""Services that are built when they are first asked for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from jupyterlab_prodify.routes.late import Late


def test_it_is_made_once_and_not_before_it_is_asked_for() -> None:
    made: list[object] = []

    def make() -> object:
        made.append(object())
        return made[-1]

    late = Late(make)
    assert late.made is None
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _: late(), range(32)))
    assert answers == {made[0]}
    assert late.made is made[0]
    assert len(made) == 1
