"""Code of the notebook that binds names of the notebook from inside a function: ``global``, ``globals()[...] = ...``.

Whoever runs such code changes a name although no statement of the cell binds it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from jupyterlab_prodify.notebook.dataflow import Piece
from jupyterlab_prodify.refactor.held_code import Held, Owners, held_by

#: Stands for every name: the code binds names that are not written out.
ANY = "*"

_SIGNS = ("global", "user_ns", "__main__", "get_ipython")
_READING = frozenset({"get", "keys", "items", "values", "copy"})
_READERS = frozenset({"dict", "list", "len", "sorted", "set", "print", "isinstance", "type", "tuple"})
_RUNNING = frozenset({"push", "ex", "run_cell", "run_line_magic", "run_cell_magic", "magic"})


def written_by(names: Iterable[str], pieces: Sequence[Piece]) -> Held:
    """Who holds code of the pieces that binds one of the names when it runs."""
    wanted = set(names)
    owners: dict[int, Owners] = {}
    for place, piece in enumerate(pieces):
        found: Owners = {}
        for owner, written in _writers_in(piece):
            touched = wanted if ANY in written else wanted & written
            if touched:
                found.setdefault(owner, set()).update(touched)
        if found:
            owners[place] = found
    return held_by(owners, pieces)


def is_written(name: str, pieces: Sequence[Piece]) -> bool:
    """Does code of the pieces bind the name when it runs?"""
    return any(name in written for piece in pieces for _, written in _writers_in(piece))


def writing_line(name: str, pieces: Sequence[Piece]) -> tuple[Piece, int] | None:
    """The first function that binds the name with ``global``: its piece and its line there."""
    for piece in pieces:
        if is_written(name, [piece]):
            for declared, line in piece.facts.flow.global_statements:
                if declared == name:
                    return piece, line
    return None


def _writers_in(piece: Piece) -> tuple[tuple[str, frozenset[str]], ...]:
    if not any(sign in piece.source for sign in _SIGNS):
        return ()
    return _writers_in_text(piece.facts.masked.text)


@lru_cache(maxsize=500)
def _writers_in_text(text: str) -> tuple[tuple[str, frozenset[str]], ...]:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    found: list[tuple[str, frozenset[str]]] = []
    for owner, node in _owners(tree):
        names = frozenset([*_declared(node), *_through_namespace(node)])
        if names:
            found.append((owner, names))
    return tuple(found)


def _owners(tree: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """The outermost functions, classes and lambdas."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node
        elif isinstance(node, ast.Lambda):
            yield f"<lambda>:{node.lineno}:{node.col_offset}", node
        else:
            yield from _owners(node)


def _declared(owner: ast.AST) -> Iterator[str]:
    for function in ast.walk(owner):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            names = {name for node in ast.walk(function) if isinstance(node, ast.Global) for name in node.names}
            yield from names & set(_bound_in(function)) if names else ()


def _bound_in(function: ast.AST) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.alias):
            yield node.asname or node.name.split(".")[0]
        elif isinstance(node, ast.MatchAs | ast.MatchStar | ast.ExceptHandler) and node.name:
            yield node.name


def _through_namespace(owner: ast.AST) -> Iterator[str]:
    """Names bound through ``globals()`` and what IPython offers instead."""
    parents = {id(child): node for node in ast.walk(owner) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(owner):
        if _is_namespace(node):
            name = _name_written(node, parents)
            if name:
                yield name
        elif isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "__main__":
            if not isinstance(node.ctx, ast.Load):
                yield node.attr
        elif isinstance(node, ast.Attribute) and node.attr in _RUNNING and "get_ipython" in ast.unparse(node.value):
            yield ANY


def _is_namespace(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr in ("user_ns", "user_global_ns")
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "globals"


def _name_written(node: ast.AST, parents: dict[int, ast.AST]) -> str:
    """The name that is bound through the namespace ``node``; empty where it is only read."""
    parent = parents.get(id(node))
    if isinstance(parent, ast.Subscript):
        key = parent.slice.value if isinstance(parent.slice, ast.Constant) else ANY
        return "" if isinstance(parent.ctx, ast.Load) else str(key)
    if isinstance(parent, ast.Attribute) and parent.attr in _READING:
        return ""
    if isinstance(parent, ast.Compare | ast.For | ast.comprehension):
        return ""
    if isinstance(parent, ast.keyword) and parent.arg is None:
        return ""
    if isinstance(parent, ast.Call) and getattr(parent.func, "id", "") in _READERS:
        return ""
    return ANY
