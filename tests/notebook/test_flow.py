"""Reads, bindings and definite assignment; scopes are compared with CPython's own ``symtable``."""

from __future__ import annotations

import ast
import symtable
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from jupyterlab_prodify.notebook.bindings import BOUND, DELETED, UNTOUCHED, Flow
from jupyterlab_prodify.notebook.flow import analyse_statements

# -- scopes: the same as the compiler's ---------------------------------------------------------------------------

_STDLIB = Path(sysconfig.get_path("stdlib"))
_FILES = sorted([*_STDLIB.glob("*.py"), *_STDLIB.glob("json/*.py"), *_STDLIB.glob("asyncio/*.py")])
_SAMPLE = [path for path in _FILES if 1_000 < path.stat().st_size < 60_000][:170]


class _AsFlowCounts(ast.NodeTransformer):
    """Spell out what ``Flow`` counts and ``symtable`` does not: ``x += 1`` and ``del x`` read ``x``; the annotation
    of a local variable is never evaluated."""

    def __init__(self) -> None:
        self._inside: list[type[ast.AST]] = []

    def visit(self, node: ast.AST) -> ast.AST:
        result: ast.AST = super().visit(node)
        return result

    def _scope(self, node: ast.AST) -> ast.AST:
        self._inside.append(type(node))
        self.generic_visit(node)
        self._inside.pop()
        return node

    visit_FunctionDef = visit_AsyncFunctionDef = visit_Lambda = visit_ClassDef = _scope

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.target, ast.Name):
            return node
        old = ast.Name(node.target.id, ast.Load())
        return ast.Assign([node.target], ast.BinOp(old, node.op, node.value))

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        self.generic_visit(node)
        if self._inside and self._inside[-1] is not ast.ClassDef:
            node.annotation = ast.Constant(0)
        return node

    def visit_Delete(self, node: ast.Delete) -> ast.AST | list[ast.stmt]:
        self.generic_visit(node)
        if self._inside:
            return node
        names = [child.id for child in ast.walk(node) if isinstance(child, ast.Name)]
        return [*(ast.Expr(ast.Name(name, ast.Load())) for name in names), node]


def _tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from _tables(child)


def _compiler_says(source: str) -> tuple[set[str], set[str]]:
    """Names of the module that are read anywhere in it, and names that its top level binds."""
    tree = ast.fix_missing_locations(_AsFlowCounts().visit(ast.parse(source)))
    top = symtable.symtable(ast.unparse(tree), "<file>", "exec")
    reads = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_referenced()}
    for table in _tables(top):
        # A function called "top" is taken for the module by symtable's is_global().
        if table.get_name() != "top":
            reads |= {s.get_name() for s in table.get_symbols() if s.is_referenced() and s.is_global()}
    bound = {s.get_name() for s in top.get_symbols() if s.is_assigned() or s.is_imported() or s.is_namespace()}
    return reads, bound


@pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="comprehensions are inlined: symtable lists their targets in the scope around"
)
@pytest.mark.parametrize("path", _SAMPLE, ids=lambda path: path.relative_to(_STDLIB).as_posix())
def test_scopes_are_those_of_the_compiler(path: Path) -> None:
    source = path.read_text("utf-8")
    reads, bound = _compiler_says(source)
    flow = _flow(source)
    # A name that a class body reads and binds is local to the compiler and may still be the module's at run time;
    # `__class__` is a cell of its own; dead branches (`if True: ... else: ...`) are not walked.
    unsure = {"__class__", *flow.class_shadowed}
    assert flow.reads - unsure == reads - unsure
    assert set(flow.bindings) | set(flow.final) == bound


def test_the_sample_is_large_enough() -> None:
    assert len(_SAMPLE) >= 140


# -- reads --------------------------------------------------------------------------------------------------------


def _flow(source: str) -> Flow:
    return analyse_statements(ast.parse(source).body)


