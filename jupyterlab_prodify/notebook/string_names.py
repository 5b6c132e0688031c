"""Names that stand inside strings and are looked up in the frame of the caller.

pandas resolves ``@name`` of ``query`` and ``eval`` there, ``pandas.eval`` and ``numexpr.evaluate`` every name, and
formula libraries (patsy, formulaic, statsmodels) the functions and variables of a ``"y ~ f(x)"`` string. They are
candidates: most words of a formula are columns, so the caller keeps those that the notebook binds.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

_AT_NAME = re.compile(r"@\s*([^\W\d]\w*)")
_WORD = re.compile(r"(?<![\w.])([^\W\d]\w*)")
_FORMULA = re.compile(r"[\w)\]]\s*~|^\s*~\s+[\w(]")


def names_in_strings(call: ast.Call) -> list[str]:
    """Names in the string arguments of a call that the called library may look up in our frame."""
    return [name for text in _texts(call) for name in names_in_text(text, *kind_of(call))]


def names_in_text(text: str, method: str, is_pandas: bool) -> list[str]:
    """Names in one string that is given to ``method`` (see ``kind_of``)."""
    found = _AT_NAME.findall(text) if method in ("query", "eval") else []
    if method == "evaluate" or (method == "eval" and is_pandas) or _FORMULA.search(text):
        found += _WORD.findall(text)
    return [str(name) for name in found]


def kind_of(call: ast.Call) -> tuple[str, bool]:
    """The name that is called, and whether it belongs to pandas itself."""
    method = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return str(method), _is_pandas(call.func)


def assigned_texts(statements: Iterable[ast.stmt]) -> dict[str, list[str]]:
    """Names that are bound to strings, for calls that are given a name instead of a string."""
    found: dict[str, list[str]] = {}
    for statement in statements:
        for node in ast.walk(statement):
            if isinstance(node, ast.Assign):
                texts = [
                    n.value for n in ast.walk(node.value) if isinstance(n, ast.Constant) and isinstance(n.value, str)
                ]
                for target in node.targets:
                    if texts and isinstance(target, ast.Name):
                        found.setdefault(target.id, []).extend(texts)
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
