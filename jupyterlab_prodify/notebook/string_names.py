"""Names that stand inside strings and are looked up in the frame of the caller.

pandas resolves ``@name`` of ``query`` and ``eval`` there, ``pandas.eval`` and ``numexpr.evaluate`` every name, and
formula libraries (patsy, formulaic, statsmodels) the functions and variables of a ``"y ~ f(x)"`` string. They are
candidates: most words of a formula are columns, so the caller keeps those that the notebook binds.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

_AT_NAME = re.compile(r"@\s*([^\W\d]\w*)")
_WORD = re.compile(r"(?<![\w.])([^\W\d]\w*)")
_FORMULA = re.compile(r"[\w)\]]\s*~|^\s*~\s+[\w(]")


def names_in_strings(call: ast.Call) -> list[str]:
    """Names in the string arguments of a call that the called library may look up in our frame."""
    method = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    found: list[str] = []
    for text in _texts(call):
        if method in ("query", "eval"):
            found.extend(_AT_NAME.findall(text))
        if method == "evaluate" or (method == "eval" and _is_pandas(call.func)) or _FORMULA.search(text):
            found.extend(_WORD.findall(text))
    return found


def _is_pandas(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and getattr(function.value, "id", "") in ("pd", "pandas")


def _texts(call: ast.Call) -> Iterator[str]:
    for argument in [*call.args, *(keyword.value for keyword in call.keywords)]:
        for node in _own_expression(argument):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def _own_expression(argument: ast.expr) -> Iterator[ast.AST]:
    """The argument without calls in it: those are looked at on their own."""
    stack: list[ast.AST] = [] if isinstance(argument, ast.Call | ast.Lambda) else [argument]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.Call | ast.Lambda))