@pytest.mark.parametrize(
    ("source", "exposed"),
    [
        ("c = a + b", "a b"),
        ("a = a", "a"),
        ("a += 1", "a"),
        ("a[i] = v", "a i v"),
        ("a.b.c = v", "a v"),
        ("x.y: T = 3", "T x"),
        ("x: T", "T"),
        ("del a", "a"),
        ("(a, b), *c = d", "d"),
        ("x = 1\ny = x", ""),
        ("f(axis=3, **d)", "d f"),
        ("f'{a!r:>{width}}'", "a width"),
        ("import a.b\na.b.f()", ""),
        ("from m import *\nf()", "f"),
        ("for d[k] in xs: pass", "d k xs"),
        ("with o as (p, q.r): pass", "o q"),
        # definite assignment
        ("if c:\n    x = 1\nprint(x)", "c print x"),
        ("if c:\n    x = 1\nelse:\n    x = 2\nx", "c"),
        ("if c:\n    x = 1\nelse:\n    raise E\nx", "E c"),
        ("if True:\n    x = 1\nx", ""),
        ("for i in xs:\n    y = i\ny", "xs y"),
        ("for i in [1]:\n    y = i\ny", ""),
        ("for i in range(3):\n    y = i\ny", "range"),
        ("for i in range(3):\n    if i: continue\n    y = 1\ny", "range y"),
        ("for i in range(3):\n    if i: break\n    y = 1\ny", "range y"),
        ("for i in xs:\n    pass\nelse:\n    y = 1\ny", "xs"),
        ("for i in xs:\n    if i: break\nelse:\n    y = 1\ny", "xs y"),
        ("while c:\n    y = 1\ny", "c y"),
        ("while True:\n    y = 1\n    if y: break\ny", ""),
        ("while True:\n    try:\n        v = g()\n        break\n    except E:\n        pass\nv", "E g"),
        ("try:\n    a = g()\nexcept E:\n    pass\na", "E a g"),
        ("try:\n    a = g()\nexcept E:\n    a = 0\na", "E g"),
        ("try:\n    a = g()\nexcept E:\n    raise\na", "E g"),
        ("try:\n    a = g()\nexcept E:\n    print(a)", "E a g print"),
        ("try:\n    a = g()\nexcept E:\n    pass\nelse:\n    b = a", "E g"),
        ("try:\n    a = g()\nfinally:\n    b = 1\na, b", "g"),
        ("try:\n    a = g()\nfinally:\n    print(a)", "a g print"),
        ("try:\n    g()\nexcept E as e:\n    pass\ne", "E e g"),
        ("with suppress(E):\n    a = g()\na", "E a g suppress"),
        ("with contextlib.suppress(E):\n    a = g()\na", "E a contextlib g"),
        ("with open(f) as h:\n    a = h.read()\na", "f open"),
        ("match p:\n    case 1:\n        x = 1\n    case _:\n        x = 2\nx", "p"),
        ("match p:\n    case 1:\n        x = 1\nx", "p x"),
        ("match p:\n    case {'k': a, **rest}: a, rest\n    case [b, *c] if b: c\n    case P(z=0) | None: pass", "P p"),
        ("match p:\n    case Color.RED: pass", "Color p"),
        # expressions
        ("(a := 1) and (b := 2)\na, b", "b"),
        ("x < (b := 2) < (c := 3)\nb, c", "c x"),
        ("y = 1 if c else (w := 2)\nw", "c w"),
        ("y = (w := 1) if c else (w := 2)\nw", "c"),
        ("assert (n := 3)\nn", ""),
        ("[x for x in xs]", "xs"),
        ("[x for x in x]", "x"),
        ("[x for x in xs for y in x if y for z in y]", "xs"),
        ("[k for x in xs if (k := x)]\nk", "k xs"),
        ("{k: v for k, v in d.items()}", "d"),
        ("[x for d[0] in xs]", "d x xs"),
        # functions and classes
        ("def f(x, *args, k=d, **kw) -> R:\n    return x, args, k, kw, g", "R d g"),
        ("def f(x: T): return x", "T"),
        ("@deco(arg)\nclass A(B, metaclass=M): pass", "B M arg deco"),
        ("f = lambda x=y, *a, **k: x + z", "y z"),
        ("def f():\n    return f", ""),
        ("def f():\n    return k\nk = 1\nf()", ""),
        ("def f():\n    return k\nf()\nk = 1", "k"),
        ("def f():\n    return g()\ndef g():\n    return k\nk = 1\nf()", ""),
        ("@deco\ndef f(): return k\nk = 1", "deco k"),
        ("if c:\n    def f(): return a\nelse:\n    def f(): return b\nf()", "a b c"),
        ("def f(): return k\ntry:\n    from fast import f\nexcept E:\n    pass\nf()", "E k"),
        ("def f():\n    def g():\n        nonlocal n\n        n = 1\n    n = 0", ""),
        ("def f():\n    import os\n    return os, sys", "sys"),
        ("def f():\n    x: T = 1\n    return x", ""),
        ("def f():\n    [y for y in x if (z := y)]\n    return z", "x"),
        ("class A:\n    def m(self): return A", ""),
        ("class A:\n    def m(self): return __class__", ""),
        ("class A:\n    x = x", "x"),
        ("class A:\n    xs = [1]\n    ys = [x for x in xs]", ""),
        ("class A:\n    n = 3\n    ys = [1 for x in (1, 2) if n]", "n"),
        ("class A:\n    n = 3\n    def m(self): return n", "n"),
        ("class A:\n    y: T = z", "T z"),
        ("async def f():\n    await g()\nawait f()", "g"),
        ("async with a as b:\n    b", "a"),
        ("async for x in xs:\n    pass", "xs"),
    ],
)
def test_exposed(source: str, exposed: str) -> None:
    """Names that the piece may read before it has bound them."""
    assert sorted(_flow(source).exposed) == sorted(exposed.split())


