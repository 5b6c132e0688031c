"""Where the shown last expression of the exported code goes.

IPython shows the value of a cell's last expression. It *stays* in the notebook after the call when it only looks at
names (``df``, ``df.head()``, ``len(xs)``) or when its names are there anyway; otherwise it is computed inside and
*returned* as the last value. Calls that are known to give None (``print``, ``plt.show``) show nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from jupyterlab_prodify.notebook.bindings import Flow
from jupyterlab_prodify.notebook.flow import analyse_statements
from jupyterlab_prodify.notebook.mutation import find_mutations
from jupyterlab_prodify.refactor.statements import is_bare_string

#: Methods that look at an object: cheap, without effect, and at home in a notebook.
_LOOKS = frozenset(
    [
        "head",
        "tail",
        "describe",
        "sample",
        "info",
        "mean",
        "median",
        "std",
        "var",
        "min",
        "max",
        "sum",
        "count",
        "nunique",
        "unique",
        "value_counts",
        "isna",
        "isnull",
        "notna",
        "any",
        "all",
        "round",
        "copy",
        "items",
        "keys",
        "values",
        "get",
        "shape",
        "size",
        "dtypes",
        "columns",
        "index",
        "summary",
        "params",
        "T",
        "transpose",
        "to_frame",
        "sort_values",
        "sort_index",
        "nlargest",
        "nsmallest",
        "corr",
        "tolist",
        "to_string",
        "get_params",
        "equals",
        "strip",
        "lower",
        "upper",
        "format",
        "join",
        "quantile",
        "idxmax",
        "idxmin",
    ]
)
_LOOK_FUNCTIONS = frozenset(
    [
        "len",
        "type",
        "sorted",
        "list",
        "dict",
        "set",
        "tuple",
        "str",
        "repr",
        "int",
        "float",
        "bool",
        "round",
        "sum",
        "min",
        "max",
        "abs",
        "any",
        "all",
        "isinstance",
        "id",
        "zip",
        "enumerate",
        "range",
        "reversed",
    ]
)
_NONE_FUNCTIONS = frozenset({"print", "display", "setattr", "delattr"})
#: Methods that give None whatever they belong to, and those that do so on pyplot.
_NONE_METHODS = frozenset(
    {
        "append",
        "extend",
        "insert",
        "sort",
        "reverse",
        "clear",
        "tight_layout",
        "savefig",
        "subplots_adjust",
        "set_tight_layout",
    }
)
_NONE_ON_CONTAINERS = frozenset(
    [
        "append",
        "extend",
        "insert",
        "sort",
        "reverse",
        "clear",
        "update",
        "add",
        "discard",
        "remove",
        "difference_update",
        "intersection_update",
    ]
)
_NONE_ON_PYPLOT = frozenset({"show", "close", "draw", "cla", "clf", "grid", "sca", "ion", "ioff", "rc"})


@dataclass(frozen=True)
class Display:
    """The shown expression and where it goes: ``keep`` in the notebook, ``return`` from the function."""

    statement: ast.Expr
    place: Literal["keep", "return"]
    flow: Flow


def shown_expression(
    statements: list[ast.stmt], shows_last: bool, is_container: Callable[[str], bool] = lambda name: False
) -> ast.Expr | None:
    """The last statement if IPython shows its value, else None.

    ``is_container`` knows the names of lists, dicts and sets.
    """
    if not shows_last or not statements:
        return None
    last = statements[-1]
    if not isinstance(last, ast.Expr) or is_none_valued(last.value) or _changes_container(last.value, is_container):
        return None
    return last


def _changes_container(node: ast.expr, is_container: Callable[[str], bool]) -> bool:
    function = node.func if isinstance(node, ast.Call) else None
    if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
        return False
    return function.attr in _NONE_ON_CONTAINERS and is_container(function.value.id)


def place_display(
    statement: ast.Expr,
    rest: list[ast.stmt],
    bound_inside: set[str],
    available: set[str],
) -> Display:
    """Decide the place. ``bound_inside`` are names that only the exported code binds; ``available`` are those of them
    that other cells read, so that the notebook has them after the call."""
    flow = analyse_statements([statement])
    computes = [s for s in rest if not isinstance(s, ast.Import | ast.ImportFrom) and not is_bare_string(s)]
    inside = set(flow.reads) & bound_inside
    impossible = not computes or bool(flow.bindings) or flow.uses_await
    if impossible:
        return Display(statement, "return", flow)
    changes = find_mutations([statement])
    if is_look(statement.value) or (inside <= available and available and not changes):
        return Display(statement, "keep", flow)
    return Display(statement, "return", flow)


def is_none_valued(node: ast.expr) -> bool:
    """A call that is known to return None, so that nothing is shown."""
    if isinstance(node, ast.Constant):
        return node.value is None
    if not isinstance(node, ast.Call):
        return False
    function = node.func
    if isinstance(function, ast.Name):
        return function.id in _NONE_FUNCTIONS
    if any(word.arg == "inplace" and getattr(word.value, "value", None) is True for word in node.keywords):
        return True
    if isinstance(function, ast.Attribute):
        on_pyplot = getattr(function.value, "id", "") in ("plt", "pyplot")
        return function.attr in _NONE_METHODS or (on_pyplot and function.attr in _NONE_ON_PYPLOT)
    return False


def is_look(node: ast.AST) -> bool:
    """True for expressions that only look at values."""
    if isinstance(node, ast.Call):
        return _is_look_call(node)
    if isinstance(node, ast.NamedExpr | ast.Await | ast.Yield | ast.YieldFrom | ast.Lambda):
        return False
    return all(is_look(child) for child in ast.iter_child_nodes(node))


def _is_look_call(node: ast.Call) -> bool:
    arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
    if not all(is_look(argument) for argument in arguments):
        return False
    if isinstance(node.func, ast.Attribute):
        return node.func.attr in _LOOKS and is_look(node.func.value)
    return isinstance(node.func, ast.Name) and node.func.id in _LOOK_FUNCTIONS


def is_surely_a_value(node: ast.expr) -> bool:
    """True when the expression cannot be None, so that showing it needs no test."""
    if isinstance(node, ast.Constant):
        return node.value is not None
    literals = ast.List | ast.Tuple | ast.Dict | ast.Set | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
    return isinstance(node, literals | ast.JoinedStr | ast.Compare | ast.Lambda)
