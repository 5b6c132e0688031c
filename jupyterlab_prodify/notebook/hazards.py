"""Code whose meaning depends on the namespace or the frame it stands in, so that it cannot be moved as it is."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import Literal

HazardCode = Literal["dynamic_namespace", "ipython_history", "module_dunder", "frame_access"]

#: Builtins that reach the caller's namespace; ``vars`` and ``dir`` do so only without an argument.
_DYNAMIC = frozenset({"exec", "eval", "globals", "locals"})
_DYNAMIC_WITHOUT_ARGUMENT = frozenset({"vars", "dir"})
_HISTORY = re.compile(r"In|Out|_|__|___|_\d+|_i|_ii|_iii|_i\d+|_dh|_ih|_oh")
_DUNDERS = frozenset(
    {
        "__name__",
        "__file__",
        "__doc__",
        "__spec__",
        "__builtins__",
        "__package__",
        "__loader__",
        "__annotations__",
    }
)
_FRAME_CALLS = frozenset({"_getframe", "currentframe"})


@dataclass(frozen=True)
class Hazard:
    """``name`` at ``line`` reaches the notebook's namespace, its history, its frame or its ``__main__`` module."""

    code: HazardCode
    name: str
    line: int


def find_hazards(tree: ast.AST) -> list[Hazard]:
    """All candidates in the code, in text order; a name that the notebook itself binds is no hazard."""
    without_argument = {
        id(node.func): not (node.args or node.keywords) for node in ast.walk(tree) if isinstance(node, ast.Call)
    }
    found = [
        hazard
        for node in ast.walk(tree)
        if (hazard := _hazard_of(node, without_argument.get(id(node), True))) is not None
    ]
    return sorted(found, key=lambda hazard: hazard.line)


def _hazard_of(node: ast.AST, no_argument: bool) -> Hazard | None:
    if isinstance(node, ast.Attribute) and node.attr in _FRAME_CALLS:
        return Hazard("frame_access", node.attr, node.lineno)
    if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
        return None
    if node.id in _DYNAMIC or (node.id in _DYNAMIC_WITHOUT_ARGUMENT and no_argument):
        return Hazard("dynamic_namespace", node.id, node.lineno)
    if node.id in _DUNDERS:
        return Hazard("module_dunder", node.id, node.lineno)
    if _HISTORY.fullmatch(node.id):
        return Hazard("ipython_history", node.id, node.lineno)
    return None
