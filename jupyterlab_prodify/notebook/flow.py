"""Which names a piece of a notebook reads, binds and captures, and what is surely bound at its end.

Map of the parts:

- ``Flow``        the answer: reads that reach outside, bindings, captures, the state of each name at the end
- ``_State``      what is known of each name at one point: untouched, bound, deleted, or several of these
- ``Analyser``    walks statements and expressions in the order in which Python evaluates them
- ``Scope``      the nested scopes (functions, lambdas, comprehensions, classes) between a name and the cell

A name is *exposed* when the piece may read it before having bound it. Bodies of functions and lambdas run later:
their reads count from the first use of the function's name, or from the end of the piece. Scopes follow the language
reference (sections 4.2 "Naming and binding" and 6.2.4 "Displays"); a test compares them with CPython's ``symtable``.
``named_texts`` are calls that are given a name: (name, method, of pandas, line); the name may stand for such a string.
``in_strings`` holds names that a library may look up in the calling frame (see ``string_names``).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from jupyterlab_prodify.notebook.bindings import (
    BOUND,
    DELETED,
    UNTOUCHED,
    Binding,
    BindingKind,
    Flow,
    ImportTarget,
    Read,
    import_target,
)
from jupyterlab_prodify.notebook.evaluation import constant_truth, irrefutable, may_suppress, surely_not_empty
from jupyterlab_prodify.notebook.scopes import (
    Function,
    Scope,
    all_args,
    bound_in,
    function_scope,
    pattern_names,
    target_expressions,
    target_names,
)
from jupyterlab_prodify.notebook.string_names import kind_of, names_in_strings

Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


_State = dict[str, int]


def _join(*states: _State | None) -> _State | None:
    """What is known where several paths meet; None stands for a path that is never taken to its end."""
    alive = [state for state in states if state is not None]
    if len(alive) < 2:
        return dict(alive[0]) if alive else None
    joined: _State = {}
    for state in alive:
        for name in state:
            if name not in joined:
                joined[name] = 0
                for other in alive:
                    joined[name] |= other.get(name, UNTOUCHED)
    return joined


@dataclass
class _Loop:
    breaks: list[_State] = field(default_factory=list)
    continues: list[_State] = field(default_factory=list)


def analyse_statements(statements: Iterable[ast.stmt]) -> Flow:
    """Analyse top-level statements of a notebook."""
    analyser = Analyser()
    analyser.run(list(statements))
    return analyser.flow


class Analyser:
    """One pass over statements; ``flow`` holds the answer afterwards."""

    def __init__(self) -> None:
        self.flow = Flow()
        self._state: _State | None = {}
        self._scopes: list[Scope] = []
        self._loops: list[_Loop] = []
        self._try_marks: list[_State] = []
        self._pending: dict[str, list[ast.AST]] = {}
        self._owner = ""
        self._deferred = 0
        self._conditional = 0

    def run(self, statements: list[ast.stmt]) -> None:
        """Analyse the piece; to be called once."""
        self._block(statements)
        for name in list(self._pending):
            self._run_pending(name)
        self.flow.final = self._state if self._state is not None else {}

    # -- reading and binding ------------------------------------------------------------------------------------

    def _see(self, name: str, node: ast.AST) -> None:
        place = (getattr(node, "lineno", 1 << 30), getattr(node, "col_offset", 0))
        if place < self.flow.first_seen.get(name, (1 << 31, 0)):
            self.flow.first_seen[name] = place

    def _resolves_inside(self, name: str) -> bool:
        for depth, scope in enumerate(reversed(self._scopes)):
            if name in scope.declared_global:
                return False
            # A class body's names are seen by the body itself, not by the functions in it.
            visible = scope.bound_so_far if scope.kind == "class" else scope.local
            if name in visible and (depth == 0 or scope.kind != "class"):
                return True
        return False

    def read(self, name: str, node: ast.AST) -> None:
        """A name is loaded somewhere in the piece."""
        implicit = name == "__class__" and any(scope.kind == "class" for scope in self._scopes)
        if implicit or self._resolves_inside(name):
            return
        self._read_cell_name(name, node)

    def _read_cell_name(self, name: str, node: ast.AST) -> None:
        flow = self.flow
        flow.reads.add(name)
        self._see(name, node)
        line = getattr(node, "lineno", 0)
        bits = UNTOUCHED if self._state is None else self._state.get(name, UNTOUCHED)
        unsure = bool(self._conditional or self._deferred or self._try_marks) or bits != UNTOUCHED
        read = Read(name, line, bool(self._deferred), unsure, self._owner)
        if self._deferred:
            flow.captured.setdefault(name, []).append(read)
        if self._scopes and self._scopes[-1].kind == "class" and name in self._scopes[-1].local:
            flow.class_shadowed.setdefault(name, line)
        if name in self._pending:
            self._run_pending(name)
        if self._state is not None and self._state.get(name, UNTOUCHED) & UNTOUCHED:
            known = flow.exposed.get(name)
            if known is None or (known.conditional and not read.conditional):
                flow.exposed[name] = read

    def bind(
        self,
        name: str,
        node: ast.AST,
        kind: BindingKind,
        target: ImportTarget | None = None,
    ) -> None:
        """A name is bound in the innermost scope (walrus targets skip comprehensions)."""
        scopes = self._scopes
        if kind == "walrus":
            scopes = [scope for scope in scopes if scope.kind != "comprehension"]
        if scopes and name not in scopes[-1].declared_global:
            scopes[-1].bound_so_far.add(name)
            return
        if scopes:
            return
        self._see(name, node)
        line = getattr(node, "lineno", 0)
        toplevel = not (self._conditional or self._loops or self._try_marks)
        self.flow.bindings.setdefault(name, []).append(Binding(name, kind, line, toplevel, target))
        self._set(name, BOUND)

    def _set(self, name: str, bits: int) -> None:
        if self._state is None:
            return
        before = self._state.get(name, UNTOUCHED)
        for marks in self._try_marks:
            marks[name] = marks.get(name, before) | bits
        self._state[name] = bits

    def _unbind(self, name: str, node: ast.AST) -> None:
        if self._scopes:
            return
        self._read_cell_name(name, node)
        self._set(name, DELETED)

    def _run_pending(self, name: str) -> None:
        bodies = self._pending.pop(name, [])
        for body in bodies:
            self._function_body(body, name)

    # -- statements ---------------------------------------------------------------------------------------------

    def _block(self, statements: Iterable[ast.stmt]) -> None:
        for statement in statements:
            self._statement(statement)

    def _statement(self, node: ast.stmt) -> None:
        handler = getattr(self, f"_do_{type(node).__name__}", None)
        if handler is None:
            self._children(node)
        else:
            handler(node)

    def _children(self, node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.stmt):
                self._statement(child)
            else:
                self._expression(child)

    def _do_Assign(self, node: ast.Assign) -> None:
        self._expression(node.value)
        for target in node.targets:
            self._bind_target(target, "assign")

    def _do_AnnAssign(self, node: ast.AnnAssign) -> None:
        if not any(scope.kind in ("function", "lambda") for scope in self._scopes[-1:]):
            self._expression(node.annotation)
        if node.value is not None:
            self._expression(node.value)
            self._bind_target(node.target, "annotated")
        elif not isinstance(node.target, ast.Name):
            self._expression(node.target)

    def _do_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name):
            self.read(node.target.id, node.target)
        self._expression(node.value)
        self._bind_target(node.target, "augmented")

    def _bind_target(self, target: ast.expr, kind: BindingKind) -> None:
        if isinstance(target, ast.Name):
            self.bind(target.id, target, kind)
        elif isinstance(target, ast.Tuple | ast.List):
            for element in target.elts:
                self._bind_target(element, kind)
        elif isinstance(target, ast.Starred):
            self._bind_target(target.value, kind)
        else:
            self._children(target)

    def _do_Delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            self._delete_target(target)

    def _delete_target(self, target: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self._unbind(target.id, target)
        elif isinstance(target, ast.Tuple | ast.List):
            for element in target.elts:
                self._delete_target(element)
        else:
            self._children(target)

    def _do_Global(self, node: ast.Global) -> None:
        self.flow.global_statements.extend((name, node.lineno) for name in node.names)

    def _do_Nonlocal(self, node: ast.Nonlocal) -> None:
        pass

    def _do_Raise(self, node: ast.Raise) -> None:
        self._children(node)
        self._end_path()

    def _do_Return(self, node: ast.Return) -> None:
        self._children(node)

    def _end_path(self) -> None:
        if not self._scopes:
            self._state = None

    def _do_Break(self, node: ast.Break) -> None:
        if not self._scopes and self._loops and self._state is not None:
            self._loops[-1].breaks.append(dict(self._state))
        self._end_path()

    def _do_Continue(self, node: ast.Continue) -> None:
        if not self._scopes and self._loops and self._state is not None:
            self._loops[-1].continues.append(dict(self._state))
        self._end_path()

    def _branches(self, blocks: Iterable[Iterable[ast.stmt]]) -> None:
        if self._scopes:
            for block in blocks:
                self._block(block)
            return
        start, ends = self._state, list[_State | None]()
        self._conditional += 1
        for block in blocks:
            self._state = dict(start) if start is not None else None
            self._block(block)
            ends.append(self._state)
        self._conditional -= 1
        self._state = _join(*ends)

    def _do_If(self, node: ast.If) -> None:
        self._expression(node.test)
        known = constant_truth(node.test)
        if known is True:
            self._block(node.body)
            self._never(node.orelse)
            return
        self._branches([node.body, node.orelse])

    def _never(self, block: list[ast.stmt]) -> None:
        """Code that does not run: what it binds is local to a function all the same."""
        state, self._state = self._state, None
        self._conditional += 1
        self._block(block)
        self._conditional -= 1
        self._state = state

    def _do_For(self, node: ast.For | ast.AsyncFor) -> None:
        if isinstance(node, ast.AsyncFor):
            self._await()
        self._expression(node.iter)
        enters = surely_not_empty(node.iter)
        self._loop(node.body, node.orelse, enters, False, target=node.target)

    _do_AsyncFor = _do_For

    def _do_While(self, node: ast.While) -> None:
        self._expression(node.test)
        truth = constant_truth(node.test)
        self._loop(node.body, node.orelse, truth is True, truth is True, test=node.test)

    def _loop(
        self,
        body: list[ast.stmt],
        orelse: list[ast.stmt],
        enters: bool,
        endless: bool,
        target: ast.expr | None = None,
        test: ast.expr | None = None,
    ) -> None:
        if self._scopes:
            if target is not None:
                self._bind_target(target, "for")
            self._block([*body, *orelse])
            return
        start = dict(self._state) if self._state is not None else None
        loop = _Loop()
        self._loops.append(loop)
        self._conditional += not enters
        if target is not None:
            self._bind_target(target, "for")
        self._block(body)
        if test is not None:
            self._expression(test)
        self._conditional -= not enters
        self._loops.pop()
        ends = [self._state, *loop.continues, *([] if enters else [start])]
        self._state = None if endless else _join(*ends)
        self._block(orelse)
        self._state = _join(self._state, *loop.breaks)

    def _do_With(self, node: ast.With | ast.AsyncWith) -> None:
        if isinstance(node, ast.AsyncWith):
            self._await()
        for item in node.items:
            self._expression(item.context_expr)
            if item.optional_vars is not None:
                self._bind_target(item.optional_vars, "with")
        if self._scopes or not any(may_suppress(item.context_expr) for item in node.items):
            self._block(node.body)
            return
        half_way = self._guarded(node.body)
        self._state = _join(self._state, half_way)

    _do_AsyncWith = _do_With

    def _guarded(self, body: list[ast.stmt]) -> _State | None:
        """Analyse statements that may stop at any point; the state in which that can leave things."""
        if self._state is None:
            self._block(body)
            return None
        start = dict(self._state)
        self._try_marks.append(dict(start))
        self._block(body)
        return self._try_marks.pop()

    def _do_Try(self, node: ast.Try) -> None:
        if self._scopes:
            self._try_in_scope(node)
            return
        half_way = self._guarded(node.body)
        self._conditional += 1
        self._block(node.orelse)
        ends = [self._state]
        for handler in node.handlers:
            self._state = dict(half_way) if half_way is not None else None
            self._handler(handler)
            ends.append(self._state)
        self._conditional -= 1
        normal = _join(*ends)
        if not node.finalbody:
            self._state = normal
            return
        self._finally(node.finalbody, normal, _join(half_way, *ends))

    _do_TryStar = _do_Try

    def _finally(self, body: list[ast.stmt], normal: _State | None, any_way: _State | None) -> None:
        # Reads must hold on the exceptional way too; what is bound afterwards only on the normal one.
        self._state = dict(any_way) if any_way is not None else None
        self._block(body)
        after = self._state
        if normal is None or after is None:
            self._state = None
            return
        changed = {name: bits for name, bits in after.items() if (any_way or {}).get(name) != bits}
        self._state = {**normal, **changed}

    def _try_in_scope(self, node: ast.Try) -> None:
        self._block(node.body)
        for handler in node.handlers:
            self._handler(handler)
        self._block([*node.orelse, *node.finalbody])

    def _handler(self, handler: ast.ExceptHandler) -> None:
        if handler.type is not None:
            self._expression(handler.type)
        if handler.name:
            self.bind(handler.name, handler, "except")
        self._block(handler.body)
        if handler.name and not self._scopes:
            self._set(handler.name, DELETED)

    def _do_Match(self, node: ast.Match) -> None:
        self._expression(node.subject)
        if self._scopes:
            for case in node.cases:
                self._case(case)
            return
        start, ends = self._state, list[_State | None]()
        exhaustive = False
        self._conditional += 1
        for case in node.cases:
            self._state = dict(start) if start is not None else None
            self._case(case)
            ends.append(self._state)
            exhaustive = exhaustive or (case.guard is None and irrefutable(case.pattern))
        self._conditional -= 1
        self._state = _join(*ends, *([] if exhaustive else [start]))

    def _case(self, case: ast.match_case) -> None:
        self._pattern(case.pattern)
        if case.guard is not None:
            self._expression(case.guard)
        self._block(case.body)

    def _pattern(self, pattern: ast.pattern) -> None:
        for name in pattern_names(pattern):
            self.bind(name, pattern, "match")
        for child in ast.walk(pattern):
            if isinstance(child, ast.MatchValue):
                self._expression(child.value)
            elif isinstance(child, ast.MatchClass):
                self._expression(child.cls)
            elif isinstance(child, ast.MatchMapping):
                for key in child.keys:
                    self._expression(key)

    def _do_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            name = alias.asname or alias.name.split(".")[0]
            self.bind(name, node, "import", import_target(node, alias))

    def _do_ImportFrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            if alias.name == "*":
                self.flow.star_imports.append(("." * node.level + (node.module or ""), node.lineno))
                continue
            self.bind(alias.asname or alias.name, node, "import", import_target(node, alias))

    # -- definitions --------------------------------------------------------------------------------------------

    def _do_FunctionDef(self, node: Function) -> None:
        for decorator in node.decorator_list:
            self._expression(decorator)
        self._with_type_params(node, lambda: self._signature(node))
        at_cell = not self._scopes
        if at_cell and not node.decorator_list:
            self.bind(node.name, node, "def")
            # A name bound again on some path keeps all its bodies: any of them may be the one that is called.
            self._pending.setdefault(node.name, []).append(node)
            return
        if at_cell:
            self._function_body(node, node.name)
            self.bind(node.name, node, "def")
            return
        self.bind(node.name, node, "def")
        self._function_body(node, node.name)

    def _signature(self, node: Function) -> None:
        self._parameters(node.args)
        if node.returns is not None:
            self._expression(node.returns)

    def _with_type_params(self, node: ast.AST, action: Callable[[], None]) -> None:
        """Names of ``def f[T]`` (PEP 695) are local to the definition; their bounds are read."""
        params = getattr(node, "type_params", [])
        if not params:
            action()
            return
        names = {str(getattr(param, "name", "")) for param in params}
        bounds = [bound for param in params if (bound := getattr(param, "bound", None)) is not None]

        def inside() -> None:
            for bound in bounds:
                self._expression(bound)
            action()

        self._enter(Scope("lambda", names), inside, deferred=False)

    def _do_TypeAlias(self, node: ast.stmt) -> None:
        self._with_type_params(node, lambda: self._expression(getattr(node, "value", node)))
        self.bind(str(getattr(getattr(node, "name", None), "id", "")), node, "assign")

    _do_AsyncFunctionDef = _do_FunctionDef

    def _parameters(self, args: ast.arguments) -> None:
        for default in [*args.defaults, *args.kw_defaults]:
            if default is not None:
                self._expression(default)
        for arg in all_args(args):
            if arg.annotation is not None:
                self._expression(arg.annotation)

    def _function_body(self, node: ast.AST, owner: str) -> None:
        assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        scope = function_scope(node)
        self.flow.global_statements.extend((name, node.lineno) for name in scope.declared_global)
        outer, self._owner = self._owner, self._owner or owner
        body = lambda: self._enter(scope, lambda: self._block(node.body), deferred=True)  # noqa: E731
        self._with_type_params(node, body)
        self._owner = outer

    def _enter(self, scope: Scope, action: Callable[[], None], deferred: bool) -> None:
        loops, self._loops = self._loops, []
        self._scopes.append(scope)
        self._deferred += deferred
        action()
        self._deferred -= deferred
        self._scopes.pop()
        self._loops = loops

    def _do_ClassDef(self, node: ast.ClassDef) -> None:
        for expression in [
            *node.decorator_list,
            *node.bases,
            *[keyword.value for keyword in node.keywords],
        ]:
            self._expression(expression)
        scope = Scope("class", *bound_in(node.body))
        outer, self._owner = self._owner, self._owner or node.name
        # The class's own name is read by its methods only after it is bound.
        pending_reads = self.flow.exposed.get(node.name)
        self._with_type_params(node, lambda: self._class_parts(node, scope))
        self._owner = outer
        if not self._scopes and pending_reads is None:
            read = self.flow.exposed.get(node.name)
            if read is not None and read.deferred and not node.decorator_list:
                del self.flow.exposed[node.name]
        self.bind(node.name, node, "class")

    def _class_parts(self, node: ast.ClassDef, scope: Scope) -> None:
        for expression in [*node.bases, *[keyword.value for keyword in node.keywords]]:
            self._expression(expression)
        self._enter(scope, lambda: self._block(node.body), deferred=False)

    # -- expressions --------------------------------------------------------------------------------------------

    def _expression(self, node: ast.AST) -> None:
        handler = getattr(self, f"_ex_{type(node).__name__}", None)
        if handler is not None:
            handler(node)
            return
        for child in ast.iter_child_nodes(node):
            self._expression(child)

    def _ex_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self.read(node.id, node)
        elif isinstance(node.ctx, ast.Store):
            self.bind(node.id, node, "assign")

    def _ex_NamedExpr(self, node: ast.NamedExpr) -> None:
        self._expression(node.value)
        self.bind(node.target.id, node.target, "walrus")

    def _maybe(self, nodes: Iterable[ast.AST]) -> None:
        """Expressions that may not be evaluated: what they bind is not sure."""
        if self._state is None or (self._scopes and all(scope.kind != "comprehension" for scope in self._scopes)):
            for node in nodes:
                self._expression(node)
            return
        start = dict(self._state)
        self._conditional += 1
        for node in nodes:
            self._expression(node)
        self._conditional -= 1
        self._state = _join(start, self._state)

    def _ex_BoolOp(self, node: ast.BoolOp) -> None:
        self._expression(node.values[0])
        self._maybe(node.values[1:])

    def _ex_Compare(self, node: ast.Compare) -> None:
        self._expression(node.left)
        self._expression(node.comparators[0])
        if len(node.comparators) > 1:
            self._maybe(node.comparators[1:])

    def _ex_IfExp(self, node: ast.IfExp) -> None:
        self._expression(node.test)
        start = dict(self._state) if self._state is not None else None
        self._conditional += 1
        self._expression(node.body)
        after_body = self._state
        self._state = start
        self._expression(node.orelse)
        self._conditional -= 1
        self._state = _join(after_body, self._state)

    def _ex_Call(self, node: ast.Call) -> None:
        self._expression(node.func)
        for argument in [*node.args, *node.keywords]:
            self._expression(argument)
        for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
            if isinstance(argument, ast.Name):
                self.flow.named_texts.append((argument.id, *kind_of(node), node.lineno))
        for name in names_in_strings(node):
            untouched = self._state is not None and self._state.get(name, UNTOUCHED) & UNTOUCHED
            if untouched and not self._resolves_inside(name):
                # After the name that the call begins with.
                self.flow.first_seen.setdefault(name, (node.lineno, node.col_offset + 1))
                self.flow.in_strings.setdefault(name, node.lineno)

    def _ex_Lambda(self, node: ast.Lambda) -> None:
        self._parameters(node.args)
        walrus = {child.target.id for child in ast.walk(node.body) if isinstance(child, ast.NamedExpr)}
        scope = Scope("lambda", {arg.arg for arg in all_args(node.args)} | walrus)
        outer, self._owner = (
            self._owner,
            self._owner or f"<lambda>:{node.lineno}:{node.col_offset}",
        )
        self._enter(scope, lambda: self._expression(node.body), deferred=True)
        self._owner = outer

    def _comprehension(self, node: Comprehension) -> None:
        first = node.generators[0]
        self._expression(first.iter)
        if any(generator.is_async for generator in node.generators):
            self._await()
        targets = {name for generator in node.generators for name in target_names(generator.target)}
        lazy = isinstance(node, ast.GeneratorExp)
        outer, self._owner = (
            self._owner,
            self._owner or (f"<genexp>:{node.lineno}:{node.col_offset}" if lazy else ""),
        )
        self._enter(
            Scope("comprehension", targets),
            lambda: self._comprehension_parts(node),
            deferred=lazy,
        )
        self._owner = outer

    _ex_ListComp = _ex_SetComp = _ex_DictComp = _ex_GeneratorExp = _comprehension

    def _comprehension_parts(self, node: Comprehension) -> None:
        parts: list[ast.AST] = []
        for index, generator in enumerate(node.generators):
            parts.extend(target_expressions(generator.target))
            parts.extend([generator.iter] if index else [])
            parts.extend(generator.ifs)
        parts.extend([node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt])
        self._maybe(parts)

    def _ex_Await(self, node: ast.Await) -> None:
        self._await()
        self._expression(node.value)

    def _await(self) -> None:
        if not any(scope.kind in ("function", "lambda") for scope in self._scopes):
            self.flow.uses_await = True
