"""Objects that code changes in place: the caller sees the change although nothing is returned."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_MUTATING_METHODS = frozenset(
    [
        "append",
        "extend",
        "insert",
        "remove",
        "pop",
        "clear",
        "sort",
        "reverse",
        "update",
        "setdefault",
        "popitem",
        "add",
        "discard",
        "difference_update",
        "intersection_update",
        "symmetric_difference_update",
        "appendleft",
        "extendleft",
        "popleft",
        "rotate",
        "fit",
        "partial_fit",
        "fit_transform",
        "fit_predict",
        "fill",
        "put",
        "itemset",
        "setflags",
        "resize",
        "write",
        "writelines",
        "seek",
        "truncate",
        "close",
        "load_state_dict",
        "backward",
        "step",
        "zero_grad",
        "compile",
        "set_index_inplace",
        "setattr",
        "__setitem__",
        "__delitem__",
    ]
)
_FILLING = frozenset(
    [
        "append",
        "extend",
        "insert",
        "remove",
        "pop",
        "clear",
        "sort",
        "reverse",
        "update",
        "setdefault",
        "popitem",
        "add",
        "discard",
    ]
)
_MUTATED_FIRST_ARGUMENT = frozenset(
    {
        "next",
        "setattr",
        "delattr",
        "shuffle",
        "heappush",
        "heappop",
        "heapify",
        "insort",
        "insort_left",
        "insort_right",
    }
)


@dataclass(frozen=True)
class Mutation:
    """``name`` is changed in place at ``line`` by ``how`` (source text, shortened)."""

    name: str
    line: int
    how: str


def find_mutations(statements: Iterable[ast.stmt]) -> list[Mutation]:
    """In-place changes of names of the cell, directly or through a plain alias (``b = a``), in text order."""
    found: list[Mutation] = []
    aliases: dict[str, str] = {}
    for node in _in_order(statements):
        if isinstance(node, ast.Assign):
            _note_alias(node, aliases)
        for name, how in _changes(node):
            line = getattr(node, "lineno", 0)
            found.append(Mutation(name, line, _short(how)))
            if name in aliases:
                found.append(
                    Mutation(
                        aliases[name],
                        line,
                        f"{_short(how)}, the same object as `{aliases[name]}`",
                    )
                )
    return found


def changed_directly(statements: Iterable[ast.stmt]) -> frozenset[str]:
    """Names of containers that code fills or empties: ``name.append(...)``, ``name[...] = ...``."""
    found: set[str] = set()
    for node in _in_order(statements):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _FILLING:
            found.add(getattr(node.func.value, "id", ""))
        elif isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
            found.add(getattr(node.value, "id", ""))
    return frozenset(found - {""})


def _in_order(statements: Iterable[ast.stmt]) -> Iterator[ast.AST]:
    stack: list[ast.AST] = list(reversed(list(statements)))
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(list(ast.iter_child_nodes(node))))


def _note_alias(node: ast.Assign, aliases: dict[str, str]) -> None:
    for target in node.targets:
        if isinstance(target, ast.Name):
            aliases.pop(target.id, None)
            if isinstance(node.value, ast.Name):
                aliases[target.id] = aliases.get(node.value.id, node.value.id)


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
        yield from _named(node, node)
    elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        if isinstance(
            node.value,
            ast.List | ast.ListComp | ast.Set | ast.SetComp | ast.Dict | ast.DictComp,
        ):
            yield node.target.id, node
    elif isinstance(node, ast.Call):
        yield from _call_changes(node)


def _call_changes(node: ast.Call) -> Iterator[tuple[str, ast.AST]]:
    method = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if isinstance(node.func, ast.Attribute) and (method in _MUTATING_METHODS or _inplace(node)):
        yield from _named(node.func.value, node)
    if method in _MUTATED_FIRST_ARGUMENT and node.args:
        yield from _named(node.args[0], node)


def _inplace(node: ast.Call) -> bool:
    return any(
        keyword.arg == "inplace" and isinstance(keyword.value, ast.Constant) and keyword.value.value is True
        for keyword in node.keywords
    )


def _named(node: ast.AST, whole: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """The name at the root of ``name.attribute[0]...``."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    if isinstance(node, ast.Name):
        yield node.id, whole


def _short(node: ast.AST) -> str:
    text = ast.unparse(node).split("\n")[0]
    return f"`{text if len(text) <= 60 else text[:57] + '...'}`"
