"""Functions and classes that move to the module with the code that uses them, and those that cannot."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from jupyterlab_prodify.notebook.bindings import ImportTarget
from jupyterlab_prodify.notebook.dataflow import Piece, sources_of
from jupyterlab_prodify.refactor.moved_definitions import Along, bring_along, compatible
from tests.refactor.asking import ask, module_after, planned


def _along(name: str, sources: Sequence[str]) -> Along:
    pieces = [Piece(f"c{index}", source) for index, source in enumerate(sources)]
    return bring_along(sources_of(name, pieces)[0], pieces)


@pytest.mark.parametrize(
    ("sources", "moved", "imports"),
    [
        (["def h(x): return x"], ["h"], []),
        (["def h(x): return len(x)"], ["h"], []),
        (["def h(x): return h(x - 1)"], ["h"], []),
        (["import os", "def h(x): return os.sep"], ["h"], ["import os"]),
        (["def h(x): return os.sep", "import os"], ["h"], ["import os"]),
        (["import a.b", "import a.c", "def h(x): return a.b"], ["h"], ["import a.b", "import a.c"]),
        (["def g(): pass\ndef h(x): return g()"], ["h", "g"], []),
        (["def g(): return h()\ndef h(): return g()"], ["h", "g"], []),
        (["def h(): return late()", "def late(): return 1"], ["h", "late"], []),
        (["class B: pass", "class h(B): pass"], ["h", "B"], []),
        (["class h:\n    n = 1\n    def m(self): return h(), self.n"], ["h"], []),
        (["def deco(f): return f", "@deco\ndef h(): pass"], ["h", "deco"], []),
        (["import functools", "@functools.lru_cache(maxsize=3)\ndef h(): pass"], ["h"], ["import functools"]),
        (["from dataclasses import dataclass", "@dataclass\nclass h:\n    a: int = 1"], ["h"],
         ["from dataclasses import dataclass"]),
        (["def h(x=1, y=(), z=None): return x"], ["h"], []),
        (["def h(x): return display(x)"], ["h"], ["from IPython.display import display"]),
        (["async def h(): await g()", "async def g(): pass"], ["h", "g"], []),
        (["def h():\n    '''Doc.'''\n    x = 1\n    return [x for x in 'ab']"], ["h"], []),
        (["def h():\n    for _ in range(3): pass"], ["h"], []),
    ],
)  # fmt: skip
def test_what_moves(sources: list[str], moved: list[str], imports: list[str]) -> None:
    along = _along("h", sources)
    assert along.possible, along
    assert list(along.moved) == moved
    assert [target.statement() for target in along.imports] == imports


@pytest.mark.parametrize(
    ("sources", "reader", "name", "cell", "line"),
    [
        (["K = 1", "def h(x):\n    return x * K"], "h", "K", "c1", 2),
        (["K = 1", "def h(x, k=K):\n    return x"], "h", "K", "c1", 1),
        (["K = 1", "class h:\n    k = K"], "h", "K", "c1", 2),
        (["K = 1\ndef g(): return K", "def h(): return g()"], "g", "K", "c0", 2),
        (["def h(): return K", "K = 1"], "h", "K", "c0", 1),
        (["K = len\nK = 3", "def h(): return K"], "h", "K", "c1", 1),
        (["import os\nos = 3", "def h(): return os"], "h", "os", "c1", 1),
        (["max = 3", "def h(): return max(1, 2)"], "h", "max", "c1", 1),
        (["t = 3", "def h(df): return df.query('a > @t')"], "h", "t", "c1", 1),
        (["for i in x: pass", "def h(): return i"], "h", "i", "c1", 1),
    ],
)
def test_data_of_the_notebook_holds_a_definition_back(
    sources: list[str], reader: str, name: str, cell: str, line: int
) -> None:
    data = _along("h", sources).data
    assert data is not None
    assert (data.reader, data.name, data.cell_id, data.line) == (reader, name, cell, line)


@pytest.mark.parametrize(
    ("sources", "reason"),
    [
        (["if a:\n    def h(): pass"], "branch"),
        (["def h(): pass", "def h(): pass"], "more than once"),
        (["def h():\n    %time x()"], "magic"),
        (["n = 1", "def h():\n    global n\n    n = 2"], "global"),
        (["def h():\n    return globals()"], "globals"),
        (["def h():\n    return __name__"], "__name__"),
        (["def h():\n    return Out[1]"], "Out"),
        (["@app.route('/')\ndef h(): pass", "import app"], "decorated"),
        (["def h(x=load()): pass", "def load(): return 1"], "default"),
        (["def h(*, x=[load()]): pass", "def load(): return 1"], "default"),
        (["def h(): return nowhere"], "nowhere"),
        (["def h(): return g()", "def g(): return nowhere"], "nowhere"),
        (["import json as m", "import ujson as m", "def h(): return m"], "different places"),
    ],
)
def test_obstacles(sources: list[str], reason: str) -> None:
    along = _along("h", sources)
    assert not along.possible
    assert reason in (along.obstacle or "")


def test_a_definition_moves_with_its_comments_and_decorators() -> None:
    cell = "z = 1\n\n# far\n\n# about h\n# more\n@staticmethod\ndef h(x):\n    # in\n    return '''\n  x'''  # end\n\n# behind"
    moved = _along("h", [cell]).moved["h"]
    assert moved.source == cell[cell.index("# about h") : cell.index("\n\n# behind")]


def test_a_class_with_work_in_its_body_is_taken_as_it_is() -> None:
    assert _along("h", ["class h:\n    table = [1]\n    size = len(table)"]).possible


@pytest.mark.parametrize("effect", ["print('made')", "register('h')"])
def test_a_class_body_with_an_effect_does_not_move(effect: str) -> None:
    along = _along("h", ["def register(x): pass", f"class h:\n    {effect}"])
    assert not along.possible


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        ([], True),
        ([ImportTarget("a", None, "a")], True),
        ([ImportTarget("a.b", None, "a"), ImportTarget("a.c", None, "a")], True),
        ([ImportTarget("a", "b", "b")], True),
        ([ImportTarget("a", "b", "b"), ImportTarget("c", "b", "b")], False),
        ([ImportTarget("a", None, "a"), ImportTarget("c", None, "a", 0, True)], False),
    ],
)
def test_compatible(targets: list[ImportTarget], expected: bool) -> None:
    assert compatible(targets) is expected


def test_bases_stand_before_classes_in_the_module() -> None:
    sources = ["class Base: pass", "class Child(Base): pass", "b = Child()", "print(b is None)"]
    plan = planned(ask(sources, [2]))
    assert plan.moved == ["Base", "Child"]
    text = module_after(plan)
    assert text.index("class Base") < text.index("class Child") < text.index("def ")


def test_a_definition_of_a_later_cell_moves_too() -> None:
    plan = planned(ask(["a = 1", "b = h(a)", "def h(x):\n    return x", "print(b)"]))
    assert plan.moved == ["h"]


def test_a_definition_that_the_module_has_already_is_not_written_again() -> None:
    module = "def h(x):\n    return x\n"
    plan = planned(ask(["def h(x):\n    return x", "b = h(1)", "print(b)"], module=module))
    assert module_after(plan).count("def h(x)") == 1


def test_a_definition_above_the_selected_lines_of_its_own_cell() -> None:
    plan = planned(ask(["a = 1", "def h(x):\n    return x\nb = h(a)\nprint(b)"], lines=(3, 3), name="work"))
    assert plan.moved == ["h"]
    (edit,) = [edit for edit in plan.cell_edits if edit.cell_id == "c1"]
    assert getattr(edit, "source_after", "") == "b = work(a)\nprint(b)"
