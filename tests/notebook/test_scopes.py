"""What a function binds in its own scope: the same as for CPython's ``symtable``."""

from __future__ import annotations

import ast
import symtable
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from jupyterlab_prodify.notebook.scopes import bound_in, function_scope, own_names, pattern_names, target_names

_STDLIB = Path(sysconfig.get_path("stdlib"))
_SAMPLE = sorted(path for path in _STDLIB.glob("*.py") if path.stat().st_size < 60_000)[::3]


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from _tables(child)


def _mangled(name: str) -> bool:
    return "__" in name


@pytest.mark.parametrize("path", _SAMPLE, ids=lambda path: path.name)
def test_names_of_functions_are_those_of_the_compiler(path: Path) -> None:
    source = path.read_text("utf-8")
    compiled: dict[tuple[str, int], set[str]] = {}
    for table in _tables(symtable.symtable(source, path.name, "exec")):
        if isinstance(table, symtable.Function):
            names = {s.get_name() for s in table.get_symbols() if s.is_local() or s.is_parameter()}
            compiled[table.get_name(), table.get_lineno()] = {name for name in names if not _mangled(name)}
    for node in _functions(ast.parse(source)):
        first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
        expected = compiled.get((node.name, first)) or compiled.get((node.name, node.lineno), set())
        local = {name for name in function_scope(node).local if not _mangled(name)}
        # A function called "top" is taken for the module by symtable's is_local().
        assert node.name == "top" or local == expected, f"{node.name}, line {node.lineno}"


@pytest.mark.parametrize(
    ("body", "bound", "declared_global"),
    [
        ("x = 1", {"x"}, set()),
        ("global x\nx = y = 1", {"y"}, {"x"}),
        ("nonlocal x\nx = y = 1", {"y"}, set()),
        ("[y for y in x]", set(), set()),
        ("[y for y in x if (z := y)]", {"z"}, set()),
        ("f = lambda a=(b := 1): (c := 2)", {"f", "b"}, set()),
        ("def f(a=(b := 1)):\n    c = 2", {"f", "b"}, set()),
        ("@(d := deco)\nclass A((b := B)):\n    c = 2", {"A", "b", "d"}, set()),
        ("import a.b, c as d\nfrom e import f as g", {"a", "d", "g"}, set()),
        ("try:\n    pass\nexcept E as e:\n    x = 1", {"e", "x"}, set()),
        ("match a:\n    case [b, *c] | {'k': b, **c}: pass", {"b", "c"}, set()),
        ("with a as (b, c[0]): pass", {"b"}, set()),
        ("for a.b in c: pass\ndel d", {"d"}, set()),
        ("x: int", {"x"}, set()),
    ],
)
def test_bound_in(body: str, bound: set[str], declared_global: set[str]) -> None:
    assert bound_in(ast.parse(body).body) == (bound, declared_global)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("def f(a, *b, c=1, **d):\n    e = a", {"a", "b", "c", "d", "e"}),
        ("lambda a, /, b=c: d", {"a", "b"}),
        ("[a for a, (b, *c) in d for e in a]", {"a", "b", "c", "e"}),
        ("(a for a in b)", {"a"}),
        ("{k: v for k, v in d.items()}", {"k", "v"}),
    ],
)
def test_own_names(text: str, names: set[str]) -> None:
    assert own_names(text) == names


def test_targets_and_patterns() -> None:
    (assign,) = ast.parse("a, (b, *c), d.e, f[g] = x").body
    assert isinstance(assign, ast.Assign)
    assert sorted(target_names(assign.targets[0])) == ["a", "b", "c"]
    (match,) = ast.parse("match x:\n    case P(a, k=b) as c: pass").body
    assert isinstance(match, ast.Match)
    assert sorted(pattern_names(match.cases[0].pattern)) == ["a", "b", "c"]
