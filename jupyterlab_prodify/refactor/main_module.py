"""Definitions that something looks for in the notebook itself, the module ``__main__``, where they must stay."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from jupyterlab_prodify.notebook.dataflow import Piece
from jupyterlab_prodify.refactor.moved_definitions import BUILTINS, Moved
from jupyterlab_prodify.refactor.roles import Draft

_SEARCHES = {"testmod": "doctest.testmod", "run_docstring_examples": "doctest.run_docstring_examples"}
_RESOLVES = frozenset({"get_type_hints", "resolve_types", "model_rebuild", "update_forward_refs"})
_WORD = re.compile(r"(?<![\w.])[^\W\d]\w*")


def check_main(draft: Draft) -> None:
    """Refuse to move a definition that another cell looks for, replaces or resolves in ``__main__``.

    Raises:
        RefusalError: a cell does.
    """
    moved = draft.roles.moved
    for piece in draft.region.others if moved else ():
        text = piece.source
        if "testmod" in text or "unittest" in text:
            _check_searches(draft, piece)
        for name in moved:
            if re.search(rf"\b__main__\.{re.escape(name)}\b", text) and _is_replaced(name, piece):
                raise draft.region.refuse(
                    "dynamic_namespace",
                    f"Another cell replaces `{name}` through `__main__`; in a module that would have no effect.",
                    f"Replace `{name}` in a test of the module, or leave the code in the notebook.",
                )
        if any(word in text for word in _RESOLVES):
            _check_hints(draft, piece)


def _check_searches(draft: Draft, piece: Piece) -> None:
    for node in ast.walk(piece.tree()):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        main = ast.unparse(node.func) == "unittest.main"
        if name in _SEARCHES or main:
            found = ", ".join(f"`{one}`" for one in draft.roles.moved)
            raise draft.region.refuse(
                "module_shown",
                f"`{_SEARCHES.get(name, 'unittest.main')}` looks in the notebook for what to test, and {found} would "
                "stand in a module.",
                "Leave what is tested in the notebook, or test the module instead.",
            )


def _is_replaced(name: str, piece: Piece) -> bool:
    for node in ast.walk(piece.tree()):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and node.attr == name:
            return True
        if isinstance(node, ast.Call) and "patch" in ast.unparse(node.func):
            texts = (n.value for n in ast.walk(node) if isinstance(n, ast.Constant))
            if f"__main__.{name}" in texts:
                return True
    return False


def _check_hints(draft: Draft, piece: Piece) -> None:
    """Annotations in quotes are looked up in the module of the class."""
    known = {*draft.roles.moved, *BUILTINS, *(target.name for target in draft.roles.imports)}
    asked = {
        getattr(node.func, "attr", getattr(node.func, "id", ""))
        for node in ast.walk(piece.tree())
        if isinstance(node, ast.Call)
    }
    for moved in draft.roles.moved.values() if asked & _RESOLVES else ():
        missing = [word for word in _quoted(moved) if word not in known and _is_of_notebook(word, draft)]
        if missing:
            raise draft.region.refuse(
                "dynamic_namespace",
                f"Another cell looks up the annotations of `{moved.name}`, and `{missing[0]}` stands only in the "
                "notebook.",
                f"Export `{missing[0]}` to the module first.",
            )


def _is_of_notebook(name: str, draft: Draft) -> bool:
    return draft.binds(name) or any(name in piece.facts.flow.bindings for piece in draft.region.others)


def _quoted(moved: Moved) -> Iterator[str]:
    """Names in the annotations of a definition that are text."""
    for node in ast.walk(ast.parse(moved.source)):
        annotation = getattr(node, "annotation", None) or getattr(node, "returns", None)
        for part in ast.walk(annotation) if isinstance(annotation, ast.AST) else ():
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield from _WORD.findall(part.value)
