"""Reads, bindings and definite assignment; scopes are compared with CPython's own ``symtable``."""

from __future__ import annotations

import ast
import symtable
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from jupyterlab_prodify.notebook.bindings import Flow
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


def test_type_parameters_are_local_to_their_definition() -> None:
    source = "def f[T: Base](x: T) -> T:\n    y: T = x\n    return y\nclass Box[U]:\n    def get(self) -> U: ...\n"
    try:
        tree = ast.parse(source)
    except SyntaxError:
        pytest.skip("needs the grammar of Python 3.12")
    assert sorted(analyse_statements(tree.body).exposed) == ["Base"]
