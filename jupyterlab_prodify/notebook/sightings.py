"""Where a piece of a notebook shows a value, and which values its names may hold.

Only what tells the home of a function or class counts here: ``<class '__main__.A'>``, ``<function f at 0x...>``. A
*value* is written as text: ``a`` is what the name holds, ``a()`` what a call of it gives, ``a.m()`` what a call of its
method gives, ``a.m`` the method, ``type:a`` its class, ``each:a`` its elements or what it is awaited for; ``<lambda>``
and ``<genexpr>`` are functions and generators without a name.
Names inside functions count as those of the notebook: it may be said too often that something is shown, not too rarely.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from jupyterlab_prodify.notebook.defining import defined_name, made_name
from jupyterlab_prodify.notebook.facts import facts_of

#: ``display`` is IPython's own way; ``home`` asks for the module or the full name; ``pickle`` and ``process`` look a
#: function or class up by its name; ``inspect`` prints what a compiler made of a function.
How = Literal["display", "str", "repr", "home", "help", "pickle", "process", "inspect"]

LAMBDA, GENERATOR = "<lambda>", "<genexpr>"

_STR = frozenset({"print", "str", "format"})
_LOGS = frozenset({"debug", "info", "warning", "error", "critical", "exception"})
_REPR = frozenset({"repr", "ascii", "pprint", "pp", "pformat"})
_HELP = frozenset({"help", "getsource", "getsourcelines", "getsourcefile", "getfile", "getmodule"})
_PICKLE = frozenset({"dump", "dumps", "to_pickle"})
_PROCESS = frozenset(
    [
        "Process",
        "Pool",
        "map",
        "imap",
        "imap_unordered",
        "starmap",
        "map_async",
        "starmap_async",
        "apply",
        "apply_async",
        "submit",
    ]
)
_TRACEBACKS = frozenset(
    ["print_exc", "format_exc", "print_exception", "format_exception", "format_exception_only", "exception"]
)
_HOMES = frozenset({"__module__", "__qualname__"})
#: Calls whose result holds what they are given, and those whose result holds the elements of it.
_KEEPS = frozenset(
    [
        "dict",
        "copy",
        "deepcopy",
        "partial",
        "DataFrame",
        "Series",
        "SimpleNamespace",
        "OrderedDict",
        "Pipeline",
        "make_pipeline",
        "FeatureUnion",
        "ColumnTransformer",
        "FunctionTransformer",
        "GridSearchCV",
        "jit",
        "njit",
        "vectorize",
        "guvectorize",
        "cfunc",
        "cache",
        "lru_cache",
        "singledispatch",
    ]
)
_TAKES_OUT = frozenset(
    ["list", "tuple", "set", "frozenset", "sorted", "reversed", "zip", "enumerate", "iter", "next", "deque", "array"]
)
#: Attributes that lead back to the function or class itself, or to what holds it.
_SAME = frozenset({"__mro__", "__bases__", "__base__", "__func__", "__wrapped__", "py_func"})
#: Methods that put their arguments into the object.
_TAKES = frozenset(
    ["append", "extend", "insert", "add", "update", "setdefault", "put", "appendleft", "register", "push"]
)


@dataclass(frozen=True)
class Sighting:
    """``value`` is shown by ``node``."""

    value: str
    how: How
    node: ast.AST = field(compare=False, repr=False)

    @property
    def text(self) -> str:
        """What shows it, shortened."""
        text = ast.unparse(self.node)
        return text if len(text) <= 40 else text[:37] + "..."


@dataclass
class Sightings:
    """Those of one statement. ``held``: the values that a name may hold, or ``f()`` may give; ``bound``: names that
    surely have a new value after it, ``defines`` the one that it defines. ``tracebacks``: errors are printed in full.
    """

    held: dict[str, set[str]] = field(default_factory=dict)
    shown: list[Sighting] = field(default_factory=list)
    bound: frozenset[str] = frozenset()
    defines: str | None = None
    tracebacks: bool = False


@lru_cache(maxsize=5_000)
def sightings_of(source: str) -> tuple[Sightings, ...]:
    """Sightings of a piece of a notebook, by statement; none where it is not Python."""
    masked = facts_of(source).masked
    try:
        tree = ast.parse(masked.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    return tuple(look_at(tree.body, _last_value(masked.text, tree.body)))


def look_at(statements: Iterable[ast.stmt], displayed: ast.Expr | None) -> Iterator[Sightings]:
    """Sightings of statements, of which IPython shows the value of ``displayed``."""
    for statement in statements:
        found = Sightings(bound=frozenset(_bound_by(statement)), defines=defined_name(statement))
        for node in ast.walk(statement):
            _note_held(node, found.held)
            found.shown.extend(_shown_by(node))
            found.tracebacks = found.tracebacks or _called(node) in _TRACEBACKS
        if statement is displayed:
            found.shown.extend(_sight([displayed.value], "display", displayed.value))
        yield found


def _bound_by(statement: ast.stmt) -> Iterator[str]:
    name = defined_name(statement)
    if name is not None:
        yield name
    elif isinstance(statement, ast.Assign):
        yield from (node.id for target in statement.targets for node in _plain_targets(target))
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        yield from (node.id for node in _plain_targets(statement.target))
    elif isinstance(statement, ast.Import | ast.ImportFrom):
        yield from (alias.asname or alias.name.split(".")[0] for alias in statement.names)
    elif isinstance(statement, ast.Delete):
        yield from (node.id for target in statement.targets for node in _plain_targets(target))


def _plain_targets(target: ast.expr) -> Iterator[ast.Name]:
    if isinstance(target, ast.Name):
        yield target
    elif isinstance(target, ast.Tuple | ast.List):
        for element in target.elts:
            yield from _plain_targets(element)


def _last_value(text: str, body: list[ast.stmt]) -> ast.Expr | None:
    last = body[-1] if body else None
    if not isinstance(last, ast.Expr):
        return None
    lines = text.split("\n")[(last.end_lineno or 1) - 1 :]
    lines[0] = lines[0].encode()[last.end_col_offset or 0 :].decode()
    return None if "\n".join(lines).strip().startswith(";") else last


# -- what names hold ----------------------------------------------------------------------------------------------


def _note_held(node: ast.AST, held: dict[str, set[str]]) -> None:
    for target, values in _stores(node) if made_name(node) is None else ():
        taken_out = isinstance(node, ast.For | ast.AsyncFor | ast.comprehension)
        found = {value for one in values for value in (_elements(one) if taken_out else (v for v, _ in _values(one)))}
        if found:
            held.setdefault(target, set()).update(found - {target})


def _stores(node: ast.AST) -> Iterator[tuple[str, list[ast.expr]]]:
    """(name, values) for everything that puts values under a name or into what it holds."""
    if isinstance(node, ast.Assign):
        yield from ((name, [node.value]) for target in node.targets for name in _roots(target))
    elif isinstance(node, ast.AnnAssign | ast.AugAssign) and node.value is not None:
        yield from ((name, [node.value]) for name in _roots(node.target))
    elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
        yield from _unpacked(node.target, node.iter)
    elif isinstance(node, ast.NamedExpr):
        yield node.target.id, [node.value]
    elif isinstance(node, ast.withitem) and node.optional_vars is not None:
        yield from ((name, [node.context_expr]) for name in _roots(node.optional_vars))
    elif isinstance(node, ast.ExceptHandler) and node.name and node.type is not None:
        kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        yield node.name, [ast.Call(kind, [], []) for kind in kinds]
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield f"{node.name}()", [value for value, _ in returned_by(node)]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _TAKES:
        yield from ((name, _arguments(node)) for name in _roots(node.func.value))


def _unpacked(target: ast.expr, source: ast.expr) -> Iterator[tuple[str, list[ast.expr]]]:
    """``for a, b in ((1, x), (2, y))``: what each of the names takes out, as far as the text tells."""
    rows = source.elts if isinstance(source, ast.List | ast.Tuple) else []
    names = target.elts if isinstance(target, ast.Tuple) else []
    if rows and names and all(isinstance(row, ast.Tuple) and len(row.elts) == len(names) for row in rows):
        for place, name in enumerate(names):
            column: list[ast.expr] = [row.elts[place] for row in rows if isinstance(row, ast.Tuple)]
            found: list[ast.expr] = [ast.List(column, ast.Load())]
            yield from ((root, found) for root in _roots(name))
        return
    yield from ((name, [source]) for name in _roots(target))


def _roots(target: ast.expr) -> Iterator[str]:
    """Names that a target binds or changes: ``a`` in ``a``, ``a[0]`` and ``a.b``; all of ``a, (b, *c)``."""
    while isinstance(target, ast.Attribute | ast.Subscript | ast.Starred):
        target = target.value
    if isinstance(target, ast.Name) and target.id not in ("self", "cls"):
        yield target.id
    elif isinstance(target, ast.Tuple | ast.List):
        for element in target.elts:
            yield from _roots(element)


def _arguments(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def _called(node: ast.AST) -> str:
    """The last word of what is called."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _values(node: ast.expr, direct: bool = True) -> Iterator[tuple[str, bool]]:
    """The values that an expression may give, or hold: then they are not ``direct``."""
    if isinstance(node, ast.Name):
        yield node.id, direct
    elif isinstance(node, ast.Lambda):
        yield LAMBDA, direct
    elif isinstance(node, ast.GeneratorExp):
        yield GENERATOR, direct
    elif isinstance(node, ast.Call):
        yield from _of_call(node, direct)
    elif isinstance(node, ast.Attribute):
        yield from _of_attribute(node, direct)
    elif isinstance(node, ast.Subscript):
        yield from _values(node.value, direct)
    elif isinstance(node, ast.Starred | ast.Await):
        yield from ((value, direct and isinstance(node, ast.Await)) for value in _elements(node.value))
    else:
        inside = direct and isinstance(node, ast.IfExp | ast.BoolOp | ast.NamedExpr)
        for part in _parts(node):
            yield from _values(part, inside)


