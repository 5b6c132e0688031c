"""Where values come from and who reads them, over several cells."""

from __future__ import annotations

import pytest

from jupyterlab_prodify.notebook.dataflow import (
    Piece,
    definition_of,
    imports_of,
    readers_of,
    rebinders_of,
    sources_of,
)


def _pieces(*sources: str) -> list[Piece]:
    return [Piece(f"c{index}", source) for index, source in enumerate(sources)]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["x = 1", "x = 2"], [("c1", 1)]),
        (["x = 1", "if c:\n    x = 2"], [("c1", 2), ("c0", 1)]),
        (["x = 1", "del x", "y = 1"], []),
        (["x = 1\nx = 2"], [("c0", 2)]),
        (["x = 1\nif c:\n    x = 2"], [("c0", 1), ("c0", 3)]),
        (["if c:\n    x = 1\nelse:\n    x = 2"], [("c0", 2), ("c0", 4)]),
        (["for x in xs: pass", "try:\n    x = 1\nexcept E:\n    pass"], [("c1", 2), ("c0", 1)]),
        (["def x(): pass"], [("c0", 1)]),
        (["def f():\n    x = 1"], []),
        (["x = = 1"], []),
        (["%%timeit\nx = 1"], []),
        ([], []),
    ],
)
def test_sources(cells: list[str], expected: list[tuple[str, int]]) -> None:
    found = sources_of("x", _pieces(*cells))
    assert [(source.piece.cell_id, source.binding.line) for source in found] == expected


@pytest.mark.parametrize(
    ("cells", "statements"),
    [
        (["import a.b", "import a.c", "import a.b"], ["import a.b", "import a.c"]),
        (["import a", "import z as a"], ["import a", "import z as a"]),
        (["try:\n    from fast import a\nexcept ImportError:\n    a = None"], ["from fast import a"]),
        (["a = 1"], []),
    ],
)
def test_imports(cells: list[str], statements: list[str]) -> None:
    assert [target.statement() for target in imports_of("a", _pieces(*cells))] == statements


def test_readers_and_rebinders() -> None:
    pieces = _pieces("x = 1", "print(x)", "x = 2\nprint(x)", "del x", "!echo $x", "x = = x", "'x'")
    assert [piece.cell_id for piece in readers_of("x", pieces)] == ["c1", "c3", "c4", "c5"]
    assert [piece.cell_id for piece in rebinders_of("x", pieces)] == ["c0", "c2", "c3"]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("def x():\n    return 1", True),
        ("class x: pass", True),
        ("async def x(): pass", True),
        ("if c:\n    def x(): pass", False),
        ("x = lambda: 1", False),
    ],
)
def test_definition_of(cell: str, found: bool) -> None:
    (source,) = sources_of("x", _pieces(cell))
    assert (definition_of(source) is not None) is found


def test_the_last_definition_of_a_cell_counts() -> None:
    (source,) = sources_of("x", _pieces("def x():\n    return 1\ndef x():\n    return 2"))
    definition = definition_of(source)
    assert definition is not None
    assert definition.first == source.binding.line == 3
