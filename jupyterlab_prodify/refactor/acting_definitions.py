"""Definitions that do something while they are executed, so that they must not be executed at another moment.

Decorators, defaults and class bodies run when the definition does. Those that only compute a value may run when the
module is imported; what prints, counts, reads a file or asks the time may not.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import lru_cache

#: Decorators that only wrap: applying them earlier shows and registers nothing.
_PURE_DECORATORS = frozenset(
    [
        "wraps",
        "lru_cache",
        "cache",
        "cached_property",
        "dataclass",
        "property",
        "staticmethod",
        "classmethod",
        "contextmanager",
        "asynccontextmanager",
        "total_ordering",
        "singledispatch",
        "overload",
        "final",
        "jit",
        "njit",
        "vectorize",
        "guvectorize",
        "setter",
        "abstractmethod",
        "partial",
        "unique",
        "runtime_checkable",
    ]
)


#: Calls in a class body that only make a value; so does whatever is called like a class.
_PURE_CALLS = frozenset(
    [
        *("abs", "auto", "bool", "bytes", "classmethod", "dict", "enumerate", "field", "float", "frozenset", "int"),
        *("len", "list", "max", "min", "namedtuple", "object", "partial", "pow", "property", "range", "repr", "round"),
        *("set", "sorted", "staticmethod", "str", "sum", "super", "tuple", "type", "zip"),
        *("arange", "array", "asarray", "compile", "copy", "deepcopy", "eye", "format", "full", "get", "getLogger"),
        *("items", "join", "keys", "linspace", "logspace", "lower", "mapped_column", "ones", "partialmethod"),
        *("relationship", "replace", "split", "strip", "timedelta", "upper", "values", "zeros"),
    ]
)
#: What a notebook sets for all that comes after it.
_STATES = frozenset({"environ", "getenv", "rcParams", "argv", "options"})
_HOOKS = frozenset({"__init_subclass__", "__set_name__", "__prepare__"})
_META = frozenset({"type", "ABCMeta", "EnumMeta", "EnumType"})
_WRAPPING = frozenset({"update_wrapper", "setattr"})
Function = ast.FunctionDef | ast.AsyncFunctionDef


@lru_cache(maxsize=2_000)
def eager_obstacle(name: str, text: str) -> str | None:
    """Code that runs while the definition is executed and might show or change something."""
    try:
        node = ast.parse(text).body[-1]
    except SyntaxError:
        return f"`{name}` holds text that only IPython understands"
    if not isinstance(node, Function | ast.ClassDef):
        return None
    for decorator in node.decorator_list:
        if not _is_pure_decorator(decorator):
            return f"`{name}` is decorated with `{ast.unparse(decorator)}`, which may act when it is applied"
    if isinstance(node, ast.ClassDef):
        return _class_obstacle(name, node)
    parts = [child for default in _defaults(node) for child in ast.walk(default)]
    if any(isinstance(child, ast.Call) for child in parts):
        return f"a default of `{name}` is computed by a call"
    state = next(filter(None, map(_state, parts)), None)
    return f"a default of `{name}` reads `{state}` when it is defined" if state else None


def _state(node: ast.AST) -> str | None:
    """A setting of the process or of a library, which the notebook may have changed before."""
    if isinstance(node, ast.Attribute | ast.Name) and isinstance(node.ctx, ast.Load):
        name = node.attr if isinstance(node, ast.Attribute) else node.id
        return ast.unparse(node) if name in _STATES else None
    return None


def _defaults(node: Function) -> list[ast.expr]:
    return [*node.args.defaults, *(default for default in node.args.kw_defaults if default is not None)]


def _class_obstacle(name: str, node: ast.ClassDef) -> str | None:
    """Calls in a class body, decorators of methods that may act, and code that runs for each class."""
    is_meta = any(isinstance(base, ast.Name) and base.id in _META for base in node.bases)
    stack: list[ast.AST] = [*node.bases, *(keyword.value for keyword in node.keywords), *node.body]
    while stack:
        part = stack.pop()
        if isinstance(part, Function):
            if part.name in _HOOKS or (is_meta and part.name in ("__new__", "__init__") and _acts(part.body)):
                return f"`{part.name}` of `{name}` runs for each class that is made"
            acting = [d for d in part.decorator_list if not _is_pure_decorator(d)]
            if acting:
                return f"a method of `{name}` is decorated with `{ast.unparse(acting[0])}`"
            stack.extend(_defaults(part))
        elif isinstance(part, ast.Lambda):
            continue
        elif isinstance(part, ast.Expr) and isinstance(part.value, ast.Call):
            return f"the body of `{name}` calls `{ast.unparse(part.value.func)}`"
        elif isinstance(part, ast.Call) and not _is_pure_call(part):
            return f"the body of `{name}` calls `{ast.unparse(part.func)}`"
        elif (state := _state(part)) is not None:
            return f"the body of `{name}` reads `{state}`"
        else:
            stack.extend(ast.iter_child_nodes(part))
    return None


def _is_pure_call(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name in _PURE_CALLS or name[:1].isupper()


def _is_pure_decorator(decorator: ast.expr) -> bool:
    function = decorator.func if isinstance(decorator, ast.Call) else decorator
    if isinstance(function, ast.Attribute):
        return function.attr in _PURE_DECORATORS
    # A decorator that is a function of the notebook moves along and is looked at on its own.
    return isinstance(function, ast.Name)


def acting_decorator(sources: Mapping[str, str]) -> str | None:
    """A decorator of the notebook that shows or changes something when it is applied, if there is one among these."""
    for name, source in sources.items():
        for decorator in _decorators(source):
            factory = isinstance(decorator, ast.Call)
            used = decorator.func if isinstance(decorator, ast.Call) else decorator
            if isinstance(used, ast.Name) and used.id in sources and _acts_when_applied(sources[used.id], factory):
                return f"`{name}` is decorated with `{used.id}`, which acts when it is applied"
    return None


def _decorators(source: str) -> list[ast.expr]:
    if "@" not in source:
        return []
    nodes = ast.walk(ast.parse(source))
    return [one for node in nodes if isinstance(node, Function | ast.ClassDef) for one in node.decorator_list]


@lru_cache(maxsize=2_000)
def _acts_when_applied(source: str, factory: bool) -> bool:
    """``factory``: the decorator is what a call of it gives."""
    node = ast.parse(source).body[-1]
    if isinstance(node, ast.ClassDef):
        run = {"__init__", "__new__", *(["__call__"] if factory else [])}
        return any(_acts(method.body) for method in node.body if isinstance(method, Function) and method.name in run)
    if not isinstance(node, Function):
        return True
    inner = [child for child in node.body if isinstance(child, Function)] if factory else []
    return _acts(node.body) or any(_acts(child.body) for child in inner)


def _acts(body: list[ast.stmt]) -> bool:
    """Do the statements call something for its effect?"""
    values = [node.value for node in _own_statements(body) if isinstance(node, ast.Expr)]
    calls = [value for value in values if isinstance(value, ast.Call)]
    return any(ast.unparse(call.func).rpartition(".")[2] not in _WRAPPING for call in calls)


def _own_statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements of this body, without those of functions and classes in it."""
    for statement in body:
        yield statement
        if not isinstance(statement, Function | ast.ClassDef):
            for child in ast.iter_child_nodes(statement):
                if isinstance(child, ast.stmt):
                    yield from _own_statements([child])
                elif isinstance(child, ast.ExceptHandler | ast.match_case):
                    yield from _own_statements(child.body)
