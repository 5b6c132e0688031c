"""Values of the notebook that run notebook code later: lambdas, functions, generators, objects of its classes.

Such code reads and binds the notebook's names when it runs. Where the exported code binds or reads one of these names
and uses such a value, the notebook would have seen the new binding; in the module the name is a local of the function.
Followed are assignments, calls, decorators and base classes, also what functions store away for their callers.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jupyterlab_prodify.notebook.dataflow import Piece
from jupyterlab_prodify.notebook.scopes import function_scope
from jupyterlab_prodify.refactor.closures import CONSUMERS, LAZY, Definition, is_maker
from jupyterlab_prodify.refactor.moved_definitions import BUILTINS

#: The code that touches names: an owner as in ``flow.Read.owner``, and the names.
Owners = dict[str, set[str]]

#: Of the consumers, those whose answer keeps the function.
_KEEPING = frozenset({"vectorize", "groupby", "rolling", "resample", "expanding"})
_CONTAINERS = frozenset({"dict", "list", "set", "tuple"})
#: Calls that only wrap what they are given, so that nothing but their value holds it.
_WRAPPERS = frozenset(
    [
        *(
            "partial",
            "wraps",
            "lru_cache",
            "cache",
            "contextmanager",
            "asynccontextmanager",
            "vectorize",
            "jit",
            "njit",
        ),
        *(
            "singledispatch",
            "total_ordering",
            "dataclass",
            "property",
            "staticmethod",
            "classmethod",
            "deepcopy",
            "copy",
        ),
    ]
)
_STARTS = frozenset({"start", "submit", "start_new_thread"})
_SCHEDULES = frozenset({"create_task", "ensure_future", "call_soon", "call_later", "call_at"})
_ROUNDS = 3


@dataclass
class Held:
    """Who holds code that touches which of the wanted names.

    ``holders`` are names of the notebook; ``filled`` those of them that were given the code after they were made.
    ``hidden`` are names touched by code that an unknown function was given, ``running`` those touched by code that
    runs beside the cells, ``scheduled`` those touched by tasks that run where a cell awaits.
    """

    holders: dict[str, set[str]] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    running: set[str] = field(default_factory=set)
    scheduled: set[str] = field(default_factory=set)


def readers_held(names: Iterable[str], pieces: Sequence[Piece]) -> Held:
    """The code of ``pieces`` that reads one of ``names`` when it runs."""
    wanted = set(names)
    owners: dict[int, Owners] = {}
    for place, piece in enumerate(pieces):
        captured = piece.facts.flow.captured
        found: Owners = {}
        for name in wanted & set(captured):
            for read in captured[name]:
                found.setdefault(read.owner, set()).add(name)
        if found:
            owners[place] = found
    return held_by(owners, pieces)


def held_by(owners: Mapping[int, Owners], pieces: Sequence[Piece]) -> Held:
    """Follow the code that ``owners`` names, by the place of its piece, through the pieces."""
    if not owners:
        return Held()
    following = _Following(pieces)
    for _ in range(_ROUNDS):
        before = following.size()
        for place, piece in enumerate(pieces):
            # A piece that makes no such code and names no holder has nothing to add; most pieces are like that.
            if place in owners or any(name in piece.source for name in following.known()):
                following.follow(piece.tree(), owners.get(place, {}))
        if following.size() == before:
            break
    return following.held


class _Following:
    """``makers`` are functions and classes whose calls give such values; ``fills`` says where functions store what they
    are given; ``aliases`` are names of one object."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.held = Held()
        self.makers: set[str] = set()
        self.fills: dict[str, set[str]] = {}
        self.aliases: dict[str, set[str]] = {}
        bindings = [binding for piece in pieces for group in piece.facts.flow.bindings.values() for binding in group]
        self.imported = {binding.name for binding in bindings if binding.kind == "import"}
        self.classes = {binding.name for binding in bindings if binding.kind == "class"}
        self.own = {binding.name for binding in bindings if binding.kind != "import"}

    def known(self) -> set[str]:
        return {*self.held.holders, *self.fills}

    def size(self) -> int:
        held = self.held
        told = sum(len(names) for names in held.holders.values()) + sum(len(names) for names in self.fills.values())
        return told + len(self.makers) + len(held.filled) + len(held.hidden) + len(held.running) + len(held.scheduled)

    def follow(self, tree: ast.Module, owners: Owners) -> None:
        for statement in _statements(tree.body):
            if isinstance(statement, Definition):
                self._define(statement, owners)
            else:
                self._run(statement, owners)

    # -- definitions ----------------------------------------------------------------------------------------------

    def _define(self, node: Definition, owners: Owners) -> None:
        self._note_fills(node)
        inner = {name for name in _loaded(node) if name != node.name and name not in self.imported}
        touched = owners.get(node.name, set()).union(*(self.held.holders.get(name, ()) for name in inner))
        used = [*node.decorator_list]
        if isinstance(node, ast.ClassDef):
            used += [*node.bases, *(keyword.value for keyword in node.keywords)]
        touched = touched.union(*(self.held.holders.get(name, ()) for part in used for name in _loaded(part)))
        if not touched:
            return
        self._hold([node.name], touched)
        if is_maker(node) or self._gives_a_holder(node):
            self.makers.add(node.name)
        for part in used:
            self._fill([_root(part)] if isinstance(_called(part), ast.Attribute) else [], touched)
            self._fill((name for one in _loaded(part) for name in self.fills.get(one, ())), touched)
        for decorator in node.decorator_list:
            self._note_hidden(_called(decorator), touched)

    def _gives_a_holder(self, node: Definition) -> bool:
        called = {id(child.func) for child in ast.walk(node) if isinstance(child, ast.Call)}
        return any(
            isinstance(child, ast.Name) and child.id in self.held.holders and id(child) not in called
            for child in ast.walk(node)
        )

    def _note_fills(self, node: Definition) -> None:
        """Names of the notebook that a call of the function may store something in."""
        inner = node.body if isinstance(node, ast.ClassDef) else [node]
        found = {name for part in inner for name in self._stored_in(part)}
        found |= {name for one in _loaded(node) if one != node.name for name in self.fills.get(one, ())}
        if found:
            self.fills.setdefault(node.name, set()).update(found)

    def _stored_in(self, node: ast.AST) -> set[str]:
        found: set[str] = set()
        local: set[str] = set()
        for child in ast.walk(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                local |= function_scope(child).local
            elif isinstance(child, ast.Global):
                found.update(child.names)
            elif isinstance(child, ast.stmt) and not isinstance(child, ast.ClassDef):
                found.update(_changed(child))
        return (found & self.own) - local

    # -- statements -----------------------------------------------------------------------------------------------

    def _run(self, statement: ast.stmt, owners: Owners) -> None:
        self._note_alias(statement)
        parents = {id(child): node for node in ast.walk(statement) for child in ast.iter_child_nodes(node)}
        stored = set().union(*self._values(statement, owners, parents))
        if stored:
            self._hold(_bound(statement), stored)
            self._fill(_changed(statement), stored)
        named = self._named(statement, owners)
        if not named:
            return
        loaded = _loaded(statement)
        given = self._named(statement, owners, parents)
        self._fill((name for one in loaded for name in self.fills.get(one, ())), given)
        for node in _own_nodes(statement):
            if isinstance(node, ast.Call):
                self._note_call(node, parents, owners, named)

    def _note_call(self, node: ast.Call, parents: dict[int, ast.AST], owners: Owners, named: set[str]) -> None:
        last = _last_word(node.func)
        if last in _STARTS:
            self.held.running |= named
        if last in _SCHEDULES:
            self.held.scheduled |= named
        for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
            given = self._touched_by(argument, owners) if not _is_used_up(argument, parents) else set()
            if given:
                self._note_hidden(node.func, given)

    def _note_hidden(self, function: ast.AST, given: set[str]) -> None:
        """An imported function may keep what it is given where nothing of the notebook shows it."""
        if isinstance(function, ast.Name) and function.id in self.imported and function.id not in self.own:
            name = function.id
            if name not in _WRAPPERS and name not in CONSUMERS and not name[:1].isupper():
                self.held.hidden |= given

    def _note_alias(self, statement: ast.stmt) -> None:
        value = getattr(statement, "value", None)
        root = _root(value) if isinstance(value, ast.Name | ast.Attribute | ast.Subscript) else ""
        if isinstance(statement, ast.Assign) and root and root not in self.imported:
            for target in statement.targets:
                other = _root(target)
                if other:
                    self.aliases.setdefault(other, set()).add(root)
                    self.aliases.setdefault(root, set()).add(other)

    def _named(self, statement: ast.stmt, owners: Owners, parents: dict[int, ast.AST] | None = None) -> set[str]:
        """What the code touches that the statement mentions; with ``parents``, leaving out what it only calls."""
        touched: set[str] = set()
        for node in _own_nodes(statement):
            parent = parents.get(id(node)) if parents is not None else None
            only_called = isinstance(parent, ast.Call) and parent.func is node
            if not only_called or getattr(node, "id", "") in self.makers:
                touched |= self._touched_by(node, owners)
        return touched

    def _touched_by(self, node: ast.AST, owners: Owners) -> set[str]:
        if isinstance(node, ast.Name):
            return set(self.held.holders.get(node.id, ())) if isinstance(node.ctx, ast.Load) else set()
        if isinstance(node, ast.Lambda | ast.GeneratorExp):
            kind = "lambda" if isinstance(node, ast.Lambda) else "genexp"
            own = owners.get(f"<{kind}>:{node.lineno}:{node.col_offset}", set())
            return own.union(*(self.held.holders.get(name, ()) for name in _loaded(node) - self.imported))
        return set()

    def _values(self, statement: ast.stmt, owners: Owners, parents: dict[int, ast.AST]) -> Iterator[set[str]]:
        """What the code touches that the statement may store."""
        for node in _own_nodes(statement, _storing_parts):
            if isinstance(node, ast.Lambda | ast.GeneratorExp) and not _is_used_up(node, parents):
                yield self._touched_by(node, owners)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in self.held.holders:
                parent = parents.get(id(node))
                called = isinstance(parent, ast.Call) and parent.func is node
                if node.id in self.makers or not (called or _is_used_up(node, parents)):
                    yield self.held.holders[node.id]

    # -- what is known --------------------------------------------------------------------------------------------

    def _hold(self, names: Iterable[str], touched: set[str]) -> None:
        for name in names:
            self.held.holders.setdefault(name, set()).update(touched)

    def _fill(self, names: Iterable[str], touched: set[str]) -> None:
        """Something made before is given the code: so is every other name of it, and the objects of a class."""
        stack = [name for name in names if name and name not in BUILTINS] if touched else []
        while stack:
            name = stack.pop()
            if name in self.held.filled and touched <= self.held.holders.get(name, set()):
                continue
            self._hold([name], touched)
            self.held.filled.add(name)
            if name in self.classes:
                self.makers.add(name)
            stack += self.aliases.get(name, ())


def _statements(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements of the notebook itself, in text order; those of functions and classes are not."""
    for statement in body:
        yield statement
        if isinstance(statement, Definition):
            continue
        for part in ("body", "orelse", "finalbody"):
            yield from _statements(getattr(statement, part, []))
        for block in [*getattr(statement, "handlers", []), *getattr(statement, "cases", [])]:
            yield from _statements(block.body)


def _own_nodes(
    statement: ast.AST, parts: Callable[[ast.AST], Iterable[ast.AST]] = ast.iter_child_nodes
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
    by_name = isinstance(parent, ast.keyword)
    if parent is not None and by_name:
        parent = parents.get(id(parent))
    if not isinstance(parent, ast.Call):
        return False
    if parent.func is node:
        return True
    name = _last_word(parent.func)
    if name in LAZY and isinstance(parent.func, ast.Name):
        return _is_used_up(parent, parents)
    if by_name and name in _CONTAINERS:
        return False
    if isinstance(node, ast.GeneratorExp) and name not in LAZY and isinstance(parent.func, ast.Call):
        # ``Parallel(4)(f(x) for x in xs)``: whoever is made for the one call asks the generator at once.
        return True
    return name in CONSUMERS and name not in _KEEPING


def _bound(statement: ast.stmt) -> Iterator[str]:
    """Names that a statement binds."""
    for node in _own_nodes(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def _changed(statement: ast.stmt) -> Iterator[str]:
    """Names of objects that a statement may store something in: those it assigns into, and whose methods it calls."""
    for node in _own_nodes(statement):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr not in _WRAPPERS:
                yield _root(node.func.value)
        elif isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store):
            yield _root(node)


def _root(node: ast.AST | None) -> str:
    """The name at the root of ``name.attribute[0]().other``."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _called(node: ast.AST) -> ast.AST:
    return node.func if isinstance(node, ast.Call) else node


def _last_word(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else str(getattr(node, "id", ""))


def _loaded(node: ast.AST) -> set[str]:
    return {child.id for child in ast.walk(node) if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Load)}
