"""Where the notebook shows in which module, or inside which function, something is defined."""

from __future__ import annotations

import ast

import pytest

from jupyterlab_prodify.notebook.dataflow import Piece
from jupyterlab_prodify.notebook.sightings import sightings_of
from jupyterlab_prodify.refactor.places import Kind, Looks, kind_of, leaves, tells_home, tells_place


def looks(here: str, *after: str) -> Looks:
    pieces = [Piece(str(number), source) for number, source in enumerate(after)]
    return Looks(sightings_of(here), [], pieces)


def kinds(source: str) -> dict[str, Kind]:
    found: dict[str, Kind] = {}
    for node in ast.parse(source).body:
        kind = kind_of(node, found)
        found[kind.name] = kind
    return found


PLAIN = "class A:\n    pass\n"
WITH_REPR = "class A:\n    def __repr__(self): return 'A'\n"
WITH_STR = "class A:\n    def __str__(self): return 'A'\n"
DATA = "@dataclass\nclass A:\n    x: int = 1\n"
ENUM = "class A(Enum):\n    X = 1\n"
ERROR = "class A(ValueError):\n    pass\n"
FLUENT = "class A:\n    def fit(self): return self\n    def x(self): return self.v\n"


@pytest.mark.parametrize(
    ("definition", "code", "told"),
    [
        (PLAIN, "print(A)", True),
        (PLAIN, "a = A()\nprint(a)", True),
        (PLAIN, "a = [A()]\nfor b in a:\n    print(b)", True),
        (PLAIN, "a = A()\nb = a\nf'{b}'", True),
        (PLAIN, "a = A()\na = 3\nprint(a)", False),
        (PLAIN, "def f():\n    print(a)\na = A()\nf()", True),
        (PLAIN, "a = A()\nprint(a.x, len(a))", False),
        (PLAIN, "a = A()\nprint(type(a).__name__)", False),
        (PLAIN, "print(A.__module__)", True),
        (PLAIN, "print(A.__qualname__)", False),
        (PLAIN, "pickle.dumps(A())", False),
        (PLAIN, "print(A.__mro__)", True),
        (FLUENT, "print(A().x)", True),
        (FLUENT, "print(A.x)", False),
        (FLUENT, "b = A.x\nb", True),
        ("class A:\n    def m(self): return type(self).__qualname__\n", "x = 1", False),
        ("class A:\n    def m(self): return self.__module__\n", "x = 1", True),
        (WITH_REPR, "print(A())", False),
        (WITH_REPR, "print(type(A()))", True),
        (WITH_STR, "print(A())", False),
        (WITH_STR, "print([A()])", True),
        (DATA, "print(A())", False),
        (DATA, "print(A)", True),
        (ENUM, "print(A, A.X)", False),
        (ERROR, "try:\n    f()\nexcept A as e:\n    print(e, repr(e))", False),
        (ERROR, "try:\n    f()\nexcept A as e:\n    display(e)", True),
        (ERROR, "traceback.print_exc()", True),
        (FLUENT, "print(A().fit())", True),
        (FLUENT, "print(A().x())", False),
        ("def A(): pass\n", "print(A)", False),
        ("def A(): pass\n", "x = 1\nA", True),
        ("def A():\n    def inner(): pass\n    return inner\n", "b = A()\nb", True),
        ("def A():\n    yield 1\n", "b = A()\nb", False),
        ("A = namedtuple('A', 'x')\n", "print(A(1))", False),
        ("A = namedtuple('A', 'x')\n", "print(A)", True),
    ],
)
def test_tells_home(definition: str, code: str, told: bool) -> None:
    kind = kinds(definition)["A"]
    assert (tells_home(kind, looks(definition + code), is_here=True) is not None) is told
    assert (tells_home(kind, looks(definition + "x = 1", code), is_here=False) is not None) is told


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("print(f)", True),
        ("print(f.__qualname__)", True),
        ("print([f])", True),
        ("x = f(1)\nprint(x)", False),
        ("import pickle\npickle.dumps(f)", True),
        ("import json\njson.dumps(f)", False),
        ("import multiprocessing\npool.map(f, xs)", True),
        ("df.map(f)", False),
        ("f.inspect_llvm()", True),
        ("g = numba.njit(f)\ng.inspect_asm()", True),
        ("g = numba.njit(f)\nprint(g(1))", False),
    ],
)
def test_tells_place(code: str, told: bool) -> None:
    here = "def f(x):\n    return x + a\n" + code
    assert (tells_place(kinds("def f(x):\n    return x + a")["f"], looks(here), here) is not None) is told


def test_another_value_of_the_name_in_a_later_cell() -> None:
    here = "f = lambda x: x"
    assert tells_place(Kind("<lambda>"), looks(here, "f = 3", "print(f)"), here) is None
    assert tells_place(Kind("<lambda>"), looks(here, "g = f", "f = 3", "print(g)"), here) == "print(g)"
    assert tells_place(Kind("<lambda>"), looks(here, "if x:\n    f = 3", "print(f)"), here) == "print(f)"


def test_a_generator_that_is_used_up_is_not_shown() -> None:
    here = "g = (x for x in xs)"
    assert tells_place(Kind("<genexpr>"), looks(here, "print(list(g), *g, sum(g))"), here) is None
    assert tells_place(Kind("<genexpr>"), looks(here, "print(g)"), here) == "print(g)"


def test_what_leaves() -> None:
    here = "class A:\n    x = n\nboxes.append(A())\nsize = A().x"
    kind = kinds("class A:\n    x = n")["A"]
    assert leaves(kind, looks(here), ["size"], here) is None
    assert leaves(kind, looks(here), ["size", "boxes"], here) == "boxes"


def test_what_a_class_inherits() -> None:
    found = kinds(WITH_REPR + "class B(A): pass\nclass C(Unknown): pass\nclass D(ABC): pass\nclass E(ValueError): pass")
    assert [found[name].plain for name in "ABCD"] == [True, True, False, True]
    assert "__repr__" in found["B"].own
    assert found["E"].is_exception
