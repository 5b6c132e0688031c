"""Names that stand inside strings and are looked up in the frame of the caller.

pandas resolves ``@name`` of ``query`` and ``eval`` there, ``pandas.eval`` and ``numexpr.evaluate`` every name, and
formula libraries (patsy, formulaic, statsmodels) the functions and variables of a ``"y ~ f(x)"`` string. They are
candidates: most words of a formula are columns, so the caller keeps those that the notebook binds.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeGuard

_AT_NAME = re.compile(r"@\s*([^\W\d]\w*)")
_WORD = re.compile(r"(?<![\w.])([^\W\d]\w*)")
#: Methods that evaluate a text, and functions that take a formula first.
_EVALUATES = frozenset({"query", "eval", "evaluate"})
_TAKES_FORMULA = frozenset(
    [
        "ols",
        "wls",
        "gls",
        "glsar",
        "glm",
        "gee",
        "rlm",
        "logit",
        "probit",
        "poisson",
        "mnlogit",
        "negativebinomial",
        "quantreg",
        "mixedlm",
        "phreg",
        "from_formula",
        "dmatrix",
        "dmatrices",
        "model_matrix",
    ]
)
_PUTS = frozenset({"append", "extend", "insert", "add", "update", "setdefault"})
_FORMULA = re.compile(r"[\w)\]]\s*~|^\s*~\s+[\w(]")


class _Text(ast.Constant):
    value: str


def names_in_strings(call: ast.Call) -> list[str]:
    """Names in the string arguments of a call that the called library may look up in our frame."""
    method, is_pandas = kind_of(call)
    found = [name for text in _texts(call) for name in names_in_text(text, method, is_pandas)]
    if method not in _EVALUATES | _TAKES_FORMULA:
        return found
    parts = [node.value for one in _text_arguments(call, method) for node in ast.walk(one) if _is_text(node)]
    return list(dict.fromkeys([*found, *(n for text in parts for n in names_in_text(text, method, is_pandas))]))


def named_arguments(call: ast.Call) -> list[str]:
    """Names that may stand for a text that the call evaluates, or for a part of it."""
    method, _ = kind_of(call)
    direct = [a.id for a in [*call.args, *(k.value for k in call.keywords)] if isinstance(a, ast.Name)]
    if method not in _EVALUATES | _TAKES_FORMULA:
        return direct
    inner = [n.id for one in _text_arguments(call, method) for n in ast.walk(one) if isinstance(n, ast.Name)]
    return list(dict.fromkeys([*direct, *inner]))


def builds_texts(method: str) -> bool:
    """Is the text that this method is given often put together elsewhere?"""
    return method in _EVALUATES | _TAKES_FORMULA


def _text_arguments(call: ast.Call, method: str) -> list[ast.expr]:
    named = [k.value for k in call.keywords if k.arg and (k.arg in ("expr", "ex") or k.arg.endswith("formula"))]
    return [*call.args[:1], *named]


def _is_text(node: ast.AST) -> TypeGuard[_Text]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def names_in_text(text: str, method: str, is_pandas: bool) -> list[str]:
    """Names in one string that is given to ``method`` (see ``kind_of``)."""
    found = _AT_NAME.findall(text) if method in ("query", "eval") else []
    whole = method == "evaluate" or (method == "eval" and is_pandas) or method in _TAKES_FORMULA
    if whole or _FORMULA.search(text):
        found += _WORD.findall(text)
    return [str(name) for name in found]


def kind_of(call: ast.Call) -> tuple[str, bool]:
    """The name that is called, and whether it belongs to pandas itself."""
    method = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return str(method), _is_pandas(call.func)


@dataclass
class Parts:
    """What a text is put together from: strings, and names that stand for more."""

    texts: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


def assigned_texts(statements: Iterable[ast.stmt]) -> dict[str, Parts]:
    """Names that are bound to strings or to what holds them, for calls that are given a name instead of a string."""
    found: dict[str, Parts] = {}
    for statement in statements:
        for node in ast.walk(statement):
            for target, value in _stores(node):
                parts = found.setdefault(target, Parts())
                for part in ast.walk(value):
                    if _is_text(part):
                        parts.texts.append(part.value)
                    elif isinstance(part, ast.Name):
                        parts.names.add(part.id)
    return found


def _stores(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """(name, value) where a value gets a name, or is put into what the name holds."""
    pairs: list[tuple[ast.expr, ast.expr]] = []
    if isinstance(node, ast.Assign):
        pairs = [(target, node.value) for target in node.targets]
    elif isinstance(node, ast.AugAssign | ast.NamedExpr | ast.AnnAssign):
        pairs = [(node.target, node.value)] if node.value is not None else []
    elif isinstance(node, ast.For | ast.comprehension):
        pairs = [(node.target, node.iter)]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _PUTS:
        pairs = [(node.func.value, argument) for argument in node.args]
    for target, value in pairs:
        for one in target.elts if isinstance(target, ast.Tuple | ast.List) else [target]:
            name = one.value if isinstance(one, ast.Subscript) else one
            if isinstance(name, ast.Name):
                yield name.id, value


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