@pytest.mark.parametrize(
    ("source", "name", "line", "deferred", "conditional"),
    [
        ("x = 1\ny = a", "a", 2, False, False),
        ("if c:\n    b\na", "b", 2, False, True),
        ("if c:\n    a\na", "a", 3, False, False),
        ("def f():\n    return a", "a", 2, True, True),
        ("f = lambda: a", "a", 1, True, True),
        ("g = (a for x in xs)", "a", 1, True, True),
        ("g = (x for x in a)", "a", 1, False, False),
        ("[a for x in xs]", "a", 1, False, True),
    ],
)
def test_first_read(source: str, name: str, line: int, deferred: bool, conditional: bool) -> None:
    read = _flow(source).exposed[name]
    assert (read.line, read.deferred, read.conditional) == (line, deferred, conditional)


@pytest.mark.parametrize(
    ("source", "name", "owners"),
    [
        ("def f():\n    def g():\n        return a\n    return a", "a", ["f", "f"]),
        ("x = lambda: a", "a", ["<lambda>:1:4"]),
        ("def f():\n    return lambda: a", "a", ["f"]),
        ("class A:\n    def m(self):\n        return a", "a", ["A"]),
        ("x = (a for i in y)", "a", ["<genexp>:1:4"]),
        ("[a for i in y]", "a", None),
    ],
)
def test_captured_reads_know_their_owner(source: str, name: str, owners: list[str] | None) -> None:
    captured = _flow(source).captured.get(name)
    assert ([read.owner for read in captured] if captured is not None else None) == owners