def _of_attribute(node: ast.Attribute, direct: bool) -> Iterator[tuple[str, bool]]:
    for value, _ in _values(node.value):
        if node.attr == "__class__":
            yield f"type:{value}", direct
        elif node.attr in _SAME:
            yield value, direct
        else:
            yield f"{value}.{node.attr}", direct


def _parts(node: ast.expr) -> list[ast.expr]:
    """The expressions whose values are in the value of the whole."""
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return node.elts
    if isinstance(node, ast.Dict):
        return [*(key for key in node.keys if key is not None), *node.values]
    if isinstance(node, ast.ListComp | ast.SetComp):
        return [node.elt]
    if isinstance(node, ast.DictComp):
        return [node.key, node.value]
    if isinstance(node, ast.IfExp):
        return [node.body, node.orelse]
    if isinstance(node, ast.BoolOp):
        return node.values
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mult):
        return [node.left, node.right]
    return [node.value] if isinstance(node, ast.NamedExpr) else []


def _of_call(node: ast.Call, direct: bool) -> Iterator[tuple[str, bool]]:
    name = _called(node)
    if name == "type" and len(node.args) == 1:
        yield from ((f"type:{value}", direct) for value, _ in _values(node.args[0]))
        return
    if isinstance(node.func, ast.Name):
        yield f"{name}()", direct
    elif isinstance(node.func, ast.Attribute):
        yield from ((f"{value}.{name}()", direct) for value, _ in _values(node.func.value))
    else:
        yield from ((f"{value}()", direct) for value, _ in _values(node.func))
    if name in _KEEPS:
        for argument in _arguments(node):
            yield from ((value, False) for value, _ in _values(argument))
    elif name in _TAKES_OUT:
        for argument in _arguments(node):
            yield from ((value, False) for value in _elements(argument))


