"""Helpers that read data of the notebook take it as a parameter; proved by running both notebooks."""

from __future__ import annotations

import pytest

from jupyterlab_prodify.api.export import Cell
from jupyterlab_prodify.refactor.pass_globals import Obstacle, Passed, pass_global
from tests.refactor.asking import ask, cells_of, notebook_after, planned, refused
from tests.refactor.running import printed, printed_after

READS = "def h(x):\n    return x * K"


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("def h(): return K", "def h(K): return K"),
        ("def h(x): return x * K", "def h(x, K): return x * K"),
        ("def h(x,): return x * K", "def h(x, K,): return x * K"),
        ("def h(x, n=2): return x * K", "def h(x, n=2, *, K): return x * K"),
        ("def h(*x): return x * K", "def h(*x, K): return x * K"),
        ("def h(x, *, n=2): return x * K", "def h(x, *, n=2, K): return x * K"),
        ("def h(x, **n): return x * K", "def h(x, K, **n): return x * K"),
        ("def h(x, n=1, **m): return x * K", "def h(x, n=1, *, K, **m): return x * K"),
        ("def h(*x, **n): return x * K", "def h(*x, K, **n): return x * K"),
        ("def h(x: dict = {}) -> int: return x * K", "def h(x: dict = {}, *, K) -> int: return x * K"),
        ("def h(\n    x,  # one\n):\n    return x * K", "def h(\n    x, K,  # one\n):\n    return x * K"),
        ("async def h(x): return x * K", "async def h(x, K): return x * K"),
        ("größe = 1; é = 'ü'\ndef h(x): return x * K", "größe = 1; é = 'ü'\ndef h(x, K): return x * K"),
    ],
)
def test_the_definition(definition: str, expected: str) -> None:
    passed = pass_global(cells_of(["K = 1", definition]), "h", "K")
    assert isinstance(passed, Passed)
    assert passed.cells[1].source == expected


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("h()", "h(K=K)"),
        ("h(1)", "h(1, K=K)"),
        ("h(1, )", "h(1, K=K, )"),
        ("h((1))", "h((1), K=K)"),
        ("(h)(3)", "(h)(3, K=K)"),
        ("h(h(1))", "h(h(1, K=K), K=K)"),
        ("h(1, n=2)", "h(1, n=2, K=K)"),
        ("h(*a, **b)", "h(*a, **b, K=K)"),
        ("h(\n    1,\n)", "h(\n    1, K=K,\n)"),
        ("h(  # why\n    1  # one\n)", "h(  # why\n    1, K=K  # one\n)"),
        ("[h(i) for i in 'é']", "[h(i, K=K) for i in 'é']"),
        ("'é', h('(')", "'é', h('(', K=K)"),
        ("lambda x: h(x)", "lambda x: h(x, K=K)"),
        ("h([i for i in 'ab'])", "h([i for i in 'ab'], K=K)"),
    ],
)
def test_a_call(call: str, expected: str) -> None:
    passed = pass_global(cells_of(["K = 1", READS, call]), "h", "K")
    assert isinstance(passed, Passed)
    assert passed.cells[2].source == expected


@pytest.mark.parametrize(
    ("cells", "reason", "place"),
    [
        (["K = 1", READS, "list(map(h, [1]))"], "passed on as a value", ("c2", 1)),
        (["K = 1", READS, "x = 1\nprint(f'{h(1)}')"], "inside an f-string", ("c2", 2)),
        (["K = 1", READS, "[h(K) for K in [1]]"], "another meaning", ("c2", 1)),
        (["K = 1", READS, "def g(K):\n    return h(K)"], "another meaning", ("c2", 2)),
        (["K = 1", READS, "h(i for i in [1])"], "bare generator", ("c2", 1)),
        (["K = 1", READS, "h(1, K=3)"], "argument `K` of its own", ("c2", 1)),
        (["K = 1", READS, "h = print"], "bound again", ("c2", 1)),
        (["K = 1", READS, "%timeit h(1)"], "magic", ("c2", 1)),
        (["K = 1", READS, "df.query('@h(a) > 1')"], "string", ("c2", 1)),
        (["K = 1", READS, "h(1"], "cannot be read", ("c2", 1)),
        (["K = 1", READS, READS], "not defined exactly once", ("c2", 1)),
        (["K = 1", "@cache\n" + READS], "decorated", ("c1", 2)),
        (["K = 1", "def h(x):\n    yield K"], "generator", ("c1", 1)),
        (["K = 1", "def h(x=K):\n    return x"], "signature", ("c1", 1)),
        (["K = 1", READS, "def g():\n    global K\n    K = 2"], "`global`", ("c2", 1)),
        ([READS, "print(h(1))", "K = 1"], "may not be bound yet", ("c1", 1)),
        (["if len('a') > 1:\n    K = 1", READS, "print(h(1))"], "may not be bound yet", ("c2", 1)),
        ([READS, "def c(x):\n    return h(x)", "print(c(0))", "K = 3"], "may not be bound yet", ("c1", 2)),
        (["K = 2", "def h(x): return lambda: x * K", "f = h(3)", "K = 10\nprint(f())"], "perhaps after", ("c1", 1)),
        (["K = 2", "def h(x): return (x * K for _ in 'a')", "f = h(3)", "K = 10\nf"], "perhaps after", ("c1", 1)),
        (["K = 2", "async def h(x): return x * K", "f = h(3)", "K = 10\nawait f"], "awaited", ("c1", 1)),
    ],
)
def test_what_stands_in_the_way(cells: list[str], reason: str, place: tuple[str, int]) -> None:
    obstacle = pass_global(cells_of(cells), "h", "K")
    assert isinstance(obstacle, Obstacle)
    assert reason in obstacle.reason
    assert (obstacle.cell_id, obstacle.line) == place


