"""Facts about single expressions that decide which way a program surely goes."""

from __future__ import annotations

import ast
from collections.abc import Iterable

#: Calls whose ``with`` block swallows exceptions, so that the block may stop half way.
_SUPPRESSORS = frozenset(
    {
        "suppress",
        "raises",
        "assertRaises",
        "warns",
        "ignore_errors",
        "assertRaisesRegex",
    }
)


def constant_truth(test: ast.expr) -> bool | None:
    return bool(test.value) if isinstance(test, ast.Constant) else None


def surely_not_empty(iterable: ast.expr) -> bool:
    if isinstance(iterable, ast.List | ast.Tuple | ast.Set):
        return any(not isinstance(element, ast.Starred) for element in iterable.elts)
    if isinstance(iterable, ast.Constant):
        return isinstance(iterable.value, str | bytes) and bool(iterable.value)
    return _is_constant_range(iterable)


def _is_constant_range(call: ast.expr) -> bool:
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "range"):
        return False
    bounds = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
    numbers = [bound for bound in bounds if isinstance(bound, int)]
    if call.keywords or len(numbers) != len(call.args) or not 1 <= len(numbers) <= 2:
        return False
    return len(range(*numbers)) > 0


def may_suppress(context: ast.expr) -> bool:
    function = context.func if isinstance(context, ast.Call) else context
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in _SUPPRESSORS


def irrefutable(pattern: ast.pattern) -> bool:
    if isinstance(pattern, ast.MatchAs):
        return pattern.pattern is None or irrefutable(pattern.pattern)
    return isinstance(pattern, ast.MatchOr) and any(irrefutable(option) for option in pattern.patterns)


def tried_names(statements: Iterable[ast.stmt]) -> set[str]:
    """Names that are read where an error would be caught, or may be: in the body of ``try`` and of ``with``."""
    guarded = [node for statement in statements for node in ast.walk(statement) if isinstance(node, ast.Try | ast.With)]
    nodes = [node for block in guarded for part in block.body for node in ast.walk(part)]
    return {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
