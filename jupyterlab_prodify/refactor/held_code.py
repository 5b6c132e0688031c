"""Values of the notebook that run notebook code later: lambdas, functions, generators, objects of its classes.

Such code reads the notebook's names when it runs. Where the exported code binds one of these names and then uses such
a value, the notebook would have seen the new binding; in the module the new value is a local of the function.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence

from jupyterlab_prodify.notebook.dataflow import Piece
from jupyterlab_prodify.refactor.closures import CONSUMERS, Definition, is_maker

_LAZY = frozenset({"map", "filter", "groupby", "starmap"})


def holders_of(names: Iterable[str], pieces: Sequence[Piece]) -> dict[str, set[str]]:
    """Names of the notebook whose values may run code that reads one of ``names``: {holder: names read}."""
    wanted = set(names)
    held = _Held()
    if not any(wanted & set(piece.facts.flow.captured) for piece in pieces):
        return {}
    for piece in pieces:
        captured = piece.facts.flow.captured
        owners: dict[str, set[str]] = {}
        for name in wanted & set(captured):
            for read in captured[name]:
                owners.setdefault(read.owner, set()).add(name)
        # A piece that makes no such code and names no holder has nothing to add; most pieces are like that.
        if owners or any(holder in piece.source for holder in held.holders):
            held.follow(piece.tree(), owners)
    return held.holders


class _Held:
    """Follows assignments; ``makers`` are functions and classes whose calls give such values."""

    def __init__(self) -> None:
        self.holders: dict[str, set[str]] = {}
        self.makers: set[str] = set()

    def follow(self, tree: ast.Module, owners: dict[str, set[str]]) -> None:
        for statement in _statements(tree.body):
            if isinstance(statement, Definition):
                self._define(statement, owners)
                continue
            read = set().union(*self._values(statement, owners))
            for name in _receivers(statement) if read else ():
                self.holders.setdefault(name, set()).update(read)

    def _define(self, node: Definition, owners: dict[str, set[str]]) -> None:
        # What a decorator or a base class reads is read by what they are used for.
        used = [*node.decorator_list, *(node.bases if isinstance(node, ast.ClassDef) else ())]
        names = {child.id for part in used for child in ast.walk(part) if isinstance(child, ast.Name)}
        read = owners.get(node.name, set()).union(*(self.holders.get(name, ()) for name in names))
        if not read:
            return
        self.holders.setdefault(node.name, set()).update(read)
        if is_maker(node):
            self.makers.add(node.name)

    def _values(self, statement: ast.stmt, owners: dict[str, set[str]]) -> Iterator[set[str]]:
        """What the code reads that the statement may store."""
        parents = {id(child): node for node in ast.walk(statement) for child in ast.iter_child_nodes(node)}
        for node in _own_nodes(statement, _storing_parts):
            if isinstance(node, ast.Lambda | ast.GeneratorExp) and not _is_used_up(node, parents):
                kind = "lambda" if isinstance(node, ast.Lambda) else "genexp"
                yield owners.get(f"<{kind}>:{node.lineno}:{node.col_offset}", set())
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in self.holders:
                parent = parents.get(id(node))
                called = isinstance(parent, ast.Call) and parent.func is node
                if node.id in self.makers or not (called or _is_used_up(node, parents)):
                    yield self.holders[node.id]


def _statements(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements of the notebook itself, in text order; those of functions and classes are not."""
    for statement in body:
        yield statement
        if isinstance(statement, Definition):
            continue
        for field in ("body", "orelse", "finalbody"):
            yield from _statements(getattr(statement, field, []))
        for part in [*getattr(statement, "handlers", []), *getattr(statement, "cases", [])]:
            yield from _statements(part.body)


def _own_nodes(
    statement: ast.stmt, parts: Callable[[ast.AST], Iterable[ast.AST]] = ast.iter_child_nodes
) -> Iterator[ast.AST]:
    """The expressions of a statement, without the statements in it and without the bodies of lambdas."""
    stack: list[ast.AST] = [statement]
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, ast.Lambda):
            stack.extend(child for child in parts(node) if not isinstance(child, ast.stmt))


def _storing_parts(node: ast.AST) -> Iterable[ast.AST]:
    """Parts whose value may be in the value of the whole: not what is compared, awaited or made to text."""
    if isinstance(node, ast.Compare | ast.UnaryOp | ast.JoinedStr | ast.Await):
        return ()
    if isinstance(node, ast.IfExp):
        return (node.body, node.orelse)
    if isinstance(node, ast.Subscript):
        return (node.value,)
    if isinstance(node, ast.If | ast.While):
        return (child for child in ast.walk(node.test) if isinstance(child, ast.NamedExpr))
    return ast.iter_child_nodes(node)


def _is_used_up(node: ast.AST, parents: dict[int, ast.AST]) -> bool:
    """Is the function or generator called at once, or given to a call that does not keep it?"""
    parent = parents.get(id(node))
    if isinstance(parent, ast.keyword):
        parent = parents.get(id(parent))
    if not isinstance(parent, ast.Call):
        return False
    if parent.func is node:
        return True
    name = parent.func.attr if isinstance(parent.func, ast.Attribute) else getattr(parent.func, "id", "")
    if name in _LAZY and isinstance(parent.func, ast.Name):
        return _is_used_up(parent, parents)
    return name in CONSUMERS


def _receivers(statement: ast.stmt) -> Iterator[str]:
    """Names that may hold a value of the statement afterwards: its targets, and the object whose method is called."""
    for node in _own_nodes(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        root: ast.AST = node
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            root = node.func.value
        elif not (isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store)):
            continue
        while isinstance(root, ast.Attribute | ast.Subscript | ast.Call):
            root = root.func if isinstance(root, ast.Call) else root.value
        if isinstance(root, ast.Name):
            yield root.id
