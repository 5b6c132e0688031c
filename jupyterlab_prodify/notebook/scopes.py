"""What functions, lambdas, comprehensions and classes bind in their own scope.

Language reference, sections 4.2 "Naming and binding" and 6.2.4 "Displays".
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Scope:
    kind: Literal["function", "lambda", "comprehension", "class"]
    local: set[str]
    declared_global: set[str] = field(default_factory=set)
    bound_so_far: set[str] = field(default_factory=set)


def all_args(args: ast.arguments) -> Iterator[ast.arg]:
    yield from [*args.posonlyargs, *args.args, *args.kwonlyargs]
    yield from (arg for arg in (args.vararg, args.kwarg) if arg is not None)


def function_scope(node: Function) -> Scope:
    local, declared_global = bound_in(node.body)
    local |= {arg.arg for arg in all_args(node.args)}
    return Scope("function", local - declared_global, declared_global)


def own_names(text: str) -> set[str]:
    """Names that one function, lambda or comprehension, given as text, binds in its own scope."""
    node = ast.parse(text.strip()).body[0]
    inner = node.value if isinstance(node, ast.Expr) else node
    if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
        return function_scope(inner).local
    if isinstance(inner, ast.Lambda):
        return {arg.arg for arg in all_args(inner.args)}
    generators = getattr(inner, "generators", [])
    return {name for generator in generators for name in target_names(generator.target)}


def target_names(target: ast.AST) -> Iterator[str]:
    for node in ast.walk(target):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def target_expressions(target: ast.AST) -> Iterator[ast.AST]:
    """Expressions that a target evaluates: the ``d`` of ``d[0]``."""
    for node in ast.walk(target):
        if isinstance(node, ast.Attribute | ast.Subscript):
            yield from ast.iter_child_nodes(node)


def pattern_names(pattern: ast.pattern) -> Iterator[str]:
    for node in ast.walk(pattern):
        if isinstance(node, ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name
        elif isinstance(node, ast.MatchMapping) and node.rest:
            yield node.rest


def bound_in(body: Iterable[ast.stmt]) -> tuple[set[str], set[str]]:
    """Names that statements bind in their own scope, and names that they declare global.

    Names declared ``nonlocal`` are bound further out and are left out.
    """
    bound: set[str] = set()
    declared_global: set[str] = set()
    declared_nonlocal: set[str] = set()
    stack: list[ast.AST] = list(body)
    while stack:
        node = stack.pop()
        stack.extend(_own_scope_children(node))
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            bound.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            bound.update(alias.asname or alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            bound.add(node.name)
        elif isinstance(node, ast.pattern):
            bound.update(pattern_names(node))
        elif isinstance(node, ast.Global):
            declared_global.update(node.names)
        elif isinstance(node, ast.Nonlocal):
            declared_nonlocal.update(node.names)
    return bound - declared_global - declared_nonlocal, declared_global


def _own_scope_children(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        yield from [
            *node.args.defaults,
            *(default for default in node.args.kw_defaults if default is not None),
        ]
        if not isinstance(node, ast.Lambda):
            yield from node.decorator_list
    elif isinstance(node, ast.ClassDef):
        yield from [*node.decorator_list, *node.bases, *node.keywords]
    elif isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        yield from _walrus_in_comprehension(node)
    else:
        yield from ast.iter_child_nodes(node)


def _walrus_in_comprehension(node: ast.AST) -> Iterator[ast.AST]:
    """A walrus in a comprehension binds in the scope around it."""
    for child in ast.walk(node):
        if isinstance(child, ast.NamedExpr):
            yield child.target
