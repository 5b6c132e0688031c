"""Functions made by the exported code that live on after the call.

In the notebook such a function reads the *present* value of a name; in the module it keeps the value of the call. That
differs only when another cell binds the name again, so only then the export is refused.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

#: Calls that use a function at once and do not keep it.
CONSUMERS = frozenset(
    [
        "apply",
        "applymap",
        "map",
        "agg",
        "aggregate",
        "transform",
        "pipe",
        "assign",
        "filter",
        "groupby",
        "sort_values",
        "sorted",
        "sort",
        "min",
        "max",
        "reduce",
        "minimize",
        "minimize_scalar",
        "curve_fit",
        "quad",
        "dblquad",
        "odeint",
        "solve_ivp",
        "fsolve",
        "root",
        "brentq",
        "newton",
        "least_squares",
        "differential_evolution",
        "vectorize",
        "apply_along_axis",
        "fromfunction",
        "fromiter",
        "any",
        "all",
        "sum",
        "list",
        "tuple",
        "set",
        "join",
        "rename",
        "where",
        "mask",
        "combine",
        "itertuples",
        "partial_map",
        "groupby_apply",
        "resample",
        "rolling",
        "expanding",
    ]
)

#: Calls whose value runs the function, or asks the generator, only when it is asked itself.
LAZY = frozenset(
    [
        "accumulate",
        "chain",
        "cycle",
        "dropwhile",
        "enumerate",
        "filter",
        "filterfalse",
        "groupby",
        "islice",
        "iter",
        "map",
        "starmap",
        "takewhile",
        "tee",
        "zip",
    ]
)


Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def escaping_owners(statements: list[ast.stmt], returned: Iterable[str]) -> set[str]:
    """Owners (see ``flow.Read.owner``) whose function may still be called after the exported code has run."""
    kept = set(returned)
    parents = {id(child): node for s in statements for node in ast.walk(s) for child in ast.iter_child_nodes(node)}
    nodes = [node for statement in statements for node in ast.walk(statement)]
    makers = {node.name for node in nodes if isinstance(node, Definition) and is_maker(node)}
    escaping: set[str] = set()
    for statement in statements:
        for node in ast.walk(statement):
            owner = _owner_of(node, parents, makers)
            if owner is not None and _escapes(node, parents, kept):
                escaping.add(owner)
    return escaping | {name for name in kept if name}


def is_maker(node: Definition) -> bool:
    """Does a call of it give something that may run its code later: an object, a generator, an inner function?"""
    makes = ast.Lambda | ast.GeneratorExp | ast.FunctionDef | ast.AsyncFunctionDef | ast.Yield | ast.YieldFrom
    inner = (child for child in ast.walk(node) if child is not node)
    return isinstance(node, ast.ClassDef | ast.AsyncFunctionDef) or any(isinstance(child, makes) for child in inner)


def _owner_of(node: ast.AST, parents: dict[int, ast.AST], makers: set[str]) -> str | None:
    if isinstance(node, ast.Lambda):
        return f"<lambda>:{node.lineno}:{node.col_offset}"
    if isinstance(node, ast.GeneratorExp):
        return f"<genexp>:{node.lineno}:{node.col_offset}"
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        parent = parents.get(id(node))
        is_called = isinstance(parent, ast.Call) and parent.func is node
        return None if is_called and node.id not in makers else node.id
    return None


def _escapes(node: ast.AST, parents: dict[int, ast.AST], kept: set[str]) -> bool:
    parent = parents.get(id(node))
    if isinstance(parent, ast.keyword):
        parent = parents.get(id(parent))
    if isinstance(parent, ast.Call) and parent.func is node and isinstance(node, ast.Lambda):
        # Called at once; what it gives may be another function.
        return any(isinstance(child, ast.Lambda) for child in ast.walk(node.body)) and _statement_keeps(
            node, parents, kept
        )
    if isinstance(parent, ast.Call) and parent.func is node:
        return _escapes(parent, parents, kept)
    if isinstance(parent, ast.Call):
        if _is_lazy(parent):
            return not _is_looped_over(parent, parents) and _escapes(parent, parents, kept)
        name = parent.func.attr if isinstance(parent.func, ast.Attribute) else getattr(parent.func, "id", "")
        if name in CONSUMERS or isinstance(node, ast.GeneratorExp):
            return False
    return _statement_keeps(node, parents, kept)


def _is_lazy(call: ast.Call) -> bool:
    """``map(f, x)`` and ``itertools.islice(...)``; a method of that name, such as a table's, works at once."""
    func = call.func
    if isinstance(func, ast.Attribute):
        return isinstance(func.value, ast.Name) and func.value.id in ("itertools", "it") and func.attr in LAZY
    return isinstance(func, ast.Name) and func.id in LAZY


def _is_looped_over(node: ast.AST, parents: dict[int, ast.AST]) -> bool:
    above = parents.get(id(node))
    return isinstance(above, ast.For | ast.AsyncFor | ast.comprehension) and above.iter is node


def _statement_keeps(node: ast.AST, parents: dict[int, ast.AST], kept: set[str]) -> bool:
    """Does the statement around the function store something that outlives the call?"""
    while not isinstance(node, ast.stmt):
        above = parents.get(id(node))
        if above is None:
            return False
        if isinstance(above, ast.NamedExpr) and above.target.id in kept:
            return True
        node = above
    if isinstance(node, ast.Expr):
        call = node.value
        return isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
    if isinstance(node, Definition):
        # A decorator, a default or a base class: what is defined with it keeps it.
        return node.name in kept
    stored = [child for target in _targets(node) for child in ast.walk(target)]
    return any(
        isinstance(child, ast.Attribute | ast.Subscript) or (isinstance(child, ast.Name) and child.id in kept)
        for child in stored
    )


def _targets(node: ast.stmt) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    if isinstance(node, ast.AnnAssign | ast.AugAssign | ast.For | ast.AsyncFor):
        return [node.target]
    if isinstance(node, ast.With | ast.AsyncWith):
        return [item.optional_vars for item in node.items if item.optional_vars is not None]
    return []