# -- bindings -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = 1", {"x": BOUND}),
        ("if c:\n    x = 1", {"x": BOUND | UNTOUCHED}),
        ("x = 1\ndel x", {"x": DELETED}),
        ("x = 1\nif c:\n    del x", {"x": BOUND | DELETED}),
        ("for i in xs:\n    pass", {"i": BOUND | UNTOUCHED}),
        ("e = 1\ntry:\n    g()\nexcept E as e:\n    pass", {"e": BOUND | DELETED}),
        ("try:\n    a = 1\nexcept E:\n    b = 2", {"a": BOUND | UNTOUCHED, "b": BOUND | UNTOUCHED}),
        ("[(w := x) for x in xs]", {"w": BOUND | UNTOUCHED}),
        ("def f():\n    y = 1", {"f": BOUND}),
        ("class A:\n    y = 1", {"A": BOUND}),
        ("x: int", {}),
        ("import a.b, c as d", {"a": BOUND, "d": BOUND}),
    ],
)
def test_final_state(source: str, expected: dict[str, int]) -> None:
    assert _flow(source).final == expected


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("x = 1\nx += 1\nx: int = 2", ["assign", "augmented", "annotated"]),
        ("for x in y: pass\nwith y as x: pass\n(x := 1)", ["for", "with", "walrus"]),
        ("match y:\n    case [x]: pass\ntry: pass\nexcept E as x: pass\nimport x", ["match", "except", "import"]),
        ("def x(): pass\nclass x: pass", ["def", "class"]),
    ],
)
def test_kinds_of_bindings(source: str, kinds: list[str]) -> None:
    assert [binding.kind for binding in _flow(source).bindings["x"]] == kinds


@pytest.mark.parametrize(
    ("source", "toplevel"),
    [
        ("x = 1", True),
        ("if c:\n    x = 1", False),
        ("for i in [1]:\n    x = i", False),
        ("try:\n    x = 1\nexcept E:\n    pass", False),
        ("with f() as g:\n    x = 1", True),
        ("c and (x := 1)", False),
    ],
)
def test_toplevel_bindings(source: str, toplevel: bool) -> None:
    (binding,) = _flow(source).bindings["x"]
    assert binding.toplevel is toplevel


# -- the rest -----------------------------------------------------------------------------------------------------


def test_order_is_the_first_appearance_in_the_text() -> None:
    flow = _flow("out = later + first\nfirst = earlier\ndef f(): return inner\n")
    names = flow.text_order(["inner", "earlier", "first", "out", "later"])
    assert names == ["out", "later", "first", "earlier", "inner"]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def f():\n    global a, b\n    a = 1", ["a", "b"]),
        ("def f():\n    def g():\n        global a", ["a"]),
        ("class A:\n    def m(self):\n        global a\n        a = 1", ["a"]),
        ("x = 1", []),
    ],
)
def test_global_statements(source: str, names: list[str]) -> None:
    assert sorted({name for name, _ in _flow(source).global_statements}) == names


def test_star_imports() -> None:
    assert _flow("from a import *\nfrom ..b import *").star_imports == [("a", 1), ("..b", 2)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("await f()", True),
        ("[x async for x in y]", True),
        ("async with a: pass", True),
        ("async for a in b: pass", True),
        ("async def f():\n    await g()\n    async with a: pass", False),
        ("[await x for x in y]", True),
        ("f()", False),
    ],
)
def test_uses_await(source: str, expected: bool) -> None:
    assert _flow(source).uses_await is expected


def test_a_class_body_that_reads_and_binds_one_name() -> None:
    assert _flow("class A:\n    y = x\n    x = 3").class_shadowed == {"x": 2}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("df.query('a > @limit')", {"limit": 1}),
        ("limit = 1\ndf.query('a > @limit')", {}),
        ("def f(limit):\n    return df.query('a > @limit')", {}),
        ("if c:\n    limit = 1\ndf.query('a > @limit')", {"limit": 3}),
    ],
)
def test_names_in_strings(source: str, names: dict[str, int]) -> None:
    assert _flow(source).in_strings == names


@pytest.mark.skipif(sys.version_info < (3, 11), reason="needs the grammar of Python 3.11")
def test_exception_groups() -> None:
    assert sorted(_flow("try:\n    g()\nexcept* E as eg:\n    h(eg)").exposed) == ["E", "g", "h"]


def test_nothing_after_a_raise_is_bound() -> None:
    assert _flow("x = 1\nraise E\ny = 2").final == {}


def test_type_parameters_are_local_to_their_definition() -> None:
    source = "def f[T: Base](x: T) -> T:\n    y: T = x\n    return y\nclass Box[U]:\n    def get(self) -> U: ...\n"
    try:
        tree = ast.parse(source)
    except SyntaxError:
        pytest.skip("needs the grammar of Python 3.12")
    assert sorted(analyse_statements(tree.body).exposed) == ["Base"]
