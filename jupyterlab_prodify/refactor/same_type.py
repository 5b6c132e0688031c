"""Rebinding that keeps a type: ``df = df.dropna()`` ends in a DataFrame only if it began with one."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Sequence

from jupyterlab_prodify.api.export import LiveType
from jupyterlab_prodify.notebook.bindings import DELETED, Flow

#: Methods whose result has the type of their owner, whatever that is.
_SAME = frozenset(
    {
        "abs",
        "add_prefix",
        "add_suffix",
        "assign",
        "astype",
        "bfill",
        "clip",
        "copy",
        "drop",
        "drop_duplicates",
        "dropna",
        "explode",
        "ffill",
        "fillna",
        "head",
        "infer_objects",
        "interpolate",
        "mask",
        "merge",
        "nlargest",
        "nsmallest",
        "query",
        "reindex",
        "rename",
        "replace",
        "round",
        "sample",
        "set_index",
        "shift",
        "sort_index",
        "sort_values",
        "tail",
        "truncate",
        "tz_convert",
        "tz_localize",
        "where",
        "capitalize",
        "casefold",
        "expandtabs",
        "lower",
        "lstrip",
        "removeprefix",
        "removesuffix",
        "rstrip",
        "strip",
        "swapcase",
        "title",
        "upper",
        "zfill",
        "difference",
        "intersection",
        "symmetric_difference",
        "union",
        "reshape",
        "transpose",
        "drop_nulls",
        "fill_null",
        "with_columns",
    }
)
#: Types that stay when something is added with ``+=``.
_ADDITIVE = frozenset({"int", "float", "str", "bytes", "list", "tuple", "dict", "set"})


def keeps_type(name: str, live: LiveType, statements: Sequence[ast.stmt], flow: Flow) -> bool:
    """Given that ``name`` has the type ``live`` after the statements: did it surely have it before them?"""
    if flow.final.get(name, 0) & DELETED:
        return False
    bound = Counter(binding.line for binding in flow.bindings.get(name, ()))
    kept = Counter(node.lineno for node in _statements(statements) if _rebinds(node, name, live))
    return bound == kept


def _statements(body: Iterable[ast.stmt]) -> Iterable[ast.stmt]:
    """Statements of this scope, also those in branches and loops."""
    for node in body:
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from _statements(child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt))
            for handler in getattr(node, "handlers", ()):
                yield from _statements(handler.body)


def _rebinds(node: ast.stmt, name: str, live: LiveType) -> bool:
    """Does the statement give ``name`` a new value of the same type?"""
    if isinstance(node, ast.AugAssign):
        additive = live.module == "builtins" and live.name in _ADDITIVE
        return _is(node.target, name) and additive and isinstance(node.op, ast.Add | ast.Sub | ast.BitOr)
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and _is(node.targets[0], name):
        return _same(node.value, name)
    return False


def _is(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _same(value: ast.expr, name: str) -> bool:
    """Has the expression the type of ``name``?"""
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        method = value.func.attr
        return (method in _SAME or (method == "reset_index" and _drops(value))) and _same(value.func.value, name)
    if isinstance(value, ast.Subscript) and _selects(value.slice):
        owner = value.value
        rows = isinstance(owner, ast.Attribute) and owner.attr in ("loc", "iloc")
        return _same(owner.value if isinstance(owner, ast.Attribute) and rows else owner, name)
    return _is(value, name)


def _drops(call: ast.Call) -> bool:
    return any(k.arg == "drop" and isinstance(k.value, ast.Constant) and k.value.value is True for k in call.keywords)


def _selects(index: ast.expr) -> bool:
    """An index that takes some of the items and not one: a slice, a mask, a list."""
    if isinstance(index, ast.UnaryOp):
        return isinstance(index.op, ast.Invert)
    if isinstance(index, ast.BinOp):
        return isinstance(index.op, ast.BitAnd | ast.BitOr)
    return isinstance(index, ast.Slice | ast.Compare | ast.List)
