"""Statements that define: ``def``, ``class``, and calls that make a class, as ``namedtuple`` does."""

from __future__ import annotations

import ast

#: Calls that give a class, or something that takes a class's place, under the name that their result is bound to.
_MAKERS = frozenset(
    [
        "namedtuple",
        "NamedTuple",
        "TypedDict",
        "Enum",
        "IntEnum",
        "StrEnum",
        "Flag",
        "IntFlag",
        "make_dataclass",
        "NewType",
        "TypeVar",
        "ParamSpec",
    ]
)


def defined_name(statement: ast.AST) -> str | None:
    """The name that a defining statement binds; None for any other statement."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return statement.name
    return made_name(statement)


def made_name(statement: ast.AST) -> str | None:
    """``Name`` in ``Name = namedtuple("Name", ...)`` and the like: a class that goes by that name in its module."""
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
        return None
    target, call = statement.targets[0], statement.value
    if not isinstance(target, ast.Name) or not isinstance(call, ast.Call) or not call.args:
        return None
    maker = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    # Without a second argument ``Enum`` looks a member up, and ``type`` tells the class of a value.
    makes = maker in _MAKERS and (len(call.args) + len(call.keywords) > 1 or maker in ("TypeVar", "ParamSpec"))
    makes = makes or (maker == "type" and len(call.args) == 3)
    first = call.args[0]
    return target.id if makes and isinstance(first, ast.Constant) and first.value == target.id else None