def test_cells_that_name_nothing_stay_as_they_are() -> None:
    cells = [Cell(id="m", source="h(1) in words", cell_type="markdown"), *cells_of(["K = 1", READS, "the = 1"])]
    passed = pass_global(cells, "h", "K")
    assert isinstance(passed, Passed)
    assert [one for one in passed.cells if one.id != "c1"] == [one for one in cells if one.id != "c1"]


CHAIN = [
    "K = 3\nL = 10",
    READS,
    "def pipe(x):\n    return h(x) + L",
    "a = pipe(2)\nprint(a)",
    "K = 4\nprint(h(1), pipe(1), a)",
]


class TestPlans:
    def test_an_offer_without_the_choice(self) -> None:
        refusal = refused(ask(CHAIN, [3]))
        assert refusal.code == "helper_reads_data"
        assert refusal.offer is not None
        assert (refusal.offer.helper, refusal.offer.name) == ("h", "K")
        assert refusal.remedy == "Make `K` a parameter of `h` first; then `K` one of `pipe`, `L` one of `pipe`."

    def test_no_offer_that_leads_to_a_further_refusal(self) -> None:
        cells = ["K = 1\nL = 2", READS, "def pipe(x):\n    return h(x) + L", "b = pipe(1)", "list(map(pipe, [b]))"]
        refusal = refused(ask(cells, [3]))
        assert (refusal.code, refusal.offer, refusal.cell_id) == ("helper_reads_data", None, "c4")

    def test_no_offer_where_it_would_not_work(self) -> None:
        refusal = refused(ask(["K = 1", READS, "b = h(1)", "list(map(h, [b]))"], [2], pass_globals=True))
        assert (refusal.code, refusal.offer) == ("helper_reads_data", None)
        assert "passed on as a value" in refusal.message
        assert (refusal.cell_id, refusal.line) == ("c3", 1)

    def test_helpers_and_their_callers(self) -> None:
        plan = planned(ask(CHAIN, [3], pass_globals=True))
        assert plan.moved == ["h", "pipe"]
        assert [param.name for param in plan.function.params] == ["K", "L"]
        warned = [warning.message for warning in plan.warnings if warning.code == "global_passed"]
        assert len(warned) == 3
        assert printed_after(CHAIN, plan) == printed(CHAIN)

    def test_texts_before_are_those_of_the_person(self) -> None:
        plan = planned(ask(CHAIN, [3], pass_globals=True))
        befores = {edit.cell_id: edit.source_before for edit in plan.cell_edits if hasattr(edit, "source_before")}
        assert befores == {f"c{place}": CHAIN[place] for place in (0, 1, 2, 3, 4) if f"c{place}" in befores}
        assert "c4" in befores

    def test_a_cell_of_calls_alone_gets_an_edit_of_its_own(self) -> None:
        cells = ["K = 3", READS, "b = h(1)", "print(h(b))"]
        assert notebook_after(cells, planned(ask(cells, [2], pass_globals=True)))[-1] == "print(h(b, K=K))"

    def test_a_default_that_reads_the_name_is_refused_for_good(self) -> None:
        cells = ["K = 3", "def h(x=K):\n    return x * K", "b = h()", "print(b)"]
        assert refused(ask(cells, [2], pass_globals=True)).code == "helper_reads_data"

    def test_the_choice_alone_changes_nothing(self) -> None:
        cells = ["a = 1", "b = a", "print(b)"]
        assert planned(ask(cells, pass_globals=True)) == planned(ask(cells))

    def test_a_function_of_a_helper_where_the_name_is_bound_once(self) -> None:
        cells = ["K = 2", "def h(xs): return sorted(xs, key=lambda x: x % K)", "b = h([3, 2])", "print(b)"]
        assert printed_after(cells, planned(ask(cells, [2], pass_globals=True))) == printed(cells)

    def test_a_recursive_helper(self) -> None:
        cells = ["K = 3", "def h(n):\n    return 0 if n == 0 else K + h(n - 1)", "b = h(4)", "print(b)"]
        plan = planned(ask(cells, [2], pass_globals=True))
        assert printed_after(cells, plan) == printed(cells) == "12\n"
