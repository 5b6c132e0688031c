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
_FRAME_CALLS = frozenset(
    {"_getframe", "currentframe", "extract_stack", "format_stack", "print_stack", "tb_lineno", "f_lineno", "extract_tb"}
)
#: Ways to the notebook's namespace that do not name it: text that is run there, and the module ``__main__``.
_RUNS_TEXT = frozenset({"run", "runctx", "runcall", "runeval"})
_PROFILERS = re.compile(r"(?:c?profile|pdb|prof\w*)", re.IGNORECASE)
_SHELL = frozenset({"user_ns", "user_global_ns", "user_module", "run_cell"})
_SEARCHES = frozenset({("doctest", "testmod"), ("doctest", "run_docstring_examples"), ("unittest", "main")})
_MAIN = re.compile(r"\b(?:from|import)\s+__main__\b|\b__main__\.\w")


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
    if isinstance(node, ast.Attribute) and node.attr == "stack" and getattr(node.value, "id", "") == "inspect":
        return Hazard("frame_access", "inspect.stack", node.lineno)
    way = _way_to_main(node)
    if way is not None:
        return Hazard("dynamic_namespace", way, getattr(node, "lineno", 1))
    if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
        return None
    if node.id in _DYNAMIC or (node.id in _DYNAMIC_WITHOUT_ARGUMENT and no_argument):
        return Hazard("dynamic_namespace", node.id, node.lineno)
    if node.id in _DUNDERS:
        return Hazard("module_dunder", node.id, node.lineno)
    if _HISTORY.fullmatch(node.id):
        return Hazard("ipython_history", node.id, node.lineno)
    return None


def _way_to_main(node: ast.AST) -> str | None:
    """What reaches the notebook's names without being one of Python's builtins, as text."""
    if isinstance(node, ast.Attribute):
        owner = getattr(node.value, "id", "")
        found = node.attr in _SHELL or (owner, node.attr) in _SEARCHES
        found = found or (owner == "builtins" and node.attr in _DYNAMIC)
        return f"{owner}.{node.attr}".lstrip(".") if found else None
    if isinstance(node, ast.Call):
        return _runs_text(node)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return "__main__" if _MAIN.search(node.value) else None
    if isinstance(node, ast.Import):
        return "__main__" if any(alias.name == "__main__" for alias in node.names) else None
    if isinstance(node, ast.Subscript) and getattr(node.slice, "value", None) == "__main__":
        return "sys.modules"
    return None


def _runs_text(node: ast.Call) -> str | None:
    """``cProfile.run("f()")`` runs the text among the notebook's names."""
    function, first = node.func, node.args[0] if node.args else None
    if not isinstance(function, ast.Attribute) or function.attr not in _RUNS_TEXT:
        return None
    is_text = isinstance(first, ast.JoinedStr) or (isinstance(first, ast.Constant) and isinstance(first.value, str))
    owner = function.value.func if isinstance(function.value, ast.Call) else function.value
    name = getattr(owner, "attr", getattr(owner, "id", ""))
    return f"{name}.{function.attr}" if is_text and _PROFILERS.fullmatch(name) else None
