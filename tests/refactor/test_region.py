"""Which lines of the selected cells are exported and which stay in the notebook."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from jupyterlab_prodify.api.export import ExportRequest, LineRange
from jupyterlab_prodify.refactor.refusals import RefusalError
from jupyterlab_prodify.refactor.region import LINE_BASE, Region, find_region
from tests.refactor.asking import cells_of


def _region(sources: Sequence[str], selected: Sequence[int] = (0,), lines: tuple[int, int] | None = None) -> Region:
    return find_region(
        ExportRequest(
            notebook="nb.ipynb",
            cells=cells_of(sources),
            selected=[f"c{index}" for index in selected],
            lines=LineRange(first=lines[0], last=lines[1]) if lines else None,
        )
    )


@pytest.mark.parametrize(
    ("cell", "body"),
    [
        ("a = 1\nb = 2", (1, 2)),
        ("import os\na = 1", (2, 2)),
        ("# note\nimport os\n\nfrom a import (\n    b,\n)\n\na = 1", (7, 8)),
        ("%matplotlib inline\n!ls\nimport os\na = 1", (4, 4)),
        ("a = 1\nimport os\nb = 2", (1, 3)),
        ("a = 1\n!ls\n%time a", (1, 1)),
        ("a = 1\n\n!ls \\\n -l\n", (1, 2)),
        ("%%time\na = 1", (2, 2)),
        ("\n%%capture out\nimport os\na = 1\n", (4, 5)),
        ("import os; a = 1", (1, 1)),
        ("a = 1; import os", (1, 1)),
        ("@deco\ndef f(): pass", (1, 2)),
        ("import os\n'''\n!ls\n'''", (2, 4)),
    ],
)
def test_body(cell: str, body: tuple[int, int]) -> None:
    (found,) = _region([cell]).cells
    assert (found.first, found.last) == body


@pytest.mark.parametrize(
    ("lines", "body", "count", "widened"),
    [
        ((1, 1), (1, 1), 1, False),
        ((2, 2), (2, 4), 1, True),
        ((3, 3), (2, 4), 1, True),
        ((2, 4), (2, 4), 1, False),
        ((1, 2), (1, 4), 2, True),
        ((5, 5), (5, 6), 1, True),
        ((6, 6), (5, 6), 1, True),
        ((8, 8), (8, 10), 1, True),
        ((7, 8), (7, 10), 1, True),
        ((1, 99), (1, 10), 4, False),
    ],
)
def test_lines_grow_to_whole_statements(
    lines: tuple[int, int], body: tuple[int, int], count: int, widened: bool
) -> None:
    cell = "a = 1\nfor i in x:\n    b = i\n    c = b\n@deco\ndef f(): pass\n# note\nd = '''\nx\n'''"
    region = _region([cell], lines=lines)
    (found,) = region.cells
    assert (found.first, found.last) == body
    assert len(found.statements) == count
    assert region.widened is widened


def test_statements_that_share_a_line_come_together() -> None:
    (found,) = _region(["a = (\n1); b = '''\n'''; c = 3\nd = 4"], lines=(3, 3)).cells
    assert (found.first, found.last, len(found.statements)) == (1, 3, 3)


@pytest.mark.parametrize(
    ("cell", "shows"),
    [
        ("a = 1\na", True),
        ("a = 1\na;", False),
        ("a = 1\na  ;  # quiet", False),
        ("a = 1\na  # loud;", True),
        ("a = 1\na\n# end", True),
        ("a = 1", False),
        ("a\nb = 1", False),
        ("b = 1; a", True),
        ("b = 1; a;", False),
        ("if x:\n    a", False),
        ("f('''\n''')", True),
        ("'ä'; a", True),
        ("a\n!ls", False),
        ("%%timeit\na", False),
        ("%%time\na", True),
    ],
)
def test_shows_last(cell: str, shows: bool) -> None:
    (found,) = _region([cell]).cells
    assert found.shows_last is shows


def test_a_shown_value_outside_the_lines_does_not_count() -> None:
    (found,) = _region(["a = 1\nb = a\nb"], lines=(1, 2)).cells
    assert not found.shows_last
    (found,) = _region(["a = 1\na\nb = a"], lines=(1, 2)).cells
    assert not found.shows_last


@pytest.mark.parametrize(
    ("selected", "before", "after"),
    [
        ([2], ["c0", "c1", "c2"], ["c3", "c4"]),
        ([2, 1], ["c0", "c1", "c2"], ["c3", "c4"]),
        ([1, 1], ["c0", "c1"], ["c2", "c3", "c4"]),
        ([0, 2], ["c0", "c1", "c2"], ["c3", "c4"]),
    ],
)
def test_surroundings(selected: list[int], before: list[str], after: list[str]) -> None:
    sources = ["a = 1", "def f(): pass", "c = a", "d = c", "d"]
    if selected == [0, 2]:
        sources[1] = "import os"
    region = _region(sources, selected)
    assert [piece.cell_id for piece in region.before] == before
    assert [piece.cell_id for piece in region.after] == after


def test_the_rest_of_the_cell_is_before_and_after() -> None:
    region = _region(["x = 0", "import os\na = x\nb = a\nprint(b)"], [1], (3, 3))
    assert [(piece.source, piece.offset) for piece in region.before] == [("x = 0", 0), ("import os\na = x", 0)]
    assert [(piece.source, piece.offset) for piece in region.after] == [("print(b)", 3)]


def test_empty_and_other_cells_between_are_passed_over() -> None:
    region = _region(["a = 1", "  \n", "b = a"], [0, 1, 2])
    assert [cell.cell.id for cell in region.cells] == ["c0", "c2"]


def test_places_name_cell_and_line() -> None:
    region = _region(["a = 1\nb = 2", "\n\nc = 3"], [0, 1])
    lines = [statement.lineno for statement in region.statements]
    assert lines == [1, 2, LINE_BASE + 3]
    assert [region.place(line) for line in lines] == [("c0", 1), ("c0", 2), ("c1", 3)]


def test_moved_up_magics_are_blank_in_the_body() -> None:
    (found,) = _region(["a = 1\n%matplotlib \\\n inline\nb = 2"]).cells
    assert found.body_lines == ["a = 1", "", "", "b = 2"]
    assert [magic.name for magic in found.moved_up] == ["matplotlib"]


@pytest.mark.parametrize(
    "between",
    ["import os", "def f(): return 1", "class A: pass", "'text'", "# comment", "", "import os\n\n\ndef f(): pass"],
)
def test_harmless_cells_may_stand_between(between: str) -> None:
    region = _region(["a = 1", between, "b = a"], [0, 2])
    assert [piece.cell_id for piece in region.before] == ["c0", "c1", "c2"]


@pytest.mark.parametrize(
    "between", ["x = 1", "f()", "x", "!ls", "%matplotlib inline", "x = = 1", "if a:\n    import os", "%%bash\nls"]
)
def test_cells_that_run_may_not_stand_between(between: str) -> None:
    with pytest.raises(RefusalError) as caught:
        _region(["a = 1", between, "b = a"], [0, 2])
    assert (caught.value.refusal.code, caught.value.refusal.cell_id) == ("not_adjacent", "c1")