def _elements(node: ast.expr) -> Iterator[str]:
    """The values of the elements of what an expression gives."""
    if isinstance(node, ast.List | ast.Tuple | ast.Set | ast.ListComp | ast.SetComp):
        yield from (value for value, _ in _values(node))
    elif isinstance(node, ast.GeneratorExp):
        yield from (value for value, _ in _values(node.elt))
    else:
        yield from (f"each:{value}" for value, _ in _values(node))


def returned_by(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[tuple[ast.expr, bool]]:
    """What a function itself returns, or yields (then True)."""
    stack: list[ast.AST] = list(node.body)
    while stack:
        child = stack.pop()
        if isinstance(child, ast.Return | ast.Yield | ast.YieldFrom) and child.value is not None:
            yield child.value, not isinstance(child, ast.Return)
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            stack.extend(ast.iter_child_nodes(child))


def values_of(node: ast.expr) -> set[str]:
    """The values that an expression may give or hold."""
    return {value for value, _ in _values(node)}


# -- what is shown ------------------------------------------------------------------------------------------------


def _shown_by(node: ast.AST) -> Iterator[Sighting]:
    if isinstance(node, ast.FormattedValue):
        yield from _sight([node.value], "repr" if node.conversion == ord("r") else "str", node.value)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and _is_text(node.left):
        yield from _sight(node.right.elts if isinstance(node.right, ast.Tuple) else [node.right], "str", node)
    elif isinstance(node, ast.Attribute):
        if node.attr in _HOMES:
            yield from _sight([node.value], "home", node)
        elif node.attr.startswith(("inspect_", "parallel_diagnostics")):
            yield from _sight([node.value], "inspect", node)
    elif isinstance(node, ast.Call):
        yield from _shown_by_call(node)


def _shown_by_call(node: ast.Call) -> Iterator[Sighting]:
    name, plain = _called(node), isinstance(node.func, ast.Name)
    arguments = _arguments(node)
    formats = name == "format" and isinstance(node.func, ast.Attribute) and _is_text(node.func.value)
    if formats or (plain and name in _STR) or (not plain and name in _LOGS):
        yield from _sight(arguments, "str", node)
    elif name in _REPR:
        yield from _sight(arguments, "repr", node)
    elif plain and name == "display":
        yield from _sight(arguments, "display", node)
    elif name in _HELP:
        yield from _sight(arguments, "help", node)
    elif name in _PICKLE:
        owner = [node.func.value] if isinstance(node.func, ast.Attribute) and name == "to_pickle" else []
        yield from _sight([*arguments, *owner], "pickle", node)
    elif name in _PROCESS:
        yield from _sight(arguments, "process", node)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _sight(nodes: Iterable[ast.expr], how: How, whole: ast.AST) -> Iterator[Sighting]:
    for node in nodes:
        for value, direct in _values(node):
            # What stands in a container is shown by its ``repr``, whoever asks.
            yield Sighting(value, how if direct or how != "str" else "repr", whole)
